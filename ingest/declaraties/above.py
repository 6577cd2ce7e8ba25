"""The record above each of some lines of a block, or of the block before, without a join."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from ingest.declaraties.messages import Lines
from ingest.declaraties.nesting import Nesting
from ingest.textblock import Block


@dataclass(frozen=True)
class Lijnen:
    """A block with all that is known of its lines before any is looked into.

    Attributes:
        block: the lines.
        lines: their place in the delivery.
        nesting: their place in the message.
        verzekerde: characters of the last record 02 before this block, one byte each.
        prestatie: of the last record 04.
        besproken: of the last record that is no comment (98).
        commentaren: how many comments came behind that.
    """

    block: Block
    lines: Lines
    nesting: Nesting
    verzekerde: bytes
    prestatie: bytes
    besproken: bytes
    commentaren: int


@dataclass(frozen=True)
class Genummerd:
    """The detail number of a record, and where that is.

    Attributes:
        nummer: identificatie detailrecord.
        record_nr: the record.
        bericht_nr: its message.
    """

    nummer: int
    record_nr: int
    bericht_nr: int

    def is_followed_by(self, other: Genummerd) -> bool:
        """Whether a later record may have the number it has."""
        return self.bericht_nr != other.bericht_nr or self.nummer < other.nummer


@dataclass(frozen=True)
class Above:
    """The record above each of some lines.

    Attributes:
        nummers: its ``record_nr``, 0 where there is none.
    """

    nummers: np.ndarray
    _octets: np.ndarray
    _starts: np.ndarray
    _earlier: int
    _carried: bytes

    def part(self, begin: int, eind: int) -> np.ndarray:
        """What it has from ``begin`` up to ``eind``, shape (lines, positions)."""
        windows = sliding_window_view(self._octets, eind - begin)
        starts = self._starts + begin
        if int(starts[-1]) >= len(windows):
            starts = np.minimum(starts, len(windows) - 1)
        found = windows[starts]
        if self._earlier:
            carried = self._carried.ljust(eind)[begin:eind]
            found[: self._earlier] = np.frombuffer(carried, dtype=np.uint8)
        return found

    def eight(self, begin: int) -> np.ndarray:
        """Eight positions from ``begin`` as one number, the first in the lowest byte."""
        number = len(self._octets) - 7
        words = np.ndarray((number,), "<u8", self._octets, 0, (1,))
        found = words[np.minimum(self._starts + begin, number - 1)].astype(np.uint64)
        if self._earlier:
            carried = self._carried.ljust(begin + 8)[begin : begin + 8]
            found[: self._earlier] = int.from_bytes(carried, "little")
        return found


def find_above(item: Lijnen, at: np.ndarray, nummers: np.ndarray, carried: bytes) -> Above:
    """The record above each of the lines ``at``, by the number that all lines have of it.

    What hangs under a record of an earlier block comes before all that does not.
    """
    above_nr = nummers[at]
    where = above_nr - item.lines.record_nr[0]
    here = where >= 0
    earlier = int(here.argmax()) if here.any() else len(where)
    data = np.frombuffer(item.block.octetten, dtype=np.uint8)
    return Above(above_nr, data, item.block.starts[np.maximum(where, 0)], earlier, carried)
