"""The fast judge: what an element must look like, compiled to positions, for whole matrices.

A record that passes has no fault in any element. One that does not may still be in order (a year
before 1900); such records are few, and are taken apart element by element in ``fields``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingest.declaraties.elements import (
    aard,
    allowed_values,
    empty,
    is_code_not_held,
    zeros_are_empty,
)
from ingest.declaraties.kinds import RecordSoort, record_kinds
from ingest.declaraties.matrix import Matrix, digits
from ingest.declaraties.rules.arrays import broken
from schemas.ei import Element

#: So many positions fit in one number.
_WIDE = 8
_PLAATSEN, _MENGEN = 1 << 14, np.uint64(0x9E3779B97F4A7C15)
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
        geen_negens: elements of digits that are not all nine.
        links: elements that are blank or begin at their first position.
        datums: dates, and whether zeros may stand for none.
        waarden: elements that hold one of some values, in full width.
        vormen: elements with a form of their own, and the byte of which all may consist as well.
    """

    laag: np.ndarray
    hoog: np.ndarray
    gevuld: list[tuple[int, int]] = field(default_factory=list)
    geen_negens: list[tuple[int, int]] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)
    datums: list[tuple[int, bool]] = field(default_factory=list)
    waarden: list[tuple[int, int, tuple[bytes, ...]]] = field(default_factory=list)
    vormen: list[tuple[int, int, re.Pattern[bytes], int | None]] = field(default_factory=list)


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


def _blank(element: Element) -> bytes:
    return empty(element).encode()


def _range(element: Element) -> tuple[int, int]:
    """Lowest and highest byte that may stand anywhere in an element."""
    if element.vorm.vrij:
        return 0, 0xFF
    if element.vorm.leeg or aard(element) == "reserve":
        return (_blank(element)[0],) * 2
    if element.type == "N":
        return _NUL, _NEGEN
    return _SPATIE, 0xFF


def _values(element: Element) -> tuple[bytes, ...]:
    """The values an element may have, when they are known; in full width, the empty one too."""
    known = allowed_values(element)
    if not known or element.vorm.vrij or element.vorm.leeg:
        return ()
    values = {value.encode("latin-1") for value in known}
    return tuple(sorted(values if element.verplicht == "M" else values | {_blank(element)}))


def _is_checked(element: Element) -> bool:
    """Whether more than a range of bytes is asked of it."""
    return not (element.vorm.vrij or element.vorm.leeg or aard(element) == "reserve")


@cache
def requirements(soort_nr: int) -> Eisen:
    """Compile the elements of a record kind, by its number."""
    kind = record_kinds()[soort_nr - 1]
    low, high = (np.zeros(kind.layout.recordlengte, dtype=np.uint8) for _ in range(2))
    eisen = Eisen(low, high)
    for element in kind.record.elementen:
        place = (element.begin - 1, element.eind)
        low[slice(*place)], high[slice(*place)] = _range(element)
        if _is_checked(element):
            _require(eisen, element, place)
    return eisen


def _require(eisen: Eisen, element: Element, place: tuple[int, int]) -> None:
    """Add what is asked of one element beyond the range of its bytes."""
    mandatory = element.verplicht == "M"
    if aard(element) == "kenmerk":
        eisen.laag[slice(*place)] = eisen.hoog[slice(*place)] = list(element.element[:2].encode())
    elif _values(element):
        eisen.waarden.append((*place, _values(element)))
    elif element.vorm.formaat:
        blank = None if mandatory else _blank(element)[0]
        eisen.vormen.append((*place, re.compile(element.vorm.formaat.encode()), blank))
    elif aard(element) == "datum":
        eisen.datums.append((place[0], not mandatory))
    elif aard(element) == "tekst":
        eisen.laag[place[0]] = _SPATIE + mandatory
        eisen.links.extend([] if mandatory else [place])
    else:
        eisen.gevuld.extend([place] if mandatory and zeros_are_empty(element) else [])
        eisen.geen_negens.extend([place] if is_code_not_held(element) else [])


def _misplaced(matrix: Matrix, eisen: Eisen) -> np.ndarray:
    """Of each record whether it has a byte outside the range of its position."""
    wrong = np.zeros(len(matrix), dtype=np.bool_)
    lowest = np.frombuffer(matrix.laagste, dtype=np.uint8)
    highest = np.frombuffer(matrix.hoogste, dtype=np.uint8)
    outside = (lowest < eisen.laag) | (highest > eisen.hoog)
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
    if eind - begin == 2:
        table = np.ones(1 << 16, dtype=np.bool_)
        table[[int.from_bytes(value, "big") for value in values]] = False
        return table[matrix.eight(begin, eind).byteswap()]
    if eind - begin <= 4 and all(value.isdigit() for value in values):
        table = np.ones(10_000, dtype=np.bool_)
        table[[int(value) for value in values]] = False
        return table.take(digits(matrix.eight(begin, eind))[1].astype(np.intp), mode="clip")
    if eind - begin <= 8:
        known = [int.from_bytes(value.rjust(8, b"\0"), "little") for value in values]
        return ~np.isin(matrix.eight(begin, eind), np.array(known, dtype=np.uint64))
    kind = pa.binary(eind - begin)
    column = pa.FixedSizeBinaryArray.from_buffers(
        kind, len(matrix), [None, pa.py_buffer(matrix.part(begin, eind))]
    )
    return ~pc.is_in(column, pa.array(values, kind)).to_numpy(zero_copy_only=False)


@cache
def _seen(form: re.Pattern[bytes], width: int) -> np.ndarray:
    """Values that were found to have a form, each at the place ``_places`` gives it; else 0.

    A value is a number as ``Matrix.eight`` gives it. No record holds NUL characters.
    """
    return np.zeros(_PLAATSEN, dtype=np.uint64)


def _places(words: np.ndarray) -> np.ndarray:
    """A place for each value; what stands at the same place replaces each other."""
    return ((words * _MENGEN) >> np.uint64(64 - _PLAATSEN.bit_length() + 1)).astype(np.intp)


def _other_form(
    matrix: Matrix, begin: int, eind: int, form: re.Pattern[bytes], blank: int | None
) -> np.ndarray:
    """Of each record whether an element lacks its form.

    Each distinct value is looked at once, and short ones not again in a later block.
    """
    if blank is not None and matrix.is_all(blank, begin, eind):
        return np.zeros(len(matrix), dtype=np.bool_)
    width = eind - begin
    if width > _WIDE:
        found = matrix.part(begin, eind).view(f"S{width}").reshape(-1)
        texts, which = np.unique(found, return_inverse=True)
        values = [bytes(text).ljust(width, b"\0") for text in texts]
        return _lacking(form, values, blank, width)[which]
    words = matrix.eight(begin, eind)
    wrong = _seen(form, width)[_places(words)] != words
    if blank is not None:
        wrong &= ~matrix.has_each(blank, begin, eind)
    at = np.flatnonzero(wrong)
    if len(at):
        new, which = np.unique(words[at], return_inverse=True)
        values = [int(word).to_bytes(_WIDE, "little")[_WIDE - width :] for word in new]
        lacking = _lacking(form, values, None, width)
        _seen(form, width)[_places(new[~lacking])] = new[~lacking]
        wrong[at] = lacking[which]
    return wrong


def _lacking(
    form: re.Pattern[bytes], values: list[bytes], blank: int | None, width: int
) -> np.ndarray:
    allowed = bytes([blank]) * width if blank is not None else None
    return np.array([form.fullmatch(v) is None and v != allowed for v in values], dtype=np.bool_)


def judge(kind: RecordSoort, matrix: Matrix) -> np.ndarray:
    """Of each record of a matrix whether it is in order: its elements, and the rules between them.

    Args:
        kind: what they are.
        matrix: the records.

    Returns:
        Booleans, one a record.
    """
    eisen = requirements(kind.nr)
    wrong = _misplaced(matrix, eisen)
    for begin, eind in eisen.gevuld:
        if max(matrix.laagste[begin:eind]) <= _NUL:
            wrong |= matrix.has_each(_NUL, begin, eind)
    for begin, eind in eisen.geen_negens:
        wrong |= matrix.has_each(_NEGEN, begin, eind)
    for begin, may_be_empty in eisen.datums:
        wrong |= _no_date(matrix, begin, may_be_empty)
    for begin, eind in eisen.links:
        crooked = _not_left(matrix, begin, eind)
        if crooked is not None:
            wrong |= crooked
    for begin, eind, values in eisen.waarden:
        wrong |= _other_value(matrix, begin, eind, values)
    for begin, eind, form, blank in eisen.vormen:
        wrong |= _other_form(matrix, begin, eind, form, blank)
    return ~(wrong | broken(kind.nr, matrix))
