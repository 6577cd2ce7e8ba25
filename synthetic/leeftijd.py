"""What age alone does to a figure, and the one GP practice where the older persons go.

Shares follow the age of patients, the same way at every zorgaanbieder: a practice with older
patients has other figures without doing anything else. What is planted at a zorgaanbieder holds at
any age.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import calibration, planted, population_effect, table
from synthetic.kalender import year
from synthetic.kans import generator, quota
from synthetic.personen import LEEFTIJDEN, Personen
from synthetic.wereld import Wereld

_OUDST = LEEFTIJDEN.index(75)


def quota_by_age(
    rng: np.random.Generator,
    aanbieder: NDArray[np.int64],
    leeftijd: NDArray[np.int64],
    aandeel: NDArray[np.float64],
    indicator_id: str,
    wereld: Wereld,
) -> NDArray[np.bool_]:
    """Choose the share of each zorgaanbieder that fits the age of its rows.

    Args:
        rng: generator.
        aanbieder: zorgaanbieder of each row.
        leeftijd: age of each row in years.
        aandeel: planned share per zorgaanbieder, for rows as old as all together.
        indicator_id: which rows of ``leeftijdseffecten.csv``; without any, age does nothing.
        wereld: tables of the region.

    Returns:
        Boolean array; a planted zorgaanbieder has its planted share at every age.
    """
    rows = [r for r in table("leeftijdseffecten") if r["indicator_id"] == indicator_id]
    if not rows or not len(aanbieder):
        return quota(rng, aanbieder, aandeel)
    factor = np.array([float(r["factor"]) for r in rows])
    klasse = np.searchsorted([int(r["vanaf"]) for r in rows], leeftijd, side="right") - 1
    share = np.outer(aandeel, factor / factor[klasse].mean())
    for indicator, agb in planted():
        if indicator == indicator_id:
            position = wereld.zorgaanbieders.position(agb)
            share[position] = aandeel[position]
    return quota(rng, aanbieder * len(factor) + klasse, np.clip(share, 0, 1).ravel())


def age_at_end(persoon: Personen, jaar: int) -> NDArray[np.int64]:
    """Age of each person at the end of a year, from the year of birth."""
    return jaar - year(persoon.geboren)


def older_practice(
    blok: int, persoon: Personen, praktijk: NDArray[np.int64], wereld: Wereld
) -> NDArray[np.int64]:
    """Send part of the persons of 75 and older to the one practice for them.

    Args:
        blok: number of the block.
        persoon: the persons.
        praktijk: GP practice of each.
        wereld: tables of the region.

    Returns:
        GP practice of each.
    """
    rng = generator(wereld.seed, "oudere-praktijk", blok)
    moves = (persoon.band == _OUDST) & (
        rng.random(len(praktijk)) < calibration()["oudere_praktijk"]
    )
    return np.where(moves, wereld.zorgaanbieders.position(population_effect()), praktijk)
