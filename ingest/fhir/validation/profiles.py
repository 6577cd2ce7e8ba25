"""Which profiles are accepted: ``schemas/fhir/profielen.csv``, first match in order.

Structure alone does not tell the generation of a resource: some STU3 resources are valid R4. So
the decision is on ``meta.profile`` and nothing else.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import schemas
from ingest.family import sources

_FILE = Path(schemas.__file__).parent / "fhir" / "profielen.csv"
_SAFE_TO_SHOW = re.compile(r"(https?://|urn:)[\w./:|#~-]{1,200}")


@dataclass(frozen=True)
class Besluit:
    """A row of the file: a pattern, and whether a profile that matches it is refused."""

    patroon: re.Pattern[str]
    generatie: str
    reden_code: str | None


@dataclass(frozen=True)
class Refusal:
    """Why a resource is refused on its profiles."""

    reden_code: str
    toelichting: str


@cache
def besluiten() -> tuple[Besluit, ...]:
    """The decisions, in order."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["volgorde"]))
    return tuple(
        Besluit(
            patroon=re.compile(row["patroon"]),
            generatie=row["generatie"],
            reden_code=row["reden_code"] if row["besluit"] == "weigeren" else None,
        )
        for row in rows
    )


def _decision(profiel: str) -> Besluit | None:
    return next((b for b in besluiten() if b.patroon.search(profiel)), None)


def refusal(profielen: list[str], bron_id: str) -> Refusal | None:
    """Decide on the profiles of one resource.

    One refused profile is enough to refuse; one known profile is enough to accept.

    Args:
        profielen: its ``meta.profile``.
        bron_id: the source; ``schemas/bronnen.csv`` says whether it may leave profiles out.

    Returns:
        Why the resource is refused, or None.
    """
    if not profielen:
        bron = sources().get(bron_id)
        if bron is None or bron.zonder_profiel != "weigeren":
            return None
        return Refusal("FHIR-PROFIEL-ONTBREEKT", "geen meta.profile")
    found = [(profiel, _decision(profiel)) for profiel in profielen]
    for profiel, besluit in found:
        if besluit is not None and besluit.reden_code:
            return Refusal(besluit.reden_code, f"{besluit.generatie}: {_shown(profiel)}")
    if any(besluit is not None for _, besluit in found):
        return None
    return Refusal("FHIR-PROFIEL-ONBEKEND", _shown(profielen[0]))


def _shown(profiel: str) -> str:
    """The canonical, unless it does not look like one: nothing else may reach a report."""
    return profiel if _SAFE_TO_SHOW.fullmatch(profiel) else "geen canonieke URL"
