"""Whether a downloaded file is whole: unpacked, its last line not cut off, its lines counted."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import zlib
from dataclasses import dataclass
from pathlib import Path

import orjson

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


def unpack(part: Path) -> None:
    """Replace a gzip file by what is in it; one that is plain stays as it is.

    Compressed transfer and a compressed file are told by their first bytes, not by a header that
    servers and proxies set in different ways.

    Raises:
        CutOffError: it is damaged or ends too early.
    """
    while _is_packed(part):
        unpacked = part.with_suffix(".plain")
        try:
            with gzip.open(part) as source, unpacked.open("wb") as target:
                shutil.copyfileobj(source, target, _CHUNK)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            unpacked.unlink(missing_ok=True)
            raise CutOffError from None
        unpacked.replace(part)


def _is_json(line: bytes) -> bool:
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return True


def inspect(file: Path) -> Inspected:
    """Read a file once, in bounded memory."""
    digest, lines, size, last = hashlib.sha256(), 0, 0, b""
    with file.open("rb") as stream:
        for line in stream:
            digest.update(line)
            size += len(line)
            if not line.isspace():
                lines += 1
                last = line
    # A byte order mark before a single line is for intake to judge, not a sign of a short file.
    whole = not last or _is_json(last.removeprefix(b"\xef\xbb\xbf"))
    return Inspected(lines, size, digest.hexdigest(), whole)


def count_entries(file: Path) -> int:
    """Number of entries of the Bundles in a file, one a line; a line that is none counts none."""
    number = 0
    with file.open("rb") as stream:
        for line in stream:
            try:
                found = orjson.loads(line)
            except orjson.JSONDecodeError:
                continue
            entries = found.get("entry") if isinstance(found, dict) else None
            number += len(entries) if isinstance(entries, list) else 0
    return number
