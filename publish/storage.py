"""Writing so that a kill at any moment leaves either the old or the new, never a half.

Files are made under a name nobody reads, brought to disk, and given their real name in one step.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ingest.errors import PublicationError, StorageError

TEMPORARY = ".tmp-"
_READ_ONLY = 0o444


def sha256(file: Path) -> str:
    """SHA-256 of a file, in hex."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def json_bytes(data: Any) -> bytes:
    """``data`` as JSON with sorted keys: the same data gives the same bytes."""
    return (json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold ``folder`` for one publication at a time; a dead process lets go by itself.

    Raises:
        PublicationError: another publication is running.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PublicationError(f"Another publication is writing to {folder}.") from error
        yield
    finally:
        os.close(handle)


def clear_leftovers(room: Path) -> None:
    """Remove what a killed publication left half-made in ``room`` and its extracts."""
    for leftover in sorted([*room.glob(f"{TEMPORARY}*"), *room.glob(f"*/{TEMPORARY}*")]):
        if leftover.is_dir():
            shutil.rmtree(leftover)
        else:
            leftover.unlink()


def fresh_folder(final: Path) -> Path:
    """An empty folder beside ``final`` to make its content in."""
    folder = final.with_name(f"{TEMPORARY}{final.name}")
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def freeze(folder: Path, final: Path) -> None:
    """Bring a finished folder to disk, make its files read-only and give it its name.

    Raises:
        StorageError: ``final`` exists; a published version is never overwritten.
    """
    if final.exists():
        raise StorageError(f"{final} exists; a published version is never overwritten.")
    for file in sorted(folder.iterdir()):
        _to_disk(file)
        os.chmod(file, _READ_ONLY)  # noqa: PTH101 - os calls alone, so that tests can cut them off
    _to_disk(folder)
    os.rename(folder, final)  # noqa: PTH104
    _to_disk(final.parent)


def swap(file: Path, data: Any) -> bool:
    """Write JSON under a temporary name and rename it over ``file``.

    Returns:
        Whether anything changed; equal bytes are left alone.
    """
    content = json_bytes(data)
    if file.is_file() and file.read_bytes() == content:
        return False
    temporary = file.with_name(f"{TEMPORARY}{file.name}")
    temporary.write_bytes(content)
    _to_disk(temporary)
    os.replace(temporary, file)  # noqa: PTH105
    _to_disk(file.parent)
    return True


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
