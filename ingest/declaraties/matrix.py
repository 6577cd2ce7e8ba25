"""The records of one kind in a block as a matrix of bytes, one row a record.

The lowest and highest byte at every position are found first. They say of most elements, for all
records at once, that they are in order, empty, or equal; only what they leave open is looked at
record by record, still with array operations.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.lib.stride_tricks import sliding_window_view

from ingest.textblock import Block

_NUL, _WIDE = ord("0"), 8
_NEGEN = 0x0F0F0F0F0F0F0F0F


@dataclass(frozen=True)
class Matrix:
    """Records of one kind.

    Attributes:
        octetten: one byte a character, shape (records, record length).
        laagste: lowest byte at each position, as many as a record is long.
        hoogste: highest byte at each position.
        block: where they were cut from.
        lijnen: which lines of the block they are.
    """

    octetten: np.ndarray
    laagste: bytes
    hoogste: bytes
    block: Block
    lijnen: np.ndarray
    _known: dict[tuple[str | int, ...], np.ndarray] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.octetten)

    def is_constant(self, begin: int, eind: int) -> bool:
        """Whether all records are equal from ``begin`` up to ``eind`` (from 0)."""
        return self.laagste[begin:eind] == self.hoogste[begin:eind]

    def is_all(self, octet: int, begin: int, eind: int) -> bool:
        """Whether all positions of all records hold this byte."""
        all_ = bytes([octet]) * (eind - begin)
        return self.laagste[begin:eind] == all_ == self.hoogste[begin:eind]

    def has_each(self, octet: int, begin: int, eind: int) -> np.ndarray:
        """Of each record whether all its positions from ``begin`` up to ``eind`` hold a byte."""
        key = ("has_each", octet, begin, eind)
        if key not in self._known:
            self._known[key] = self._has_each(octet, begin, eind)
        return self._known[key]

    def _has_each(self, octet: int, begin: int, eind: int) -> np.ndarray:
        low, high = self.laagste[begin:eind], self.hoogste[begin:eind]
        if max(low) > octet or min(high) < octet:
            return np.zeros(len(self), dtype=np.bool_)
        open_ = [begin + i for i in range(eind - begin) if not low[i] == octet == high[i]]
        found = np.ones(len(self), dtype=np.bool_)
        while open_:
            first = min(open_[0], eind - _WIDE) if eind - begin >= _WIDE else begin
            last = min(first + _WIDE, eind)
            each = int.from_bytes(bytes([octet]) * (last - first), "little")
            found &= self.eight(first, last) == np.uint64(each << 8 * (_WIDE - last + first))
            open_ = [position for position in open_ if position >= last]
        return found

    def part(self, begin: int, eind: int) -> np.ndarray:
        """The bytes from ``begin`` up to ``eind``, contiguous, shape (records, eind - begin)."""
        width = eind - begin
        rows = np.ndarray(
            (len(self),), f"V{width}", self.octetten, begin, (self.octetten.shape[1],)
        )
        return rows.copy().view(np.uint8).reshape(len(self), width)

    def eight(self, begin: int, eind: int) -> np.ndarray:
        """At most eight positions as one number, the first in the lowest byte of those used.

        The unused low bytes are zero, so that digits read as digits with zeros before them. What is
        given is kept and given again: it is not to be changed.
        """
        key = ("eight", begin, eind)
        if key not in self._known:
            self._known[key] = self._eight(begin, eind)
        return self._known[key]

    def _eight(self, begin: int, eind: int) -> np.ndarray:
        width = self.octetten.shape[1]
        first = min(begin, width - _WIDE)
        words = np.ndarray((len(self),), "<u8", self.octetten, first, (width,)).astype(np.uint64)
        if begin > first:
            words >>= np.uint64(8 * (begin - first))
        if eind - begin < _WIDE:
            words <<= np.uint64(8 * (_WIDE - (eind - begin)))
        return words

    def whole(self, begin: int, eind: int) -> tuple[np.ndarray, np.ndarray]:
        """At most 16 positions as whole numbers, and of which records they are none."""
        low, high = self.laagste[begin:eind], self.hoogste[begin:eind]
        wrong = np.zeros(len(self), dtype=np.bool_)
        first = eind
        for position in reversed(range(begin, eind)):
            if low[position - begin] < _NUL or high[position - begin] > _NUL + 9:
                column = self.octetten[:, position]
                wrong |= (column < _NUL) | (column > _NUL + 9)
            if not low[position - begin] == _NUL == high[position - begin]:
                first = position
        value = np.zeros(len(self), dtype=np.int64)
        while first < eind:
            last = min(first + _WIDE, eind)
            thousands, units = digits(self.eight(first, last))
            thousands *= np.uint64(10_000)
            thousands += units
            value *= 10 ** (last - first)
            value += thousands.view(np.int64)
            first = last
        return value, wrong

    @cached_property
    def _codepoints(self) -> np.ndarray:
        """The characters themselves, shape (records, record length); where bytes do not do."""
        text = self.block.tekst.decode().encode("utf-32-le")
        windows = sliding_window_view(np.frombuffer(text, dtype=np.uint32), self.octetten.shape[1])
        return windows[self.block.starts[self.lijnen]]

    def characters(self, begin: int, eind: int) -> pa.StringArray:
        """What stands from ``begin`` up to ``eind``, in any character set."""
        part = np.ascontiguousarray(self._codepoints[:, begin:eind])
        return pa.array(part.view(f"<U{eind - begin}").reshape(-1), type=pa.string())


def make_matrix(block: Block, lijnen: np.ndarray, lengte: int) -> Matrix:
    """Take records out of a block.

    Args:
        block: some lines.
        lijnen: which of them, by position; at least one.
        lengte: positions each of these has.
    """
    data = np.frombuffer(block.octetten, dtype=np.uint8)
    if block.breedte:
        octets = data.reshape(-1, block.breedte)[:, :lengte][lijnen]
    else:
        octets = np.ascontiguousarray(sliding_window_view(data, lengte)[block.starts[lijnen]])
    lowest, highest = octets.min(axis=0).tobytes(), octets.max(axis=0).tobytes()
    return Matrix(octets, lowest, highest, block, lijnen)


def digits(words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The first and the last four of eight digits, as numbers up to 9999.

    Args:
        words: as ``Matrix.eight`` gives them; what is no digit gives some number.
    """
    value = words & np.uint64(_NEGEN)
    value = (value * np.uint64(10) + (value >> np.uint64(8))) & np.uint64(0x00FF00FF00FF00FF)
    value = (value * np.uint64(100) + (value >> np.uint64(16))) & np.uint64(0x0000FFFF0000FFFF)
    return value & np.uint64(0xFFFFFFFF), value >> np.uint64(32)
