"""A plain Python loop over records that does what the reader does for a row.

It slices every element of the layout, strips it, turns counts and amounts into numbers (amounts
with their sign) and dates into dates, empty ones into None, and keeps the row. It checks nothing
beyond that: no obligation, code list, rule, order, total or relation.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from ingest.declaraties.elements import aard
from schemas.ei import Element, Layout, layout

Turn = Callable[[str], Any]


def _date(text: str) -> date | None:
    if text == "00000000":
        return None
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _number(text: str) -> int:
    return int(text)


def _code(text: str) -> str | None:
    return text if text.strip("0") else None


def _text(text: str) -> str | None:
    return text.rstrip() or None


def _turn(element: Element) -> Turn:
    if aard(element) == "datum":
        return _date
    if element.kolom and (element.kolom.endswith("_cent") or element.kolom.startswith("aantal")):
        return _number
    return _code if element.type == "N" else _text


def _plan(indeling: Layout) -> dict[str, list[tuple[int, int, Turn]]]:
    return {
        code: [(e.begin - 1, e.eind, _turn(e)) for e in record.elementen]
        for code, record in indeling.records.items()
    }


def _signs(indeling: Layout) -> dict[str, list[tuple[int, int]]]:
    """Positions in a row of amounts and of the indicator debet/credit of each."""
    signs = {}
    for code, record in indeling.records.items():
        at = {e.kolom: place for place, e in enumerate(record.elementen) if e.kolom}
        pairs = (
            ("bedrag_cent", "debet_credit"),
            ("berekend_cent", "berekend_debet_credit"),
            ("totaal_cent", "debet_credit"),
        )
        signs[code] = [(at[a], at[b]) for a, b in pairs if a in at and b in at]
    return signs


def read_rows(file: Path, standaard: str, at_most: int) -> list[list[Any]]:
    """Read the first records of a file.

    Args:
        file: messages in latin-1.
        standaard: standard and version, as ``ZH308 9.0``.
        at_most: number of records.

    Returns:
        A row of values a record; records that are no record of the layout are left out.
    """
    indeling = layout(*standaard.split())
    plan, signs, rows = _plan(indeling), _signs(indeling), []
    with file.open(encoding="latin-1", newline="") as handle:
        for number, line in enumerate(handle):
            if number == at_most:
                break
            code = line[:2]
            if code not in plan:
                continue
            try:
                row = [turn(line[begin:end]) for begin, end, turn in plan[code]]
            except ValueError:
                continue
            for amount, sign in signs[code]:
                if row[sign] == "C":
                    row[amount] = -row[amount]
            rows.append(row)
    return rows
