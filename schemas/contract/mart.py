"""What a mart says of itself in its dbt contract, as the data dictionary shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MartKolom:
    """One column of a mart.

    Attributes:
        naam: its name.
        type: data type of its contract; empty for a column of a code list.
        omschrijving: what it holds, in plain Dutch.
        engels: an English gloss of the name.
        eenheid: unit in Dutch; None for what is no number.
        waarden: the only values it may have, when they are listed.
        lijst: mart that tells what its codes mean; None when there is none.
        verplicht: whether it always has a value.
    """

    naam: str
    type: str
    omschrijving: str
    engels: str
    eenheid: str | None
    waarden: tuple[str, ...]
    lijst: str | None
    verplicht: bool


@dataclass(frozen=True)
class Marts:
    """What the dbt project says of its marts.

    Attributes:
        marts: the marts, by name.
        bestanden: files of the project that are made of those contracts, by path below the root.
    """

    marts: tuple[Mart, ...]
    bestanden: dict[str, str]


@dataclass(frozen=True)
class Mart:
    """One mart.

    Attributes:
        naam: its name.
        omschrijving: what it holds, in plain Dutch.
        sleutel: columns that together name a row.
        doelen: purposes it may be used for.
        gebruik: uses whose analyses draw on it, such as inkoop.
        kolommen: its columns.
    """

    naam: str
    omschrijving: str
    sleutel: tuple[str, ...]
    doelen: tuple[str, ...]
    gebruik: tuple[str, ...]
    kolommen: tuple[MartKolom, ...]
