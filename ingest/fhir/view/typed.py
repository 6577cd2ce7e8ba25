"""Typed nodes: what a path means, with the FHIR type and cardinality of every step.

A ``Shape`` goes along with every node that holds structs. Each step of a path marks the element it
reads in the shape of its base, so that afterwards the shape of the resource is exactly the
projection the query needs: an element no path names is never parsed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from ingest.fhir.view.types import PRIMITIVES, Choice, Element

#: Key that every projection reads: it says what the resource is.
RESOURCE_TYPE = Element("resourceType", "code", False)

#: After the name of a decimal: the key under which its digits stand when a double would lose them.
EXACT = "~"


class Shape:
    """The elements of one struct that a view reads."""

    def __init__(self) -> None:
        """Begin without elements."""
        self.children: dict[str, tuple[Element, Shape | None]] = {}

    def use(self, element: Element) -> Shape | None:
        """Mark an element as read.

        Returns:
            Its own shape; None for a primitive.
        """
        if element.name not in self.children:
            shape = None if element.type in PRIMITIVES else Shape()
            self.children[element.name] = (element, shape)
        return self.children[element.name][1]

    def unite(self, other: Shape) -> None:
        """Give two shapes the same elements, now and from here on."""
        for element, inside in list(other.children.values()):
            mine = self.use(element)
            if mine is not None and inside is not None and mine is not inside:
                mine.unite(inside)
        other.children = self.children

    def structure(self) -> object:
        """The structure for DuckDB's ``from_json``; a struct nobody looks into is text."""
        if not self.children:
            return "VARCHAR"
        found: dict[str, object] = {}
        for name, (element, inside) in self.children.items():
            if element.type == "decimal":
                found[name] = _listed(element, "DOUBLE")
                found[name + EXACT] = _listed(element, PRIMITIVES["decimal"])
            else:
                found[name] = _listed(
                    element, PRIMITIVES[element.type] if inside is None else inside
                )
        return found

    def structure_json(self) -> str:
        """``structure`` as the JSON text DuckDB wants."""
        return json.dumps(self.structure(), separators=(",", ":"))

    def decimals(self) -> set[str]:
        """Names of the decimal elements read, at any depth."""
        found: set[str] = set()
        for element, inside in self.children.values():
            if inside is not None:
                found |= inside.decimals()
            elif element.type == "decimal":
                found.add(element.name)
        return found


def _listed(element: Element, what: str | Shape) -> object:
    structure = what.structure() if isinstance(what, Shape) else what
    return [structure] if element.many else structure


@dataclass(frozen=True, eq=False)
class Typed:
    """A typed node.

    Attributes:
        type: FHIR type name; empty when nothing is known but that it is empty.
        many: whether it can hold more than one item; it is then a list in SQL.
        shape: what is read of it, for a complex type.
    """

    type: str
    many: bool
    shape: Shape | None


@dataclass(frozen=True, eq=False)
class Item(Typed):
    """The item a path is evaluated on: the resource, a forEach item, or ``$this``."""


@dataclass(frozen=True, eq=False)
class Nothing(Typed):
    """The empty collection."""


@dataclass(frozen=True, eq=False)
class Value(Typed):
    """A literal or constant, as text."""

    text: str


@dataclass(frozen=True, eq=False)
class Field(Typed):
    """An element of ``base``."""

    base: Typed
    element: Element


@dataclass(frozen=True, eq=False)
class AnyOf(Typed):
    """A choice element of which no type was chosen yet."""

    base: Typed
    choice: Choice


@dataclass(frozen=True, eq=False)
class Filter(Typed):
    """The items of ``base`` that meet ``condition``, which is about one item."""

    base: Typed
    condition: Typed


@dataclass(frozen=True, eq=False)
class At(Typed):
    """The item at an index counted from 0."""

    base: Typed
    index: Typed


@dataclass(frozen=True, eq=False)
class First(Typed):
    """The first item."""

    base: Typed


@dataclass(frozen=True, eq=False)
class Single(Typed):
    """The only item; more than one is a fault while running, told with ``message``."""

    base: Typed
    message: str


@dataclass(frozen=True, eq=False)
class Union(Typed):
    """The items of all parts."""

    parts: tuple[Typed, ...]


@dataclass(frozen=True, eq=False)
class Exists(Typed):
    """Whether ``base`` holds anything."""

    base: Typed


@dataclass(frozen=True, eq=False)
class Not(Typed):
    """The opposite of a boolean."""

    base: Typed


@dataclass(frozen=True, eq=False)
class Join(Typed):
    """The strings of ``base`` as one."""

    base: Typed
    separator: str


@dataclass(frozen=True, eq=False)
class ResourceKey(Typed):
    """``Type/id`` of a resource; ``base`` is its id."""

    base: Typed
    resource: str


@dataclass(frozen=True, eq=False)
class ReferenceKey(Typed):
    """``Type/id`` a reference points to; ``base`` holds the texts of references."""

    base: Typed
    resource: str | None


@dataclass(frozen=True, eq=False)
class Operation(Typed):
    """A binary operator; ``family`` says as what the two sides are taken."""

    operator: str
    family: str
    left: Typed
    right: Typed
