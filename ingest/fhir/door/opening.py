"""Opening delivered files: plain, gzip, zstd or zip, and in UTF-8, UTF-16 or UTF-32.

What a file is, its first bytes tell, never its name. Everything comes out as a stream of bytes in
UTF-8 without a byte order mark, a chunk at a time.
"""

from __future__ import annotations

import codecs
import gzip
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa

from ingest.delivered import BESTAND_GEEN_BESTAND, STAND_IN_BYTES, no_file, no_member
from ingest.fhir.door.texts import UnreadableError
from ingest.unpacking import BESTAND_TE_GROOT, TooMuchError, Unpacking

_MAX_PACKED = 3
_PART_BYTES = 1 << 16
_ZSTD = b"\x28\xb5\x2f\xfd"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Without a mark: FHIR begins with one of these characters, whatever the encoding.
_UNMARKED = (
    (re.compile(rb"[{\[<]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0[{\[<]"), "utf-32-be"),
    (re.compile(rb"[{\[<]\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0[{\[<]\0[^\0]"), "utf-16-be"),
)


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except TooMuchError as error:
        raise UnreadableError(str(error), error.nederlands, BESTAND_TE_GROOT) from error
    except (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile) as error:
        raise UnreadableError(
            "the file is damaged or cut off", "het bestand is beschadigd of afgebroken"
        ) from error
    except (RuntimeError, ValueError, LookupError, struct.error, OverflowError) as error:
        raise UnreadableError(
            "the file is encrypted or compressed in an unknown way",
            "het bestand is versleuteld of onbekend gecomprimeerd",
        ) from error


class _Guarded:
    """A stream that tells damage as what it is, once all that lies before it has been read."""

    def __init__(self, handle: io.BufferedReader[Any]) -> None:
        self._handle = handle
        self._why: UnreadableError | None = None

    def _part(self, size: int) -> bytes:
        try:
            with _damage_told():
                return self._handle.read1(size)
        except UnreadableError as why:
            self._why = why
            return b""

    def read(self, size: int) -> bytes:
        if self._why:
            raise self._why
        parts, missing = [], size
        while missing and (part := self._part(min(missing, _PART_BYTES))):
            parts.append(part)
            missing -= len(part)
        if self._why and not parts:
            raise self._why
        return b"".join(parts)


class _Recoded:
    """A stream in another encoding, read as UTF-8; what is no character becomes U+FFFD."""

    def __init__(self, handle: IO[bytes], encoding: str) -> None:
        self._handle = handle
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._ended = False

    def read(self, size: int) -> bytes:
        text = ""
        while not text and not self._ended:
            raw = self._handle.read(size)
            self._ended = not raw
            text = self._decoder.decode(raw, self._ended)
        return text.encode("utf-8", errors="replace")


def _encoding(start: bytes) -> tuple[str, int]:
    """Encoding of a file by its first bytes, and the length of its byte order mark."""
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding, len(mark)
    for pattern, encoding in _UNMARKED:
        if pattern.match(start):
            return encoding, 0
    return "utf-8", 0


def _in_utf8(handle: io.BufferedReader[Any]) -> IO[bytes]:
    encoding, mark = _encoding(handle.peek(4)[:4])
    handle.read(mark)
    guarded = cast("IO[bytes]", _Guarded(handle))
    return guarded if encoding == "utf-8" else cast("IO[bytes]", _Recoded(guarded, encoding))


def _ask(why: tuple[str, str] | None) -> None:
    """Refuse what is no file, when there is a reason to."""
    if why is not None:
        raise UnreadableError(*why, BESTAND_GEEN_BESTAND)


class _Refused:
    """The stream of a member that cannot be opened: reading it tells why."""

    def __init__(self, why: UnreadableError) -> None:
        self._why = why

    def read(self, size: int) -> bytes:
        raise self._why


def _members(
    name: str, handle: IO[bytes], depth: int, unpacking: Unpacking
) -> Iterator[tuple[str, IO[bytes]]]:
    with unpacking.archive(handle) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            if info.is_dir():
                continue
            inside = f"{name}/{info.filename}"
            try:
                _ask(no_member(info))
                with _damage_told(), archive.open(info) as member:
                    yield from _unpacked(inside, unpacking.metered(member), depth + 1, unpacking)
            except UnreadableError as why:
                yield inside, cast("IO[bytes]", _Refused(why))


def _is_packed(magic: bytes) -> bool:
    return magic.startswith(b"\x1f\x8b") or magic in (_ZSTD, b"PK\x03\x04")


def plain_start(start: bytes) -> int | None:
    """How long the byte order mark is of a file that can be read as it stands.

    Args:
        start: its first bytes, four at least when it has them.

    Returns:
        The number of bytes; None when the file is packed or in another encoding than UTF-8.
    """
    encoding, mark = _encoding(start[:4])
    return None if _is_packed(start[:4]) or encoding != "utf-8" else mark


def _unpacked(
    name: str, handle: IO[bytes], depth: int, unpacking: Unpacking
) -> Iterator[tuple[str, IO[bytes]]]:
    buffered: io.BufferedReader[Any] = io.BufferedReader(cast("Any", handle))
    magic = buffered.peek(4)[:4]
    if _is_packed(magic) and depth >= _MAX_PACKED:
        raise UnreadableError(
            "the file is packed too many times", "het bestand is te vaak na elkaar ingepakt"
        )
    if magic.startswith(b"\x1f\x8b"):
        with gzip.open(buffered) as inside:
            metered = unpacking.metered(cast("IO[bytes]", inside))
            yield from _unpacked(name, metered, depth + 1, unpacking)
    elif magic == _ZSTD:
        with pa.CompressedInputStream(pa.PythonFile(buffered, mode="r"), "zstd") as inside:
            yield from _unpacked(name, unpacking.metered(inside), depth + 1, unpacking)
    elif magic == b"PK\x03\x04":
        archive = unpacking.inner(buffered) if depth else buffered
        yield from _members(name, archive, depth, unpacking)
    else:
        yield name, _in_utf8(buffered)


def open_members(
    path: Path, name: str, unpacking: Unpacking | None = None
) -> Iterator[tuple[str, IO[bytes]]]:
    """Open a file, and every member of an archive, one at a time.

    Args:
        path: where it lies.
        name: what to call it; a member is called ``name/member``.
        unpacking: counts what comes out of packed files; one of its own when left out.

    Yields:
        Name and stream; the stream is of use until the next one is asked for.

    Raises:
        UnreadableError: no file, damaged, encrypted, packed too deep, or too much in it.
    """
    with _damage_told(), path.open("rb") as handle:
        _ask(no_file(handle.peek(STAND_IN_BYTES)[:STAND_IN_BYTES]))
        unpacking = unpacking or Unpacking()
        unpacking.opens(path)
        yield from _unpacked(name, handle, 0, unpacking)
