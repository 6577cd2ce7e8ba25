"""Checks on the header of a record: resource type, approved view, profiles."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from ingest.fhir.approved import approved_views
from ingest.fhir.door.batch import UNREADABLE
from ingest.fhir.validation.profiles import refusal
from ingest.fhir.view.types import is_r4_resource


def _refuse_by(con: duckdb.DuckDBPyConnection, column: str, found: list[dict[str, str]]) -> None:
    """Refuse every record whose ``column`` has one of the values found.

    Args:
        con: the connection of the delivery.
        column: ``naam`` or ``profielen``.
        found: value, reden_code, element and toelichting, one a value.
    """
    if not found:
        return
    con.register("gevonden", pa.Table.from_pylist(found))
    con.execute(
        f"""
        insert into afkeur
        select record.record_nr, gevonden.reden_code, gevonden.element, gevonden.toelichting
        from record
        inner join fhir_kop on record.record_nr = fhir_kop.record_nr
        inner join gevonden on gevonden.waarde = {column}
        where record.naam <> '{UNREADABLE}'
          and record.record_nr not in (select dubbel.record_nr from dubbel)
        """
    )
    con.unregister("gevonden")


def check_types(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse resource types FHIR R4 does not know, and those no approved view reads."""
    with_view = {view.resource for view in approved_views()}
    found = []
    for (naam,) in con.execute("select distinct naam from record order by naam").fetchall():
        if naam in with_view or naam == UNREADABLE:
            continue
        code = "FHIR-TYPE-GEEN-VIEW" if is_r4_resource(naam) else "FHIR-TYPE-ONBEKEND"
        found.append({"waarde": naam, "reden_code": code, "element": "resourceType"})
    _refuse_by(con, "naam", [row | {"toelichting": row["waarde"]} for row in found])


def check_profiles(con: duckdb.DuckDBPyConnection, bron_id: str) -> None:
    """Refuse records on ``meta.profile``; see ``profiles.refusal``."""
    found = []
    query = "select distinct profielen from fhir_kop order by profielen"
    for (profielen,) in con.execute(query).fetchall():
        why = refusal(profielen.split("\n") if profielen else [], bron_id)
        if why is not None:
            found.append(
                {
                    "waarde": profielen,
                    "reden_code": why.reden_code,
                    "element": "meta.profile",
                    "toelichting": why.toelichting,
                }
            )
    _refuse_by(con, "profielen", found)
