"""Detail numbers ascend through a message: which do not, found while cutting."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ingest.declaraties.above import Above, Genummerd, Lijnen
from ingest.declaraties.kinds import RecordSoort, record_kinds
from ingest.declaraties.matrix import Matrix
from ingest.declaraties.rules.asked import identification
from ingest.declaraties.snede import Snede

_NUMMER = (2, 14)  # identificatie detailrecord, in every detail record


def find_numbers(
    item: Lijnen, kind: RecordSoort, matrix: Matrix, above: Above | None, snede: Snede
) -> None:
    """Add to a cut the records numbered no higher than one before them of their kind, or above."""
    if kind.is_retour or identification(kind) is None:
        return
    value, wrong = matrix.whole(*_NUMMER)
    sound = ~wrong & (value > 0)
    if not sound.any():
        return
    lines = matrix.lijnen
    if above is not None:
        low = np.flatnonzero(sound & ~_is_higher(matrix, above) & (above.nummers > 0))
        snede.add_number(kind, *_which(item, lines[low]))
    if not sound.all():
        value, lines = value[sound], lines[sound]
    lower = np.flatnonzero(value[1:] <= value[:-1]) + 1
    message = item.lines.bericht_nr
    back = lower[message[lines[lower]] == message[lines[lower - 1]]]
    for at in (back - 1, back):
        snede.add_number(kind, *_which(item, lines[at]))
    record_nr = item.lines.record_nr
    first, last = (
        Genummerd(int(value[at]), int(record_nr[lines[at]]), int(message[lines[at]]))
        for at in (0, -1)
    )
    snede.randen[kind.nr] = (first, last)


def _which(item: Lijnen, lines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return item.lines.record_nr[lines], item.lines.bericht_nr[lines]


def _is_higher(matrix: Matrix, above: Above) -> np.ndarray:
    """Whether the number of each record comes after the one above it, compared as text.

    Of twelve characters the first eight are compared, then the last eight.
    """
    begin, eind = _NUMMER
    own, other = (matrix.eight(begin, begin + 8), above.eight(begin))
    higher, equal = own.byteswap() > other.byteswap(), own == other
    if equal.any():
        own, other = matrix.eight(eind - 8, eind), above.eight(eind - 8)
        higher |= equal & (own.byteswap() > other.byteswap())
    return higher


@dataclass
class Seams:
    """The last number of every kind, to be held against the first of the next block."""

    _last: dict[int, Genummerd] = field(default_factory=dict)

    def check(self, snede: Snede) -> None:
        """Add to what a block gave the records around the seam before it, where not ascending."""
        for nr, (first, last) in snede.randen.items():
            before = self._last.get(nr)
            if before is not None and not before.is_followed_by(first):
                numbers = np.array([before.record_nr, first.record_nr])
                messages = np.array([before.bericht_nr, first.bericht_nr])
                snede.add_number(record_kinds()[nr - 1], numbers, messages)
            self._last[nr] = last
