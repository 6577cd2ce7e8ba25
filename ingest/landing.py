"""Landing: take a delivery in as it came, and know it by its content."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath

from ingest.errors import StorageError, UsageError
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
    """

    levering_id: str
    folder: Path
    files: tuple[DeliveredFile, ...]
    hidden: int


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
    room = settings.room("landing")
    room.chmod(0o700)
    temporary = room / bron_id / f".in-{os.getpid()}"
    try:
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
        files = []
        for name, source in sources:
            sha256, size = _copy_and_hash(source, temporary / name)
            files.append(DeliveredFile(temporary / name, name, sha256, size))
        levering_id = identify(bron_id, files)
        folder = room / bron_id / levering_id
        if folder.exists():
            shutil.rmtree(temporary)
        else:
            temporary.rename(folder)
    except OSError as error:
        raise StorageError(f"The delivery {path} cannot be taken in: {error}") from error
    landed = tuple(DeliveredFile(folder / f.name, f.name, f.sha256, f.size) for f in files)
    return Landed(levering_id, folder, landed, hidden)


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


@contextmanager
def delivery_lock(levering_id: str, settings: Settings) -> Iterator[None]:
    """Hold a delivery for this process; another one waits. A killed process lets go by itself."""
    file = settings.room("locks") / f"{levering_id}.lock"
    with file.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
