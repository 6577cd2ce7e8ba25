"""What a path is resolved in, and the steps that resolver and functions share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ingest.errors import ViewError
from ingest.fhir.view.lexer import Place
from ingest.fhir.view.shape import EMBEDDED, Shape
from ingest.fhir.view.tree import Constant
from ingest.fhir.view.typed import (
    AnyOf,
    Embedded,
    Field,
    Filter,
    Item,
    Nothing,
    Position,
    Single,
    Typed,
    Value,
)
from ingest.fhir.view.types import FAMILIES, PRIMITIVES, Choice, Element, elements

#: ``%rowIndex`` where nothing is iterated.
TOP_ROW = Value("integer", False, None, "0")


@dataclass(frozen=True)
class Scope:
    """What a path may refer to, and the place to tell faults with.

    Attributes:
        place: the expression and where it stands.
        item: what ``$this`` is.
        constants: the constants of the view.
        root: the shape of the resource.
        context: what the whole path starts from.
        row: what ``%rowIndex`` is.
        position: what ``$index`` is, within the criterion of a function.
        missing: where given, unknown elements are empty, and their faults are put here by position.
    """

    place: Place
    item: Typed
    constants: Mapping[str, Constant]
    root: Shape
    context: Typed
    row: Typed = TOP_ROW
    position: Typed | None = None
    missing: dict[int, ViewError] | None = None

    def within(self, base: Typed) -> Scope:
        """The scope of a criterion that is about one item of ``base``."""
        position = Position("integer", False, None) if base.many else TOP_ROW
        return replace(self, item=Item(base.type, False, base.shape), position=position)

    def fault(self, message: str, position: int) -> ViewError:
        """A fault at a position of the expression."""
        return self.place.fault(message, position)


def family(node: Typed) -> str:
    """As what a node is compared: boolean, number, string, date, time, or its complex type."""
    if node.type in PRIMITIVES:
        return FAMILIES.get(node.type, "string")
    return node.type


def one(node: Typed, scope: Scope, position: int) -> Typed:
    """The only item of a node; at most one is checked while running when it can hold more."""
    if not node.many:
        return node
    message = str(scope.fault("more than one value where one is expected", position))
    return Single(node.type, False, node.shape, node, message)


def condition(node: Typed, scope: Scope, position: int) -> Typed:
    """A node as a condition.

    Raises:
        ViewError: it is not boolean.
    """
    if node.type not in ("boolean", ""):
        raise scope.fault(f"a boolean expected, found {node.type}", position)
    return one(node, scope, position)


def of_one_kind(left: Typed, right: Typed, what: str, scope: Scope, position: int) -> str:
    """The type of a collection that holds items of two nodes; their shapes become one.

    Raises:
        ViewError: the types do not go together.
    """
    if isinstance(left, Nothing) or isinstance(right, Nothing):
        return left.type if isinstance(right, Nothing) else right.type
    if family(left) != family(right) or not left.type:
        sides = f"{left.type or 'a choice'} and {right.type or 'a choice'}"
        raise scope.fault(f"{sides} do not go together in {what}", position)
    if left.shape is not None and right.shape is not None:
        left.shape.unite(right.shape)
    return left.type if PRIMITIVES.get(left.type) == PRIMITIVES.get(right.type) else "decimal"


def member(base: Typed, name: str, scope: Scope, position: int) -> Typed:
    """An element of a node.

    Raises:
        ViewError: the type of the node has no such element.
    """
    if isinstance(base, AnyOf):
        raise scope.fault(f"'{base.choice.name}' needs ofType() first", position)
    if not base.type:
        return base
    if base.type in PRIMITIVES:
        return _of_primitive(base, name, scope, position)
    if base.type == EMBEDDED:
        base = embedded(base, None, scope)
    found = elements(base.type).get(name)
    if found is None:
        fault = scope.fault(_unknown(base.type, name), position)
        if scope.missing is None:
            raise fault
        scope.missing[position] = fault
        return Nothing("", False, None)
    if isinstance(base, Nothing):
        return Nothing(found.type if isinstance(found, Element) else "", False, None)
    if isinstance(found, Choice):
        return AnyOf("", base.many, None, base, found)
    return field(base, found)


def field(base: Typed, element: Element) -> Typed:
    """Read one element of a node, marking it in the shape of the node."""
    inside = base.shape.use(element) if base.shape is not None else None
    return Field(element.type, base.many or element.many, inside, base, element)


def embedded(base: Typed, resource: str | None, scope: Scope) -> Typed:
    """Resources inside a resource as what they are; of one type, or their common elements."""
    shape = Shape()
    scope.root.apart.append(shape)
    shape.use(Element("resourceType", "code", False))
    return Embedded(resource or EMBEDDED, base.many, shape, base, resource)


def _of_primitive(base: Typed, name: str, scope: Scope, position: int) -> Typed:
    """``id`` and ``extension`` of a primitive, which JSON keeps under ``_name`` beside it."""
    if isinstance(base, Nothing):
        return Nothing("", False, None)
    if not isinstance(base, Field) or name not in ("id", "extension"):
        raise scope.fault(f"{base.type} has no element '{name}'", position)
    many = base.element.many
    beside = Element(f"_{base.element.name}", "FHIRPrimitiveExtension", many)
    return member(field(base.base, beside), name, scope, position)


def _unknown(type_name: str, name: str) -> str:
    for element in elements(type_name).values():
        if isinstance(element, Choice):
            for option in element.options:
                if option.name == name:
                    return f"write {element.name}.ofType({option.type}) for '{name}'"
    return f"{type_name} has no element '{name}'"


def filtered(base: Typed, criterion: Typed) -> Typed:
    """The items of ``base`` for which ``criterion`` holds."""
    return Filter(base.type, base.many, base.shape, base, criterion)
