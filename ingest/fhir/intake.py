"""A FHIR delivery, from files to projected rows: what ``ingest.reading`` asks of a family."""

from __future__ import annotations

import duckdb

from ingest.fhir.approved import ApprovedView, approved_views
from ingest.fhir.checks import check_profiles, check_types
from ingest.fhir.deletions import TABEL, add_deletions
from ingest.fhir.duplicates import find_duplicates
from ingest.fhir.kenmerken import tell_kenmerken
from ingest.fhir.loading import load_records
from ingest.fhir.validation.dates import check_dates
from ingest.fhir.validation.references import check_references
from ingest.fhir.validation.structure import check_structure
from ingest.fhir.view.compiler import compile_view
from ingest.reading import Delivery, Reading
from ingest.settings import Settings
from schemas.tables import kolommen

#: The accepted resources of one type, with references of their Bundle resolved.
_SOURCE_SQL = """
    select record.record_nr, coalesce(fhir_tekst.tekst, record.tekst) as tekst
    from record
    left join fhir_tekst on record.record_nr = fhir_tekst.record_nr
    where record.naam = '{resource}'
      and record.record_nr not in (select afkeur.record_nr from afkeur)
      and record.record_nr not in (select dubbel.record_nr from dubbel)
"""


def _project(con: duckdb.DuckDBPyConnection, view: ApprovedView) -> None:
    source = _SOURCE_SQL.format(resource=view.resource)
    compiled = compile_view(view.definition, source, carry=("record_nr",))
    con.execute(f"create table proj_{view.tabel} as {compiled.sql}")


def _leave_empty(con: duckdb.DuckDBPyConnection, view: ApprovedView) -> None:
    columns = ", ".join(f'"{k.naam}" {k.duckdb_type}' for k in kolommen(view.tabel))
    con.execute(f"create table proj_{view.tabel} (record_nr bigint, {columns})")


def _types(con: duckdb.DuckDBPyConnection) -> set[str]:
    return {str(row[0]) for row in con.execute("select distinct naam from record").fetchall()}


def read(con: duckdb.DuckDBPyConnection, delivery: Delivery, settings: Settings) -> Reading:
    """Read a FHIR delivery into the tables of intake.

    Every resource is one record; a Bundle is none, its entries are. Repetitions are found first
    and judged no further; then type, profile and structure are judged and what is odd is noted.
    Only what nothing was found against is projected, by the approved views and nothing else.
    Deletions have no view.

    Args:
        con: the connection of this delivery, holding the tables of ``ingest.reading``.
        delivery: the files.
        settings: with how many threads.

    Returns:
        The raw tables of the types it holds, and how many Bundles were taken apart.
    """
    special = load_records(con, delivery)
    find_duplicates(con)
    check_types(con)
    check_profiles(con, delivery.bron_id)
    check_structure(con, settings)
    check_references(con)
    check_dates(con)
    add_deletions(con)
    types = _types(con)
    for view in approved_views():
        # A delivery holds few types; compiling the views of the others would cost more than it.
        (_project if view.resource in types else _leave_empty)(con, view)
    delivered = tuple(view.tabel for view in approved_views() if view.resource in types)
    return Reading((*delivered, TABEL), special, kenmerken=lambda: tell_kenmerken(con))
