"""The elements of a matrix of records as typed Arrow columns, trimmed, empty as null."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingest.declaraties.kinds import RecordSoort
from ingest.declaraties.matrix import Matrix
from ingest.declaraties.rules.asked import asked_columns
from schemas.ei import Element

_SPATIE, _NUL, _ASCII = ord(" "), ord("0"), 0x7F

#: Amounts, and the indicator that gives each its sign.
_TEKEN = {
    "bedrag_cent": "debet_credit",
    "berekend_cent": "berekend_debet_credit",
    "basis_cent": "basis_debet_credit",
    "aanvullend_cent": "aanvullend_debet_credit",
    "totaal_cent": "debet_credit",
}


def _strings(data: np.ndarray, empty: np.ndarray | None) -> pa.StringArray:
    """Rows of bytes, all as long, as strings; null where ``empty``."""
    number, width = data.shape
    offsets = np.arange(0, (number + 1) * width, width, dtype=np.int32)
    valid = None
    if empty is not None and empty.any():
        valid = pa.py_buffer(np.packbits(~empty, bitorder="little"))
    return pa.StringArray.from_buffers(number, pa.py_buffer(offsets), pa.py_buffer(data), valid)


def _ragged(data: np.ndarray, may_be_null: bool) -> pa.StringArray:
    """Rows of bytes as strings without the blanks on their right."""
    number, width = data.shape
    filled = data != _SPATIE
    lengths = width - filled[:, ::-1].argmax(axis=1)
    lengths[~filled.any(axis=1)] = 0
    offsets = np.zeros(number + 1, dtype=np.int32)
    np.cumsum(lengths, out=offsets[1:])
    kept = data[np.arange(width) < lengths[:, None]]
    valid = None
    if may_be_null and not lengths.all():
        valid = pa.py_buffer(np.packbits(lengths > 0, bitorder="little"))
    return pa.StringArray.from_buffers(number, pa.py_buffer(offsets), pa.py_buffer(kept), valid)


def _text(matrix: Matrix, begin: int, eind: int, may_be_null: bool) -> pa.StringArray:
    """An AN element: blanks on the right do not count."""
    if max(matrix.hoogste[begin:eind]) > _ASCII:
        texts = pc.utf8_rtrim(matrix.characters(begin, eind), " ")
        return pc.if_else(pc.equal(texts, ""), None, texts) if may_be_null else texts
    width = eind - begin
    while width and matrix.hoogste[begin + width - 1] <= _SPATIE:
        width -= 1
    if not width and may_be_null:
        return pa.nulls(len(matrix), pa.string())
    data = matrix.part(begin, begin + max(width, 1))
    if width and matrix.laagste[begin + width - 1] > _SPATIE:
        return _strings(data, None)
    return _ragged(data, may_be_null)


def _digits(matrix: Matrix, begin: int, eind: int, may_be_null: bool) -> pa.StringArray:
    """An N element as it stands; only zeros are no value where it may be empty."""
    if max(matrix.hoogste[begin:eind]) > _ASCII:
        return matrix.characters(begin, eind)
    if not may_be_null:
        return _strings(matrix.part(begin, eind), None)
    if matrix.is_all(_NUL, begin, eind):
        return pa.nulls(len(matrix), pa.string())
    return _strings(matrix.part(begin, eind), matrix.has_each(_NUL, begin, eind))


def _amount(kind: RecordSoort, matrix: Matrix, bedrag: Element, teken: Element) -> pa.Int64Array:
    """Eurocents with the sign of their debet/credit indicator (C is negative).

    Within a record all signs are one (retourcode 8064), so an amount whose own sign may be blank,
    and is, has that of the record. Without an amount nothing is filled.
    """
    value, wrong = matrix.whole(bedrag.begin - 1, bedrag.eind)
    sign = matrix.octetten[:, teken.begin - 1]
    of_record = kind.met_kolom("debet_credit")
    if teken.verplicht != "M" and of_record is not None:
        blank = (sign == _SPATIE) & (value != 0)
        sign = np.where(blank, matrix.octetten[:, of_record.begin - 1], sign)
    is_credit = sign == ord("C")
    known = is_credit | (sign == ord("D"))
    return pa.array(np.where(is_credit, -value, value), mask=wrong | ~known)


def column_type(kolom: str) -> pa.DataType:
    """What a column holds: whole numbers for amounts and counts, else text."""
    return pa.int64() if kolom in _TEKEN or kolom.startswith("aantal") else pa.string()


def _column(kind: RecordSoort, element: Element, matrix: Matrix) -> pa.Array:
    kolom, begin, eind = str(element.kolom), element.begin - 1, element.eind
    if kolom in _TEKEN:
        teken = kind.met_kolom(_TEKEN[kolom])
        assert teken is not None, f"{kind.naam}: {kolom} has no sign"  # noqa: S101
        return _amount(kind, matrix, element, teken)
    if kolom.startswith("aantal"):
        value, wrong = matrix.whole(begin, eind)
        return pa.array(value, mask=wrong)
    read = _text if element.type == "AN" else _digits
    return read(matrix, begin, eind, element.verplicht != "M")


def _asked(element: Element, matrix: Matrix) -> pa.Array:
    read = _text if element.type == "AN" else _digits
    return read(matrix, element.begin - 1, element.eind, True)


def columns(kind: RecordSoort, matrix: Matrix) -> dict[str, pa.Array]:
    """Every element that names a ``kolom``, by that name; what rules ask besides, as ``e0433``.

    Zeros in an N element that may be empty mean that it is (an empty N element is all zeros). In a
    mandatory one they are a value, such as ``00`` of code herdeclaratie, or a reason to refuse the
    record; so nothing is turned into null there.

    Args:
        kind: what the records are.
        matrix: the records.
    """
    elements = [element for element in kind.record.elementen if element.kolom]
    loaded = {str(element.kolom): _column(kind, element, matrix) for element in elements}
    asked = [kind.record.bij_element(nr) for nr in asked_columns(kind.nr)]
    return loaded | {f"e{element.element}": _asked(element, matrix) for element in asked}
