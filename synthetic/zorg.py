"""Care of the sectors in ``sectoren.csv``: how often, where, when and at which amount."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import calibration, effects_by_region, table
from synthetic.kalender import JAREN, first_day, last_day
from synthetic.kans import choose, generator, quota, rank_in_group
from synthetic.personen import Personen
from synthetic.prestaties import Prestaties, reference_numbers
from synthetic.sectoren import Sector
from synthetic.substitutie import factor, in_cohort
from synthetic.wereld import Wereld

_KWARTALEN = ("01-01", "04-01", "07-01", "10-01")
_BASIS = 1  # position of basis ggz in the codes of ggz
_MINUTEN = 900  # mean direct time of a course of treatment in ggz; invented


def _days(
    rng: np.random.Generator, sector: Sector, jaar: int, n: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last day of each prestatie, within the year."""
    if sector.vorm == "kwartaal":
        first = np.array([int(np.datetime64(f"{jaar}-{day}").astype(int)) for day in _KWARTALEN])
        last = np.r_[first[1:] - 1, last_day(jaar)]
        quarter = rng.integers(0, len(first), size=n)
        return first[quarter], last[quarter]
    begin = first_day(jaar) + rng.integers(0, 330, size=n)
    if sector.vorm == "dag":
        return begin, begin
    return begin, np.minimum(begin + rng.integers(10, 240, size=n), last_day(jaar))


def _where(
    rng: np.random.Generator, sector: Sector, persoon: Personen, who: NDArray[np.int64], w: Wereld
) -> NDArray[np.int64]:
    """Declarant of each prestatie: one that serves the region of the person, else any."""
    without = _without_contract(rng, sector, persoon, w)
    if sector.naam == "ggz":
        return np.where(without >= 0, without, persoon.ggz)[who]
    outside = [w.zorgaanbieders.position(r["zorgaanbieder_id"]) for r in table("zonder_contract")]
    places = np.setdiff1d(sector.declarants(w.zorgaanbieders), outside)
    home = places[persoon.regio % len(places)]
    away = rng.random(len(persoon)) < 1 - calibration()["trouw_ziekenhuis"]
    where = np.where(away, rng.choice(places, size=len(persoon)), home)
    return np.where(without >= 0, without, where)[who]


def _without_contract(
    rng: np.random.Generator, sector: Sector, persoon: Personen, w: Wereld
) -> NDArray[np.int64]:
    """Zorgaanbieder without a contract that a person goes to; -1 for all others."""
    found = np.full(len(persoon), -1)
    for row in table("zonder_contract"):
        if row["sector"] == sector.naam:
            share = np.full(len(w.plaatsen.regio_code), calibration()[row["indicator_id"]])
            for code, value in effects_by_region(row["indicator_id"]).items():
                share[w.plaatsen.regio_code.index(code)] = value
            # By age too, for a few old persons use most of it.
            bands = len(sector.gewicht)
            chosen = quota(rng, persoon.regio * bands + persoon.band, np.repeat(share, bands))
            found[chosen] = w.zorgaanbieders.position(row["zorgaanbieder_id"])
    return found


def _amounts(
    rng: np.random.Generator, sector: Sector, jaar: int, soort: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Quantity and amount in eurocents; together they cost what is published for the sector."""
    c, n = calibration(), len(soort)
    fixed = sector.aantal == 1 or sector.naam == "wlz"
    aantal = np.full(n, sector.aantal) if fixed else 1 + rng.poisson(sector.aantal - 1, size=n)
    relative = sector.code_prijs / np.average(sector.code_prijs, weights=sector.code_gewicht)
    mean = sector.kosten * 100 / sector.records / sector.aantal
    mean *= (1 + c["sector_groei"]) ** JAREN.index(jaar)
    spread = c["sector_spreiding"]
    tariff = mean * relative[soort] * rng.lognormal(-(spread**2) / 2, spread, size=n)
    return aantal, np.maximum(np.rint(tariff), 100).astype(np.int64) * aantal


def sector_declarations(
    blok: int, jaar: int, sector: Sector, persoon: Personen, wereld: Wereld
) -> Prestaties:
    """The prestaties of a block of persons in one sector and year."""
    year = JAREN.index(jaar)
    part = (sector.nr * 10_000 + blok) * len(JAREN) + year
    rng = generator(wereld.seed, "sectoren", part)
    rate = sector.gewicht[persoon.band] * persoon.welfare_factor()
    rate *= sector.records / rate.mean()
    if sector.naam == "wlz":
        cohort = in_cohort(persoon, jaar, wereld.soorten)
        rate *= np.where(cohort, factor(persoon, jaar, "wlz", wereld), 1)
    who = np.repeat(np.arange(len(persoon)), rng.poisson(rate))
    n = len(who)
    soort = choose(rng, sector.code_gewicht, n)
    begin, eind = _days(rng, sector, jaar, n)
    aantal, cent = _amounts(rng, sector, jaar, soort)
    where = _where(rng, sector, persoon, who, wereld)
    outside = [
        r["zorgaanbieder_id"] for r in table("zonder_contract") if r["sector"] == sector.naam
    ]
    dear = np.isin(np.array(wereld.zorgaanbieders.agb)[where], outside)
    price = calibration()["niet_gecontracteerd_prijs"]
    cent = np.where(dear, np.rint(cent * price).astype(np.int64) // aantal * aantal, cent)
    rows = np.arange(n) if "06" in sector.layout.records else np.zeros(0, dtype=np.int64)
    tijd = np.arange(n) if "17" in sector.layout.records else np.zeros(0, dtype=np.int64)
    return Prestaties(
        persoon=who,
        verzekeraar=persoon.verzekeraar[who, year],
        aanbieder=where,
        begin=begin,
        eind=eind,
        soort=soort,
        acuut=np.zeros(n, dtype=bool),
        volgnummer=rank_in_group(who, np.arange(n, dtype=float)) + 1,
        aantal=aantal,
        cent=cent,
        credit=np.zeros(n, dtype=bool),
        nummer=reference_numbers(blok, jaar, n),
        vorige=np.full(n, -1),
        tarief_van=rows,
        tarief_soort=np.where(soort[rows] == _BASIS, 14, 10),
        tarief_cent=cent[rows],
        tijd_van=tijd,
        tijd_direct=1 + rng.poisson(_MINUTEN, size=len(tijd)),
    )
