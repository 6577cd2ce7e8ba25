"""Mandatory fields: who asks for each, for which purpose and why (``schemas/registratielast.csv``).

A row is for one field, or for a field of that name in all tables a pattern fits; a row that names
the table goes before one with a pattern. ``last`` says what a field costs the one who delivers:
``afgeleid`` nothing, it is made of what is there; ``bestaand`` nothing more, the standard or
publication has it always; ``extra`` work that is done for this platform.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from schemas.contract.veld import Veld, alle_velden

_FILE = Path(__file__).parent.parent / "registratielast.csv"

LASTEN = ("afgeleid", "bestaand", "extra")


@dataclass(frozen=True)
class Last:
    """Why a field is mandatory.

    Attributes:
        tabel: raw table, or a pattern such as ``fhir_*``.
        kolom: name in ``raw/``.
        eigenaar: who answers for asking it.
        doel: the purpose that cannot do without it.
        last: what it costs who delivers, see ``LASTEN``.
        reden: why, in plain Dutch.
    """

    tabel: str
    kolom: str
    eigenaar: str
    doel: str
    last: str
    reden: str

    def fits(self, veld: Veld) -> bool:
        """Whether the row is about this field."""
        return self.kolom == veld.naam and fnmatchcase(veld.tabel, self.tabel)


@cache
def lees_lasten(file: Path = _FILE) -> tuple[Last, ...]:
    """The rows of the list, in its order."""
    with file.open(encoding="utf-8", newline="") as opened:
        return tuple(Last(**row) for row in csv.DictReader(opened))


def last_van(veld: Veld, lasten: Iterable[Last]) -> Last | None:
    """The row of a field: the one that names its table, else the first whose pattern fits."""
    found = [last for last in lasten if last.fits(veld)]
    return next((last for last in found if last.tabel == veld.tabel), next(iter(found), None))


def gebreken(velden: Iterable[Veld], lasten: Iterable[Last]) -> Iterator[str]:
    """What is wrong between mandatory fields and the list.

    Args:
        velden: all fields of the contract.
        lasten: the rows of the list.

    Yields:
        One message a fault, which names the field and what to do.
    """
    lasten = tuple(lasten)
    used = set()
    for veld in (v for v in velden if v.verplicht):
        last = last_van(veld, lasten)
        if last is None:
            yield (
                f"{veld.tabel}.{veld.naam} is mandatory and has no row in "
                "schemas/registratielast.csv: say who asks for it (eigenaar), for which purpose "
                "(doel), what it costs (last) and why (reden), or let it be empty."
            )
            continue
        used.add(last)
        if last.doel not in veld.doelen:
            yield f"{veld.tabel}.{veld.naam}: doel '{last.doel}' is not a purpose of the field."
    for last in lasten:
        if last not in used:
            yield (
                f"schemas/registratielast.csv: no mandatory field is {last.tabel}.{last.kolom}; "
                "remove the row."
            )
        if last.last not in LASTEN or not last.eigenaar or not last.reden.endswith("."):
            yield (
                f"schemas/registratielast.csv, {last.tabel}.{last.kolom}: eigenaar and reden (a "
                f"sentence) are needed, and last is one of {', '.join(LASTEN)}."
            )


def verplichte_velden() -> dict[str, dict[str, str]]:
    """Every mandatory field with what it costs: ``{tabel: {kolom: last}}``."""
    result: dict[str, dict[str, str]] = {}
    for veld in alle_velden():
        last = last_van(veld, lees_lasten()) if veld.verplicht else None
        if last is not None:
            result.setdefault(veld.tabel, {})[veld.naam] = last.last
    return result
