"""The FHIRPath functions a view may call, each resolved to typed nodes."""

from __future__ import annotations

from ingest.fhir.view.functions_boundary import BOUNDARIES
from ingest.fhir.view.functions_call import Function, Resolve
from ingest.fhir.view.functions_keys import KEYS
from ingest.fhir.view.functions_lists import LISTS
from ingest.fhir.view.functions_scalar import SCALARS
from ingest.fhir.view.functions_types import TYPES, type_named
from ingest.fhir.view.scope import Scope, condition, filtered, member, of_one_kind
from ingest.fhir.view.tree import Call
from ingest.fhir.view.typed import (
    All,
    AnyOf,
    Choose,
    Exists,
    Mapped,
    Not,
    Nothing,
    Operation,
    Typed,
    Value,
)
from ingest.fhir.view.types import PRIMITIVES

__all__ = ["FUNCTIONS", "call_function", "type_named"]


def _where(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
    criterion = call.arguments[0]
    inside = scope.within(base)
    return filtered(base, condition(resolve(criterion, inside), inside, criterion.position))


def _select(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
    projected = resolve(call.arguments[0], scope.within(base))
    if isinstance(projected, AnyOf):
        raise scope.fault(f"'{projected.choice.name}' needs ofType() first", call.position)
    many = base.many or projected.many
    return Mapped(projected.type, many, projected.shape, base, projected)


def _all(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
    inside = scope.within(base)
    criterion = condition(resolve(call.arguments[0], inside), inside, call.arguments[0].position)
    return All("boolean", False, None, base, criterion)


def _exists(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
    if call.arguments:
        base = _where(base, call, scope, resolve)
    if isinstance(base, AnyOf) and base.base.shape is not None:
        for option in base.choice.options:
            base.base.shape.use(option)
    return Exists("boolean", False, None, base)


def _empty(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
    return Not("boolean", False, None, _exists(base, call, scope, resolve))


def _has_value(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
    if base.type and base.type not in PRIMITIVES:
        return Value("boolean", False, None, "false")
    if base.many:
        raise scope.fault("hasValue() is for a single value", call.position)
    return Exists("boolean", False, None, base)


def _get_value(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
    if base.type and base.type not in PRIMITIVES:
        raise scope.fault(f"getValue() is for a primitive, not {base.type}", call.position)
    return base


def _not(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
    return Not("boolean", False, None, condition(base, scope, call.position))


def _iif(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
    criterion, *branches = call.arguments
    whether = condition(resolve(criterion, scope), scope, criterion.position)
    then = resolve(branches[0], scope)
    otherwise = resolve(branches[1], scope) if len(branches) > 1 else Nothing("", False, None)
    for branch in (then, otherwise):
        if isinstance(branch, AnyOf):
            raise scope.fault(f"'{branch.choice.name}' needs ofType() first", call.position)
    kind = of_one_kind(then, otherwise, "iif()", scope, call.position)
    shape = then.shape or otherwise.shape
    return Choose(kind, then.many or otherwise.many, shape, whether, then, otherwise)


def _extension(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
    url = resolve(call.arguments[0], scope)
    if not isinstance(url, Value) or url.type not in ("string", "uri", "url", "canonical"):
        raise scope.fault("a string expected", call.arguments[0].position)
    extensions = member(base, "extension", scope, call.position)
    if isinstance(extensions, Nothing) or not extensions.type:
        return Nothing("Extension", False, None)
    inside = scope.within(extensions)
    actual = member(inside.item, "url", inside, call.position)
    return filtered(extensions, Operation("boolean", False, None, "=", "string", actual, url))


#: Function, fewest and most arguments, by name.
FUNCTIONS: dict[str, tuple[Function, int, int]] = {
    "where": (_where, 1, 1),
    "select": (_select, 1, 1),
    "all": (_all, 1, 1),
    "exists": (_exists, 0, 1),
    "empty": (_empty, 0, 0),
    "hasValue": (_has_value, 0, 0),
    "getValue": (_get_value, 0, 0),
    "not": (_not, 0, 0),
    "iif": (_iif, 2, 3),
    "extension": (_extension, 1, 1),
    **KEYS,
    **TYPES,
    **LISTS,
    **SCALARS,
    **BOUNDARIES,
}
#: Functions left out with a reason.
_MOMENT = ": a view gives the same rows at any moment"
LEFT_OUT = {
    "now": _MOMENT,
    "today": _MOMENT,
    "timeOfDay": _MOMENT,
    "resolve": ": a view sees one resource; join on getReferenceKey()",
}
#: Functions that make sense on a choice element of which no type was chosen.
_OF_CHOICES = frozenset({"ofType", "as", "is", "exists", "empty", "iif"})


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
    if call.name not in FUNCTIONS:
        why = LEFT_OUT.get(call.name, "")
        raise scope.fault(f"the function '{call.name}' is not supported{why}", call.position)
    function, fewest, most = FUNCTIONS[call.name]
    if not fewest <= len(call.arguments) <= most:
        raise scope.fault(f"wrong number of arguments for '{call.name}'", call.position)
    whole = call.name in _OF_CHOICES and not (call.name == "exists" and call.arguments)
    if isinstance(base, AnyOf) and not whole:
        raise scope.fault(f"'{base.choice.name}' needs ofType() first", call.position)
    return function(base, call, scope, resolve)
