"""Tabular deliveries as data: one TOML file a register.

A file says which columns a register may come with and under which names, which raw table they
feed, and what its values look like. A new register whose raw table exists is one such file.
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

_ROOM = Path(__file__).parent

Vorm = Literal["tekst", "heel", "decimaal", "euro"]


@dataclass(frozen=True)
class RegisterKolom:
    """One column of a register.

    Attributes:
        kolom: column of the raw table it feeds.
        namen: names it may have in the file; capitals, spaces and underscores make no difference.
        vorm: ``tekst``; ``heel`` a whole number; ``decimaal`` a decimal, kept as text; ``euro`` an
            amount in euros, turned into whole eurocents.
        verplicht: whether a file without it is refused.
        vast: the value of every row when the file has no such column.
    """

    kolom: str
    namen: tuple[str, ...]
    vorm: Vorm = "tekst"
    verplicht: bool = True
    vast: str | None = None


@dataclass(frozen=True)
class Draaiing:
    """Columns that become rows: one row a column whose name fits.

    Attributes:
        patroon: start of the names, for example ``kosten_``.
        naam_kolom: column of the raw table that gets the rest of the name.
        waarde_kolom: column of the raw table that gets the value.
        vorm: as in ``RegisterKolom``.
        codelijst: list in ``schemas/codes`` whose column ``naam_kolom`` holds the names that are
            known. Others are read too, and the sender is told; so are columns that are not read.
    """

    patroon: str
    naam_kolom: str
    waarde_kolom: str
    vorm: Vorm
    codelijst: str | None = None

    @property
    def bekend(self) -> frozenset[str]:
        """The names that are known; empty when there is no list."""
        if self.codelijst is None:
            return frozenset()
        pad = _ROOM.parent / "codes" / f"{self.codelijst}.csv"
        with pad.open(encoding="utf-8", newline="") as bestand:
            return frozenset(rij[self.naam_kolom] for rij in csv.DictReader(bestand))


@dataclass(frozen=True)
class Register:
    """One register.

    Attributes:
        tabel: raw table it feeds; rows are counted under this name.
        omschrijving: what it is, in plain Dutch.
        herkomst: what the description of the columns rests on.
        kolommen: its columns.
        decimaalteken: sign before the decimals; two signs when files differ in it.
        jaar_uit_naam: regular expression with one group that finds the year in the file name,
            when the file has no column ``jaar``.
        draaiing: columns that become rows, if any.
    """

    tabel: str
    omschrijving: str
    herkomst: str
    kolommen: tuple[RegisterKolom, ...]
    decimaalteken: str = "."
    jaar_uit_naam: str | None = None
    draaiing: Draaiing | None = None


def lees_register(pad: Path) -> Register:
    """Read one description.

    Args:
        pad: a TOML file in this room's form.

    Returns:
        The register.
    """
    ruw = tomllib.loads(pad.read_text(encoding="utf-8"))
    kolommen = tuple(
        RegisterKolom(**(kolom | {"namen": tuple(kolom["namen"])})) for kolom in ruw.pop("kolommen")
    )
    draaiing = Draaiing(**ruw.pop("draaiing")) if "draaiing" in ruw else None
    return Register(kolommen=kolommen, draaiing=draaiing, **ruw)


@cache
def registers() -> tuple[Register, ...]:
    """All registers, by name of their file."""
    return tuple(lees_register(pad) for pad in sorted(_ROOM.glob("*.toml")))
