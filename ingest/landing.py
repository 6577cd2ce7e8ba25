"""Landing: take a delivery in as it came, and know it by its content."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO
from uuid import uuid4

from ingest.delivered import Found, found_in
from ingest.durable import make_folder, restrict, storage_faults, sync, sync_tree
from ingest.errors import StorageError, UsageError
from ingest.machine import this_machine
from ingest.reading import DeliveredFile
from ingest.settings import Settings

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Landed:
    """A delivery in ``landing/``.

    Attributes:
        levering_id: ``l`` and 32 hex digits of the SHA-256 over source, file names and contents.
        folder: where its files lie.
        files: the files, by name.
        hidden: hidden files of the sender that were left where they are.
        ontvangen_op: when they were in ``landing/``, in UTC.
    """

    levering_id: str
    folder: Path
    files: tuple[DeliveredFile, ...]
    hidden: int
    ontvangen_op: datetime


def _copy_and_hash(source: Found, target: Path) -> tuple[str, int]:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    stand_in = source.stand_in()
    opened: IO[bytes] = source.open() if stand_in is None else BytesIO(stand_in)
    with opened as reader, target.open("wb") as writer:
        while chunk := reader.read(_CHUNK):
            digest.update(chunk)
            writer.write(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


@contextmanager
def _temporary(room: Path, machine: str) -> Iterator[Path]:
    """A folder to copy into; those that killed processes of this machine left are removed.

    Its process holds a lock on it, so a folder without one is nobody's any more.
    """
    prefix = f".in-{hashlib.sha256(machine.encode()).hexdigest()[:8]}-"
    for rest in room.glob(f"{prefix}*"):
        with suppress(OSError), _locked(rest):
            shutil.rmtree(rest, ignore_errors=True)
    folder = room / f"{prefix}{uuid4().hex}"
    folder.mkdir()
    with _locked(folder):
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def identify(bron_id: str, files: list[DeliveredFile]) -> str:
    """Identity of a delivery: the same source, names and bytes give the same one, whenever sent."""
    digest = hashlib.sha256(bron_id.encode())
    for file in sorted(files, key=lambda f: f.name):
        digest.update(f"\0{file.name}\0{file.sha256}".encode())
    return "l" + digest.hexdigest()[:32]


def land(path: Path, bron_id: str, settings: Settings) -> Landed:
    """Copy a delivery into ``landing/<bron>/<levering>/`` unless it is there already.

    The copy is made under a temporary name and renamed, so a half copy is never taken for a
    delivery; the sender's files are not touched. What is no file is not followed: a stand-in takes
    its place (``ingest.delivered``).

    Args:
        path: a file or a folder.
        bron_id: the source.
        settings: says where ``landing/`` is.

    Returns:
        The delivery as it lies in ``landing/``.

    Raises:
        UsageError: nothing at ``path``, or a link.
        StorageError: a file cannot be read or written.
    """
    with storage_faults(f"The delivery {path} cannot be taken in"):
        sources, hidden = found_in(path)
        if not sources:
            hint = f" but {hidden} hidden ones, which are left alone" if hidden else ""
            raise UsageError(f"There are no files in {path}{hint}. Nothing was delivered yet.")
        room = settings.room("landing")
        room.chmod(0o700)
        bron = make_folder(room / bron_id, mode=0o700)
        with _temporary(bron, settings.machine or this_machine()) as temporary:
            files = []
            for source in sources:
                target = temporary / source.name
                sha256, size = _copy_and_hash(source, target)
                files.append(DeliveredFile(target, source.name, sha256, size))
            levering_id = identify(bron_id, files)
            folder = bron / levering_id
            _place(temporary, folder)
    landed = tuple(DeliveredFile(folder / f.name, f.name, f.sha256, f.size) for f in files)
    return Landed(levering_id, folder, landed, hidden, datetime.now(UTC))


def _place(temporary: Path, folder: Path) -> None:
    """Give a copy its name, unless the delivery is there already, maybe just now."""
    if folder.exists():
        return
    restrict(temporary)
    sync_tree(temporary)
    try:
        temporary.rename(folder)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
    sync(folder.parent)


def landed_names(bron_id: str, levering_id: str, settings: Settings) -> list[str]:
    """The names of the files of a delivery in ``landing/``; none when they were removed."""
    folder = settings.home / "landing" / bron_id / levering_id
    return [found.name for found in found_in(folder)[0]] if folder.is_dir() else []


def landed_files(bron_id: str, levering_id: str, settings: Settings) -> tuple[DeliveredFile, ...]:
    """The files of a delivery that was loaded, as they lie in ``landing/``.

    Raises:
        UsageError: they were removed after their term.
        StorageError: they are no longer what was delivered, or cannot be read.
    """
    folder = settings.home / "landing" / bron_id / levering_id
    if not folder.is_dir():
        raise UsageError(
            f"The files of delivery {levering_id} are no longer in landing/: their term of "
            f"{settings.landing_retention_days} days is over. Its report is kept."
        )
    files = []
    try:
        for found in found_in(folder)[0]:
            with found.open() as handle:
                sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
            path = folder / found.place
            files.append(DeliveredFile(path, found.name, sha256, path.stat().st_size))
    except OSError as error:
        raise StorageError(f"Delivery {levering_id} cannot be read again: {error}") from error
    if identify(bron_id, files) != levering_id:
        raise StorageError(f"The files in {folder} are not those of delivery {levering_id}.")
    return tuple(files)
