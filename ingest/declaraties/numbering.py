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
    sound = np.flatnonzero(~wrong & (value > 0))
    if not len(sound):
        return
    value, lines = value[sound], matrix.lijnen[sound]
    message = item.lines.bericht_nr[lines]
    record_nr = item.lines.record_nr[lines]
    back = np.flatnonzero((value[1:] <= value[:-1]) & (message[1:] == message[:-1])) + 1
    for at in (back - 1, back):
        snede.add_number(kind, record_nr[at], message[at])
    first, last = (Genummerd(int(value[i]), int(record_nr[i]), int(message[i])) for i in (0, -1))
    snede.randen[kind.nr] = (first, last)
    if above is not None:
        other = above.part(*_NUMMER)[sound]
        own = np.ascontiguousarray(matrix.octetten[sound, _NUMMER[0] : _NUMMER[1]])
        width = _NUMMER[1] - _NUMMER[0]
        higher = own.view(f"S{width}")[:, 0] > np.ascontiguousarray(other).view(f"S{width}")[:, 0]
        low = np.flatnonzero(~higher & (above.nummers[sound] > 0))
        snede.add_number(kind, record_nr[low], message[low])


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
