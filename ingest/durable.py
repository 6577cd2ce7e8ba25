"""Writing that a kill, a full disk or a power cut leaves whole or not at all.

Everything is written beside its place, brought to disk, and renamed; then the folder it is in is
brought to disk too, because a rename is only as durable as its folder.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ingest.errors import StorageError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EACCES, errno.EPERM}
_AGAIN = "Nothing half-written is visible. Make room and run the same command again."


def _why(error: OSError) -> str:
    if error.errno in _FULL:
        return f"the disk is full. {_AGAIN}"
    # Without the path: a name of a file may tell of a person.
    if error.errno in _CLOSED:
        return (
            f"{error.strerror}. The user that runs this must be able to read and write all of it; "
            "'find FOLDER ! -readable -o -type d ! -writable' names what is closed to it."
        )
    return f"{error.strerror or type(error).__name__}."


def _why_engine(error: Exception) -> str | None:
    """What an error of the embedded engine means for the disk; None when it is of another kind."""
    kind, text = type(error).__name__, str(error)
    if not type(error).__module__.startswith(("duckdb", "_duckdb")):
        return None
    if "No space left" in text or "Disk quota" in text:
        return f"the disk is full. {_AGAIN}"
    if kind == "OutOfMemoryException":
        return (
            "the memory of this task is used up, or the disk it spills to is full. Raise "
            "IZA_MEMORY_LIMIT or make room, and run the same command again."
        )
    return "the engine cannot read or write a file." if kind == "IOException" else None


@contextmanager
def storage_faults(what: str) -> Iterator[None]:
    """Turn a fault of the disk into a message.

    Args:
        what: what could not be done, a clause without a full stop.

    Raises:
        StorageError: an ``OSError``, or a fault of the engine that comes from the disk.
    """
    try:
        yield
    except BrokenPipeError:  # who read our output went away; no disk has to do with it
        raise
    except OSError as error:
        raise StorageError(f"{what}: {_why(error)}") from error
    except Exception as error:
        why = _why_engine(error)
        if why is None:
            raise
        raise StorageError(f"{what}: {why}") from error


def sync(path: Path) -> None:
    """Bring one file or folder to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Bring a folder and everything in it to disk."""
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)


def restrict(folder: Path) -> None:
    """Keep a folder and all in it for the service alone: folders 0700, files 0600."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)


def make_folder(folder: Path, mode: int = 0o777) -> Path:
    """Make a folder that outlives a power cut, with the folders above it that are missing.

    Args:
        folder: its place.
        mode: permissions of each folder that is made.
    """
    if not folder.is_dir():
        make_folder(folder.parent, mode)
        folder.mkdir(mode=mode, exist_ok=True)
        sync(folder.parent)
    return folder


def write_new(target: Path, content: bytes) -> None:
    """Write a file for its owner alone, unless there is one; of several writers one wins.

    Raises:
        OSError: it cannot be written.
    """
    beside = target.with_name(f".{target.name}.nieuw")
    try:
        write_file(beside, content, mode=0o600)
        with suppress(FileExistsError):
            target.hardlink_to(beside)  # a rename would replace the file of another writer
        sync(target.parent)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def write_file(target: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file beside its place, bring it to disk and rename it.

    Args:
        target: its place; what is there is replaced in one step.
        content: all of it.
        mode: permissions.

    Raises:
        OSError: it cannot be written; what was there is unchanged and nothing is left beside it.
    """
    # One name, so that what a killed process left is replaced by the next one. Writers of one file
    # take turns by a lock of their own; without it one of two fails, and the file is whole.
    beside = target.with_name(f".{target.name}.nieuw")
    try:
        beside.unlink(missing_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    sync(target.parent)


def place_folder(written: Path, target: Path) -> None:
    """Give a written folder its place; what is there is moved aside and then removed.

    Raises:
        OSError: it cannot be placed.
    """
    sync_tree(written)
    make_folder(target.parent)
    aside = target.with_name(f".{target.name}.oud")
    shutil.rmtree(aside, ignore_errors=True)
    if target.exists():
        target.rename(aside)
    written.rename(target)
    sync(target.parent)
    shutil.rmtree(aside, ignore_errors=True)
