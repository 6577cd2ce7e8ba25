"""Faults in the FHIR deliveries: extra resources that intake or the build must keep out."""

from __future__ import annotations

from typing import Any

from synthetic.fhir_levering import BRONNEN
from synthetic.fhir_regels import PROFIELEN
from synthetic.fouten import BOUW, Fouten
from synthetic.fouten_kern import plant_deletions, plant_set
from synthetic.fouten_levering import Levering, Resource, meta, observation
from synthetic.kalender import JAREN

_AGB = {"fhir-ziekenhuizen": "06000003", "fhir-huisartsen": "01000003"}
_HERHAALD = (("Observation", 1), ("Observation", 2), ("Encounter", 1), ("Patient", 1))
#: Types of which a small region may hold none in a year; the first line is repeated.
_HERHAALD_KERN = ("AllergyIntolerance", "QuestionnaireResponse", "Specimen")


def _patient(nummer: str, jaar: int, bsn: str, **anders: Any) -> Resource:
    return {
        "resourceType": "Patient",
        "id": nummer,
        "meta": meta(PROFIELEN["Patient"], jaar),
        "identifier": [{"system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": bsn}],
        "gender": "male",
        "birthDate": "1961-05-04",
    } | anders


def _condition(nummer: str, jaar: int, patient: str, profiel: str | None) -> Resource:
    return {
        "resourceType": "Condition",
        "id": nummer,
        "meta": meta(profiel, jaar),
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "38341003"}]},
        "subject": {"reference": f"Patient/{patient}", "type": "Patient"},
        "recordedDate": f"{jaar}-06-02T09:30:00+02:00",
    }


def plant_fhir_faults(fouten: Fouten, geldig: list[str], ongeldig: list[str]) -> None:
    """Plant the same kinds of fault in every FHIR delivery.

    Args:
        fouten: collects them.
        geldig: valid BSNs of nobody in the region, two a delivery.
        ongeldig: BSNs that fail the 11-proef, two a delivery.
    """
    for b, bron in enumerate(BRONNEN):
        for j, jaar in enumerate(JAREN):
            i = 2 * (b * len(JAREN) + j)
            _plant_patients(Levering(fouten, bron, jaar), geldig[i : i + 2], ongeldig[i : i + 2])
            _plant_clinical(Levering(fouten, bron, jaar))
            plant_set(Levering(fouten, bron, jaar))
            plant_deletions(Levering(fouten, bron, jaar))
            for soort, regel in _HERHAALD:
                fouten.repeat_line((bron, jaar, f"{soort}.ndjson"), soort, regel)
            for soort in _HERHAALD_KERN:
                if fouten.leveringen.aantallen[(bron, jaar, soort)].geaccepteerd:
                    fouten.repeat_line((bron, jaar, f"{soort}.ndjson"), soort, 1)


def _plant_patients(levering: Levering, geldig: list[str], ongeldig: list[str]) -> None:
    """Patients that must not get in, and a measurement that falls with one of them."""
    jaar = levering.jaar
    levering.add(_patient(f"fout-bsn-{jaar}-1", jaar, ongeldig[0]), "BSN-ONGELDIG")
    levering.add(_patient(f"fout-bsn-{jaar}-2", jaar, ongeldig[1]), "BSN-ONGELDIG")
    levering.add(
        observation(f"fout-meegevallen-{jaar}", jaar, f"fout-bsn-{jaar}-1", _AGB[levering.bron]),
        "FHIR-PATIENT-ONBEKEND",
        BOUW,
    )
    levering.add(
        _patient(f"fout-geslacht-{jaar}", jaar, geldig[0], gender="vrouw"), "CODE-ONBEKEND"
    )
    stu3 = meta("http://fhir.nl/fhir/StructureDefinition/nl-core-patient", jaar)
    levering.add(_patient(f"fout-stu3-{jaar}", jaar, geldig[1], meta=stu3), "FHIR-GENERATIE-STU3")


def _plant_clinical(levering: Levering) -> None:
    """Resources with a fault of their own, and measurements of nobody."""
    jaar, agb, patient = levering.jaar, _AGB[levering.bron], levering.known_patient()
    date = f"{jaar}-13-45T09:00:00+01:00"
    levering.add(
        observation(f"fout-datum-{jaar}", jaar, patient, agb, effectiveDateTime=date),
        "FHIR-STRUCTUUR|FORMAAT-ONJUIST",
    )
    levering.add(
        observation(f"fout-waarde-{jaar}", jaar, patient, agb, valueQuantity="tachtig"),
        "FHIR-STRUCTUUR",
    )
    levering.broken(observation(f"fout-regel-{jaar}", jaar, patient, agb))
    levering.add(
        _condition(f"fout-profiel-{jaar}", jaar, patient, "http://example.org/profiel/Diagnose"),
        "FHIR-PROFIEL-ONBEKEND",
    )
    levering.add(
        _condition(f"fout-zonder-profiel-{jaar}", jaar, patient, None), "FHIR-PROFIEL-ONTBREEKT"
    )
    message: Resource = {
        "resourceType": "Communication",
        "id": f"fout-bericht-{jaar}",
        "meta": meta("http://hl7.org/fhir/StructureDefinition/Communication", jaar),
        "status": "completed",
        "subject": {"reference": f"Patient/{patient}"},
    }
    levering.add(message, "FHIR-TYPE-GEEN-VIEW")
    for n in (1, 2):
        nobody = f"nooit-geleverd-{jaar}-{n}"
        levering.add(
            observation(f"fout-wees-{jaar}-{n}", jaar, nobody, agb), "FHIR-PATIENT-ONBEKEND", BOUW
        )
