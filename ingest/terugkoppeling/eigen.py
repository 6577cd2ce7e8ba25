"""Which care providers a source may be told mirror figures of, and under which rules."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import schemas

_SCHEMAS = Path(schemas.__file__).parent
ALLE = "*"


@dataclass(frozen=True)
class Regels:
    """When a figure is told.

    Attributes:
        min_anderen: fewest care providers that are not the sender's own behind a value of all.
        grootste_aandeel: largest part one of those others may have of what they have together.
        deel_van_aanbieder: a source is told of a care provider of whom it brought more than this
            part of the records, when it answers for all in its deliveries.
        jaren: so many of the latest years.
    """

    min_anderen: int
    grootste_aandeel: float
    deel_van_aanbieder: float
    jaren: int


@cache
def regels() -> Regels:
    """The rules of ``schemas/terugkoppeling/regels.toml``."""
    text = (_SCHEMAS / "terugkoppeling" / "regels.toml").read_text(encoding="utf-8")
    return Regels(**tomllib.loads(text)["spiegel"])


@cache
def mandates() -> dict[str, frozenset[str]]:
    """Care providers by source, from ``schemas/bron_zorgaanbieder.csv``; ``*`` for all of them."""
    result: dict[str, set[str]] = {}
    with (_SCHEMAS / "bron_zorgaanbieder.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            result.setdefault(row["bron_id"], set()).add(row["zorgaanbieder_id"])
    return {bron_id: frozenset(found) for bron_id, found in result.items()}


def mandate(bron_id: str) -> frozenset[str]:
    """The care providers of a source; empty when it answers for none."""
    return mandates().get(bron_id, frozenset())
