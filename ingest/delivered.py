"""What lies in a delivered folder: files are copied, what is no file is named and never followed.

Who delivers may put anything in a folder. A link would have this service read any file of its own
machine for the sender; a pipe would keep it waiting for ever. So nothing is opened but ordinary
files below the folder, without following a link on the way, and for what is none a stand-in is
taken in that says what it was: readers refuse it, and the delivery with it.
"""

from __future__ import annotations

import os
import re
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path, PurePath

from ingest.errors import UsageError

#: Reason code of what is no file.
BESTAND_GEEN_BESTAND = "BESTAND-GEEN-BESTAND"

_MARK = b"IZA-GEEN-BESTAND "
_LINK = "link"
#: What there may be beside files and folders: how to test for it, and what it is in two languages.
_KINDS: dict[str, tuple[Callable[[int], bool], str, str]] = {
    _LINK: (stat.S_ISLNK, "a link to another place", "een koppeling naar een andere plaats"),
    "pipe": (stat.S_ISFIFO, "a pipe", "een pijp"),
    "socket": (stat.S_ISSOCK, "a socket", "een socket"),
    "device": (lambda mode: stat.S_ISCHR(mode) or stat.S_ISBLK(mode), "a device", "een apparaat"),
}
#: Names in an archive that lead out of it; programs that pack do not write them.
_OUTWARD = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:[/\\]")

#: As much of a file tells that it is a stand-in.
STAND_IN_BYTES = len(_MARK) + max(map(len, _KINDS))


@dataclass(frozen=True)
class Found:
    """One thing in a delivered folder.

    Attributes:
        name: its path relative to the folder, with forward slashes; bytes of a name that are no
            UTF-8 are written out in hexadecimal.
        place: the same, as it is on disk.
        root: the folder it is relative to.
        kind: what it is when it is no file, else None.
    """

    name: str
    place: PurePath
    root: Path
    kind: str | None

    def stand_in(self) -> bytes | None:
        """What is taken in for something that is no file; None for a file."""
        return None if self.kind is None else _MARK + self.kind.encode() + b"\n"

    def open(self) -> BufferedReader:
        """Open a file without following a link, also one that was put there just now.

        Raises:
            OSError: it cannot be opened, or is no file any more.
        """
        folder = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for part in self.place.parts[:-1]:
                below = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
                os.close(folder)
                folder = below
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
            return os.fdopen(os.open(self.place.name, flags, dir_fd=folder), "rb")
        finally:
            os.close(folder)


def _kind(path: Path) -> str | None:
    mode = path.lstat().st_mode
    return next((name for name, (test, *_) in _KINDS.items() if test(mode)), None)


def _raise(error: OSError) -> None:
    raise error


def _found(root: Path, place: PurePath) -> Found:
    name = os.fsencode(place.as_posix()).decode("utf-8", errors="backslashreplace")
    return Found(name, place, root, _kind(root / place))


def found_in(path: Path) -> tuple[list[Found], int]:
    """What is delivered at a path.

    Args:
        path: a file or a folder, with folders in it or not.

    Returns:
        All of it by name, and the number of hidden files that are left where they are.

    Raises:
        UsageError: nothing there, or a link, which could lead anywhere.
        OSError: a folder cannot be read.
    """
    if path.is_symlink():
        raise UsageError(f"{path} is a link. Name the file or folder itself: links are not loaded.")
    if path.is_file():
        return [_found(path.parent, PurePath(path.name))], 0
    if not path.is_dir():
        raise UsageError(
            f"There is no file or folder {path}. Name one delivery: a file or a folder."
        )
    places = []
    for folder, folders, files in os.walk(path, onerror=_raise):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        places += [(Path(folder) / name).relative_to(path) for name in [*links, *files]]
    shown = [p for p in sorted(places) if not any(part.startswith(".") for part in p.parts)]
    return [_found(path, place) for place in shown], len(places) - len(shown)


def no_file(start: bytes) -> tuple[str, str] | None:
    """Why what lies in ``landing/`` is no file: in English and in Dutch; None for a file.

    Args:
        start: its first ``STAND_IN_BYTES``.
    """
    if not start.startswith(_MARK):
        return None
    kind = start.removeprefix(_MARK).split(b"\n")[0].decode(errors="replace")
    _, english, dutch = _KINDS.get(kind, (None, "no file", "geen bestand"))
    return f"it is {english}, which is not followed", f"dit is {dutch}; die wordt niet gevolgd"


def no_member(info: zipfile.ZipInfo) -> tuple[str, str] | None:
    """Why a member of an archive is no file: in English and in Dutch; None for a file."""
    if stat.S_ISLNK(info.external_attr >> 16):
        return no_file(_MARK + _LINK.encode())
    if _OUTWARD.search(info.filename):
        return (
            "its name leads out of the archive",
            "de naam wijst naar een plaats buiten het archief",
        )
    return None
