"""Files as blocks of lines: line ends, encodings, compression, and what is no text."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ingest import textlines
from ingest.textlines import UnreadableFileError, ahead, read_blocks
from tests.read_files import write_files


def lines_of(folder, content: bytes, name: str = "f.txt") -> list[tuple[str, int, str]]:
    (file,) = write_files(folder, {name: content})
    found = []
    for block in read_blocks(file):
        texts = block.strings().to_pylist()
        assert [len(t) for t in texts] == block.lengths().tolist()
        found += [
            (block.bestand, nr, t) for nr, t in zip(block.regels.tolist(), texts, strict=True)
        ]
    return found


def texts_of(folder, content: bytes) -> list[tuple[int, str]]:
    return [(nr, text) for _, nr, text in lines_of(folder, content)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a\r\nb\r\n", [(1, "a"), (2, "b")]),
        (b"a\nb", [(1, "a"), (2, "b")]),
        (b"a\r\nb\nc\r\n", [(1, "a"), (2, "b"), (3, "c")]),
        (b"\n\na\n\n\r\nb\n\n", [(3, "a"), (6, "b")]),
        (b"a\rb\r\nc\n", [(1, "a\rb"), (2, "c")]),
        (b"a\r\n\x1a", [(1, "a")]),
        (b"\xef\xbb\xbfa\n", [(1, "a")]),
        (b"", []),
        (b"\n", []),
        (b"\r\n\r\n", []),
        (b"caf\xe9\n", [(1, "café")]),
        (b"caf\xc3\xa9\n", [(1, "café")]),
        (b"\x80\n", [(1, "€")]),  # windows-1252
        (b"\x81\n", [(1, "\x81")]),  # no character in windows-1252, one in latin-1
    ],
)
def test_lines_and_their_numbers(tmp_path, content, expected) -> None:
    assert texts_of(tmp_path, content) == expected


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_the_size_of_a_block_does_not_show(tmp_path, monkeypatch, size) -> None:
    content = "één\r\n\r\ntwee\nd\r\n\n\nvier\r\n".encode()
    monkeypatch.setattr(textlines, "BLOCK_BYTES", size)
    assert texts_of(tmp_path, content) == [(1, "één"), (3, "twee"), (4, "d"), (7, "vier")]


@given(st.lists(st.text(st.characters(codec="latin-1", exclude_characters="\0\r\n")), max_size=20))
@hypothesis_settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_any_text_comes_back(tmp_path, lines) -> None:
    content = "".join(line + "\n" for line in lines).encode()
    expected = [(nr, line) for nr, line in enumerate(lines, start=1) if line]
    assert texts_of(tmp_path, content) == expected


def test_gzip_and_zip(tmp_path) -> None:
    assert lines_of(tmp_path, gzip.compress(b"a\nb\n", mtime=0)) == [
        ("f.txt", 1, "a"),
        ("f.txt", 2, "b"),
    ]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("twee.txt", "x\n")
        archive.writestr("map/een.txt", "y\nz\n")
    assert lines_of(tmp_path, buffer.getvalue(), "f.zip") == [
        ("f.zip/map/een.txt", 1, "y"),
        ("f.zip/map/een.txt", 2, "z"),
        ("f.zip/twee.txt", 1, "x"),
    ]


def office_file() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(b"a\n" * 9000, mtime=0)[:-20],
        gzip.compress(b"a\n", mtime=0)[:12] + b"\xff" * 30,
        b"PK\x03\x04 no archive",
        b"PAR1....PAR1",
        b"%PDF-1.7\n",
        "a;b\n".encode("utf-16"),
        b"a\0b\n",
        office_file(),
    ],
    ids=["cut gzip", "broken gzip", "broken zip", "parquet", "pdf", "utf-16", "nul", "xlsx"],
)
def test_what_is_no_text_is_told(tmp_path, content) -> None:
    with pytest.raises(UnreadableFileError, match=r"f\.txt"):
        lines_of(tmp_path, content)


def test_an_endless_line_is_told(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(textlines, "MAX_LINE_BYTES", 100)
    monkeypatch.setattr(textlines, "BLOCK_BYTES", 64)
    with pytest.raises(UnreadableFileError, match="regel van meer dan"):
        lines_of(tmp_path, b"x" * 1000)


def test_working_ahead_keeps_order_and_faults() -> None:
    def items():
        yield from range(5)
        raise ValueError("halverwege")

    seen = []
    with pytest.raises(ValueError, match="halverwege"):
        seen.extend(ahead(items()))
    assert list(ahead(iter(range(3)))) == [0, 1, 2]
