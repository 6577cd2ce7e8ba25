"""Hospital stays as joined admissions, and readmissions after them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.fhir_regels import EM, IMP
from synthetic.kalender import JAREN, last_day
from synthetic.klinisch.opnamen import HEROPNAME
from synthetic.klinisch.vastgelegd import Records, select
from synthetic.plaatsen import ZIEKENHUIS
from synthetic.regels import column
from synthetic.waarheid import Waarheid
from synthetic.wereld import Wereld

_DAG = 1_440
_VENSTER = 30


def count_readmissions(waarheid: Waarheid, contacts: Records, wereld: Wereld) -> None:
    """Count stays that ended, and those followed by an acute one within thirty days.

    Args:
        waarheid: the counters.
        contacts: contacts of the block; admissions that go on when the last year ends are open.
        wereld: tables of the region.
    """
    rows = select(contacts, contacts["klasse"] == IMP)
    agb = column(wereld.zorgaanbieders.agb)
    order = np.lexsort((agb[rows["aanbieder"]], rows["eind"], rows["begin"], rows["wie"]))
    stays: list[list[int]] = []  # person, first day, last day, acute, zorgaanbieder, open
    close = last_day(JAREN[-1])
    for i in order:
        person, where = int(rows["wie"][i]), int(rows["aanbieder"][i])
        begin, end = int(rows["begin"][i]) // _DAG, int(rows["eind"][i]) // _DAG
        open_ = int(end > close)
        end = begin if open_ else end
        last = stays[-1] if stays else None
        if last is not None and last[0] == person and begin <= last[2]:
            if end >= last[2]:
                last[2], last[4] = end, where
            last[5] |= open_
        else:
            stays.append([person, begin, end, int(rows["prioriteit"][i] == EM), where, open_])
    found = np.array(stays, dtype=np.int64).reshape(-1, 6)
    again = np.zeros(len(found), dtype=bool)
    for i in range(len(found) - 1):
        j = i + 1
        while j < len(found) and found[j, 0] == found[i, 0]:
            again[i] |= bool(found[j, 3]) and found[j, 1] - found[i, 2] <= _VENSTER
            j += 1
    index = _counts(found, wereld)
    waarheid.count_when_known(
        HEROPNAME,
        found[index, 2],
        found[index, 2] + _VENSTER,
        found[index, 4],
        again[index],
    )


def _counts(stays: NDArray[np.int64], wereld: Wereld) -> NDArray[np.bool_]:
    """Stays that ended, at a hospital."""
    return (stays[:, 5] == 0) & np.isin(stays[:, 4], wereld.zorgaanbieders.of_type(*ZIEKENHUIS))
