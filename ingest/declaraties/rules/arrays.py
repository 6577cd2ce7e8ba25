"""Rules within one record, asked of a whole matrix of records at once.

A text element is a number that orders as its characters do, up to eight of them; longer ones can
only be compared for equality. Values that are no number or no date give some answer: such a record
is looked at element by element anyhow.
"""

from __future__ import annotations

import ast
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from ingest.declaraties.elements import empty
from ingest.declaraties.kinds import record_kinds
from ingest.declaraties.matrix import Matrix, digits
from ingest.declaraties.rules.binding import Gebonden, bound_rules
from ingest.declaraties.rules.language import parsed
from schemas.ei import Element

_WIDE = 8
_COMPARE: dict[type[ast.cmpop], Any] = {
    ast.Eq: np.equal, ast.NotEq: np.not_equal, ast.LtE: np.less_equal,
    ast.GtE: np.greater_equal, ast.Lt: np.less, ast.Gt: np.greater,
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], Any] = {
    ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply,
}  # fmt: skip


def _number(matrix: Matrix, element: Element) -> np.ndarray:
    """An N element as whole numbers."""
    begin, value = element.begin - 1, np.zeros(len(matrix), dtype=np.int64)
    for first in range(begin, element.eind, _WIDE):
        last = min(first + _WIDE, element.eind)
        high, low = digits(matrix.eight(first, last))
        value = value * 10 ** (last - first) + (high * np.uint64(10_000) + low).astype(np.int64)
    return value


def _day(matrix: Matrix, element: Element) -> np.ndarray:
    """A date as days since 1970."""
    year, month_day = digits(matrix.eight(element.begin - 1, element.eind))
    months = (year.astype(np.int64) - 1970) * 12 + month_day.astype(np.int64) // 100 - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return first + month_day.astype(np.int64) % 100 - 1


def _text(matrix: Matrix, element: Element) -> np.ndarray:
    """The characters of an element, so that they compare."""
    begin, eind = element.begin - 1, element.eind
    if element.lengte <= _WIDE:
        return matrix.eight(begin, eind).byteswap()
    return matrix.part(begin, eind).view(f"S{element.lengte}").reshape(-1)


class _Asking:
    """Works out an expression over the records of a matrix."""

    def __init__(self, matrix: Matrix, elements: dict[str, Element]) -> None:
        self.matrix, self.elements = matrix, elements

    def _element(self, node: ast.expr) -> Element:
        assert isinstance(node, ast.Name)  # noqa: S101
        return self.elements[node.id.removeprefix("e_")]

    def _literal(self, node: ast.expr, beside: Any) -> Any:
        """A node as a value that compares with what stands beside it."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            octets = node.value.encode("latin-1")
        elif isinstance(node, ast.Name) and node.id == "vandaag":
            octets = f"{date.today():%Y%m%d}".encode()
        else:
            return self.value(node)
        width = np.asarray(beside).dtype
        return octets if width.kind == "S" else np.uint64(int.from_bytes(octets))

    def _compare(self, node: ast.Compare) -> np.ndarray:
        left, op, right = self.value(node.left), node.ops[0], node.comparators[0]
        if isinstance(op, ast.In | ast.NotIn):
            assert isinstance(right, ast.Tuple)  # noqa: S101
            found = np.zeros(len(self.matrix), dtype=np.bool_)
            for part in right.elts:
                found |= left == self._literal(part, left)
            return found if isinstance(op, ast.In) else ~found
        answer: np.ndarray = _COMPARE[type(op)](left, self._literal(right, left))
        return answer

    def _call(self, node: ast.Call) -> np.ndarray:
        assert isinstance(node.func, ast.Name)  # noqa: S101
        element = self._element(node.args[0])
        match node.func.id:
            case "gevuld":
                return ~self._blank(element)
            case "leeg":
                return self._blank(element)
            case "datum":
                return _day(self.matrix, element)
            case _:
                return _number(self.matrix, element)

    def _blank(self, element: Element) -> np.ndarray:
        octet = ord(empty(element)[0])
        return self.matrix.has_each(octet, element.begin - 1, element.eind)

    def value(self, node: ast.expr) -> Any:
        """What a node is for each record; yes or no for a condition."""
        match node:
            case ast.Compare():
                return self._compare(node)
            case ast.BoolOp(op=ast.And()):
                return np.logical_and.reduce([self.value(part) for part in node.values])
            case ast.BoolOp():
                return np.logical_or.reduce([self.value(part) for part in node.values])
            case ast.BinOp():
                return _ARITHMETIC[type(node.op)](self.value(node.left), self.value(node.right))
            case ast.Call():
                return self._call(node)
            case ast.Constant():
                return np.int64(int(str(node.value)))
            case _:
                return _text(self.matrix, self._element(node))


@cache
def _rules(soort_nr: int) -> tuple[dict[str, Element], tuple[Gebonden, ...]]:
    kind = record_kinds()[soort_nr - 1]
    if kind.is_retour:
        return {}, ()
    rules = bound_rules(kind.layout.standaard, kind.layout.versie)
    own = tuple(r for r in rules if r.record == kind.record.code and r.is_binnen)
    return {e.element: e for e in kind.record.elementen}, own


def broken(soort_nr: int, matrix: Matrix) -> np.ndarray:
    """Of each record whether it breaks a rule.

    Args:
        soort_nr: number of the record kind.
        matrix: the records.

    Returns:
        Booleans, one a record.
    """
    elements, rules = _rules(soort_nr)
    asking = _Asking(matrix, elements)
    wrong = np.zeros(len(matrix), dtype=np.bool_)
    for rule in rules:
        when = None if rule.regel.als is None else asking.value(parsed(rule.regel.als))
        if when is not None and not when.any():
            continue
        fails = ~asking.value(parsed(rule.regel.eis))
        wrong |= fails if when is None else when & fails
    return wrong
