"""The numbers of the analytical rules: ``schemas/analytisch.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parents[2] / "schemas" / "analytisch.toml"

AANTAL, VERDELING, VULLING = "ANALYSE-AANTAL", "ANALYSE-VERDELING", "ANALYSE-VULLING"


@dataclass(frozen=True)
class Toets:
    """The numbers of one rule.

    Attributes:
        kans: chance that the rule warns of a delivery of a source that did not change.
        spreiding: how much a source varies between years: of a count the relative standard
            deviation, of a share the intraclass correlation.
        spreiding_seizoen: the same between a part of a year and the part before it.
        minimaal: records, values or rows below which nothing is compared.
        verschil: difference below which nothing is said; of a count relative, of a share absolute.
        verdwenen: expected records from which a code that left or came is told, however small its
            share; 0 when that does not apply.
    """

    kans: float
    spreiding: float
    spreiding_seizoen: float
    minimaal: int
    verschil: float
    verdwenen: int = 0


@dataclass(frozen=True)
class Parameters:
    """All numbers and names of the analytical rules.

    Attributes:
        marge: share of each chance that is used.
        kleinste_aantal: categories of fewer records are not kept.
        meeste_codes: so many categories of a column are kept.
        zonder_aantal: patterns of record names whose number is not compared.
        codes: columns of which the distribution is compared.
        maanden: dates of which the distribution over months is.
        eerste_periode_vol: sources whose first period is no reference.
        kleinste_omvang: share of a mean delivery below which one is a supplement.
        meeste_leveringen: a period of more deliveries is not compared.
        regels: by reason code.
        bron: other numbers, by source and reason code.
    """

    marge: float
    kleinste_aantal: int
    meeste_codes: int
    zonder_aantal: tuple[str, ...]
    codes: tuple[str, ...]
    maanden: tuple[str, ...]
    eerste_periode_vol: tuple[str, ...]
    kleinste_omvang: float
    meeste_leveringen: int
    regels: dict[str, Toets]
    bron: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    def of(self, code: str, bron_id: str) -> Toets:
        """The numbers of a rule for a source."""
        return replace(self.regels[code], **self.bron.get(bron_id, {}).get(code, {}))

    def is_counted(self, naam: str) -> bool:
        """Whether the number of records of this name is compared."""
        return not any(fnmatchcase(naam, pattern) for pattern in self.zonder_aantal)

    @property
    def kans(self) -> float:
        """Chance that any rule warns of a delivery of a source that did not change."""
        return sum(rule.kans for rule in self.regels.values())


@cache
def parameters() -> Parameters:
    """The numbers as the file has them."""
    with _FILE.open("rb") as file:
        data = tomllib.load(file)
    rules = {code: Toets(**numbers) for code, numbers in data.pop("regels").items()}
    other = data.pop("bron", {})
    lists: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    return Parameters(regels=rules, bron=other, **lists)
