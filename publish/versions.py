"""Numbers of versions: ``<last period>.<n>``, each naming the one before it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import PublicationError

_PERIOD = re.compile(r"(?P<jaar>\d{4})(?:Q(?P<kwartaal>[1-4])|-(?P<maand>0[1-9]|1[0-2]))?")
_VERSION = re.compile(r"(?P<periode>\d{4}(?:Q[1-4]|-\d{2})?)\.(?P<nummer>[1-9]\d*)")


@dataclass(frozen=True)
class Version:
    """A published version.

    Attributes:
        versie: its number, such as ``2025.1``.
        folder: where it lies.
        manifest: what it says about itself.
    """

    versie: str
    folder: Path
    manifest: dict[str, Any]


def is_version(name: str) -> bool:
    """Whether a folder name is that of a version."""
    return _VERSION.fullmatch(name) is not None


def versions(folder: Path) -> list[Version]:
    """The versions of an extract from first to last, following ``vorige_versie``.

    Args:
        folder: folder of the extract; need not exist.

    Returns:
        The versions in order of publication.

    Raises:
        PublicationError: they do not form one chain, so a folder was changed or removed by hand.
    """
    found = {}
    for sub in sorted(folder.iterdir()) if folder.is_dir() else []:
        if is_version(sub.name) and (sub / "manifest.json").is_file():
            manifest = json.loads((sub / "manifest.json").read_text(encoding="utf-8"))
            found[manifest["vorige_versie"]] = Version(sub.name, sub, manifest)
    chain: list[Version] = []
    previous = None
    while previous in found:
        chain.append(found.pop(previous))
        previous = chain[-1].versie
    names = [sub.name for sub in folder.iterdir() if is_version(sub.name)] if chain or found else []
    if found or len(names) != len(chain):
        raise PublicationError(
            f"The versions in {folder} do not follow each other "
            f"({', '.join(sorted(names))}): one was removed or changed after publication."
        )
    return chain


def next_version(chain: list[Version], periode: str) -> str:
    """The number after those in use for ``periode``."""
    numbers = [
        int(match["nummer"])
        for version in chain
        if (match := _VERSION.fullmatch(version.versie)) and match["periode"] == periode
    ]
    return f"{periode}.{max(numbers, default=0) + 1}"


def last_period(periods: Iterable[str]) -> str:
    """The period that ends last; of those that end together the longest.

    Args:
        periods: ``2025``, ``2025Q1`` or ``2025-01``.

    Returns:
        The last one.

    Raises:
        PublicationError: there is none, or one is written otherwise.
    """
    ranked = []
    for period in periods:
        match = _PERIOD.fullmatch(period)
        if match is None:
            raise PublicationError(f"'{period}' is no period; write 2025, 2025Q1 or 2025-01.")
        if match["maand"]:
            ranked.append((int(match["jaar"]), int(match["maand"]), 0, period))
        elif match["kwartaal"]:
            ranked.append((int(match["jaar"]), int(match["kwartaal"]) * 3, 1, period))
        else:
            ranked.append((int(match["jaar"]), 12, 2, period))
    if not ranked:
        raise PublicationError("There is no period to name a version after.")
    return max(ranked)[-1]
