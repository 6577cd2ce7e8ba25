"""Where messages begin and end in a stream of lines, and the key of each message.

A message runs from a line that starts with 01, or from the start of a file, to the next of these.
Its key is a hash of its text, so the same message sent twice, with either line end, has one key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from ingest.declaraties.kinds import GEEN_KENMERK, NameTable
from ingest.declaraties.recognise import KOP_LENGTE, Herkenning, recognise
from ingest.textblock import Block

#: Codes of the record kinds a sluitrecord counts.
GETELD = ("02", "03", "04", "06", "16", "17", "98")

_GETELD = np.array([int(code) for code in GETELD])
_KADER = np.array([1, 99])


@dataclass
class Bericht:
    """A message while its lines come in.

    Attributes:
        nr: ``record_nr`` of its first line; identifies it within the delivery.
        herkenning: what its first line says.
        bestand: the file it is in.
        digest: SHA-256 over its lines so far, joined by line feeds.
        laatste_nr: ``record_nr`` of its last line so far.
        hoogste: highest record code so far, ``GEEN_KENMERK`` for a line without one.
        aantallen: lines so far with each code of ``GETELD``, and last with any but 01 and 99.
    """

    nr: int
    herkenning: Herkenning
    bestand: str
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)
    laatste_nr: int = 0
    hoogste: int = 0
    aantallen: np.ndarray = field(default_factory=lambda: np.zeros(len(GETELD) + 1, np.int64))

    @property
    def sleutel(self) -> str:
        """Key of the message: ``b`` and 32 hex digits."""
        return "b" + self.digest.hexdigest()[:32]

    def add(self, text: Iterable[bytes | memoryview], laatste_nr: int, kenmerk: np.ndarray) -> None:
        """Add lines: their text in pieces, the number of the last, the code of each."""
        if self.laatste_nr:
            self.digest.update(b"\n")
        for piece in text:
            self.digest.update(piece)
        number = np.bincount(kenmerk, minlength=GEEN_KENMERK + 1)
        self.laatste_nr = laatste_nr
        self.hoogste = max(self.hoogste, int(np.flatnonzero(number)[-1]))
        self.aantallen[:-1] += number[_GETELD]
        self.aantallen[-1] += len(kenmerk) - int(number[_KADER].sum())


def _begin(nr: int, block: Block, line: int) -> Bericht:
    start = int(block.starts[line])
    kop = block.octetten[start : min(start + KOP_LENGTE, int(block.posities[line]))]
    return Bericht(nr, recognise(kop.decode("latin-1")), block.bestand)


@dataclass(frozen=True)
class Lines:
    """What is known of each line of a block without looking into its fields; equal lengths.

    Attributes:
        record_nr: number within the delivery.
        bericht_nr: message it is in.
        kenmerk: its first two digits, or ``GEEN_KENMERK``.
        soort_nr: its record kind, 0 when unknown.
        naam_nr: position of its name in the name table.
    """

    record_nr: np.ndarray
    bericht_nr: np.ndarray
    kenmerk: np.ndarray
    soort_nr: np.ndarray
    naam_nr: np.ndarray


def _codes(block: Block) -> np.ndarray:
    data = np.frombuffer(block.octetten, dtype=np.uint8)
    at = slice(None, None, block.breedte) if block.breedte else block.starts
    first, second = data[at] - np.uint8(ord("0")), data[1:][at] - np.uint8(ord("0"))
    codes = first * np.uint8(10) + second
    return np.where((first <= 9) & (second <= 9), codes, GEEN_KENMERK).astype(np.int16)


@dataclass
class MessageCutter:
    """Numbers lines and messages over all blocks of a delivery.

    Attributes:
        namen: names of records.
        berichten: every message met so far.
        volgend_nr: ``record_nr`` of the next line; numbers are not used twice.
    """

    namen: NameTable = field(default_factory=NameTable)
    berichten: list[Bericht] = field(default_factory=list)
    volgend_nr: int = 1
    _bestand: str | None = None

    def cut(self, block: Block) -> Lines:
        """Take the next block.

        Args:
            block: lines that follow on those before; a message may go on in the next block.

        Returns:
            The place of every line.
        """
        number = len(block.regels)
        kenmerk = _codes(block)
        starts = kenmerk == 1
        starts[0] |= block.bestand != self._bestand
        self._bestand = block.bestand
        record_nr = np.arange(self.volgend_nr, self.volgend_nr + number, dtype=np.int64)
        self.volgend_nr += number

        parts = [0, *np.flatnonzero(starts).tolist(), number]
        bericht_nr = np.empty_like(record_nr)
        soort_nr, naam_nr = np.empty(number, np.int16), np.empty(number, np.int32)
        for first, after in pairwise(parts):
            if first == after:
                continue
            if starts[first]:
                self.berichten.append(_begin(int(record_nr[first]), block, first))
            bericht, part = self.berichten[-1], slice(first, after)
            text = block.stretches(first, after)
            bericht.add(text, int(record_nr[after - 1]), kenmerk[part])
            kinds, names = self.namen.tables(bericht.herkenning)
            bericht_nr[part] = bericht.nr
            soort_nr[part], naam_nr[part] = kinds[kenmerk[part]], names[kenmerk[part]]
        return Lines(record_nr, bericht_nr, kenmerk, soort_nr, naam_nr)

    def take_number(self) -> int:
        """A ``record_nr`` for a record that is no line."""
        self.volgend_nr += 1
        return self.volgend_nr - 1

    def forget(self, vanaf_nr: int) -> None:
        """Drop the messages from this ``record_nr`` on."""
        self.berichten = [b for b in self.berichten if b.nr < vanaf_nr]
        self._bestand = None
