"""Raw tables of the patient summary: one model a ViewDefinition in ``schemas/views/``.

Grain: one row a resource, or a resource x coding where a CodeableConcept can hold several codings
(``fhir_diagnose``, ``fhir_meting``, ``fhir_medicatie``, ``fhir_verrichting``) and a resource x
component (``fhir_meting_component``). The view of the same name yields exactly these columns.
"""

from __future__ import annotations

from schemas.tables.fhir.basis import FhirTabel, PatientGebonden
from schemas.tables.kolom import kolom
from schemas.tables.patronen import AGB, BSN, DATUM, GETAL, TIJDSTIP


class FhirPatient(FhirTabel):
    """Patient; BSN, birth date and postal code leave as pseudonym, year and PC4."""

    bsn: str = kolom("Burgerservicenummer", bewerking="bsn", naar="pseudo_id", str_matches=BSN)
    geslacht: str = kolom(
        "Geslacht (male, female, other, unknown)", isin=["male", "female", "other", "unknown"]
    )
    geboortedatum: str = kolom(
        "Geboortejaar", bewerking="geboortejaar", naar="geboortejaar", str_matches=DATUM
    )
    postcode: str = kolom("Postcode, vier cijfers", bewerking="pc4", naar="pc4")
    overleden: bool = kolom("Overleden")


class FhirContact(PatientGebonden):
    """Encounter: a contact or an admission."""

    klasse: str = kolom("Soort contact (v3-ActCode: AMB, EMER, IMP, VR ...)")
    soort_stelsel: str = kolom("Codestelsel van het contacttype")
    soort_code: str = kolom("Code van het contacttype")
    reden_stelsel: str = kolom("Codestelsel van de reden van contact")
    reden_code: str = kolom("Code van de reden van contact")
    prioriteit: str = kolom("Urgentie (v3-ActPriority: EM, UR, R, EL ...)")
    begin: str = kolom("Begin van het contact (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van het contact (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)


class FhirDiagnose(PatientGebonden):
    """Condition x coding."""

    contact_ref: str = kolom(
        "Contact", bewerking="sleutel", naar="contact_sleutel", domein="resource"
    )
    klinische_status: str = kolom("Klinische status")
    verificatie_status: str = kolom("Verificatiestatus")
    code_stelsel: str = kolom("Codestelsel van de diagnose")
    code: str = kolom("Diagnosecode")
    begin: str = kolom("Begin van de aandoening (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)


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


class FhirMedicatie(PatientGebonden):
    """MedicationRequest x coding."""

    contact_ref: str = kolom(
        "Contact", bewerking="sleutel", naar="contact_sleutel", domein="resource"
    )
    intentie: str = kolom("Intentie (order, plan ...)")
    code_stelsel: str = kolom("Codestelsel van het geneesmiddel")
    code: str = kolom("Code van het geneesmiddel")
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)


class FhirVerrichting(PatientGebonden):
    """Procedure x coding."""

    contact_ref: str = kolom(
        "Contact", bewerking="sleutel", naar="contact_sleutel", domein="resource"
    )
    code_stelsel: str = kolom("Codestelsel van de verrichting")
    code: str = kolom("Code van de verrichting")
    uitgevoerd_op: str = kolom(
        "Moment van uitvoering (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)
