"""Core data within 24 hours: what counts as in time, and what as one record."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from marts_sql import run_model

DIAGNOSE = (
    "pseudo_id text, zorgaanbieder_id text, verificatie_status text, codering_nr bigint, "
    "geregistreerd_op timestamp, beschikbaar_op timestamp"
)
ANDERS = DIAGNOSE.replace("verificatie_status", "status")
MOMENT = datetime(2025, 6, 1, 12)


def observe(*diagnoses: tuple, metingen: tuple = (), medicatie: tuple = ()) -> list[dict]:
    return run_model(
        "ind_kerngegevens_binnen_24_uur",
        fct_diagnose=(DIAGNOSE, list(diagnoses)),
        fct_meting=(ANDERS, list(metingen)),
        fct_medicatie=(ANDERS, list(medicatie)),
    )


@pytest.mark.parametrize(
    ("later", "op_tijd"),
    [
        (timedelta(hours=24), 1),
        (timedelta(hours=24, seconds=1), 0),
        (timedelta(0), 1),
        (timedelta(hours=-1), 1),  # a clock that runs behind is no delay
    ],
)
def test_twenty_four_hours_exactly_is_in_time(later: timedelta, op_tijd: int) -> None:
    (row,) = observe(("p", "06000001", "confirmed", 1, MOMENT, MOMENT + later))
    assert (row["teller"], row["noemer"]) == (op_tijd, 1)


def test_a_second_coding_is_no_second_record() -> None:
    (row,) = observe(
        ("p", "06000001", "confirmed", 1, MOMENT, MOMENT),
        ("p", "06000001", "confirmed", 2, MOMENT, MOMENT),
    )
    assert row["noemer"] == 1


def test_what_was_entered_in_error_or_has_no_moment_is_not_counted() -> None:
    rows = observe(
        ("p", "06000001", "entered-in-error", 1, MOMENT, MOMENT),
        ("p", "06000001", "confirmed", 1, None, MOMENT),
        ("p", "06000001", "confirmed", 1, MOMENT, None),
        metingen=(("p", "06000001", "entered-in-error", 1, MOMENT, MOMENT),),
    )
    assert rows == []


def test_the_day_is_that_in_the_netherlands() -> None:
    new_year = datetime(2024, 12, 31, 23, 30)  # UTC
    (row,) = observe(("p", "06000001", None, 1, new_year, new_year))
    assert row["peildatum"] == date(2025, 1, 1)
