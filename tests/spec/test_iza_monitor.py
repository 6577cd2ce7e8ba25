"""The monitor: a straight path from base to target, judged by the whole confidence interval."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from marts_sql import run_model

CIJFER = (
    "indicator_id text, definitie_versie text, niveau text, eenheid_id text, eenheid_naam text, "
    "uitsplitsing text, periode_type text, periode text, waarde decimal(18,6), "
    "ci_laag decimal(18,6), ci_hoog decimal(18,6), n_personen bigint, status text, akkoord text, "
    "bouw_id text"
)
NORM = (
    "norm_id text, indicator_id text, doelwaarde text, operator text, doeljaar text, status text, "
    "basiswaarde text, basisjaar text"
)
REGISTER = "indicator_id text, definitie_versie text, minimum_volume text, soort_meting text"
NORMEN: list[tuple[Any, ...]] = [
    ("wacht", "wacht", "0.80", ">=", "2025", "norm", "0.40", "2021"),  # path +0.10 a year
    ("opname", "opname", "0.10", "<=", "2025", "voorstel", "0.13", "2022"),  # path -0.01 a year
    ("kern", "kern", "1.00", ">=", "2025", "norm", None, None),
    ("hybride", "hybride", None, ">=", "2026", "bespreekpunt", None, None),
    ("twee-1", "twee", "0.50", ">=", "2024", "norm", "0.30", "2022"),
    ("volume", "volume", "100", ">=", "2025", "norm", None, None),
    ("twee-2", "twee", "0.90", ">=", "2026", "ambitie", "0.30", "2022"),
]
IDS = ("wacht", "opname", "kern", "hybride", "twee", "doelloos", "volume")


def monitor(*cijfers: tuple[Any, ...]) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Rows of the monitor by norm, unit and year.

    Args:
        cijfers: indicator, unit, year, value, both ends of its interval, persons.
    """
    rows = [
        (i, "1", "landelijk" if unit == "NL" else "zorgkantoorregio", unit, unit, "TOTAAL", "jaar",
         year, value, low, high, n, "definitief", "geaccepteerd", "b")
        for i, unit, year, value, low, high, n in cijfers
    ]  # fmt: skip
    found = run_model(
        "iza_monitor",
        spiegel_indicator=(CIJFER, rows),
        ref_norm=(NORM, NORMEN),
        ref_indicator=(
            REGISTER,
            [(name, "1", "10", "aantal" if name == "volume" else "som") for name in IDS],
        ),
    )
    keyed = {(r["norm_id"], r["eenheid_id"], r["periode"]): r for r in found}
    assert len(keyed) == len(found)
    return keyed


def test_the_path_runs_straight_from_base_to_target_and_stays_there() -> None:
    years = [("wacht", "NL", str(y), 0.5, 0.4, 0.6, 100) for y in (2020, 2021, 2023, 2025, 2027)]
    path = {key[2]: row["padwaarde"] for key, row in monitor(*years).items()}
    assert path == {
        "2020": Decimal("0.4"), "2021": Decimal("0.4"), "2023": Decimal("0.6"),
        "2025": Decimal("0.8"), "2027": Decimal("0.8"),
    }  # fmt: skip


def test_state_when_higher_is_better() -> None:
    found = monitor(
        ("wacht", "op het pad", "2023", 0.6, 0.55, 0.65, 100),
        ("wacht", "ruim erboven", "2023", 0.7, 0.65, 0.75, 100),
        ("wacht", "zeker eronder", "2023", 0.5, 0.45, 0.599999, 100),
        ("wacht", "misschien eronder", "2023", 0.59, 0.55, 0.6, 100),
        ("wacht", "te weinig mensen", "2023", 0.1, 0.05, 0.2, 9),
        ("wacht", "geen waarde", "2023", None, None, None, 10),
    )
    assert {key[1]: (row["stand"], row["is_zeker"]) for key, row in found.items()} == {
        "op het pad": ("op_koers", False),
        "ruim erboven": ("op_koers", True),
        "zeker eronder": ("achter", True),
        "misschien eronder": ("te_weinig_gegevens", False),
        "te weinig mensen": ("te_weinig_gegevens", False),
        "geen waarde": ("te_weinig_gegevens", False),
    }


def test_state_when_lower_is_better() -> None:
    found = monitor(
        ("opname", "laag", "2024", 0.10, 0.09, 0.11, 100),
        ("opname", "hoog", "2024", 0.13, 0.110001, 0.15, 100),
        ("opname", "misschien", "2024", 0.13, 0.11, 0.15, 100),
    )
    assert {key[1]: row["stand"] for key, row in found.items()} == {
        "laag": "op_koers", "hoog": "achter", "misschien": "te_weinig_gegevens",
    }  # fmt: skip
    assert found["opname", "hoog", "2024"]["afstand_tot_doel"] == Decimal("-0.03")
    assert found["opname", "hoog", "2024"]["benodigd_tempo"] == Decimal("-0.03")
    assert found["opname", "laag", "2024"]["benodigd_tempo"] == 0


def test_pace_that_is_needed_and_pace_so_far() -> None:
    found = monitor(
        ("wacht", "NL", "2023", 0.5, 0.45, 0.55, 100), ("wacht", "NL", "2025", 0.9, 0.8, 1, 100)
    )
    half = found["wacht", "NL", "2023"]
    assert (half["tempo_sinds_basis"], half["benodigd_tempo"]) == (Decimal("0.05"), Decimal("0.15"))
    assert (half["doeldatum"], half["basisdatum"]) == (date(2025, 12, 31), date(2021, 12, 31))
    assert found["wacht", "NL", "2025"]["benodigd_tempo"] is None


def test_without_a_base_only_the_target_counts() -> None:
    found = monitor(
        ("kern", "al gehaald", "2024", 1.0, 0.99, 1.0, 100),
        ("kern", "onderweg", "2024", 0.7, 0.6, 0.8, 100),
        ("kern", "te laat", "2025", 0.7, 0.6, 0.8, 100),
    )
    assert {key[1]: row["stand"] for key, row in found.items()} == {
        "al gehaald": "op_koers", "onderweg": "te_weinig_gegevens", "te laat": "achter",
    }  # fmt: skip


def test_no_target_and_a_target_without_a_value() -> None:
    found = monitor(
        ("hybride", "NL", "2025", 0.3, 0.2, 0.4, 100), ("doelloos", "NL", "2025", 5, 4, 6, 100)
    )
    assert {key[0]: row["stand"] for key, row in found.items()} == {
        "hybride": "geen_doel", "GEEN": "geen_doel",
    }  # fmt: skip


def test_each_target_of_an_indicator_is_judged_apart() -> None:
    found = monitor(("twee", "NL", "2024", 0.55, 0.5, 0.59, 100))
    assert found["twee-1", "NL", "2024"]["stand"] == "op_koers"
    assert found["twee-2", "NL", "2024"]["stand"] == "achter"


def test_only_the_country_and_regions_as_a_whole_and_by_year() -> None:
    base = ["wacht", "1", "landelijk", "NL", "NL", "TOTAAL", "jaar", "2023",
            0.5, 0.4, 0.6, 100, "definitief", "geaccepteerd", "b"]  # fmt: skip
    others = [
        [*base[:2], "zorgaanbieder", *base[3:]],
        [*base[:5], "geslacht", *base[6:]],
        [*base[:6], "kwartaal", "2023Q1", *base[8:]],
    ]
    found = run_model(
        "iza_monitor",
        spiegel_indicator=(CIJFER, [tuple(row) for row in (base, *others)]),
        ref_norm=(NORM, NORMEN),
        ref_indicator=(REGISTER, [("wacht", "1", "10", "som")]),
    )
    assert [(r["niveau"], r["periode"]) for r in found] == [("landelijk", "2023")]


def test_a_norm_for_each_institution_is_no_target_of_a_region_or_the_country() -> None:
    """Two hundred operations at ten hospitals together are not above a norm of a hundred each."""
    found = monitor(
        ("volume", "NL", "2025", 200, 173, 230, 200), ("volume", "ZK01", "2025", 40, 28, 55, 40)
    )
    assert {(key[0], row["stand"]) for key, row in found.items()} == {("GEEN", "geen_doel")}
    assert {row["doelwaarde"] for row in found.values()} == {None}
