"""Draws that repeat: one generator a part and block, and draws by quota.

Every part of the region draws from its own generator, spawned from the seed by a fixed number, so
that adding a draw in one part changes nothing in another. A quota gives a group the planned share
up to rounding; independent draws would let a small provider look like an outlier by chance.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Parts with a generator of their own. The position is the number: only ever append.
ONDERDELEN = (
    "plaatsen",
    "personen",
    "aandoeningen",
    "trajecten",
    "hartfalen",
    "declaraties-msz",
    "fhir-ziekenhuizen",
    "consulten",
    "fhir-huisartsen",
    "wachttijden",
    "correcties",
    "fouten",
    "kerngegevens",
    "sectoren",
    "correcties-sectoren",
    "credit-voor-debet",
    "contracten",
    "retour",
    "klinisch-ziekenhuizen",
    "klinisch-huisartsen",
    "substitutie",
    "chronische-zorg",
    "geneesmiddelen",
    "behandelingen",
    "wlz-wachtlijst",
    "wlz-personen",
    "wlz-schaduw",
    "oudere-praktijk",
)


def generator(seed: int, onderdeel: str, blok: int = 0) -> np.random.Generator:
    """The generator of one part for one block of persons.

    Args:
        seed: the seed of the region.
        onderdeel: one of ``ONDERDELEN``.
        blok: number of the block of persons, from 0.

    Returns:
        A generator that is the same for the same arguments on any machine.
    """
    key = (ONDERDELEN.index(onderdeel), blok)
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


def round_randomly(rng: np.random.Generator, waarden: NDArray[np.float64]) -> NDArray[np.int64]:
    """Round each value down or up, up with the chance of its fraction."""
    laag = np.floor(waarden)
    return (laag + (rng.random(waarden.shape) < waarden - laag)).astype(np.int64)


def rank_in_group(groep: NDArray[np.int64], sleutel: NDArray[np.float64]) -> NDArray[np.int64]:
    """Position of each row within its group when the group is ordered by key, from 0."""
    order = np.lexsort((sleutel, groep))
    sorted_group = groep[order]
    start = np.flatnonzero(np.r_[True, sorted_group[1:] != sorted_group[:-1]])
    sizes = np.diff(np.r_[start, len(order)])
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - np.repeat(start, sizes)
    return rank


def quota_counts(
    rng: np.random.Generator,
    groep: NDArray[np.int64],
    aantallen: NDArray[np.int64],
    gewicht: NDArray[np.float64] | None = None,
) -> NDArray[np.bool_]:
    """Choose a fixed number of rows in every group.

    Args:
        rng: generator.
        groep: group number of each row, shape (n,).
        aantallen: how many to choose per group, indexed by group number.
        gewicht: relative chance of each row to be chosen; equal when left out.

    Returns:
        Boolean array, shape (n,).
    """
    if len(groep) == 0:
        return np.zeros(0, dtype=bool)
    key = -rng.gumbel(size=len(groep))
    if gewicht is not None:
        key -= np.log(np.maximum(gewicht, 1e-12))
    return rank_in_group(groep, key) < aantallen[groep]


def quota(
    rng: np.random.Generator,
    groep: NDArray[np.int64],
    aandeel: NDArray[np.float64],
    gewicht: NDArray[np.float64] | None = None,
) -> NDArray[np.bool_]:
    """Choose a planned share of the rows of every group; see ``quota_counts``.

    Args:
        rng: generator.
        groep: group number of each row.
        aandeel: planned share per group, indexed by group number.
        gewicht: relative chance of each row.

    Returns:
        Boolean array, shape (n,).
    """
    sizes = np.bincount(groep, minlength=len(aandeel)).astype(float)
    return quota_counts(rng, groep, round_randomly(rng, sizes * aandeel), gewicht)


def choose(rng: np.random.Generator, gewichten: NDArray[np.float64], n: int) -> NDArray[np.int64]:
    """Draw ``n`` indices with the given relative weights, with replacement."""
    cumulative = np.cumsum(gewichten)
    index = np.searchsorted(cumulative, rng.random(n) * cumulative[-1], side="right")
    return np.minimum(index, len(gewichten) - 1)


def choose_per_row(rng: np.random.Generator, gewichten: NDArray[np.float64]) -> NDArray[np.int64]:
    """Draw one column per row of a weight matrix, shape (n, k) -> (n,)."""
    cumulative = np.cumsum(gewichten, axis=1)
    draw = rng.random(len(gewichten)) * cumulative[:, -1]
    index = (cumulative <= draw[:, None]).sum(axis=1)
    return np.minimum(index, gewichten.shape[1] - 1)
