"""Expensive medicines of hospitals: add-on lines beside the care paths."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import calibration, planted, table
from synthetic.kalender import JAREN
from synthetic.kans import choose, generator
from synthetic.personen import Personen
from synthetic.plaatsen import ZIEKENHUIS
from synthetic.prestaties import Prestaties, reference_numbers
from synthetic.regels import column
from synthetic.trajecten import Trajecten
from synthetic.wereld import Wereld

#: Codes of the medicines; the codes are invented.
CODES = column([row["code"] for row in table("geneesmiddelen")])
_SPREIDING = 0.4  # of amounts, on a logarithmic scale; invented


def medicine_rise(jaar: int) -> float:
    """How many times the share of expensive medicines is that of the first year."""
    c = calibration()
    rise = (1 + c["dure_geneesmiddelen_groei"]) / (1 + c["msz_groei"])
    return float(rise ** JAREN.index(jaar))


def medicine_share(totaal: NDArray[np.float64], jaar: int, wereld: Wereld) -> NDArray[np.float64]:
    """Share of the money of each zorgaanbieder that goes to expensive medicines.

    Clinics, UMCs and a planted hospital have a share of their own (``effecten.csv``); the other
    hospitals share one, so that the country as a whole meets the calibration.

    Args:
        totaal: all hospital money per zorgaanbieder.
        jaar: calendar year.
        wereld: tables of the region.

    Returns:
        Share per zorgaanbieder.
    """
    c, providers = calibration(), wereld.zorgaanbieders
    rise = medicine_rise(jaar)
    own = np.full(len(totaal), np.nan)
    for (indicator, agb), value in planted().items():
        if indicator == "dure_geneesmiddelen_aandeel":
            own[providers.position(agb)] = value * rise
    fixed = ~np.isnan(own)
    rest = c["dure_geneesmiddelen"] * rise * totaal.sum() - (own * totaal)[fixed].sum()
    others = totaal[~fixed].sum()
    share = rest / others if others else 0.0
    return np.where(fixed, own, np.clip(share, 0, 1))


def expensive_medicines(
    blok: int, persoon: Personen, t: Trajecten, cent: NDArray[np.int64], wereld: Wereld
) -> tuple[NDArray[np.int64], Prestaties]:
    """Turn part of the money of each hospital into add-on lines.

    Args:
        blok: number of the block.
        persoon: the persons.
        t: care paths of a year.
        cent: amount of each care path when there were no expensive medicines.
        wereld: tables of the region.

    Returns:
        Amount of each care path, and the add-on lines; together they cost what the paths did.
    """
    year, n_all = JAREN.index(t.jaar), len(wereld.omvang)
    rng = generator(wereld.seed, "geneesmiddelen", blok * len(JAREN) + year)
    totaal = np.bincount(t.aanbieder, cent, minlength=n_all).astype(np.float64)
    share = medicine_share(totaal, t.jaar, wereld)
    names = np.array(wereld.soorten.naam)
    medicines = table("geneesmiddelen")
    fits = np.isin(names[t.aandoening], [m["diagnosegroep"] for m in medicines])
    path: list[NDArray[np.int64]] = []
    amount: list[NDArray[np.int64]] = []
    mean = calibration()["dure_geneesmiddelen_prijs"] * 100
    for a in wereld.zorgaanbieders.of_type(*ZIEKENHUIS):
        here = np.flatnonzero((t.aanbieder == a) & fits)
        money = share[a] * totaal[a]
        if not len(here) or money < 1:
            share[a] = 0
            continue
        n = max(round(money / mean), 1)
        weight = rng.lognormal(0, _SPREIDING, size=n)
        path.append(here[rng.integers(0, len(here), size=n)])
        amount.append(np.maximum(np.rint(weight / weight.sum() * money), 100).astype(np.int64))
    rows = np.concatenate(path) if path else np.zeros(0, dtype=np.int64)
    prices = np.concatenate(amount) if amount else np.zeros(0, dtype=np.int64)
    left = np.maximum(np.rint(cent * (1 - share[t.aanbieder])), 100).astype(np.int64)
    return left, _lines(rng, blok, persoon, t, rows, prices, wereld)


def _lines(
    rng: np.random.Generator,
    blok: int,
    persoon: Personen,
    t: Trajecten,
    rows: NDArray[np.int64],
    cent: NDArray[np.int64],
    wereld: Wereld,
) -> Prestaties:
    """One prestatie a line, on a day within its care path."""
    n, year = len(rows), JAREN.index(t.jaar)
    begin = t.begin[rows] + (rng.random(n) * (t.eind[rows] - t.begin[rows] + 1)).astype(np.int64)
    medicines = table("geneesmiddelen")
    names = [m["diagnosegroep"] for m in medicines]
    gewicht = np.array([float(m["gewicht"]) for m in medicines])
    condition = np.array(wereld.soorten.naam)[t.aandoening[rows]]
    code = np.array([names.index(name) for name in condition], dtype=np.int64)
    # A few get another medicine than that of their condition.
    code = np.where(rng.random(n) < 0.05, choose(rng, gewicht, n), code)
    return Prestaties(
        persoon=t.persoon[rows],
        verzekeraar=persoon.verzekeraar[t.persoon[rows], year],
        aanbieder=t.aanbieder[rows],
        begin=begin,
        eind=begin,
        soort=t.aandoening[rows],
        acuut=np.zeros(n, dtype=bool),
        volgnummer=1 + np.arange(n) % 99,
        cent=cent,
        credit=np.zeros(n, dtype=bool),
        nummer=reference_numbers(blok, t.jaar, len(t) + n)[len(t) :],
        vorige=np.full(n, -1),
        tarief_van=np.arange(n),
        tarief_soort=np.full(n, 2),
        tarief_cent=cent,
        middel=code,
    )
