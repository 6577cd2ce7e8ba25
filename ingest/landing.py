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
from pathlib import Path, PurePath
from uuid import uuid4

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


def _name(path: PurePath) -> str:
    """Path as text; bytes of a name that are no UTF-8 are written out in hexadecimal."""
    return os.fsencode(path.as_posix()).decode("utf-8", errors="backslashreplace")


def _delivered_files(path: Path) -> tuple[list[tuple[str, Path]], int]:
    if path.is_file():
        return [(_name(PurePath(path.name)), path)], 0
    if not path.is_dir():
        raise UsageError(
            f"There is no file or folder {path}. Name one delivery: a file or a folder."
        )
    names = sorted((p.relative_to(path), p) for p in path.rglob("*") if p.is_file())
    shown = [(_name(n), p) for n, p in names if not any(s.startswith(".") for s in n.parts)]
    return shown, len(names) - len(shown)


def _copy_and_hash(source: Path, target: Path) -> tuple[str, int]:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as reader, target.open("wb") as writer:
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
    delivery; the sender's files are not touched.

    Args:
        path: a file or a folder.
        bron_id: the source.
        settings: says where ``landing/`` is.

    Returns:
        The delivery as it lies in ``landing/``.

    Raises:
        UsageError: nothing at ``path``.
        StorageError: a file cannot be read or written.
    """
    sources, hidden = _delivered_files(path)
    with storage_faults(f"The delivery {path} cannot be taken in"):
        room = settings.room("landing")
        room.chmod(0o700)
        bron = make_folder(room / bron_id, mode=0o700)
        with _temporary(bron, settings.machine or this_machine()) as temporary:
            files = []
            for name, source in sources:
                sha256, size = _copy_and_hash(source, temporary / name)
                files.append(DeliveredFile(temporary / name, name, sha256, size))
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
    return [name for name, _ in _delivered_files(folder)[0]] if folder.is_dir() else []


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
        for name, path in _delivered_files(folder)[0]:
            with path.open("rb") as handle:
                sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
            files.append(DeliveredFile(path, name, sha256, path.stat().st_size))
    except OSError as error:
        raise StorageError(f"Delivery {levering_id} cannot be read again: {error}") from error
    if identify(bron_id, files) != levering_id:
        raise StorageError(f"The files in {folder} are not those of delivery {levering_id}.")
    return tuple(files)
