"""Core facts behind the clinical indicators: stays, emergency visits, targets, medicines, PROMs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from marts_sql import run_model

CONTACT = (
    "contact_id text, pseudo_id text, zorgaanbieder_id text, reden_diagnosegroep text, "
    "klasse text, prioriteit text, bestemming_code text, status text, begin_op timestamp, "
    "eind_op timestamp, begindatum date, bekend_op date"
)


def admission(nr: str, begin: str, end: str | None, agb: str = "z1", **more: Any) -> tuple:
    start = datetime.fromisoformat(begin + " 12:00")
    ends = None if end is None else datetime.fromisoformat(end + " 11:00")
    known = {"prioriteit": "EM", "bestemming": None, "status": "finished", "klasse": "IMP"} | more
    return (
        nr, "p", agb, "copd", known["klasse"], known["prioriteit"], known["bestemming"],
        known["status"], start, ends, start.date(), start.date(),
    )  # fmt: skip


def stays(*admissions: tuple) -> list[tuple]:
    rows = run_model("fct_opname", fct_contact=(CONTACT, list(admissions)))
    keys = ("opname_id", "zorgaanbieder_id", "opnamedatum", "ontslagdatum", "dagen_tot_acuut")
    return sorted(tuple(row[k] for k in keys) for row in rows)


def test_a_transfer_on_the_day_of_discharge_is_one_stay_that_ends_at_the_other_hospital() -> None:
    found = stays(
        admission("a", "2025-03-01", "2025-03-05"),
        admission("b", "2025-03-05", "2025-03-09", "z2"),
        admission("c", "2025-03-10", "2025-03-12"),
    )
    assert found == [
        ("b", "z2", date(2025, 3, 1), date(2025, 3, 9), 1),
        ("c", "z1", date(2025, 3, 10), date(2025, 3, 12), None),
    ]


def test_an_admission_inside_another_does_not_end_it() -> None:
    found = stays(
        admission("a", "2025-03-01", "2025-03-20"), admission("b", "2025-03-04", "2025-03-06", "z2")
    )
    assert found == [("a", "z1", date(2025, 3, 1), date(2025, 3, 20), None)]


def test_a_planned_stay_between_hides_no_acute_one() -> None:
    found = stays(
        admission("a", "2025-03-01", "2025-03-05"),
        admission("b", "2025-03-10", "2025-03-11", prioriteit="EL"),
        admission("c", "2025-03-25", "2025-03-28", "z2"),
    )
    assert [row[4] for row in found] == [20, 14, None]


@pytest.mark.parametrize("status", ["planned", "cancelled", "entered-in-error"])
def test_what_did_not_happen_is_no_stay(status: str) -> None:
    assert stays(admission("a", "2025-03-01", "2025-03-05", status=status)) == []
    assert stays(admission("a", "2025-03-01", "2025-03-05", klasse="AMB")) == []


def test_an_admission_without_an_end_keeps_the_stay_open() -> None:
    found = stays(
        admission("a", "2025-03-01", None), admission("b", "2025-03-01", "2025-03-02", "z2")
    )
    assert [(row[2], row[3]) for row in found] == [(date(2025, 3, 1), None)]


def test_death_is_told_by_where_the_patient_went() -> None:
    (row,) = run_model(
        "fct_opname",
        fct_contact=(CONTACT, [admission("a", "2025-03-01", "2025-03-05", bestemming="exp")]),
    )
    assert row["is_overleden"] is True


def test_an_admission_within_24_hours_of_a_visit_counts_one_before_it_does_not() -> None:
    visit = datetime(2025, 3, 1, 12)
    contacts = [
        (nr, who, "z", "copd", kind, None, None, "finished", at, None, at.date(), at.date())
        for nr, who, kind, at in (
            ("v1", "op tijd", "EMER", visit),
            ("o1", "op tijd", "IMP", datetime(2025, 3, 2, 12)),
            ("v2", "te laat", "EMER", visit),
            ("o2", "te laat", "IMP", datetime(2025, 3, 2, 12, 1)),
            ("v3", "ervoor", "EMER", visit),
            ("o3", "ervoor", "IMP", datetime(2025, 3, 1, 11)),
            ("v4", "nooit", "EMER", visit),
        )
    ]
    rows = run_model("fct_seh_contact", fct_contact=(CONTACT, contacts))
    assert {row["pseudo_id"]: row["is_opgenomen"] for row in rows} == {
        "op tijd": True, "te laat": False, "ervoor": False, "nooit": False,
    }  # fmt: skip


DIAGNOSE = "pseudo_id text, diagnosegroep text, verificatie_status text, registratiedatum date"
METING = (
    "pseudo_id text, zorgaanbieder_id text, code_stelsel text, code text, eenheid text, "
    "comparator text, waarde decimal(18,4), afgenomen_op timestamp"
)


def measured(*rows: tuple[str, str, float, str], diagnose: str = "diabetes_type_2") -> list[tuple]:
    known = [("p", diagnose, "confirmed", date(2025, 12, 31)),
             ("q", diagnose, "refuted", date(2025, 1, 1))]  # fmt: skip
    values = [
        (who, agb, "http://loinc.org", "59261-8", "mmol/mol", None, value,
         datetime.fromisoformat(at))
        for who, agb, value, at in rows
    ]  # fmt: skip
    other = ("p", "z9", "http://loinc.org", "59261-8", "%", None, 1, datetime(2025, 12, 1))
    found = run_model(
        "int_laatste_meting",
        seeds=("ref_streefwaarde",),
        fct_diagnose=(DIAGNOSE, known),
        fct_meting=(METING, [*values, other]),
    )
    keys = ("pseudo_id", "zorgaanbieder_id", "waarde", "is_bereikt")
    return [tuple(row[k] for k in keys) for row in found]


def test_the_last_value_of_the_year_counts_and_the_target_itself_is_reached() -> None:
    assert measured(("p", "z1", 70, "2025-01-01 10:00"), ("p", "z2", 53, "2025-06-01 10:00")) == [
        ("p", "z2", Decimal(53), True)
    ]
    assert measured(("p", "z1", 54, "2025-01-01 10:00")) == [("p", "z1", Decimal(54), False)]


def test_of_two_values_at_one_moment_the_order_of_delivery_decides_nothing() -> None:
    rows = [("p", "z2", 60.0, "2025-01-01 10:00"), ("p", "z1", 50.0, "2025-01-01 10:00")]
    assert measured(*rows) == measured(*reversed(rows)) == [("p", "z1", Decimal(50), True)]


def test_who_has_no_such_diagnosis_by_the_end_of_the_year_does_not_count() -> None:
    assert measured(("q", "z1", 50, "2025-01-01 10:00")) == []
    assert measured(("p", "z1", 50, "2024-12-31 10:00")) == []
    assert measured(("p", "z1", 50, "2025-01-01 10:00"), diagnose="copd") == []


MEDICATIE = (
    "pseudo_id text, code_stelsel text, code text, status text, is_stop boolean, "
    "begin_op timestamp, eind_op timestamp, geregistreerd_op timestamp"
)


def test_chronic_medicines_hold_from_begin_to_end_and_stops_are_none() -> None:
    at = datetime(2025, 3, 1, 10)
    atc = "http://www.whocc.no/atc"
    rows = run_model(
        "int_chronisch_middel",
        seeds=("geneesmiddel_chronisch", "codestelsel"),
        fct_medicatie=(
            MEDICATIE,
            [
                ("open", atc, "C03CA01", "active", False, None, None, at),
                ("eind", atc, "A10BA02", "completed", False, at, datetime(2025, 5, 1, 10), at),
                ("kort", atc, "N02BE01", "active", False, None, None, at),
                ("stop", atc, "C03CA01", "active", True, None, None, at),
                ("fout", atc, "C03CA01", "entered-in-error", False, None, None, at),
                ("stelsel", "urn:anders", "C03CA01", "active", False, None, None, at),
            ],
        ),
    )
    assert {(r["pseudo_id"], r["begindatum"], r["einddatum"]) for r in rows} == {
        ("open", date(2025, 3, 1), date(9999, 12, 31)),
        ("eind", date(2025, 3, 1), date(2025, 5, 1)),
    }


VERRICHTING = (
    "verrichting_id text, pseudo_id text, zorgaanbieder_id text, code_stelsel text, code text, "
    "status text, uitgevoerd_op timestamp"
)
LIJST = (
    "pseudo_id text, zorgaanbieder_id text, vragenlijst text, status text, score decimal(18,4), "
    "ingevuld_op timestamp, invuldatum date"
)


def prom(*lists: tuple[str, float], agb: str = "z", known: str = "2025-12-31") -> tuple:
    operation = ("v", "p", "z", "http://snomed.info/sct", "52734007", "completed",
                 datetime(2025, 3, 1, 10))  # fmt: skip
    filled = [
        ("p", agb, "https://vragenlijsten.example/prom-ingreep", "completed", score,
         datetime.fromisoformat(day + " 10:00"), date.fromisoformat(day))
        for day, score in lists
    ]  # fmt: skip
    (row,) = run_model(
        "int_ingreep_prom",
        seeds=("prom_ingreep",),
        fct_verrichting=(VERRICHTING, [operation]),
        fct_vragenlijst=(LIJST, filled),
        int_bekend_tot=("bekend_tot date", [(date.fromisoformat(known),)]),
    )
    return row["score_vooraf"], row["score_na"], row["is_rond"]


def test_the_last_list_before_and_the_first_after_within_the_windows() -> None:
    lists = [("2024-12-01", 10), ("2025-02-01", 40), ("2025-03-01", 45),
             ("2025-06-29", 60), ("2025-10-27", 80)]  # fmt: skip
    assert prom(*lists) == (Decimal(45), Decimal(60), True)
    assert prom(("2024-11-30", 10), ("2025-06-28", 60), ("2025-10-28", 80)) == (None, None, True)


def test_a_list_of_another_zorgaanbieder_is_none_and_time_must_be_over() -> None:
    assert prom(("2025-02-01", 40), agb="ander") == (None, None, True)
    assert prom(("2025-02-01", 40), known="2025-10-26") == (Decimal(40), None, False)
