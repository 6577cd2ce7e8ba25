"""The rules as data: what ``schemas/redenen.csv`` says of every reason code."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parents[2] / "schemas" / "redenen.csv"

#: Levels, from a whole delivery down; ``bouw`` is what only the build can see.
NIVEAUS = ("levering", "bestand", "bericht", "record", "waarschuwing", "bouw")
SOORTEN = ("structureel", "logisch", "analytisch")

#: A rule that serves every purpose of use.
ALLE = "alle"


@dataclass(frozen=True)
class Drempel:
    """When many refusals of records refuse the delivery.

    Attributes:
        aandeel: share of the records of one kind; more than this is too many.
        vanaf: records; fewer than this are never too many.
    """

    aandeel: float
    vanaf: int


@dataclass(frozen=True)
class Regel:
    """One rule.

    Attributes:
        code: reason code.
        niveau: what is refused or marked, one of ``NIVEAUS``.
        omschrijving: what is wrong, in Dutch.
        wat_te_doen: what the sender can do, in Dutch.
        soort: one of ``SOORTEN``.
        drempel: when it refuses the delivery, or None when it never does.
        doelen: purposes of ``schemas/bronnen.csv`` that the rule serves, or ``alle``.
    """

    code: str
    niveau: str
    omschrijving: str
    wat_te_doen: str
    soort: str
    drempel: Drempel | None
    doelen: tuple[str, ...]


def _threshold(row: dict[str, str]) -> Drempel | None:
    if not row["drempel"]:
        return None
    return Drempel(float(row["drempel"]), int(row["drempel_vanaf"]))


@cache
def rules() -> dict[str, Regel]:
    """Every rule, by code, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["reden_code"]: Regel(
                code=row["reden_code"],
                niveau=row["niveau"],
                omschrijving=row["omschrijving"],
                wat_te_doen=row["wat_te_doen"],
                soort=row["soort"],
                drempel=_threshold(row),
                doelen=tuple(row["doel"].split(";")),
            )
            for row in csv.DictReader(file)
        }
