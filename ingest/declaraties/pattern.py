"""The fast judge: what an element must look like, compiled to positions, for whole matrices.

A record that passes has no fault in any element. One that does not may still be in order (a year
before 1900); such records are few, and are taken apart element by element in ``fields``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingest.declaraties.elements import aard, zeros_are_empty
from ingest.declaraties.kinds import RecordSoort, record_kinds
from ingest.declaraties.matrix import Matrix, digits
from schemas.ei import Element

_SPATIE, _NUL, _NEGEN = ord(" "), ord("0"), ord("9")

# A date is right when what its year allows and what its month and day are have a bit in common.
_GEWOON, _SCHRIKKEL, _LEEG = 1, 2, 4
_DAGEN = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Eisen:
    """What a record of one kind must look like; positions count from 0, ends are exclusive.

    Attributes:
        laag: lowest byte allowed at each position.
        hoog: highest byte allowed at each position.
        gevuld: elements of digits that are not all zero.
        links: elements that are blank or begin at their first position.
        datums: dates, and whether zeros may stand for none.
        waarden: elements that hold one of a few values, in full width.
    """

    laag: np.ndarray
    hoog: np.ndarray
    gevuld: tuple[tuple[int, int], ...]
    links: tuple[tuple[int, int], ...]
    datums: tuple[tuple[int, bool], ...]
    waarden: tuple[tuple[int, int, tuple[bytes, ...]], ...]


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@cache
def _years() -> np.ndarray:
    allowed = np.zeros(10_000, dtype=np.uint8)
    allowed[1900:2100] = _GEWOON
    allowed[[year for year in range(1900, 2100) if _is_leap(year)]] |= _SCHRIKKEL
    allowed[0] = _LEEG
    return allowed


@cache
def _days() -> np.ndarray:
    kinds = np.zeros(10_000, dtype=np.uint8)
    for month, number in enumerate(_DAGEN, start=1):
        kinds[100 * month + 1 : 100 * month + number + 1] = _GEWOON
    kinds[229], kinds[0] = _SCHRIKKEL, _LEEG
    return kinds


def _range(element: Element) -> tuple[int, int]:
    """Lowest and highest byte that may stand anywhere in an element."""
    match aard(element):
        case "reserve":
            # What a retour message repeats of the message it answers may be anything.
            return _SPATIE, _SPATIE if element.naam.lower() == "reserve" else 0xFF
        case "getal" | "datum":
            return _NUL, _NEGEN
        case "geslacht":
            return _NUL, ord("2")
        case "debet_credit":
            return _SPATIE, ord("D")
        case _:
            return _SPATIE, 0xFF


def _values(element: Element) -> tuple[bytes, ...]:
    """The values an element may have, when they are few."""
    if aard(element) == "debet_credit":
        return (b"C", b"D") if element.verplicht == "M" else (b" ", b"C", b"D")
    return ()


@cache
def requirements(soort_nr: int) -> Eisen:
    """Compile the elements of a record kind, by its number."""
    kind = record_kinds()[soort_nr - 1]
    low, high = (np.zeros(kind.layout.recordlengte, dtype=np.uint8) for _ in range(2))
    filled, left, dates, values = [], [], [], []
    for element in kind.record.elementen:
        place = (element.begin - 1, element.eind)
        low[slice(*place)], high[slice(*place)] = _range(element)
        mandatory = element.verplicht == "M"
        if _values(element):
            values.append((*place, _values(element)))
        elif aard(element) == "datum":
            dates.append((place[0], not mandatory))
        elif aard(element) == "tekst":
            low[place[0]] = _SPATIE + mandatory
            left += [] if mandatory else [place]
        elif mandatory and zeros_are_empty(element):
            filled.append(place)
    return Eisen(low, high, tuple(filled), tuple(left), tuple(dates), tuple(values))


def _misplaced(matrix: Matrix, eisen: Eisen) -> np.ndarray:
    """Of each record whether it has a byte outside the range of its position."""
    wrong = np.zeros(len(matrix), dtype=np.bool_)
    outside = (matrix.laagste < eisen.laag) | (matrix.hoogste > eisen.hoog)
    for position in np.flatnonzero(outside):
        column = matrix.octetten[:, position]
        wrong |= (column < eisen.laag[position]) | (column > eisen.hoog[position])
    return wrong


def _no_date(matrix: Matrix, begin: int, may_be_empty: bool) -> np.ndarray:
    year, day = digits(matrix.eight(begin, begin + 8))
    kinds = _years().take(year.astype(np.intp), mode="clip")
    kinds &= _days().take(day.astype(np.intp), mode="clip")
    return (kinds & (7 if may_be_empty else 3)) == 0


def _not_left(matrix: Matrix, begin: int, eind: int) -> np.ndarray | None:
    """Of each record whether the element begins with a blank and is not blank; None: of none."""
    if matrix.laagste[begin] > _SPATIE or matrix.is_all(_SPATIE, begin, eind):
        return None
    return (matrix.octetten[:, begin] == _SPATIE) & ~matrix.has_each(_SPATIE, begin, eind)


def _other_value(matrix: Matrix, begin: int, eind: int, values: tuple[bytes, ...]) -> np.ndarray:
    if matrix.is_constant(begin, eind):
        is_other = matrix.octetten[0, begin:eind].tobytes() not in values
        return np.full(len(matrix), is_other)
    if eind - begin == 1:
        table = np.ones(256, dtype=np.bool_)
        table[[value[0] for value in values]] = False
        return table[matrix.octetten[:, begin]]
    if eind - begin <= 8:
        known = [int.from_bytes(value.rjust(8, b"\0"), "little") for value in values]
        return ~np.isin(matrix.eight(begin, eind), np.array(known, dtype=np.uint64))
    kind = pa.binary(eind - begin)
    column = pa.FixedSizeBinaryArray.from_buffers(
        kind, len(matrix), [None, pa.py_buffer(matrix.part(begin, eind))]
    )
    return ~pc.is_in(column, pa.array(values, kind)).to_numpy(zero_copy_only=False)


def judge(kind: RecordSoort, matrix: Matrix) -> np.ndarray:
    """Of each record of a matrix whether it is in order, element by element.

    Args:
        kind: what they are.
        matrix: the records.

    Returns:
        Booleans, one a record.
    """
    eisen = requirements(kind.nr)
    wrong = _misplaced(matrix, eisen)
    for begin, eind in eisen.gevuld:
        if (matrix.laagste[begin:eind] <= _NUL).all():
            wrong |= matrix.has_each(_NUL, begin, eind)
    for begin, may_be_empty in eisen.datums:
        wrong |= _no_date(matrix, begin, may_be_empty)
    for begin, eind in eisen.links:
        crooked = _not_left(matrix, begin, eind)
        if crooked is not None:
            wrong |= crooked
    for begin, eind, values in eisen.waarden:
        wrong |= _other_value(matrix, begin, eind, values)
    return ~wrong
