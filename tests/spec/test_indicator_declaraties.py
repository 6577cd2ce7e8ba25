"""Costs and consultations from declarations: what a credit does to a figure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from marts_sql import run_model

PRESTATIE = (
    "pseudo_id text, zorgaanbieder_id text, diagnosegroep text, begindatum date, "
    "bedrag_eur decimal(18,2), telt_mee boolean, sector text"
)
ACTIVITEIT = (
    "pseudo_id text, zorgaanbieder_id text, diagnosegroep text, begindatum date, "
    "consultsoort text, consultkanaal text, aantal bigint, telt_mee boolean"
)
DAG = date(2025, 3, 1)


def costs(*rows: tuple[str, bool]) -> list[dict[str, Any]]:
    lines = [("p", "06", "copd", DAG, Decimal(euro), counts, "msz") for euro, counts in rows]
    return run_model("ind_kosten_per_patient", fct_prestatie=(PRESTATIE, lines))


def test_a_correction_leaves_the_new_amount() -> None:
    (row,) = costs(("100.00", False), ("-100.00", False), ("80.05", True))
    assert (row["teller"], row["noemer"]) == (Decimal("80.0500"), 1)
    assert row["peildatum"] == date(2025, 12, 31)


def test_who_was_reversed_to_nothing_is_no_patient() -> None:
    assert costs(("100.00", False), ("-100.00", False)) == []


def test_care_for_nothing_is_care() -> None:
    (row,) = costs(("0.00", True))
    assert (row["teller"], row["noemer"]) == (0, 1)


def test_only_specialist_care_counts() -> None:
    line = ("p", "01", "overig", DAG, Decimal(10), True, "huisartsenzorg")
    assert run_model("ind_kosten_per_patient", fct_prestatie=(PRESTATIE, [line])) == []


def test_digital_follow_up_consultations() -> None:
    def row(soort: str | None, kanaal: str | None, aantal: int, counts: bool = True) -> tuple:
        return ("p", "06", "copd", DAG, soort, kanaal, aantal, counts)

    (found,) = run_model(
        "ind_vervolgconsult_digitaal",
        fct_zorgactiviteit=(
            ACTIVITEIT,
            [
                row("vervolg", "digitaal", 2),
                row("vervolg", "fysiek", 1),
                row("eerste", "digitaal", 4),
                row(None, None, 8),
                row("vervolg", "digitaal", 16, counts=False),
            ],
        ),
    )
    assert (found["teller"], found["noemer"]) == (2, 3)
