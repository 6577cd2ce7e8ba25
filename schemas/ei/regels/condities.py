"""What became of every condition of the official layouts, as ``condities.csv`` says it.

A condition of more than one part has more than one row. Standards and versions of which no
conditions are held are not in it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_CONDITIES = Path(__file__).with_name("condities.csv")


@dataclass(frozen=True)
class Conditie:
    """What became of a condition of an official layout, or of a part of it.

    Attributes:
        soort: standard and version, ``ZH308 9.0``.
        element: beside which it stands.
        uitkomst: ``indeling`` when the layout holds it, ``algemeen``, ``regel`` and
            ``waarschuwing`` for a rule, ``codelijst`` for a list, or ``niet_beoordeeld``.
        door: what holds it; empty when it is not judged.
        reden: in Dutch, why it is not judged.
    """

    soort: str
    element: str
    uitkomst: str
    door: str
    reden: str


@cache
def condities() -> tuple[Conditie, ...]:
    """What became of every condition of every layout of which the conditions are held."""
    with _CONDITIES.open(encoding="utf-8", newline="") as file:
        return tuple(
            Conditie(f"{row.pop('standaard')} {row.pop('versie')}", **row)
            for row in csv.DictReader(file)
        )
