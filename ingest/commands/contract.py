"""``iza contract``: the contract of the tables, what is made of it, and what it asks of sources."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ingest.commands.console import output, print_json, say, table
from ingest.errors import DataRefusedError, UsageError

#: So many differences are shown; the first are fields, so they are always among them.
_SHOWN = 40


def _root() -> Path:
    import schemas

    root = Path(schemas.__file__).parents[1]
    if not (root / "CHANGELOG.md").is_file():
        raise UsageError(
            "This command works in a checkout of the project, not in an installed copy."
        )
    return root


def contract_write() -> None:
    """Make dbt sources and contracts, Parquet schema and data dictionary again."""
    from marts.described import described_marts
    from schemas.contract.artefacts import write
    from schemas.contract.registratielast import gebreken, lees_lasten
    from schemas.contract.uitgaven import FrozenReleaseError
    from schemas.contract.veld import alle_velden
    from schemas.contract.woorden import MissingWordError

    try:
        changed = write(_root(), described_marts())
    except (FrozenReleaseError, MissingWordError) as error:
        raise DataRefusedError(str(error)) from error
    for path in changed:
        output.print(path)
    say(f"{len(changed)} files changed.")
    missing = list(gebreken(alle_velden(), lees_lasten()))
    if missing:
        raise DataRefusedError("\n".join(missing))


def contract_check() -> None:
    """Compare what is in the repository with the contract. Exit code 1: something differs."""
    from marts.described import described_marts
    from schemas.contract.artefacts import differences
    from schemas.contract.woorden import MissingWordError

    try:
        found = differences(_root(), described_marts())
    except MissingWordError as error:
        raise DataRefusedError(str(error)) from error
    if not found:
        say("Everything is as the contract says.")
        return
    more = f"\nand {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    raise DataRefusedError(
        "These are not as the contract says; run 'iza contract write' when the change is meant:\n"
        + "\n".join(f"- {one}" for one in found[:_SHOWN])
        + more
    )


def contract_count(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Count mandatory fields (registratielast) per family, table and release."""
    import json

    from schemas.contract.artefacts import uitgaven
    from schemas.contract.registratielast import LASTEN
    from schemas.contract.uitgaven import FrozenReleaseError, als_json, verschil

    try:
        releases = uitgaven(_root())
    except FrozenReleaseError as error:
        raise DataRefusedError(str(error)) from error
    if as_json:
        print_json(json.loads(als_json(releases)))
        return
    now = releases[0]
    for title, counted in (("family", now.per_familie()), ("table", now.per_tabel())):
        rows: list[list[Any]] = [
            [name, *(counts[last] for last in LASTEN), counts.total()]
            for name, counts in sorted(counted.items())
        ]
        columns = [title, "derived", "in the standard", "extra", "together"]
        output.print(table(f"Mandatory fields per {title} ({now.versie})", columns, rows))
    rows = []
    for release, before in zip(releases, [*releases[1:], None], strict=True):
        changed = verschil(release, before) if before else None
        came, went = (changed.erbij, changed.eraf) if changed else ((), ())
        rows.append([release.versie, release.aantal, ", ".join(came), ", ".join(went)])
    output.print(table("Per release", ["release", "mandatory", "new", "gone"], rows))
