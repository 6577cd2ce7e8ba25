"""What a tariff, activity or time record repeats of its prestatie must be equal to it.

That records differ was found while cutting (``ei_herhaling``); here it is told in which elements.
"""

from __future__ import annotations

import duckdb

from ingest.declaraties.kinds import RecordSoort
from ingest.declaraties.rules.asked import repeated_elements
from schemas.ei import Element

_TOLD = """
insert into afkeur
select record_nr, '{reden}', '{element}', 'niet gelijk aan het prestatierecord erboven'
from ei_herhaling
inner join ei_staand using (bericht_nr)
where
    soort_nr = {soort_nr}
    and substring(eigen, {begin}, {lengte}) <> substring(erboven, {begin}, {lengte})
    and record_nr not in (select record_nr from afkeur where element = '{element}')
    and prestatie_nr not in (select record_nr from afkeur where element = '{erboven}')
"""
#: When no record under a prestatie repeats it rightly, the prestatie may be what is wrong.
_BLAME = """
insert into afkeur
with anders as (
    select distinct record_nr
    from afkeur
    where element in ({elements})
),

onder as (
    select prestatie_nr, count(*) as aantal, count(anders.record_nr) as aantal_anders
    from ei_regel as regel
    left join anders using (record_nr)
    where
        kenmerk in (6, 16, 17)
        and prestatie_nr in (
            select prestatie_nr from ei_herhaling where soort_nr in ({soorten})
        )
    group by prestatie_nr
)

select
    onder.prestatie_nr,
    '{reden}',
    '{element}',
    'alle records eronder noemen een andere waarde'
from onder
inner join {prestatie} as prestatie on onder.prestatie_nr = prestatie.record_nr
where
    onder.aantal = onder.aantal_anders
    and onder.prestatie_nr not in (select record_nr from afkeur where element = '{element}')
"""


def _reason(element: Element) -> str:
    is_sign = element.naam.lower().startswith("indicatie debet/credit")
    return "EI-DC-ONGELIJK" if is_sign else "EI-HERHALING"


def check_repeated(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort]) -> None:
    """Put what differs from its prestatie in ``afkeur``, element by element.

    Args:
        con: the connection of this delivery; fields have been checked.
        kinds: the record kinds that occur, of messages to an insurer.
    """
    found = con.execute("select distinct soort_nr from ei_herhaling").fetchall()
    differing = [kind for kind in kinds if (kind.nr,) in found]
    for prestatie in (k for k in kinds if k.record.code == "04"):
        below = [k for k in differing if k.layout is prestatie.layout]
        for detail in below:
            _tell(con, prestatie, detail)
        if below:
            _blame(con, prestatie, below)


def _tell(con: duckdb.DuckDBPyConnection, prestatie: RecordSoort, detail: RecordSoort) -> None:
    begin = 1
    pairs = zip(repeated_elements(detail.nr), repeated_elements(prestatie.nr), strict=True)
    for element, above in pairs:
        con.execute(
            _TOLD.format(
                reden=_reason(element),
                element=element.element,
                erboven=above.element,
                soort_nr=detail.nr,
                begin=begin,
                lengte=element.lengte,
            )
        )
        begin += element.lengte


def _blame(
    con: duckdb.DuckDBPyConnection, prestatie: RecordSoort, below: list[RecordSoort]
) -> None:
    for place, above in enumerate(repeated_elements(prestatie.nr)):
        elements = [repeated_elements(kind.nr)[place].element for kind in below]
        con.execute(
            _BLAME.format(
                elements=", ".join(f"'{e}'" for e in elements),
                soorten=", ".join(str(kind.nr) for kind in below),
                reden=_reason(above),
                element=above.element,
                prestatie=prestatie.tabel,
            )
        )
