"""Record kinds of the EI standards, numbered, and the names records are counted under."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import numpy as np

from ingest.declaraties.recognise import Herkenning
from ingest.declaraties.retour.echo import judged_record
from schemas.ei import Element, Layout, Record, alle_layouts

#: Code of a line whose first two characters are no digits.
GEEN_KENMERK = 100
ONLEESBAAR = "onleesbaar"


@dataclass(frozen=True)
class RecordSoort:
    """A record kind of a layout.

    Attributes:
        nr: its number, 1 and up; 0 stands for no known kind.
        layout: the standard and version.
        record: its elements.
    """

    nr: int
    layout: Layout
    record: Record

    @property
    def naam(self) -> str:
        """What its records are counted under: ``ZH308/04``."""
        return f"{self.layout.standaard}/{self.record.code}"

    @property
    def tabel(self) -> str:
        """Table of its sliced records within a delivery: ``ei_zh308_9_0_04``."""
        versie = self.layout.versie.replace(".", "_")
        return f"ei_{self.layout.standaard.lower()}_{versie}_{self.record.code}"

    @property
    def is_retour(self) -> bool:
        """Whether it is a record of a message back to the sender."""
        return self.layout.richting == "retour"

    def met_kolom(self, kolom: str) -> Element | None:
        """The element that feeds ``kolom``, or None."""
        return self.record.bij_kolom(kolom)


@cache
def record_kinds() -> tuple[RecordSoort, ...]:
    """Every record kind, of messages to an insurer and back, in a fixed order."""
    pairs = [
        (layout, judged_record(layout, layout.records[code]))
        for layout in alle_layouts()
        for code in sorted(layout.records)
    ]
    return tuple(RecordSoort(nr, layout, rec) for nr, (layout, rec) in enumerate(pairs, start=1))


def kinds_of(layout: Layout) -> list[RecordSoort]:
    """The record kinds of one layout."""
    return [kind for kind in record_kinds() if kind.layout is layout]


@dataclass
class NameTable:
    """Turns the two-digit code of each line into its record kind and its name, by look-up.

    Attributes:
        namen: every name given out so far; look-ups give positions in it.
    """

    namen: list[str] = field(default_factory=lambda: [ONLEESBAAR])
    _tables: dict[Herkenning, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)

    def tables(self, herkenning: Herkenning) -> tuple[np.ndarray, np.ndarray]:
        """Look-up tables for the lines of a message.

        Args:
            herkenning: what its first line says.

        Returns:
            Two arrays by code 0 to 100: number of the record kind, position of the name.
        """
        if herkenning not in self._tables:
            self._tables[herkenning] = self._make(herkenning)
        return self._tables[herkenning]

    def _make(self, herkenning: Herkenning) -> tuple[np.ndarray, np.ndarray]:
        kinds = np.zeros(GEEN_KENMERK + 1, dtype=np.int16)
        names = np.zeros(GEEN_KENMERK + 1, dtype=np.int32)
        if herkenning.layout is not None:
            for kind in kinds_of(herkenning.layout):
                kinds[int(kind.record.code)] = kind.nr
                names[int(kind.record.code)] = self._position(kind.naam)
        elif herkenning.voorvoegsel is not None:
            for code in range(GEEN_KENMERK):
                names[code] = self._position(f"{herkenning.voorvoegsel}/{code:02d}")
        return kinds, names

    def _position(self, naam: str) -> int:
        if naam not in self.namen:
            self.namen.append(naam)
        return self.namen.index(naam)
