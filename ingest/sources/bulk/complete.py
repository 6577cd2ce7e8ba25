"""Whether a downloaded file is whole: unpacked, its last line not cut off, its lines counted."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

import orjson

from ingest.fhir.door.texts import MAX_TEXT_BYTES
from ingest.unpacking import Limits, TooMuchError, Unpacking

_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20


class CutOffError(Exception):
    """The file is not whole; fetched again it may be."""


@dataclass(frozen=True)
class Inspected:
    """What a file holds: lines not blank, bytes, SHA-256, and whether its last line is JSON."""

    lines: int
    size: int
    sha256: str
    whole: bool


def _is_packed(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(2) == _GZIP


def unpack(part: Path, limits: Limits) -> None:
    """Replace a gzip file by what is in it; one that is plain stays as it is.

    Compressed transfer and a compressed file are told by their first bytes, not by a header that
    servers and proxies set in different ways.

    Raises:
        CutOffError: it is damaged or ends too early.
        TooMuchError: more comes out of it than may; none of that is left.
    """
    unpacking = Unpacking(limits)
    while _is_packed(part):
        unpacking.opens(part)
        unpacked = part.with_suffix(".plain")
        try:
            with gzip.open(part) as source, unpacked.open("wb") as target:
                shutil.copyfileobj(unpacking.metered(source), target, _CHUNK)  # type: ignore[arg-type]
        except (EOFError, gzip.BadGzipFile, zlib.error):
            unpacked.unlink(missing_ok=True)
            raise CutOffError from None
        except TooMuchError:
            unpacked.unlink(missing_ok=True)
            raise
        unpacked.replace(part)


def _is_json(line: bytes) -> bool:
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return True


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file; one that is longer than a text may be comes in parts."""
    return iter(partial(stream.readline, MAX_TEXT_BYTES), b"")


def inspect(file: Path) -> Inspected:
    """Read a file once, in bounded memory."""
    digest, lines, size, last, ended = hashlib.sha256(), 0, 0, b"", True
    with file.open("rb") as stream:
        for line in _lines(stream):
            digest.update(line)
            size += len(line)
            if not line.isspace():
                lines += ended
                last = line
            ended = line.endswith(b"\n")
    # A byte order mark before a single line is for intake to judge, not a sign of a short file.
    whole = not last or _is_json(last.removeprefix(b"\xef\xbb\xbf"))
    return Inspected(lines, size, digest.hexdigest(), whole)


def count_entries(file: Path) -> int:
    """Number of entries of the Bundles in a file, one a line; a line that is none counts none."""
    number = 0
    with file.open("rb") as stream:
        for line in _lines(stream):
            try:
                found = orjson.loads(line)
            except orjson.JSONDecodeError:
                continue
            entries = found.get("entry") if isinstance(found, dict) else None
            number += len(entries) if isinstance(entries, list) else 0
    return number
