"""The code lists that are not held are named, for every standard and every element."""

from __future__ import annotations

import pytest

from schemas.ei import Layout, alle_layouts
from schemas.ei.codelijsten import ongetoetste_lijsten
from schemas.ei.regels import codelijsten

HEEN = [x for x in alle_layouts() if x.richting == "heen"]


def _not_held(indeling: Layout) -> dict[str, list[str]]:
    """By list the elements whose codes nothing says the values of."""
    found: dict[str, list[str]] = {}
    for record in indeling.records.values():
        for element in record.elementen:
            lijst = element.codelijst
            if lijst is None or lijst.split("-")[0] in codelijsten():
                continue
            if not (element.vorm.waarden or element.vorm.leeg):
                found.setdefault(lijst, []).append(element.element)
    return found


@pytest.mark.parametrize("indeling", HEEN, ids=lambda x: f"{x.standaard}v{x.versie}")
def test_the_lists_that_are_not_judged_are_those_of_the_layout_that_are_not_held(indeling) -> None:
    named = ongetoetste_lijsten(indeling.standaard, indeling.versie)
    assert {x.codelijst: list(x.elementen) for x in named} == _not_held(indeling)
    assert [x.codelijst for x in named] == sorted(x.codelijst for x in named)
    assert all(x.naam and x.status == "niet beschikbaar" for x in named)


def test_a_list_has_one_name() -> None:
    names = {
        (x.codelijst, x.naam)
        for indeling in HEEN
        for x in ongetoetste_lijsten(indeling.standaard, indeling.versie)
    }
    assert len(names) == len({codelijst for codelijst, _ in names}) > 40
    assert ("COD651-VEKT", "Herdeclaratie") in names


def test_a_message_back_names_none() -> None:
    assert ongetoetste_lijsten("ZH309", "8.0") == ()
