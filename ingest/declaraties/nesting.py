"""Which insured person and which prestatie a line hangs under, and which line came before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ingest.declaraties.messages import Lines

_VERZEKERDE, _PRESTATIE, _COMMENTAAR, _SLUIT = 2, 4, 98, 99


@dataclass(frozen=True)
class Nesting:
    """The place of each line in its message; equal lengths, 0 where there is none.

    Attributes:
        verzekerde_nr: ``record_nr`` of the record 02 it hangs under, or is.
        prestatie_nr: ``record_nr`` of the record 04 it hangs under, or is.
        vorige: code of the line before it in the message, comments (98) left out.
    """

    verzekerde_nr: np.ndarray
    prestatie_nr: np.ndarray
    vorige: np.ndarray


@dataclass
class Nester:
    """Follows the nesting over all blocks of a delivery."""

    _verzekerde: int = 0
    _prestatie: int = 0
    _vorige: int = 0

    def add(self, lines: Lines) -> Nesting:
        """Take the lines of the next block.

        Args:
            lines: they follow on those of the block before.

        Returns:
            The place of each line.
        """
        verzekerde = _last(lines, _VERZEKERDE, self._verzekerde)
        prestatie = _last(lines, _PRESTATIE, self._prestatie)
        self._verzekerde, self._prestatie = int(verzekerde[-1]), int(prestatie[-1])
        detail = lines.kenmerk != _SLUIT
        verzekerde = np.where(detail & (verzekerde > lines.bericht_nr), verzekerde, 0)
        under = (verzekerde > 0) & (prestatie > verzekerde)
        return Nesting(verzekerde, np.where(under, prestatie, 0), self._before(lines))

    def _before(self, lines: Lines) -> np.ndarray:
        codes = np.concatenate((np.array([self._vorige], dtype=np.int16), lines.kenmerk))
        counted = np.where(codes != _COMMENTAAR, np.arange(len(codes)), 0)
        latest = codes[np.maximum.accumulate(counted)]
        self._vorige = int(latest[-1])
        return np.where(lines.record_nr == lines.bericht_nr, np.int16(0), latest[:-1])


def _last(lines: Lines, code: int, carried: int) -> np.ndarray:
    found = np.where(lines.kenmerk == code, lines.record_nr, 0)
    found[0] = max(int(found[0]), carried)
    return np.maximum.accumulate(found)
