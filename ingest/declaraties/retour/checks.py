"""Level 5 for retour messages: does the sluitrecord count what is returned, and do amounts agree?

Counts refuse the message, as they do in a declaration. The granted total only warns: the insurer
says what is paid, and which of its figures is wrong cannot be known here.
"""

from __future__ import annotations

import duckdb

from ingest.declaraties.kinds import RecordSoort

_DETAIL = ("02", "03", "04", "06", "98")

#: Granted = declared, less what returned records lost. A message of 01 and 99 alone grants all
#: (8001) or nothing. Records an insurer accepts do not come back.
_GRANTED = """
insert into waarschuwing
with geteld as (
    select bericht_nr, count(*) filter (kenmerk not in (1, 99)) as aantal_detail
    from ei_levend
    group by bericht_nr
),

bedragen as ({bedragen}),

verschil as (
    select bericht_nr, sum(ingediend_cent - toegekend_cent) as afgewezen_cent
    from bedragen
    group by bericht_nr
    having count(*) = count(ingediend_cent)
),

verwacht as (
    select
        slot.record_nr,
        {toegekend} as toegekend_cent,
        case
            when geteld.aantal_detail > 0 then slot.totaal_cent - verschil.afgewezen_cent
            when kop.retourcode_1 = '8001' then slot.totaal_cent
            when kop.retourcode_1 is not null then 0
        end as verwacht_cent
    from {slot} as slot
    inner join {kop} as kop on slot.bericht_nr = kop.record_nr
    inner join geteld on slot.bericht_nr = geteld.bericht_nr
    left join verschil on slot.bericht_nr = verschil.bericht_nr
)

select
    record_nr,
    'EI-RETOUR-TOTAAL',
    '{element}',
    'het totaal toegekend bedrag volgt niet uit de teruggestuurde records'
from verwacht
where toegekend_cent <> verwacht_cent
"""

_NO_AMOUNTS = """
    select cast(null as bigint) as bericht_nr, 0 as ingediend_cent, 0 as toegekend_cent
    where false
"""


def granted(alias: str) -> str:
    """SQL for the granted amount of a sliced retour record in eurocents; a blank sign is D."""
    sign = f"case when {alias}.toegekend_debet_credit = 'C' then -1 else 1 end"
    return f"{sign} * coalesce(try_cast({alias}.toegekend_cent as bigint), 0)"


def money_kind(kinds: list[RecordSoort], kind: RecordSoort) -> RecordSoort | None:
    """The record kind of the same layout that carries amounts, if it occurs: 06, else 04."""
    code = "06" if "06" in kind.layout.records else "04"
    return next((k for k in kinds if k.layout is kind.layout and k.record.code == code), None)


def beside(kinds: list[RecordSoort], kind: RecordSoort, code: str) -> RecordSoort | None:
    """The record kind ``code`` of the same layout, if it occurs."""
    return next((k for k in kinds if k.layout is kind.layout and k.record.code == code), None)


def _check_counts(con: duckdb.DuckDBPyConnection, slot: RecordSoort) -> None:
    columns = {f"aantal_{code}": f"kenmerk = {int(code)}" for code in _DETAIL}
    for kolom, which in (columns | {"aantal_detail": "kenmerk not in (1, 99)"}).items():
        element = slot.met_kolom(kolom)
        if element is None:
            continue
        con.execute(
            f"""
            insert into afkeur
            with geteld as (
                select bericht_nr, count(*) filter ({which}) as aantal
                from ei_levend
                group by bericht_nr
            )

            select
                slot.record_nr,
                'EI-AANTAL',
                '{element.element}',
                '{element.naam}: het bericht bevat er ' || geteld.aantal
            from {slot.tabel} as slot
            inner join geteld using (bericht_nr)
            where slot.{kolom} <> geteld.aantal
            """
        )


def _check_granted(
    con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort], slot: RecordSoort
) -> None:
    element, kop = slot.met_kolom("toegekend_cent"), beside(kinds, slot, "01")
    if element is None or kop is None:
        return
    money = money_kind(kinds, slot)
    bedragen = (
        f"select bericht_nr, bedrag_cent as ingediend_cent, {granted('bron')} as toegekend_cent"
        f" from {money.tabel} as bron"
        if money
        else _NO_AMOUNTS
    )
    con.execute(
        _GRANTED.format(
            bedragen=bedragen,
            toegekend=granted("slot"),
            slot=slot.tabel,
            kop=kop.tabel,
            element=element.element,
        )
    )


def check_retour(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort]) -> None:
    """Refuse retour messages whose counts are wrong; warn of a granted total that does not follow.

    Args:
        con: the connection of this delivery; the fields of 01 and 99 are in order.
        kinds: the record kinds of retour messages that occur.
    """
    for slot in (kind for kind in kinds if kind.record.code == "99"):
        _check_counts(con, slot)
        _check_granted(con, kinds, slot)
