"""Raw tables of the patient summary: one model a ViewDefinition in ``schemas/views/``.

Grain: one row a resource, or a resource x coding where a CodeableConcept can hold several codings
(``fhir_diagnose``, ``fhir_meting``, ``fhir_medicatie``, ``fhir_verrichting``) and a resource x
component (``fhir_meting_component``). The view of the same name yields exactly these columns.
"""

from __future__ import annotations

from schemas.tables.fhir.basis import PatientGebonden
from schemas.tables.kolom import kolom
from schemas.tables.patronen import AGB, GETAL, TIJDSTIP


class FhirMeting(PatientGebonden):
    """Observation x coding: vital signs and laboratory results."""

    contact_ref: str = kolom(
        "Contact", bewerking="sleutel", naar="contact_sleutel", domein="resource"
    )
    categorie: str = kolom("Categorie (laboratory, vital-signs ...)")
    code_stelsel: str = kolom("Codestelsel van de meting")
    code: str = kolom("Code van de meting")
    comparator: str = kolom("Vergelijkingsteken bij de waarde")
    waarde: str = kolom("Gemeten waarde", bewerking="getal", str_matches=GETAL)
    eenheid: str = kolom("Eenheid (UCUM)")
    waarde_stelsel: str = kolom("Codestelsel van een gecodeerde waarde")
    waarde_code: str = kolom("Gecodeerde waarde")
    afgenomen_op: str = kolom("Moment van meting (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)


class FhirMetingComponent(PatientGebonden):
    """Observation x component x coding, such as the two values of a blood pressure."""

    code_stelsel: str = kolom("Codestelsel van het onderdeel")
    code: str = kolom("Code van het onderdeel")
    waarde: str = kolom("Gemeten waarde", bewerking="getal", str_matches=GETAL)
    eenheid: str = kolom("Eenheid (UCUM)")
