"""Functions of whole collections: parts of them, combinations, counts and joins."""

from __future__ import annotations

from ingest.fhir.view.functions_call import Function, Resolve, nothing, single, text
from ingest.fhir.view.scope import Scope, family, of_one_kind, one
from ingest.fhir.view.tree import Call
from ingest.fhir.view.typed import AnyOf, First, Listing, Nothing, Typed, Union, Value

_SECOND = frozenset({1})


def _first(base: Typed, _call: Call, _scope: Scope, _resolve: Resolve) -> Typed:
    return First(base.type, False, base.shape, base) if base.many else base


def _last(base: Typed, _call: Call, _scope: Scope, _resolve: Resolve) -> Typed:
    return Listing(base.type, False, base.shape, "($0)[-1]", (base,)) if base.many else base


def _tail(base: Typed, _call: Call, _scope: Scope, _resolve: Resolve) -> Typed:
    return Listing(base.type, True, base.shape, "($0)[2:]", (base,))


def _sliced(template: str) -> Function:
    def function(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
        at = call.arguments[0].position
        number = single(resolve(call.arguments[0], scope), "number", call, scope, at)
        return Listing(base.type, True, base.shape, template, (base, number), _SECOND)

    return function


def _single(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
    return one(base, scope, call.position)


def _count(base: Typed, _call: Call, _scope: Scope, _resolve: Resolve) -> Typed:
    if isinstance(base, Nothing):
        return Value("integer", False, None, "0")
    return Listing("integer", False, None, "coalesce(len($0), 0)", (base,))


def _comparable(base: Typed, call: Call, scope: Scope) -> None:
    """Sets are made of primitives: a struct holds only what the view reads of it."""
    if base.shape is not None:
        raise scope.fault(f"{call.name}() is for primitives, not {base.type}", call.position)


def _distinct(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
    _comparable(base, call, scope)
    template = "list_filter($0, lambda $x, $y: list_position($0, $x) = $y)"
    return Listing(base.type, True, None, template, (base,))


def _is_distinct(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
    _comparable(base, call, scope)
    template = "coalesce(len($0) = len(list_distinct($0)), true)"
    return Listing("boolean", False, None, template, (base,))


def _truths(template: str) -> Function:
    def function(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
        if family(base) not in ("boolean", ""):
            raise scope.fault(f"{call.name}() is for booleans, not {base.type}", call.position)
        return Listing("boolean", False, None, template, (base,))

    return function


def _other(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> tuple[Typed, str]:
    other = resolve(call.arguments[0], scope)
    if isinstance(other, AnyOf):
        raise scope.fault(f"'{other.choice.name}' needs ofType() first", call.position)
    return other, of_one_kind(base, other, f"{call.name}()", scope, call.position)


def _united(distinct: bool) -> Function:
    def function(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
        other, kind = _other(base, call, scope, resolve)
        if isinstance(base, Nothing) or isinstance(other, Nothing):
            return other if isinstance(base, Nothing) else base
        return Union(kind, True, base.shape, (base, other), distinct)

    return function


def _compared(template: str) -> Function:
    def function(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
        other, kind = _other(base, call, scope, resolve)
        _comparable(base, call, scope)
        if family(base) == "number" and base.type != other.type:
            raise scope.fault(f"{call.name}() needs numbers of one type", call.position)
        if isinstance(base, Nothing):
            return base
        return Listing(kind, True, None, template, (base, other))

    return function


def _join(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
    if family(base) not in ("string", ""):
        raise scope.fault(f"join() is for strings, found {base.type}", call.position)
    separator = text(call.arguments[0], scope, resolve) if call.arguments else ""
    if isinstance(base, Nothing):
        return nothing("string")
    if not base.many:
        return base
    arguments = (base, Value("string", False, None, separator))
    # the list of an empty collection may be [], of which array_to_string makes ''
    template = "array_to_string(nullif($0, []), $1)"
    return Listing("string", False, None, template, arguments, _SECOND)


#: Function, fewest and most arguments, by name.
LISTS: dict[str, tuple[Function, int, int]] = {
    "first": (_first, 0, 0),
    "last": (_last, 0, 0),
    "tail": (_tail, 0, 0),
    "skip": (_sliced("($0)[greatest($1, 0) + 1:]"), 1, 1),
    "take": (_sliced("($0)[1:greatest($1, 0)]"), 1, 1),
    "single": (_single, 0, 0),
    "count": (_count, 0, 0),
    "distinct": (_distinct, 0, 0),
    "isDistinct": (_is_distinct, 0, 0),
    "allTrue": (_truths("coalesce(list_bool_and($0), true)"), 0, 0),
    "anyTrue": (_truths("coalesce(list_bool_or($0), false)"), 0, 0),
    "allFalse": (_truths("coalesce(not list_bool_or($0), true)"), 0, 0),
    "anyFalse": (_truths("coalesce(not list_bool_and($0), false)"), 0, 0),
    "union": (_united(True), 1, 1),
    "combine": (_united(False), 1, 1),
    "intersect": (
        _compared(
            "list_filter($0, lambda $x, $y: list_position($0, $x) = $y and list_contains($1, $x))"
        ),
        1,
        1,
    ),
    "exclude": (
        _compared("list_filter($0, lambda $x: not coalesce(list_contains($1, $x), false))"),
        1,
        1,
    ),
    "join": (_join, 0, 1),
}
