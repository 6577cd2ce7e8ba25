"""Functions and operators about types: ofType, as, is."""

from __future__ import annotations

from ingest.fhir.view.functions_call import Function, Resolve, nothing
from ingest.fhir.view.scope import Scope, embedded, field, one
from ingest.fhir.view.shape import EMBEDDED
from ingest.fhir.view.tree import Call, Member, Syntax, This
from ingest.fhir.view.typed import AnyOf, Exists, Nothing, Scalar, Typed
from ingest.fhir.view.types import PRIMITIVES, is_resource, model

#: The types that a FHIR type is a specialisation of. [from memory]
_PARENTS = {
    "code": "string", "id": "string", "markdown": "string",
    "url": "uri", "canonical": "uri", "uuid": "uri", "oid": "uri",
    "positiveInt": "integer", "unsignedInt": "integer",
    "Age": "Quantity", "Count": "Quantity", "Distance": "Quantity", "Duration": "Quantity",
}  # fmt: skip
_IS_RESOURCE = "(coalesce(json_extract_string($0, '$.resourceType'), '') = '{}')"


def type_name(argument: Syntax, scope: Scope) -> str:
    """The type an argument names: ``Quantity``, ``FHIR.Quantity`` or ``System.String``.

    Raises:
        ViewError: it names none.
    """
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


def _fits(actual: str, wanted: str) -> bool:
    if wanted in ("Resource", "DomainResource"):
        return is_resource(actual)
    return wanted in (actual, _PARENTS.get(actual))


def of_type(base: Typed, wanted: str, scope: Scope) -> Typed:
    """The items of ``base`` that are of a type."""
    if isinstance(base, AnyOf):
        option = base.choice.of_type(wanted)
        return field(base.base, option) if option else nothing(wanted)
    if base.type == EMBEDDED and is_resource(wanted):
        return embedded(base, wanted, scope)
    return base if _fits(base.type, wanted) else nothing(wanted)


def type_named(base: Typed, what: str, argument: Syntax, scope: Scope) -> Typed:
    """``is`` and ``as``, written as operator or as function.

    Args:
        base: what is asked about; at most one item.
        what: ``is`` or ``as``.
        argument: names the type.
        scope: where it stands.

    Returns:
        A boolean (empty for nothing), or the item when it is of the type.
    """
    wanted = type_name(argument, scope)
    if what == "as":
        found = of_type(base, wanted, scope)
        return found if isinstance(found, AnyOf) else one(found, scope, argument.position)
    if isinstance(base, AnyOf):
        return _choice_is(base, wanted, scope, argument)
    base = one(base, scope, argument.position)
    if isinstance(base, Nothing):
        return nothing("boolean")
    if base.type == EMBEDDED:
        return Scalar("boolean", False, None, _IS_RESOURCE.format(wanted), (base,))
    verdict = "true" if _fits(base.type, wanted) else "false"
    return Scalar("boolean", False, None, f"(case when $0 is not null then {verdict} end)", (base,))


def _choice_is(base: AnyOf, wanted: str, scope: Scope, argument: Syntax) -> Typed:
    if base.many:
        raise scope.fault("'is' is for a single value", argument.position)
    if base.base.shape is not None:
        for option in base.choice.options:
            base.base.shape.use(option)
    some = Exists("boolean", False, None, base)
    chosen = base.choice.of_type(wanted)
    if chosen is None:
        template, values = "(case when $0 then false end)", (some,)
        return Scalar("boolean", False, None, template, values)
    this = Exists("boolean", False, None, field(base.base, chosen))
    template = "(case when $1 then true when $0 then false end)"
    return Scalar("boolean", False, None, template, (some, this))


def _of_type(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
    return of_type(base, type_name(call.arguments[0], scope), scope)


def _is(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
    return type_named(base, "is", call.arguments[0], scope)


def _as(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
    return type_named(base, "as", call.arguments[0], scope)


#: Function, fewest and most arguments, by name.
TYPES: dict[str, tuple[Function, int, int]] = {
    "ofType": (_of_type, 1, 1),
    "is": (_is, 1, 1),
    "as": (_as, 1, 1),
}
