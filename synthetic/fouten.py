"""The list of planted faults, and what each does to the counts of its delivery."""

from __future__ import annotations

from dataclasses import dataclass, field

from synthetic.kern.tellingen import Tellingen
from synthetic.leveringen import Leveringen

#: Where a fault must come to light: at intake, in the build, or as a repetition in the counts. What
#: the source takes back later is no fault: intake accepts it, and the build leaves it out.
INTAKE, BOUW, TELLING, INGETROKKEN = "intake", "bouw", "telling", "ingetrokken"


@dataclass(frozen=True)
class Plek:
    """Where a faulty record stands.

    Attributes:
        bron: source.
        jaar: year of the delivery.
        bestand: file name.
        regel: line, counted from 1.
        naam: name the record is counted under.
        kenmerk: what identifies the record.
    """

    bron: str
    jaar: int
    bestand: str
    regel: int
    naam: str
    kenmerk: str


@dataclass
class Fouten:
    """Collects planted faults.

    Attributes:
        leveringen: the folder, whose counts follow.
        tellingen: counts by code, which follow what intake accepts.
        rijen: rows of ``fouten.csv``.
        herhalingen: rows of ``herhalingen.csv``.
        afwijkingen: rows of ``afwijkingen.csv``.
    """

    leveringen: Leveringen
    tellingen: Tellingen
    rijen: list[tuple[object, ...]] = field(default_factory=list)
    herhalingen: list[tuple[object, ...]] = field(default_factory=list)
    afwijkingen: list[tuple[object, ...]] = field(default_factory=list)

    def plant(self, plek: Plek, reden: str, waar: str = INTAKE) -> None:
        """Note a fault of a record that is already counted as delivered.

        Args:
            plek: the record.
            reden: reason code of ``schemas/redenen.csv``; two joined by ``|`` when either will do.
            waar: ``INTAKE`` refuses the record, ``TELLING`` counts it as a repetition, ``BOUW``
                and ``INGETROKKEN`` leave intake alone.
        """
        self.rijen.append(
            (plek.bron, plek.jaar, plek.bestand, plek.regel, plek.naam, plek.kenmerk, reden, waar)
        )
        self.leveringen.count(
            plek.bron,
            plek.jaar,
            plek.naam,
            0,
            quarantaine=int(waar == INTAKE),
            dubbel=int(waar == TELLING),
        )

    def add_line(self, plek: tuple[str, int, str], naam: str, kenmerk: str, regel: bytes) -> Plek:
        """Append one record to a line file and count it as delivered.

        Args:
            plek: source, year and file.
            naam: name the record is counted under.
            kenmerk: what identifies it.
            regel: its text without the line feed.

        Returns:
            Where it stands.
        """
        line = self.leveringen.append(*plek, regel + b"\n", 1)
        self.leveringen.count(plek[0], plek[1], naam, 1)
        return Plek(*plek, line, naam, kenmerk)

    def repeat_line(self, plek: tuple[str, int, str], naam: str, volgnummer: int) -> None:
        """Append an exact copy of an earlier line and note it as a repetition."""
        with self.leveringen.path(*plek).open("rb") as file:
            for _ in range(volgnummer):
                line = file.readline()
        copy = self.add_line(plek, naam, f"regel {volgnummer}", line.rstrip(b"\n"))
        self.plant(copy, "", TELLING)
