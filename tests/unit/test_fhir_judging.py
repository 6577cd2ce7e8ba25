"""Profiles, duplicates and structure, each by itself."""

from __future__ import annotations

import pytest

from ingest.fhir.duplicates import canonical_hash
from ingest.fhir.validation.judge import Item, judge
from ingest.fhir.validation.profiles import refusal
from ingest.fhir.view.types import is_r4_resource

NICTIZ = "http://nictiz.nl/fhir/StructureDefinition/"


@pytest.mark.parametrize(
    ("profielen", "bron", "code"),
    [
        ([NICTIZ + "nl-core-Patient"], "x", None),
        ([NICTIZ + "nl-core-Patient|1.0"], "x", None),
        ([NICTIZ + "zib-Encounter"], "x", "FHIR-GENERATIE-STU3"),
        (["http://fhir.nl/fhir/StructureDefinition/nl-core-patient"], "x", "FHIR-GENERATIE-STU3"),
        ([NICTIZ + "nl-core-Patient", NICTIZ + "zib-Patient"], "x", "FHIR-GENERATIE-STU3"),
        (["http://example.org/p", NICTIZ + "nl-core-Patient"], "x", None),
        (["http://example.org/p"], "x", "FHIR-PROFIEL-ONBEKEND"),
        ([], "x", None),
        ([], "fhir-ziekenhuizen", "FHIR-PROFIEL-ONTBREEKT"),
    ],
)
def test_profiles(profielen: list[str], bron: str, code: str | None) -> None:
    found = refusal(profielen, bron)
    assert (found.reden_code if found else None) == code


def test_only_what_looks_like_a_canonical_reaches_a_report() -> None:
    found = refusal(["Jan Jansen, Dorpsstraat 1"], "x")
    assert found is not None
    assert "Jansen" not in found.toelichting


def faults(naam: str, tekst: str) -> list[tuple[str, str]]:
    return [(wrong.element, wrong.toelichting) for wrong in judge(Item(1, naam, tekst))]


@pytest.mark.parametrize(
    ("naam", "rest", "element", "words"),
    [
        ("Observation", '"status":"final"', "Observation.code", "verplicht"),
        ("Patient", '"hobby":"x"', "Patient.hobby", "bestaat niet"),
        ("Patient", '"birthDate":"12-03-1950"', "Patient.birthDate", "regel"),
        ("Patient", '"name":[{"given":"Jan"}]', "Patient.name[0].given", "type"),
        ("Patient", '"active":"misschien"', "Patient.active", "type"),
        ("Patient", '"contained":[{"resourceType":"Onzin"}]', "Patient", "type"),
    ],
)
def test_structure(naam: str, rest: str, element: str, words: str) -> None:
    found = faults(naam, f'{{"resourceType":"{naam}",{rest}}}')
    assert found[0][0] == element
    assert words in found[0][1]


def test_no_value_goes_along_with_a_fault() -> None:
    text = '{"resourceType":"Patient","birthDate":"999900006","gender":1,"Jan Jansen":"Pieters"}'
    told = str(faults("Patient", text))
    assert faults("Patient", text)
    assert not any(value in told for value in ("999900006", "Jansen", "Pieters"))


def test_a_valid_resource_has_no_faults() -> None:
    assert faults("Patient", '{"resourceType":"Patient","birthDate":"1950-03"}') == []


def test_canonical_hash() -> None:
    plain = canonical_hash('{"a":1.0,"b":[1,2]}')
    assert canonical_hash('{ "b" : [1, 2],\n "a" : 1.0 }') == plain
    assert canonical_hash('{"a":1.00,"b":[1,2]}') != plain
    assert canonical_hash('{"a":1.0,"b":[2,1]}') != plain
    assert canonical_hash('{"a":"1.0","b":[1,2]}') != plain


def test_resource_types() -> None:
    assert is_r4_resource("Patient")
    assert is_r4_resource("MedicinalProduct")  # in R4, gone from R4B
    assert not is_r4_resource("HumanName")
    assert not is_r4_resource("Resource")
    assert not is_r4_resource("Patientje")
