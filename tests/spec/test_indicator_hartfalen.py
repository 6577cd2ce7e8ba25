"""Acute admission for heart failure: who is a patient, and what is an acute admission."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from marts_sql import run_model

DIAGNOSE = "pseudo_id text, diagnosegroep text, verificatie_status text, registratiedatum date"
CONTACT = (
    "pseudo_id text, zorgaanbieder_id text, begindatum date, klasse text, prioriteit text, "
    "reden_diagnosegroep text, status text"
)
AANBIEDER = ("zorgaanbieder_id text, is_ziekenhuis boolean", [("06000001", True), ("01", False)])
BEKEND = ("p", "hartfalen", "confirmed", date(2025, 12, 31))
OPNAME = ("p", "06000001", date(2025, 5, 1), "IMP", "EM", "hartfalen", "finished")


def observe(contacten: list[tuple], diagnoses: list[tuple] | None = None) -> list[dict[str, Any]]:
    return run_model(
        "ind_hartfalen_acute_opname",
        fct_diagnose=(DIAGNOSE, [BEKEND] if diagnoses is None else diagnoses),
        fct_contact=(CONTACT, contacten),
        dim_zorgaanbieder=AANBIEDER,
    )


def changed(position: int, value: object) -> tuple:
    row = list(OPNAME)
    row[position] = value
    return tuple(row)


def test_two_acute_admissions_are_one_patient() -> None:
    (row,) = observe([OPNAME, changed(2, date(2025, 9, 1))])
    assert (row["teller"], row["noemer"], row["peildatum"]) == (1, 1, date(2025, 12, 31))


@pytest.mark.parametrize(
    ("position", "value"),
    [(3, "AMB"), (3, "EMER"), (4, "EL"), (4, None), (5, "copd"), (5, None)],
)
def test_other_contacts_make_a_patient_but_no_acute_admission(position: int, value: str) -> None:
    (row,) = observe([changed(position, value)])
    assert (row["teller"], row["noemer"]) == (0, 1)


@pytest.mark.parametrize(
    "contact",
    [changed(1, "01"), changed(1, None), changed(6, "cancelled"), changed(2, date(2024, 5, 1))],
    ids=["huisarts", "zonder aanbieder", "geannuleerd", "jaar voor de diagnose"],
)
def test_contacts_that_do_not_count(contact: tuple) -> None:
    assert observe([contact]) == []


@pytest.mark.parametrize("status", ["refuted", "entered-in-error"])
def test_a_refuted_diagnosis_makes_no_patient(status: str) -> None:
    assert observe([OPNAME], [("p", "hartfalen", status, date(2025, 1, 1))]) == []
    assert observe([OPNAME], [("p", "copd", "confirmed", date(2025, 1, 1))]) == []
