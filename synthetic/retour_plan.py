"""What insurers make of messages: granted as declared, in part, not at all, or no answer yet."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import calibration, table
from synthetic.retour_bericht import Besluit, Getallen, Heen


def _rows(soort: str) -> Getallen:
    """Positions of a kind of judgement in ``retour_oordelen.csv``."""
    return np.flatnonzero([row["soort"] == soort for row in table("retour_oordelen")])


def _drawn(rng: np.random.Generator, soort: str, n: int) -> Getallen:
    weight = np.array([float(row["gewicht"]) for row in table("retour_oordelen")])[_rows(soort)]
    return rng.choice(_rows(soort), size=n, p=weight / weight.sum())


def _faults(heen: Heen) -> NDArray[np.int64]:
    """The judgement on planted faults, which no insurer lets pass; -1 for all else."""
    fault = np.where(heen.teken < 0, _rows("credit")[0], _rows("bsn")[0])
    return np.where(heen.is_fout, fault, -1)


def decide(rng: np.random.Generator, heen: Heen, gecrediteerd: Collection[int]) -> list[Besluit]:
    """What is decided on a message, and what is decided later instead.

    Only debits that are never credited are judged, so that what is taken back was granted.

    Args:
        rng: draws.
        heen: the message.
        gecrediteerd: numbers of prestaties that are credited, here or elsewhere.

    Returns:
        No decision, one, or two of which the last holds.
    """
    c, fault = calibration(), _faults(heen)
    free = (heen.teken > 0) & (heen.cent > 1) & ~heen.is_fout
    free &= ~np.isin(heen.nummer, list(gecrediteerd))
    kind, again = rng.random(2)
    chance = rng.random(len(fault))
    if kind < c["retour_geen"]:
        return []
    kind -= c["retour_geen"]
    if kind < c["retour_afgewezen"] and (free | heen.is_fout).all():
        return [Besluit(np.zeros_like(heen.cent), np.full(len(fault), -1), geheel=True)]
    kind -= c["retour_afgewezen"]
    if kind < c["retour_volledig"]:
        return [_granted(heen, fault)]
    refused, lowered = _judged(free, chance)
    verdict = fault.copy()
    verdict[refused] = _drawn(rng, "weigeren", int(refused.sum()))
    verdict[lowered] = _drawn(rng, "verlagen", int(lowered.sum()))
    found = [_granted(heen, verdict)]
    if again < c["retour_herzien"] and refused.any():
        found.append(_granted(heen, np.where(refused, -1, verdict)))
    return found


def _judged(
    free: NDArray[np.bool_], chance: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Lines that are refused and lines that are lowered; at least one if any may be."""
    c = calibration()
    refused = free & (chance < c["retour_regel_geweigerd"])
    share = c["retour_regel_geweigerd"] + c["retour_regel_verlaagd"]
    lowered = free & (chance < share) & ~refused
    if free.any() and not (refused | lowered).any():
        refused[np.flatnonzero(free)[0]] = True
    return refused, lowered


def _granted(heen: Heen, oordeel: Getallen) -> Besluit:
    """What is granted under these judgements."""
    factor = round(calibration()["retour_regel_factor"] * 100)
    lowered = np.isin(oordeel, _rows("verlagen"))
    cent = np.where(oordeel >= 0, 0, heen.cent)
    return Besluit(np.where(lowered, heen.cent * factor // 100, cent), oordeel)
