"""Beyond structure: codes of required bindings and the rules of profiles."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from outside import OUTSIDE, needs_outside

import schemas
from ingest.fhir.validation.codes import allowed_codes, listed
from ingest.fhir.validation.rules import broken_rules, profiles_with_rules, rule_set
from ingest.fhir.validation.shapes import definitions
from ingest.fhir.validation.verdict import verdict
from ingest.report import reason_texts

NL_CORE = "http://nictiz.nl/fhir/StructureDefinition/nl-core-"
LOINC = "http://loinc.org"
ABSENT = {
    "extension": [
        {
            "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
            "valueCode": "unknown",
        }
    ]
}


def coded(stelsel: str, *codes: str) -> dict[str, Any]:
    return {"coding": [{"system": stelsel, "code": code} for code in codes]}


def observation(profile: str | None = None, **content: Any) -> dict[str, Any]:
    meta = {"meta": {"profile": [NL_CORE + profile]}} if profile else {}
    plain = {"resourceType": "Observation", "status": "final", "code": coded(LOINC, "1-8")}
    return plain | meta | content


VITAL = coded("http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs")
PRESSURE = observation(
    "BloodPressure",
    category=[coded("urn:eigen", "x"), VITAL],
    code=coded(LOINC, "85354-9"),
    subject={"reference": "Patient/1"},
    effectiveDateTime="2025",
    component=[
        {"code": coded(LOINC, code), "valueQuantity": {"value": 1, "code": "mm[Hg]"}}
        for code in ("8480-6", "8462-4")
    ],
)


def told(resource: dict[str, Any]) -> set[tuple[str, str]]:
    naam = resource["resourceType"]
    return {(w.reden_code, w.element) for w in verdict(1, naam, json.dumps(resource))}


def without(resource: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in resource.items() if key != name}


def test_a_resource_that_meets_its_profile() -> None:
    assert told(PRESSURE) == set()


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (without(PRESSURE, "subject"), {("FHIR-PROFIEL-VERPLICHT", "Observation.subject")}),
        (
            without(PRESSURE, "effectiveDateTime"),
            {("FHIR-PROFIEL-VERPLICHT", "Observation.effective[x]")},
        ),
        (without(PRESSURE, "effectiveDateTime") | {"effectivePeriod": {"start": "2025"}}, set()),
        (without(PRESSURE, "effectiveDateTime") | {"_effectiveDateTime": ABSENT}, set()),
        (
            PRESSURE | {"category": [coded("urn:eigen", "x")]},
            {("FHIR-PROFIEL-CODE", "Observation.category")},
        ),
        (PRESSURE | {"code": coded(LOINC, "1")}, {("FHIR-PROFIEL-CODE", "Observation.code")}),
        (
            PRESSURE | {"code": coded("urn:x", "85354-9")},
            {("FHIR-PROFIEL-CODE", "Observation.code")},
        ),
        (PRESSURE | {"code": ABSENT}, set()),
        (
            PRESSURE | {"component": PRESSURE["component"][:1]},
            {("FHIR-PROFIEL-CODE", "Observation.component.code")},
        ),
        (
            PRESSURE
            | {
                "component": [
                    PRESSURE["component"][0],
                    PRESSURE["component"][1] | {"valueQuantity": {"value": 1, "code": "kPa"}},
                ]
            },
            {("FHIR-EENHEID", "Observation.component.valueQuantity")},
        ),
        (
            PRESSURE | {"meta": {"profile": ["urn:x", NL_CORE + "BloodPressure|2020"]}, "code": {}},
            {
                ("FHIR-PROFIEL-CODE", "Observation.code"),
                ("FHIR-PROFIEL-VERPLICHT", "Observation.code.coding"),
            },
        ),
        (observation("Onbekend"), set()),
        (observation("O2Saturation", category=[VITAL], code=coded(LOINC, "59408-5"),
                     subject={"reference": "x"}, effectiveDateTime="2025"), set()),
        (observation(code=coded(LOINC, "29463-7"), valueQuantity={"value": 80, "code": "KG"}),
         {("FHIR-EENHEID", "Observation.valueQuantity")}),
        (observation(code=coded(LOINC, "29463-7"), valueQuantity={"value": 80, "unit": "kg"}),
         {("FHIR-EENHEID", "Observation.valueQuantity")}),
        (observation(code=coded(LOINC, "29463-7"), valueQuantity={"value": 80, "code": "kg"}),
         set()),
        (observation(code=coded(LOINC, "29463-7"), valueQuantity={"unit": "kg"}), set()),
        (observation(code=coded(LOINC, "2-2"), valueQuantity={"value": 1, "code": "KG"}), set()),
        ({"resourceType": "Condition", "subject": {}, "clinicalStatus": {"text": "actief"}},
         {("FHIR-CODELIJST", "Condition.clinicalStatus")}),
        ({"resourceType": "Condition", "subject": {}, "clinicalStatus": ABSENT}, set()),
        ({"resourceType": "Condition", "subject": {}}, set()),
    ],
)  # fmt: skip
def test_rules_of_profiles_warn(resource: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    assert told(resource) == expected
    texts = reason_texts()
    assert all(texts[code]["niveau"] == "waarschuwing" for code, _ in expected)


@pytest.mark.parametrize(
    ("resource", "element"),
    [
        (observation(status="klaar"), "Observation.status"),
        ({"resourceType": "Patient", "gender": "V"}, "Patient.gender"),
        ({"resourceType": "Patient", "contact": [{"gender": "M"}]}, "Patient.contact[0].gender"),
        ({"resourceType": "Patient", "name": [{"use": "x"}]}, "Patient.name[0].use"),
        ({"resourceType": "Basic", "code": {},
          "contained": [{"resourceType": "Patient", "gender": "M"}]}, "Basic.contained[0].gender"),
        ({"resourceType": "AllergyIntolerance", "patient": {}, "category": ["food", None, "eten"]},
         "AllergyIntolerance.category[2]"),
        (observation(valueQuantity={"value": 1, "comparator": "~"}),
         "Observation.valueQuantity.comparator"),
    ],
)  # fmt: skip
def test_codes_outside_a_required_binding_refuse(resource: dict[str, Any], element: str) -> None:
    assert told(resource) == {("CODE-ONBEKEND", element)}
    assert reason_texts()["CODE-ONBEKEND"]["niveau"] == "record"


@pytest.mark.parametrize(
    "resource",
    [
        observation(status="cancelled"),
        {"resourceType": "Patient", "_gender": ABSENT},
        {"resourceType": "AllergyIntolerance", "patient": {}, "category": ["food", None]},
        {"resourceType": "Encounter", "status": "unknown", "class": {"code": "IMP"}},
        {"resourceType": "Patient", "birthDate": "2020-02-29", "gender": "female"},
    ],
)
def test_codes_inside_are_accepted(resource: dict[str, Any]) -> None:
    assert told(resource) == set()


def test_a_wrong_code_is_never_told() -> None:
    wrongs = verdict(1, "Patient", '{"resourceType":"Patient","gender":"Jan Jansen"}')
    assert wrongs
    assert "Jansen" not in str(wrongs)


def test_lists_of_codes_that_the_models_cut_off_are_completed() -> None:
    types = {name for root in ("Observation", "Encounter", "Task", "Questionnaire", "Device",
             "DiagnosticReport", "SupplyRequest", "DetectedIssue", "RiskAssessment",
             "DeviceUseStatement", "CapabilityStatement", "StructureMap", "Bundle", "Parameters")
             for name in definitions(root)}  # fmt: skip
    cut_off = [
        (name, element)
        for name in types
        for element in listed(name)
        for code in allowed_codes(name, element)
        if not re.fullmatch(r"[A-Za-z0-9_<>=!/.-]+", code) or code == "etc."
    ]
    assert cut_off == []


def test_every_rule_compiles_and_can_be_broken() -> None:
    file = Path(schemas.__file__).parent / "fhir" / "profielregels.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    profiles = {(row["resource"], row["profiel"]) for row in rows}
    for naam, profiel in profiles:
        rules = rule_set(naam, (profiel,) if profiel else ())
        assert rules.regels
    assert len(profiles_with_rules()) > 100
    mandatory = {(r["resource"], r["profiel"]) for r in rows if r["regel"] in ("verplicht", "bevat")
                 and "." not in r["element"]}  # fmt: skip
    for naam, profiel in mandatory:
        assert broken_rules(naam, {"resourceType": naam, "meta": {"profile": [profiel]}}), profiel


@needs_outside
def test_the_official_examples_meet_their_profiles() -> None:
    files = sorted((OUTSIDE / "fhir" / "nl-core-zib2020" / "json").glob("*.json"))
    found = {}
    for file in files:
        text = file.read_text(encoding="utf-8-sig")
        wrongs = verdict(1, json.loads(text)["resourceType"], text)
        if wrongs:
            found[file.name] = wrongs
    assert found == {}
    assert len(files) == 137


@needs_outside
def test_the_rules_are_those_of_the_profiles() -> None:
    with (OUTSIDE / "codes" / "nl_core_profielen_zib2020.csv").open(encoding="utf-8") as opened:
        known = {row["canonical"]: row["fhir_resource"] for row in csv.DictReader(opened)}
    file = Path(schemas.__file__).parent / "fhir" / "profielregels.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if row["profiel"]]
    assert {row["profiel"] for row in rows} <= known.keys()
    assert all(known[row["profiel"]] == row["resource"] for row in rows)
