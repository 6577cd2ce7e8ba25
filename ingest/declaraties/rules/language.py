"""The small language of the rules: parsed once, written as SQL over any naming of the elements.

It has comparisons, ``in``, ``and``, ``or``, ``+``, ``-``, ``*``, texts and whole numbers, an
element as ``[0106]``, and the functions ``gevuld``, ``leeg``, ``getal`` and ``datum`` of an
element. ``onder_min``, ``onder_som`` and ``onder_aantal`` ask the records under a prestatie.
``vandaag`` is the day of reading.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from functools import cache

#: Writes a function of an element as SQL: ``(function, element number)``; ``tekst`` is its text.
Naming = Callable[[str, str], str]

_ELEMENT = re.compile(r"\[([^\]]+)\]")
_FUNCTIONS = ("gevuld", "leeg", "getal", "datum", "onder_min", "onder_som", "onder_aantal")
_COMPARE = {
    ast.Eq: "=", ast.NotEq: "<>", ast.LtE: "<=", ast.GtE: ">=", ast.Lt: "<", ast.Gt: ">",
    ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip
_ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}
_TODAY = "strftime(current_date, '%Y%m%d')"


def elements_in(text: str) -> tuple[str, ...]:
    """The elements or roles an expression names, in order, each once."""
    return tuple(dict.fromkeys(_ELEMENT.findall(text)))


@cache
def parsed(text: str) -> ast.expr:
    """An expression as a tree; an element is a name that begins with ``e_``."""
    return ast.parse(_ELEMENT.sub(r"e_\1", text), mode="eval").body


def _compare(node: ast.Compare, naming: Naming) -> str:
    parts = [node.left, *node.comparators]
    return "(" + " and ".join(
        f"{_write(left, naming)} {_COMPARE[type(op)]} {_write(right, naming)}"
        for left, op, right in zip(parts, node.ops, parts[1:], strict=False)
    ) + ")"  # fmt: skip


def _call(node: ast.Call, naming: Naming) -> str:
    assert isinstance(node.func, ast.Name)  # noqa: S101
    assert isinstance(node.args[0], ast.Name)  # noqa: S101
    if node.func.id not in _FUNCTIONS:
        raise ValueError(f"a rule uses {node.func.id}, which is no function of the language")
    return naming(node.func.id, node.args[0].id.removeprefix("e_"))


def _write(node: ast.expr, naming: Naming) -> str:
    match node:
        case ast.Compare():
            return _compare(node, naming)
        case ast.BoolOp():
            word = " and " if isinstance(node.op, ast.And) else " or "
            return "(" + word.join(_write(value, naming) for value in node.values) + ")"
        case ast.BinOp():
            sign = _ARITHMETIC[type(node.op)]
            return f"({_write(node.left, naming)} {sign} {_write(node.right, naming)})"
        case ast.Call():
            return _call(node, naming)
        case ast.Tuple():
            return "(" + ", ".join(_write(part, naming) for part in node.elts) + ")"
        case ast.Constant(value=str()):
            return f"'{node.value!s}'"
        case ast.Constant(value=int()):
            return str(node.value)
        case ast.Name(id="vandaag"):
            return _TODAY
        case ast.Name():
            return naming("tekst", node.id.removeprefix("e_"))
    raise ValueError(f"a rule uses {ast.dump(node)}, which the language does not have")


def to_sql(text: str, naming: Naming) -> str:
    """Write an expression as SQL.

    Args:
        text: an expression of the language.
        naming: how a function of an element is written.

    Raises:
        ValueError: the text uses something the language does not have.
        SyntaxError: the text is no expression.
    """
    return _write(parsed(text), naming)
