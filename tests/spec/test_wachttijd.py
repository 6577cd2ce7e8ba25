"""Waiting for mental health care: how long a wait took."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from marts_sql import run_model

INT_WACHTTIJD = (
    "bron_id text, wachtregistratie_sleutel text, pseudo_id text, zorgaanbieder_id text, "
    "echelon text, fase text, diagnosegroep text, begindatum date, einddatum date, bekend_op date, "
    "reden_code text"
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
