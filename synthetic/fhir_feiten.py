"""Diagnoses, measurements, medication agreements and procedures as NDJSON lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.aandoeningen import ATC, SNOMED
from synthetic.fhir_regels import (
    AGB,
    AGB_EIND,
    PROFIELEN,
    Kern,
    coding_part,
    encounter_part,
    start_part,
    subject_part,
)
from synthetic.kalender import iso, local_text
from synthetic.regels import Deel, lines

_PERIODE = (
    b',"extension":[{"url":"http://nictiz.nl/fhir/StructureDefinition/ext-TimeInterval.Period",'
    b'"valuePeriod":{"start":"'
)


def condition_lines(
    kern: Kern,
    contact: NDArray[np.bytes_],
    stelsel: str,
    code: NDArray[np.bytes_],
    sinds: NDArray[np.bytes_],
    geregistreerd: NDArray[np.int64],
    *,
    verworpen: NDArray[np.bool_] | None = None,
) -> bytes:
    """nl-core-Problem lines; ``verworpen`` marks diagnoses that were refuted."""
    refuted = np.zeros(len(kern), dtype=bool) if verworpen is None else verworpen
    parts: list[Deel] = [
        *start_part("Condition", kern, PROFIELEN["Condition"]),
        b',"clinicalStatus":',
        *coding_part("http://terminology.hl7.org/CodeSystem/condition-clinical", b"active"),
        b',"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/',
        b'condition-ver-status","code":"',
        np.where(refuted, b"refuted", b"confirmed"),
        b'"},{"system":"http://snomed.info/sct","code":"',
        np.where(refuted, b"410516002", b"410605003"),
        b'"}]},"category":[',
        *coding_part(SNOMED, b"282291009"),
        b'],"code":',
        *coding_part(stelsel, code),
        *subject_part(kern),
        *encounter_part(contact),
        b',"onsetDateTime":"',
        sinds,
        b'","recordedDate":"',
        *local_text(geregistreerd),
        b'"}',
    ]
    return lines(parts, len(kern))


def _observation(
    kern: Kern,
    profiel: str,
    categorie: bytes,
    loinc: bytes,
    contact: NDArray[np.bytes_],
    afgenomen: NDArray[np.int64],
    geregistreerd: NDArray[np.int64],
) -> list[Deel]:
    """The part of an Observation before its value."""
    return [
        *start_part("Observation", kern, PROFIELEN[profiel]),
        b',"status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/'
        b'CodeSystem/observation-category","code":"' + categorie + b'"}]}],"code":',
        *coding_part("http://loinc.org", loinc),
        *subject_part(kern),
        *encounter_part(contact),
        b',"effectiveDateTime":"',
        *local_text(afgenomen),
        b'","issued":"',
        *local_text(geregistreerd),
        b'","performer":[' + AGB,
        kern.agb,
        AGB_EIND + b"]",
    ]


def _quantity(waarde: NDArray[np.bytes_], eenheid: bytes, ucum: bytes) -> list[Deel]:
    return [
        b'"valueQuantity":{"value":',
        waarde,
        b',"unit":"' + eenheid + b'","system":"http://unitsofmeasure.org","code":"' + ucum + b'"}',
    ]


def measurement_lines(
    kern: Kern,
    meting: tuple[str, bytes, bytes, bytes, bytes],
    contact: NDArray[np.bytes_],
    waarde: NDArray[np.bytes_],
    afgenomen: NDArray[np.int64],
    geregistreerd: NDArray[np.int64],
) -> bytes:
    """Lines of one kind of measurement; ``meting`` is profile, category, LOINC, unit, UCUM code."""
    profiel, categorie, loinc, eenheid, ucum = meting
    parts: list[Deel] = [
        *_observation(kern, profiel, categorie, loinc, contact, afgenomen, geregistreerd),
        b",",
        *_quantity(waarde, eenheid, ucum),
        b"}",
    ]
    return lines(parts, len(kern))


def blood_pressure_lines(
    kern: Kern,
    contact: NDArray[np.bytes_],
    boven: NDArray[np.bytes_],
    onder: NDArray[np.bytes_],
    afgenomen: NDArray[np.int64],
    geregistreerd: NDArray[np.int64],
) -> bytes:
    """nl-core-BloodPressure lines: systolic and diastolic as components, in mm[Hg]."""
    head = (contact, afgenomen, geregistreerd)
    parts: list[Deel] = [
        *_observation(kern, "Bloeddruk", b"vital-signs", b"85354-9", *head),
        b',"component":[{"code":',
        *coding_part("http://loinc.org", b"8480-6"),
        b",",
        *_quantity(boven, b"mmHg", b"mm[Hg]"),
        b'},{"code":',
        *coding_part("http://loinc.org", b"8462-4"),
        b",",
        *_quantity(onder, b"mmHg", b"mm[Hg]"),
        b"}]}",
    ]
    return lines(parts, len(kern))


def medication_lines(
    kern: Kern,
    contact: NDArray[np.bytes_],
    atc: NDArray[np.bytes_],
    geregistreerd: NDArray[np.int64],
    eind: NDArray[np.int64],
) -> bytes:
    """mp-MedicationAgreement lines; with a period of use where ``eind`` holds a day, not -1."""
    open_ = eind < 0
    dates = (iso(geregistreerd // 1440), iso(np.maximum(eind, 0)))
    period: list[Deel] = [_PERIODE, dates[0], b'","end":"', dates[1], b'"}}]']
    parts: list[Deel] = [
        *start_part("MedicationRequest", kern, PROFIELEN["MedicationRequest"]),
        *(np.where(open_, np.bytes_(b""), text) for text in period),
        b',"status":"active","intent":"order","category":[',
        *coding_part(SNOMED, b"33633005"),
        b'],"medicationCodeableConcept":',
        *coding_part(ATC, atc),
        *subject_part(kern),
        *encounter_part(contact),
        b',"authoredOn":"',
        *local_text(geregistreerd),
        b'","requester":' + AGB,
        kern.agb,
        AGB_EIND + b"}",
    ]
    return lines(parts, len(kern))


def procedure_lines(
    kern: Kern,
    contact: NDArray[np.bytes_],
    code: NDArray[np.bytes_],
    uitgevoerd: NDArray[np.int64],
) -> bytes:
    """nl-core-Procedure-event lines."""
    parts: list[Deel] = [
        *start_part("Procedure", kern, PROFIELEN["Procedure"]),
        b',"status":"completed","code":',
        *coding_part(SNOMED, code),
        *subject_part(kern),
        *encounter_part(contact),
        b',"performedDateTime":"',
        *local_text(uitgevoerd),
        b'","performer":[{"actor":' + AGB,
        kern.agb,
        AGB_EIND + b"}]}",
    ]
    return lines(parts, len(kern))
