"""Counts of what was delivered by clock and by code, kept from the generator's own arrays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from synthetic.kalender import year

#: Minutes of a day. Moments are local time; no delay is within an hour of a day, so the change
#: of the clock makes no difference.
_DAG = 1_440

#: Source, part, zorgaanbieder (-1 for none), year of registration (0 for none), year of
#: availability, within 24 hours.
Klok = tuple[str, str, int, int, int, bool]
#: Source, part, code system, code.
Code = tuple[str, str, str, str]


@dataclass
class Tellingen:
    """Counters over the whole region.

    Attributes:
        klok: resources by their two moments.
        code: resources by their code.
    """

    klok: Counter[Klok] = field(default_factory=Counter)
    code: Counter[Code] = field(default_factory=Counter)

    def count_clock(
        self,
        bron: str,
        onderdeel: str,
        aanbieder: NDArray[np.int64],
        geregistreerd: NDArray[np.int64] | None,
        beschikbaar: NDArray[np.int64],
    ) -> None:
        """Count resources by the years of their two moments and whether they came in time.

        Args:
            bron: source.
            onderdeel: part of the set.
            aanbieder: zorgaanbieders, -1 for none.
            geregistreerd: moment of registration; None when FHIR has no element for it.
            beschikbaar: moment at which the source made them available.
        """
        available = year(beschikbaar // _DAG)
        if geregistreerd is None:
            recorded, in_time = np.zeros_like(available), np.zeros_like(available)
        else:
            recorded = year(geregistreerd // _DAG)
            in_time = (beschikbaar - geregistreerd <= _DAG).astype(np.int64)
        # one number a row, so that counting is one sort: years have four digits
        rows = ((aanbieder + 1) * 10_000 + recorded) * 10_000 + available
        for value, n in zip(*np.unique(rows * 2 + in_time, return_counts=True), strict=True):
            rest, on_time = divmod(int(value), 2)
            rest, avail = divmod(rest, 10_000)
            who, reg = divmod(rest, 10_000)
            self.klok[bron, onderdeel, who - 1, reg, avail, bool(on_time)] += int(n)

    def count_codes(
        self,
        bron: str,
        onderdeel: str,
        stelsel: str | NDArray[np.bytes_],
        code: bytes | NDArray[np.bytes_],
        n: int,
    ) -> None:
        """Count the codes of ``n`` resources."""
        systems = np.broadcast_to(np.asarray(stelsel, dtype=np.bytes_), n)
        found = np.broadcast_to(np.asarray(code, dtype=np.bytes_), n)
        for system in np.unique(systems):
            values, counts = np.unique(found[systems == system], return_counts=True)
            for value, times in zip(values, counts, strict=True):
                key = (bron, onderdeel, system.decode(), value.decode())
                self.code[key] += int(times)
