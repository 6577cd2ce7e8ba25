"""Every condition of the official layouts is accounted for, and the account is true."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from schemas.ei import Element, layout
from schemas.ei.regels import (
    Regel,
    algemene_elementen,
    algemene_regels,
    codelijsten,
    eigen_elementen,
    geldt,
    regels_van,
)
from schemas.ei.regels.condities import condities
from tests.outside import OUTSIDE, needs_outside

FEITEN: dict[str, list[str]] = tomllib.loads(
    Path(__file__).parent.with_name("ei_condities.toml").read_text(encoding="utf-8")
)
UITKOMSTEN = {
    "indeling", "algemeen", "codelijst", "regel", "waarschuwing", "niet_beoordeeld",
}  # fmt: skip
#: What the layout itself and the checks of structure, repetition and totals hold.
DOOR_INDELING = {
    "kenmerk", "herkenning", "reserve", "datum", "verplicht", "uitlijning", "bsn", "aantallen",
    "totaal", "referenties", "prestatie eenmalig", "verzekerde erboven", "leeg is nullen",
}  # fmt: skip
STANDARDS = sorted(FEITEN)


def _element(soort: str, nummer: str) -> Element:
    return layout(*soort.split()).records[nummer[:2]].bij_element(nummer)


def _holds(soort: str) -> dict[str, set[str]]:
    """The names a row may give, by outcome, for one standard and version."""
    standaard, versie = soort.split()
    own = regels_van(standaard, versie)
    shared = [r for r in algemene_regels() if geldt(r.voor, r.niet_voor, standaard, versie)]
    narrowed = {f"element:{e}" for e in eigen_elementen(standaard, versie)}
    named = {f"naam:{e['naam']}" for e in algemene_elementen(standaard, versie)}

    def ids(rules: list[Regel], ernst: str) -> set[str]:
        return {r.id for r in rules if r.ernst == ernst}

    return {
        "indeling": DOOR_INDELING,
        "algemeen": ids(shared, "weigering") | named | {"herhaald"},
        "codelijst": set(codelijsten()),
        "regel": ids(own, "weigering") | narrowed,
        "waarschuwing": ids([*own, *shared], "waarschuwing"),
        "niet_beoordeeld": {""},
    }


@pytest.mark.parametrize("soort", STANDARDS)
def test_every_condition_has_an_outcome_and_nothing_else_has(soort) -> None:
    assert {c.element for c in condities() if c.soort == soort} == set(FEITEN[soort])


def test_the_account_is_of_these_standards_alone() -> None:
    assert {c.soort for c in condities()} == set(FEITEN)
    assert {c.uitkomst for c in condities()} == UITKOMSTEN
    assert len(set(condities())) == len(condities())


@pytest.mark.parametrize("soort", STANDARDS)
def test_what_holds_a_condition_exists(soort) -> None:
    holds = _holds(soort)
    wrong = [c for c in condities() if c.soort == soort and c.door not in holds[c.uitkomst]]
    assert wrong == []


@pytest.mark.parametrize("soort", STANDARDS)
def test_every_rule_of_a_standard_rests_on_a_condition(soort) -> None:
    """But for what GZ321 takes from its base file, whose ``bron`` is no element."""
    holds = _holds(soort)
    standaard, versie = soort.split()
    mine = {r.id for r in regels_van(standaard, versie) if r.bron[:4].isdigit()}
    mine |= {f"element:{e}" for e in eigen_elementen(standaard, versie)}
    named = {c.door for c in condities() if c.soort == soort}
    assert mine <= named
    assert mine <= holds["regel"] | holds["waarschuwing"]


def test_what_is_not_judged_says_why_and_the_rest_needs_no_reason() -> None:
    for c in condities():
        assert bool(c.reden) == (c.uitkomst == "niet_beoordeeld"), c


def test_a_code_list_that_holds_a_condition_is_that_of_the_element() -> None:
    for c in condities():
        if c.uitkomst == "codelijst":
            assert str(_element(c.soort, c.element).codelijst).split("-")[0] == c.door, c


@pytest.mark.parametrize("soort", STANDARDS)
@needs_outside
def test_the_conditions_are_those_of_the_published_layout(soort) -> None:
    standaard, versie = soort.split()
    names = (versie, versie.removesuffix(".0"))
    files = [OUTSIDE / "vektis" / "layouts" / f"{standaard}_v{name}.csv" for name in names]
    found = next(f for f in files if f.exists())
    with found.open(encoding="utf-8", errors="replace", newline="") as handle:
        published = [r["element"] for r in csv.DictReader(handle) if r["conditie"].strip()]
    assert published == FEITEN[soort]
