"""A plain Python loop over records that does for a row what the reader does.

It slices every element of the layout, strips it, turns counts and amounts into whole numbers
(amounts with their sign) and dates into dates, empty ones into None, and keeps the row. With
``checks`` it also holds every element against its pattern (obligation, alignment, digits, dates,
code lists, reserve), as the reader does, and leaves out a record that has a fault. It knows no
rules between elements or records, no order, totals, keys or duplicates: those ours has on top.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ingest.declaraties.elements import aard, pattern
from schemas.ei import Element, layout

Row = dict[str, Any]


def _date(text: str) -> date | None:
    return None if text == "00000000" else datetime.strptime(text, "%Y%m%d").date()


def _code(text: str) -> str | None:
    return text if text.strip("0") else None


def _text(text: str) -> str | None:
    return text.strip() or None


def _turn(element: Element) -> Callable[[str], Any]:
    if aard(element) == "datum":
        return _date
    if element.kolom and (element.kolom.endswith("_cent") or element.kolom.startswith("aantal")):
        return int
    return _code if element.type == "N" else _text


@dataclass(frozen=True)
class _Stap:
    """What is done to one element."""

    naam: str
    begin: int
    eind: int
    turn: Callable[[str], Any]
    fits: Callable[[str], object]


_TEKENS = (
    ("bedrag_cent", "debet_credit"),
    ("berekend_cent", "berekend_debet_credit"),
    ("totaal_cent", "debet_credit"),
)


def _plan(standaard: str) -> tuple[dict[str, list[_Stap]], dict[str, list[tuple[str, str]]]]:
    """The steps of every record kind, and its amounts with the indicator that signs each."""
    steps, signs = {}, {}
    for code, record in layout(*standaard.split()).records.items():
        steps[code] = [
            _Stap(e.element, e.begin - 1, e.eind, _turn(e), re.compile(pattern(e)).fullmatch)
            for e in record.elementen
        ]
        named = {e.kolom: e.element for e in record.elementen if e.kolom}
        signs[code] = [(named[a], named[b]) for a, b in _TEKENS if a in named and b in named]
    return steps, signs


def _row(line: str, steps: list[_Stap], checks: bool) -> Row | None:
    row: Row = {}
    for step in steps:
        text = line[step.begin : step.eind]
        if checks and not step.fits(text):
            return None
        try:
            row[step.naam] = step.turn(text)
        except ValueError:
            return None
    return row


def read_rows(file: Path, standaard: str, at_most: int, *, checks: bool) -> list[Row]:
    """Read the first records of a file.

    Args:
        file: messages in latin-1.
        standaard: standard and version, as ``ZH308 9.0``.
        at_most: number of records.
        checks: hold every element against its pattern as well.

    Returns:
        A row a record, by element number; what cannot be read is left out.
    """
    steps, signs = _plan(standaard)
    rows = []
    with file.open(encoding="latin-1", newline="") as handle:
        for number, line in enumerate(handle):
            if number == at_most:
                break
            row = _row(line, steps.get(line[:2], []), checks)
            if not row:
                continue
            for amount, sign in signs[line[:2]]:
                if row[sign] == "C":
                    row[amount] = -row[amount]
            rows.append(row)
    return rows
