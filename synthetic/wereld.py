"""What stays the same for the whole region: places, zorgaanbieders, conditions, expected sizes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthetic.aandoeningen import Aandoeningen, load_aandoeningen
from synthetic.plaatsen import Plaatsen, Zorgaanbieders, load_plaatsen, load_zorgaanbieders


@dataclass(frozen=True)
class Wereld:
    """Tables of the region.

    Attributes:
        seed: seed of the region.
        plaatsen: PC4 areas.
        zorgaanbieders: the zorgaanbieders.
        soorten: the conditions.
        omvang: expected share of the population per zorgaanbieder.
    """

    seed: int
    plaatsen: Plaatsen
    zorgaanbieders: Zorgaanbieders
    soorten: Aandoeningen
    omvang: NDArray[np.float64]


def _expected_size(plaatsen: Plaatsen, zorgaanbieders: Zorgaanbieders) -> NDArray[np.float64]:
    """Expected share of the population per hospital, GP practice and ggz institution."""
    size = np.full(len(zorgaanbieders.agb), 1e-9)
    for home in zorgaanbieders.bij_regio.values():
        size += np.bincount(home[plaatsen.regio], plaatsen.gewicht, minlength=len(size))
    return size


def make_world(seed: int) -> Wereld:
    """Make the tables of a region from its seed."""
    zorgaanbieders = load_zorgaanbieders()
    plaatsen = load_plaatsen(seed, zorgaanbieders)
    return Wereld(
        seed=seed,
        plaatsen=plaatsen,
        zorgaanbieders=zorgaanbieders,
        soorten=load_aandoeningen(),
        omvang=_expected_size(plaatsen, zorgaanbieders),
    )
