"""FHIR resources of the region as NDJSON lines, shaped as nl-core (zib2020) and MP9 for FHIR R4.

Only the elements that the profiles require and that the platform reads are filled, plus the name
and address that intake must leave behind. Codes go without their display texts: those of SNOMED CT
and LOINC are licensed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthetic.aandoeningen import SNOMED
from synthetic.kalender import local_text, utc_text
from synthetic.regels import Deel, lines

AGB = b'{"identifier":{"system":"http://fhir.nl/fhir/NamingSystem/agb-z","value":"'
AGB_EIND = b'"},"type":"Organization"}'
_NL_CORE = "http://nictiz.nl/fhir/StructureDefinition/"
PROFIELEN = {
    "Patient": _NL_CORE + "nl-core-Patient",
    "Encounter": _NL_CORE + "nl-core-Encounter",
    "Condition": _NL_CORE + "nl-core-Problem",
    "Laboratorium": _NL_CORE + "nl-core-LaboratoryTestResult",
    "Bloeddruk": _NL_CORE + "nl-core-BloodPressure",
    "Gewicht": _NL_CORE + "nl-core-BodyWeight",
    "MedicationRequest": _NL_CORE + "mp-MedicationAgreement",
    "Procedure": _NL_CORE + "nl-core-Procedure-event",
}
#: Classes of an encounter with the SNOMED CT code of their kind of contact.
KLASSEN = np.array([b"AMB", b"VR", b"IMP", b"EMER"])
_SOORTEN = np.array([b"11429006", b"185317003", b"32485007", b"50849002"])
AMB, VR, IMP, EMER = range(4)
_PRIORITEIT = "http://terminology.hl7.org/CodeSystem/v3-ActPriority"
#: Priorities: elective, routine, emergency.
PRIORITEITEN = np.array([b"EL", b"R", b"EM"])
EL, ROUTINE, EM = range(3)


@dataclass(frozen=True)
class Kern:
    """What every resource carries.

    Attributes:
        id: resource ids, shape (n,).
        patient: ids of the patients.
        beschikbaar: moment at which the source made it available.
        agb: AGB code of the zorgaanbieder.
        versie: version of the resource.
    """

    id: NDArray[np.bytes_]
    patient: NDArray[np.bytes_]
    beschikbaar: NDArray[np.int64]
    agb: NDArray[np.bytes_]
    versie: bytes | NDArray[np.bytes_] = b"1"

    def __len__(self) -> int:
        return len(self.id)


def start_part(resource_type: str, kern: Kern, profiel: str) -> list[Deel]:
    """Type, id and meta: the beginning of every line."""
    return [
        b'{"resourceType":"' + resource_type.encode() + b'","id":"',
        kern.id,
        b'","meta":{"versionId":"',
        kern.versie,
        b'","lastUpdated":"',
        *utc_text(kern.beschikbaar),
        b'","profile":["' + profiel.encode() + b'"]}',
    ]


def subject_part(kern: Kern) -> list[Deel]:
    """Reference to the patient."""
    return [b',"subject":{"reference":"Patient/', kern.patient, b'","type":"Patient"}']


def coding_part(system: str, code: Deel) -> list[Deel]:
    """A CodeableConcept with one coding."""
    return [b'{"coding":[{"system":"' + system.encode() + b'","code":"', code, b'"}]}']


def encounter_part(contact: NDArray[np.bytes_]) -> list[Deel]:
    """Reference to the contact."""
    return [b',"encounter":{"reference":"Encounter/', contact, b'","type":"Encounter"}']


def patient_lines(
    kern: Kern,
    bsn: NDArray[np.bytes_],
    vrouw: NDArray[np.bool_],
    geboren: NDArray[np.bytes_],
    naam: tuple[NDArray[np.bytes_], NDArray[np.bytes_]],
    adres: tuple[NDArray[np.bytes_], ...],
) -> bytes:
    """nl-core-Patient lines.

    Args:
        kern: ids, versions and moments; ``patient`` is not used.
        bsn: BSN, nine digits.
        vrouw: whether the person is a woman.
        geboren: birth date, ISO.
        naam: initial and family name.
        adres: street, house number, four digits and two letters of the postal code, town.

    Returns:
        One line a person.
    """
    initial, family = naam
    street, number, digits4, letters2, town = adres
    parts: list[Deel] = [
        *start_part("Patient", kern, PROFIELEN["Patient"]),
        b',"identifier":[{"system":"http://fhir.nl/fhir/NamingSystem/bsn","value":"',
        bsn,
        b'"}],"name":[{"use":"official","text":"',
        *(initial, b". ", family, b'","family":"', family, b'","given":["', initial, b'."]}]'),
        b',"gender":"',
        np.where(vrouw, b"female", b"male"),
        b'","birthDate":"',
        geboren,
        b'","deceasedBoolean":false,"address":[{"use":"home","type":"both","line":["',
        *(street, b" ", number, b'"],"city":"', town, b'","postalCode":"', digits4, b" "),
        *(letters2, b'","country":"Nederland"}]}'),
    ]
    return lines(parts, len(kern))


def encounter_lines(
    kern: Kern,
    klasse: NDArray[np.int64],
    prioriteit: NDArray[np.int64],
    reden: tuple[str, NDArray[np.bytes_]],
    begin: NDArray[np.int64],
    eind: NDArray[np.int64],
) -> bytes:
    """nl-core-Encounter lines.

    Args:
        kern: ids, patients, moments.
        klasse: position in ``KLASSEN``.
        prioriteit: position in ``PRIORITEITEN``.
        reden: code system and code of the reason.
        begin: start of the contact.
        eind: its end; -1 while it goes on (status in-progress).

    Returns:
        One line a contact.
    """
    open_ = eind < 0
    parts: list[Deel] = [
        *start_part("Encounter", kern, PROFIELEN["Encounter"]),
        b',"status":"',
        np.where(open_, b"in-progress", b"finished"),
        b'","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"',
        KLASSEN[klasse],
        b'"},"type":[',
        *coding_part(SNOMED, _SOORTEN[klasse]),
        b'],"priority":',
        *coding_part(
            "http://terminology.hl7.org/CodeSystem/v3-ActPriority", PRIORITEITEN[prioriteit]
        ),
        *subject_part(kern),
        b',"period":{"start":"',
        *local_text(begin),
        *_end(begin, eind),
        b'"},"reasonCode":[',
        *coding_part(*reden),
        b'],"serviceProvider":' + AGB,
        kern.agb,
        AGB_EIND + b"}",
    ]
    return lines(parts, len(kern))


def _end(begin: NDArray[np.int64], eind: NDArray[np.int64]) -> list[Deel]:
    """The end of a period behind its start, nothing while the contact goes on."""
    texts = [b'","end":"', *local_text(np.maximum(eind, begin))]
    return [np.where(eind < 0, b"", text) for text in texts]
