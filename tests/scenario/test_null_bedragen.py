"""Of providers without any effect no more than is said are outside the limits of a mean or a ratio.

Each line is 10,000 invented providers in groups of 40, about as many as are compared together.
What is expected, the spread and the skewness of persons come from the group, as in a build.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats
from spiegel_oordeel import beoordeeld

AANBIEDERS, GROEP = 10_000, 40
PERSONEN = (10, 50, 200)
#: Three times the simulation error of a share of 5% and of 0.2% of 10,000, in percentage points.
FOUT = {"95": 0.65, "998": 0.134}
NOMINAAL = {"95": 5.0, "998": 0.2}
Z = {"95": stats.norm.ppf(0.975), "998": stats.norm.ppf(0.999)}
Paar = tuple[np.ndarray, np.ndarray]


def _share_of(noemer: np.ndarray, deel: np.ndarray) -> Paar:
    return noemer * deel, noemer


#: Teller and noemer of persons: euros with a longer and a much longer tail, a ratio in which
#: everybody has a part, one in which a twelfth has all, and a ratio of points with no tail.
SOORTEN: dict[str, tuple[str, Callable[[np.random.Generator, int], Paar]]] = {
    "mean, gamma 0.5": (
        "gemiddelde_per_persoon", lambda r, k: (r.gamma(0.5, 2000, k), np.ones(k))
    ),
    "mean, lognormal 1": (
        "gemiddelde_per_persoon", lambda r, k: (r.lognormal(7, 1, k), np.ones(k))
    ),
    "ratio, part of euros": (
        "verhouding", lambda r, k: _share_of(r.gamma(1, 1000, k), r.beta(2, 5, k))
    ),
    "ratio, all or nothing": (
        "verhouding", lambda r, k: _share_of(r.gamma(1, 1000, k), r.random(k) < 0.08)
    ),
    "ratio, points": (
        "verhouding", lambda r, k: (r.normal(15, 20, k), np.ones(k))
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Regel:
    """Shares flagged of one line, in percent, by the mart and by a normal approximation."""

    soort: str
    personen: int
    funnel: dict[str, float]
    normaal: dict[str, float]


def _regel(soort: str, personen: int) -> Regel:
    meting, trek = SOORTEN[soort]
    rng = np.random.default_rng(39)
    omvang = np.round(personen * rng.choice(np.linspace(1, 1.2, 20), AANBIEDERS)).astype(int)
    begin = np.concatenate([[0], np.cumsum(omvang)[:-1]])
    t, n = (np.round(deel, 2) for deel in trek(rng, omvang.sum()))
    groep = np.arange(AANBIEDERS) // GROEP

    def som(term: np.ndarray) -> np.ndarray:
        return np.add.reduceat(term, begin)

    waarde = np.bincount(groep, som(t)) / np.bincount(groep, som(n))
    verwacht = som(n) * waarde[groep]
    cellen = pa.table({
        "definitie_id": groep.astype(str), "soort_meting": [meting] * AANBIEDERS,
        "eenheid_id": np.arange(AANBIEDERS).astype(str), "n_personen": omvang,
        "teller": som(t).round(4), "noemer": som(n).round(4), "verwacht": verwacht.round(8),
        "teller_kwadraat": som(t * t), "teller_noemer": som(t * n), "noemer_kwadraat": som(n * n),
        "teller_kubus": som(t**3), "teller2_noemer": som(t * t * n),
        "teller_noemer2": som(t * n * n), "noemer_kubus": som(n**3),
    })  # fmt: skip
    with beoordeeld(cellen, exact=False) as con:
        klassen = dict(con.execute(
            "select funnel_klasse, count(*) from int_spiegel_funnel group by all"
        ).fetchall())  # fmt: skip
    assert sum(klassen.values()) == AANBIEDERS
    assert "geen_oordeel" not in klassen
    ver = klassen.get("ver_laag", 0) + klassen.get("ver_hoog", 0)
    buiten = ver + klassen.get("laag", 0) + klassen.get("hoog", 0)
    rest = t - np.repeat(waarde[groep], omvang) * n
    variantie = np.bincount(groep, som(rest**2)) / np.bincount(groep, omvang)
    z = np.abs(som(t) - verwacht) / np.sqrt(omvang * variantie[groep])
    return Regel(
        soort, personen,
        {"95": 100 * buiten / AANBIEDERS, "998": 100 * ver / AANBIEDERS},
        {grens: 100 * float(np.mean(z > waarde)) for grens, waarde in Z.items()},
    )  # fmt: skip


@pytest.fixture(scope="module")
def regels() -> list[Regel]:
    return [_regel(soort, personen) for soort in SOORTEN for personen in PERSONEN]


def test_no_more_are_flagged_than_is_said(
    regels: list[Regel], record_property: Callable[[str, object], None]
) -> None:
    tabel = ["share of 10,000 providers without effect outside the funnel, % (normal limits)",
             f"{'':22}{'persons':>9}{'95%: 5':>18}{'99.8%: 0.2':>20}"]  # fmt: skip
    for r in regels:
        cijfers = [f"{r.funnel[g]:8.2f} ({r.normaal[g]:5.2f})" for g in ("95", "998")]
        tabel.append(f"{r.soort:22}{r.personen:9}{cijfers[0]:>18}{cijfers[1]:>20}")
    record_property("printed", "\n".join(tabel))
    for r in regels:
        for grens, nominaal in NOMINAAL.items():
            assert r.funnel[grens] <= nominaal + FOUT[grens], r
        # and not by never flagging anybody
        assert r.funnel["95"] > (3.0 if r.personen >= 200 else 1.0), r


def test_normal_limits_would_have_broken_the_promise(regels: list[Regel]) -> None:
    """So the test above can fail: a tail of persons is a tail of small providers."""
    scheef = [r for r in regels if r.personen == 10 and r.soort != "ratio, points"]
    assert all(r.normaal["998"] > NOMINAAL["998"] + FOUT["998"] for r in scheef)
    assert max(r.normaal["998"] for r in regels if r.personen == 50) > 0.5
