"""Delivered FHIR files as raw texts with their line numbers, whatever is inside them.

NDJSON gives one text a line, a JSON file one text in all. A byte order mark, both line ends, empty
lines and NUL bytes are no reason to stop: line numbers count every line, and a line that is no
JSON is judged by whoever parses it.
"""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from ingest.errors import IzaError

CHUNK_BYTES = 4 << 20
MAX_LINE_BYTES = 256 << 20
LINE_SUFFIXES = (".ndjson", ".jsonl")
SUFFIXES = (*LINE_SUFFIXES, ".json", ".xml")

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NEXT_LINE = re.compile(rb"\}[ \t\r]*\n\s*\{")


class UnreadableError(IzaError):
    """A file that holds no JSON text.

    Attributes:
        nederlands: what it looks like, for the report to who delivered it.
    """

    def __init__(self, english: str, nederlands: str) -> None:
        """Say it in both languages."""
        super().__init__(english)
        self.nederlands = nederlands


@dataclass(frozen=True)
class Texts:
    """Raw texts of one file, in order.

    Attributes:
        bestand: name of the file; for a member of an archive ``archive.zip/member``.
        regels: line number of each text, counted from 1.
        teksten: the texts; none is blank.
        document: whether the file as a whole is one text.
    """

    bestand: str
    regels: list[int]
    teksten: list[str]
    document: bool = False


def decoded(raw: bytes) -> str:
    """Text of raw bytes: UTF-8, or else windows-1252.

    A NUL byte becomes SUB (U+001A), which no database trips over and no JSON may contain either.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return text.replace("\0", "\x1a") if "\0" in text else text


def _numbered(bestand: str, lines: list[bytes], before: int) -> Texts:
    regels, teksten = [], []
    for number, line in enumerate(lines, start=before + 1):
        line = line.strip(b" \t\r\0")
        if line:
            regels.append(number)
            teksten.append(decoded(line))
    return Texts(bestand, regels, teksten)


def _lines(bestand: str, handle: IO[bytes], start: bytes) -> Iterator[Texts]:
    rest, before, chunk = b"", 0, start
    while chunk:
        *lines, rest = (rest + chunk).split(b"\n")
        yield _numbered(bestand, lines, before)
        before += len(lines)
        if len(rest) > MAX_LINE_BYTES:
            raise UnreadableError("a line is longer than 256 MB", "een regel is langer dan 256 MB")
        chunk = handle.read(CHUNK_BYTES)
    yield _numbered(bestand, [rest], before)


def _document(bestand: str, handle: IO[bytes], start: bytes) -> Iterator[Texts]:
    raw = start + handle.read()
    stripped = raw.strip(b" \t\r\n\0")
    if not stripped:
        return
    if stripped[:1] == b"<":
        raise UnreadableError(
            "XML is not read yet; give JSON or NDJSON",
            "XML wordt nog niet gelezen; lever FHIR aan als JSON of NDJSON",
        )
    if stripped[:1] not in (b"{", b"["):
        raise UnreadableError("the file holds no JSON", "het bestand bevat geen JSON")
    yield Texts(bestand, [1], [decoded(stripped)], document=True)


def _holds_lines(name: str, start: bytes) -> bool:
    """Whether a file is NDJSON: by its name, or because a second object follows the first line."""
    if PurePosixPath(name.lower().removesuffix(".gz")).suffix in LINE_SUFFIXES:
        return True
    first = start.lstrip().split(b"\n", 1)[0].rstrip()
    return first[:1] == b"{" and first[-1:] == b"}" and bool(_NEXT_LINE.search(start))


def _member(bestand: str, handle: IO[bytes]) -> Iterator[Texts]:
    start = handle.read(CHUNK_BYTES)
    if start.startswith(_UTF16):
        raise UnreadableError("the file is UTF-16", "het bestand is UTF-16; lever UTF-8 aan")
    start = start.removeprefix(_BOM)
    first = start.lstrip(b" \t\r\n\0")[:1]
    if _holds_lines(bestand, start) and first != b"<":
        yield from _lines(bestand, handle, start)
    else:
        yield from _document(bestand, handle, start)


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError, zlib.error, zipfile.BadZipFile) as error:
        raise UnreadableError(
            "the file is damaged or cut off", "het bestand is beschadigd of afgebroken"
        ) from error
    except (RuntimeError, NotImplementedError) as error:
        raise UnreadableError(
            "the file is encrypted or compressed in an unknown way",
            "het bestand is versleuteld of onbekend gecomprimeerd",
        ) from error


def read_texts(path: Path, name: str) -> Iterator[Texts]:
    """Read one file, plain, gzip or zip (told by its first bytes).

    Args:
        path: where it lies.
        name: what to call it.

    Yields:
        Its texts in order; none for an empty file.

    Raises:
        UnreadableError: XML, binary, damaged or encrypted; texts may have been yielded before.
    """
    with path.open("rb") as handle, _damage_told():
        magic = handle.read(4)
        handle.seek(0)
        if magic.startswith(b"\x1f\x8b"):
            with gzip.open(handle) as unpacked:
                yield from _member(name, unpacked)  # type: ignore[arg-type]
        elif magic == b"PK\x03\x04":
            with zipfile.ZipFile(handle) as archive:
                for inside in sorted(archive.namelist()):
                    if not inside.endswith("/"):
                        with archive.open(inside) as member:
                            yield from _member(f"{name}/{inside}", member)
        else:
            yield from _member(name, handle)
