"""The fast judge of structure accepts nothing that the reference refuses."""

from __future__ import annotations

import json
from functools import cache
from random import Random
from typing import Any

import pytest
from fhir_mutaties import EDGES, mutate
from hypothesis import given, settings
from hypothesis import strategies as st
from outside import OUTSIDE, needs_outside

from ingest.fhir.door.batch import UNREADABLE
from ingest.fhir.door.records import RecordReader
from ingest.fhir.validation.fast import parse, surely_valid
from ingest.fhir.validation.judge import Item, judge
from ingest.fhir.validation.verdict import judge_chunk
from ingest.fhir.view.types import Choice, elements, is_resource, model
from ingest.reading import DeliveredFile

CODE = {"coding": [{"system": "http://loinc.org", "code": "1-8"}], "text": "x"}
EXTENSION = {
    "url": "http://example.org/e",
    "extension": [{"url": "a", "valueString": "x"}, {"url": "b", "valueQuantity": {"value": 1.5}}],
}
OWN: list[dict[str, Any]] = [
    {
        "resourceType": "Patient",
        "id": "p",
        "meta": {"versionId": "1", "lastUpdated": "2025-01-02T03:04:05.678+01:00"},
        "text": {"status": "generated", "div": "<div>x</div>"},
        "extension": [EXTENSION],
        "name": [{"family": "X", "_family": {"extension": [EXTENSION]}, "given": ["A", "B"],
                  "_given": [None, {"id": "g"}]}],
        "birthDate": "1950-01-02",
        "_gender": {"extension": [{"url": "u", "valueCode": "unknown"}]},
        "deceasedBoolean": False,
        "contact": [{"relationship": [CODE], "period": {"start": "2020"}}],
        "multipleBirthInteger": 2,
    },
    {
        "resourceType": "Observation",
        "status": "final",
        "contained": [{"resourceType": "Patient", "id": "c"}],
        "code": CODE,
        "subject": {"reference": "#c"},
        "effectivePeriod": {"start": "2025-01-01T00:00:00Z"},
        "valueQuantity": {"value": 5.0, "system": "http://unitsofmeasure.org", "code": "mmol/l"},
        "component": [{"code": CODE, "valueCodeableConcept": CODE}],
    },
    {
        "resourceType": "MedicationRequest", "status": "active", "intent": "order",
        "medicationCodeableConcept": CODE, "subject": {"identifier": {"value": "1"}},
        "dosageInstruction": [{"timing": {"repeat": {"boundsDuration": {"value": 2}, "count": 3,
                               "timeOfDay": ["10:00:00"]}}, "asNeededBoolean": True}],
    },
    {
        "resourceType": "QuestionnaireResponse", "status": "completed",
        "item": [{"linkId": "1", "answer": [{"valueDecimal": 1.50, "item": [{"linkId": "2"}]}]}],
    },
    {
        "resourceType": "DocumentReference", "status": "current", "date": "2025-01-01T00:00:00Z",
        "content": [{"attachment": {"data": "YWJj", "url": "http://a.nl/x", "size": 3}}],
    },
    {
        "resourceType": "Parameters",
        "parameter": [{"name": "a", "valueUuid": "urn:uuid:c757873d-ec9a-4326-a141-556f43239520"},
                      {"name": "b", "resource": {"resourceType": "Basic", "code": CODE}}],
    },
]  # fmt: skip


def reference(naam: str, tekst: str) -> bool:
    return not judge(Item(1, naam, tekst))


def fast(naam: str, tekst: str) -> bool:
    return surely_valid(naam, parse(tekst))


@cache
def outside_resources() -> list[tuple[str, str]]:
    """Type and text of every resource of every JSON file from outside."""
    found = []
    for file in sorted((OUTSIDE / "fhir").rglob("*.*json")):
        delivered = DeliveredFile(file, file.name, "", file.stat().st_size)
        for batch in RecordReader().read([delivered]):
            found += list(zip(batch.naam, map(bytes.decode, batch.tekst), strict=True))
    return [(naam, tekst) for naam, tekst in found if naam != UNREADABLE and is_resource(naam)]


def disagreements(resources: list[tuple[str, str]], number: int, seed: int) -> list[str]:
    """Mutate, compare the verdicts, tell where they differ: seed, type and first fault."""
    found, accepted = [], 0
    for nr in range(seed, seed + number):
        naam, tekst = Random(nr).choice(resources)  # noqa: S311
        mutated = mutate(nr, naam, tekst)
        judged = judge_chunk([(nr, naam, mutated)])
        ours = [wrong for wrong in judged if wrong.reden_code == "FHIR-STRUCTUUR"]
        theirs = judge(Item(nr, naam, mutated))
        accepted += fast(naam, mutated)
        if ours != theirs:
            found.append(f"seed {nr}: {naam}, ours {ours[:1]}, reference {theirs[:1]}")
    assert accepted > number / 10, "hardly a mutated resource is valid: that tests nothing"
    return found


def test_no_mutated_resource_is_judged_too_leniently() -> None:
    own = [(resource["resourceType"], json.dumps(resource)) for resource in OWN]
    assert all(reference(*one) for one in own)
    assert disagreements(own, 2_000, 1) == []


@needs_outside
def test_no_mutated_resource_from_outside_is_judged_too_leniently() -> None:
    small = [(naam, tekst) for naam, tekst in outside_resources() if len(tekst) < 8_000]
    assert disagreements(small, 2_000, 100_000) == []


@needs_outside
def test_every_resource_from_outside_gets_the_same_verdict() -> None:
    resources = outside_resources()
    judged = [(naam, fast(naam, tekst), reference(naam, tekst)) for naam, tekst in resources]
    assert [naam for naam, ours, theirs in judged if ours != theirs] == []
    assert len(judged) > 4_000


def extension(type_name: str, value: str) -> str:
    option = "value" + type_name[0].upper() + type_name[1:]
    return f'{{"resourceType":"Basic","code":{{}},"extension":[{{"url":"u","{option}":{value}}}]}}'


@pytest.mark.parametrize("type_name", sorted(EDGES))
def test_edges_of_primitive_types(type_name: str) -> None:
    texts = [json.dumps(value, ensure_ascii=False) for values in EDGES.values() for value in values]
    texts += ["null", "[]", "{}", "NaN", "1e400", "-0", "1E2", "9" * 400, "9" * 5_000, "[1]"]
    lenient = [
        text
        for text in texts
        if fast("Basic", extension(type_name, text))
        and not reference("Basic", extension(type_name, text))
    ]
    assert lenient == []


_SHAPED = st.from_regex(
    r"\A([0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,12})?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?|[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?)\Z"
)
_ANYTHING = st.one_of(
    st.text(max_size=8), _SHAPED, st.text("Yy0+/= \n-", max_size=9),
    st.integers(), st.floats(), st.booleans(),
)  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True)
@given(type_name=st.sampled_from(sorted(EDGES)), value=_ANYTHING)
def test_any_value_of_a_primitive_type(type_name: str, value: Any) -> None:
    text = extension(type_name, json.dumps(value))
    assert reference("Basic", text) or not fast("Basic", text)


@pytest.mark.parametrize("naam", ["Patient", "Observation", "Extension", "Dosage", "Timing"])
def test_choices_are_those_of_the_models(naam: str) -> None:
    found = model(naam)
    assert found is not None
    told = found.model_construct().get_one_of_many_fields()
    ours = {c.name: [o.name for o in c.options] for c in elements(naam).values()
            if isinstance(c, Choice)}  # fmt: skip
    assert {name: sorted(fields) for name, fields in told.items()} == {
        name: sorted(options) for name, options in ours.items()
    }


def test_depth_of_nesting_has_the_limit_of_the_reference() -> None:
    def nested(depth: int) -> str:
        return (
            '{"resourceType":"Basic","code":{}'
            + ',"extension":[{"url":"u"' * depth
            + "}]" * depth
            + "}"
        )

    for depth in (1, 20, 49, 50, 98, 99, 100, 101, 400):
        assert reference("Basic", nested(depth)) or not fast("Basic", nested(depth)), depth
    assert fast("Basic", nested(60))


def test_what_the_fast_judge_leaves_keeps_its_words() -> None:
    leap = '{"resourceType":"Patient","birthDate":"2020-02-29"}'
    wrong = '{"resourceType":"Patient","birthDate":"2021-02-29"}'
    good = '{"resourceType":"Patient","birthDate":"2020-02-28"}'
    assert [fast("Patient", text) for text in (leap, wrong, good)] == [False, False, True]
    found = judge_chunk([(1, "Patient", leap), (2, "Patient", wrong), (3, "Patient", good)])
    assert [(w.record_nr, w.element) for w in found] == [(2, "Patient.birthDate")]
