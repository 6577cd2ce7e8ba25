"""The folder of the region: files that grow block by block, and how many records each holds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Aantallen:
    """Records of one name in one delivery, as intake must count them."""

    aangeleverd: int = 0
    quarantaine: int = 0
    dubbel: int = 0

    @property
    def geaccepteerd(self) -> int:
        """What remains after refusals and repetitions."""
        return self.aangeleverd - self.quarantaine - self.dubbel


@dataclass
class Leveringen:
    """All deliveries of the region.

    Attributes:
        map: root folder; a delivery lies in ``<bron_id>/<periode>/``.
        aantallen: counts by (source, period, record name).
        regels: lines written so far by (source, period, file).
    """

    map: Path
    aantallen: dict[tuple[str, int, str], Aantallen] = field(
        default_factory=lambda: defaultdict(Aantallen)
    )
    regels: dict[tuple[str, int, str], int] = field(default_factory=lambda: defaultdict(int))

    def path(self, bron: str, jaar: int, bestand: str) -> Path:
        """Path of a file in a delivery; the folder is made when missing."""
        folder = self.map / bron / str(jaar)
        folder.mkdir(parents=True, exist_ok=True)
        return folder / bestand

    def append(self, bron: str, jaar: int, bestand: str, inhoud: bytes, regels: int) -> int:
        """Append lines to a file.

        Args:
            bron: source.
            jaar: year of the delivery.
            bestand: file name.
            inhoud: whole lines.
            regels: how many.

        Returns:
            Number of the first line written, counted from 1.
        """
        key = (bron, jaar, bestand)
        first = self.regels[key] + 1
        if regels:
            with self.path(bron, jaar, bestand).open("ab") as file:
                file.write(inhoud)
            self.regels[key] += regels
        return first

    def append_rows(
        self, bron: str, jaar: int, bestand: str, kop: bytes, inhoud: bytes, rijen: int
    ) -> int:
        """Append rows to a table file, the head first; return the line of the first row."""
        if not self.regels[(bron, jaar, bestand)]:
            self.append(bron, jaar, bestand, kop, 1)
        return self.append(bron, jaar, bestand, inhoud, rijen)

    def count(
        self, bron: str, jaar: int, naam: str, n: int, *, quarantaine: int = 0, dubbel: int = 0
    ) -> None:
        """Count delivered records under a name, and how many of them are refused or repeated."""
        counted = self.aantallen[(bron, jaar, naam)]
        counted.aangeleverd += n
        counted.quarantaine += quarantaine
        counted.dubbel += dubbel
