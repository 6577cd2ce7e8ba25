"""What can be told of register rows that were refused, for the score of data quality.

Only waits of care providers are scored: the other registers are not about one of them, or are the
address book itself.
"""

from __future__ import annotations

import duckdb

from ingest.oordeel.kept import judged_sql
from ingest.registers.header import Opmaak
from schemas.tables.patronen import AGB

TABEL = "reg_ggz_wachttijd"
_PHASES = "('aanmelding', 'behandeling')"

_INSERT = """
insert into kenmerk by name
select
    record_nr,
    '{tabel}' as tabel,
    {wachtregistratie} as wachtregistratie_id,
    case when {fase} in {phases} then {fase} end as fase,
    case when regexp_full_match({agb}, '{pattern}') then {agb} end as zorgaanbieder_id,
    case when {jaar} between 1900 and 2100 then {jaar} end as jaar
from reg_regel
left join {velden} using (record_nr)
where opmaak_nr = {nr} and record_nr in ({judged})
"""
_NOTHING = "(select cast(null as bigint) as record_nr where false)"


def tell_kenmerken(con: duckdb.DuckDBPyConnection, opmaken: list[Opmaak]) -> None:
    """Fill ``kenmerk`` for rows of the register of waits; what cannot be split tells nothing.

    Args:
        con: the connection of the delivery; all is judged.
        opmaken: how rows are read, by ``opmaak_nr``.
    """
    for nr, opmaak in enumerate(opmaken):
        if opmaak.register.tabel != TABEL:
            continue

        def named(column: str, opmaak: Opmaak = opmaak) -> str:
            known = opmaak.is_leesbaar and column in opmaak.plaats
            return column if known else "cast(null as varchar)"

        days = [f"year(lees_datum({named(column)}))" for column in ("eind", "begin")]
        con.execute(
            _INSERT.format(
                tabel=TABEL,
                wachtregistratie=named("wachtregistratie_id"),
                fase=named("fase"),
                phases=_PHASES,
                agb=named("zorgaanbieder_id"),
                pattern=AGB,
                jaar=f"coalesce({', '.join(days)})",
                velden=f"reg_veld_{nr}" if opmaak.is_leesbaar else _NOTHING,
                nr=nr,
                judged=judged_sql(),
            )
        )
