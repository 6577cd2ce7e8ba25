"""Care that moves from the hospital to the first line, and what can go wrong: ``substitutie.csv``.

From the second year on, people with a condition of ``schemas/codes/substitutie_zorg.csv`` get less
hospital care for it in a planted region. What comes in its place differs by region.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.aandoeningen import Aandoeningen
from synthetic.gegevens import calibration, codes, planted, table
from synthetic.kalender import JAREN, first_day
from synthetic.kans import generator, round_randomly
from synthetic.personen import Personen
from synthetic.prestaties import Prestaties, reference_numbers
from synthetic.wereld import Wereld

_CENT = 3_000  # of a prestatie of chronic care by the GP; invented
_CHRONISCH = 3  # its position in ``consulten.CODES``
Paden = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]


def target_conditions(soorten: Aandoeningen) -> NDArray[np.bool_]:
    """Conditions whose hospital care can move, shape (conditions,)."""
    names = {r["diagnosegroep"] for r in codes("substitutie_zorg") if r["deel"] == "doelzorg"}
    return np.array([naam in names for naam in soorten.naam])


def in_cohort(persoon: Personen, jaar: int, soorten: Aandoeningen) -> NDArray[np.bool_]:
    """Persons with such a condition that is known in a year, shape (persons,)."""
    known = persoon.heeft & (persoon.bekend <= JAREN.index(jaar))
    found: NDArray[np.bool_] = np.logical_or.reduce(known[:, target_conditions(soorten)], axis=1)
    return found


def factor(persoon: Personen, jaar: int, deel: str, wereld: Wereld) -> NDArray[np.float64]:
    """By how much a part of the care is more or less in the region of each person."""
    by_region = np.ones(len(wereld.plaatsen.regio_code))
    if jaar != JAREN[0]:
        for row in table("substitutie"):
            by_region[wereld.plaatsen.regio_code.index(row["zorgkantoorregio_code"])] = float(
                row[deel]
            )
    return by_region[persoon.regio]


def _more(
    rng: np.random.Generator,
    candidates: NDArray[np.int64],
    rows: NDArray[np.int64],
    part: float,
    soorten: Aandoeningen,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Persons and conditions of extra paths: like ``rows``, for anybody among the candidates."""
    either = np.array([not sex for sex in soorten.geslacht]) & ~soorten.chronisch
    rows = rows[either[rows]]
    n = int(round_randomly(rng, np.array([len(rows) * part]))[0])
    if not n or not len(candidates):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    return rng.choice(candidates, size=n), rng.choice(rows, size=n)


def shift_hospital_care(
    blok: int, jaar: int, persoon: Personen, paden: Paden, wereld: Wereld
) -> Paden:
    """Take care paths away and add others, as planted for regions and for a GP practice.

    Args:
        blok: number of the block.
        jaar: calendar year.
        persoon: the persons.
        paden: person, condition and whether it was known before, of every care path.
        wereld: tables of the region.

    Returns:
        The same of the care paths that there are.
    """
    who, what, own = paden
    soorten = wereld.soorten
    rng = generator(wereld.seed, "substitutie", blok * len(JAREN) + JAREN.index(jaar))
    less = factor(persoon, jaar, "doelzorg", wereld)[who]
    target = target_conditions(soorten)[what]
    keep = ~target | (rng.random(len(who)) < less)
    extra: list[tuple[NDArray[np.int64], NDArray[np.int64], bool]] = []
    level = factor(persoon, jaar, "overig", wereld)
    for value in np.unique(level[level > 1]):
        people = np.flatnonzero(level == value)
        here = np.flatnonzero((level[who] == value) & ~target & (what != soorten.hartfalen))
        # All other care of the region rises by this part, whatever kind the extra care is.
        part = (value - 1) * len(here) / max(int((~own[here]).sum()), 1)
        extra.append((*_more(rng, people, what[here[~own[here]]], part, soorten), True))
    for (indicator, agb), value in planted().items():
        if indicator == "verwijzing_huisarts":
            people = np.flatnonzero(persoon.praktijk == wereld.zorgaanbieders.position(agb))
            here = what[np.isin(who, people) & ~own]
            extra.append((*_more(rng, people, here, value - 1, soorten), False))
    return (
        np.concatenate([who[keep], *(e[0] for e in extra)]),
        np.concatenate([what[keep], *(e[1] for e in extra)]),
        np.concatenate([own[keep], *(np.full(len(e[0]), e[2]) for e in extra)]),
    )


def chronic_care(
    blok: int, jaar: int, persoon: Personen, wereld: Wereld, eerste: int
) -> Prestaties:
    """Prestaties of GP practices for chronic care that a hospital could also give.

    Args:
        blok: number of the block.
        jaar: calendar year.
        persoon: the persons.
        wereld: tables of the region.
        eerste: number of GP prestaties of the block and year before these.

    Returns:
        The prestaties.
    """
    year = JAREN.index(jaar)
    rng = generator(wereld.seed, "chronische-zorg", blok * len(JAREN) + year)
    cohort = np.flatnonzero(in_cohort(persoon, jaar, wereld.soorten))
    rate = calibration()["chronische_zorg_huisarts"]
    times = rng.poisson(rate * factor(persoon, jaar, "eerstelijn", wereld)[cohort])
    who = np.repeat(cohort, times)
    n = len(who)
    dag = first_day(jaar) + rng.integers(0, 365, size=n)
    return Prestaties(
        persoon=who,
        verzekeraar=persoon.verzekeraar[who, year],
        aanbieder=persoon.praktijk[who],
        begin=dag,
        eind=dag,
        soort=np.full(n, _CHRONISCH),
        acuut=np.zeros(n, dtype=bool),
        volgnummer=np.ones(n, dtype=np.int64),
        cent=np.full(n, _CENT),
        credit=np.zeros(n, dtype=bool),
        nummer=reference_numbers(blok, jaar, eerste + n)[eerste:],
        vorige=np.full(n, -1),
    )
