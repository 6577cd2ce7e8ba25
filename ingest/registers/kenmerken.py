"""What can be told of register rows that were refused, for the score of data quality.

Scored are waits and what says who waits for long-term care. The other registers are no facts behind
an indicator, or are the address book itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from ingest.oordeel.kept import judged_sql
from ingest.registers.header import Opmaak
from schemas.tables.patronen import AGB


@dataclass(frozen=True)
class _Vorm:
    """What is told of the rows of a register.

    Attributes:
        sleutels: columns of ``kenmerk`` and the columns of the register they are told from.
        aanbieder: column with the care provider, if there is one.
        dagen: columns that date the care, the first that is there.
    """

    sleutels: dict[str, str]
    aanbieder: str | None
    dagen: tuple[str, ...]


_VORMEN = {
    "reg_ggz_wachttijd": _Vorm(
        {"wachtregistratie_id": "wachtregistratie_id", "fase": "fase"},
        "zorgaanbieder_id",
        ("eind", "begin"),
    ),
    "reg_wlz_indicatie": _Vorm({"wlz_indicatie_id": "wlz_indicatie_id"}, None, ("afgiftedatum",)),
    "reg_wlz_wachtlijst": _Vorm(
        {"wlz_indicatie_id": "wlz_indicatie_id", "peildatum": "peildatum"},
        "dossierhouder_id",
        ("peildatum",),
    ),
}
#: What is told of a column only when it is what it has to be.
_SOUND = {
    "fase": "case when {k} in ('aanmelding', 'behandeling') then {k} end",
    "peildatum": "case when lees_datum({k}) is not null then {k} end",
}

_INSERT = """
insert into kenmerk by name
select
    record_nr,
    '{tabel}' as tabel,
    {sleutels},
    case when regexp_full_match({agb}, '{pattern}') then {agb} end as zorgaanbieder_id,
    case when {jaar} between 1900 and 2100 then {jaar} end as jaar
from record
inner join reg_bestand using (bestand)
left join {velden} as velden using (record_nr)
where opmaak_nr = {nr} and record_nr in ({judged})
"""
#: Of a large delivery few rows are judged: only those are joined.
_JUDGED_FIELDS = "(from reg_veld_{nr} where record_nr in ({judged}))"
_NOTHING = "(select cast(null as bigint) as record_nr where false)"


def tell_kenmerken(con: duckdb.DuckDBPyConnection, opmaken: list[Opmaak]) -> None:
    """Fill ``kenmerk`` for rows that facts are made of; what cannot be split tells nothing.

    Args:
        con: the connection of the delivery; all is judged.
        opmaken: how rows are read, by ``opmaak_nr``.
    """
    for nr, opmaak in enumerate(opmaken):
        vorm = _VORMEN.get(opmaak.register.tabel)
        if vorm is None:
            continue

        def named(column: str | None, opmaak: Opmaak = opmaak) -> str:
            known = opmaak.is_leesbaar and column in opmaak.plaats
            return str(column) if known else "cast(null as varchar)"

        days = [f"year(lees_datum({named(column)}))" for column in vorm.dagen]
        keys = [
            f"{_SOUND.get(name, '{k}').format(k=named(column))} as {name}"
            for name, column in vorm.sleutels.items()
        ]
        con.execute(
            _INSERT.format(
                tabel=opmaak.register.tabel,
                sleutels=",\n    ".join(keys),
                agb=named(vorm.aanbieder),
                pattern=AGB,
                jaar=f"coalesce({', '.join(days)}, null)",
                velden=_JUDGED_FIELDS.format(nr=nr, judged=judged_sql())
                if opmaak.is_leesbaar
                else _NOTHING,
                nr=nr,
                judged=judged_sql(),
            )
        )
