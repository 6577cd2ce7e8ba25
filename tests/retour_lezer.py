"""Reads retour messages by positions alone, without any code of ``ingest`` or ``schemas``.

Positions come from the layouts from outside when they are there, else from the few in
``retour_posities.csv`` (AP305 v7.2 and HA305 v4.2).
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from tests.outside import OUTSIDE

_OWN = Path(__file__).with_name("retour_posities.csv")


@cache
def posities(standaard: str, versie: str) -> dict[str, tuple[int, int]]:
    """First and last position of every element, by its number; none when no list is at hand."""
    outside = OUTSIDE / "vektis" / "layouts" / f"{standaard}_v{versie}.csv"
    source = outside if outside.is_file() else _OWN
    with source.open(encoding="utf-8", newline="") as file:
        return {
            row["element"]: (int(row["begin"]), int(row["eind"]))
            for row in csv.DictReader(file)
            if (row["standaard"], row["versie"]) == (standaard, versie)
        }


class Retour:
    """A retour message as text.

    Args:
        standaard: of the message.
        versie: of the message.
        ruw: its bytes.
        codering: how they are encoded.
    """

    def __init__(self, standaard: str, versie: str, ruw: bytes, codering: str = "latin-1") -> None:
        self._posities = posities(standaard, versie)
        tekst = ruw.decode(codering)
        assert tekst.endswith("\r\n")
        self.regels = tekst.removesuffix("\r\n").split("\r\n")
        assert not any("\n" in regel or "\r" in regel for regel in self.regels)

    @property
    def leesbaar(self) -> bool:
        """Whether there are positions to read this standard by."""
        return bool(self._posities)

    def waarde(self, regel: str, element: str) -> str:
        """The characters of an element."""
        begin, eind = self._posities[element]
        assert len(regel) >= eind
        return regel[begin - 1 : eind]

    def cent(self, regel: str, bedrag: str, teken: str) -> int:
        """An amount with its sign."""
        value = int(self.waarde(regel, bedrag))
        sign = self.waarde(regel, teken)
        assert sign in "DC"
        return -value if sign == "C" else value
