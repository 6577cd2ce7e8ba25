"""What is kept of a build beside its marts: what it read, what it refused, what it made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.durable import sync
from ingest.filenames import named_place
from ingest.landing import landed_names
from ingest.report import Reden
from ingest.settings import Settings
from marts.as_of import AsOf
from marts.export import write_json
from marts.raw_index import RawIndex
from marts.replaced import Replaced


@dataclass(frozen=True)
class BuildResult:
    """What a build made.

    Attributes:
        bouw_id: identity of the build, from its inputs, definitions and code.
        map: ``marts/<bouw_id>/``.
        nieuw: False when a build with the same identity existed and was found equal.
        modellen: rows per mart.
        tests: data tests that passed.
        stappen: number of models, seeds and tests that ran, by kind.
        geweigerd: rows the build refused, per reason code.
        leveringen: committed deliveries it read.
    """

    bouw_id: str
    map: Path
    nieuw: bool
    modellen: dict[str, int]
    tests: int
    stappen: dict[str, int]
    geweigerd: dict[str, int]
    leveringen: int


def report_room(settings: Settings, as_of: AsOf | None = None) -> Path:
    """The folder with the records of builds: ``rapport/bouw/``.

    A build of what was known earlier has a folder of its own in it, ``stand-<moment>/``: it can
    have the identity of a build that is on record, and be made of fewer deliveries.
    """
    folder = settings.room("rapport") / "bouw"
    if as_of is not None:
        folder = folder / f"stand-{as_of.name}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_record(
    folder: Path,
    result: BuildResult,
    index: RawIndex,
    as_of: AsOf | None = None,
    vervangen: Replaced | None = None,
) -> None:
    """Write down what a build read and what it refused: ``<folder>/<bouw_id>.json``.

    Deliveries are not part of a build's identity, so this is no part of its marts; the last build
    with the same identity is the one on record.
    """
    leveringen = [
        {
            "bron_id": d.bron_id,
            "periode": d.periode,
            "levering_id": d.levering_id,
            "ontvangen_op": d.ontvangen_op.isoformat() if d.ontvangen_op else None,
            "rijen": d.tabellen,
            "vervangen": (vervangen or {}).get(d.levering_id, {}),
        }
        for d in index.leveringen
    ]
    record: dict[str, object] = {
        "bouw_id": result.bouw_id,
        "stand": as_of.moment.isoformat() if as_of else None,
        "modellen": result.modellen,
        "stappen": result.stappen,
        "geweigerd": result.geweigerd,
        "leveringen": leveringen,
    }
    write_json(folder / f"{result.bouw_id}.json", record)


def write_refused(con: duckdb.DuckDBPyConnection, folder: Path, bouw_id: str) -> dict[str, int]:
    """Write the rows the build refused to ``<folder>/<bouw_id>.parquet``.

    A row says reason, table and place in the delivery. It holds no text of the delivery and no
    person, so it may stay as long as the report does.

    Returns:
        Rows per reason code.
    """
    path = folder / f"{bouw_id}.parquet"
    beside = folder / f".{bouw_id}.nieuw"
    con.execute(
        "copy (select * from core.quarantaine_bouw "
        "order by reden_code, tabel, bron_id, levering_id, bestand, regel) "
        f"to '{str(beside).replace(chr(39), chr(39) * 2)}' (format parquet, compression zstd)"
    )
    sync(beside)
    beside.replace(path)
    sync(folder)
    rows = con.execute(
        "select reden_code, count(*) from core.quarantaine_bouw group by 1 order by 1"
    ).fetchall()
    return {code: int(aantal) for code, aantal in rows}


def refused_of_delivery(settings: Settings, levering_id: str) -> list[Reden]:
    """What the current build refused of one delivery, as the sender is told.

    Args:
        settings: says where the current build's record is.
        levering_id: the delivery.

    Returns:
        One reason a code and table, with the first place; empty when there is no build yet.
    """
    pointer = settings.home / "marts" / "actueel.json"
    if not pointer.is_file():
        return []
    bouw_id = json.loads(pointer.read_text(encoding="utf-8"))["bouw_id"]
    file = settings.home / "rapport" / "bouw" / f"{bouw_id}.parquet"
    if not file.is_file():
        return []
    return _refused(file, levering_id, settings).get(levering_id, [])


def refused_by_delivery(settings: Settings, bouw_id: str) -> dict[str, list[Reden]]:
    """What a build refused, by delivery, each as the sender is told."""
    file = settings.home / "rapport" / "bouw" / f"{bouw_id}.parquet"
    return _refused(file, None, settings) if file.is_file() else {}


def _refused(file: Path, levering_id: str | None, settings: Settings) -> dict[str, list[Reden]]:
    """Reasons by delivery; files go by their names as long as they are in ``landing/``."""
    rows = duckdb.execute(
        """
        select bron_id, levering_id, reden_code, tabel, count(*),
               first(bestand order by bestand, regel), first(regel order by bestand, regel)
        from read_parquet($file) where $levering is null or levering_id = $levering
        group by bron_id, levering_id, reden_code, tabel
        order by bron_id, levering_id, reden_code, tabel
        """,
        {"file": str(file), "levering": levering_id},
    ).fetchall()
    result: dict[str, list[Reden]] = {}
    names: dict[str, list[str]] = {}
    for bron, levering, code, tabel, aantal, bestand, regel in rows:
        if levering not in names:
            names[levering] = landed_names(bron, levering, settings)
        place = {"bestand": named_place(bestand, names[levering]), "regel": regel, "element": None}
        result.setdefault(levering, []).append(Reden(code, tabel, aantal, place))
    return result
