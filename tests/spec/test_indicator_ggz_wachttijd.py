"""Waiting for mental health care: what counts as in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from marts_sql import run_model

INT_WACHTTIJD = (
    "bron_id text, wachtregistratie_sleutel text, pseudo_id text, zorgaanbieder_id text, "
    "echelon text, fase text, diagnosegroep text, begindatum date, einddatum date, bekend_op date, "
    "reden_code text"
)
FCT_WACHTTIJD = (
    "pseudo_id text, zorgaanbieder_id text, fase text, diagnosegroep text, einddatum date, "
    "wachtweken integer"
)
EIND = date(2025, 3, 31)


def weeks(dagen: int) -> int:
    row = ("b", "s", "p", "54000001", "basis", "aanmelding", "depressie",
           EIND - timedelta(days=dagen), EIND, None, None)  # fmt: skip
    (fact,) = run_model("fct_wachttijd", int_wachttijd=(INT_WACHTTIJD, [row]))
    assert fact["wachtdagen"] == dagen
    return int(fact["wachtweken"])


@pytest.mark.parametrize(
    ("dagen", "weken"), [(0, 0), (1, 1), (7, 1), (8, 2), (28, 4), (29, 5), (70, 10), (71, 11)]
)
def test_weeks_are_rounded_up(dagen: int, weken: int) -> None:
    assert weeks(dagen) == weken


@pytest.mark.parametrize(
    ("fase", "weken", "teller"),
    [("aanmelding", 4, 1), ("aanmelding", 5, 0), ("behandeling", 10, 1), ("behandeling", 11, 0)],
)
def test_exactly_the_norm_is_in_time(fase: str, weken: int, teller: int) -> None:
    naam = {"aanmelding": "aanmeld", "behandeling": "behandel"}[fase]
    (row,) = run_model(
        f"ind_ggz_{naam}wachttijd_treeknorm",
        seeds=("treeknorm",),
        fct_wachttijd=(FCT_WACHTTIJD, [("p", "54000001", fase, "depressie", EIND, weken)]),
    )
    assert (row["peildatum"], row["teller"], row["noemer"]) == (EIND, teller, 1)


def test_who_still_waits_or_waits_for_something_else_is_not_counted() -> None:
    rows = run_model(
        "ind_ggz_aanmeldwachttijd_treeknorm",
        seeds=("treeknorm",),
        fct_wachttijd=(
            FCT_WACHTTIJD,
            [
                ("wacht nog", "54000001", "aanmelding", "depressie", None, None),
                ("behandeling", "54000001", "behandeling", "depressie", EIND, 1),
            ],
        ),
    )
    assert rows == []
