"""Records that do not repeat what the record above them says, found while cutting.

The record above is in the block, or carried over from the one before, so nothing has to be joined.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa

from ingest.declaraties.above import Above, Lijnen, find_above
from ingest.declaraties.kinds import RecordSoort, kinds_of, record_kinds
from ingest.declaraties.matrix import Matrix
from ingest.declaraties.rules.asked import repeated_elements
from ingest.declaraties.snede import ANDER, COMMENTAAR, HERHALING, make_batch, numbers_of
from schemas.ei import Element

#: How the elements that say whom a record is about begin; they follow each other everywhere.
_WIE = ("burgerservicenummer", "uzovi-nummer", "verzekerdennummer")

_COMMENTAAR = 98


def who_elements(kind: RecordSoort) -> list[Element]:
    """The elements of a record that say which insured person it is about; none for 03 and 98."""
    if kind.record.code in ("01", "99"):
        return []
    return [e for e in kind.record.elementen if e.naam.lower().startswith(_WIE)]


@cache
def _place_of_who(soort_nr: int) -> tuple[int, int] | None:
    elements = who_elements(record_kinds()[soort_nr - 1])
    return (elements[0].begin - 1, elements[-1].eind) if elements else None


def find_others(
    item: Lijnen, kind: RecordSoort, matrix: Matrix, above: Above | None
) -> pa.RecordBatch | None:
    """Records that repeat another insured person than the 02 above them (ZH308 0403 to 0405)."""
    place = _place_of_who(kind.nr)
    if place is None or above is None:
        return None
    begin, eind = place
    own, other = matrix.octetten[:, begin:eind], above.part(begin, eind)
    at = _differing(own, other, above)
    if not len(at):
        return None
    found = {"wie": latin(own[at]), "wie_erboven": latin(other[at])}
    return make_batch(numbers_of(item, matrix.lijnen[at]) | found, ANDER)


@cache
def _stretches(soort_nr: int) -> tuple[tuple[int, int, int], ...]:
    """What a kind repeats of its prestatie: where, where above, and how many positions.

    Elements that follow each other in both are one stretch.
    """
    kind = record_kinds()[soort_nr - 1]
    prestatie = next(k for k in kinds_of(kind.layout) if k.record.code == "04")
    found: list[tuple[int, int, int]] = []
    pairs = zip(repeated_elements(kind.nr), repeated_elements(prestatie.nr), strict=True)
    for element, model in pairs:
        own, other, length = found[-1] if found else (0, 0, 0)
        here = (element.begin - 1, model.begin - 1)
        if found and here == (own + length, other + length):
            found[-1] = (own, other, length + element.lengte)
        else:
            found.append((*here, element.lengte))
    return tuple(found)


def find_repeats(
    item: Lijnen, kind: RecordSoort, matrix: Matrix, above: Above | None
) -> pa.RecordBatch | None:
    """Records that repeat another prestatie than the 04 above them."""
    if above is None or not repeated_elements(kind.nr):
        return None
    own = [matrix.octetten[:, at : at + length] for at, _, length in _stretches(kind.nr)]
    other = [above.part(at, at + length) for _, at, length in _stretches(kind.nr)]
    if all(np.array_equal(one, two) for one, two in zip(own, other, strict=True)):
        return None
    mine, theirs = np.hstack(own), np.hstack(other)
    at = _differing(mine, theirs, above)
    if not len(at):
        return None
    found = {
        "prestatie_nr": above.nummers[at],
        "eigen": latin(mine[at]),
        "erboven": latin(theirs[at]),
    }
    return make_batch(numbers_of(item, matrix.lijnen[at]) | found, HERHALING)


def find_comments(item: Lijnen, kind: RecordSoort, matrix: Matrix) -> pa.RecordBatch | None:
    """Comments that do not have the number of the record they are about, or their own from 1."""
    if kind.record.code != "98" or kind.is_retour:
        return None
    codes = item.lines.kenmerk
    places = np.where(codes != _COMMENTAAR, np.arange(len(codes)), -1)
    latest = np.maximum.accumulate(places)
    about = latest[matrix.lijnen]
    line = matrix.lijnen - about + np.where(about < 0, item.commentaren, 0)
    first = int(item.lines.record_nr[0])
    own = matrix.octetten[:, 2:14]
    above = find_above(item, matrix.lijnen, latest + first, item.besproken)
    other_number = (own != above.part(2, 14)).any(axis=1)
    told = np.zeros(len(matrix), dtype=np.int64)
    for position in range(14, 18):
        told = told * 10 + matrix.octetten[:, position] - ord("0")
    other_line = told != line
    at = np.flatnonzero(other_number | other_line)
    if not len(at):
        return None
    found = {"ander_nummer": other_number[at], "andere_regel": other_line[at]}
    return make_batch(numbers_of(item, matrix.lijnen[at]) | found, COMMENTAAR)


def _differing(own: np.ndarray, other: np.ndarray, above: Above) -> np.ndarray:
    """Positions of the records that differ from the one above them, where there is one."""
    if np.array_equal(own, other):
        return np.zeros(0, dtype=np.intp)
    return np.flatnonzero((own != other).any(axis=1) & (above.nummers > 0))


def latin(octets: np.ndarray) -> pa.Array:
    """Rows of bytes, one a character, as text."""
    width = octets.shape[1]
    points = np.ascontiguousarray(octets.astype(np.uint32))
    return pa.array(points.view(f"<U{width}").reshape(-1), type=pa.string())
