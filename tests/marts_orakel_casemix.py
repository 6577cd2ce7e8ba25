"""Case-mix in plain Python: who is compared with whom (decision 0039)."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from marts_orakel_codes import diagnosis_group, local_day

SEEDS = Path(__file__).parents[1] / "dbt_project" / "seeds"
#: Age class, sex, welfare quintile, class of the number of chronic conditions.
Stratum = tuple[str, str, str, str]
KENMERKEN = ("leeftijdsklasse", "geslacht", "welvaart_kwintiel", "chronisch")
#: Characteristics, coarse to fine, and from how many persons on they are compared.
Model = tuple[tuple[str, ...], int]
BASIS = "lg-1"


@cache
def seed(naam: str) -> list[dict[str, str]]:
    with (SEEDS / f"{naam}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def model_of(indicator: str, versie: str = "1") -> Model:
    """The case-mix model that the register chooses."""
    (key,) = [
        row["casemix"] for row in seed("ref_indicator")
        if (row["indicator_id"], row["definitie_versie"]) == (indicator, versie)
    ]  # fmt: skip
    return model(key)


@cache
def model(key: str) -> Model:
    (row,) = [row for row in seed("ref_casemix") if row["casemix_versie"] == key]
    return tuple(filter(None, row["kenmerken"].split(";"))), int(row["minimum_personen"])


def chronic(since: Mapping[str, date] | None, year: int) -> str:
    """Class of the number of chronic conditions at the start of a year."""
    if since is None:
        return "onbekend"
    groups = {row["diagnosegroep"] for row in seed("ref_chronische_aandoening")}
    number = sum(group in groups and day < date(year, 1, 1) for group, day in since.items())
    for row in seed("ref_chronisch_klasse"):
        if int(row["van"]) <= number <= int(row["tot"]):
            return row["chronisch"]
    return "onbekend"


def since(known: dict[str, date], rows: list[dict[str, Any]], first: datetime) -> None:
    """Add when the diagnosis groups of a record began, at the latest when it was recorded."""
    for row in rows:
        group = diagnosis_group(row["code_stelsel"], row["code"])
        if group and row["verificatie_status"] not in ("refuted", "entered-in-error"):
            days = [local_day(row["geregistreerd_op"] or first)]
            days += [local_day(row["begin"])] if row["begin"] else []
            known[group] = min([*days, known.get(group, days[0])])


def compared_with(
    totals: Mapping[Stratum, Sequence[Fraction]], names: Sequence[str], minimum: int
) -> dict[Stratum, tuple[Fraction, Fraction]]:
    """Teller and noemer of what each stratum is compared with.

    Args:
        totals: teller, noemer and persons of every stratum over all units of a level.
        names: the characteristics of a model, coarse to fine.
        minimum: persons from which a stratum stands by itself.
    """
    result: dict[Stratum, tuple[Fraction, Fraction]] = {}
    for alike in _split(list(totals), totals, list(names), minimum):
        teller, noemer = (sum((totals[s][i] for s in alike), Fraction(0)) for i in range(2))
        result |= dict.fromkeys(alike, (teller, noemer))
    return result


def _split(
    strata: list[Stratum],
    totals: Mapping[Stratum, Sequence[Fraction]],
    names: list[str],
    minimum: int,
) -> list[list[Stratum]]:
    """Split by a characteristic, each part by the next; what is too small stays together."""
    if not names:
        return [strata]

    def persons(part: list[Stratum]) -> Fraction:
        return sum((totals[s][2] for s in part), Fraction(0))

    classes: dict[str, list[Stratum]] = defaultdict(list)
    for stratum in strata:
        classes[stratum[KENMERKEN.index(names[0])]].append(stratum)
    rest: list[Stratum] = []
    parts: list[list[Stratum]] = []
    for _name, part in sorted(classes.items()):
        if persons(part) < minimum:
            rest = rest + part
        else:
            parts.append(part)
    if rest and persons(rest) < minimum and parts:
        smallest = min(parts, key=persons)  # of equal ones the first, in order of name
        parts.remove(smallest)
        rest = rest + smallest
    return [
        leaf
        for part in [*parts, *([rest] if rest else [])]
        for leaf in _split(part, totals, names[1:], minimum)
    ]
