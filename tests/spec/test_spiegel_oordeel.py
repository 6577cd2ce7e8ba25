"""The models that judge units equal an independent computation with scipy to 1e-9.

Marts round where a formula ends; here the formulas end in twelve decimals.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from marts_orakel_oordeel import Eenheid, judge
from scipy import stats
from spiegel_oordeel import beoordeeld

MATEN = (
    "kans", "overdispersie", "tussen_sd", "waarde_krimp",
    "funnel_laag_95", "funnel_hoog_95", "funnel_laag_998", "funnel_hoog_998",
)  # fmt: skip
#: kind, number of units, spread between units beyond chance.
GROEPEN = {
    "aandeel": ("proportie_som", 300, 0.0),
    "aandeel_ruim": ("proportie_personen", 300, 0.3),
    "aandeel_weinig": ("proportie_som", 9, 0.5),
    "aantal": ("aantal_per_persoon", 300, 0.0),
    "aantal_ruim": ("aantal_per_persoon", 300, 0.4),
    "volume": ("aantal", 60, 0.3),
    "gemiddelde": ("gemiddelde_per_persoon", 120, 0.0),
    "gemiddelde_ruim": ("gemiddelde_per_persoon", 120, 0.3),
    "verhouding": ("verhouding", 120, 0.2),
}

POISSON = ("aantal_per_persoon", "aantal")


def _groep(rng: np.random.Generator, soort: str, aantal: int, tau: float) -> list[Eenheid]:
    result = []
    for i in range(aantal):
        effect = max(0.05, 1 + tau * rng.normal())
        if soort in ("gemiddelde_per_persoon", "verhouding"):
            personen = int(rng.integers(5, 200))
            n = np.ones(personen)
            if soort == "verhouding":
                n = np.round(rng.gamma(2, 100, personen), 2)
            t = np.round(n * 0.3 * effect * rng.gamma(0.7, 100, personen), 2)
            result.append(Eenheid(
                str(i), soort, personen, t.sum(), n.sum(), float(np.round(n.sum() * 21, 8)), t, n
            ))  # fmt: skip
            continue
        n = float(np.round(10 ** rng.uniform(0.5, 4)))
        mu = float(np.round(n * rng.choice([0.004, 0.1, 0.5, 0.93]), 8))
        o = rng.poisson(mu * effect) if soort in POISSON else rng.binomial(
            int(n), min(1, mu / n * effect)
        )  # fmt: skip
        result.append(Eenheid(str(i), soort, int(n), float(o), n, mu))
    return result


@pytest.fixture(scope="module")
def beide() -> dict[tuple[str, str], tuple[dict[str, Any], dict[str, Any] | None]]:
    """Per unit the row of SQL and that of Python."""
    rng = np.random.default_rng(310)
    groepen = {naam: _groep(rng, *wat) for naam, wat in GROEPEN.items()}
    rijen = [
        {
            "definitie_id": naam, "soort_meting": e.soort, "eenheid_id": e.naam,
            "n_personen": e.personen, "teller": round(e.o, 4), "noemer": round(e.n, 4),
            "verwacht": e.mu, "teller_kwadraat": _som(e, 2, 0), "teller_noemer": _som(e, 1, 1),
            "noemer_kwadraat": _som(e, 0, 2), "teller_kubus": _som(e, 3, 0),
            "teller2_noemer": _som(e, 2, 1), "teller_noemer2": _som(e, 1, 2),
            "noemer_kubus": _som(e, 0, 3),
        }
        for naam, groep in groepen.items() for e in groep
    ]  # fmt: skip
    with beoordeeld(pa.Table.from_pylist(rijen), afgerond=False) as con:
        sql: dict[tuple[str, str], dict[str, Any]] = {}
        for model in ("int_spiegel_funnel", "int_spiegel_oordeel"):
            cursor = con.execute(
                f"select g.definitie_id, m.* from {model} as m "
                "inner join int_spiegel_groep as g on m.groep_nr = g.groep_nr"
            )
            namen = [kolom[0] for kolom in cursor.description]
            for rij in cursor.fetchall():
                found = dict(zip(namen, rij, strict=True))
                key = (found["definitie_id"], found["eenheid_id"])
                sql[key] = sql.get(key, {}) | found
    python = {
        (naam, e): maten for naam, groep in groepen.items() for e, maten in judge(groep).items()
    }
    return {key: (rij, python.get(key)) for key, rij in sql.items()}


def _som(e: Eenheid, t: int, n: int) -> float:
    if e.tellers is None or e.noemers is None:
        return 0.0
    return float((e.tellers**t * e.noemers**n).sum())


@pytest.mark.parametrize("maat", MATEN)
def test_measures_before_rounding(beide: dict, maat: str) -> None:
    vergeleken = 0
    for key, (sql, python) in beide.items():
        if python is None or python[maat] is None:
            assert sql.get(maat) is None, key
            continue
        schaal = max(1.0, abs(python[maat]))
        assert float(sql[maat]) == pytest.approx(python[maat], abs=1e-9 * schaal), (key, maat)
        vergeleken += 1
    assert vergeleken > 900


def test_classes_and_who_is_not_judged(beide: dict) -> None:
    for key, (sql, python) in beide.items():
        expected = "geen_oordeel" if python is None else python["funnel_klasse"]
        assert sql["funnel_klasse"] == expected, key
    klassen = {sql["funnel_klasse"] for sql, _ in beide.values()}
    assert klassen == {"ver_laag", "laag", "binnen", "hoog", "ver_hoog", "geen_oordeel"}


def test_intervals_of_the_ratio_to_what_is_expected(beide: dict) -> None:
    exact = 0
    for key, (sql, python) in beide.items():
        if python is None:
            assert sql["oe_laag"] is None, key
        elif "oe_laag" in python:
            assert float(sql["oe_laag"]) == pytest.approx(python["oe_laag"], rel=1e-9, abs=1e-9), (
                key
            )
            assert float(sql["oe_hoog"]) == pytest.approx(python["oe_hoog"], rel=1e-9, abs=1e-9), (
                key
            )
            exact += 1
    assert exact > 700


def test_intervals_of_values(beide: dict) -> None:
    z = stats.norm.ppf(0.975)
    for (groep, naam), (sql, python) in beide.items():
        if python is None:
            continue
        e = python["eenheid"]
        if e.soort in POISSON:
            y = e.o + 1
            laag = e.o * (1 - 1 / (9 * e.o) - z / (3 * e.o**0.5)) ** 3 if e.o else 0.0
            hoog = y * (1 - 1 / (9 * y) + z / (3 * y**0.5)) ** 3
            laag, hoog = laag / e.schaal, hoog / e.schaal
        elif e.tellers is None:
            found = stats.binomtest(round(e.o), round(e.n)).proportion_ci(method="wilson")
            laag, hoog = found.low, found.high
        else:
            waarde = e.o / e.n
            rest = e.tellers - waarde * e.noemers
            fout = (e.personen * (rest**2).sum() / (e.personen - 1)) ** 0.5 / e.n
            half = stats.t.ppf(0.975, e.personen - 1) * fout
            laag, hoog = waarde - half, waarde + half
        marge = 1e-9 * max(1.0, abs(hoog))
        assert float(sql["ci_laag"]) == pytest.approx(laag, abs=marge), (groep, naam)
        assert float(sql["ci_hoog"]) == pytest.approx(hoog, abs=marge), (groep, naam)


def test_limits_widen_only_where_units_differ(beide: dict) -> None:
    tau = {groep: python["tussen_sd"] for (groep, _), (_, python) in beide.items() if python}
    assert tau["aandeel_weinig"] is None
    assert tau["aandeel"] < 0.05
    assert tau["aantal"] < 0.05
    assert 0.05 < tau["aandeel_ruim"] < 0.4
    assert 0.1 < tau["aantal_ruim"] < 1


def test_interval_of_a_ratio_of_differences_holds_its_value() -> None:
    # Twelve persons, of whom the noemer is a fall: two thirds of it came back elsewhere.
    rij = {
        "definitie_id": "groei", "soort_meting": "verhouding", "eenheid_id": "e", "n_personen": 12,
        "teller": 8, "noemer": -12, "verwacht": 6, "teller_kwadraat": 10, "teller_noemer": -8,
        "noemer_kwadraat": 14, "teller_kubus": 14,
    }  # fmt: skip
    with beoordeeld(pa.Table.from_pylist([rij])) as con:
        (found,) = con.execute(
            "select ci_laag, ci_hoog, funnel_klasse from int_spiegel_funnel"
        ).fetchall()
    # variance (10 - 2 * 2/3 * 8 + 4/9 * 14) / 11 = 0.505051; t of 11 is 2.200985
    assert [float(v) for v in found[:2]] == pytest.approx([-1.118204, -0.215129], abs=2e-6)
    assert found[2] == "geen_oordeel"
