"""Levels 3 and 4 within a record: does every element hold what it may, do they agree?

Only records that do not match the pattern and the rules of their kind are taken apart: first
element by element, then rule by rule over elements that are in order by themselves.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from ingest.declaraties.elements import aard, characters, expected, pattern, zeros_are_empty
from ingest.declaraties.kinds import RecordSoort
from ingest.declaraties.rules.naming import make_rules, name_broken
from ingest.declaraties.rules.within import rules_within

_SUSPECTS = """
insert into ei_element_fout
with verdacht as (
    select record_nr, tekst
    from {tabel}
    inner join ei_tekst using (record_nr)
    where not klopt
)

select record_nr, {soort_nr}, unnest(list_filter([{tests}], lambda x: x is not null))
from verdacht
"""

_FAULTS = """
insert into afkeur
with waarden as (
    select
        fout.record_nr,
        element.*,
        substring(ei_tekst.tekst, element.begin, element.lengte) as waarde
    from ei_element_fout as fout
    inner join ei_tekst using (record_nr)
    inner join ei_element as element
        on fout.soort_nr = element.soort_nr and fout.element = element.element
),

geoordeeld as (
    select
        *,
        is_getal and not regexp_full_match(waarde, '[0-9]+') as geen_getal,
        trim(waarde) = '' or (nul_is_leeg and regexp_full_match(waarde, '0+')) as leeg
    from waarden
)

select
    record_nr,
    case
        when aard = 'reserve' then 'EI-RESERVE'
        when verplicht and leeg then 'VERPLICHT-LEEG'
        when geen_getal then 'FORMAAT-ONJUIST'
        when niet_vullen then 'EI-NIET-VULLEN'
        when aard = 'datum' then 'FORMAAT-ONJUIST'
        when not is_getal and waarde[1] = ' ' then 'EI-UITLIJNING'
        when heeft_formaat and not is_getal then 'FORMAAT-ONJUIST'
        else 'CODE-ONBEKEND'
    end,
    element,
    naam || ': verwacht wordt ' || verwacht
from geoordeeld
"""

_BROKEN = """
insert into ei_gebroken
with verdacht as (
    select record_nr, bericht_nr, verzekerde_nr, prestatie_nr, tekst
    from {tabel}
    inner join ei_tekst using (record_nr)
    where not klopt
)

select
    record_nr,
    bericht_nr,
    verzekerde_nr,
    prestatie_nr,
    unnest(list_filter([{tests}], lambda x: x is not null))
from verdacht
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
        "is_getal": [e.type == "N" for _, e in pairs],
        "niet_vullen": [e.vorm.leeg for _, e in pairs],
        "heeft_formaat": [e.vorm.formaat is not None for _, e in pairs],
        "aard": [aard(e) for _, e in pairs],
        "verwacht": [expected(e) for _, e in pairs],
    }
    con.register("elementen", pa.table(columns))
    con.execute("create table ei_element as select * from elementen")
    con.unregister("elementen")
    con.execute(
        "create table ei_element_fout (record_nr bigint, soort_nr smallint, element varchar)"
    )


def _look_at_elements(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort]) -> None:
    _make_elements(con, kinds)
    for kind in kinds:
        tests = ",\n".join(
            f"case when not regexp_full_match({characters(e)}, '{pattern(e)}')"
            f" then '{e.element}' end"
            for e in kind.record.elementen
        )
        con.execute(_SUSPECTS.format(tabel=kind.tabel, soort_nr=kind.nr, tests=tests))
    con.execute(_FAULTS)


def _look_at_rules(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort]) -> None:
    pairs = [(kind, toets) for kind in kinds for toets in rules_within(kind)]
    numbers = make_rules(con, [toets.gebonden for _, toets in pairs])
    for kind in kinds:
        tests = [
            f"case when not {toets.sql} then {nr} end"
            for nr, (owner, toets) in zip(numbers, pairs, strict=True)
            if owner is kind
        ]
        if tests:
            con.execute(_BROKEN.format(tabel=kind.tabel, tests=",\n".join(tests)))
    name_broken(con)


def check_fields(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort]) -> None:
    """Put the faults of every record of a sound message in ``afkeur``, one row an element.

    Args:
        con: the connection of this delivery; its records have been sliced.
        kinds: the record kinds that occur.
    """
    suspect = [
        kind
        for kind in kinds
        if con.execute(f"select 1 from {kind.tabel} where not klopt limit 1").fetchall()
    ]
    if suspect:
        _look_at_elements(con, suspect)
        _look_at_rules(con, suspect)
