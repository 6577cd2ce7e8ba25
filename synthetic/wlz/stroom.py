"""Who waits when: a list per sector and wachtstatus, moved on one month at a time.

At first a list is made of cohorts in shrinking numbers; how fast they shrink is solved from the
published share above the norm (requirements, nza.md C2b). From then on a quota of those above the
norm stays, part of the others leaves at the same pace, and new persons fill the list. So the share
holds on every peildatum, whatever the norm and however small the region.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import calibration, planted, table
from synthetic.kalender import day
from synthetic.kans import quota_counts

SECTOREN = tuple(row["sector"] for row in table("wlz_sectoren"))
STATUSSEN = ("URGENT", "ACTIEF", "VOORKEUR", "VOORZORG")
INDICATOR = "wlz_boven_streefnorm"
MAANDEN = tuple(row["peildatum"] for row in table("wlz_maanden"))
PEILDATA = np.array([day(text) for text in MAANDEN])
PEIL_KERN = MAANDEN.index("2023-12-01")
_MAAND = 30.44  # days between two peildata, on average
_OUDST = 150  # cohorts of months before the first peildatum
#: Share of who leaves a status that waits on in another one.
_VERDER = {"VOORKEUR": ("ACTIEF", 0.25), "ACTIEF": ("VOORKEUR", 0.03)}


@dataclass(frozen=True)
class Groep:
    """Waiting persons of one sector and status, those of the planted care provider apart.

    Attributes:
        sector: position in ``SECTOREN``.
        status: position in ``STATUSSEN``.
        geplant: whether they wait at the care provider with the planted effect.
        aantallen: how many on each peildatum.
        boven: how many of them above the norm.
        norm_dagen: norm in days; 0 for none.
        gemiddeld: parameter of the stay in days.
    """

    sector: int
    status: int
    geplant: bool
    aantallen: NDArray[np.int64]
    boven: NDArray[np.int64]
    norm_dagen: int
    gemiddeld: float


@dataclass
class Wachters:
    """Spells of waiting in one status, one position each.

    Attributes:
        groep: position in the list of groups.
        persoon: number of the person; one who changes status has several spells.
        begin: day the status began.
        registratie: day the person was first registered.
        eerste: first peildatum on the list, as a position in ``PEILDATA``.
        laatste: last one.
        verder: whether the person waits on in another status.
    """

    groep: NDArray[np.int64]
    persoon: NDArray[np.int64]
    begin: NDArray[np.int64]
    registratie: NDArray[np.int64]
    eerste: NDArray[np.int64]
    laatste: NDArray[np.int64]
    verder: NDArray[np.bool_]


def _above(gemiddeld: float, norm: int) -> float:
    """Share of a list that waits longer than the norm, for cohorts that shrink exponentially."""
    j = np.arange(_OUDST + 1)
    weight = np.exp(-j * _MAAND / gemiddeld)
    return float((weight * np.clip((j + 1) - norm / _MAAND, 0, 1)).sum() / weight.sum())


def _mean_stay(aandeel: float, norm: int) -> float:
    """The parameter for which the planned share is above the norm."""
    low, high = 1.0, 1_000_000.0
    for _ in range(80):
        middle = (low * high) ** 0.5
        low, high = (middle, high) if _above(middle, norm) < aandeel else (low, middle)
    return low


def _divide(totaal: NDArray[np.int64], aandeel: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole parts of whole totals, shape (parts, totals); parts of a total add up to it."""
    edges = np.rint(np.outer(np.r_[0, np.cumsum(aandeel)] / aandeel.sum(), totaal))
    return np.diff(edges, axis=0).astype(np.int64)


def groups(schaal: float, aandeel_geplant: float) -> list[Groep]:
    """The groups of a region.

    Args:
        schaal: 1 for the whole country.
        aandeel_geplant: share of the vv list that waits at the planted care provider.

    Returns:
        Groups by sector, planted or not, and status.
    """
    c = calibration()
    factor = np.array([float(row["factor"]) for row in table("wlz_maanden")])
    effect = next((v for (i, _), v in planted().items() if i == INDICATOR), 0.0)
    made = []
    for s, figures in enumerate(table("wlz_sectoren")):
        sector = figures["sector"]
        totaal = np.maximum(np.rint(float(figures["wachtend"]) * schaal * factor), 1)
        rows = [r for r in table("wlz_wachtstroom") if r["sector"] == sector]
        share = np.array([float(r["aandeel"]) for r in rows])
        p = float(figures["boven_norm"])
        parts = [(False, totaal.astype(np.int64), p)]
        if sector == "vv" and effect:
            own = np.rint(totaal * aandeel_geplant).astype(np.int64)
            rest = (p - aandeel_geplant * effect) / (1 - aandeel_geplant)
            parts = [(False, totaal.astype(np.int64) - own, rest), (True, own, effect)]
        for geplant, numbers, above in parts:
            divided = _divide(numbers, share)
            quota = _divide(np.rint(numbers * above).astype(np.int64), share)
            for row, each, over in zip(rows, divided, quota, strict=True):
                status, norm = STATUSSEN.index(row["wachtstatus"]), 7 * int(row["norm_weken"])
                stay = _mean_stay(above, norm)
                made.append(Groep(s, status, geplant, each, np.minimum(over, each), norm, stay))
        extra = np.rint(totaal * c["wlz_voorzorg"]).astype(np.int64)
        made.append(Groep(s, 3, False, extra, extra, 0, c["wlz_voorzorg_dagen"]))
    return made


@dataclass
class _Loop:
    """The list while it is moved on; arrays grow by one piece a group and month."""

    rng: np.random.Generator
    groepen: list[Groep]
    stukken: list[Wachters] = field(default_factory=list)
    personen: int = 0
    op_de_lijst: dict[int, Wachters] = field(default_factory=dict)

    def run(self) -> None:
        for g, groep in enumerate(self.groepen):
            cohort = _cohorts(groep)
            months = np.repeat(-np.arange(len(cohort)), cohort)
            self._enter(g, 0, months, np.zeros((2, 0), dtype=np.int64))
        for m in range(1, len(PEILDATA)):
            left = {g: self._stay(g, m) for g in range(len(self.groepen))}
            for g, groep in enumerate(self.groepen):
                room = int(groep.aantallen[m]) - len(self.op_de_lijst[g].begin)
                self._enter(g, m, np.full(max(room, 0), m), self._onward(g, left, room))
        for wachters in self.op_de_lijst.values():
            wachters.laatste[:] = len(PEILDATA) - 1
            self.stukken.append(wachters)

    def _stay(self, g: int, m: int) -> Wachters:
        """Keep who is still on the list at a peildatum; return who left."""
        groep, now = self.groepen[g], self.op_de_lijst[g]
        above = PEILDATA[m] - now.begin > groep.norm_dagen
        pace = np.exp((PEILDATA[m - 1] - PEILDATA[m]) / groep.gemiddeld)
        most = groep.aantallen[m] - min(groep.boven[m], above.sum())
        below = min(round(float((~above).sum() * pace)), int(most))
        stays = quota_counts(self.rng, above.astype(np.int64), np.array([below, groep.boven[m]]))
        gone = _pick(now, ~stays)
        gone.laatste[:] = m - 1
        self.stukken.append(gone)
        self.op_de_lijst[g] = _pick(now, stays)
        return gone

    def _onward(self, g: int, left: dict[int, Wachters], room: int) -> NDArray[np.int64]:
        """Person and day of registration of who waits on in this group after another status."""
        groep = self.groepen[g]
        source, share = _VERDER.get(STATUSSEN[groep.status], ("", 0.0))
        for other, wachters in left.items():
            same = self.groepen[other]
            if (same.sector, same.geplant) == (groep.sector, groep.geplant) and (
                STATUSSEN[same.status] == source
            ):
                n = min(int(len(wachters.begin) * share), max(room, 0))
                wachters.verder[:n] = True
                return np.stack([wachters.persoon[:n], wachters.registratie[:n]])
        return np.zeros((2, 0), dtype=np.int64)

    def _enter(self, g: int, m: int, maanden: NDArray[np.int64], verder: NDArray[np.int64]) -> None:
        """Put spells on the list that began before the peildatum ``maanden`` (0 is the first)."""
        n, rng = len(maanden), self.rng
        first = PEILDATA[np.maximum(maanden, 0)] + np.rint(np.minimum(maanden, 0) * _MAAND)
        before = PEILDATA[np.maximum(maanden - 1, 0)]
        gap = np.where(maanden > 0, PEILDATA[np.maximum(maanden, 0)] - before, 30)
        # Who entered since the peildatum before is within the norm: those above it are a quota.
        norm = self.groepen[g].norm_dagen
        gap = np.where((maanden >= 0) & (norm > 0), np.minimum(gap, norm), gap)
        even = (rng.permutation(n) + 0.5) / max(n, 1)
        begin = (first - np.floor(even * gap)).astype(np.int64)
        persoon = np.arange(self.personen, self.personen + n)
        earlier = np.where(rng.random(n) < 0.15, rng.integers(30, 300, size=n), 0)
        registratie = begin - earlier
        k = verder.shape[1]
        persoon[:k], registratie[:k] = verder[0], verder[1]
        self.personen += n
        new = Wachters(
            np.full(n, g), persoon, begin, registratie, np.full(n, m), np.full(n, m),
            np.zeros(n, dtype=bool),
        )  # fmt: skip
        old = self.op_de_lijst.get(g)
        self.op_de_lijst[g] = new if old is None else _join([old, new])


def _cohorts(groep: Groep) -> NDArray[np.int64]:
    """How many of the first list entered so many months before."""
    j = np.arange(_OUDST + 1)
    weight = np.exp(-j * _MAAND / groep.gemiddeld)
    return _divide(groep.aantallen[:1], weight)[:, 0]


def _pick(wachters: Wachters, which: NDArray[np.bool_]) -> Wachters:
    return Wachters(**{name: values[which] for name, values in vars(wachters).items()})


def _join(parts: list[Wachters]) -> Wachters:
    names = vars(parts[0])
    return Wachters(**{n: np.concatenate([vars(part)[n] for part in parts]) for n in names})


def make_waiting(rng: np.random.Generator, groepen: list[Groep]) -> Wachters:
    """All spells of all groups over all peildata.

    Args:
        rng: generator of this part.
        groepen: from ``groups``.

    Returns:
        The spells; persons are numbered from 0 without gaps.
    """
    loop = _Loop(rng, groepen)
    loop.run()
    all_ = _join(loop.stukken)
    known, number = np.unique(all_.persoon, return_inverse=True)
    all_.persoon = number.reshape(-1)
    assert len(known) == number.max() + 1  # noqa: S101
    return all_
