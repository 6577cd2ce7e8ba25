"""The code lists that layouts name and that are not held, so that no code of them can be judged.

``schemas/codes/ei_codelijst_niet_beschikbaar.csv`` names them beside the lists that are held, with
the elements that use them. An element whose values a rule file gives is judged all the same and is
not among them; of one with a form, the form alone is judged.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_LISTS = Path(__file__).parent.parent / "codes" / "ei_codelijst_niet_beschikbaar.csv"


@dataclass(frozen=True)
class OngetoetsteLijst:
    """A code list of which a standard asks codes that are not judged.

    Attributes:
        codelijst: its name in the layouts, with its origin (``COD651-VEKT``).
        naam: what its codes say, in Dutch.
        elementen: elements of the standard that use it.
        status: why it is not judged, in Dutch.
    """

    codelijst: str
    naam: str
    elementen: tuple[str, ...]
    status: str


@cache
def _alle() -> dict[tuple[str, str], tuple[OngetoetsteLijst, ...]]:
    found: dict[tuple[str, str], list[OngetoetsteLijst]] = {}
    with _LISTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lijst = OngetoetsteLijst(
                row["codelijst"], row["naam"], tuple(row["elementen"].split()), row["status"]
            )
            found.setdefault((row["standaard"], row["versie"]), []).append(lijst)
    return {soort: tuple(lists) for soort, lists in found.items()}


def ongetoetste_lijsten(standaard: str, versie: str) -> tuple[OngetoetsteLijst, ...]:
    """The code lists of a standard that are not judged, by name.

    Args:
        standaard: of a layout to an insurer; a message back has none.
        versie: of it.
    """
    return _alle().get((standaard, versie), ())
