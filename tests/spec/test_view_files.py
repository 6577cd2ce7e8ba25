"""What a view reads and writes: forms of input, formats of output, exact values, faults."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.errors import DataRefusedError, UsageError, ViewError
from ingest.fhir.view.runner import run_view

PATIENTS = [{"resourceType": "Patient", "id": name} for name in "abc"]
BUNDLE = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [{"resource": patient} for patient in PATIENTS],
}
OBSERVATION = (
    '{"resourceType":"Observation","id":"o","status":"final","code":{"text":"\\"value\\": 1.0"},'
    '"valueQuantity":{"value" : %s}}'
)


def write_view(folder: Path, resource: str, *columns: dict[str, Any]) -> Path:
    file = folder / "view.json"
    view = {"resource": resource, "select": [{"column": list(columns)}]}
    file.write_text(json.dumps(view))
    return file


@pytest.fixture
def ids(tmp_path: Path) -> Path:
    return write_view(tmp_path, "Patient", {"name": "id", "path": "id"})


def found(out: Path) -> list[tuple[Any, ...]]:
    return duckdb.sql(f"from '{out}' order by all").fetchall()


LINES = "\n".join(json.dumps(p) for p in PATIENTS).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ndjson", LINES),
        ("a.ndjson", b"\xef\xbb\xbf" + LINES.replace(b"\n", b"\r\n\r\n")),
        ("a.ndjson.gz", gzip.compress(LINES, mtime=0)),
        ("a.json", LINES),
        ("a.json", json.dumps(BUNDLE, indent=2).encode()),
        ("a.jsonl", json.dumps(BUNDLE).encode()),
        ("a.json.gz", gzip.compress(json.dumps(BUNDLE).encode(), mtime=0)),
    ],
)
def test_forms_of_input(tmp_path: Path, ids: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    out = tmp_path / "out.parquet"
    assert run_view(ids, [tmp_path / name], out) == 3
    assert found(out) == [("a",), ("b",), ("c",)]


def test_folders_globs_and_archives(tmp_path: Path, ids: Path) -> None:
    folder = tmp_path / "levering" / "diep"
    folder.mkdir(parents=True)
    for number, patient in enumerate(PATIENTS):
        (folder / f"p{number}.json").write_text(json.dumps(patient))
    (folder / "leesmij.txt").write_text("geen FHIR")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("x/p.ndjson", LINES)
    out = tmp_path / "out.csv"
    assert run_view(ids, [tmp_path / "levering"], out) == 3
    assert run_view(ids, [folder / "p[01].json", folder / "p0.json"], out) == 2
    assert run_view(ids, [tmp_path / "all.zip"], out) == 3


def test_an_empty_file_gives_a_file_without_rows(tmp_path: Path, ids: Path) -> None:
    (tmp_path / "a.ndjson").write_bytes(b"")
    out = tmp_path / "out.parquet"
    assert run_view(ids, [tmp_path / "a.ndjson"], out) == 0
    assert duckdb.sql(f"describe from '{out}'").fetchall()[0][:2] == ("id", "VARCHAR")


@pytest.mark.parametrize("digits", ["2.00", "-0.10", "1e-7", "1.8287822299126937", "7"])
def test_a_decimal_keeps_its_digits(tmp_path: Path, digits: str) -> None:
    (tmp_path / "a.ndjson").write_text(OBSERVATION % digits)
    path = "value.ofType(Quantity).value"
    view = write_view(
        tmp_path,
        "Observation",
        {"name": "exact", "path": path, "type": "decimal"},
        {"name": "text", "path": "code.text", "type": "string"},
    )
    assert run_view(view, [tmp_path / "a.ndjson"], tmp_path / "out.parquet") == 1
    assert found(tmp_path / "out.parquet") == [(digits, '"value": 1.0')]
    run_view(view, [tmp_path / "a.ndjson"], tmp_path / "out.ndjson")
    line = (tmp_path / "out.ndjson").read_text()
    assert line == f'{{"exact":{digits},"text":"\\"value\\": 1.0"}}\n'


def test_sql_types_follow_fhir_unless_a_tag_says_otherwise(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_text(
        '{"resourceType":"Patient","id":"a","active":true,"multipleBirthInteger":2,'
        '"birthDate":"1950","name":[{"given":["x"]}]}'
    )
    view = write_view(
        tmp_path,
        "Patient",
        {"name": "yes", "path": "active"},
        {"name": "number", "path": "multipleBirth.ofType(integer)"},
        {"name": "year", "path": "birthDate"},
        {"name": "more", "path": "name.given", "collection": True},
        {
            "name": "money",
            "path": "multipleBirth.ofType(integer)",
            "tag": [{"name": "ansi/type", "value": "DECIMAL(9, 2)"}],
        },
    )
    run_view(view, [tmp_path / "a.ndjson"], tmp_path / "out.parquet")
    described = duckdb.sql(f"describe from '{tmp_path}/out.parquet'").fetchall()
    assert [row[1] for row in described] == [
        "BOOLEAN", "INTEGER", "VARCHAR", "VARCHAR[]", "DECIMAL(9,2)",
    ]  # fmt: skip
    run_view(view, [tmp_path / "a.ndjson"], tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text().splitlines()[1] == 'true,2,1950,"[""x""]",2.00'


def test_a_broken_line_is_named_and_nothing_is_written(tmp_path: Path, ids: Path) -> None:
    (tmp_path / "a.ndjson").write_text('{"resourceType":"Patient"}\n\n{"resourceType":\n')
    with pytest.raises(DataRefusedError, match=r"a\.ndjson, line 3: not valid JSON"):
        run_view(ids, [tmp_path / "a.ndjson"], tmp_path / "out.csv")
    assert sorted(f.name for f in tmp_path.iterdir()) == ["a.ndjson", "view.json"]


def test_xml_is_read_and_what_is_no_fhir_is_named(tmp_path: Path, ids: Path) -> None:
    xml = '<Patient xmlns="http://hl7.org/fhir"><id value="a"/></Patient>'
    (tmp_path / "a.xml").write_text(xml)
    assert run_view(ids, [tmp_path / "a.xml"], tmp_path / "out.csv") == 1
    assert "a" in (tmp_path / "out.csv").read_text().split()
    (tmp_path / "a.xml").write_text("<Patient/>")
    with pytest.raises(DataRefusedError, match=r"a\.xml: XML: no FHIR"):
        run_view(ids, [tmp_path / "a.xml"], tmp_path / "out.csv")


def test_wrong_use(tmp_path: Path, ids: Path) -> None:
    with pytest.raises(UsageError, match="no FHIR file"):
        run_view(ids, [tmp_path / "*.json.gz"], tmp_path / "out.csv")
    with pytest.raises(UsageError, match="write to a file"):
        run_view(ids, [ids], tmp_path / "out.xlsx")
    with pytest.raises(UsageError, match="is no folder"):
        run_view(ids, [ids], tmp_path / "nowhere" / "out.csv")
    with pytest.raises(UsageError, match="cannot be read"):
        run_view(tmp_path / "none.json", [ids], tmp_path / "out.csv")
    ids.write_text("{")
    with pytest.raises(ViewError, match="not valid JSON"):
        run_view(ids, [ids], tmp_path / "out.csv")


def test_a_json_list_is_its_items(tmp_path: Path, ids: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(PATIENTS))
    assert run_view(ids, [tmp_path / "a.json"], tmp_path / "out.csv") == len(PATIENTS)
