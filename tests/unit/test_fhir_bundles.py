"""Bundles of every type: what is a record, what is a deletion, what is counted as neither."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from ingest.fhir.door.batch import Batch
from ingest.fhir.door.bundle import Verwijdering, contents, entries
from ingest.fhir.door.contained import with_contained
from ingest.fhir.door.records import RecordReader
from ingest.reading import DeliveredFile

PATIENT = {"resourceType": "Patient", "id": "p"}
OUTCOME = {"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "x"}]}


def bundle(*entry: Any, **more: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", **more, "entry": list(entry)}


def read(folder: Path, *lines: dict[str, Any] | str) -> tuple[Batch, RecordReader]:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    (folder / "x.ndjson").write_text(text, encoding="utf-8")
    reader = RecordReader()
    (batch,) = reader.read([DeliveredFile(folder / "x.ndjson", "x.ndjson", "", len(text))])
    return batch, reader


@pytest.mark.parametrize(
    ("kind", "entry", "names", "deleted", "empty"),
    [
        ("document", [{"resource": {"resourceType": "Composition"}}], ["Composition"], 0, 0),
        ("collection", [{"resource": PATIENT}, {}], ["Patient", "onleesbaar"], 0, 0),
        (
            "searchset",
            [
                {"resource": PATIENT, "search": {"mode": "include"}},
                {"resource": OUTCOME, "search": {"mode": "outcome"}},
            ],
            ["Patient", "OperationOutcome"], 0, 0,
        ),
        (
            "transaction",
            [
                {"resource": PATIENT, "request": {"method": "PUT", "url": "Patient/p"}},
                {"request": {"method": "GET", "url": "Patient/p"}},
                {"request": {"method": "DELETE", "url": "Patient/p"}},
            ],
            ["Patient"], 1, 1,
        ),
        ("batch", [{"request": {"method": "DELETE", "url": "Patient?x=1"}}], [], 1, 0),
        (
            "history",
            [
                {"resource": PATIENT, "request": {"method": "DELETE", "url": "Patient/p"}},
                {"resource": PATIENT, "request": {"method": "POST", "url": "Patient"}},
            ],
            ["Patient"], 1, 0,
        ),
        ("message", [{"resource": {"resourceType": "MessageHeader"}}], ["MessageHeader"], 0, 0),
        (
            "transaction-response",
            [{"response": {"status": "201"}}, None, 1, "x", {"resource": None}],
            ["onleesbaar"] * 4, 0, 1,
        ),
        ("subscription-notification", [], [], 0, 0),
    ],
)  # fmt: skip
def test_types_of_bundles(
    tmp_path: Path, kind: str, entry: list[Any], names: list[str], deleted: int, empty: int
) -> None:
    batch, reader = read(tmp_path, bundle(*entry, type=kind))
    assert batch.naam == names
    assert len(batch.verwijderd) == deleted
    assert (reader.bundels, reader.entries_zonder_resource) == (1, empty)
    assert batch.following == 1 + len(names) + deleted


def test_entries_that_hold_nothing_are_refused_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps(bundle({}, {"resource": PATIENT}, {"link": []})))
    (batch,) = RecordReader().read([DeliveredFile(tmp_path / "x.json", "x.json", "", 0)])
    assert list(zip(batch.regel, batch.naam, batch.tekst, strict=True)) == [
        (1, "onleesbaar", b"{}"),
        (2, "Patient", json.dumps(PATIENT).encode()),
        (3, "onleesbaar", b'{"link": []}'),
    ]
    assert [(f.record_nr, f.reden_code) for f in batch.fouten] == [
        (1, "FHIR-ENTRY-LEEG"), (3, "FHIR-ENTRY-LEEG"),
    ]  # fmt: skip
    assert [entry.tekst for entry in entries((tmp_path / "x.json").read_text())] == [
        json.dumps(PATIENT)
    ]


def test_a_bundle_of_nothing_is_let_go_of_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One record that is refused, and no object for each of its entries."""
    monkeypatch.setattr("ingest.fhir.door.bundle.MAX_EMPTY", 100)
    text = '{"resourceType":"Bundle","entry":[' + "{}," * 200_000 + "{}]}"
    tracemalloc.start()
    batch, reader = read(tmp_path, PATIENT, text, PATIENT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert batch.naam == ["Patient", "onleesbaar", "Patient"]
    assert "meer dan 100 lege entries" in batch.fouten[0].toelichting
    assert reader.bundels == 0
    assert peak < 32 << 20


def test_records_and_deletions_are_numbered_as_they_stand(tmp_path: Path) -> None:
    delete = {"request": {"method": "DELETE", "url": "Patient/q"}}
    batch, _ = read(tmp_path, PATIENT, bundle({"resource": PATIENT}, delete), "", PATIENT, "{")
    assert list(zip(batch.nummer, batch.regel, batch.naam, strict=True)) == [
        (1, 1, "Patient"), (2, 2, "Patient"), (4, 4, "Patient"), (5, 5, "onleesbaar"),
    ]  # fmt: skip
    (deletion,) = batch.verwijderd
    assert (deletion.record_nr, deletion.regel, deletion.resource_ref) == (3, 2, "Patient/q")
    assert json.loads(deletion.tekst) == delete
    assert [fault.record_nr for fault in batch.fouten] == [5]


@pytest.mark.parametrize(
    ("entry", "more", "expected"),
    [
        ({"url": "Patient/1"}, {}, ("Patient/1", None, None)),
        ({"url": "https://x.nl/fhir/Patient/1"}, {}, ("Patient/1", None, None)),
        ({"url": "Patient/1/_history/4"}, {}, ("Patient/1", "4", None)),
        ({"url": "Patient?_id=1"}, {}, (None, None, None)),
        ({"url": "Patient"}, {}, (None, None, None)),
        ({"url": 1}, {}, (None, None, None)),
        ({}, {"fullUrl": "https://x.nl/Patient/1"}, ("Patient/1", None, None)),
        (
            {"url": "Patient/1"},
            {"response": {"lastModified": "2025", "etag": 'W/"3"'}},
            ("Patient/1", "3", "2025"),
        ),
        ({"url": "Patient/1"}, {"response": {"etag": "3"}}, ("Patient/1", "3", None)),
    ],
)
def test_what_a_deletion_says(
    entry: dict[str, Any], more: dict[str, Any], expected: tuple[str | None, ...]
) -> None:
    text = json.dumps(bundle({"request": {"method": "DELETE"} | entry} | more))
    (found,) = contents(text).entries
    assert found.verwijdering == Verwijdering(*expected)
    assert entries(text) == []


def test_the_moment_of_a_bundle_counts_for_its_deletions() -> None:
    delete = {"request": {"method": "DELETE", "url": "Patient/1"}}
    for told in ({"meta": {"lastUpdated": "2024"}, "timestamp": "2025"}, {"timestamp": "2024"}):
        text = json.dumps({"resourceType": "Bundle", "entry": [delete]} | told)
        deletion = contents(text).entries[0].verwijdering
        assert deletion is not None
        assert deletion.verwijderd_op == "2024"


def test_a_bundle_in_a_bundle_knows_the_addresses_around_it(tmp_path: Path) -> None:
    inner = bundle({"resource": {"resourceType": "Flag", "subject": {"reference": "urn:uuid:a"}}})
    outer = bundle({"fullUrl": "urn:uuid:a", "resource": PATIENT}, {"resource": inner})
    batch, reader = read(tmp_path, outer)
    assert batch.naam == ["Patient", "Flag"]
    assert reader.bundels == 2
    assert [json.loads(text)["subject"] for _, text in batch.te_lezen] == [
        {"reference": "Patient/p"}
    ]


def test_bundles_nested_without_end(tmp_path: Path) -> None:
    deep: dict[str, Any] = {"resource": PATIENT}
    for _ in range(30):
        deep = {"resource": bundle(deep)}
    batch, reader = read(tmp_path, bundle(deep))
    assert batch.naam == ["onleesbaar"]
    assert batch.fouten[0].toelichting == "Bundles te diep in elkaar"
    assert reader.bundels == 8


def test_escaped_references_are_resolved() -> None:
    text = (
        '{"resourceType":"Bundle","entry":[{"fullUrl":"http:\\/\\/x\\/1","resource":'
        '{"resourceType":"Patient","id":"p"}},{"resource":{"resourceType":"Flag",'
        '"subject":{"reference":"http:\\/\\/x\\/1"}}}]}'
    )
    assert json.loads(entries(text)[1].te_lezen or "")["subject"] == {"reference": "Patient/p"}


def test_an_empty_resource_with_a_uuid_gets_its_id() -> None:
    text = json.dumps(bundle({"fullUrl": "urn:uuid:a-1", "resource": {}}))
    assert entries(text)[0].te_lezen == '{"id":"a-1"}'


def test_several_objects_on_one_line(tmp_path: Path) -> None:
    batch, _ = read(tmp_path, json.dumps(PATIENT) + " " + json.dumps(PATIENT), '{"a":1} 2')
    assert list(zip(batch.regel, batch.naam, strict=True)) == [
        (1, "Patient"), (1, "Patient"), (2, "onleesbaar"),
    ]  # fmt: skip


def test_what_a_reference_to_a_contained_resource_brings() -> None:
    agb = {"system": "http://fhir.nl/fhir/NamingSystem/agb-z", "value": "01000001"}
    other = {"system": "urn:x", "value": "1"}
    code = {"coding": [{"system": "urn:atc", "code": "C03CA01"}]}
    request = {
        "resourceType": "MedicationRequest",
        "contained": [
            {"resourceType": "Medication", "id": "m", "code": code},
            {"resourceType": "Practitioner", "id": "w", "identifier": [other, agb]},
        ],
        "medicationReference": {"reference": "#m"},
        "requester": {"reference": "#w", "display": "x"},
        "recorder": {"reference": "#weg"},
        "dosageInstruction": [{"doseAndRate": [{"doseQuantity": {"value": 2}}]}],
    }
    text = json.dumps(request).replace('"value": 2}', '"value": 2.00}')
    read_by = with_contained(text) or ""
    assert '"value":2.00}' in read_by
    found = json.loads(read_by)
    assert found["medicationCodeableConcept"] == code
    assert found["medicationReference"] == {"reference": "#m", "type": "Medication"}
    assert found["requester"] == {
        "reference": "#w", "display": "x", "type": "Practitioner", "identifier": agb
    }  # fmt: skip
    assert found["recorder"] == {"reference": "#weg"}
    assert found["contained"] == request["contained"]


def test_contained_resources_are_no_records(tmp_path: Path) -> None:
    inside = {"resourceType": "Specimen", "id": "s"}
    batch, reader = read(tmp_path, PATIENT | {"contained": [inside]}, PATIENT | {"contained": []})
    assert batch.naam == ["Patient", "Patient"]
    assert reader.special == {"ingebed": 1}
    assert batch.te_lezen == [(1, batch.te_lezen[0][1])]


def test_a_full_batch_is_followed_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.fhir.door.batch._MOST_RECORDS", 2)
    monkeypatch.setattr("ingest.fhir.door.files.CHUNK_BYTES", 60)
    (tmp_path / "x.ndjson").write_text("\n".join([json.dumps(PATIENT)] * 7))
    file = DeliveredFile(tmp_path / "x.ndjson", "x.ndjson", "", 0)
    batches = list(RecordReader().read([file]))
    assert [n for batch in batches for n in batch.nummer] == list(range(1, 8))
    assert [n for batch in batches for n in batch.regel] == list(range(1, 8))
    assert len(batches) > 2
