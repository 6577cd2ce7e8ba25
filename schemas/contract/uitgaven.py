"""Mandatory fields per release: the counts that are kept in ``docs/woordenboek``.

What a release asked for is kept as it was; only the entry of the newest heading of the change log
follows the models, and only while that heading is ``Unreleased`` or new.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from schemas.contract.registratielast import LASTEN
from schemas.contract.veld import familie

Velden = dict[str, dict[str, str]]

UNRELEASED = "Unreleased"


class FrozenReleaseError(ValueError):
    """The mandatory fields changed under the heading of a release that is out."""


@dataclass(frozen=True)
class Uitgave:
    """What one release asks for.

    Attributes:
        versie: its heading in the change log.
        velden: every mandatory field with what it costs.
    """

    versie: str
    velden: Velden

    @property
    def aantal(self) -> int:
        """Number of mandatory fields."""
        return sum(len(columns) for columns in self.velden.values())

    def per_tabel(self) -> dict[str, Counter[str]]:
        """Number of mandatory fields by what they cost, for every table."""
        return {tabel: Counter(columns.values()) for tabel, columns in self.velden.items()}

    def per_familie(self) -> dict[str, Counter[str]]:
        """The same for every family."""
        result: dict[str, Counter[str]] = {}
        for tabel, counts in self.per_tabel().items():
            result.setdefault(familie(tabel), Counter()).update(counts)
        return result


@dataclass(frozen=True)
class Verschil:
    """Mandatory fields that came or went since the release before, as ``tabel.kolom``."""

    erbij: tuple[str, ...]
    eraf: tuple[str, ...]


def versies(changelog: str) -> list[str]:
    """Headings of the change log, newest first: ``Unreleased`` or a version number."""
    return re.findall(r"^## \[?([\w.-]+)", changelog, flags=re.MULTILINE)


def lees_uitgaven(text: str) -> list[Uitgave]:
    """The releases of a kept file, newest first; none of an empty text."""
    if not text.strip():
        return []
    return [Uitgave(one["versie"], one["velden"]) for one in json.loads(text)["uitgaven"]]


def bijgewerkt(kept: list[Uitgave], headings: list[str], velden: Velden) -> list[Uitgave]:
    """The releases after a change of the models or of the change log.

    Args:
        kept: what the file says, newest first.
        headings: those of the change log, newest first.
        velden: the mandatory fields now.

    Returns:
        Releases whose heading is in the change log, with the newest brought up to date.

    Raises:
        FrozenReleaseError: the newest heading is a release whose fields were others.
    """
    newest = headings[0] if headings else UNRELEASED
    before = {uitgave.versie: uitgave for uitgave in kept}
    old = before.get(newest)
    if old is not None and newest != UNRELEASED and old.velden != velden:
        changed = verschil(Uitgave(newest, velden), old)
        raise FrozenReleaseError(
            f"Release {newest} is out, and its mandatory fields changed: "
            f"{', '.join((*changed.erbij, *changed.eraf)) or 'what they cost'}. Put a heading "
            f"'## {UNRELEASED}' above it in CHANGELOG.md first."
        )
    return [Uitgave(newest, velden), *(before[h] for h in headings[1:] if h in before)]


def verschil(now: Uitgave, earlier: Uitgave | None) -> Verschil:
    """What came and went between two releases; everything came when there is no earlier one."""
    new, old = _names(now), _names(earlier) if earlier else set()
    return Verschil(tuple(sorted(new - old)), tuple(sorted(old - new)))


def _names(uitgave: Uitgave) -> set[str]:
    return {f"{t}.{k}" for t, columns in uitgave.velden.items() for k in columns}


def als_json(uitgaven: list[Uitgave]) -> str:
    """The releases as the file that is kept, newest first, with counts and differences."""
    earlier: list[Uitgave | None] = [*uitgaven[1:], None]
    return (
        json.dumps(
            {
                "uitgaven": [
                    _entry(now, before) for now, before in zip(uitgaven, earlier, strict=True)
                ]
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def _entry(now: Uitgave, earlier: Uitgave | None) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "versie": now.versie,
        "aantal": now.aantal,
        "per_familie": {
            familie: {last: counts[last] for last in LASTEN}
            for familie, counts in sorted(now.per_familie().items())
        },
    }
    if earlier is not None:
        changed = verschil(now, earlier)
        entry["sinds"] = earlier.versie
        entry["erbij"], entry["eraf"] = list(changed.erbij), list(changed.eraf)
    return entry | {"velden": now.velden}
