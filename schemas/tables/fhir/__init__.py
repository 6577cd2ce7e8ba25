"""Raw tables of the kerngegevens, by table name; each is fed by the view of the same name."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir import (
    contact,
    dosering,
    ingrepen,
    leefwijze,
    medicatie,
    persoon,
    problemen,
    samenvatting,
    verwijdering,
)

TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    **persoon.TABELLEN,
    **contact.TABELLEN,
    **problemen.TABELLEN,
    **medicatie.TABELLEN,
    **dosering.TABELLEN,
    **ingrepen.TABELLEN,
    **leefwijze.TABELLEN,
    "fhir_meting": samenvatting.FhirMeting,
    "fhir_meting_component": samenvatting.FhirMetingComponent,
    "fhir_verwijdering": verwijdering.FhirVerwijdering,
}
