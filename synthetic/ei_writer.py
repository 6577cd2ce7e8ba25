"""Fixed-width EI records from columns by element number, after a layout of ``schemas.ei``.

``N`` elements are zero-filled, ``AN`` elements space-filled; an element that is not given is empty
(all zeros or all spaces). One row of the result is one record without its line end.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from schemas.ei import Element, Record
from synthetic.regels import digits

Waarde = bytes | int | NDArray[np.integer] | NDArray[np.bytes_]
REGELEINDE = b"\r\n"


def _constant(element: Element, waarde: bytes | int) -> bytes:
    """The text of one value that all records share, in the full width."""
    if isinstance(waarde, int):
        waarde = str(waarde).encode()
    if len(waarde) > element.lengte:
        raise ValueError(f"{element.element}: {waarde!r} is longer than {element.lengte}")
    if element.type == "N":
        return waarde.rjust(element.lengte, b"0")
    return waarde.ljust(element.lengte, b" ")


def _column(
    element: Element, waarde: NDArray[np.integer] | NDArray[np.bytes_]
) -> NDArray[np.uint8]:
    """The bytes of one column, shape (n, length)."""
    n = len(waarde)
    text = waarde if waarde.dtype.kind == "S" else digits(waarde.astype(np.int64), element.lengte)
    width = text.dtype.itemsize
    if width > element.lengte:
        raise ValueError(f"{element.element}: column of {width} is wider than {element.lengte}")
    octets = np.ascontiguousarray(text).view(np.uint8).reshape(n, width)
    if element.type == "N":
        if width != element.lengte or (n and int(octets.min()) < 48):
            raise ValueError(f"{element.element}: give N as integers or in the full width")
        return octets
    out = np.full((n, element.lengte), 32, dtype=np.uint8)
    out[:, :width] = np.where(octets == 0, 32, octets)
    return out


def write_records(
    record: Record, lengte: int, waarden: Mapping[str, Waarde], n: int
) -> NDArray[np.uint8]:
    """Write ``n`` records of one kind.

    Args:
        record: the record's layout.
        lengte: record length of the standard, without the line end.
        waarden: values by element number; a constant, or a column of shape (n,) of integers
            (``N`` only) or of bytes. The kenmerk is filled from the layout.
        n: number of records.

    Returns:
        Matrix of bytes, shape (n, length + 2), each row ended by CR and LF.

    Raises:
        ValueError: a value does not fit its element.
        KeyError: the record has no such element.
    """
    template = np.full(lengte + 2, 32, dtype=np.uint8)
    template[lengte:] = np.frombuffer(REGELEINDE, dtype=np.uint8)
    given = {record.bij_element(nummer): waarde for nummer, waarde in waarden.items()}
    given[record.elementen[0]] = record.code.encode()
    for element in record.elementen:
        constant = given.get(element, b"")
        if isinstance(constant, (bytes, int)):
            octets = _constant(element, constant)
            template[element.begin - 1 : element.eind] = np.frombuffer(octets, dtype=np.uint8)
    matrix = np.tile(template, (n, 1))
    for element, waarde in given.items():
        if not isinstance(waarde, (bytes, int)):
            matrix[:, element.begin - 1 : element.eind] = _column(element, waarde)
    return matrix
