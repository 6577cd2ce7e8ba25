"""Own lists of care providers: part of it is on the national list too, part is nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import calibration
from synthetic.wereld import Wereld
from synthetic.wlz.personen import Aanbieders, Geindiceerden, nearest
from synthetic.wlz.standen import Standen
from synthetic.wlz.stroom import MAANDEN, PEILDATA

SOORTEN = ("nieuw", "doorstroom_niet_passend")
PEILINGEN = ("2023-12-01", "2024-09-01")


@dataclass(frozen=True)
class Schaduw:
    """Rows of own lists.

    Attributes:
        persoon: position among the persons with an indication.
        aanbieder: who keeps the list.
        peildatum: day.
        soort: position in ``SOORTEN``.
        begin: day the wait began.
        dubbel: whether the person is on the national list that day.
    """

    persoon: NDArray[np.int64]
    aanbieder: NDArray[np.int64]
    peildatum: NDArray[np.int64]
    soort: NDArray[np.int64]
    begin: NDArray[np.int64]
    dubbel: NDArray[np.bool_]


def make_shadow(
    rng: np.random.Generator, s: Standen, p: Geindiceerden, aanbieders: Aanbieders, wereld: Wereld
) -> Schaduw:
    """Make the own lists of both peildata.

    Args:
        rng: generator of this part.
        s: the national list.
        p: the persons.
        aanbieders: care providers.
        wereld: tables of the region.

    Returns:
        The rows.
    """
    c, parts = calibration(), []
    for text in PEILINGEN:
        m = MAANDEN.index(text)
        day = PEILDATA[m]
        on_list = s.persoon[(s.maand == m) & s.telt]
        listed = s.persoon[s.maand == m]
        n = round(len(on_list) * c["wlz_schaduw"])
        twice = rng.choice(on_list, size=round(n * c["wlz_schaduw_dubbel"]), replace=False)
        free = np.flatnonzero((p.ingang < day - 60) & (p.einde > day))
        free = free[~np.isin(free, listed)]
        alone = rng.choice(free, size=min(n - len(twice), len(free)), replace=False)
        moves = rng.random(len(alone)) < c["wlz_schaduw_doorstroom"]
        persoon = np.r_[twice, alone]
        regio = wereld.plaatsen.regio[p.plaats[persoon]]
        parts.append(
            Schaduw(
                persoon=persoon,
                aanbieder=nearest(rng, p.sector[persoon], regio, aanbieders),
                peildatum=np.full(len(persoon), day),
                soort=np.r_[np.zeros(len(twice), dtype=np.int64), moves.astype(np.int64)],
                begin=day - rng.integers(1, 60, size=len(persoon)),
                dubbel=np.r_[np.ones(len(twice), dtype=bool), np.zeros(len(alone), dtype=bool)],
            )
        )
    names = vars(parts[0])
    return Schaduw(**{n: np.concatenate([vars(part)[n] for part in parts]) for n in names})
