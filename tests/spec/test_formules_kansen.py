"""Tails, exact limits and transformations in SQL equal scipy to 1e-9."""

from __future__ import annotations

import numpy as np
import pytest
from formules import bereken
from scipy import stats

RNG = np.random.default_rng(20310)
N = 4000
#: Counts from one to a million around expectations from a hundredth on, near and far in the tails,
#: and every count of every denominator up to twelve.
KLEIN = [(x, n) for n in range(1, 13) for x in range(n + 1)]


def _binomiaal() -> dict[str, np.ndarray]:
    n = np.floor(10 ** RNG.uniform(0, 6, N))
    p = np.where(RNG.random(N) < 0.6, RNG.uniform(1e-4, 1 - 1e-4, N), 10 ** RNG.uniform(-5, -1, N))
    x = np.clip(np.round(n * p + RNG.normal(0, 2.5, N) * np.sqrt(n * p * (1 - p))), 0, n)
    x_klein, n_klein = np.array(KLEIN, float).T
    p_klein = RNG.uniform(0.01, 0.99, len(KLEIN))
    return {"x": np.r_[x, x_klein], "n": np.r_[n, n_klein], "p": np.r_[p, p_klein]}


def _poisson() -> dict[str, np.ndarray]:
    mu = 10 ** RNG.uniform(-2, 6, N)
    return {"x": np.maximum(0, np.round(mu + RNG.normal(0, 2.5, N) * np.sqrt(mu))), "mu": mu}


BIN, POIS = _binomiaal(), _poisson()
X, P, NOEMER = BIN["x"], BIN["p"], BIN["n"]
AANTAL, MU = POIS["x"], POIS["mu"]


def assert_near(gevonden: np.ndarray, verwacht: np.ndarray) -> None:
    assert not np.isnan(gevonden).any()
    assert np.max(np.abs(gevonden - verwacht) / np.maximum(1, np.abs(verwacht))) < 1e-9


def test_points_and_weights_of_the_quadrature() -> None:
    punten, gewichten = np.polynomial.legendre.leggauss(24)
    een = np.ones(1)
    for graad in range(48):
        gevonden = bereken(f"integraal('power(u, {graad})', '1')", x=een)
        assert_near(gevonden, een / (graad + 1))
    # of a degree that 24 points do not integrate exactly they give their own sum
    eigen = np.sum(gewichten / 2 * ((punten + 1) / 2) ** 300)
    assert bereken("integraal('power(u, 300)', '1')", x=een)[0] == pytest.approx(eigen, rel=1e-12)


@pytest.mark.parametrize("kant", ["laag", "hoog"])
def test_binomial_tails(kant: str) -> None:
    gevonden = bereken(f"staart_binomiaal('x', 'n', 'p', '{kant}')", **BIN)
    own = (X <= NOEMER * P) if kant == "laag" else (X >= NOEMER * P)
    binom = stats.binom(NOEMER, P)
    assert_near(gevonden[own], (binom.cdf(X) if kant == "laag" else binom.sf(X - 1))[own])
    assert own.sum() > 1500


@pytest.mark.parametrize("kant", ["laag", "hoog"])
def test_poisson_tails(kant: str) -> None:
    gevonden = bereken(f"staart_poisson('x', 'mu', '{kant}')", **POIS)
    own = (AANTAL <= MU) if kant == "laag" else (AANTAL >= MU)
    poisson = stats.poisson(MU)
    assert_near(
        gevonden[own], (poisson.cdf(AANTAL) if kant == "laag" else poisson.sf(AANTAL - 1))[own]
    )
    assert own.sum() > 1500


def test_chances_of_one_count() -> None:
    assert_near(bereken("puntkans_binomiaal('x', 'n', 'p')", **BIN), stats.binom.pmf(X, NOEMER, P))
    assert_near(bereken("puntkans_poisson('x', 'mu')", **POIS), stats.poisson.pmf(AANTAL, MU))


@pytest.mark.parametrize("kant", ["laag", "hoog"])
def test_clopper_pearson(kant: str) -> None:
    gevonden = bereken(f"clopper_pearson('x', 'n', '{kant}')", x=X, n=NOEMER)
    for grens, x, n in list(zip(gevonden, X, NOEMER, strict=True))[N:]:
        exact = stats.binomtest(int(x), int(n)).proportion_ci(method="exact")
        assert grens == pytest.approx(exact.low if kant == "laag" else exact.high, abs=1e-9)
    with np.errstate(all="ignore"):
        laag = np.where(X == 0, 0, stats.beta.ppf(0.025, X, NOEMER - X + 1))
        hoog = np.where(X == NOEMER, 1, stats.beta.ppf(0.975, X + 1, NOEMER - X))
    assert_near(gevonden, laag if kant == "laag" else hoog)


@pytest.mark.parametrize("kant", ["laag", "hoog"])
def test_exact_poisson_limits(kant: str) -> None:
    x = np.r_[AANTAL, np.arange(200.0)]
    gevonden = bereken(f"poisson_exact('x', '{kant}')", x=x)
    with np.errstate(all="ignore"):
        laag = np.where(x == 0, 0, stats.chi2.ppf(0.025, 2 * x) / 2)
    assert_near(gevonden, laag if kant == "laag" else stats.chi2.ppf(0.975, 2 * x + 2) / 2)


def test_byar_is_its_formula_and_lies_near_the_exact_limits() -> None:
    x, z = np.arange(0.0, 3000.0), stats.norm.ppf(0.975)
    laag, hoog = bereken("byar('x', 'laag')", x=x), bereken("byar('x', 'hoog')", x=x)
    with np.errstate(all="ignore"):
        formule = np.where(x == 0, 0, x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3)
    assert_near(laag, formule)
    y = x + 1
    assert_near(hoog, y * (1 - 1 / (9 * y) + z / (3 * np.sqrt(y))) ** 3)
    groot = x >= 10
    exact = stats.chi2.ppf(0.025, 2 * x[groot]) / 2
    assert np.max(np.abs(laag[groot] / exact - 1)) < 0.005
    exact = stats.chi2.ppf(0.975, 2 * x[groot] + 2) / 2
    assert np.max(np.abs(hoog[groot] / exact - 1)) < 0.001


def test_normal_tail() -> None:
    z = np.r_[np.linspace(0, 8, 801), 12.0, 30.0]
    assert_near(bereken("normale_staart('z')", z=z), stats.norm.sf(z))
    ver = bereken("normale_staart('z')", z=z) / stats.norm.sf(z)
    assert np.max(np.abs(ver - 1)) < 1e-9


def test_student_quantile() -> None:
    df = np.r_[np.arange(1.0, 400.0), 1e3, 1e4, 1e6]
    assert_near(bereken("student_t('df')", df=df), stats.t.ppf(0.975, df))


def test_skewed_deviates_are_those_of_wilson_and_hilferty_and_come_back() -> None:
    z = np.tile(np.linspace(-3.09, 3.09, 101), 3)
    g = np.repeat([0.0, 0.4, 1.2], 101)
    t = bereken("normaal_naar_scheef('z', 'g')", z=z, g=g)
    assert_near(t[:101], z[:101])
    assert_near(bereken("scheef_naar_normaal('t', 'g')", t=t, g=g), z)
    exact = stats.pearson3.ppf(stats.norm.cdf(z), np.maximum(g, 1e-9))
    assert np.max(np.abs(t - exact)[101:202]) < 0.02
    assert np.max(np.abs(t - exact)[202:]) < 0.08
