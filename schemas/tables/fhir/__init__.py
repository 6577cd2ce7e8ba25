"""Raw tables of the kerngegevens, by table name; each is fed by the view of the same name."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir import samenvatting, verwijdering

TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    "fhir_patient": samenvatting.FhirPatient,
    "fhir_contact": samenvatting.FhirContact,
    "fhir_diagnose": samenvatting.FhirDiagnose,
    "fhir_meting": samenvatting.FhirMeting,
    "fhir_meting_component": samenvatting.FhirMetingComponent,
    "fhir_medicatie": samenvatting.FhirMedicatie,
    "fhir_verrichting": samenvatting.FhirVerrichting,
    "fhir_verwijdering": verwijdering.FhirVerwijdering,
}
