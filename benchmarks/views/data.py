"""NDJSON to measure on: laboratory Observations, Patients and QuestionnaireResponses, mixed.

Every resource is a function of its number, so the same number of resources is the same bytes on
every machine. The form is that of nl-core zib2020; the persons are numbers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

NATIONALITY = "http://hl7.org/fhir/StructureDefinition/patient-nationality"
_NL_CORE = "http://nictiz.nl/fhir/StructureDefinition/nl-core-"
_TESTS = (
    ("14682-9", "Kreatinine", "umol/L"),
    ("718-7", "Hemoglobine", "mmol/L"),
    ("2823-3", "Kalium", "mmol/L"),
    ("4548-4", "HbA1c", "mmol/mol"),
    ("1988-5", "CRP", "mg/L"),
)
_COMPONENTS = ("8480-6", "8462-4", "8478-0")


def _day(number: int) -> str:
    return f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}"


def _meta(profile: str, number: int) -> dict[str, Any]:
    return {"lastUpdated": f"{_day(number)}T10:11:12+01:00", "profile": [_NL_CORE + profile]}


def _quantity(number: int, scale: int, unit: str) -> dict[str, Any]:
    """A quantity; its value goes through any binary floating point number unharmed."""
    return {
        "value": number % 20_011 / scale,
        "unit": unit,
        "system": "http://unitsofmeasure.org",
        "code": unit,
    }


def observation(number: int) -> dict[str, Any]:
    """A laboratory result with two codings and up to three components."""
    loinc, text, unit = _TESTS[number % len(_TESTS)]
    return {
        "resourceType": "Observation",
        "id": f"lab-{number}",
        "meta": _meta("LaboratoryTestResult", number),
        "identifier": [{"system": "https://lab.example.nl/uitslag", "value": f"U{number:09d}"}],
        "status": "final" if number % 9 else "amended",
        "category": [
            {"coding": [{"system": "http://snomed.info/sct", "code": "49581000146104"}]},
            {
                "coding": [
                    {
                        "system": "http://terminology.hl7.org/CodeSystem/observation-category",
                        "code": "laboratory",
                    }
                ]
            },
        ],
        "code": {
            "coding": [
                {"system": "http://loinc.org", "code": loinc, "display": f"{text} in serum"},
                {"system": "https://lab.example.nl/bepaling", "code": f"B{number % 97}"},
            ],
            "text": text,
        },
        "subject": {"reference": f"Patient/p-{number % 50_021}", "type": "Patient"},
        "effectiveDateTime": f"{_day(number)}T09:00:00+01:00",
        "performer": [{"reference": "Organization/lab-1", "display": "Laboratorium Voorbeeld"}],
        "valueQuantity": _quantity(number * 7919, 100, unit),
        "referenceRange": [{"low": {"value": 50.5, "unit": unit}, "high": {"value": 110.25}}],
        "component": [
            {
                "code": {"coding": [{"system": "http://loinc.org", "code": loinc}]},
                "valueQuantity": _quantity(number * 31 + place, 10, "mm[Hg]"),
            }
            for place, loinc in enumerate(_COMPONENTS[: number % 4])
        ],
    }


def patient(number: int) -> dict[str, Any]:
    """A patient with names, address, a contact and an extension."""
    return {
        "resourceType": "Patient",
        "id": f"p-{number}",
        "meta": _meta("Patient", number),
        "extension": [
            {
                "url": NATIONALITY,
                "extension": [
                    {
                        "url": "code",
                        "valueCodeableConcept": {
                            "coding": [{"system": "urn:iso", "code": "NL" if number % 5 else "BE"}]
                        },
                    }
                ],
            }
        ],
        "identifier": [{"system": "https://zis.example.nl/nummer", "value": f"{number:08d}"}],
        "active": number % 7 != 0,
        "name": [
            {"use": "official", "family": f"Voorbeeld{number % 331}", "given": ["Ada", "B."]},
            {"use": "usual", "given": ["Ada"]},
        ],
        "telecom": [{"system": "phone", "value": f"0{number % 900_000_000}", "use": "home"}],
        "gender": ("female", "male")[number % 2],
        "birthDate": f"{1930 + number % 90}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        "address": [
            {"use": "home", "city": f"Plaats{number % 71}", "postalCode": f"{1000 + number % 8999}"}
        ],
        "contact": [{"relationship": [{"coding": [{"code": "N"}]}], "name": {"text": "Naaste"}}],
    }


def questionnaire_response(number: int) -> dict[str, Any]:
    """Answers to a questionnaire, in groups within groups."""

    def item(path: str, depth: int) -> dict[str, Any]:
        if depth == 0:
            answers = [{"valueDecimal": (number * 13 + len(path)) % 1001 / 10}]
            return {"linkId": path, "text": "Hoe gaat het met u?", "answer": answers}
        inside = [item(f"{path}.{place}", depth - 1) for place in (1, 2, 3)[: 1 + depth]]
        return {"linkId": path, "text": "Groep", "item": inside}

    return {
        "resourceType": "QuestionnaireResponse",
        "id": f"prom-{number}",
        "meta": _meta("QuestionnaireResponse", number),
        "questionnaire": "https://prom.example.nl/Questionnaire/promis-10",
        "status": "completed",
        "subject": {"reference": f"Patient/p-{number % 50_021}"},
        "authored": f"{_day(number)}T12:00:00+01:00",
        "item": [item(str(place), 2) for place in range(1, 3)],
    }


_MAKERS = (*[observation] * 7, questionnaire_response, questionnaire_response, patient)


def write_ndjson(file: Path, bytes_wanted: int) -> int:
    """Write resources until a file has a size.

    Args:
        file: where to.
        bytes_wanted: at least this many bytes are written.

    Returns:
        The number of resources.
    """
    size = number = 0
    with file.open("wb") as handle:
        while size < bytes_wanted:
            lines = [
                orjson.dumps(_MAKERS[place % len(_MAKERS)](place), option=orjson.OPT_APPEND_NEWLINE)
                for place in range(number, number + 1000)
            ]
            number += len(lines)
            size += handle.write(b"".join(lines))
    return number
