"""The lines of a delivery, numbered block after block, and cut in several threads."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from ingest.declaraties.above import Lijnen
from ingest.declaraties.cutting import cut
from ingest.declaraties.messages import MessageCutter
from ingest.declaraties.nesting import Nester
from ingest.declaraties.snede import Snede
from ingest.reading import DeliveredFile, Delivery
from ingest.textblock import Block
from ingest.textlines import UnreadableFileError, read_blocks
from ingest.unpacking import Limits, Unpacking

_VERZEKERDE, _PRESTATIE, _COMMENTAAR = 2, 4, 98


@dataclass(frozen=True)
class Fault:
    """A file that could not be read to its end: lines from ``eerste`` up to ``nr`` are void."""

    bestand: str
    eerste: int
    nr: int
    reden: str
    code: str


@dataclass
class Stream:
    """The lines of all files, numbered; the same at every reading.

    Attributes:
        files: the delivery.
        limits: what may come out of packed files.
        cutter: where messages begin and end.
        nester: what hangs under what.
        faults: files that could not be read.
    """

    files: tuple[DeliveredFile, ...]
    limits: Limits | None = None
    cutter: MessageCutter = field(default_factory=MessageCutter)
    nester: Nester = field(default_factory=Nester)
    faults: list[Fault] = field(default_factory=list)
    _verzekerde: bytes = b""
    _prestatie: bytes = b""
    _besproken: bytes = b""
    _commentaren: int = 0

    def lines(self) -> Iterator[Lijnen]:
        """Block after block."""
        unpacking = Unpacking(self.limits)
        for file in self.files:
            first = self.cutter.volgend_nr
            try:
                for block in read_blocks(file, unpacking):
                    yield self._number(block)
            except UnreadableFileError as error:
                self.cutter.forget(first)
                nr = self.cutter.take_number()
                self.faults.append(Fault(file.name, first, nr, str(error), error.code))

    def _number(self, block: Block) -> Lijnen:
        lines = self.cutter.cut(block)
        nesting = self.nester.add(lines)
        item = Lijnen(
            block,
            lines,
            nesting,
            self._verzekerde,
            self._prestatie,
            self._besproken,
            self._commentaren,
        )
        self._verzekerde = _last(block, lines.kenmerk == _VERZEKERDE, self._verzekerde)
        self._prestatie = _last(block, lines.kenmerk == _PRESTATIE, self._prestatie)
        self._follow_comments(block, lines.kenmerk != _COMMENTAAR)
        return item

    def _follow_comments(self, block: Block, no_comment: np.ndarray) -> None:
        self._besproken = _last(block, no_comment, self._besproken)
        found = np.flatnonzero(no_comment)
        behind = len(no_comment) - 1 - found[-1] if len(found) else len(no_comment)
        self._commentaren = int(behind) + (0 if len(found) else self._commentaren)


def _last(block: Block, wanted: np.ndarray, before: bytes) -> bytes:
    """The last of some lines of a block, or the one before when it has none."""
    found = np.flatnonzero(wanted)
    if not len(found):
        return before
    return block.octetten[block.starts[found[-1]] : block.posities[found[-1]]]


def numbered_blocks(delivery: Delivery) -> Iterator[tuple[int, Block]]:
    """The blocks of a delivery once more, each with the ``record_nr`` of its first line."""
    nr, unpacking = 1, Unpacking(delivery.limits)
    for file in delivery.files:
        try:
            for block in read_blocks(file, unpacking):
                yield nr, block
                nr += len(block.regels)
        except UnreadableFileError:
            nr += 1  # the number of the record that stands for the file


def cut_all(items: Iterator[Lijnen], workers: int) -> Iterator[Snede]:
    """Cut blocks in some threads while this one reads on; what they give comes in order."""
    waiting: deque[Future[Snede]] = deque()
    with ThreadPoolExecutor(max_workers=workers) as pool:
        for item in items:
            waiting.append(pool.submit(cut, item))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
