"""The quick way of reading gives what the careful way gives, and nothing is lost on either."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path
from unittest import mock

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import DataRefusedError
from ingest.fhir.view import reading, runner, stretches
from ingest.fhir.view.runner import run_files

VIEW = {
    "resource": "Patient",
    "select": [
        {
            "column": [
                {"name": "id", "path": "id"},
                {"name": "geboren", "path": "birthDate"},
                {"name": "voornaam", "path": "name.given.first()"},
            ]
        }
    ],
}
PATIENT = (
    b'{"resourceType":"Patient","id":"%d","birthDate":"1950","name":[{"given":["Ren\xc3\xa9"]}]}'
)
ENTRY = b'{"resource":{"resourceType":"Patient","id":"in-%d"}}'
FORMS = {
    "plain": PATIENT,
    "type last": b'{"id":"%d","resourceType" : "Patient"}',
    "escaped type": b'{"resourceTyp\\u0065":"P\\u0061tient","id":"%d"}',
    "carriage return": PATIENT + b"\r",
    "return inside": b'{"resourceType":"Patient",\r"id":"%d"}',
    "spaces": b" \t" + PATIENT + b"  ",
    "blank after": PATIENT + b"\n \n\r",
    "nul padded": PATIENT + b"\0\0",
    "windows-1252": b'{"resourceType":"Patient","id":"%d","name":[{"given":["Ren\xe9"]}]}',
    "wrong type": b'{"resourceType":"Patient","id":"%d","name":"as in Organization"}',
    "organisation": b'{"resourceType":"Organization","id":"%d","name":"De Zorg","birthDate":[1]}',
    "bundle": b'{"resourceType":"Bundle","type":"collection","entry":[' + ENTRY + b"]}",
    "named bundle": b'{"resourceType":"Patient","id":"%d","gender":"Bundle"}',
    "long": b'{"resourceType":"Patient","id":"%d","text":{"div":"' + b"x" * 3000 + b'"}}',
}
BROKEN = {
    "two on a line": PATIENT + PATIENT.replace(b"%d", b"x"),
    "null": b"null",
    "cut off": b'{"resourceType":"Patient","id":"%d"',
    "cut off in the type": b'{"resourceType":"Pat%d',
    "other type, cut off": b'{"resourceType":"Observation","id":"%d"',
    "a list": b'[{"resourceType":"Patient","id":"%d"}]',
    "a number": b"%d",
    "no type": b'{"id":"%d"}',
    "raw control": b'{"resourceType":"Patient","id":"%d\x01"}',
}


@pytest.fixture(scope="module")
def folder() -> Path:
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "view.json").write_text(json.dumps(VIEW))
        yield Path(name)


def rows(folder: Path, name: str, content: bytes) -> list[tuple[str, ...]] | str:
    """The rows in their order, or what was said."""
    (folder / name).write_bytes(content)
    out = folder / "out.parquet"
    try:
        run_files(folder / "view.json", [folder / name], out)
    except DataRefusedError as error:
        return str(error)
    return duckdb.sql(f"from '{out}'").fetchall()


def carefully(folder: Path, name: str, content: bytes) -> list[tuple[str, ...]] | str:
    with (
        mock.patch.object(runner, "first_byte", return_value=None),
        mock.patch.object(reading, "first_byte", return_value=None),
        mock.patch.object(reading, "text_lines", return_value=None),
    ):
        return rows(folder, name, content)


def numbered(forms: list[bytes]) -> bytes:
    return b"\n".join(form.replace(b"%d", b"%d" % i, 1) for i, form in enumerate(forms))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(FORMS)), max_size=12),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.sampled_from([b"", b"\n", b"\r\n\r\n"]),
    st.sampled_from([64, 200, 1 << 20]),
)
def test_all_ways_give_the_same_rows(
    folder: Path, names: list[str], mark: bytes, end: bytes, chunk: int
) -> None:
    content = mark + numbered([FORMS[name] for name in names]) + end
    typed = rows(folder, "a.ndjson", content)
    with (
        mock.patch.object(runner, "first_byte", return_value=None),
        mock.patch.object(stretches, "CHUNK_BYTES", chunk),
    ):
        quick = rows(folder, "a.ndjson", content)
    assert typed == quick == carefully(folder, "a.ndjson", content)
    assert len(quick) == len(names) - names.count("organisation")


@pytest.mark.parametrize("name", sorted(BROKEN))
@pytest.mark.parametrize("before", [0, 3])
def test_what_is_no_resource_is_named_with_its_line(folder: Path, name: str, before: int) -> None:
    content = numbered([PATIENT] * before + [BROKEN[name]] + [PATIENT] * 2)
    (folder / "out.parquet").unlink(missing_ok=True)
    said = rows(folder, "a.ndjson", content)
    assert f"a.ndjson, line {before + 1}: " in said
    assert "Nothing was written" in said
    assert "cut off" not in said
    assert said == carefully(folder, "a.ndjson", content)
    assert not (folder / "out.parquet").exists()


def packed(how: str, content: bytes) -> bytes:
    if how == "gz":
        return gzip.compress(content, mtime=0)
    return pa.compress(content, codec="zstd", asbytes=True)


@pytest.mark.parametrize("how", ["gz", "zst"])
def test_packed_files_are_read_and_damage_is_told(folder: Path, how: str) -> None:
    content = packed(how, numbered([PATIENT] * 40_000))
    found = rows(folder, f"a.ndjson.{how}", content)
    assert [row[0] for row in found] == [str(i) for i in range(40_000)]
    for cut in (len(content) // 2, len(content) - 3):
        said = rows(folder, f"a.ndjson.{how}", content[:cut])
        assert "damaged or cut off" in said
        assert said == carefully(folder, f"a.ndjson.{how}", content[:cut])


def test_rows_come_in_the_order_of_files_and_lines(folder: Path) -> None:
    for number in range(3):
        lines = [PATIENT.replace(b"%d", b"%d-%d" % (number, i), 1) for i in range(30_000)]
        (folder / f"p{number}.ndjson").write_bytes(b"\n".join(lines))
    (folder / "p15.json").write_bytes(PATIENT.replace(b"%d", b"b", 1))
    out = folder / "out.parquet"
    result = run_files(folder / "view.json", [folder / "p*.ndjson", folder / "p15.json"], out)
    assert (result.rows, result.resources, result.files) == (90_001, 90_001, 4)
    ids = [f"{n}-{i}" for n in range(3) for i in range(30_000)]
    assert [row[0] for row in duckdb.sql(f"from '{out}'").fetchall()] == [*ids, "b"]


def test_a_fault_in_a_later_file_leaves_what_was_there(folder: Path) -> None:
    out = folder / "out.parquet"
    out.write_text("before")
    (folder / "q1.ndjson").write_bytes(numbered([PATIENT] * 10))
    (folder / "q2.ndjson").write_bytes(numbered([PATIENT] * 10)[:-5])
    with pytest.raises(DataRefusedError, match=r"q2\.ndjson, line 10: not valid JSON"):
        run_files(folder / "view.json", [folder / "q*.ndjson"], out)
    assert out.read_text() == "before"
    assert not list(folder.glob(".iza-view-*"))
