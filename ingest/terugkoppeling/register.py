"""The register of indicators as the answer to a sender needs it: names, facts and their records."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schemas.tables import TABELLEN

_SEEDS = Path(__file__).parents[2] / "dbt_project" / "seeds"
_FAMILY = re.compile(r"(fhir|decl|reg)_")

#: Records that become a fact of another name.
_OTHER_NAME = {"prestatie": ("fhir_declaratie_regel",)}


@dataclass(frozen=True)
class Indicator:
    """One indicator.

    Attributes:
        indicator_id: its name in the register.
        naam: its title in Dutch.
        uitleg: what it says, in plain Dutch.
        richting: hoger_is_beter, lager_is_beter or neutraal.
        eenheid: aandeel, euro, ...
        feiten: the facts it is made of.
    """

    indicator_id: str
    naam: str
    uitleg: str
    richting: str
    eenheid: str
    feiten: tuple[str, ...]


def _indicator(row: Mapping[str, str]) -> Indicator:
    facts = row.get("feiten") or row.get("bron") or ""
    return Indicator(
        row["indicator_id"], row["naam"], row["uitleg"], row["richting"], row["eenheid"],
        tuple(sorted(fact.strip() for fact in facts.split(";") if fact.strip())),
    )  # fmt: skip


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by identity, the latest version of each."""
    for name in ("ref_indicator.csv", "indicator.csv"):
        file = _SEEDS / name
        if file.is_file():
            with file.open(encoding="utf-8", newline="") as handle:
                rows = sorted(csv.DictReader(handle), key=lambda r: int(r["definitie_versie"]))
            return {row["indicator_id"]: _indicator(row) for row in rows}
    return {}


@cache
def tables_of(feit: str) -> tuple[str, ...]:
    """The raw tables whose records become rows of a fact, by their common name.

    ``fct_meting`` is made of ``fhir_meting``, ``fct_wachttijd`` of ``reg_ggz_wachttijd``. What is
    made of a fact itself (``fct_beschikbaarheid``) has none: its indicators name those below it.
    """
    kind = feit.removeprefix("fct_")
    return tuple(tabel for tabel in sorted(TABELLEN) if _is_of(tabel, kind))


def kind_of(tabel: str) -> str:
    """What rows of a raw table are, in words: ``ggz wachttijd`` of ``reg_ggz_wachttijd``."""
    return _FAMILY.sub("", tabel, count=1).replace("_", " ")


def _is_of(tabel: str, kind: str) -> bool:
    if tabel in _OTHER_NAME.get(kind, ()):
        return True
    same = _FAMILY.sub("", tabel, count=1) == kind
    return same or (tabel.startswith("reg_") and tabel.endswith(f"_{kind}"))


def touched(rijen: Mapping[str, int]) -> list[dict[str, object]]:
    """The indicators a delivery can change, with how many of its rows.

    Args:
        rijen: accepted rows by raw table.

    Returns:
        By indicator ``indicator_id``, ``naam``, ``gegevens`` (rows) and ``tabellen``, those with
        the most rows first; indicators without any are left out.
    """
    found: list[dict[str, object]] = []
    for indicator in indicators().values():
        tables = sorted({t for feit in indicator.feiten for t in tables_of(feit)})
        counted = {t: rijen[t] for t in tables if rijen.get(t)}
        if counted:
            found.append(
                {
                    "indicator_id": indicator.indicator_id,
                    "naam": indicator.naam,
                    "gegevens": sum(counted.values()),
                    "tabellen": counted,
                }
            )
    return sorted(found, key=lambda f: (-int(str(f["gegevens"])), str(f["indicator_id"])))
