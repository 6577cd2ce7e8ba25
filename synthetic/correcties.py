"""When prestaties reach the insurer: with their year, late, or corrected a year later."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import calibration
from synthetic.kalender import JAREN
from synthetic.kans import generator, quota
from synthetic.prestaties import Prestaties, join


@dataclass(frozen=True)
class Aangeleverd:
    """How the prestaties of a year reach the insurer.

    Attributes:
        regulier: delivered with the year itself.
        nagekomen: delivered with the next year: late debits, credits and new debits.
        geldig: what counts in the end, per prestatie once: late or not, corrected or not.
    """

    regulier: Prestaties
    nagekomen: Prestaties
    geldig: Prestaties


def _reversed(p: Prestaties) -> Prestaties:
    """Credit lines: the same lines with another reference and the sign turned."""
    return replace(p, credit=np.ones(len(p), dtype=bool), nummer=p.nummer + 1, vorige=p.nummer)


def _renewed(p: Prestaties) -> Prestaties:
    """New debits with a lower amount, still a whole number of times the tariff."""
    factor = round(calibration()["correctie_factor"] * 100)
    tarief = p.tarief_cent * factor // 100
    cent = p.cent * factor // 100 // p.aantal * p.aantal
    if len(p.tarief_van):
        cent = np.bincount(p.tarief_van, tarief, minlength=len(p)).astype(np.int64)
    return replace(p, cent=cent, tarief_cent=tarief, nummer=p.nummer + 2)


def deliver(
    seed: int, deel: int, jaar: int, p: Prestaties, onderdeel: str = "correcties"
) -> Aangeleverd:
    """Hold some prestaties back and correct others, but for the last year.

    A few credits are sent with the year itself while their debit comes a year later: they wait for
    it, and the two leave nothing.

    Args:
        seed: seed of the region.
        deel: number of this set of prestaties: another one for each sector, block and year.
        jaar: year of the care.
        p: the prestaties.
        onderdeel: part of ``synthetic.kans`` that draws.

    Returns:
        What is delivered when, and what is valid in the end.
    """
    if jaar == JAREN[-1]:
        return Aangeleverd(p, p.take(np.zeros(0, dtype=np.int64)), p)
    rng = generator(seed, onderdeel, deel)
    c, group = calibration(), np.zeros(len(p), dtype=np.int64)
    late = quota(rng, group, np.array([c["nagekomen_aandeel"]]))
    wrong = quota(rng, group, np.array([c["correctie_aandeel"]])) & ~late
    gone = wrong & (rng.random(len(p)) < c["correctie_zonder_nieuw"])
    before = late & _before_its_debit(seed, onderdeel, deel, late)
    reversed_ = _reversed(p.take(np.flatnonzero(wrong)))
    renewed = _renewed(p.take(np.flatnonzero(wrong & ~gone)))
    early = _reversed(p.take(np.flatnonzero(before)))
    return Aangeleverd(
        regulier=join([p.take(np.flatnonzero(~late)), early]),
        nagekomen=join([p.take(np.flatnonzero(late)), reversed_, renewed]),
        geldig=join([p.take(np.flatnonzero(~wrong & ~before)), renewed]),
    )


def _before_its_debit(
    seed: int, onderdeel: str, deel: int, late: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which late prestaties are credited before they arrive; at least one where there are any."""
    part = deel * 2 + (onderdeel != "correcties")
    rng = generator(seed, "credit-voor-debet", part)
    wanted = calibration()["credit_voor_debet"] * len(late)
    chosen = np.zeros(len(late), dtype=bool)
    rows = np.flatnonzero(late)
    n = min(max(int(wanted), 1), len(rows))
    chosen[rng.permutation(rows)[:n]] = True
    return chosen
