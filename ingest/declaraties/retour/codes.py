"""Which four-digit retourcode (COD954) tells a reason, as ``schemas/ei/reden_retourcode.csv`` says.

The first row that fits counts: ``*`` fits everything, ``naam`` fits elements whose name begins so.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import schemas.ei
from ingest.declaraties.kinds import RecordSoort
from schemas.ei import Element

#: Messages and records without a fault, and messages of which no prestatie is accepted.
TOEGEWEZEN, GEEN_OPMERKING, AFGEWEZEN = "8001", "0200", "8073"

#: Of a record that is good itself, when the whole delivery or message is refused.
GOED_MAAR_AFGEWEZEN = "8096"

#: More than three do not fit in a record.
MEER = 3

_FILE = Path(schemas.ei.__file__).with_name("reden_retourcode.csv")


@dataclass(frozen=True)
class Fout:
    """One fault as a retour message tells it.

    Attributes:
        retourcode: four digits.
        element: Vektis number of the element at fault, or None.
    """

    retourcode: str
    element: str | None = None


@cache
def _rows() -> list[dict[str, str]]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _fits(row: dict[str, str], reden: str, record: str, naam: str) -> bool:
    return (
        row["reden_code"] in ("*", reden)
        and row["record"] in ("*", record)
        and (row["naam"] == "*" or naam.startswith(row["naam"]))
    )


@cache
def retourcode(reden: str, record: str, naam: str) -> str:
    """The code for a reason.

    Args:
        reden: reason code of ``schemas/redenen.csv``.
        record: two digits.
        naam: name of the element at fault; empty when the reason names none.

    Returns:
        Four digits.
    """
    return next(r["retourcode"] for r in _rows() if _fits(r, reden, record, naam.lower()))


def element_of(kind: RecordSoort, element: str) -> Element | None:
    """The element of a record that a refusal names, by its number or by the column it feeds."""
    for candidate in kind.record.elementen:
        if element in (candidate.element, candidate.kolom):
            return candidate
    return None


def fault(kind: RecordSoort | None, reden: str, element: str | None) -> Fout:
    """A reason and the element it names, as a fault of a record.

    Args:
        kind: the record kind, None when it is not known.
        reden: reason code.
        element: number of the element, or the column it feeds, or None.
    """
    found = element_of(kind, element) if kind and element else None
    record = kind.record.code if kind else "*"
    code = retourcode(reden, record, found.naam if found else "")
    return Fout(code, found.element if found else None)


def first_faults(faults: list[Fout]) -> list[Fout]:
    """The first three faults with different codes, in order; what is faulty is not called good."""
    by_code: dict[str, Fout] = {}
    for each in [f for f in faults if f.retourcode != GOED_MAAR_AFGEWEZEN] or faults:
        by_code.setdefault(each.retourcode, each)
    return list(by_code.values())[:MEER]
