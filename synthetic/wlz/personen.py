"""The persons with a Wlz indication: who they are, where they live, who follows them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import calibration, codes, planted, table
from synthetic.kalender import day
from synthetic.kans import choose, quota
from synthetic.kenmerken import WLZ_EERSTE, bsn_numbers
from synthetic.wereld import Wereld
from synthetic.wlz.stroom import INDICATOR, PEIL_KERN, PEILDATA, SECTOREN, Groep, Wachters

OVERBRUGGING = "wlz_overbrugging"
GEEN_EINDE = day("2030-12-31")  # written as empty
_BEGIN, _JAAR_2, _EINDE = day("2023-01-01"), day("2024-01-01"), day("2024-12-31")
_OUDSTE_INDICATIE = day("2015-01-01")
#: First and last year of birth, and share of women, by sector [from memory].
_GEBOREN = {"vv": (1926, 1952, 0.66), "ghz": (1940, 2012, 0.42), "ggz_wlz": (1945, 2002, 0.40)}


@dataclass(frozen=True)
class Aanbieders:
    """The care providers of the Wlz, in file order.

    Attributes:
        agb: AGB codes.
        sector: position in ``SECTOREN``.
        regio: number of the zorgkantoorregio.
        geplant: position of the one with the planted waits; -1 when none is planted.
    """

    agb: tuple[str, ...]
    sector: NDArray[np.int64]
    regio: NDArray[np.int64]
    geplant: int


@dataclass(frozen=True)
class Geindiceerden:
    """Persons with an indication, those who wait at any time first.

    Attributes:
        bsn: burgerservicenummer.
        sector: position in ``SECTOREN``.
        profiel: position in ``wlz_profielen.csv``.
        plaats: PC4 area.
        geboortejaar: year of birth.
        vrouw: whether the person is a woman.
        afgifte: day of the decision.
        ingang: first day of the indication.
        einde: last day, ``GEEN_EINDE`` when there is none yet.
        dossierhouder: care provider that follows a waiting person, -1 for others.
        overbrugging: whether there is bridging care while waiting.
    """

    bsn: NDArray[np.int64]
    sector: NDArray[np.int64]
    profiel: NDArray[np.int64]
    plaats: NDArray[np.int64]
    geboortejaar: NDArray[np.int64]
    vrouw: NDArray[np.bool_]
    afgifte: NDArray[np.int64]
    ingang: NDArray[np.int64]
    einde: NDArray[np.int64]
    dossierhouder: NDArray[np.int64]
    overbrugging: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.bsn)


def load_aanbieders(wereld: Wereld) -> Aanbieders:
    """Read the care providers and find their region by their gemeente."""
    rows = table("wlz_aanbieders")
    region = {r["gemeente_code"]: r["zorgkantoorregio_code"] for r in codes("regio_gemeente")}
    agb = tuple(row["zorgaanbieder_id"] for row in rows)
    found = next((a for i, a in planted() if i == INDICATOR), None)
    return Aanbieders(
        agb=agb,
        sector=np.array([SECTOREN.index(row["sector"]) for row in rows]),
        regio=np.array(
            [wereld.plaatsen.regio_code.index(region[row["gemeente_code"]]) for row in rows]
        ),
        geplant=agb.index(found) if found else -1,
    )


def planted_share(aanbieders: Aanbieders, wereld: Wereld) -> float:
    """Share of the vv list that waits at the planted care provider: most of its region."""
    if aanbieders.geplant < 0:
        return 0.0
    own = aanbieders.regio[aanbieders.geplant]
    return 0.6 * float(wereld.plaatsen.gewicht[wereld.plaatsen.regio == own].sum())


def _homes(
    rng: np.random.Generator, geplant: NDArray[np.bool_], aanbieders: Aanbieders, wereld: Wereld
) -> NDArray[np.int64]:
    """PC4 area of each person; who waits at the planted care provider lives in its region."""
    plaatsen = wereld.plaatsen
    own = aanbieders.regio[aanbieders.geplant]
    home = choose(rng, plaatsen.gewicht, len(geplant))
    near = choose(rng, np.where(plaatsen.regio == own, plaatsen.gewicht, 0), len(geplant))
    return np.where(geplant, near, home)


def nearest(
    rng: np.random.Generator,
    sector: NDArray[np.int64],
    regio: NDArray[np.int64],
    aanbieders: Aanbieders,
    zonder: int = -1,
) -> NDArray[np.int64]:
    """A care provider of the own sector for each person: one of the region, or the nearest.

    Args:
        rng: generator.
        sector: position in ``SECTOREN`` of each person.
        regio: number of the region of each person.
        aanbieders: the care providers.
        zonder: one that is left out.

    Returns:
        Positions in ``aanbieders``.
    """
    out = np.empty(len(sector), dtype=np.int64)
    for s in range(len(SECTOREN)):
        of_sector = np.flatnonzero(aanbieders.sector == s)
        for r in np.unique(regio[sector == s]):
            rows = np.flatnonzero((sector == s) & (regio == r))
            distance = np.abs(aanbieders.regio[of_sector] - r)
            near = of_sector[distance == distance.min()]
            out[rows] = rng.choice(near[near != zonder], size=len(rows))
    return out


def _bridged(
    rng: np.random.Generator, dossierhouder: NDArray[np.int64], aanbieders: Aanbieders
) -> NDArray[np.bool_]:
    """Whether waiting persons have bridging care; one care provider has the planted share."""
    share = np.full(len(aanbieders.agb), calibration()["wlz_overbrugging"])
    for (indicator, agb), value in planted().items():
        if indicator == OVERBRUGGING:
            share[aanbieders.agb.index(agb)] = value
    return quota(rng, dossierhouder, share)


def _end_of_waiting(
    rng: np.random.Generator, wachters: Wachters, n: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First day of registration and last day of the indication of each waiting person."""
    registered = np.full(n, GEEN_EINDE)
    np.minimum.at(registered, wachters.persoon, wachters.registratie)
    last = np.zeros(n, dtype=np.int64)
    np.maximum.at(last, wachters.persoon, wachters.laatste)
    dies = (rng.random(n) < calibration()["wlz_overlijden"]) & (last < len(PEILDATA) - 1)
    ended = PEILDATA[last] + rng.integers(1, 27, size=n)
    return registered, np.where(dies, ended, GEEN_EINDE)


def _others(
    rng: np.random.Generator, n: int, sector: NDArray[np.int64]
) -> tuple[NDArray[np.int64], ...]:
    """Sector, first and last day of persons who do not wait, so many valid at the end of 2023."""
    moves = round(n * calibration()["wlz_nieuw_per_jaar"])
    begin = rng.integers(_OUDSTE_INDICATIE, PEILDATA[PEIL_KERN], size=n)
    einde = np.full(n, GEEN_EINDE)
    einde[:moves] = rng.integers(_JAAR_2, _EINDE, size=moves)
    gone = rng.integers(_OUDSTE_INDICATIE, _BEGIN, size=moves)
    gone_at = rng.integers(_BEGIN, PEILDATA[PEIL_KERN], size=moves)
    new = rng.integers(_JAAR_2, _EINDE, size=moves)
    which = np.r_[sector, rng.choice(sector, size=2 * moves)]
    return which, np.r_[begin, gone, new], np.r_[einde, gone_at, np.full(moves, GEEN_EINDE)]


def _remaining(
    rng: np.random.Generator, schaal: float, sector: NDArray[np.int64], valid: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Sectors of the persons that fill the indications up to the published number."""
    share = np.array([float(row["aandeel_indicaties"]) for row in table("wlz_sectoren")])
    total = round(calibration()["wlz_indicaties"] * schaal)
    wanted = np.rint(np.cumsum(share) * total).astype(np.int64)
    wanted = np.diff(np.r_[0, wanted])
    there = np.bincount(sector[valid], minlength=3)
    return rng.permutation(np.repeat(np.arange(3), np.maximum(wanted - there, 0)))


def make_indicated(
    rng: np.random.Generator,
    schaal: float,
    groepen: list[Groep],
    wachters: Wachters,
    aanbieders: Aanbieders,
    wereld: Wereld,
) -> Geindiceerden:
    """Make all persons with an indication.

    Args:
        rng: generator of this part.
        schaal: 1 for the whole country.
        groepen: groups of waiting persons.
        wachters: their spells.
        aanbieders: care providers of the Wlz.
        wereld: tables of the region.

    Returns:
        The persons, those of ``wachters`` first and in their order.
    """
    n = int(wachters.persoon.max()) + 1
    group = np.zeros(n, dtype=np.int64)
    group[wachters.persoon] = wachters.groep
    waits_in = np.array([g.sector for g in groepen])[group]
    geplant = np.array([g.geplant for g in groepen])[group]
    registered, ended = _end_of_waiting(rng, wachters, n)
    early = rng.integers(60, 1500, size=n)  # most had care at home before they wished to move
    began = registered - np.where(rng.random(n) < 0.85, early, rng.integers(0, 60, size=n))
    on_day = (began <= PEILDATA[PEIL_KERN]) & (ended >= PEILDATA[PEIL_KERN])
    rest = _remaining(rng, schaal, waits_in, on_day)
    other_sector, other_begin, other_end = _others(rng, len(rest), rest)
    sector = np.r_[waits_in, other_sector]
    every = len(sector)
    at_planted = np.r_[geplant, np.zeros(every - n, dtype=bool)]
    plaats = _homes(rng, at_planted, aanbieders, wereld)
    regio = wereld.plaatsen.regio[plaats]
    follows = nearest(rng, waits_in, regio[:n], aanbieders, aanbieders.geplant)
    follows[geplant] = aanbieders.geplant
    ingang = np.r_[began, other_begin]
    years = np.array([_GEBOREN[s] for s in SECTOREN])
    return Geindiceerden(
        bsn=bsn_numbers(wereld.seed, WLZ_EERSTE, every),
        sector=sector,
        profiel=_profiles(rng, sector),
        plaats=plaats,
        geboortejaar=rng.integers(years[sector, 0], years[sector, 1] + 1).astype(np.int64),
        vrouw=rng.random(every) < years[sector, 2],
        afgifte=ingang - rng.integers(0, 14, size=every),
        ingang=ingang,
        einde=np.r_[ended, other_end],
        dossierhouder=np.r_[follows, np.full(every - n, -1)],
        overbrugging=np.r_[_bridged(rng, follows, aanbieders), np.zeros(every - n, dtype=bool)],
    )


def _profiles(rng: np.random.Generator, sector: NDArray[np.int64]) -> NDArray[np.int64]:
    """A care profile of the own sector for each person."""
    rows = table("wlz_profielen")
    out = np.empty(len(sector), dtype=np.int64)
    for s, name in enumerate(SECTOREN):
        own = np.array([float(r["aandeel"]) if r["sector"] == name else 0.0 for r in rows])
        mine = sector == s
        out[mine] = choose(rng, own, int(mine.sum()))
    return out
