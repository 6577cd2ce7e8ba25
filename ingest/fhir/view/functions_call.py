"""What the resolver of a function gets, and how it reads its arguments."""

from __future__ import annotations

from collections.abc import Callable

from ingest.fhir.view.scope import Scope, family, one
from ingest.fhir.view.tree import Call, Syntax
from ingest.fhir.view.typed import AnyOf, Nothing, Typed, Value

Resolve = Callable[[Syntax, Scope], Typed]
Function = Callable[[Typed, Call, Scope, Resolve], Typed]


def single(node: Typed, wanted: str, call: Call, scope: Scope, position: int) -> Typed:
    """A node as the single value a function works on.

    Args:
        node: the node.
        wanted: families of types it may have, separated by spaces.
        call: the function.
        scope: where it is called.
        position: where the node stands.

    Raises:
        ViewError: another type.
    """
    if isinstance(node, AnyOf):
        raise scope.fault(f"'{node.choice.name}' needs ofType() first", position)
    kind = family(node)
    if kind and kind not in wanted.split():
        names = wanted.replace(" ", " or ")
        raise scope.fault(f"{call.name}() is for {names}, found {node.type}", position)
    return one(node, scope, position)


def whole_number(argument: Syntax, call: Call, scope: Scope, resolve: Resolve) -> int:
    """An argument that has to be written out, as an integer or a constant of the view.

    Raises:
        ViewError: it is anything else.
    """
    value = resolve(argument, scope)
    if not isinstance(value, Value) or family(value) != "number" or not value.text.isdigit():
        raise scope.fault(f"{call.name}() needs a whole number here", argument.position)
    return int(value.text)


def text(argument: Syntax, scope: Scope, resolve: Resolve) -> str:
    """An argument that has to be a written string, or a constant of the view.

    Raises:
        ViewError: it is anything else.
    """
    value = resolve(argument, scope)
    if not isinstance(value, Value) or family(value) != "string":
        raise scope.fault("a string expected", argument.position)
    return value.text


def nothing(type_name: str = "") -> Typed:
    """The empty collection."""
    return Nothing(type_name, False, None)
