"""Delivered text files as blocks of whole lines, in bounded memory.

A block is cut with array operations, never line by line. Compressed files are opened by their
first bytes. Text that is no UTF-8 is taken as windows-1252 (latin-1 where that has no character),
so one letter is one position again; both line ends are accepted; empty lines hold no record and
are left out, but they are counted in the line numbers.
"""

from __future__ import annotations

import codecs
import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, TypeVar

import numpy as np
import pyarrow as pa

from ingest.errors import IzaError
from ingest.reading import DeliveredFile

BLOCK_BYTES = 4 << 20
MAX_LINE_BYTES = 64 << 20

#: Stands for a character that latin-1 has not, where a character is one byte.
NIET_LATIN = "\xff"
_WORTH_A_LOOK = 16  # shorter lines are no fixed-length records

T = TypeVar("T")

#: First bytes of formats that are certainly no text, with what to call them.
_BINARY = {
    b"PAR1": "een Parquet-bestand",
    b"%PDF": "een PDF-bestand",
    b"\xd0\xcf\x11\xe0": "een Office-bestand",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


class UnreadableFileError(IzaError):
    """A delivered file is no text; the message says in Dutch what it looks like."""


@dataclass(frozen=True)
class Block:
    """Whole lines of one file, in order.

    Attributes:
        bestand: name of the file; for a member of an archive ``archive.zip/member``.
        regels: line number of each line, counted from 1.
        tekst: the lines in UTF-8, each ended by one line feed.
        einden: position in ``tekst`` of the line feed of each line; there is at least one.
        octetten: the same lines with one byte a character, as a letter with a diacritic takes one
            position; ``NIET_LATIN`` stands for what latin-1 has not.
        posities: as ``einden``, in ``octetten``.
    """

    bestand: str
    regels: np.ndarray
    tekst: bytes
    einden: np.ndarray
    octetten: bytes
    posities: np.ndarray

    @property
    def begins(self) -> np.ndarray:
        """Position in ``tekst`` of the first byte of each line."""
        return np.concatenate(([0], self.einden[:-1] + 1))

    @property
    def starts(self) -> np.ndarray:
        """Position in ``octetten`` of the first character of each line."""
        return np.concatenate(([0], self.posities[:-1] + 1))

    def lengths(self) -> np.ndarray:
        """Number of characters of each line."""
        return np.diff(self.posities, prepend=-1) - 1

    def strings(self) -> pa.StringArray:
        """The lines without their line feeds."""
        number = len(self.einden)
        offsets = np.zeros(number + 1, dtype=np.int32)
        offsets[1:] = self.einden - np.arange(number)
        content = self.tekst.replace(b"\n", b"")
        return pa.StringArray.from_buffers(number, pa.py_buffer(offsets), pa.py_buffer(content))

    def strings_at(self, lines: np.ndarray) -> pa.StringArray:
        """Some of the lines: those at these positions, which ascend."""
        begins = self.begins[lines]
        lengths = self.einden[lines] - begins
        offsets = np.zeros(len(lines) + 1, dtype=np.int32)
        np.cumsum(lengths, out=offsets[1:])
        source = np.arange(offsets[-1]) + np.repeat(begins - offsets[:-1], lengths)
        content = np.frombuffer(self.tekst, dtype=np.uint8)[source]
        return pa.StringArray.from_buffers(len(lines), pa.py_buffer(offsets), pa.py_buffer(content))


def _line_feeds(text: bytes) -> np.ndarray:
    return np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == ord("\n"))


def _equal_lines(raw: bytes) -> tuple[bytes, np.ndarray] | None:
    """Lines without CR and their ends when all are equally long, as in most EI messages.

    Nothing has to be searched for then. None when they are not, or hold a control character.
    """
    width = raw.find(b"\n") + 1
    if width < _WORTH_A_LOOK or len(raw) % width:
        return None
    lines = np.frombuffer(raw, dtype=np.uint8).reshape(-1, width)
    length = width - 2 if raw[width - 2 : width - 1] == b"\r" else width - 1
    lowest = lines.min(axis=0)
    ends_equal = (lines[:, length:] == lines[0, length:]).all()
    if not ends_equal or lowest[:length].min() < ord(" "):
        return None
    ends = np.arange(length, len(lines) * (length + 1), length + 1)
    if length + 1 == width:
        return raw, ends
    bare = np.empty((len(lines), length + 1), dtype=np.uint8)
    bare[:, :length], bare[:, length] = lines[:, :length], ord("\n")
    return bare.tobytes(), ends


def _without_cr(text: bytes) -> tuple[bytes, np.ndarray]:
    """CR LF becomes LF; also returns where the line feeds then are.

    Deleting every CR is twenty times faster than replacing, and right when no CR is loose.
    """
    ends = _line_feeds(text)
    has_cr = np.frombuffer(text, dtype=np.uint8)[ends - 1] == ord("\r")
    bare = text.replace(b"\r", b"")
    if len(text) - len(bare) == np.count_nonzero(has_cr):
        return bare, ends - np.cumsum(has_cr)
    bare = text.replace(b"\r\n", b"\n")
    return bare, _line_feeds(bare)


def _replace(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101
    return NIET_LATIN * (error.end - error.start), error.end


codecs.register_error("iza-niet-latin", _replace)


def _as_utf8(raw: bytes, ends: np.ndarray) -> tuple[bytes, np.ndarray, bytes, np.ndarray]:
    """Text in UTF-8, windows-1252 or latin-1 in both forms of a block, each with its line ends.

    Windows-1252 differs from latin-1 in 0x80-0x9F alone, and is slow to decode.
    """
    if raw.isascii():
        return raw, ends, raw, ends
    try:
        octets = raw.decode().encode("latin-1", errors="iza-niet-latin")
        return raw, ends, octets, _line_feeds(octets)
    except UnicodeDecodeError:
        data = np.frombuffer(raw, dtype=np.uint8)
    accented = np.flatnonzero(data >= 0x80)
    if (data[accented] <= 0x9F).any():
        with suppress(UnicodeDecodeError):
            text = raw.decode("cp1252")
            utf8, octets = text.encode(), text.encode("latin-1", errors="iza-niet-latin")
            return utf8, _line_feeds(utf8), octets, ends
    # Every letter with a diacritic takes one byte more.
    return raw.decode("latin-1").encode(), ends + np.searchsorted(accented, ends), raw, ends


def _block(bestand: str, raw: bytes, first: int) -> tuple[Block, int]:
    """Cut ``raw``, which ends in a line feed; also returns the number of the line after it."""
    equal = _equal_lines(raw)
    if equal is None and b"\0" in raw:
        raise UnreadableFileError(f"{bestand} bevat nultekens en is geen tekstbestand")
    text, ends = equal or _without_cr(raw)
    numbers = np.arange(first, first + len(ends), dtype=np.int64)
    after = first + len(ends)
    filled = np.diff(ends, prepend=-1) > 1
    if not filled.all():
        text = re.sub(rb"\n{2,}", b"\n", text).removeprefix(b"\n")
        numbers, ends = numbers[filled], _line_feeds(text)
    return Block(bestand, numbers, *_as_utf8(text, ends)), after


def _blocks(bestand: str, handle: IO[bytes]) -> Iterator[Block]:
    rest, line = b"", 1
    while chunk := handle.read(BLOCK_BYTES):
        if line == 1 and not rest:
            chunk = chunk.removeprefix(b"\xef\xbb\xbf")
        cut = chunk.rfind(b"\n") + 1
        if cut:
            block, line = _block(bestand, b"".join((rest, memoryview(chunk)[:cut])), line)
            rest = chunk[cut:]
            if len(block.einden):
                yield block
        else:
            rest += chunk
        if len(rest) > MAX_LINE_BYTES:
            raise UnreadableFileError(f"{bestand} heeft een regel van meer dan 64 MB")
    rest = rest.removesuffix(b"\x1a")  # end-of-file sign of DOS programs
    if rest.strip(b"\r"):
        yield _block(bestand, rest + b"\n", line)[0]


@contextmanager
def _told_in_dutch(bestand: str) -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError, zlib.error, zipfile.BadZipFile) as error:
        raise UnreadableFileError(f"{bestand} is beschadigd of afgebroken") from error
    except (RuntimeError, NotImplementedError) as error:
        raise UnreadableFileError(f"{bestand} is versleuteld of onbekend gecomprimeerd") from error


def _zip_blocks(file: DeliveredFile) -> Iterator[Block]:
    with zipfile.ZipFile(file.path) as archive:
        names = sorted(info.filename for info in archive.infolist() if not info.is_dir())
        if any(name.startswith(("xl/", "word/", "ppt/")) for name in names):
            raise UnreadableFileError(f"{file.name} is een Office-bestand en geen tekstbestand")
        for name in names:
            with archive.open(name) as member:
                yield from _blocks(f"{file.name}/{name}", member)


def read_blocks(file: DeliveredFile) -> Iterator[Block]:
    """Read one delivered file.

    Args:
        file: a text file in UTF-8, windows-1252 or latin-1, plain, gzip or zip.

    Yields:
        Its blocks in order; none for an empty file.

    Raises:
        UnreadableFileError: no text, damaged or encrypted; blocks may have been yielded before.
    """
    with file.path.open("rb") as handle:
        start = handle.read(4)
        for magic, name in _BINARY.items():
            if start.startswith(magic):
                raise UnreadableFileError(f"{file.name} is {name} en geen tekstbestand")
        handle.seek(0)
        with _told_in_dutch(file.name):
            if start.startswith(b"\x1f\x8b"):
                with gzip.open(handle) as unpacked:
                    yield from _blocks(file.name, unpacked)  # type: ignore[arg-type]
            elif start.startswith(b"PK\x03\x04"):
                yield from _zip_blocks(file)
            else:
                yield from _blocks(file.name, handle)


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items, each made in a second thread while the caller works on the one before.

    Args:
        items: an iterator that nobody else uses; what it raises is raised here.

    Yields:
        Its items, in order.
    """
    with ThreadPoolExecutor(max_workers=1) as worker:
        coming = worker.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = worker.submit(next, items, None)
            yield item
