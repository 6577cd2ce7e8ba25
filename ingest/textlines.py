"""Delivered text files as blocks of whole lines, in bounded memory.

A block is cut with array operations, never line by line. Compressed files are opened by their
first bytes. Text that is no UTF-8 is taken as windows-1252 (latin-1 where that has no character),
so one letter is one position again; both line ends are accepted; empty lines hold no record and
are left out, but they are counted in the line numbers.
"""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import IO, TypeVar

import numpy as np

from ingest.delivered import BESTAND_GEEN_BESTAND, STAND_IN_BYTES, no_file, no_member
from ingest.errors import IzaError
from ingest.reading import DeliveredFile
from ingest.textblock import Block, line_feeds
from ingest.unpacking import BESTAND_TE_GROOT, TooMuchError, Unpacking

BLOCK_BYTES = 6 << 20
#: No record of a standard and no row of a register comes near it; what is longer has no lines.
MAX_LINE_BYTES = 4 << 20

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
    """A delivered file is no text; the message says in Dutch what it looks like.

    Attributes:
        code: of ``schemas/redenen.csv``.
    """

    def __init__(self, nederlands: str, code: str = "BESTAND-ONLEESBAAR") -> None:
        """Say it in Dutch."""
        super().__init__(nederlands)
        self.code = code


def _equal_lines(raw: bytes) -> tuple[bytes, np.ndarray] | None:
    """Lines without CR and their ends when all are equally long, as in most EI messages.

    Nothing has to be searched for then. None when they are not, or hold a control character.
    """
    width = raw.find(b"\n") + 1
    if width < _WORTH_A_LOOK or len(raw) % width:
        return None
    has_cr = raw[width - 2 : width - 1] == b"\r"
    lines = np.frombuffer(raw, dtype=np.uint8).reshape(-1, width)
    length = width - 1 - has_cr
    ends_equal = (lines[:, length:] == lines[0, length:]).all()
    if not ends_equal or lines[:, :length].min() < ord(" "):
        return None
    bare = raw.replace(b"\r", b"") if has_cr else raw
    width -= has_cr
    return bare, np.arange(width - 1, len(bare), width)


def _without_cr(text: bytes) -> tuple[bytes, np.ndarray]:
    """CR LF becomes LF; also returns where the line feeds then are.

    Deleting every CR is twenty times faster than replacing, and right when no CR is loose.
    """
    ends = line_feeds(text)
    has_cr = np.frombuffer(text, dtype=np.uint8)[ends - 1] == ord("\r")
    bare = text.replace(b"\r", b"")
    if len(text) - len(bare) == np.count_nonzero(has_cr):
        return bare, ends - np.cumsum(has_cr)
    bare = text.replace(b"\r\n", b"\n")
    return bare, line_feeds(bare)


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
        numbers, ends = numbers[filled], line_feeds(text)
    return Block.of(bestand, numbers, text, ends), after


def _size(raw: bytes, rest: bytes) -> int:
    """How much to read next, so that whole lines are read when all are equally long."""
    width = raw.find(b"\n") + 1
    return BLOCK_BYTES - (len(rest) + BLOCK_BYTES) % width if width < BLOCK_BYTES else BLOCK_BYTES


def _blocks(bestand: str, handle: IO[bytes]) -> Iterator[Block]:
    rest, line, size = b"", 1, BLOCK_BYTES
    while chunk := handle.read(size):
        if line == 1 and not rest:
            chunk = chunk.removeprefix(b"\xef\xbb\xbf")
        cut = chunk.rfind(b"\n") + 1
        if cut:
            whole = rest or cut < len(chunk)
            raw = b"".join((rest, memoryview(chunk)[:cut])) if whole else chunk
            block, line = _block(bestand, raw, line)
            rest = chunk[cut:]
            size = _size(raw, rest)
            if len(block.regels):
                yield block
        else:
            rest += chunk
        if len(rest) > MAX_LINE_BYTES:
            raise UnreadableFileError(
                f"{bestand} heeft een regel van meer dan {MAX_LINE_BYTES >> 20} MB"
            )
    rest = rest.removesuffix(b"\x1a")  # end-of-file sign of DOS programs
    if rest.strip(b"\r"):
        yield _block(bestand, rest + b"\n", line)[0]


@contextmanager
def told_in_dutch(bestand: str) -> Iterator[None]:
    """Damage that shows while a file is read, as ``UnreadableFileError``."""
    try:
        yield
    except TooMuchError as error:
        raise UnreadableFileError(f"{bestand}: {error.nederlands}", BESTAND_TE_GROOT) from error
    except (EOFError, OSError, zlib.error, zipfile.BadZipFile) as error:
        raise UnreadableFileError(f"{bestand} is beschadigd of afgebroken") from error
    except (RuntimeError, NotImplementedError) as error:
        raise UnreadableFileError(f"{bestand} is versleuteld of onbekend gecomprimeerd") from error


def _ask(bestand: str, why: tuple[str, str] | None) -> None:
    """Refuse what is no file, when there is a reason to."""
    if why is not None:
        raise UnreadableFileError(f"{bestand}: {why[1]}", BESTAND_GEEN_BESTAND)


def _members(
    file: DeliveredFile, handle: IO[bytes], unpacking: Unpacking
) -> Iterator[tuple[str, IO[bytes]]]:
    with unpacking.archive(handle) as archive:
        inside = [info for info in archive.infolist() if not info.is_dir()]
        for info in inside:
            _ask(f"{file.name}/{info.filename}", no_member(info))
        names = sorted(info.filename for info in inside)
        if any(name.startswith(("xl/", "word/", "ppt/")) for name in names):
            raise UnreadableFileError(f"{file.name} is een Office-bestand en geen tekstbestand")
        for name in names:
            with archive.open(name) as member:
                yield f"{file.name}/{name}", unpacking.metered(member)


def open_texts(file: DeliveredFile, unpacking: Unpacking) -> Iterator[tuple[str, IO[bytes]]]:
    """Open one delivered file, or every member of an archive, one at a time.

    Args:
        file: plain, gzip or zip.
        unpacking: counts what comes out of packed files.

    Yields:
        Name and stream; the stream is of use until the next one is asked for.

    Raises:
        UnreadableFileError: no text, damaged, encrypted, or too much in it.
    """
    with told_in_dutch(file.name), file.path.open("rb") as handle:
        start = handle.read(STAND_IN_BYTES)
        _ask(file.name, no_file(start))
        for magic, name in _BINARY.items():
            if start.startswith(magic):
                raise UnreadableFileError(f"{file.name} is {name} en geen tekstbestand")
        handle.seek(0)
        if start.startswith(b"\x1f\x8b"):
            unpacking.opens(file.path)
            with gzip.open(handle) as unpacked:
                yield file.name, unpacking.metered(unpacked)  # type: ignore[arg-type]
        elif start.startswith(b"PK\x03\x04"):
            unpacking.opens(file.path)
            yield from _members(file, handle, unpacking)
        else:
            yield file.name, handle


def read_blocks(file: DeliveredFile, unpacking: Unpacking | None = None) -> Iterator[Block]:
    """Read one delivered file.

    Args:
        file: a text file in UTF-8, windows-1252 or latin-1, plain, gzip or zip.
        unpacking: counts what comes out of packed files; one of its own when left out.

    Yields:
        Its blocks in order; none for an empty file.

    Raises:
        UnreadableFileError: no text, damaged, encrypted, or too much in it; blocks may have been
            yielded before.
    """
    with told_in_dutch(file.name):
        for name, handle in open_texts(file, unpacking or Unpacking()):
            yield from _blocks(name, handle)


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
