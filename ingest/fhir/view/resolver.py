"""From syntax to typed nodes: every name is looked up in FHIR, every type checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ingest.errors import ViewError
from ingest.fhir.view import tree
from ingest.fhir.view.functions import call_function, type_named
from ingest.fhir.view.scope import Scope, condition, family, member, of_one_kind, one
from ingest.fhir.view.shape import Shape
from ingest.fhir.view.tree import Constant, Path, Syntax
from ingest.fhir.view.typed import (
    AnyOf,
    At,
    Listing,
    Not,
    Nothing,
    Operation,
    Typed,
    Union,
    Value,
)

_ORDER = frozenset({"<", ">", "<=", ">="})
_EQUALITY = frozenset({"=", "!=", "~", "!~"})
_LOGIC = frozenset({"and", "or", "xor", "implies"})
_INTEGERS = frozenset({"integer", "positiveInt", "unsignedInt", "integer64"})
_ENVIRONMENT = {
    "ucum": "http://unitsofmeasure.org",
    "sct": "http://snomed.info/sct",
    "loinc": "http://loinc.org",
}


def _this(node: tree.This, scope: Scope) -> Typed:
    return scope.item


def _nothing(node: tree.Nothing, scope: Scope) -> Typed:
    return Nothing("", False, None)


def _literal(node: tree.Literal, scope: Scope) -> Typed:
    return Value(node.type, False, None, node.value)


def _position(node: tree.Position, scope: Scope) -> Typed:
    if scope.position is None:
        raise scope.fault("$index has a meaning only within where(), all(), …", node.position)
    return scope.position


def _constant(node: tree.ConstantUse, scope: Scope) -> Typed:
    found = scope.constants.get(node.name)
    if found is not None:
        return Value(found.type, False, None, found.value)
    if node.name == "rowIndex":
        return scope.row
    if node.name in _ENVIRONMENT:
        return Value("uri", False, None, _ENVIRONMENT[node.name])
    if node.name == "context":
        return scope.context
    if node.name in ("resource", "rootResource"):
        if scope.context.shape is scope.root:
            return scope.context
        raise scope.fault(f"%{node.name} is not within reach in a loop", node.position)
    raise scope.fault(f"there is no constant '{node.name}'", node.position)


def _member(node: tree.Member, scope: Scope) -> Typed:
    base = resolve(node.base, scope)
    if isinstance(node.base, tree.This) and node.name == scope.item.type:
        return base  # a path may begin with the type it starts from, as in Patient.name
    return member(base, node.name, scope, node.position)


def _index(node: tree.Index, scope: Scope) -> Typed:
    base, index = resolve(node.base, scope), resolve(node.index, scope)
    if index.type not in _INTEGERS:
        raise scope.fault(f"an integer expected, found {index.type}", node.index.position)
    return At(base.type, False, base.shape, base, one(index, scope, node.position))


def _call(node: tree.Call, scope: Scope) -> Typed:
    return call_function(resolve(node.base, scope), node, scope, resolve)


def _unary(node: tree.Unary, scope: Scope) -> Typed:
    operand = resolve(node.operand, scope)
    if family(operand) not in ("number", ""):
        raise scope.fault(f"a number expected, found {operand.type}", node.position)
    if node.operator == "+":
        return operand
    zero = Value("integer", False, None, "0")
    return _arithmetic(tree.Binary(node.position, "-", node, node), zero, operand, scope)


def _binary(node: tree.Binary, scope: Scope) -> Typed:
    if node.operator in ("is", "as"):
        return type_named(resolve(node.left, scope), node.operator, node.right, scope)
    left, right = resolve(node.left, scope), resolve(node.right, scope)
    for side, at in ((left, node.left), (right, node.right)):
        if isinstance(side, AnyOf):
            raise scope.fault(f"'{side.choice.name}' needs ofType() first", at.position)
    if node.operator in _LOGIC:
        left = condition(left, scope, node.left.position)
        right = condition(right, scope, node.right.position)
        return Operation("boolean", False, None, node.operator, "boolean", left, right)
    if node.operator == "|":
        return _union(node, left, right, scope)
    if node.operator == "in":
        return _membership(node, left, right, scope)
    if node.operator == "contains":
        return _membership(node, right, left, scope)
    if node.operator in _ORDER | _EQUALITY:
        return _comparison(node, left, right, scope)
    return _arithmetic(node, left, right, scope)


def _common_family(node: tree.Binary, left: Typed, right: Typed, scope: Scope) -> str:
    """As what two sides are taken; a date may be held against its text."""
    sides = {family(left), family(right)} - {""}
    if len(sides) == 2 and "string" in sides and sides <= {"date", "time", "string"}:
        return "string"
    if len(sides) > 1:
        what = " and ".join(sorted(sides))
        raise scope.fault(f"{what} do not go together with '{node.operator}'", node.position)
    return sides.pop() if sides else ""


def _simple_family(node: tree.Binary, left: Typed, right: Typed, scope: Scope) -> str:
    kind = _common_family(node, left, right, scope)
    if kind and kind not in ("boolean", "number", "string", "date", "time"):
        raise scope.fault(f"{kind} cannot be compared as a whole", node.position)
    return kind


def _comparison(node: tree.Binary, left: Typed, right: Typed, scope: Scope) -> Typed:
    kind = _simple_family(node, left, right, scope)
    if node.operator in _ORDER and kind == "boolean":
        raise scope.fault(f"booleans have no order for '{node.operator}'", node.position)
    if node.operator not in ("=", "!="):
        left = one(left, scope, node.left.position)
        right = one(right, scope, node.right.position)
    if node.operator == "!~":
        same = Operation("boolean", False, None, "~", kind, left, right)
        return Not("boolean", False, None, same)
    return Operation("boolean", False, None, node.operator, kind, left, right)


def _membership(node: tree.Binary, item: Typed, items: Typed, scope: Scope) -> Typed:
    kind = _simple_family(node, item, items, scope)
    if kind == "date":
        message = f"'{node.operator}' is not for dates: their precision may differ"
        raise scope.fault(message, node.position)
    item, items = one(item, scope, node.position), items
    template = "(case when $0 is not null then coalesce(list_contains($1, $0), false) end)"
    if kind == "number":
        template = (
            "(case when $0 is not null then coalesce(list_contains(cast($1 as "
            "decimal(38, 12)[]), cast($0 as decimal(38, 12))), false) end)"
        )
    return Listing("boolean", False, None, template, (item, items), frozenset({0}))


def _arithmetic(node: tree.Binary, left: Typed, right: Typed, scope: Scope) -> Typed:
    kind = _common_family(node, left, right, scope)
    allowed = {"+": ("number", "string", ""), "&": ("string", "")}
    if kind not in allowed.get(node.operator, ("number", "")):
        raise scope.fault(f"'{node.operator}' is not for {kind}", node.position)
    left = one(left, scope, node.left.position)
    right = one(right, scope, node.right.position)
    if kind != "number":
        return Operation(kind or "string", False, None, node.operator, kind, left, right)
    whole = left.type in _INTEGERS | {""} and right.type in _INTEGERS | {""}
    long = "integer64" in (left.type, right.type)
    result = "decimal"
    if node.operator == "div" or (whole and node.operator != "/"):
        result = "integer64" if long else "integer"
    family_ = "decimal" if result == "decimal" else "integer"
    return Operation(result, False, None, node.operator, family_, left, right)


def _union(node: tree.Binary, left: Typed, right: Typed, scope: Scope) -> Typed:
    if isinstance(left, Nothing):
        return right
    if isinstance(right, Nothing):
        return left
    kind = of_one_kind(left, right, "'|'", scope, node.position)
    parts = (*left.parts, right) if isinstance(left, Union) else (left, right)
    return Union(kind, True, left.shape, parts)


_RESOLVERS: dict[type[Syntax], Callable[[Any, Scope], Typed]] = {
    tree.This: _this,
    tree.Position: _position,
    tree.Nothing: _nothing,
    tree.Literal: _literal,
    tree.ConstantUse: _constant,
    tree.Member: _member,
    tree.Index: _index,
    tree.Call: _call,
    tree.Unary: _unary,
    tree.Binary: _binary,
}


def resolve(node: Syntax, scope: Scope) -> Typed:
    """Give a syntax node its meaning.

    Args:
        node: the syntax.
        scope: the item it is about and the constants it may use.

    Returns:
        The typed node.

    Raises:
        ViewError: an unknown element, function or constant, or types that do not fit.
    """
    return _RESOLVERS[type(node)](node, scope)


def resolve_path(
    path: Path,
    item: Typed,
    constants: Mapping[str, Constant],
    root: Shape,
    row: Typed,
    missing: dict[int, ViewError] | None = None,
) -> Typed:
    """Resolve a whole path on ``item``; see ``resolve``.

    Args:
        path: the path.
        item: what it starts from.
        constants: the constants of the view.
        root: the shape of the resource.
        row: what ``%rowIndex`` is.
        missing: where given, unknown elements are empty, and their faults are put here by position.
    """
    scope = Scope(path.place, item, constants, root, item, row, missing=missing)
    return resolve(path.root, scope)
