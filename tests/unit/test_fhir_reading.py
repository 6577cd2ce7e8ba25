"""Raw texts, Bundles and records: what is counted, where it stood, and that no digit is lost."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fhir.door.batch import Batch
from ingest.fhir.door.bundle import entries
from ingest.fhir.door.records import RecordReader
from ingest.reading import DeliveredFile


def read(folder: Path, name: str, content: bytes) -> tuple[Batch, RecordReader]:
    (folder / name).write_bytes(content)
    reader = RecordReader()
    file = DeliveredFile(folder / name, name, "", len(content))
    batches = list(reader.read([file]))
    assert len(batches) == 1
    return batches[0], reader


def test_line_numbers_count_every_line(tmp_path: Path) -> None:
    lines = [
        b'\xef\xbb\xbf{"resourceType":"Patient","id":"a"}\r',
        b"",
        b" \t\r",
        b'{"resourceType":"Patient","id":',
        b'{"resourceType":"Patient","id":"\x00b"}',
        b'{"resourceType":"Patient","id":"c"}\x00\x00',
        b'{"resourceType":"Patient","name":[{"family":"Caf\xe9"}]}',
        b'{"resourceType":"Patient","id":"d",}',
        b'["Patient"]',
        b'{"resourceType":"zomaar tekst"}',
    ]
    batch, _ = read(tmp_path, "x.ndjson", b"\n".join(lines))
    assert list(zip(batch.regel, batch.naam, strict=True)) == [
        (1, "Patient"), (4, "onleesbaar"), (5, "onleesbaar"), (6, "Patient"), (7, "Patient"),
        (8, "onleesbaar"), (9, "onleesbaar"), (10, "onleesbaar"),
    ]  # fmt: skip
    assert batch.tekst[1] == b'{"resourceType":"Patient","id":'
    assert "Café" in batch.tekst[4].decode()
    assert {fault.record_nr for fault in batch.fouten} == {2, 3, 6, 7, 8}
    assert {fault.reden_code for fault in batch.fouten} == {"REGEL-ONLEESBAAR"}
    assert batch.fouten[0].element == "positie 32"


def test_lines_longer_than_a_chunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.fhir.door.files.CHUNK_BYTES", 7)
    lines = [json.dumps({"resourceType": "Patient", "id": "x" * n}) for n in (1, 30, 2)]
    batch, _ = read(tmp_path, "x.ndjson", "\n\n".join(lines).encode())
    assert batch.tekst == [line.encode() for line in lines]
    assert batch.regel == [1, 3, 5]


def test_zero_bytes_are_zero_records(tmp_path: Path) -> None:
    for name in ("x.ndjson", "x.json", "x.ndjson.gz"):
        batch, _ = read(tmp_path, name, gzip.compress(b"", mtime=0) if name.endswith("gz") else b"")
        assert batch.naam == []
        assert batch.fouten == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.xml", b'\xef\xbb\xbf<?xml version="1.0"?><Patient/>', "geen FHIR"),
        ("x.ndjson", b"<Patient/>", "geen FHIR"),
        ("x.json", b"%PDF-1.7", "bevat geen JSON"),
        (
            "x.ndjson.gz",
            gzip.compress(b'{"resourceType":"Patient"}\n' * 99, mtime=0)[:-20],
            "beschadigd",
        ),
    ],
)
def test_what_is_no_json_is_one_record(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    batch, _ = read(tmp_path, name, content)
    assert batch.naam[-1] == "onleesbaar"
    assert batch.fouten[-1].reden_code == "BESTAND-ONLEESBAAR"
    assert words in batch.fouten[-1].toelichting


def test_a_bundle_is_no_record_its_entries_are(tmp_path: Path) -> None:
    inner = {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Group"}}]}
    bundle = {
        "entry": [
            {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Patient", "id": "p"}},
            {"request": {"method": "GET", "url": "Patient/2"}},
            {"resource": {"resourceType": "Encounter", "id": "e"}},
            {"resource": inner},
        ],
        "resourceType": "Bundle",
    }
    batch, reader = read(tmp_path, "x.json", json.dumps(bundle, indent=1).encode())
    assert list(zip(batch.regel, batch.naam, strict=True)) == [
        (1, "Patient"), (3, "Encounter"), (4, "Group"),
    ]  # fmt: skip
    assert reader.special == {"bundels": 2, "entries_zonder_resource": 1}
    line = json.dumps(bundle).encode()
    batch, reader = read(tmp_path, "x.ndjson", b'{"resourceType":"Patient"}\n' + line)
    assert batch.regel == [1, 2, 2, 2]


def test_references_within_a_bundle_are_resolved() -> None:
    text = json.dumps(
        {
            "resourceType": "Bundle",
            "entry": [
                {"fullUrl": "urn:uuid:aa-1", "resource": {"resourceType": "Patient", "id": "p1"}},
                {"fullUrl": "urn:uuid:bb-2", "resource": {"resourceType": "Encounter"}},
                {
                    "fullUrl": "http://x.nl/Observation/o",
                    "resource": {
                        "resourceType": "Observation",
                        "id": "o",
                        "subject": {"reference": "urn:uuid:aa-1"},
                        "encounter": {"reference": "urn:uuid:bb-2"},
                        "performer": [{"reference": "urn:uuid:unknown"}, {"reference": "#c"}],
                        "note": [{"text": "urn:uuid:aa-1"}],
                    },
                },
            ],
        }
    )
    patient, encounter, observation = entries(text)
    assert patient.te_lezen is None
    assert json.loads(encounter.te_lezen or "")["id"] == "bb-2"
    assert "id" not in json.loads(encounter.tekst)
    resolved = json.loads(observation.te_lezen or "")
    assert resolved["subject"]["reference"] == "Patient/p1"
    assert resolved["encounter"]["reference"] == "Encounter/bb-2"
    assert [p["reference"] for p in resolved["performer"]] == ["urn:uuid:unknown", "#c"]
    assert resolved["note"] == [{"text": "urn:uuid:aa-1"}]
    assert "urn:uuid:aa-1" in json.loads(observation.tekst)["subject"]["reference"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(
    st.lists(st.dictionaries(st.text(max_size=5), VALUES, max_size=3), max_size=4),
    st.sampled_from([None, 1, "\t"]),
)
def test_entries_are_exact_slices(resources: list[dict[str, object]], indent: int | str) -> None:
    bundle = {"x": [{}], "entry": [{"a": [1], "resource": r, "z": {}} for r in resources], "y": 1}
    text = json.dumps(bundle, indent=indent)
    found = entries(text)
    assert [entry.inhoud for entry in found] == resources
    assert all(entry.tekst in text for entry in found)
    assert [json.loads(entry.tekst) for entry in found] == resources


def test_digits_survive_a_bundle() -> None:
    text = '{"resourceType":"Bundle","entry":[{"resource":{"value" : 2.00, "n":1e-07}}]}'
    assert entries(text)[0].tekst == '{"value" : 2.00, "n":1e-07}'


def test_what_is_nested_too_deep_is_a_record_all_the_same(tmp_path: Path) -> None:
    deep = '{"a":' * 1000 + "1" + "}" * 1000
    bundle = f'{{"resourceType":"Bundle","entry":[{{"resource":{deep}}}]}}'
    patient = f'{{"resourceType":"Patient","a":{deep}}}'
    batch, _ = read(tmp_path, "x.ndjson", f"{bundle}\n{patient}\n{{}}".encode())
    assert batch.naam == ["onleesbaar", "Patient", "onleesbaar"]


def test_a_bundle_nested_too_deep_leaves_the_next_to_be_taken_apart(tmp_path: Path) -> None:
    plain: dict[str, object] = {
        "resourceType": "Bundle",
        "entry": [{"resource": {"resourceType": "Patient"}}],
    }
    nested = plain
    for _ in range(12):
        nested = {"resourceType": "Bundle", "entry": [{"resource": nested}]}
    content = "\n".join(json.dumps(bundle) for bundle in (nested, plain)).encode()
    batch, _ = read(tmp_path, "a.ndjson", content)
    assert batch.naam[1:] == ["Patient"]  # the first is one record, whatever it is called
