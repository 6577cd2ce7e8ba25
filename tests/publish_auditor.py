"""An auditor that shares no code with the product: plain fractions, brute force, small tables.

It reads a table as an attacker would: rows with a key, hidden rows without figures. It lists every
sum it can think of, and solves.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import Any

Cell = dict[str, Any]


def sums_of(cells: list[Cell], *, by_place: bool = True) -> list[tuple[int, list[int]]]:
    """Every (total, parts) an attacker knows, as positions in ``cells``.

    ``by_place`` takes the providers in a region for its parts, which holds in these tables.
    """
    place = {_key(cell): number for number, cell in enumerate(cells)}
    groups: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for number, cell in enumerate(cells):
        for name, change in _coarser(cell):
            if name == "aanbieder-regio" and not by_place:
                continue
            total = place.get(_key(cell | change))
            if total is not None:
                groups[(total, name)].append(number)
    return [(total, parts) for (total, _), parts in groups.items()]


def _key(cell: Cell) -> tuple[Any, ...]:
    return tuple(cell[k] for k in ("niveau", "eenheid", "soort", "waarde", "periode"))


def _coarser(cell: Cell) -> list[tuple[Any, Cell]]:
    """What a cell is a part of: the name of the sum, and how the total's key differs."""
    found: list[tuple[Any, Cell]] = []
    if cell["waarde"] != "TOTAAL":
        found.append((cell["soort"], {"soort": "TOTAAL", "waarde": "TOTAAL"}))
    if cell["niveau"] == "zorgaanbieder":
        up = {"niveau": "zorgkantoorregio", "eenheid": cell["regio"]}
        found.append(("aanbieder-regio", up))
    if cell["niveau"] != "landelijk":
        found.append((cell["niveau"], {"niveau": "landelijk", "eenheid": "NL"}))
    if "Q" in cell["periode"]:
        found.append(("kwartaal", {"periode": cell["periode"][:4]}))
    return found


def solvable(sums: list[tuple[int, list[int]]], hidden: set[int]) -> set[int]:
    """Hidden cells with exactly one value, by Gaussian elimination in fractions."""
    rows = []
    for total, parts in sums:
        row = {number: Fraction(1) for number in parts if number in hidden}
        if total in hidden:
            row[total] = Fraction(-1)
        if row:
            rows.append(row)
    return {next(iter(row)) for row in reduced(rows) if len(row) == 1}


def reduced(rows: list[dict[int, Fraction]]) -> list[dict[int, Fraction]]:
    """Reduced row echelon form of sparse rows."""
    done: dict[int, dict[int, Fraction]] = {}
    for row in rows:
        for pivot, other in done.items():
            if pivot in row:
                row = _minus(row, other, row[pivot])
        if not row:
            continue
        pivot = min(row)
        row = {number: value / row[pivot] for number, value in row.items()}
        for other_pivot, other in done.items():
            if pivot in other:
                done[other_pivot] = _minus(other, row, other[pivot])
        done[pivot] = row
    return list(done.values())


def _minus(
    row: dict[int, Fraction], other: dict[int, Fraction], factor: Fraction
) -> dict[int, Fraction]:
    result = {n: row.get(n, Fraction(0)) - factor * other.get(n, 0) for n in row | other}
    return {number: value for number, value in result.items() if value}
