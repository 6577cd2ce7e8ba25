"""The truth about frail persons at the emergency department (SEH)."""

from __future__ import annotations

import numpy as np

from synthetic.fhir_regels import EMER, IMP
from synthetic.kalender import JAREN, year
from synthetic.klinisch.opnamen import SEH, SEH_INWONERS
from synthetic.klinisch.schrijver import Klinisch
from synthetic.klinisch.vastgelegd import select
from synthetic.waarheid import Waarheid
from synthetic.wereld import Wereld

_DAG = 1_440


def count_emergency(waarheid: Waarheid, klinisch: Klinisch, wereld: Wereld) -> None:
    """Count visits of frail persons, and those without an admission within a day."""
    contacts = klinisch.vastgelegd.all("contact")
    visits = select(contacts, contacts["klasse"] == EMER)
    stays = select(contacts, contacts["klasse"] == IMP)
    width = 10_000_000_000
    starts = np.sort(stays["wie"] * width + stays["begin"])
    first = np.searchsorted(starts, visits["wie"] * width + visits["begin"])
    last = np.searchsorted(starts, visits["wie"] * width + visits["begin"] + _DAG, side="right")
    alone = first == last
    day = visits["begin"] // _DAG
    regio = np.array(wereld.plaatsen.regio_code)[klinisch.persoon.regio]
    for jaar in JAREN:
        frail = klinisch.age(jaar) >= 75
        rows = (year(day) == jaar) & frail[visits["wie"]]
        waarheid.count_when_known(SEH, day[rows], day[rows] + 1, visits["aanbieder"][rows],
                                  alone[rows])  # fmt: skip
        visited = np.bincount(visits["wie"][alone & rows], minlength=len(frail))[frail]
        waarheid.count_inhabitants(SEH_INWONERS, jaar, regio[frail], visited)
