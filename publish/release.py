"""Publishes the current build: disclosure control, versions, pointers, catalogue.

Everything is decided and written before the first pointer moves, so a reader who follows pointers
sees extracts of one decision. A killed publication is finished by the next one, with equal bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.errors import PublicationError
from ingest.settings import Settings
from publish.acceptance import check_acceptance
from publish.bouw import current_build
from publish.catalogue import POINTER, pointer, write_catalogue
from publish.contents import Draft, Origin, draft
from publish.definitions import read_definitions
from publish.disclosure.control import decide
from publish.disclosure.rules import load_rules
from publish.exposure import read_exposures
from publish.extract import hide, make_extract, parts
from publish.folder import write_version
from publish.purpose import check_purposes, read_bronnen
from publish.rows import load_rows
from publish.storage import clear_leftovers, only_one, sha256, swap
from publish.union import judge_references, unite
from publish.versions import Version, versions

Progress = Callable[[str], None]


@dataclass(frozen=True)
class ReleaseResult:
    """What became of one extract.

    Attributes:
        extract: its id.
        versie: the version that is current now.
        nieuw: whether it is a new one; false when nothing changed.
        map: its folder.
    """

    extract: str
    versie: str
    nieuw: bool
    map: Path


def _silent(text: str) -> None:
    """Progress nobody listens to."""


def publish(settings: Settings, *, progress: Progress = _silent) -> list[ReleaseResult]:
    """Publish the current build.

    Args:
        settings: where ``home`` is, the threshold of persons, threads and memory.
        progress: told in English how far the work is.

    Returns:
        One result an extract, by id.

    Raises:
        PublicationError: an exposure may not be published; nothing was changed then.
        StorageError: a version exists already; it is never overwritten.
    """
    room = settings.room("publicatie")
    with only_one(room), duckdb.connect() as con:
        clear_leftovers(room)
        con.execute("set threads = ?", [settings.threads])
        con.execute("set memory_limit = ?", [settings.memory_limit])
        drafts = make_drafts(con, settings, progress)
        chains = [(found, versions(room / found.extract)) for found in drafts]
        results = [_keep_or_write(con, room, found, chain) for found, chain in chains]
        for result in results:
            newest = versions(result.map.parent)[-1]
            swap(result.map.parent / POINTER, pointer(newest))
        write_catalogue(room)
    new = sum(result.nieuw for result in results)
    progress(f"{len(results)} extracts: {new} new versions, {len(results) - new} unchanged")
    return results


def make_drafts(
    con: duckdb.DuckDBPyConnection, settings: Settings, progress: Progress = _silent
) -> list[Draft]:
    """Everything that comes before writing: gates, disclosure control, contents.

    Args:
        con: an empty in-memory connection.
        settings: where the marts are, and the threshold.
        progress: told how far the work is.

    Returns:
        The extracts as they would be published now, by id.

    Raises:
        PublicationError: an exposure may not be published.
    """
    bouw = current_build(settings)
    bronnen = read_bronnen()
    exposures = read_exposures(bouw.manifest)
    # One decision for all: the strictest threshold that the house or a recipient asks for.
    rules = load_rules(max(settings.min_cell, *(exposure.drempel for exposure in exposures)))
    lineages = [check_purposes(exposure, bouw.manifest, bronnen) for exposure in exposures]
    all_rows = [
        load_rows(con, exposure, bouw.parquet(exposure.model.split(".")[-1]), rules, number)
        for number, exposure in enumerate(exposures)
    ]
    definitions = read_definitions(bouw)
    for rows in all_rows:
        check_acceptance(con, rows, definitions)
    progress(f"{len(exposures)} exposures of build {bouw.bouw_id} may be published")
    unite(con, all_rows, rules)
    decision = decide(con, rules, definitions.soort_meting)
    judge_references(con)
    hidden = ", ".join(f"{reden} {n}" for reden, n in decision.verborgen.items())
    progress(f"{decision.cellen} cells judged, {decision.weggelaten} left out; hidden: {hidden}")
    origin = Origin(bouw, rules, decision, definitions)
    drafts: list[Draft] = []
    for rows, lineage in zip(all_rows, lineages, strict=True):
        hidden = hide(con, rows, rules)
        for part in parts(con, rows, rules):
            table = make_extract(con, hidden, rows, part, len(drafts), rules)
            drafts.append(draft(con, table, rows, part, lineage, origin))
    drafts.sort(key=lambda found: found.extract)
    names = [found.extract for found in drafts]
    if len(set(names)) != len(names):
        double = sorted({name for name in names if names.count(name) > 1})
        raise PublicationError(f"Two exposures make extract {double[0]}.")
    return drafts


def _keep_or_write(
    con: duckdb.DuckDBPyConnection, room: Path, found: Draft, chain: list[Version]
) -> ReleaseResult:
    """Keep the newest version when it holds the same, else write the next one."""
    if chain and chain[-1].manifest["inhoud_sha256"] == found.inhoud_sha256:
        newest = chain[-1]
        _check_untouched(newest)
        return ReleaseResult(found.extract, newest.versie, False, newest.folder)
    folder = write_version(con, room, found, chain)
    return ReleaseResult(found.extract, folder.name, True, folder)


def _check_untouched(version: Version) -> None:
    """A version that is kept must still be what was published."""
    for entry in version.manifest["bestanden"]:
        file = version.folder / entry["naam"]
        if not file.is_file() or sha256(file) != entry["sha256"]:
            raise PublicationError(
                f"{file} was changed or removed after publication. Put the published file back; "
                "'iza verify' tells what differs."
            )
