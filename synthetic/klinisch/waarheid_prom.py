"""The truth about PROMs around operations."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from synthetic.gegevens import codes
from synthetic.kalender import JAREN, year
from synthetic.klinisch.prom import RESPONS, VERSCHIL, operations
from synthetic.klinisch.schrijver import Klinisch
from synthetic.klinisch.vastgelegd import select
from synthetic.waarheid import Waarheid
from synthetic.wereld import Wereld

_DAG = 1_440
_VOORAF, _NA_VAN, _NA_TOT = 90, 120, 240


def count_proms(waarheid: Waarheid, klinisch: Klinisch, wereld: Wereld) -> None:
    """Count operations with a PROM before and after, and the difference of the two scores.

    Before is the last one of ninety days up to the operation, after the first one between 120 and
    240 days behind it, both of the zorgaanbieder that operated.
    """
    lists = klinisch.vastgelegd.all("prom")
    filled: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for who, where, moment, score in zip(*(v.tolist() for v in lists.values()), strict=True):
        filled[who, where].append((moment // _DAG, moment, score))
    done = klinisch.vastgelegd.all("verrichting")
    done = select(done, np.isin(done["code"], operations()))
    day = done["moment"] // _DAG
    gain, both = np.zeros(len(day), dtype=np.int64), np.zeros(len(day), dtype=bool)
    for i, key in enumerate(zip(done["wie"].tolist(), done["aanbieder"].tolist(), strict=True)):
        d = int(day[i])
        before = [f for f in filled[key] if d - _VOORAF <= f[0] <= d]
        after = [f for f in filled[key] if d + _NA_VAN <= f[0] <= d + _NA_TOT]
        if before and after:
            both[i] = True
            first, second = max(before, key=lambda f: f[1:]), min(after, key=lambda f: f[1:])
            gain[i] = second[2] - first[2]
    where, until = done["aanbieder"], day + _NA_TOT
    waarheid.count_when_known(RESPONS, day, until, where, both)
    pairs = np.flatnonzero(both)
    waarheid.count_when_known(
        VERSCHIL, day[pairs], until[pairs], where[pairs], both[pairs], gain[pairs]
    )
    group = {row["code"].encode(): row["diagnosegroep"] for row in codes("prom_ingreep")}
    names = wereld.soorten.naam
    for i in pairs.tolist():
        g = names.index(group[bytes(done["code"][i])])
        jaar = int(year(day[i : i + 1])[0])
        waarheid.prom_paren[int(where[i]), JAREN.index(jaar), g] += 1
