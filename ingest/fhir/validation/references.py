"""References that nothing in the delivery answers: told, not refused (decision 0001).

All references of a delivery are found and looked up in one query. A reference by identifier alone
asks for nothing; one to another server (an absolute URL of which the end was not delivered) and a
search (``Patient?identifier=…``) are beyond a delivery. What a reference says may identify a
person, so only the type it points at is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import orjson

from ingest.fhir.validation.judge import element_path
from ingest.fhir.view.types import is_r4_resource

REASON = "FHIR-VERWIJZING-ONBEKEND"

# The name and the colon cannot stand in a text of a resource: its quotes would be escaped there.
_FIND_SQL = r"""
create temp table verwijzing as
with tekst as (
    select
        record.record_nr, record.naam, record.bestand, record.regel,
        coalesce(fhir_tekst.tekst, record.tekst) as tekst
    from record
    left join fhir_tekst on record.record_nr = fhir_tekst.record_nr
    where record.record_nr not in (select afkeur.record_nr from afkeur)
      and record.record_nr not in (select dubbel.record_nr from dubbel)
),
gevonden as (
    select
        tekst.record_nr, tekst.naam, tekst.bestand, tekst.regel,
        if(
            contains(tekst.tekst, '"contained"'),
            json_extract_string(tekst.tekst, '$.contained[*].id'), null
        ) as ingesloten,
        unnest(list_distinct(regexp_extract_all(
            tekst.tekst, '"reference"\s*:\s*"((?:[^"\\]|\\.)+)"', 1
        ))) as geschreven
    from tekst
),
gelezen as (
    select gevonden.*, replace(gevonden.geschreven, '\/', '/') as doel from gevonden
),
ontleed as (
    select
        gelezen.*,
        regexp_extract(
            gelezen.doel,
            '(?:^|/)([A-Za-z]+/[A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]{1,64})?(?:#.*)?$',
            1
        ) as sleutel
    from gelezen
),
geleverd as (
    select record.naam || '/' || fhir_kop.id as sleutel
    from record
    inner join fhir_kop on record.record_nr = fhir_kop.record_nr
    where fhir_kop.id is not null
    union
    -- an entry of a Bundle without id gets one with its references
    select record.naam || '/' || json_extract_string(fhir_tekst.tekst, '$.id')
    from record
    inner join fhir_tekst on record.record_nr = fhir_tekst.record_nr
),
onbeantwoord as (
    select
        ontleed.record_nr, ontleed.naam, ontleed.bestand, ontleed.regel, ontleed.geschreven,
        ontleed.doel, split_part(ontleed.sleutel, '/', 1) as doeltype
    from ontleed
    left join geleverd on ontleed.sleutel = geleverd.sleutel
    where geleverd.sleutel is null
      and ontleed.doel <> '#'
      and not regexp_matches(ontleed.doel, '^(https?://|[A-Za-z]+[?])')
      and not (
          starts_with(ontleed.doel, '#')
          and coalesce(list_contains(ontleed.ingesloten, substr(ontleed.doel, 2)), false)
      )
)
select * from onbeantwoord
"""
#: Of one record a type, the first of the report, the elements are looked up.
_FIRST_SQL = """
select verwijzing.record_nr, verwijzing.naam,
       coalesce(any_value(fhir_tekst.tekst), any_value(record.tekst)),
       list(verwijzing.doel), list(verwijzing.doeltype)
from verwijzing
inner join record on verwijzing.record_nr = record.record_nr
left join fhir_tekst on verwijzing.record_nr = fhir_tekst.record_nr
where verwijzing.record_nr in (
    select arg_min(v.record_nr, (v.bestand, v.regel)) from verwijzing as v group by v.naam
)
group by verwijzing.record_nr, verwijzing.naam
"""


def _places(
    content: Any, steps: tuple[int | str, ...] = ()
) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Every reference in a resource, with the steps to the element that holds it."""
    if isinstance(content, dict):
        if isinstance(content.get("reference"), str):
            yield content["reference"], steps
        for key, value in content.items():
            yield from _places(value, (*steps, key))
    elif isinstance(content, list):
        for position, value in enumerate(content):
            yield from _places(value, (*steps, position))


def check_references(con: duckdb.DuckDBPyConnection) -> None:
    """Add a warning for every record with a reference that nothing in the delivery answers.

    Args:
        con: the connection of the delivery; ``element`` becomes the element and the type pointed
            at, such as ``Procedure.subject -> Patient``, for the first record of each type, and
            the type of the record and the type pointed at for the others.
    """
    con.execute(_FIND_SQL)
    types = con.execute("select distinct doeltype from verwijzing").fetchall()
    known = [doeltype for (doeltype,) in types if is_r4_resource(doeltype)]
    first = con.execute(_FIRST_SQL).fetchall()
    con.execute(
        f"""
        insert into waarschuwing
        select distinct
            record_nr, '{REASON}',
            naam || ' -> ' || if(list_contains(?, doeltype), doeltype, 'onbekend'), null
        from verwijzing where not list_contains(?, record_nr)
        """,
        [known, [record_nr for record_nr, *_ in first]],
    )
    found = []
    for record_nr, naam, tekst, doelen, doeltypen in first:
        wanted = dict(zip(doelen, doeltypen, strict=True))
        for doel, steps in _places(orjson.loads(tekst)):
            if doel in wanted:
                shown = wanted[doel] if wanted[doel] in known else "onbekend"
                element = f"{element_path(naam, steps)} -> {shown}"
                found.append((record_nr, REASON, element, None))
    if found:
        con.executemany("insert into waarschuwing values (?, ?, ?, ?)", found)
    con.execute("drop table verwijzing")
