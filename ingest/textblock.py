"""Whole lines of a delivered text file, in the forms their readers ask for.

A block is kept as it was delivered. Its UTF-8 form is for who reads text, the form with one byte a
character for who cuts at fixed positions; each is made when it is first asked for, and most blocks
need one of them, or none.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pyarrow as pa

#: Stands for a character that latin-1 has not, where a character is one byte.
NIET_LATIN = "\xff"

Codering = Literal["ascii", "utf-8", "latin-1", "cp1252"]

_WOORD, _LAGEN = 8, 8
_ACCENTEN = np.uint64(0x8080808080808080)
#: With more letters with a diacritic than one in so many bytes, the UTF-8 form is made as a whole.
_ZELDZAAM = 512
#: Bytes from 0x80 where windows-1252 differs from latin-1 end here.
_EIND_CP1252 = 0xA0


def _replace(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101
    return NIET_LATIN * (error.end - error.start), error.end


codecs.register_error("iza-niet-latin", _replace)


def line_feeds(text: bytes) -> np.ndarray:
    """Positions of the line feeds."""
    return np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == ord("\n"))


def accented_words(raw: bytes) -> np.ndarray:
    """Which stretches of eight bytes hold a byte outside ASCII, by number.

    Stretches far apart are laid over each other first: that takes a third of the time.
    """
    whole = len(raw) // _WOORD
    words = np.frombuffer(raw, dtype=np.uint64, count=whole)
    apart = whole // _LAGEN
    layers = words[: apart * _LAGEN].reshape(_LAGEN, apart)
    columns = np.flatnonzero(np.bitwise_or.reduce(layers, axis=0) & _ACCENTEN)
    layer, column = np.nonzero(layers[:, columns] & _ACCENTEN)
    found = layer * apart + columns[column]
    last = np.flatnonzero(words[apart * _LAGEN :] & _ACCENTEN) + apart * _LAGEN
    rest = [] if raw[whole * _WOORD :].isascii() else [whole]
    return np.concatenate((found, last, rest)).astype(np.int64)


def encoding_of(raw: bytes, accented: np.ndarray) -> Codering:
    """What some text is written in; latin-1 where it is no UTF-8 and no windows-1252.

    Windows-1252 differs from latin-1 in 0x80-0x9F alone, and is slow to decode.

    Args:
        raw: the text.
        accented: where it is no ASCII, as ``accented_words`` gives it.
    """
    if not len(accented):
        return "ascii"
    if _is_utf8(raw, int(accented[0]) * _WOORD):
        return "utf-8"
    whole = np.frombuffer(raw, dtype=np.uint64, count=len(raw) // _WOORD)
    words = whole[accented[accented < len(whole)]]
    octets = np.append(words.view(np.uint8), np.frombuffer(raw[len(whole) * _WOORD :], np.uint8))
    if not ((octets >= 0x80) & (octets < _EIND_CP1252)).any():
        return "latin-1"
    try:
        raw.decode("cp1252")
        return "cp1252"
    except UnicodeDecodeError:
        return "latin-1"


def _is_utf8(raw: bytes, first: int) -> bool:
    """Most text that is no UTF-8 shows it at its first letter with a diacritic."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(raw[first : first + 2 * _WOORD])
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


@dataclass(frozen=True)
class Block:
    """Whole lines of one file, in order.

    Attributes:
        bestand: name of the file; for a member of an archive ``archive.zip/member``.
        regels: line number of each line, counted from 1.
        rauw: the lines as delivered, each ended by one line feed.
        rauwe_einden: position in ``rauw`` of the line feed of each line; there is at least one.
        codering: what ``rauw`` is written in.
        accenten: which stretches of eight bytes of ``rauw`` hold a byte outside ASCII, by number.
    """

    bestand: str
    regels: np.ndarray
    rauw: bytes
    rauwe_einden: np.ndarray
    codering: Codering
    accenten: np.ndarray

    @property
    def _is_utf8(self) -> bool:
        return self.codering in ("ascii", "utf-8")

    @cached_property
    def tekst(self) -> bytes:
        """The lines in UTF-8."""
        return self.rauw if self._is_utf8 else self.rauw.decode(self.codering).encode()

    @cached_property
    def einden(self) -> np.ndarray:
        """Position in ``tekst`` of the line feed of each line."""
        return self.rauwe_einden if self._is_utf8 else line_feeds(self.tekst)

    @cached_property
    def octetten(self) -> bytes:
        """The lines with one byte a character, as a letter with a diacritic takes one position.

        ``NIET_LATIN`` stands for what latin-1 has not.
        """
        if self.codering in ("ascii", "latin-1"):
            return self.rauw
        return self.rauw.decode(self.codering).encode("latin-1", errors="iza-niet-latin")

    @cached_property
    def posities(self) -> np.ndarray:
        """Position in ``octetten`` of the line feed of each line."""
        return self.rauwe_einden if self.codering != "utf-8" else line_feeds(self.octetten)

    @classmethod
    def of(cls, bestand: str, regels: np.ndarray, rauw: bytes, einden: np.ndarray) -> Block:
        """A block of lines whose encoding is still to be found."""
        accented = accented_words(rauw)
        return cls(bestand, regels, rauw, einden, encoding_of(rauw, accented), accented)

    @property
    def begins(self) -> np.ndarray:
        """Position in ``tekst`` of the first byte of each line."""
        return np.concatenate(([0], self.einden[:-1] + 1))

    @cached_property
    def _rauwe_starts(self) -> np.ndarray:
        return np.concatenate(([0], self.rauwe_einden[:-1] + 1))

    @cached_property
    def starts(self) -> np.ndarray:
        """Position in ``octetten`` of the first character of each line."""
        if self.codering != "utf-8":
            return self._rauwe_starts
        return np.concatenate(([0], self.posities[:-1] + 1))

    @cached_property
    def breedte(self) -> int:
        """Characters and line feed of each line when all are as long, else 0."""
        width = int(self.posities[0]) + 1
        number = len(self.posities)
        is_equal = int(self.posities[-1]) + 1 == width * number
        return width if is_equal and (np.diff(self.posities) == width).all() else 0

    def lengths(self) -> np.ndarray:
        """Number of characters of each line."""
        return np.diff(self.posities, prepend=-1) - 1

    def stretches(self, first: int, after: int) -> Iterator[bytes | memoryview]:
        """The text of some lines in UTF-8, piece by piece, without the last line feed.

        Args:
            first: the first of them, by position in the block.
            after: the one behind the last of them.
        """
        if not self._is_utf8 and len(self.accenten) * _ZELDZAAM > len(self.rauw):
            begin = int(self.einden[first - 1]) + 1 if first else 0
            yield memoryview(self.tekst)[begin : int(self.einden[after - 1])]
            return
        begin = int(self.rauwe_einden[first - 1]) + 1 if first else 0
        eind = int(self.rauwe_einden[after - 1])
        view = memoryview(self.rauw)
        if not self._is_utf8:
            bounds = np.searchsorted(self.accenten, [begin // _WOORD, -(-eind // _WOORD)])
            for word in self.accenten[slice(*bounds)].tolist():
                here, there = max(word * _WOORD, begin), min((word + 1) * _WOORD, eind)
                yield view[begin:here]
                yield self.rauw[here:there].decode(self.codering).encode()
                begin = there
        yield view[begin:eind]

    def strings(self) -> pa.StringArray:
        """The lines without their line feeds."""
        return _lines(self.tekst, self.einden)

    def strings_at(self, lines: np.ndarray) -> pa.StringArray:
        """Some of the lines: those at these positions, which ascend."""
        begins = self._rauwe_starts[lines]
        lengths = self.rauwe_einden[lines] + 1 - begins
        after = np.cumsum(lengths)
        source = np.arange(after[-1]) + np.repeat(begins - after + lengths, lengths)
        content = np.frombuffer(self.rauw, dtype=np.uint8)[source].tobytes()
        if not self._is_utf8:
            content = content.decode(self.codering).encode()
        return _lines(content, line_feeds(content))


def _lines(content: bytes, ends: np.ndarray) -> pa.StringArray:
    """The lines of a text in UTF-8 that end at these places."""
    offsets = np.zeros(len(ends) + 1, dtype=np.int32)
    offsets[1:] = ends - np.arange(len(ends))
    buffers = pa.py_buffer(offsets), pa.py_buffer(content.replace(b"\n", b""))
    return pa.StringArray.from_buffers(len(ends), *buffers)
