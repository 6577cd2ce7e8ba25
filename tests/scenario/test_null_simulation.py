"""Of providers without any effect the funnel flags the share that it says, and no more.

Each line of the table is 100,000 invented providers that differ by chance alone. Their sizes vary
from the expected count to a fifth above it, as those of real providers do. The models of the build
judge them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats
from spiegel_oordeel import beoordeeld

N = 100_000
VERWACHT = (0.5, 2, 5, 20, 50, 100, 500)
MATEN = np.linspace(1, 1.2, 20)
#: Three times the simulation error of a share of 5% and of 0.2% of 100,000, in percentage points.
FOUT = {"95": 0.21, "998": 0.043}
NOMINAAL = {"95": 5.0, "998": 0.2}
Z = {"95": stats.norm.ppf(0.975), "998": stats.norm.ppf(0.999)}


@dataclass(frozen=True)
class Regel:
    """Shares flagged of one line, in percent, by the mart and by a normal approximation."""

    soort: str
    verwacht: float
    funnel: dict[str, float]
    normaal: dict[str, float]


def _aantallen(rng: np.random.Generator, e: float) -> dict[str, np.ndarray]:
    """Events of providers with 20 different numbers of persons."""
    noemer = np.round(1000 * e * rng.choice(MATEN, N))
    verwacht = np.round(noemer / 1000, 8)
    return {"noemer": noemer, "verwacht": verwacht, "teller": rng.poisson(verwacht)}


def _delen(p: float) -> Callable[[np.random.Generator, float], dict[str, np.ndarray]]:
    def trek(rng: np.random.Generator, e: float) -> dict[str, np.ndarray]:
        noemer = np.maximum(1, np.round(e / p * rng.choice(MATEN, N)))
        verwacht = np.round(noemer * p, 8)
        return {
            "noemer": noemer,
            "verwacht": verwacht,
            "teller": rng.binomial(noemer.astype(int), p),
        }

    return trek


SOORTEN = {
    "aantal per persoon": ("aantal_per_persoon", _aantallen),
    "aandeel 10%": ("proportie_personen", _delen(0.1)),
    "aandeel 50%": ("proportie_som", _delen(0.5)),
}


@pytest.fixture(scope="module")
def regels() -> list[Regel]:
    rng = np.random.default_rng(31)
    result = []
    for soort, (meting, trek) in SOORTEN.items():
        for e in VERWACHT[1::2] if soort == "aandeel 50%" else VERWACHT:
            getrokken = trek(rng, e)
            result.append(_regel(soort, e, meting, getrokken))
    return result


def _regel(soort: str, e: float, meting: str, getrokken: dict[str, np.ndarray]) -> Regel:
    cellen = pa.table({
        "definitie_id": [soort] * N, "soort_meting": [meting] * N,
        "eenheid_id": np.arange(N).astype(str), "n_personen": np.full(N, 100), **getrokken,
    })  # fmt: skip
    with beoordeeld(cellen, exact=False) as con:
        klassen = dict(con.execute(
            "select funnel_klasse, count(*) from int_spiegel_funnel group by all"
        ).fetchall())  # fmt: skip
    ver = klassen.get("ver_laag", 0) + klassen.get("ver_hoog", 0)
    buiten = ver + klassen.get("laag", 0) + klassen.get("hoog", 0)
    assert sum(klassen.values()) == N
    assert "geen_oordeel" not in klassen
    o, mu = getrokken["teller"], getrokken["verwacht"]
    variantie = mu if meting == "aantal_per_persoon" else mu * (1 - mu / getrokken["noemer"])
    z = np.abs(o - mu) / np.sqrt(variantie)
    return Regel(
        soort, e,
        {"95": 100 * buiten / N, "998": 100 * ver / N},
        {grens: 100 * float(np.mean(z > waarde)) for grens, waarde in Z.items()},
    )  # fmt: skip


def test_share_flagged_is_nominal_and_never_more(
    regels: list[Regel], record_property: Callable[[str, object], None]
) -> None:
    tabel = ["share of 100,000 providers without effect outside the funnel, % (normal limits)",
             f"{'':20}{'expected':>9}{'95%: 5':>18}{'99.8%: 0.2':>20}"]  # fmt: skip
    for r in regels:
        cijfers = [f"{r.funnel[g]:8.2f} ({r.normaal[g]:5.2f})" for g in ("95", "998")]
        tabel.append(f"{r.soort:20}{r.verwacht:9g}{cijfers[0]:>18}{cijfers[1]:>20}")
    record_property("printed", "\n".join(tabel))
    for r in regels:
        for grens, nominaal in NOMINAAL.items():
            if r.verwacht >= 50:
                assert abs(r.funnel[grens] - nominaal) <= 0.3, r
            assert r.funnel[grens] <= nominaal + 0.3 * (r.verwacht >= 50) + FOUT[grens], r


def test_normal_limits_would_have_broken_the_promise(regels: list[Regel]) -> None:
    """So the test above can fail: with few expected, normal limits flag far more than they say."""
    klein = [r for r in regels if r.verwacht <= 5 and r.soort != "aandeel 50%"]
    assert sum(r.normaal["998"] > NOMINAAL["998"] + FOUT["998"] for r in klein) >= len(klein) * 0.8
    assert max(r.normaal["998"] for r in klein) > 1
    assert any(r.normaal["95"] > NOMINAAL["95"] + FOUT["95"] for r in klein)
