"""Level 3: does every element hold what its layout asks? Mandatory, numeric, date, D/C, sex.

Only records that do not match the pattern of their kind are taken apart, element by element.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from ingest.declaraties.elements import aard, zeros_are_empty
from ingest.declaraties.kinds import RecordSoort

_FAULTS = """
insert into afkeur
with waarden as (
    select
        verdacht.record_nr,
        element.*,
        substring(record.tekst, element.begin, element.lengte) as waarde
    from ei_verdacht as verdacht
    inner join record using (record_nr)
    inner join ei_element as element using (soort_nr)
),

geoordeeld as (
    select
        record_nr,
        element,
        naam,
        case
            when verplicht and (
                trim(waarde) = '' or (nul_is_leeg and regexp_full_match(waarde, '0+'))
            ) then 'VERPLICHT-LEEG'
            when aard in ('getal', 'datum', 'geslacht')
                and not regexp_full_match(waarde, '[0-9]+') then 'FORMAAT-ONJUIST'
            when aard = 'datum' and waarde <> '00000000'
                and try_strptime(waarde, '%Y%m%d') is null then 'FORMAAT-ONJUIST'
            when aard = 'debet_credit' and waarde not in ('D', 'C')
                and (verplicht or waarde <> ' ') then 'CODE-ONBEKEND'
            when aard = 'geslacht' and waarde not in ('0', '1', '2') then 'CODE-ONBEKEND'
        end as reden_code,
        case aard
            when 'datum' then 'een bestaande datum als EEJJMMDD'
            when 'getal' then 'een getal, met nullen aangevuld'
            when 'geslacht' then '0, 1 of 2'
            when 'debet_credit' then 'D of C'
            else 'tekst'
        end as verwacht
    from waarden
)

select record_nr, reden_code, element, naam || ': verwacht wordt ' || verwacht
from geoordeeld
where reden_code is not null
"""


def _make_elements(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort]) -> None:
    pairs = [(kind, e) for kind in kinds for e in kind.record.elementen]
    columns = {
        "soort_nr": [kind.nr for kind, _ in pairs],
        "element": [e.element for _, e in pairs],
        "naam": [e.naam for _, e in pairs],
        "begin": [e.begin for _, e in pairs],
        "lengte": [e.lengte for _, e in pairs],
        "verplicht": [e.verplicht == "M" for _, e in pairs],
        "nul_is_leeg": [zeros_are_empty(e) for _, e in pairs],
        "aard": [aard(e) for _, e in pairs],
    }
    con.register("elementen", pa.table(columns))
    con.execute("create table ei_element as select * from elementen")
    con.unregister("elementen")


def check_fields(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort]) -> None:
    """Put the faults of every record of a sound message in ``afkeur``, one row an element.

    Args:
        con: the connection of this delivery; its records have been sliced.
        kinds: the record kinds that occur.
    """
    if not kinds:
        return
    suspects = [
        f"select record_nr, {kind.nr} as soort_nr from {kind.tabel} where not klopt"
        for kind in kinds
    ]
    con.execute(f"create table ei_verdacht as {' union all '.join(suspects)}")
    found = con.execute("select distinct soort_nr from ei_verdacht").fetchall()
    if found:
        _make_elements(con, [k for k in kinds if (k.nr,) in found])
        con.execute(_FAULTS)
