"""Claims in euro made by hand: every way a Claim and an ExplanationOfBenefit can meet, or not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

Json = dict[str, Any]

AGB = "http://fhir.nl/fhir/NamingSystem/agb-z"
BSN = "http://fhir.nl/fhir/NamingSystem/bsn"
UZOVI = "http://fhir.nl/fhir/NamingSystem/uzovi"
HL7 = "http://terminology.hl7.org/CodeSystem"
LIJST = "https://iza-spiegel.example/fhir/CodeSystem/prestatiecodelijst"
PATIENT = {"reference": "Patient/p1"}


def concept(stelsel: str, *codes: str) -> Json:
    return {"coding": [{"system": stelsel, "code": code} for code in codes]}


def euro(value: object, currency: str | None = "EUR") -> Json:
    """Money with the digits it is written with; without currency when that is None."""
    return {"value": f"={value}"} | ({"currency": currency} if currency else {})


def line(nr: int, code: str = "15A001", **more: Any) -> Json:
    return {"sequence": nr, "productOrService": concept(f"{LIJST}/041", code)} | more


def _shared(kind: str, identity: str, version: int, lines: list[Json], more: Json) -> Json:
    return {
        "resourceType": kind,
        "id": identity,
        "meta": {"versionId": str(version), "lastUpdated": f"2025-0{version + 1}-10T09:00:00Z"},
        "status": "active",
        "type": concept(f"{HL7}/claim-type", "institutional"),
        "use": "claim",
        "patient": PATIENT,
        "billablePeriod": {"start": "2025-01-05", "end": "2025-01-20"},
        "created": "2025-02-01T12:00:00+01:00",
        "provider": {"identifier": {"system": AGB, "value": "06000001"}},
        "insurance": [
            {"sequence": 1, "focal": True, "coverage": {"reference": "Coverage/dekking"}}
        ],
        "item": lines,
    } | more


def claim(identity: str, *lines: Json, version: int = 1, **more: Any) -> Json:
    """A Claim."""
    head = {"priority": concept(f"{HL7}/processpriority", "normal")}
    return _shared("Claim", identity, version, list(lines), head | more)


def granted(identity: str, of: str | None, *lines: Json, version: int = 1, **more: Any) -> Json:
    """An ExplanationOfBenefit, of a Claim or of its own."""
    found = _shared("ExplanationOfBenefit", identity, version, list(lines), {})
    found["insurance"] = [{"focal": True, "coverage": {"reference": "Coverage/dekking"}}]
    found |= {"outcome": "complete", "insurer": {"reference": "Organization/verzekeraar"}}
    if of:
        found["claim"] = {"reference": f"Claim/{of}"}
    return found | more


def adjudicated(nr: int, benefit: object, code: str = "15A001", **more: Any) -> Json:
    """A line of an ExplanationOfBenefit with what was submitted and granted."""
    return (
        line(nr, code)
        | {
            "adjudication": [
                {"category": concept(f"{HL7}/adjudication", "eligible"), "amount": euro(benefit)},
                {"category": concept(f"{HL7}/adjudication", "benefit"), "amount": euro(benefit)},
                {"category": concept(f"{HL7}/adjudication", "copay"), "amount": euro(0)},
            ]
        }
        | more
    )


def surroundings() -> list[Json]:
    """The person, the hospital, the insurer and the coverage that claims refer to."""
    return [
        {"resourceType": "Patient", "id": "p1", "birthDate": "1960-05-06",
         "identifier": [{"system": BSN, "value": "999900006"}]},
        {"resourceType": "Organization", "id": "ziekenhuis",
         "identifier": [{"system": AGB, "value": "06000001"}]},
        {"resourceType": "Organization", "id": "verzekeraar",
         "identifier": [{"system": UZOVI, "value": "9901"}]},
        {"resourceType": "Coverage", "id": "dekking", "status": "active", "beneficiary": PATIENT,
         "payor": [{"reference": "Organization/verzekeraar"}]},
        {"resourceType": "Condition", "id": "hartfalen", "subject": PATIENT,
         "code": concept("http://snomed.info/sct", "84114007")},
    ]  # fmt: skip


def examples() -> list[Json]:
    """Resources that use every element the views read."""
    inside = {
        "contained": [
            {"resourceType": "Coverage", "id": "c", "status": "active", "beneficiary": PATIENT,
             "payor": [{"identifier": {"system": UZOVI, "value": "9902"}}]}
        ],
        "insurance": [{"sequence": 1, "focal": True, "coverage": {"reference": "#c"}}],
    }  # fmt: skip
    diagnoses = [
        {"sequence": 1, "diagnosisReference": {"reference": "Condition/hartfalen"}},
        {"sequence": 2, "diagnosisCodeableConcept": concept("urn:icd10", "I50.0", "I50"),
         "type": [concept(f"{HL7}/ex-diagnosistype", "principal")]},
    ]  # fmt: skip
    full = claim(
        "vol",
        line(
            1,
            quantity={"value": 3},
            unitPrice=euro("0.335"),
            factor=1,
            diagnosisSequence=[2, 1],
            servicedDate="2025-01-06",
            encounter=[{"reference": "Encounter/e1"}],
        ),
        {"sequence": 2, "productOrService": {"text": "zonder code"}, "net": euro("12.50")}
        | {"servicedPeriod": {"start": "2025-01-07", "end": "2025-01-09"}},
        {"sequence": 3, "productOrService": concept("urn:x", "a", "b"), "net": euro(1e2)},
        identifier=[{"system": "http://elders.nl/nr", "value": "D-1"}],
        diagnosis=diagnoses,
        total=euro("113.51"),
        prescription={"reference": "MedicationRequest/m1"},
        related=[{"claim": {"reference": "Claim/eerder"},
                  "relationship": concept(f"{HL7}/ex-relatedclaimrelationship", "prior")}],
        **inside,
    )  # fmt: skip
    reply = granted(
        "antwoord", "vol",
        adjudicated(1, "1.00", diagnosisSequence=[1]),
        adjudicated(
            2, "12.50", quantity={"value": 2}, unitPrice=euro("6.25"), factor=1,
            servicedPeriod={"start": "2025-01-07", "end": "2025-01-09"},
            encounter=[{"reference": "Encounter/e1"}],
        ),
        diagnosis=diagnoses,
        addItem=[{"itemSequence": [3], "productOrService": concept("urn:x", "c"),
                  "net": euro("5"), "adjudication": [
                      {"category": concept(f"{HL7}/adjudication", "benefit"),
                       "reason": concept("urn:reden", "r1"), "amount": euro("5.00")},
                      {"category": concept(f"{HL7}/adjudication", "eligpercent"), "value": 80}]}],
        adjudication=[{"category": concept(f"{HL7}/adjudication", "deductible"),
                       "amount": euro("0.25")}],
        total=[{"category": concept(f"{HL7}/adjudication", "benefit"), "amount": euro("18.50")}],
        payment={"amount": euro("18.25"), "date": "2025-03-01",
                 "type": concept(f"{HL7}/ex-paymenttype", "complete")},
    )  # fmt: skip
    reply["claim"] = {"identifier": {"system": "http://elders.nl/nr", "value": "D-1"}}
    return [full, reply]


def as_lines(resources: list[Json]) -> str:
    """NDJSON; amounts become numbers with the digits they are written with."""
    return "".join(re.sub(r'"=([^"]*)"', r"\1", json.dumps(r)) + "\n" for r in resources)


def write(path: Path, resources: list[Json]) -> Path:
    """Write resources as NDJSON."""
    path.write_text(as_lines(resources), encoding="utf-8")
    return path
