"""Which kinds may have a reference twice in a message: told from hashes, without a table of them.

A hash is made of a reference and its message while a block is cut. When a message has ended, the
hashes of its records are sorted; equal ones stand beside each other. Only a kind that has any is
looked at further, in SQL, over the references themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ingest.declaraties.kinds import RecordSoort
from ingest.declaraties.matrix import Matrix
from ingest.declaraties.rules.asked import is_mandatory_text, references
from schemas.ei import Element

_BREED = 8
# Odd numbers without a pattern in their bits: multiplying by one mixes the bits of a number.
_EEN, _TWEE = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)


@dataclass(frozen=True)
class Grepen:
    """Hashes of the references of a kind in a block, with their message, in order of the records.

    Attributes:
        greep: one hash a reference that is filled.
        gesloten: how many of them are in messages before the last of these records.
    """

    greep: np.ndarray
    gesloten: int


def hash_references(kind: RecordSoort, matrix: Matrix, bericht_nr: np.ndarray) -> Grepen | None:
    """Hash the references of some records.

    Equal references in one message have equal hashes.

    Args:
        kind: what the records are.
        matrix: the records.
        bericht_nr: the message of each, ascending.

    Returns:
        The hashes; None when records of this kind have no reference.
    """
    pair = None if kind.is_retour else references(kind)
    if pair is None:
        return None
    element = kind.record.bij_element(pair[0])
    found = _hashes(matrix, element, bericht_nr)
    if not is_mandatory_text(element):
        blank = ord(" ") if element.type == "AN" else ord("0")
        filled = ~matrix.has_each(blank, element.begin - 1, element.eind)
        found, bericht_nr = found[filled], bericht_nr[filled]
    closed = int(np.searchsorted(bericht_nr, bericht_nr[-1])) if len(bericht_nr) else 0
    return Grepen(found, closed)


def _hashes(matrix: Matrix, element: Element, bericht_nr: np.ndarray) -> np.ndarray:
    begin, eind = element.begin - 1, element.eind
    found = bericht_nr.astype(np.uint64) * _EEN
    for first in range(begin, eind, _BREED):
        last = min(first + _BREED, eind)
        found ^= matrix.eight(first, last)
        found *= _TWEE
        found ^= found >> _HALF
    return found


@dataclass
class References:
    """Follows the references over all blocks of a delivery.

    Attributes:
        dubbel: kinds of which a message may have a reference twice, by number.
    """

    dubbel: set[int] = field(default_factory=set)
    _open: dict[int, list[np.ndarray]] = field(default_factory=dict)

    def add(self, soort_nr: int, grepen: Grepen) -> None:
        """Take what the next block has of a kind."""
        waiting = self._open.setdefault(soort_nr, [])
        if grepen.gesloten:
            self._look(soort_nr, [*waiting, grepen.greep[: grepen.gesloten]])
            waiting.clear()
        waiting.append(grepen.greep[grepen.gesloten :])

    def finish(self) -> set[int]:
        """Look at the last messages too; gives ``dubbel``."""
        for soort_nr, waiting in self._open.items():
            self._look(soort_nr, waiting)
        self._open.clear()
        return self.dubbel

    def _look(self, soort_nr: int, parts: list[np.ndarray]) -> None:
        found = np.sort(np.concatenate(parts))
        if (found[1:] == found[:-1]).any():
            self.dubbel.add(soort_nr)
