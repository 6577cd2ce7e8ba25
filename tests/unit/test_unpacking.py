"""Packed files and texts that are made to fill a disk or a memory are refused for what they are."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from ingest import unpacking
from ingest.fhir.door import texts, xml
from ingest.fhir.door.files import Lines, Unreadable, read_pieces
from ingest.fhir.door.records import RecordReader
from ingest.reading import DeliveredFile
from ingest.sources.bulk.complete import unpack
from ingest.textlines import UnreadableFileError, read_blocks
from ingest.unpacking import Limits, TooMuchError, Unpacking

BOMB = b'{"a":1}\n' * 400_000  # packs to a few kilobytes


def zipped(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def zstd(raw: bytes) -> bytes:
    return pa.compress(raw, codec="zstd", asbytes=True)


def from_fhir(file: Path, counted: Unpacking) -> tuple[int, list[str]]:
    """Bytes that came out, and what is said of what did not."""
    size, told = 0, []
    for piece in read_pieces(file, file.name, counted):
        if isinstance(piece, Lines):
            size += len(piece.raw)
        elif isinstance(piece, Unreadable):
            told.append(piece.why.nederlands)
    return size, told


def from_lines(file: Path, counted: Unpacking) -> tuple[int, list[str]]:
    size = 0
    try:
        for block in read_blocks(DeliveredFile(file, file.name, "", 0), counted):
            size += len(block.rauw)
    except UnreadableFileError as error:
        return size, [str(error)]
    return size, []


READERS = pytest.mark.parametrize("read", [from_fhir, from_lines], ids=["fhir", "lines"])
Read = Callable[[Path, Unpacking], tuple[int, list[str]]]


def gzipped(raw: bytes) -> bytes:
    return gzip.compress(raw, mtime=0)


@pytest.mark.parametrize(
    ("read", "name", "pack"),
    [
        (from_fhir, "a.ndjson.gz", gzipped),
        (from_fhir, "a.zip", lambda raw: zipped(("a.ndjson", raw))),
        (from_fhir, "a.ndjson.zst", zstd),
        (from_fhir, "b.zip", lambda raw: zipped(("a.ndjson.gz", gzipped(raw)))),
        (from_fhir, "c.zip", lambda raw: zipped(("a.zip", zipped(("a.ndjson", raw))))),
        (from_lines, "a.asc.gz", gzipped),
        (from_lines, "a.zip", lambda raw: zipped(("a.asc", raw))),
    ],
    ids=["fhir gzip", "zip", "zstd", "gzip in zip", "zip in zip", "lines gzip", "lines zip"],
)
def test_what_is_out_of_proportion_stops_at_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Read, name: str,
    pack: Callable[[bytes], bytes],
) -> None:  # fmt: skip
    monkeypatch.setattr(unpacking, "_NO_DANGER", 1 << 16)
    file = tmp_path / name
    file.write_bytes(pack(BOMB))
    size, told = read(file, Unpacking(Limits(ratio=50)))
    assert len(told) == 1
    assert "meer dan 50 keer zo groot" in told[0]
    assert size < 50 * file.stat().st_size + (4 << 20)

    monkeypatch.setattr(unpacking, "_NO_DANGER", 1 << 30)
    assert read(file, Unpacking(Limits(ratio=50))) == (len(BOMB), [])
    size, told = read(file, Unpacking(Limits(total=1 << 20)))
    assert "meer dan 0.000976562 GB" in told[0]
    assert size < len(BOMB)


@READERS
def test_archives_with_too_many_files(tmp_path: Path, read: Read) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(zipped(*((f"{n}.ndjson", b'{"a":1}\n') for n in range(30))))
    assert "meer dan 29 bestanden" in read(file, Unpacking(Limits(members=29)))[1][0]
    assert read(file, Unpacking(Limits(members=30))) == (240, [])


def test_a_long_directory_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive says itself how long its directory is, also in the record for large ones."""
    raw = bytearray(zipped(("a", b"x")))
    large = b"PK\x06\x06" + bytes(36) + (1 << 40).to_bytes(8, "little") + bytes(8)
    locator = b"PK\x06\x07" + bytes(16)
    monkeypatch.setattr(zipfile, "ZipFile", None)  # nothing of it is opened
    for end in (raw[-22:-10] + b"\xff\xff\xff\x0f" + raw[-6:], large + locator + raw[-22:]):
        file = tmp_path / "a.zip"
        file.write_bytes(raw[:-22] + end)
        assert "meer dan 10000 bestanden" in from_fhir(file, Unpacking())[1][0]


def test_an_archive_in_an_archive_is_held_when_it_is_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "_MAX_INNER", 100)
    (tmp_path / "a.zip").write_bytes(zipped(("b.zip", zipped(("c.ndjson", b'{"a":1}\n')))))
    assert "archief in een archief" in from_fhir(tmp_path / "a.zip", Unpacking())[1][0]


OUTWARD = ["../../out.ndjson", "/out.ndjson", "in\\..\\..\\out.ndjson", "C:/out.ndjson"]


@READERS
@pytest.mark.parametrize("name", OUTWARD, ids=["up", "root", "windows up", "drive"])
def test_a_name_in_an_archive_is_no_place(tmp_path: Path, read: Read, name: str) -> None:
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / "a.zip"
    file.write_bytes(zipped((name, b'{"a":1}\n')))
    size, told = read(file, Unpacking())
    assert size == 0
    assert "buiten het archief" in told[0]
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "in", file]


@READERS
def test_dots_in_a_name_are_no_way_out(tmp_path: Path, read: Read) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(zipped(("in..uit/..a.ndjson", b'{"a":1}\n'), ("b:c.ndjson", b'{"a":1}\n')))
    assert read(file, Unpacking()) == (16, [])


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.json", b'{"resourceType":"Patient","x":[' + b"{}," * 5000 + b"{}]}"),
        ("a.json", b"[" + b"[" * 6000),
        ("a.xml", b'<Patient xmlns="http://hl7.org/fhir">' + b"<a/>" * 5000 + b"</Patient>"),
    ],
    ids=["values", "nested", "elements"],
)
def test_texts_that_grow_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, raw: bytes
) -> None:
    monkeypatch.setattr(texts, "MAX_TEXT_VALUES", 4000)
    monkeypatch.setattr(xml, "_MAX_ELEMENTS", 4000)
    (tmp_path / name).write_bytes(raw)
    file = DeliveredFile(tmp_path / name, name, "", len(raw))
    [fault] = [fault for batch in RecordReader().read([file]) for fault in batch.fouten]
    assert "meer dan 4.000" in fault.toelichting


def test_entities_are_not_read(tmp_path: Path) -> None:
    laughs = (
        b'<!DOCTYPE x [<!ENTITY a "haha">%s]><Patient xmlns="http://hl7.org/fhir">&z;</Patient>'
    )
    more = b"".join(b'<!ENTITY %c "&%c;&%c;">' % (n, n - 1, n - 1) for n in range(98, 123))
    (tmp_path / "a.xml").write_bytes(laughs % more)
    tracemalloc.start()
    _, told = from_fhir(tmp_path / "a.xml", Unpacking())
    assert "DOCTYPE" in told[0]
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


def test_a_download_is_not_unpacked_beyond_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "_NO_DANGER", 1 << 16)
    part = tmp_path / "Patient.ndjson.part"
    part.write_bytes(gzipped(gzipped(BOMB)))
    with pytest.raises(TooMuchError, match="50 times"):
        unpack(part, Limits(ratio=50))
    assert [file.name for file in tmp_path.iterdir()] == [part.name]


@pytest.mark.parametrize("name", ["a.ndjson", "a.json"])
def test_a_line_of_millions_of_values_is_let_go_of_early(tmp_path: Path, name: str) -> None:
    """Sixty megabytes of it; what it takes is what had come when there were too many."""
    file = tmp_path / name
    with file.open("wb") as out:
        out.write(b'{"resourceType":"Patient","id":"a","x":[')
        for _ in range(30):
            out.write(b"0," * 1_000_000)
        out.write(b'0]}\n{"resourceType":"Patient","id":"b"}\n')
    tracemalloc.start()
    [batch] = RecordReader().read([DeliveredFile(file, name, "", 0)])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 48 << 20
    [fault] = batch.fouten
    assert "meer dan 8.000.000 waarden" in fault.toelichting
    if name == "a.ndjson":  # the line after it is read, and has its own number
        assert fault.reden_code == "REGEL-ONLEESBAAR"
        assert list(zip(batch.regel, batch.naam, strict=True)) == [
            (1, "onleesbaar"),
            (2, "Patient"),
        ]
    else:
        assert fault.reden_code == "BESTAND-ONLEESBAAR"


@pytest.mark.parametrize("what", ["long", "full"])
def test_lines_around_one_that_is_refused_keep_their_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Wherever the chunks that are read end."""
    limit, filling = ("MAX_TEXT_BYTES", "x") if what == "long" else ("MAX_TEXT_VALUES", ",")
    monkeypatch.setattr(texts, limit, 60)
    lines = ['{"resourceType":"Aa"}', "", f'{{"x":"{filling * 200}"}}', '{"resourceType":"Bb"}']
    for ends in ("", "\n"):
        for order in (lines, lines[::-1], [lines[2]], [lines[0], lines[2]], [*lines, *lines]):
            file = tmp_path / "a.ndjson"
            file.write_text("\n".join(order) + ends)
            for chunk in (1, 7, 64):
                monkeypatch.setattr("ingest.fhir.door.files.CHUNK_BYTES", chunk)
                [batch] = RecordReader().read([DeliveredFile(file, "a.ndjson", "", 0)])
                found = dict(zip(batch.regel, batch.naam, strict=True))
                names = {lines[0]: "Aa", lines[2]: "onleesbaar", lines[3]: "Bb"}
                assert found == {n: names[line] for n, line in enumerate(order, 1) if line}
