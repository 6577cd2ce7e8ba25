"""The tables the demo region is made from: calibration, providers, conditions, planted effects."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import schemas

_ROOM = Path(__file__).parent
_CODES = Path(schemas.__file__).parent / "codes"


def _read(pad: Path) -> list[dict[str, str]]:
    with pad.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def table(naam: str) -> list[dict[str, str]]:
    """Rows of one of this room's tables, by its name without ``.csv``."""
    return _read(_ROOM / f"{naam}.csv")


@cache
def codes(naam: str) -> list[dict[str, str]]:
    """Rows of a shared code table in ``schemas/codes``, by its name without ``.csv``."""
    return _read(_CODES / f"{naam}.csv")


@cache
def calibration() -> dict[str, float]:
    """Every constant of ``calibratie.csv`` by name; the file holds source and line."""
    return {row["naam"]: float(row["waarde"]) for row in table("calibratie")}


@cache
def effects_by_region(indicator_id: str) -> dict[str, float]:
    """Planted value by zorgkantoorregio for one indicator, from ``effecten_regio.csv``."""
    return {
        row["zorgkantoorregio_code"]: float(row["waarde"])
        for row in table("effecten_regio")
        if row["indicator_id"] == indicator_id
    }


@cache
def planted() -> dict[tuple[str, str], float]:
    """Planted value by (indicator, zorgaanbieder), from ``effecten.csv``."""
    return {
        (row["indicator_id"], row["zorgaanbieder_id"]): float(row["waarde"])
        for row in table("effecten")
        if row["indicator_id"]
    }


@cache
def population_effect() -> str:
    """AGB code of the GP practice with an older population and no effect of its own."""
    return next(r["zorgaanbieder_id"] for r in table("effecten") if not r["indicator_id"])
