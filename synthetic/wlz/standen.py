"""The list as it stands on every peildatum: one row a waiting person and day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import calibration
from synthetic.kans import quota
from synthetic.wlz.personen import Geindiceerden
from synthetic.wlz.stroom import PEILDATA, STATUSSEN, Groep, Wachters

VAAK, ZELDEN = 75, 150  # days between two contacts
VEROUDERD_DAGEN = 180  # a status without contact for longer is not kept up


@dataclass(frozen=True)
class Standen:
    """Rows of the waiting list, ordered by peildatum.

    Attributes:
        maand: position in ``PEILDATA``.
        persoon: position among the persons with an indication.
        status: position in ``STATUSSEN``.
        begin: day the status began.
        registratie: day of the first registration.
        boven: whether the wait in this status is longer than the norm; false without a norm.
        reden: whether a reason is on record.
        contact: day of the last contact.
        verouderd: whether it is planted as a status that is not kept up, and shows it.
    """

    maand: NDArray[np.int64]
    persoon: NDArray[np.int64]
    status: NDArray[np.int64]
    begin: NDArray[np.int64]
    registratie: NDArray[np.int64]
    boven: NDArray[np.bool_]
    reden: NDArray[np.bool_]
    contact: NDArray[np.int64]
    verouderd: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.maand)

    @property
    def peildatum(self) -> NDArray[np.int64]:
        """Day of each row."""
        return PEILDATA[self.maand]

    @property
    def telt(self) -> NDArray[np.bool_]:
        """Whether the row counts as waiting: not when registered out of precaution."""
        return self.status != STATUSSEN.index("VOORZORG")


def _last_contact(
    rng: np.random.Generator,
    wachters: Wachters,
    stale: NDArray[np.bool_],
    spell: NDArray[np.int64],
    peil: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Last contact before each peildatum: at a steady pace, or never again after the beginning."""
    n = len(wachters.begin)
    often = rng.random(n) < calibration()["wlz_contact_vaak"]
    pace = np.where(often, VAAK, ZELDEN)
    phase = rng.integers(0, ZELDEN, size=n)
    since = (peil + phase[spell]) % pace[spell]
    regular = np.maximum(peil - since, wachters.registratie[spell])
    return np.where(stale[spell], wachters.begin[spell], regular)


def make_states(
    rng: np.random.Generator, groepen: list[Groep], wachters: Wachters, personen: Geindiceerden
) -> Standen:
    """Lay the spells out over the peildata.

    Args:
        rng: generator of this part.
        groepen: groups of waiting persons.
        wachters: their spells.
        personen: the persons.

    Returns:
        One row a person and peildatum.
    """
    c, n = calibration(), len(wachters.begin)
    status = np.array([g.status for g in groepen])[wachters.groep]
    norm = np.array([g.norm_dagen for g in groepen])[wachters.groep]
    counts = status != STATUSSEN.index("VOORZORG")
    stale = counts & (rng.random(n) < c["wlz_verouderd"])
    told = quota(rng, personen.dossierhouder[wachters.persoon], np.full(500, c["wlz_reden"]))
    length = wachters.laatste - wachters.eerste + 1
    spell = np.repeat(np.arange(n), length)
    month = np.arange(len(spell)) - np.repeat(np.cumsum(length) - length, length)
    month += wachters.eerste[spell]
    order = np.lexsort((spell, month))
    spell, month = spell[order], month[order]
    peil = PEILDATA[month]
    contact = _last_contact(rng, wachters, stale, spell, peil)
    boven = counts[spell] & (peil - wachters.begin[spell] > norm[spell])
    return Standen(
        maand=month,
        persoon=wachters.persoon[spell],
        status=status[spell],
        begin=wachters.begin[spell],
        registratie=wachters.registratie[spell],
        boven=boven,
        reden=told[spell] & boven,
        contact=contact,
        verouderd=stale[spell] & (peil - contact > VEROUDERD_DAGEN),
    )
