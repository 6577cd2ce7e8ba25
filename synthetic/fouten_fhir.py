"""Faults in the FHIR deliveries: extra resources that intake or the build must keep out."""

from __future__ import annotations

import json
from typing import Any

from synthetic.fhir_levering import BRONNEN
from synthetic.fhir_regels import PROFIELEN
from synthetic.fouten import BOUW, Fouten
from synthetic.kalender import JAREN

_AGB = {"fhir-ziekenhuizen": "06000003", "fhir-huisartsen": "01000003"}
_HERHAALD = (("Observation", 1), ("Observation", 2), ("Encounter", 1), ("Patient", 1))
#: Types of which a small region may hold none in a year; the first line is repeated.
_HERHAALD_KERN = ("AllergyIntolerance", "QuestionnaireResponse", "Specimen")

Resource = dict[str, Any]


def _meta(profiel: str | None, jaar: int) -> Resource:
    meta: Resource = {"versionId": "1", "lastUpdated": f"{jaar}-06-02T10:00:00Z"}
    return meta if profiel is None else meta | {"profile": [profiel]}


def _patient(nummer: str, jaar: int, bsn: str, **anders: Any) -> Resource:
    return {
        "resourceType": "Patient",
        "id": nummer,
        "meta": _meta(PROFIELEN["Patient"], jaar),
        "identifier": [{"system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": bsn}],
        "gender": "male",
        "birthDate": "1961-05-04",
    } | anders


def _observation(nummer: str, jaar: int, patient: str, agb: str, **anders: Any) -> Resource:
    category = "http://terminology.hl7.org/CodeSystem/observation-category"
    return {
        "resourceType": "Observation",
        "id": nummer,
        "meta": _meta(PROFIELEN["Laboratorium"], jaar),
        "status": "final",
        "category": [{"coding": [{"system": category, "code": "laboratory"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": "14682-9"}]},
        "subject": {"reference": f"Patient/{patient}", "type": "Patient"},
        "effectiveDateTime": f"{jaar}-06-02T09:00:00+02:00",
        "issued": f"{jaar}-06-02T09:30:00+02:00",
        "performer": [
            {"identifier": {"system": "http://fhir.nl/fhir/NamingSystem/agb-z", "value": agb}}
        ],
        "valueQuantity": {
            "value": 80,
            "unit": "umol/L",
            "system": "http://unitsofmeasure.org",
            "code": "umol/L",
        },
    } | anders


def _condition(nummer: str, jaar: int, patient: str, profiel: str | None) -> Resource:
    return {
        "resourceType": "Condition",
        "id": nummer,
        "meta": _meta(profiel, jaar),
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "38341003"}]},
        "subject": {"reference": f"Patient/{patient}", "type": "Patient"},
        "recordedDate": f"{jaar}-06-02T09:30:00+02:00",
    }


class _Levering:
    """Faults of one delivery."""

    def __init__(self, fouten: Fouten, bron: str, jaar: int) -> None:
        self.fouten, self.bron, self.jaar = fouten, bron, jaar

    def add(self, resource: Resource, reden: str, waar: str = "intake") -> None:
        """Append a faulty resource to the file of its type."""
        soort = resource["resourceType"]
        text = json.dumps(resource, ensure_ascii=False, separators=(",", ":")).encode()
        file = (self.bron, self.jaar, f"{soort}.ndjson")
        plek = self.fouten.add_line(file, soort, f"{soort}/{resource['id']}", text)
        self.fouten.plant(plek, reden, waar)

    def broken(self, resource: Resource) -> None:
        """Append a line that stops halfway."""
        text = json.dumps(resource, separators=(",", ":")).encode()
        file = (self.bron, self.jaar, "Observation.ndjson")
        plek = self.fouten.add_line(file, "onleesbaar", "afgebroken regel", text[: len(text) // 2])
        self.fouten.plant(plek, "REGEL-ONLEESBAAR")

    def known_patient(self) -> str:
        """Id of a patient that is delivered."""
        with self.fouten.leveringen.path(self.bron, self.jaar, "Patient.ndjson").open() as file:
            return str(json.loads(file.readline())["id"])


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
            _plant_patients(_Levering(fouten, bron, jaar), geldig[i : i + 2], ongeldig[i : i + 2])
            _plant_clinical(_Levering(fouten, bron, jaar))
            _plant_set(_Levering(fouten, bron, jaar))
            for soort, regel in _HERHAALD:
                fouten.repeat_line((bron, jaar, f"{soort}.ndjson"), soort, regel)
            for soort in _HERHAALD_KERN:
                if fouten.leveringen.aantallen[(bron, jaar, soort)].geaccepteerd:
                    fouten.repeat_line((bron, jaar, f"{soort}.ndjson"), soort, 1)


def _plant_patients(levering: _Levering, geldig: list[str], ongeldig: list[str]) -> None:
    """Patients that must not get in, and a measurement that falls with one of them."""
    jaar = levering.jaar
    levering.add(_patient(f"fout-bsn-{jaar}-1", jaar, ongeldig[0]), "BSN-ONGELDIG")
    levering.add(_patient(f"fout-bsn-{jaar}-2", jaar, ongeldig[1]), "BSN-ONGELDIG")
    levering.add(
        _observation(f"fout-meegevallen-{jaar}", jaar, f"fout-bsn-{jaar}-1", _AGB[levering.bron]),
        "FHIR-PATIENT-ONBEKEND",
        BOUW,
    )
    levering.add(
        _patient(f"fout-geslacht-{jaar}", jaar, geldig[0], gender="vrouw"), "CODE-ONBEKEND"
    )
    stu3 = _meta("http://fhir.nl/fhir/StructureDefinition/nl-core-patient", jaar)
    levering.add(_patient(f"fout-stu3-{jaar}", jaar, geldig[1], meta=stu3), "FHIR-GENERATIE-STU3")


def _plant_clinical(levering: _Levering) -> None:
    """Resources with a fault of their own, and measurements of nobody."""
    jaar, agb, patient = levering.jaar, _AGB[levering.bron], levering.known_patient()
    date = f"{jaar}-13-45T09:00:00+01:00"
    levering.add(
        _observation(f"fout-datum-{jaar}", jaar, patient, agb, effectiveDateTime=date),
        "FHIR-STRUCTUUR|FORMAAT-ONJUIST",
    )
    levering.add(
        _observation(f"fout-waarde-{jaar}", jaar, patient, agb, valueQuantity="tachtig"),
        "FHIR-STRUCTUUR",
    )
    levering.broken(_observation(f"fout-regel-{jaar}", jaar, patient, agb))
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
        "meta": _meta("http://hl7.org/fhir/StructureDefinition/Communication", jaar),
        "status": "completed",
        "subject": {"reference": f"Patient/{patient}"},
    }
    levering.add(message, "FHIR-TYPE-GEEN-VIEW")
    for n in (1, 2):
        nobody = f"nooit-geleverd-{jaar}-{n}"
        levering.add(
            _observation(f"fout-wees-{jaar}-{n}", jaar, nobody, agb), "FHIR-PATIENT-ONBEKEND", BOUW
        )


def _plant_set(levering: _Levering) -> None:
    """Faults in the other parts of the set: an allergy in STU3, answers and numbers of no type."""
    jaar, patient = levering.jaar, levering.known_patient()
    subject = {"reference": f"Patient/{patient}", "type": "Patient"}
    stu3 = "http://nictiz.nl/fhir/StructureDefinition/zib-AllergyIntolerance"
    allergy: Resource = {
        "resourceType": "AllergyIntolerance",
        "id": f"fout-allergie-{jaar}",
        "meta": _meta(stu3, jaar),
        "verificationStatus": "confirmed",
        "patient": subject,
        "assertedDate": f"{jaar}-06-02",
    }
    levering.add(allergy, "FHIR-GENERATIE-STU3")
    answers: Resource = {
        "resourceType": "QuestionnaireResponse",
        "id": f"fout-antwoord-{jaar}",
        "meta": _meta("http://hl7.org/fhir/StructureDefinition/QuestionnaireResponse", jaar),
        "status": "completed",
        "subject": subject,
        "authored": f"{jaar}-06-02T09:30:00+02:00",
        "item": [{"linkId": "1", "answer": [{"valueInteger": "zeven"}]}],
    }
    levering.add(answers, "FHIR-STRUCTUUR")
    plan: Resource = {
        "resourceType": "CarePlan",
        "id": f"fout-plan-{jaar}",
        "meta": _meta(
            "http://nictiz.nl/fhir/StructureDefinition/nl-core-NursingIntervention", jaar
        ),
        "status": "active",
        "intent": "plan",
        "subject": subject,
        "activity": "wassen",
    }
    levering.add(plan, "FHIR-STRUCTUUR")
