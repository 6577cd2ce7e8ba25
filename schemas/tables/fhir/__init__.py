"""Raw tables of the kerngegevens, by table name; each is fed by the view of the same name."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir import (
    beelden,
    contact,
    declaraties,
    dosering,
    ingrepen,
    leefwijze,
    medicatie,
    metingen,
    organisaties,
    persoon,
    problemen,
    verslagen,
    verwijdering,
    vragenlijsten,
    zorgplan,
)

TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    **persoon.TABELLEN,
    **contact.TABELLEN,
    **problemen.TABELLEN,
    **medicatie.TABELLEN,
    **dosering.TABELLEN,
    **ingrepen.TABELLEN,
    **leefwijze.TABELLEN,
    **metingen.TABELLEN,
    **verslagen.TABELLEN,
    **beelden.TABELLEN,
    **zorgplan.TABELLEN,
    **vragenlijsten.TABELLEN,
    **organisaties.TABELLEN,
    **declaraties.TABELLEN,
    "fhir_verwijdering": verwijdering.FhirVerwijdering,
}
