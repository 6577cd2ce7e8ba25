"""Every row and every measure of the mirror, against an independent computation in Python."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from marts_bouw import gebouwd  # noqa: F401 - a fixture
from marts_oordelen import SLECHT
from marts_orakel import Wereld, observe
from marts_orakel_dq import BRON
from marts_orakel_spiegel import Sleutel, mirror
from marts_regio import region

from marts.build import BuildResult

pytestmark = pytest.mark.slow

EXACT = [
    "teller",
    "noemer",
    "n_personen",
    "n_zorgaanbieders",
    "peergroep",
    "status",
    "funnel_klasse",
    "volume_voldoende",
]
#: Half of the last decimal that the mart keeps, and what both computations may differ.
_ZES = 0.5e-6 + 1e-9
ROUNDED = {
    "waarde": _ZES,
    "verwacht": 0.5e-4 + 1e-9,
    "oe_ratio": _ZES,
    "oe_basis": _ZES,
    "referentie_landelijk": _ZES,
    "referentie_peer": _ZES,
    "percentiel": 0.051,
    "dq_score": 1e-6,  # the mean of scores that are rounded themselves
    "doelwaarde": _ZES,
    "afstand_tot_doel": _ZES,
    "ci_laag": _ZES,
    "ci_hoog": _ZES,
    "oe_laag": _ZES,
    "oe_hoog": _ZES,
    "funnel_laag_95": _ZES,
    "funnel_hoog_95": _ZES,
    "funnel_laag_998": _ZES,
    "funnel_hoog_998": _ZES,
    "kans": _ZES,
    "overdispersie": _ZES,
    "tussen_sd": _ZES,
    "waarde_krimp": _ZES,
}


@pytest.fixture(scope="module")
def rows(gebouwd: BuildResult) -> dict[Sleutel, dict[str, Any]]:  # noqa: F811
    frame = pl.read_parquet(gebouwd.map / "spiegel_indicator.parquet")
    return {
        (r["indicator_id"], r["niveau"], r["eenheid_id"], r["uitsplitsing"],
         r["uitsplitsing_waarde"], r["periode"]): r
        for r in frame.to_dicts()
        if r["indicator_id"] in BRON and r["uitsplitsing"] != "doelgroep"
    }  # fmt: skip


@pytest.fixture(scope="module")
def wereld() -> Wereld:
    return observe(region())


@pytest.fixture(scope="module")
def expected(wereld: Wereld) -> dict[Sleutel, dict[str, Any]]:
    return mirror(wereld)


def differences(
    rows: dict[Sleutel, dict[str, Any]],
    expected: dict[Sleutel, dict[str, Any]],
    maat: str,
    marge: float,
) -> list[str]:
    found = []
    for sleutel, row in rows.items():
        left, right = row[maat], expected[sleutel].get(maat)
        if left is None or right is None:
            equal = left is None and right is None
        else:
            equal = abs(float(left) - float(right)) <= marge
        if not equal:
            found.append(f"{sleutel}: {left} instead of {right}")
    return found[:5]


def test_same_cells(rows: dict, expected: dict) -> None:
    assert len(rows) > 3000
    assert sorted(rows.keys() - expected.keys())[:5] == []
    assert sorted(expected.keys() - rows.keys())[:5] == []


@pytest.mark.parametrize("maat", EXACT)
def test_exact_measures(rows: dict, expected: dict, maat: str) -> None:
    wrong = [
        (k, r[maat], expected[k][maat]) for k, r in rows.items() if r[maat] != expected[k][maat]
    ]
    assert wrong[:5] == []


@pytest.mark.parametrize("maat", sorted(ROUNDED))
def test_rounded_measures(rows: dict, expected: dict, maat: str) -> None:
    assert differences(rows, expected, maat, ROUNDED[maat]) == []


def test_classes_of_the_small_region(rows: dict) -> None:
    assert {r["funnel_klasse"] for r in rows.values()} > {"binnen", "geen_oordeel"}


def test_scores_of_data_quality(gebouwd: BuildResult, wereld: Wereld) -> None:  # noqa: F811
    expected: dict[tuple[str, ...], list[Any]] = {}
    for g in wereld.gegevens:
        for tabel in (g.feit, "TOTAAL"):
            counts = expected.setdefault((g.bron, g.agb, g.jaar, tabel), [0, 0, 0])
            counts[0] += 1
            counts[1] += g.verlies > 0
            counts[2] += g.verlies
    found = pl.read_parquet(gebouwd.map / "dq_score.parquet").to_dicts()
    keys = ("bron_id", "zorgaanbieder_id", "periode", "tabel")
    assert {tuple(r[k] for k in keys): [r["n_totaal"], r["n_fout"]] for r in found} == {
        key: counts[:2] for key, counts in expected.items()
    }
    for row in found:
        n, _, verlies = expected[tuple(row[k] for k in keys)]
        assert float(row["dq_score"]) == pytest.approx(1 - float(verlies) / n, abs=1.1e-6)


def test_what_rules_cost_explains_every_score(gebouwd: BuildResult) -> None:  # noqa: F811
    keys = ["bron_id", "zorgaanbieder_id", "periode", "tabel"]
    score = pl.read_parquet(gebouwd.map / "dq_score.parquet")
    lost = (
        pl.read_parquet(gebouwd.map / "dq_resultaat.parquet")
        .group_by(keys)
        .agg(pl.col("bijdrage").sum())
    )
    both = score.join(lost, on=keys, how="left").to_dicts()
    assert sum(row["bijdrage"] is not None for row in both) > 40
    for row in both:
        assert row["dq_score"] == round(1 - (row["bijdrage"] or 0), 6), row
    keys = ["indicator_id", "niveau", "eenheid_id", "periode_type", "periode"]
    cost = (
        pl.read_parquet(gebouwd.map / "dq_verklaring.parquet")
        .group_by(keys)
        .agg(pl.col("bijdrage").cast(pl.Float64).sum())
    )
    figures = pl.read_parquet(gebouwd.map / "spiegel_indicator.parquet").filter(
        pl.col("uitsplitsing") == "TOTAAL"
    )
    for row in figures.join(cost, on=keys, how="left").to_dicts():
        told = 1 - (row["bijdrage"] or 0)
        assert float(row["dq_score"]) == pytest.approx(told, abs=1e-5), row


def test_many_refusals_make_the_figures_of_that_provider_indicatief(rows: dict) -> None:
    status = {
        (sleutel[2], sleutel[5]): row["status"]
        for sleutel, row in rows.items()
        if sleutel[0] == "kosten_per_patient"
        and sleutel[1] == "zorgaanbieder"
        and sleutel[3] == "TOTAAL"
    }
    assert status[(SLECHT, "2024")] == "indicatief"
    assert status[(SLECHT, "2025")] == status[("06000001", "2025")] == "definitief"
