"""The FHIRPath functions a view may call, each resolved to typed nodes."""

from __future__ import annotations

from collections.abc import Callable

from ingest.fhir.view.scope import Scope, condition, family, field, filtered, member
from ingest.fhir.view.tree import Call, Member, Syntax, This
from ingest.fhir.view.typed import (
    AnyOf,
    Exists,
    First,
    Join,
    Not,
    Nothing,
    Operation,
    ReferenceKey,
    ResourceKey,
    Typed,
    Value,
)
from ingest.fhir.view.types import PRIMITIVES, Element, is_resource, model

Resolve = Callable[[Syntax, Scope], Typed]
Function = Callable[[Typed, Call, Scope, Resolve], Typed]

_REFERENCE = Element("reference", "string", False)
_ID = Element("id", "id", False)


def _where(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
    criterion = call.arguments[0]
    inside = scope.within(base)
    return filtered(base, condition(resolve(criterion, inside), inside, criterion.position))


def _exists(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
    if call.arguments:
        base = _where(base, call, scope, resolve)
    if isinstance(base, AnyOf):
        for option in base.choice.options:
            field(base.base, option)  # marks it as read
    return Exists("boolean", False, None, base)


def _empty(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
    return Not("boolean", False, None, _exists(base, call, scope, resolve))


def _first(base: Typed, _call: Call, _scope: Scope, _resolve: Resolve) -> Typed:
    return First(base.type, False, base.shape, base) if base.many else base


def _not(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
    return Not("boolean", False, None, condition(base, scope, call.position))


def _type_name(argument: Syntax, scope: Scope) -> str:
    """The type an argument names: ``Quantity``, ``FHIR.Quantity`` or ``System.String``."""
    if not isinstance(argument, Member):
        raise scope.fault("the name of a type expected", argument.position)
    name = argument.name
    if isinstance(argument.base, Member) and argument.base.name == "System":
        name = name[:1].lower() + name[1:]
    elif not isinstance(argument.base, This) and not isinstance(argument.base, Member):
        raise scope.fault("the name of a type expected", argument.position)
    if name not in PRIMITIVES and model(name) is None:
        raise scope.fault(f"'{name}' is no FHIR type", argument.position)
    return name


def _of_type(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
    name = _type_name(call.arguments[0], scope)
    if isinstance(base, AnyOf):
        option = base.choice.of_type(name)
        return field(base.base, option) if option else Nothing(name, False, None)
    if base.type == "Resource":
        raise scope.fault("ofType() on a contained resource is not supported", call.position)
    return base if base.type == name else Nothing(name, False, None)


def _text(argument: Syntax, scope: Scope, resolve: Resolve) -> str:
    value = resolve(argument, scope)
    if not isinstance(value, Value) or family(value) != "string":
        raise scope.fault("a string expected", argument.position)
    return value.text


def _extension(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
    url = _text(call.arguments[0], scope, resolve)
    extensions = member(base, "extension", scope, call.position)
    if not extensions.type:
        return Nothing("Extension", False, None)
    inside = scope.within(extensions)
    actual = member(inside.item, "url", inside, call.position)
    wanted = Value("string", False, None, url)
    return filtered(extensions, Operation("boolean", False, None, "=", "string", actual, wanted))


def _join(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
    if family(base) not in ("string", ""):
        raise scope.fault(f"join() is for strings, found {base.type}", call.position)
    separator = _text(call.arguments[0], scope, resolve) if call.arguments else ""
    return Join("string", False, None, base, separator)


def _resource_key(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
    if not is_resource(base.type):
        raise scope.fault(f"getResourceKey() is for resources, not {base.type}", call.position)
    return ResourceKey("string", base.many, None, field(base, _ID), base.type)


def _reference_key(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
    wanted = None
    if call.arguments:
        wanted = _type_name(call.arguments[0], scope)
        if not is_resource(wanted):
            raise scope.fault(f"'{wanted}' is no resource type", call.arguments[0].position)
    if isinstance(base, Nothing):
        return Nothing("string", False, None)
    if base.type != "Reference":
        raise scope.fault(f"getReferenceKey() is for references, not {base.type}", call.position)
    return ReferenceKey("string", base.many, None, field(base, _REFERENCE), wanted)


#: Function, fewest and most arguments, by name.
_FUNCTIONS: dict[str, tuple[Function, int, int]] = {
    "where": (_where, 1, 1),
    "exists": (_exists, 0, 1),
    "empty": (_empty, 0, 0),
    "first": (_first, 0, 0),
    "not": (_not, 0, 0),
    "ofType": (_of_type, 1, 1),
    "extension": (_extension, 1, 1),
    "join": (_join, 0, 1),
    "getResourceKey": (_resource_key, 0, 0),
    "getReferenceKey": (_reference_key, 0, 1),
}


def call_function(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
    """Resolve a call.

    Args:
        base: what the function is called on.
        call: the call itself.
        scope: where it stands.
        resolve: resolves its arguments.

    Returns:
        The typed node.

    Raises:
        ViewError: an unknown function, a wrong number of arguments or a wrong type.
    """
    if call.name not in _FUNCTIONS:
        raise scope.fault(f"the function '{call.name}' is not supported", call.position)
    function, fewest, most = _FUNCTIONS[call.name]
    if not fewest <= len(call.arguments) <= most:
        raise scope.fault(f"wrong number of arguments for '{call.name}'", call.position)
    whole = call.name == "ofType" or (call.name in ("exists", "empty") and not call.arguments)
    if isinstance(base, AnyOf) and not whole:
        raise scope.fault(f"'{base.choice.name}' needs ofType() first", call.position)
    return function(base, call, scope, resolve)
