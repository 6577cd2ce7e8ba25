"""What the FHIR sources recorded about a block of persons, kept as arrays for the truth."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

#: Columns by kind of record. ``wie`` is a position in the block, ``aanbieder`` one of the
#: zorgaanbieders; moments are minutes of local time, -1 for none.
KOLOMMEN = {
    "contact": (
        "wie", "aanbieder", "klasse", "prioriteit", "reden", "begin", "eind", "beschikbaar",
    ),
    "diagnose": ("wie", "code", "moment"),
    "medicatie": ("wie", "atc", "begin", "eind"),
    "meting": ("wie", "aanbieder", "code", "moment", "waarde"),
    "tabak": ("wie", "aanbieder", "code", "moment"),
    "aanwijzing": ("wie", "moment"),
    "zorgplan": ("wie", "aanbieder", "moment"),
    "verrichting": ("wie", "aanbieder", "code", "moment"),
    "prom": ("wie", "aanbieder", "moment", "score"),
}  # fmt: skip
_TEKST = ("reden", "code", "atc")

Records = dict[str, NDArray]


class Vastgelegd:
    """Records of one block over all years and both sources, faultless ones alone."""

    def __init__(self) -> None:
        self._delen: dict[str, list[tuple[NDArray, ...]]] = defaultdict(list)

    def add(self, soort: str, *kolommen: NDArray | int) -> None:
        """Add records of a kind; a single value holds for all of them."""
        self._delen[soort].append(tuple(np.broadcast_arrays(*kolommen)))

    def all(self, soort: str) -> Records:
        """All records of a kind, by column."""
        names, parts = KOLOMMEN[soort], self._delen[soort]
        if not parts:
            return {n: np.zeros(0, "S1" if n in _TEKST else np.int64) for n in names}
        return {name: np.concatenate([p[i] for p in parts]) for i, name in enumerate(names)}


def select(records: Records, rijen: NDArray) -> Records:
    """The rows of a mask or of positions."""
    return {name: values[rijen] for name, values in records.items()}
