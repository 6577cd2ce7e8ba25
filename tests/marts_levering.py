"""Raw deliveries made by hand: rows in; Parquet files and ledger entries out, as of intake.

A record is what a source delivers as one thing (a FHIR resource, a declaration message, a register
row) with the raw rows made of it. Records can be dealt out over deliveries in any way.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import polars as pl

from ingest.ledger import Ledger
from ingest.settings import Settings
from schemas.tables import raw_kolommen

Row = dict[str, Any]


@dataclass(frozen=True)
class Record:
    """One thing a source delivered for a period, as rows of raw tables."""

    bron_id: str
    soort: str
    periode: str
    rijen: tuple[tuple[str, Row], ...]


@dataclass(frozen=True)
class Levering:
    """Records that arrived together."""

    naam: str
    records: tuple[Record, ...]


def by_period(records: list[Record]) -> list[Levering]:
    """The plain way: one delivery a source and period."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        groups.setdefault((record.bron_id, record.periode), []).append(record)
    return [Levering("/".join(key), tuple(rows)) for key, rows in groups.items()]


def shuffled(records: list[Record], random: Random) -> list[Levering]:
    """The same records in other batches, another order, and a third of them twice."""
    repeated = [*records, *(r for r in records if random.random() < 1 / 3)]
    random.shuffle(repeated)
    groups: dict[tuple[str, str, int], list[Record]] = {}
    for record in repeated:
        key = (record.bron_id, record.periode, random.randrange(3))
        groups.setdefault(key, []).append(record)
    batches = [Levering("-".join(map(str, key)), tuple(rows)) for key, rows in groups.items()]
    random.shuffle(batches)
    return batches


def deliver(
    settings: Settings, leveringen: list[Levering], received: datetime | None = None
) -> None:
    """Write deliveries to ``raw/`` and commit them in the ledger."""
    ledger = Ledger(settings.ledger_address)
    with duckdb.connect() as con:
        for levering in leveringen:
            _deliver(settings, ledger, con, levering, received)


def _deliver(
    settings: Settings,
    ledger: Ledger,
    con: duckdb.DuckDBPyConnection,
    levering: Levering,
    received: datetime | None,
) -> None:
    eerste = levering.records[0]
    levering_id = "l" + hashlib.sha256(levering.naam.encode()).hexdigest()[:32]
    tabellen: dict[str, list[Row]] = {}
    for regel, record in enumerate(levering.records, start=1):
        herkomst = {
            "bron_id": record.bron_id,
            "periode": record.periode,
            "levering_id": levering_id,
            "bestand": f"{levering.naam.replace('/', '-')}.txt",
            "regel": regel,
        }
        for tabel, row in record.rijen:
            tabellen.setdefault(tabel, []).append(herkomst | row)
    for tabel, rows in tabellen.items():
        folder = (
            settings.room("raw") / tabel / f"bron={eerste.bron_id}"
            / f"periode={eerste.periode}" / f"levering={levering_id}"
        )  # fmt: skip
        write_raw(con, tabel, rows, folder / "deel-0.parquet")
    ledger.claim(
        levering_id=levering_id, bron_id=eerste.bron_id, soort=eerste.soort,
        periode=eerste.periode, sleutel_id="toets",
    )  # fmt: skip
    counts = {tabel: len(rows) for tabel, rows in tabellen.items()}
    ledger.commit(levering_id, {"status": "geaccepteerd"}, counts, received=received)


def write_raw(con: duckdb.DuckDBPyConnection, tabel: str, rows: list[Row], path: Path) -> None:
    """Write rows as a raw table; columns a row does not name are null."""
    columns = raw_kolommen(tabel)
    unknown = {naam for row in rows for naam in row} - set(columns)
    assert not unknown, f"{tabel} has no column {unknown}"
    frame = pl.DataFrame(
        [{naam: row.get(naam) for naam in columns} for row in rows], infer_schema_length=None
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    con.register("frame", frame.to_arrow())
    projected = ", ".join(
        f'cast("{naam}" as {soort}) as "{naam}"' for naam, soort in columns.items()
    )
    con.execute(f"copy (select {projected} from frame) to '{path}' (format parquet)")
    con.unregister("frame")
