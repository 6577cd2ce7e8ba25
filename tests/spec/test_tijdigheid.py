"""The mart of timeliness: planted delays come out as counts, shares, medians and nothing else."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from marts_sql import run_model

COLUMNS = (
    "bron_id text, onderdeel text, tabel text, zorgaanbieder_id text, peildatum date, "
    "geregistreerd_op timestamp, beschikbaar_op timestamp, uit_herkomst boolean, "
    "binnen_24_uur boolean, vertraging_seconden bigint"
)
MOMENT = datetime(2025, 3, 1, 12)


def row(
    hours: float | None,
    bron: str = "b",
    onderdeel: str = "labuitslagen",
    aanbieder: str | None = "06000001",
    day: date | None = date(2025, 3, 1),
) -> tuple[Any, ...]:
    available = MOMENT + timedelta(hours=hours) if hours is not None else None
    return (
        bron, onderdeel, "fhir_meting", aanbieder, day, MOMENT, available, False,
        None if hours is None else hours <= 24, None if hours is None else int(hours * 3600),
    )  # fmt: skip


def mart(*rows: tuple[Any, ...]) -> dict[tuple[str, ...], dict[str, Any]]:
    """Rows of the mart by key."""
    found = run_model("tijdigheid_kerngegevens", fct_beschikbaarheid=(COLUMNS, list(rows)))
    key = ("bron_id", "onderdeel", "tabel", "zorgaanbieder_id", "periode_type", "periode")
    keyed = {tuple(r[k] for k in key): r for r in found}
    assert len(keyed) == len(found)
    return keyed


def test_counts_shares_and_delays() -> None:
    figures = mart(*(row(h) for h in (1, 2, 3, 24, 48)), row(None))
    total = figures["TOTAAL", "TOTAAL", "TOTAAL", "TOTAAL", "jaar", "2025"]
    assert (total["n_records"], total["n_beoordeeld"], total["n_binnen_24_uur"]) == (6, 5, 4)
    assert total["n_met_registratiemoment"] == 6
    assert total["n_met_beschikbaarheidsmoment"] == 5
    assert total["aandeel_binnen_24_uur"] == Decimal("0.8")
    assert total["mediaan_uren"] == Decimal("3.00")
    assert total["p90_uren"] == Decimal("38.40")  # 24 + 0.6 x 24
    for key in (
        ("b", "labuitslagen", "fhir_meting", "TOTAAL", "kwartaal", "2025Q1"),
        ("b", "labuitslagen", "TOTAAL", "06000001", "jaar", "2025"),
        ("b", "TOTAAL", "TOTAAL", "06000001", "jaar", "2025"),
        ("TOTAAL", "labuitslagen", "fhir_meting", "TOTAAL", "jaar", "2025"),
    ):
        assert figures[key]["n_binnen_24_uur"] == 4


def test_every_record_is_in_a_total_whatever_it_lacks() -> None:
    figures = mart(
        row(1, aanbieder=None),
        row(1, bron="c", onderdeel="beelden"),
        row(None, day=None),
    )
    assert figures["b", "labuitslagen", "TOTAAL", "ONBEKEND", "jaar", "2025"]["n_records"] == 1
    assert figures["b", "labuitslagen", "TOTAAL", "TOTAAL", "jaar", "ONBEKEND"]["n_records"] == 1
    per_part = {k[:4]: r["n_records"] for k, r in figures.items() if k[4:] == ("jaar", "2025")}
    assert per_part["TOTAAL", "TOTAAL", "TOTAAL", "TOTAAL"] == 2
    assert per_part["TOTAAL", "beelden", "TOTAAL", "TOTAAL"] == 1
    assert per_part["c", "TOTAAL", "TOTAAL", "TOTAAL"] == 1


def test_without_a_judged_record_there_is_no_share() -> None:
    (figure,) = (r for k, r in mart(row(None)).items() if k[:5] == ("TOTAAL",) * 4 + ("jaar",))
    assert figure["aandeel_binnen_24_uur"] is None
    assert figure["mediaan_uren"] is None
