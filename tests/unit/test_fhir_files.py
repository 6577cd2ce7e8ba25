"""Whatever a file is packed in, written in or laid out as: the same texts come out of it."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest

from ingest.family import recognise
from ingest.fhir.door import texts
from ingest.fhir.door.files import Unreadable, UnreadableError, read_pieces, read_texts
from ingest.fhir.door.texts import Lines
from ingest.reading import DeliveredFile

LINES = [json.dumps({"resourceType": "Patient", "id": f"é{n}"}, ensure_ascii=False) for n in "abc"]
NDJSON = "\n".join(LINES)


def zstd(raw: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(raw)
    return sink.getvalue().to_pybytes()


def zipped(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members:
            archive.writestr(name, raw)
    return buffer.getvalue()


def read(folder: Path, raw: bytes, name: str = "x.ndjson") -> list[tuple[str, int, str]]:
    (folder / "bestand").write_bytes(raw)
    return [
        (t.bestand, regel, tekst)
        for t in read_texts(folder / "bestand", name)
        for regel, tekst in zip(t.regels, t.teksten, strict=True)
    ]


PLAIN = [("x.ndjson", n, line) for n, line in enumerate(LINES, start=1)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd, lambda raw: gzip.compress(zstd(raw))])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_packing_encoding_and_line_ends(
    tmp_path: Path, pack: Callable[[bytes], bytes], encoding: str, end: str
) -> None:
    raw = pack(NDJSON.replace("\n", end).encode(encoding))
    assert read(tmp_path, raw) == PLAIN


def test_members_of_archives(tmp_path: Path) -> None:
    inner = zipped(("diep.ndjson", NDJSON.encode()))
    raw = zipped(
        ("b/ü ´x.ndjson.gz", gzip.compress(NDJSON.encode())), ("a.zip", inner),
        ("c.pdf", b"%PDF-1.7"), ("d.json", LINES[0].encode()), ("map/", b""),
    )  # fmt: skip
    (tmp_path / "x.zip").write_bytes(raw)
    pieces = list(read_pieces(tmp_path / "x.zip", "x.zip"))
    assert [piece.bestand for piece in pieces] == [
        "x.zip/a.zip/diep.ndjson", "x.zip/b/ü ´x.ndjson.gz", "x.zip/c.pdf", "x.zip/d.json",
    ]  # fmt: skip
    assert [isinstance(piece, Unreadable) for piece in pieces] == [False, False, True, False]


def test_packed_without_end(tmp_path: Path) -> None:
    raw = NDJSON.encode()
    for _ in range(5):
        raw = gzip.compress(raw)
    with pytest.raises(UnreadableError, match="too many times"):
        read(tmp_path, raw)


@pytest.mark.parametrize("name", ["x.json", "x.ndjson", "x"])
@pytest.mark.parametrize("indent", [1, "\t"])
def test_layouts_of_documents(tmp_path: Path, name: str, indent: int | str) -> None:
    resources = [json.loads(line) for line in LINES]
    laid_out = [json.dumps(r, indent=indent, ensure_ascii=False) for r in resources]
    assert read(tmp_path, laid_out[0].encode(), name) == [(name, 1, laid_out[0])]
    assert read(tmp_path, "\r\n\n".join(laid_out).encode(), name) == [
        (name, 1, laid_out[0]), (name, 6, laid_out[1]), (name, 11, laid_out[2])
    ]  # fmt: skip
    listed = json.dumps(resources, indent=indent, ensure_ascii=False)
    found = read(tmp_path, listed.encode(), name)
    assert [place for _, place, _ in found] == [1, 2, 3]
    assert [json.loads(text) for *_, text in found] == resources
    assert all(text in listed for *_, text in found)


def test_a_broken_document_keeps_what_stood_before(tmp_path: Path) -> None:
    raw = '\n{"a":1}{\n"b":2.00}\n{"c":\n'
    assert read(tmp_path, raw.encode(), "x.json") == [
        ("x.json", 2, '{"a":1}'), ("x.json", 2, '{\n"b":2.00}'), ("x.json", 4, '{"c":'),
    ]  # fmt: skip


def test_a_broken_first_line_does_not_hide_the_others(tmp_path: Path) -> None:
    for name in ("x.ndjson", "x.json"):
        for first in ('{"resourceType":"Pat', "<Patient", "zomaar"):
            raw = "\n".join([first, *LINES]).encode()
            expected = [(name, n, line) for n, line in enumerate([first, *LINES], start=1)]
            assert read(tmp_path, raw, name) == expected


def test_an_empty_list_is_not_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, b"[ ]\n", "x.json") == [("x.json", 1, "[ ]")]


@pytest.mark.parametrize("cut", [1, 8, 40])
@pytest.mark.parametrize("pack", [gzip.compress, zstd, lambda raw: zipped(("a.ndjson", raw))])
def test_what_is_cut_off_is_told(tmp_path: Path, pack: Callable[[bytes], bytes], cut: int) -> None:
    lines = "\n".join(f'{{"resourceType":"Patient","id":"{n * n * 7919}"}}' for n in range(999))
    with pytest.raises(UnreadableError, match="damaged"):
        read(tmp_path, pack(lines.encode())[:-cut])


def test_what_lies_before_the_damage_is_read(tmp_path: Path) -> None:
    random = Random(3)  # noqa: S311
    lines = [json.dumps({"id": random.randbytes(400).hex()}) for _ in range(999)]
    for pack in (gzip.compress, zstd):
        (tmp_path / "x").write_bytes(pack("\n".join(lines).encode())[:-1000])
        *pieces, last = read_pieces(tmp_path / "x", "x.ndjson")
        assert isinstance(last, Unreadable)
        found = [t for p in pieces if isinstance(p, Lines) for t in p.texts().teksten]
        assert found[:700] == lines[:700]
        assert set(found[:-1]) <= set(lines)


def test_a_text_may_not_be_endless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MAX_TEXT_BYTES", 20)
    monkeypatch.setattr("ingest.fhir.door.files.CHUNK_BYTES", 8)
    for name in ("x.ndjson", "x.json"):
        with pytest.raises(UnreadableError, match="is longer than"):
            read(tmp_path, b'{"a":"' + b"x" * 40 + b'"}', name)


@pytest.mark.parametrize(
    ("raw", "soort"),
    [
        (zipped(("LEESMIJ.txt", b"Hallo, dit is het"), ("x.ndjson", NDJSON.encode())), "fhir"),
        (zipped(("x.csv", b"a;b\n1;2\n")), "register"),
        (zstd(NDJSON.encode()), "fhir"),
        (NDJSON.encode("utf-16"), "fhir"),
        (gzip.compress(b"a;b\n1;2\n"), "register"),
        (b"PK\x03\x04 kapot, echt waar", "fhir"),
    ],
    ids=["zip of NDJSON", "zip of CSV", "zst", "UTF-16", "gz of CSV", "broken zip"],
)
def test_packed_deliveries_are_recognised(tmp_path: Path, raw: bytes, soort: str) -> None:
    (tmp_path / "x").write_bytes(raw)
    assert recognise("onbekend", (DeliveredFile(tmp_path / "x", "x", "", len(raw)),)) == soort
