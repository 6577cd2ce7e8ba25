"""What happens within hospital care paths: operations, one contact and no more, follow-up consults.

Shares are drawn by quota per zorgaanbieder or practice, and follow-up consults by quantile, so that
nobody is an outlier by chance and a year differs from the one before by what is planted alone.
"""

from __future__ import annotations

from functools import cache
from math import exp, factorial

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import calibration, codes, effects_by_region, planted, table
from synthetic.kans import quota, rank_in_group
from synthetic.personen import Personen
from synthetic.plaatsen import ZIEKENHUIS
from synthetic.wereld import Wereld

MSZ = (*ZIEKENHUIS, "zbc")
_MEEST = 6  # follow-up consults of a care path, at most
_VERVOLG = 1.4  # mean number of them
_CENTRUM = "volume_darmkankerresectie"
_TRAUMA = "multitrauma_in_traumacentrum"


@cache
def interventions() -> tuple[dict[str, str], ...]:
    """Rows of ``schemas/codes/interventie.csv`` with their share and group, in file order."""
    share = {row["interventie_id"]: row for row in table("behandelingen")}
    return tuple({**row, **share[row["interventie_id"]]} for row in codes("interventie"))


def by_condition(wereld: Wereld, columns: str = "interventie_id") -> NDArray[np.str_]:
    """Intervention per condition, or another of its columns; empty where there is none."""
    known = {row["diagnosegroep"]: row[columns] for row in interventions()}
    return np.array([known.get(naam, "") for naam in wereld.soorten.naam])


def place_complex_care(
    rng: np.random.Generator,
    persoon: Personen,
    who: NDArray[np.int64],
    what: NDArray[np.int64],
    where: NDArray[np.int64],
    wereld: Wereld,
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Send multitrauma to a UMC, and part of bowel cancer to one centre.

    Args:
        rng: generator.
        persoon: the persons.
        who: person of each care path.
        what: condition of each care path.
        where: zorgaanbieder of each care path.
        wereld: tables of the region.

    Returns:
        Zorgaanbieder of each care path, and whether its operation is certain.
    """
    c, names, n = calibration(), np.array(wereld.soorten.naam), len(who)
    umc = wereld.zorgaanbieders.of_type("umc")
    bowel = (names[what] == "darmkanker") & (rng.random(n) < c["darmkanker_centrum"])
    trauma = (names[what] == "botbreuk") & (rng.random(n) < c["multitrauma_aandeel"])
    share = np.full(len(wereld.plaatsen.regio_code), c["multitrauma_level1"])
    for code, value in effects_by_region(_TRAUMA).items():
        share[wereld.plaatsen.regio_code.index(code)] = value
    level1 = np.zeros(n, dtype=bool)
    rows = np.flatnonzero(trauma)
    level1[rows] = quota(rng, persoon.regio[who[rows]], share)
    chosen_umc = rng.choice(umc, size=n)
    hospital = persoon.ziekenhuis[who]
    # A region whose own hospital is a UMC cannot keep multitrauma elsewhere.
    where = np.where(trauma, np.where(level1, chosen_umc, hospital), where)
    where = np.where(bowel, wereld.zorgaanbieders.position(centre()), where)
    return where, bowel | trauma


@cache
def centre() -> str:
    """AGB code of the centre for bowel cancer."""
    return next(agb for indicator, agb in planted() if indicator == _CENTRUM)


def operations(
    rng: np.random.Generator,
    where: NDArray[np.int64],
    what: NDArray[np.int64],
    certain: NDArray[np.bool_],
    wereld: Wereld,
) -> NDArray[np.bool_]:
    """Which care paths hold the intervention of their condition, by quota per zorgaanbieder."""
    done = certain.copy()
    which = by_condition(wereld)[what]
    for row in interventions():
        name = row["interventie_id"]
        rows = np.flatnonzero((which == name) & ~certain)
        basis = float(row["aandeel"])
        share = wereld.zorgaanbieders.share(row["indicator_id"], MSZ, basis, wereld.omvang)
        done[rows] = quota(rng, where[rows], share)
    return done


def single_contacts(
    rng: np.random.Generator,
    praktijk: NDArray[np.int64],
    verwezen: NDArray[np.bool_],
    zwaar: NDArray[np.bool_],
    wereld: Wereld,
) -> NDArray[np.bool_]:
    """Which referrals end after one contact, by quota per GP practice.

    Args:
        rng: generator.
        praktijk: GP practice of the person of each care path.
        verwezen: whether the path began with a referral by the first line.
        zwaar: whether it holds an operation or an admission; such a path never ends so.
        wereld: tables of the region.

    Returns:
        Whether the path is one consult and nothing else.
    """
    rows = np.flatnonzero(verwezen)
    basis = calibration()["eenmalig_contact"]
    share = wereld.zorgaanbieders.share(
        "eenmalig_contact_na_verwijzing", ("huisartsenpraktijk",), basis, wereld.omvang
    )
    single = np.zeros(len(verwezen), dtype=bool)
    weight = np.where(zwaar[rows], 1e-9, 1.0)
    single[rows] = quota(rng, praktijk[rows], share, weight)
    return single & ~zwaar


def _quantiles(mean: float, u: NDArray[np.float64]) -> NDArray[np.int64]:
    """Quantiles of a Poisson distribution, cut off at the top."""
    chances = [exp(-mean) * mean**k / factorial(k) for k in range(_MEEST)]
    return np.searchsorted(np.cumsum(chances), u)


def follow_ups(
    rng: np.random.Generator,
    where: NDArray[np.int64],
    verwezen: NDArray[np.bool_],
    eenmalig: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Follow-up consults of each care path; the mean over all paths stays the same.

    There are none after a single contact, and at least one when a referral went on.
    """
    kind = np.where(eenmalig, 0, np.where(verwezen, 1, 2))
    group = where * 3 + kind
    size = np.bincount(group)[group] if len(group) else group
    u = (rank_in_group(group, rng.random(len(group))) + 0.5) / np.maximum(size, 1)
    rest = _VERVOLG / (1 - calibration()["eenmalig_contact"]) - 1
    number = np.where(kind == 1, 1 + _quantiles(rest, u), _quantiles(_VERVOLG, u))
    return np.where(kind == 0, 0, np.minimum(number, _MEEST))
