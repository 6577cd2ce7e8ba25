"""Persons in declarations and in kerngegevens: who is on one side alone is counted, not dropped."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from marts_sql import run_model

PRESTATIE = "pseudo_id text, bron_id text, sector text, begindatum date"
SLEUTEL = "pseudo_id text"
KLOK = "pseudo_id text, bron_id text, peildatum date"


def linked(
    prestaties: list[tuple], patienten: list[str], gegevens: list[tuple]
) -> dict[tuple[str, str, str, str], tuple[int, int, int, Decimal | None]]:
    rows = run_model(
        "koppeling_declaraties",
        fct_prestatie=(PRESTATIE, prestaties),
        int_persoon_sleutel=(SLEUTEL, [(p,) for p in patienten]),
        fct_beschikbaarheid=(KLOK, gegevens),
    )
    return {
        (r["kant"], r["bron_id"], r["sector"], r["periode"]): (
            r["n_personen"], r["n_niet_gekoppeld"], r["n_zonder_bsn"], r["aandeel_niet_gekoppeld"],
        )
        for r in rows
    }  # fmt: skip


def test_a_person_counts_once_a_cell_and_is_linked_by_pseudonym_alone() -> None:
    dag, later = date(2025, 2, 1), date(2025, 8, 1)
    found = linked(
        [
            ("p1", "ei", "msz", dag), ("p1", "ei", "msz", later), ("p1", "ei", "farmacie", dag),
            ("p2", "ei", "msz", dag), ("v3", "ei", "msz", dag),
            ("p1", "ei", "msz", date(2024, 1, 1)),
        ],
        ["p1", "p4", "f5"],
        [("p1", "epd", dag), ("p4", "epd", dag), ("f5", "epd", None)],
    )  # fmt: skip
    assert found[("declaraties", "ei", "msz", "2025")] == (3, 2, 1, Decimal("0.666667"))
    assert found[("declaraties", "ei", "farmacie", "2025")] == (1, 0, 0, Decimal(0))
    assert found[("declaraties", "TOTAAL", "TOTAAL", "2025")] == (3, 2, 1, Decimal("0.666667"))
    assert found[("declaraties", "ei", "msz", "2024")] == (1, 0, 0, Decimal(0))
    assert found[("kerngegevens", "epd", "TOTAAL", "2025")] == (2, 1, 0, Decimal("0.5"))
    assert found[("kerngegevens", "epd", "TOTAAL", "ONBEKEND")] == (1, 1, 1, Decimal(1))
    assert not [key for key in found if key[0] == "kerngegevens" and key[2] != "TOTAAL"]


def test_nothing_delivered_is_no_row() -> None:
    assert linked([], [], []) == {}
