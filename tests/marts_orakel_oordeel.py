"""Judgement of units in plain Python with scipy: limits, classes, overdispersion, shrinkage."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import cbrt, floor, inf, sqrt
from typing import Any

import numpy as np
from scipy import stats

GRENZEN = {"95": (stats.norm.ppf(0.975), 0.025), "998": (stats.norm.ppf(0.999), 0.001)}
DELEN = ("proportie_som", "proportie_personen")
AANTALLEN = ("aantal_per_persoon", "aantal")
TELLINGEN = (*DELEN, *AANTALLEN)


@dataclass(frozen=True)
class Eenheid:
    """A unit: what happened, to how many, what was expected, and per person when it is a mean."""

    naam: str
    soort: str
    personen: int
    o: float
    n: float
    mu: float
    tellers: np.ndarray | None = None
    noemers: np.ndarray | None = None

    @property
    def schaal(self) -> float:
        """What a teller is divided by to give a value: nothing when it is a count."""
        return 1.0 if self.soort == "aantal" else self.n


def judge(groep: list[Eenheid], minimum: int = 10) -> dict[str, dict[str, Any]]:
    """Measures of the units of one level, breakdown and period that can be judged, by name."""
    spreiding, scheef, per_persoon = _pool(groep)
    oordelen: dict[str, dict[str, Any]] = {}
    for e in groep:
        if e.personen < minimum or e.mu <= 0 or e.schaal <= 0:
            continue
        if e.soort in DELEN:
            variantie, derde = e.mu * (1 - e.mu / e.n), (1 - 2 * e.mu / e.n)
        elif e.soort in AANTALLEN:
            variantie, derde = e.mu, 1.0
        else:
            kwadraat = 0.0 if e.noemers is None else float((e.noemers**2).sum())
            aantal = max(e.personen, kwadraat / per_persoon if per_persoon else 0.0)
            variantie, derde = aantal * spreiding, scheef * sqrt(spreiding)
        if variantie > 1e-9:
            sd = sqrt(variantie)
            oordelen[e.naam] = {
                "eenheid": e, "variantie": variantie, "scheef": derde / sd, "z": (e.o - e.mu) / sd,
            }  # fmt: skip
    phi, tau2 = _between(list(oordelen.values()))
    for oordeel in oordelen.values():
        _limits(oordeel, tau2 or 0.0)
        oordeel["overdispersie"] = phi
        oordeel["tussen_sd"] = None if tau2 is None else sqrt(tau2)
        oordeel["waarde_krimp"] = None if tau2 is None else _shrink(oordeel, tau2)
    return oordelen


def _pool(groep: list[Eenheid]) -> tuple[float, float, float]:
    """Variance and skewness of a person's residual, and mean squared noemer, of all units."""
    if groep[0].tellers is None:
        return 0.0, 0.0, 0.0
    t = np.concatenate([e.tellers for e in groep if e.tellers is not None])
    n = np.concatenate([e.noemers for e in groep if e.noemers is not None])
    rest = t - t.sum() / n.sum() * n
    if len(rest) < 2:
        return 0.0, 0.0, 0.0
    variantie = float((rest**2).sum() / (len(rest) - 1))
    scheef = float(np.mean(rest**3)) / variantie**1.5 if variantie else 0.0
    return variantie, scheef, float(np.mean(n**2))


def _between(oordelen: list[dict[str, Any]]) -> tuple[float | None, float | None]:
    """Overdispersion factor of winsorised deviates and the variance between units."""
    n = len(oordelen)
    if n < 10:
        return None, None
    z = np.sort([o["z"] for o in oordelen])
    k = floor(0.1 * n)
    phi = float(np.mean(np.clip(z, z[k], z[n - 1 - k]) ** 2))
    w = np.array([o["eenheid"].mu ** 2 / o["variantie"] for o in oordelen])
    return phi, max(0.0, (n * phi - (n - 1)) / (w.sum() - (w**2).sum() / w.sum()))


def _shrink(oordeel: dict[str, Any], tau2: float) -> float:
    e = oordeel["eenheid"]
    toeval = oordeel["variantie"] / e.mu**2
    ver = (e.o / e.mu - 1) ** 2 / (tau2 + toeval) - stats.norm.ppf(0.975) ** 2
    weg = toeval / (tau2 + toeval) / (1 + max(0.0, ver))
    return e.mu / e.schaal * (1 + (1 - weg) * (e.o / e.mu - 1))


def _limits(oordeel: dict[str, Any], tau2: float) -> None:
    e = oordeel["eenheid"]
    factor = 1 + tau2 * e.mu**2 / oordeel["variantie"]
    sd, g = sqrt(oordeel["variantie"] * factor), oordeel["scheef"] / factor**1.5
    telling = e.soort in TELLINGEN
    oordeel["kans"] = 0.0
    grenzen: dict[str, float] = {}
    if telling:
        verdeling = stats.poisson(e.mu) if e.soort not in DELEN else stats.binom(e.n, e.mu / e.n)
        midden = 0.0 if (e.mu if e.soort not in DELEN else min(e.mu, e.n - e.mu)) < 50 else 0.5
        staart = verdeling.sf(e.o - 1) if e.o >= round(e.mu, 6) else verdeling.cdf(e.o)
        oordeel["kans"] = min(1.0, 2 * (staart - midden * verdeling.pmf(e.o)))
        oordeel["oe_laag"], oordeel["oe_hoog"] = (v / e.mu for v in exact_limits(e))
    for naam, (z, alfa) in GRENZEN.items():
        laag, hoog = _cuts(verdeling, alfa, midden) if telling else (inf, -inf)
        if not telling or factor > 1:
            laag = min(laag, e.mu + sd * _bound(-z, g))
            hoog = max(hoog, e.mu + sd * _bound(z, g))
        grenzen |= {f"laag_{naam}": laag, f"hoog_{naam}": hoog}
    if not telling or factor > 1:
        t = (e.o - e.mu) / sd
        afstanden = [_back(t, g)] if abs(g) <= 0.45 else [_back(t, g), t]
        afstand = min(abs(a) for a in afstanden)
        oordeel["kans"] = max(oordeel["kans"], 2 * stats.norm.sf(afstand))
    oordeel["funnel_klasse"] = _class(e.o, grenzen)
    for naam, grens in grenzen.items():
        waarde = grens / e.schaal
        if telling:
            waarde = max(0.0, min(1.0, waarde) if e.soort in DELEN else waarde)
        oordeel[f"funnel_{naam}"] = waarde


def exact_limits(e: Eenheid) -> tuple[float, float]:
    """Exact 95% limits of the number of events."""
    if e.soort in DELEN:
        limits = stats.binomtest(round(e.o), round(e.n)).proportion_ci(method="exact")
        return limits.low * e.n, limits.high * e.n
    laag = stats.chi2.ppf(0.025, 2 * e.o) / 2 if e.o else 0.0
    return laag, stats.chi2.ppf(0.975, 2 * e.o + 2) / 2


def _cuts(verdeling: Any, alfa: float, midden: float) -> tuple[float, float]:
    """Halfway between the last count within and the first outside, on both sides."""
    x = int(verdeling.ppf(alfa)) + 5
    while x >= 0 and verdeling.cdf(x) - midden * verdeling.pmf(x) >= alfa:
        x -= 1
    rest = alfa if midden == 0 else 2 * alfa - (verdeling.cdf(x) if x >= 0 else 0.0)
    y = max(0, int(verdeling.isf(alfa)) - 5)
    while verdeling.sf(y - 1) - midden * verdeling.pmf(y) >= rest:
        y += 1
    return x + 0.5, y - 0.5


def _skewed(z: float, g: float) -> float:
    return z if abs(g) < 1e-5 else (max(1 + g * z / 6 - g * g / 36, 0) ** 3 - 1) * 2 / g


def _back(t: float, g: float) -> float:
    return t if abs(g) < 1e-5 else (cbrt(max(1 + g * t / 2, 0)) - 1) * 6 / g + g / 6


def _bound(z: float, g: float) -> float:
    if abs(g) <= 0.45:
        return _skewed(z, g)
    return min(z, _skewed(z, g)) if z < 0 else max(z, _skewed(z, g))


def _class(o: float, grenzen: dict[str, float]) -> str:
    for naam, wijd in (("ver_", "998"), ("", "95")):
        if o < grenzen[f"laag_{wijd}"]:
            return f"{naam}laag"
        if o > grenzen[f"hoog_{wijd}"]:
            return f"{naam}hoog"
    return "binnen"


def by_group(rows: list[tuple[tuple, Eenheid]]) -> dict[tuple, list[Eenheid]]:
    """Units by what they are compared within."""
    result: dict[tuple, list[Eenheid]] = defaultdict(list)
    for groep, eenheid in rows:
        result[groep].append(eenheid)
    return dict(result)
