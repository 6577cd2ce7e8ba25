"""The compact profile of a delivery, from which later ones are compared without reading it again.

It holds counts: records by kind, rows of each raw table, filled values of each column, and of some
coded columns the records by code. It is made from the rows as they go to ``raw/``, so no value that
identifies is near it; codes that few records share are left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb

from ingest.durable import make_folder, write_file
from ingest.oordeel.parameters import Parameters
from schemas.tables import kolommen

#: Prefix of the distribution of a date over the months of the year.
MAAND = "maand van "


@dataclass(frozen=True)
class Verdeling:
    """Records by code.

    Attributes:
        codes: records, by code; fewest first known, most when others may be hidden, the same
            number twice in one delivery.
        rest: no code that is not listed has more than this.
    """

    codes: dict[str, tuple[int, int]]
    rest: int

    def of(self, code: str) -> tuple[int, int]:
        """Fewest and most records of a code."""
        return self.codes.get(code, (0, self.rest))


@dataclass(frozen=True)
class TabelProfiel:
    """What is in one raw table.

    Attributes:
        rijen: rows.
        gevuld: rows with a value, by column.
        verdeling: records by code, by column.
    """

    rijen: int
    gevuld: dict[str, int] = field(default_factory=dict)
    verdeling: dict[str, Verdeling] = field(default_factory=dict)


@dataclass(frozen=True)
class Profiel:
    """What is in one delivery, or in several together.

    Attributes:
        records: delivered records that are no repetition, by the name they are counted under.
        tabellen: by name of the raw table; tables without rows are left out.
    """

    records: dict[str, int]
    tabellen: dict[str, TabelProfiel]


def _month(column: str) -> str:
    return f"strftime(\"{column}\", '%m')"


def _measures(tabel: str, numbers: Parameters) -> dict[str, str]:
    """SQL of what is counted by code, by the name of its distribution."""
    names = {k.raw_naam for k in kolommen(tabel)}
    codes = {name: f'cast("{name}" as varchar)' for name in numbers.codes if name in names}
    return codes | {MAAND + name: _month(name) for name in numbers.maanden if name in names}


def _distribution(
    con: duckdb.DuckDBPyConnection, source: str, measure: str, numbers: Parameters
) -> Verdeling:
    found = con.execute(
        f"""
        select {measure}, count(*)
        from {source}
        where {measure} is not null
        group by 1
        having count(*) >= {numbers.kleinste_aantal}
        order by 2 desc, 1
        limit {numbers.meeste_codes}
        """
    ).fetchall()
    full = len(found) == numbers.meeste_codes
    rest = max(numbers.kleinste_aantal - 1, found[-1][1] if full else 0)
    return Verdeling({code: (n, n) for code, n in found}, rest)


def _table(
    con: duckdb.DuckDBPyConnection, tabel: str, file: Path, numbers: Parameters
) -> TabelProfiel:
    path = str(file).replace("'", "''")
    source = f"read_parquet('{path}')"
    columns = [k.raw_naam for k in kolommen(tabel)]
    counts = ", ".join(f'count("{name}")' for name in columns)
    [(rijen, *filled)] = con.execute(f"select count(*), {counts} from {source}").fetchall()
    return TabelProfiel(
        rijen,
        dict(zip(columns, filled, strict=True)),
        {
            name: _distribution(con, source, measure, numbers)
            for name, measure in _measures(tabel, numbers).items()
        },
    )


def make_profile(
    con: duckdb.DuckDBPyConnection,
    raw: Path,
    rijen: Mapping[str, int],
    records: Mapping[str, int],
    numbers: Parameters,
) -> Profiel:
    """The profile of a delivery, from what was written of it.

    Args:
        con: any connection.
        raw: folder with ``<tabel>/deel-0.parquet``.
        rijen: rows written, by raw table.
        records: delivered records that are no repetition, by name.
        numbers: which columns, and what is too small to keep.
    """
    tables = {
        tabel: _table(con, tabel, raw / tabel / "deel-0.parquet", numbers)
        for tabel, number in sorted(rijen.items())
        if number
    }
    return Profiel(dict(sorted(records.items())), tables)


def add_up(profielen: list[Profiel]) -> Profiel:
    """Several deliveries as if they were one."""
    records: dict[str, int] = {}
    tables: dict[str, list[TabelProfiel]] = {}
    for profiel in profielen:
        for naam, n in profiel.records.items():
            records[naam] = records.get(naam, 0) + n
        for tabel, found in profiel.tabellen.items():
            tables.setdefault(tabel, []).append(found)
    return Profiel(records, {tabel: _add_tables(found) for tabel, found in tables.items()})


def _add_tables(found: list[TabelProfiel]) -> TabelProfiel:
    columns = dict.fromkeys(name for t in found for name in t.gevuld)
    measures = dict.fromkeys(name for t in found for name in t.verdeling)
    return TabelProfiel(
        sum(t.rijen for t in found),
        {name: sum(t.gevuld.get(name, 0) for t in found) for name in columns},
        {
            name: _add_codes([t.verdeling[name] for t in found if name in t.verdeling])
            for name in measures
        },
    )


def _add_codes(found: list[Verdeling]) -> Verdeling:
    codes = dict.fromkeys(code for v in found for code in v.codes)
    pairs = {code: [v.of(code) for v in found] for code in codes}
    added = {code: (sum(p[0] for p in ps), sum(p[1] for p in ps)) for code, ps in pairs.items()}
    return Verdeling(added, sum(v.rest for v in found))


def profile_file(home: Path, bron_id: str, levering_id: str) -> Path:
    """Where the profile of a delivery is."""
    return home / "profiel" / bron_id / f"{levering_id}.json"


def write_profile(file: Path, profiel: Profiel) -> None:
    """Write a profile in its place; equal profiles give equal bytes."""
    make_folder(file.parent)
    text = json.dumps(asdict(profiel), ensure_ascii=False, sort_keys=True)
    write_file(file, text.encode() + b"\n")


def read_profile(file: Path) -> Profiel | None:
    """A profile that was written; None when there is none, as of deliveries loaded before."""
    if not file.is_file():
        return None
    data = json.loads(file.read_text(encoding="utf-8"))
    tables = {}
    for tabel, t in data["tabellen"].items():
        spread = {
            name: Verdeling({c: (n[0], n[1]) for c, n in v["codes"].items()}, v["rest"])
            for name, v in t["verdeling"].items()
        }
        tables[tabel] = TabelProfiel(t["rijen"], t["gevuld"], spread)
    return Profiel(data["records"], tables)
