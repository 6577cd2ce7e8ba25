"""Run one family reader on files made in a test, without the rest of intake."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ingest.family import Reader
from ingest.reading import RECORD_TABLES_SQL, DeliveredFile, Delivery, Reading, Soort
from ingest.settings import Settings


@dataclass(frozen=True)
class Gelezen:
    """What a reader left in the connection of a delivery."""

    con: duckdb.DuckDBPyConnection
    reading: Reading
    delivery: Delivery

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.con.execute(query).fetchall()

    def records(self) -> list[tuple[str, int, str, str]]:
        return self.rows("select bestand, regel, naam, tekst from record order by record_nr")

    def redenen(self) -> list[tuple[int, str, str, str | None]]:
        """(line, record name, reason, element) of every refusal."""
        return self.rows(
            "select regel, naam, reden_code, element from afkeur join record using (record_nr)"
            " order by record_nr, reden_code, element"
        )

    def telling(self) -> dict[str, tuple[int, int, int]]:
        """(accepted, refused, duplicate) by record name."""
        rows = self.rows(
            """
            select
                naam,
                count(*) filter (not af and not dub),
                count(*) filter (af),
                count(*) filter (dub and not af)
            from (
                select naam, record_nr in (select record_nr from afkeur) as af,
                    record_nr in (select record_nr from dubbel) as dub
                from record
            )
            group by naam
            """
        )
        return {naam: tuple(counts) for naam, *counts in rows}  # type: ignore[misc]

    def proj(self, tabel: str) -> list[dict[str, Any]]:
        cursor = self.con.execute(f"select * from proj_{tabel} order by record_nr")
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def write_files(folder: Path, files: dict[str, bytes | str]) -> tuple[DeliveredFile, ...]:
    """Write files, text as latin-1, and describe them as landing would."""
    made = []
    for name, content in sorted(files.items()):
        data = content.encode("latin-1") if isinstance(content, str) else content
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        made.append(DeliveredFile(path, name, "", len(data)))
    return tuple(made)


def lees(
    read: Reader,
    folder: Path,
    files: dict[str, bytes | str],
    *,
    soort: Soort = "declaratie",
    periode: str = "2023",
) -> Gelezen:
    """Read files as one delivery."""
    con = duckdb.connect()
    con.execute("set threads = 1")
    con.execute(RECORD_TABLES_SQL)
    delivery = Delivery("bron", soort, periode, "l0", write_files(folder, files))
    return Gelezen(con, read(con, delivery, Settings()), delivery)
