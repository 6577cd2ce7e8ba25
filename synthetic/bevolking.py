"""The inhabitants: age, sex, home, insurer, chronic conditions and the zorgaanbieders they use."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from synthetic import kenmerken
from synthetic.aandoeningen import Aandoeningen
from synthetic.gegevens import calibration
from synthetic.kalender import first_day
from synthetic.kans import choose, choose_per_row, generator, round_randomly
from synthetic.leeftijd import older_practice
from synthetic.personen import LEEFTIJDEN, Personen
from synthetic.wereld import Wereld

#: Relative size of the five insurers; the shares are invented.
_VERZEKERAARS = np.array([0.31, 0.25, 0.20, 0.14, 0.10])
_OUDSTE = 99
#: Relative chance of a chronic condition per age band; scaled to the calibrated share.
_CHRONISCH = np.array([0.25, 0.45, 0.70, 0.90, 0.97])
#: Shares of two, three and four conditions among persons with more than one.
_MEER = np.array([0.56, 0.29, 0.15])


def band_shares() -> NDArray[np.float64]:
    """Share of each age band in the population."""
    c = calibration()
    old, young, middle = c["aandeel_65plus"], c["aandeel_0_17"], c["aandeel_18_44"]
    oldest = old * c["aandeel_75plus_in_65plus"]
    return np.array([young, middle, 1 - old - young - middle, old - oldest, oldest])


def _birthdays(rng: np.random.Generator, band: NDArray[np.int64]) -> NDArray[np.int64]:
    """A birth day within the band; ages thin out linearly in the oldest band."""
    low = np.array(LEEFTIJDEN)[band]
    high = np.array([*LEEFTIJDEN[1:], _OUDSTE])[band]
    u = rng.random(len(band))
    u = np.where(band == len(LEEFTIJDEN) - 1, 1 - np.sqrt(1 - u), u)
    days = (low + u * (high - low)) * 365.2425
    # Nobody is born after the first day of the region's history.
    return np.minimum(first_day(2024) - 1 - days.astype(np.int64), first_day(2023) - 1)


def _insurers(rng: np.random.Generator, n: int) -> NDArray[np.int64]:
    """Insurer in each of three years; a calibrated share changes every January."""
    columns = [choose(rng, _VERZEKERAARS, n)]
    for _ in range(2):
        moves = rng.random(n) < calibration()["overstappers"]
        step = rng.integers(1, len(_VERZEKERAARS), size=n)
        columns.append((columns[-1] + moves * step) % len(_VERZEKERAARS))
    return np.stack(columns, axis=1)


def _number_of_conditions(
    rng: np.random.Generator, band: NDArray[np.int64], factor: NDArray[np.float64]
) -> NDArray[np.int64]:
    """How many chronic conditions each person has, on the calibrated shares."""
    c = calibration()
    chronic = c["chronisch_personen"] / c["inwoners_nl"]
    scale = chronic / (band_shares() * _CHRONISCH).sum()
    some = rng.random(len(band)) < np.clip(scale * _CHRONISCH[band] * (0.9 + 0.1 * factor), 0, 1)
    several = rng.random(len(band)) < c["multimorbide_personen"] / c["chronisch_personen"]
    more = 2 + choose(rng, _MEER, len(band))
    return np.where(some, np.where(several, more, 1), 0)


def _conditions(
    rng: np.random.Generator, soorten: Aandoeningen, persoon: Personen
) -> NDArray[np.bool_]:
    """Chronic conditions per person; heart failure first, by quota, the others by weight."""
    n, k = len(persoon), len(soorten.naam)
    factor = persoon.welfare_factor()
    count = _number_of_conditions(rng, persoon.band, factor)
    weight = np.where(soorten.chronisch, soorten.gewicht[persoon.band], 0.0)
    hf = soorten.hartfalen
    c = calibration()
    share = c["hartfalen_patienten"] / c["inwoners_nl"] * c["hartfalen_demo_factor"]
    wanted = int(round_randomly(rng, np.array([n * share]))[0])
    key = rng.gumbel(size=n) + np.log(np.maximum(weight[:, hf] * factor, 1e-12))
    has = np.zeros((n, k), dtype=bool)
    has[np.argsort(-key, kind="stable")[:wanted], hf] = True
    weight[:, hf] = 0
    left = np.maximum(count - has[:, hf], 0)
    key = rng.gumbel(size=(n, k)) + np.log(np.maximum(weight, 1e-12))
    rank = np.argsort(np.argsort(-key, axis=1, kind="stable"), axis=1, kind="stable")
    return has | ((rank < left[:, None]) & (weight > 0))


def _served_by(
    rng: np.random.Generator, home: NDArray[np.int64], all_of: NDArray[np.int64], trouw: float
) -> NDArray[np.int64]:
    """The zorgaanbieder of the area, or with a small chance any other."""
    elsewhere = rng.choice(all_of, size=len(home))
    return np.where(rng.random(len(home)) < trouw, home, elsewhere)


def make_persons(blok: int, eerste: int, n: int, wereld: Wereld) -> Personen:
    """Make one block of persons.

    Args:
        blok: number of the block.
        eerste: number of its first person.
        n: number of persons.
        wereld: tables of the region.

    Returns:
        The persons; the same arguments give the same persons.
    """
    rng = generator(wereld.seed, "personen", blok)
    plaatsen, zorgaanbieders = wereld.plaatsen, wereld.zorgaanbieders
    band = choose(rng, band_shares(), n)
    plaats = choose(rng, plaatsen.gewicht, n)
    regio = plaatsen.regio[plaats]
    trouw = calibration()["trouw_praktijk"]
    home = zorgaanbieders.bij_regio
    sizes = (64, 26, 40, 150)
    persoon = Personen(
        eerste=eerste,
        bsn=kenmerken.bsn_numbers(wereld.seed, eerste, n),
        geboren=_birthdays(rng, band),
        vrouw=rng.random(n) < 0.503,
        band=band,
        plaats=plaats,
        kwintiel=plaatsen.kwintiel[plaats],
        regio=regio,
        adres=np.stack([rng.integers(0, size, size=n) for size in sizes], axis=1),
        verzekeraar=_insurers(rng, n),
        heeft=np.zeros((n, 0), dtype=bool),  # drawn below, from the person's age and home
        bekend=np.zeros((n, 0), dtype=np.int64),
        praktijk=_served_by(
            rng,
            home["huisartsenpraktijk"][regio],
            zorgaanbieders.of_type("huisartsenpraktijk"),
            trouw,
        ),
        ziekenhuis=home["ziekenhuis"][regio],
        ggz=home["ggz"][regio],
    )
    rng = generator(wereld.seed, "aandoeningen", blok)
    heeft = _conditions(rng, wereld.soorten, persoon)
    bekend = choose_per_row(rng, np.tile([0.7, 0.15, 0.15], (n * heeft.shape[1], 1)))
    praktijk = older_practice(blok, persoon, persoon.praktijk, wereld)
    return replace(persoon, heeft=heeft, bekend=bekend.reshape(heeft.shape), praktijk=praktijk)
