"""How much may come out of packed files: an archive of a few kilobytes can hold a full disk.

Nothing is unpacked to disk: readers take what comes out in pieces, and what has come out is counted
here. So a file that is out of proportion is found when it passes the limit, and costs no more than
that. Names inside archives are words in a report, never places on this machine.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ingest.errors import IzaError

#: Reason code of what is more than may.
BESTAND_TE_GROOT = "BESTAND-TE-GROOT"

#: What always may come out of a delivery: short repetitive texts are packed a thousandfold.
_NO_DANGER = 64 << 20
#: An archive in an archive is read as a whole, for it is not read from front to back.
_MAX_INNER = 64 << 20
#: The directory of an archive is read as a whole; so much is asked of it for a file.
_ENTRY_BYTES = 512
#: How an archive ends: the signature and length of its last record and of the one for large ones.
_END, _END_BYTES, _MAX_COMMENT = b"PK\x05\x06", 22, 1 << 16
_LOCATOR, _LOCATOR_BYTES, _LARGE_BYTES = b"PK\x06\x07", 20, 56


class TooMuchError(IzaError):
    """More comes out of a packed file than a delivery may hold.

    Attributes:
        nederlands: the same, for the report to who delivered it.
    """

    def __init__(self, english: str, nederlands: str) -> None:
        """Say it in both languages."""
        super().__init__(english)
        self.nederlands = nederlands


@dataclass(frozen=True)
class Limits:
    """What may come out of the packed files of one delivery.

    Attributes:
        ratio: bytes a packed byte; not asked below 64 MB.
        total: bytes in all.
        members: files in one archive.
    """

    ratio: int = 100
    total: int = 100 << 30
    members: int = 10_000


class Unpacking:
    """One reading of a delivery: counts what comes out of its packed files."""

    def __init__(self, limits: Limits | None = None) -> None:
        """Begin with nothing."""
        self.limits = limits or Limits()
        self._packed = 0
        self._taken = 0

    def opens(self, path: Path) -> None:
        """A packed file is opened."""
        self._packed += path.stat().st_size

    def take(self, size: int) -> None:
        """So many bytes came out.

        Raises:
            TooMuchError: that is more than may.
        """
        self._taken += size
        if self._taken > self.limits.total:
            gigabytes = self.limits.total / (1 << 30)
            raise TooMuchError(
                f"the packed files hold more than {gigabytes:g} GB (IZA_UNPACKED_GB)",
                f"de ingepakte bestanden bevatten meer dan {gigabytes:g} GB (IZA_UNPACKED_GB)",
            )
        if self._taken > max(_NO_DANGER, self.limits.ratio * self._packed):
            ratio = self.limits.ratio
            raise TooMuchError(
                f"unpacked it is more than {ratio} times as large (IZA_UNPACKED_RATIO)",
                f"uitgepakt is het meer dan {ratio} keer zo groot (IZA_UNPACKED_RATIO)",
            )

    def metered(self, handle: IO[bytes]) -> io.BufferedReader[Any]:
        """What comes out of a packed file or a member, counted as it is read."""
        return io.BufferedReader(_Metered(handle, self))

    @contextmanager
    def archive(self, handle: IO[bytes]) -> Iterator[zipfile.ZipFile]:
        """Open a zip archive whose directory is no larger than it may be.

        Args:
            handle: its bytes; seekable.

        Yields:
            The archive.

        Raises:
            TooMuchError: it holds more files than an archive may.
            BadZipFile: it is none, or damaged.
        """
        if _directory_bytes(handle) > self.limits.members * _ENTRY_BYTES:
            raise self._too_many()
        with zipfile.ZipFile(handle) as archive:
            if len(archive.infolist()) > self.limits.members:
                raise self._too_many()
            yield archive

    def inner(self, handle: IO[bytes]) -> IO[bytes]:
        """An archive that lies in another one, as a whole.

        Raises:
            TooMuchError: it is larger than may be held.
        """
        held = handle.read(_MAX_INNER + 1)
        if len(held) > _MAX_INNER:
            limit = f"{_MAX_INNER >> 20} MB"
            raise TooMuchError(
                f"an archive in an archive is larger than {limit}",
                f"een archief in een archief is groter dan {limit}",
            )
        return io.BytesIO(held)

    def _too_many(self) -> TooMuchError:
        most = self.limits.members
        return TooMuchError(
            f"the archive holds more than {most} files (IZA_UNPACKED_FILES)",
            f"het archief bevat meer dan {most} bestanden (IZA_UNPACKED_FILES)",
        )


class _Metered(io.RawIOBase):
    def __init__(self, handle: IO[bytes], unpacking: Unpacking) -> None:
        self._handle = handle
        self._unpacking = unpacking

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self._handle.read(len(buffer))
        self._unpacking.take(len(part))
        buffer[: len(part)] = part
        return len(part)


def _directory_bytes(handle: IO[bytes]) -> int:
    """How long the directory of an archive says it is, found as ``zipfile`` finds it; 0 if not."""
    size = handle.seek(0, io.SEEK_END)
    start = max(0, size - _MAX_COMMENT - _END_BYTES)
    handle.seek(start)
    tail = handle.read()
    handle.seek(0)
    at = len(tail) - _END_BYTES
    if at < 0 or not (tail.startswith(_END, at) and tail.endswith(b"\0\0")):
        at = tail.rfind(_END)
    if at < 0:
        return 0
    told = int.from_bytes(tail[at + 12 : at + 16], "little")
    if tail[max(0, at - _LOCATOR_BYTES) :].startswith(_LOCATOR):
        handle.seek(max(0, start + at - _LOCATOR_BYTES - _LARGE_BYTES))
        large = handle.read(_LARGE_BYTES)
        handle.seek(0)
        return max(told, int.from_bytes(large[40:48], "little"))
    return 0 if told == 0xFFFFFFFF else told
