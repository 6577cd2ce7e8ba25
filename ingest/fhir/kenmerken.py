"""What can be told of FHIR resources that were refused or are odd, for the score of data quality.

They are read by the approved views, as accepted ones are: nothing else is looked at, and an element
that is not what it must be reads as empty.
"""

from __future__ import annotations

import duckdb

from ingest.fhir.approved import approved_views
from ingest.fhir.view.compiler import compile_view
from ingest.oordeel.kept import judged_sql
from schemas.tables.patronen import AGB

#: Raw tables that facts are made of: elements that date the care, the first that is there.
_DATED = {
    "fhir_behandelaanwijzing": ("geregistreerd_op", "laatst_gewijzigd"),
    "fhir_contact": ("begin", "laatst_gewijzigd"),
    "fhir_declaratie": ("begin", "laatst_gewijzigd"),
    "fhir_diagnose": ("geregistreerd_op", "laatst_gewijzigd"),
    "fhir_medicatie": ("geregistreerd_op", "laatst_gewijzigd"),
    "fhir_meting": ("geregistreerd_op", "laatst_gewijzigd"),
    "fhir_verrichting": ("uitgevoerd_op", "laatst_gewijzigd"),
    "fhir_vragenlijst": ("geregistreerd_op", "laatst_gewijzigd"),
    "fhir_zorgplan": ("geregistreerd_op", "begin", "laatst_gewijzigd"),
}
_UITVOERDER = {"fhir_meting": "uitvoerder_ref", "fhir_declaratie": "aanbieder_ref"}

_SOURCE = """
    select
        record.record_nr,
        case
            when json_valid(coalesce(fhir_tekst.tekst, record.tekst))
                then coalesce(fhir_tekst.tekst, record.tekst)
        end as tekst
    from record
    left join fhir_tekst on record.record_nr = fhir_tekst.record_nr
    where record.naam = '{resource}'
      and record.record_nr in (select beoordeeld.record_nr from beoordeeld)
"""
_INSERT = """
insert into kenmerk by name
select
    record_nr,
    '{tabel}' as tabel,
    any_value(resource_ref) as resource_ref,
    any_value(laatst_gewijzigd) as laatst_gewijzigd,
    any_value({contact}) as contact_ref,
    any_value({uitvoerder}) as uitvoerder_ref,
    min(case when regexp_full_match({agb}, '{pattern}') then {agb} end) as zorgaanbieder_id,
    min(
        case
            when year({dag}) between 1900 and 2100 then cast(year({dag}) as bigint)
        end
    ) as jaar
from ({sql})
group by record_nr
"""


def _insert_sql(tabel: str, sql: str, columns: set[str]) -> str:
    def named(column: str) -> str:
        return column if column in columns else "cast(null as varchar)"

    moment = ", ".join(f"lees_tijdstip({column})" for column in _DATED[tabel])
    return _INSERT.format(
        tabel=tabel,
        sql=sql,
        contact=named("contact_ref"),
        uitvoerder=named(_UITVOERDER.get(tabel, "")),
        agb=named("zorgaanbieder_id"),
        pattern=AGB,
        dag=f"timezone('Europe/Amsterdam', timezone('UTC', coalesce({moment})))",
    )


def tell_kenmerken(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``kenmerk`` for the kinds of resources that facts are made of.

    Args:
        con: the connection of the delivery; all is judged.
    """
    con.execute(f"create or replace temp table beoordeeld as {judged_sql()}")
    found = con.execute(
        "select distinct naam from record where record_nr in (select record_nr from beoordeeld)"
    ).fetchall()
    for view in approved_views():
        if view.tabel in _DATED and (view.resource,) in found:
            source = _SOURCE.format(resource=view.resource)
            compiled = compile_view(view.definition, source, carry=("record_nr",))
            columns = {column.name for column in compiled.columns}
            con.execute(_insert_sql(view.tabel, compiled.sql, columns))
    con.execute("drop table beoordeeld")
