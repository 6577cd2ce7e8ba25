"""Limits of amounts stay where amounts can be, and nothing at all is no certainty."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from spiegel_oordeel import beoordeeld

EENHEDEN, PERSONEN = 300, 25
#: One in twenty-five persons has all euros of the teller, so a third of the units has none.
KANS, BEDRAG = 0.04, 1000.0


def _cellen(eenheid: str, t: np.ndarray, n: np.ndarray, waarde: float) -> list[dict[str, Any]]:
    soort = "verhouding" if eenheid == "aandeel" else "gemiddelde_per_persoon"
    sommen = {"teller_kwadraat": (2, 0), "teller_noemer": (1, 1), "noemer_kwadraat": (0, 2),
              "teller_kubus": (3, 0), "teller2_noemer": (2, 1), "teller_noemer2": (1, 2),
              "noemer_kubus": (0, 3)}  # fmt: skip
    return [
        {"definitie_id": eenheid or "anders", "eenheid": eenheid, "soort_meting": soort,
         "eenheid_id": str(i), "n_personen": PERSONEN, "teller": t[i].sum(), "noemer": n[i].sum(),
         "verwacht": round(n[i].sum() * waarde, 8)}
        | {naam: float((t[i] ** a * n[i] ** b).sum()) for naam, (a, b) in sommen.items()}
        for i in range(EENHEDEN)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def rijen() -> dict[str, list[dict[str, Any]]]:
    """Units by the unit of their measure: a share, euros, and points that can be negative."""
    rng = np.random.default_rng(40)
    vorm = (EENHEDEN, PERSONEN)
    noemer = np.round(rng.gamma(4, BEDRAG / 4, vorm), 2)
    alles = noemer * (rng.random(vorm) < KANS)
    een = np.ones(vorm)
    cellen = _cellen("aandeel", alles, noemer, KANS)
    cellen += _cellen("euro", alles, een, KANS * BEDRAG)
    cellen += _cellen("punten", np.round(rng.normal(0.1, 2, vorm), 2), een, 0.1)
    with beoordeeld(pa.Table.from_pylist(cellen)) as con:
        cursor = con.execute(
            "select g.definitie_id, c.teller, c.noemer, f.* from int_spiegel_funnel as f "
            "inner join int_spiegel_groep as g on f.groep_nr = g.groep_nr inner join "
            "int_spiegel_cel as c on f.groep_nr = c.groep_nr and f.eenheid_id = c.eenheid_id"
        )
        namen = [kolom[0] for kolom in cursor.description]
        gevonden = [dict(zip(namen, rij, strict=True)) for rij in cursor.fetchall()]
    return {
        naam: [r for r in gevonden if r["definitie_id"] == naam]
        for naam in ("aandeel", "euro", "punten")
    }


def test_no_limit_lies_where_the_measure_cannot_be(rijen: dict) -> None:
    kolommen = ("ci_laag", "ci_hoog", "funnel_laag_95", "funnel_laag_998", "funnel_hoog_998")
    for naam, hoogst in (("aandeel", 1), ("euro", 1e9)):
        for rij in rijen[naam]:
            waarde = rij["teller"] / rij["noemer"]
            assert all(0 <= rij[k] <= hoogst for k in kolommen), rij
            assert float(rij["ci_laag"]) <= float(waarde) + 1e-6
            assert float(rij["ci_hoog"]) >= float(waarde) - 1e-6
            assert rij["oe_laag"] >= 0
    # points can be below 0, and there the limits are
    assert min(rij["ci_laag"] for rij in rijen["punten"]) < 0
    assert min(rij["funnel_laag_95"] for rij in rijen["punten"]) < 0


def test_who_has_nothing_has_an_interval_that_holds_the_truth(rijen: dict) -> None:
    """Before, nobody with any euros gave the interval from 0 to 0."""
    for naam, waar in (("aandeel", KANS), ("euro", KANS * BEDRAG)):
        niets = [rij for rij in rijen[naam] if rij["teller"] == 0]
        assert len(niets) > EENHEDEN / 4
        assert all(rij["ci_laag"] == 0 for rij in niets)
        assert all(rij["ci_hoog"] >= waar for rij in niets)
        covered = np.mean([r["ci_laag"] <= waar <= r["ci_hoog"] for r in rijen[naam]])
        assert covered > 0.85  # of twenty-five persons of whom one has all; see docs/statistiek.md


def test_a_value_that_is_itself_outside_keeps_its_interval() -> None:
    """More credited than declared: the interval goes to the value, not past it."""
    with beoordeeld(pa.Table.from_pylist(_cellen("euro", *_negatief(), 0.04))) as con:
        for laag, hoog, teller in con.execute(
            "select ci_laag, ci_hoog, teller from int_spiegel_funnel inner join int_spiegel_cel "
            "using (groep_nr, eenheid_id)"
        ).fetchall():
            assert float(laag) <= float(teller) / PERSONEN + 1e-6
            assert laag <= hoog


def _negatief() -> tuple[np.ndarray, np.ndarray]:
    t = np.full((EENHEDEN, PERSONEN), -5.0)
    t[:, ::2] = -3.0
    return t, np.ones(t.shape)
