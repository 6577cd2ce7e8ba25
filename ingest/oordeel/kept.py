"""Judgements of intake, kept beside the accepted rows for the score of data quality.

Of every record that was refused, or kept although something is odd, one row a rule goes to the raw
table ``dq_oordeel``: what kind of record it was, whose, of which year and under which keys, never
what was in it. What a family can tell of such records it leaves in ``kenmerk``; the equal keys of
equal records let the build count a record once, however often it was delivered.

A rule whose outcome depends on what else is in the delivery, or on the day it came, says nothing
that holds in another batch; ``schemas/codes/dq_gewicht.csv`` names these and they are left out.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

import duckdb

import schemas
from schemas.tables import kolommen

TABEL = "dq_oordeel"
_WEIGHTS = Path(schemas.__file__).parent / "codes" / "dq_gewicht.csv"

#: What intake knows itself; the other columns are told by the family, in ``kenmerk``.
_OWN = {
    "soort": "oordeel.soort",
    "naam": "record.naam",
    "reden_code": "oordeel.reden_code",
    "inhoud": "coalesce(record.tekst, '')",
}

_SQL = """
create or replace temp view proj_{tabel} as
with oordeel as (
    select distinct record_nr, reden_code, 'geweigerd' as soort
    from afkeur
    where reden_code not in ({left_out})
    union all
    select distinct record_nr, reden_code, 'waarschuwing' as soort
    from waarschuwing
    where
        reden_code not in ({left_out})
        and record_nr not in (select record_nr from afkeur)
        and record_nr not in (select record_nr from dubbel)
)

select oordeel.record_nr, {columns}
from oordeel
inner join record on oordeel.record_nr = record.record_nr
left join kenmerk on oordeel.record_nr = kenmerk.record_nr
"""


@cache
def per_delivery() -> tuple[str, ...]:
    """Codes of rules that judge a record by its delivery; sorted."""
    with _WEIGHTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(sorted(row["regel_id"] for row in rows if row["telt"] == "per_levering"))


def _left_out() -> str:
    return ", ".join(f"'{code}'" for code in per_delivery())


def judged_sql() -> str:
    """A query for the ``record_nr`` of every record there is a judgement of to keep."""
    return f"""
        select record_nr from afkeur where reden_code not in ({_left_out()})
        union
        select record_nr from waarschuwing where reden_code not in ({_left_out()})
    """


def _make_kenmerk(con: duckdb.DuckDBPyConnection) -> None:
    columns = ", ".join(f"{k.naam} {k.duckdb_type}" for k in kolommen(TABEL) if k.naam not in _OWN)
    con.execute(f"create table kenmerk (record_nr bigint, {columns})")


def project_judgements(con: duckdb.DuckDBPyConnection, tell: Callable[[], None]) -> bool:
    """Make ``proj_dq_oordeel`` over the record tables and what the family can tell.

    Args:
        con: the connection of one delivery; all is judged.
        tell: fills ``kenmerk``, which has ``record_nr`` and the columns a family may tell.

    Returns:
        Whether there is any judgement to keep.
    """
    if not con.execute(f"select 1 from ({judged_sql()}) limit 1").fetchall():
        return False
    _make_kenmerk(con)
    tell()
    columns = ", ".join(
        f"cast({_OWN.get(k.naam, f'kenmerk.{k.naam}')} as {k.duckdb_type}) as {k.naam}"
        for k in kolommen(TABEL)
    )
    con.execute(_SQL.format(tabel=TABEL, left_out=_left_out(), columns=columns))
    return True
