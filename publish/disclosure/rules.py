"""The rules of disclosure control, read from ``regels.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

_FILE = Path(__file__).with_name("regels.toml")


@dataclass(frozen=True)
class Regel:
    """A primary rule: which cells may not be shown.

    Attributes:
        naam: name of the predicate in ``primary``.
        reden: reason a hidden cell carries: ``klein_aantal`` or ``dominantie``.
        geldt_voor: kinds of indicator it holds for.
        omschrijving: what it says, in plain Dutch.
    """

    naam: str
    reden: str
    geldt_voor: tuple[str, ...]
    omschrijving: str


@dataclass(frozen=True)
class RelatieSoort:
    """A way in which published cells add up to another published cell.

    Attributes:
        naam: name of the relation.
        soort: along which dimension.
        toepassing: ``altijd`` or ``sluitend`` (see ``regels.toml``).
        omschrijving: what it says, in plain Dutch.
        onder: level or period length of the parts; empty for a breakdown.
        boven: level or period length of the total; empty for a breakdown.
        via: column of a part that holds the ``eenheid_id`` of its total; empty when the total has
            one unit for all parts.
    """

    naam: str
    soort: Literal["uitsplitsing", "niveau", "periode"]
    toepassing: Literal["altijd", "sluitend"]
    omschrijving: str
    onder: str = ""
    boven: str = ""
    via: str = ""


@dataclass(frozen=True)
class Rules:
    """Everything disclosure control goes by.

    Attributes:
        drempel: fewest distinct persons in a published cell.
        min_zorgaanbieders: fewest providers in a published amount above provider level.
        soort_meting: kind of indicator by ``soort_meting`` of the register.
        regels: the primary rules.
        relaties: the kinds of relation.
        weglaten: which cells are not listed, in plain Dutch.
        sleutel: key columns of a cell.
        nodig: columns without which a cell cannot be judged.
        beschrijvend: columns a hidden row still shows, beside the key.
        aanbiederniveaus: levels of one provider or part of it.
        besloten_niveaus: levels that may not be in an open extract.
        geen_deel: values of a split column without an extract of their own.
    """

    drempel: int
    min_zorgaanbieders: int
    soort_meting: dict[str, str]
    regels: tuple[Regel, ...]
    relaties: tuple[RelatieSoort, ...]
    weglaten: str
    sleutel: tuple[str, ...]
    nodig: tuple[str, ...]
    beschrijvend: tuple[str, ...]
    aanbiederniveaus: tuple[str, ...]
    besloten_niveaus: tuple[str, ...]
    geen_deel: tuple[str, ...]

    def in_manifest(self) -> dict[str, Any]:
        """The rules as a manifest tells them."""
        return {
            "drempel_personen": self.drempel,
            "min_zorgaanbieders": self.min_zorgaanbieders,
            "weglaten": self.weglaten,
            "regels": [
                {
                    "naam": regel.naam,
                    "reden": regel.reden,
                    "geldt_voor": list(regel.geldt_voor),
                    "omschrijving": regel.omschrijving,
                }
                for regel in self.regels
            ],
            "relaties": [
                {"naam": relatie.naam, "omschrijving": relatie.omschrijving}
                for relatie in self.relaties
            ],
        }


def load_rules(drempel: int) -> Rules:
    """Read the rules.

    Args:
        drempel: fewest distinct persons in a published cell, from the settings or a manifest.

    Returns:
        The rules.
    """
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    kolommen = data["kolommen"]
    return Rules(
        drempel=drempel,
        min_zorgaanbieders=data["drempels"]["min_zorgaanbieders"],
        soort_meting=data["soort_meting"],
        regels=tuple(
            Regel(**{**regel, "geldt_voor": tuple(regel["geldt_voor"])}) for regel in data["regel"]
        ),
        relaties=tuple(RelatieSoort(**relatie) for relatie in data["relatie"]),
        weglaten=data["weglaten"]["omschrijving"],
        sleutel=tuple(kolommen["sleutel"]),
        nodig=tuple(kolommen["nodig"]),
        beschrijvend=tuple(kolommen["beschrijvend"]),
        aanbiederniveaus=tuple(kolommen["aanbiederniveaus"]),
        besloten_niveaus=tuple(kolommen["besloten_niveaus"]),
        geen_deel=tuple(kolommen["geen_deel"]),
    )
