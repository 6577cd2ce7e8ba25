"""Whether what was published before is still the same, byte for byte."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

Fingerprint = dict[str, str]


@dataclass(frozen=True)
class Difference:
    """What changed in ``publicatie/`` between two moments.

    Attributes:
        changed: files of releases that were there before and are different or gone now.
        added: files that were not there before.
        moved: pointers and catalogue that tell something else now.
    """

    changed: tuple[str, ...]
    added: tuple[str, ...]
    moved: tuple[str, ...]

    @property
    def none(self) -> bool:
        """Nothing changed."""
        return not (self.changed or self.added or self.moved)


def fingerprint(publication: Path) -> Fingerprint:
    """SHA-256 of every file under ``publicatie/``, by relative path; empty when it is missing."""
    found: Fingerprint = {}
    for file in sorted(publication.rglob("*")):
        if file.is_file():
            with file.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            found[file.relative_to(publication).as_posix()] = digest
    return found


def _in_release(name: str) -> bool:
    """Files of a release lie in <extract>/<versie>/; pointers and catalogue lie higher."""
    return name.count("/") >= 2


def difference(before: Fingerprint, after: Fingerprint) -> Difference:
    """Compare two moments."""
    different = [name for name, digest in before.items() if after.get(name) != digest]
    return Difference(
        changed=tuple(name for name in different if _in_release(name)),
        added=tuple(sorted(after.keys() - before.keys())),
        moved=tuple(name for name in different if not _in_release(name)),
    )
