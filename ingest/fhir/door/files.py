"""Delivered FHIR files as raw texts with their line numbers, whatever is inside them.

NDJSON gives one text a line, any other file its documents. A byte order mark, both line ends,
empty lines and NUL bytes are no reason to stop: line numbers count every line, and a line that is
no JSON is judged by whoever parses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from ingest.fhir.door.documents import WHOLE_LINE, document_texts, read_all
from ingest.fhir.door.opening import open_members
from ingest.fhir.door.texts import BLANK, Lines, OpenLine, Texts, UnreadableError
from ingest.unpacking import Unpacking

__all__ = [
    "PACKED_SUFFIXES",
    "SUFFIXES",
    "Texts",
    "Unreadable",
    "UnreadableError",
    "holds_lines",
    "read_pieces",
    "read_texts",
]

CHUNK_BYTES = 4 << 20
LINE_SUFFIXES = (".ndjson", ".jsonl")
PACKED_SUFFIXES = (".gz", ".zst", ".zip")
SUFFIXES = (*LINE_SUFFIXES, ".json", ".xml")

_NEXT_LINE = re.compile(rb"\}[ \t\r]*\n\s*\{")
#: How a value begins that is laid out over lines.
_LAID_OUT = re.compile(rb"[{\[]([^\n]*[{\[,])?[ \t\r]*\n")


@dataclass(frozen=True)
class Unreadable:
    """A file or a member of an archive of which nothing more can be read, or one line of it."""

    bestand: str
    why: UnreadableError
    regel: int = 1


def _cut(chunk: bytes, *, last: bool) -> int:
    return len(chunk) if last else chunk.rfind(b"\n") + 1


def _next(handle: IO[bytes]) -> tuple[bytes, UnreadableError | None]:
    try:
        return handle.read(CHUNK_BYTES), None
    except UnreadableError as why:
        return b"", why


def _lines(bestand: str, handle: IO[bytes], start: bytes) -> Iterator[Lines | Unreadable]:
    """Stretches of lines; one that is too long or too full is told, and what follows is read."""
    held, first, chunk = OpenLine(), 1, start
    while chunk:
        following, damage = _next(handle)
        if held.why is not None and (b"\n" in chunk or not following):
            yield Unreadable(bestand, held.why, first)
            held, first, chunk = OpenLine(), first + 1, chunk.partition(b"\n")[2]
        if held.why is None:
            cut = _cut(chunk, last=not following)
            if cut:
                raw = held.with_rest(chunk[:cut])
                yield Lines(bestand, first, raw)
                held, first = OpenLine(), first + raw.count(b"\n")
            held.add(chunk[cut:])
        if damage:
            raise damage
        chunk = following


def _stem(name: str) -> str:
    lower = name.lower()
    for suffix in PACKED_SUFFIXES:
        lower = lower.removesuffix(suffix)
    return lower


def _named_lines(name: str) -> bool:
    return PurePosixPath(_stem(name)).suffix in LINE_SUFFIXES


def holds_lines(name: str, start: bytes) -> bool:
    """Whether a file is NDJSON: by its name, or because a second object follows the first line.

    A name is not believed when the first line only opens what others go on with.

    Args:
        name: name of the file.
        start: its first bytes, in UTF-8 without a byte order mark.
    """
    stripped = start.lstrip(BLANK)
    if _named_lines(name):
        return not (stripped[:1] == b"<" or _LAID_OUT.match(stripped))
    first = stripped.split(b"\n", 1)[0].rstrip()
    return first[:1] == b"{" and first[-1:] == b"}" and bool(_NEXT_LINE.search(start))


def _document(bestand: str, raw: bytes) -> Lines | Texts:
    """One document; or lines after all, when it is broken and has whole objects on a line."""
    try:
        found = document_texts(bestand, raw)
    except UnreadableError:
        if WHOLE_LINE.search(raw):
            return Lines(bestand, 1, raw)
        raise
    return Lines(bestand, 1, raw) if found.broken and WHOLE_LINE.search(raw) else found


def _pieces(bestand: str, handle: IO[bytes]) -> Iterator[Lines | Texts | Unreadable]:
    try:
        start = handle.read(CHUNK_BYTES)
        if holds_lines(bestand, start):
            yield from _lines(bestand, handle, start)
        else:
            yield _document(bestand, read_all(start, handle))
    except UnreadableError as why:
        yield Unreadable(bestand, why)


def read_pieces(
    path: Path, name: str, unpacking: Unpacking | None = None
) -> Iterator[Lines | Texts | Unreadable]:
    """Read one file, plain, gzip, zstd or zip (told by its first bytes).

    Args:
        path: where it lies.
        name: what to call it.
        unpacking: counts what comes out of packed files; one of its own when left out.

    Yields:
        Stretches of lines as bytes, or the texts of a document. What cannot be read (no FHIR,
        damaged, encrypted) is yielded too, after what could be: the members of an archive after it
        are read all the same.
    """
    try:
        for bestand, handle in open_members(path, name, unpacking):
            yield from _pieces(bestand, handle)
    except UnreadableError as why:
        yield Unreadable(name, why)


def read_texts(path: Path, name: str) -> Iterator[Texts]:
    """Read one file as texts; see ``read_pieces``.

    Args:
        path: where it lies.
        name: what to call it.

    Yields:
        Its texts in order; none for an empty file.

    Raises:
        UnreadableError: no FHIR, damaged or encrypted; texts may have been yielded before.
    """
    for piece in read_pieces(path, name):
        if isinstance(piece, Unreadable):
            raise piece.why
        found = piece.texts() if isinstance(piece, Lines) else piece
        if found.teksten:
            yield found
