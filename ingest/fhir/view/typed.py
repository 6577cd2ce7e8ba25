"""Typed nodes: what a path means, with the FHIR type and cardinality of every step.

A ``Shape`` goes along with every node that holds structs, and knows what is read of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.fhir.view.shape import Shape
from ingest.fhir.view.types import Choice, Element

#: Key that every projection reads: it says what the resource is.
RESOURCE_TYPE = Element("resourceType", "code", False)


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
    """The items of all parts; of equal ones the first when ``distinct``."""

    parts: tuple[Typed, ...]
    distinct: bool = True


@dataclass(frozen=True, eq=False)
class Exists(Typed):
    """Whether ``base`` holds anything."""

    base: Typed


@dataclass(frozen=True, eq=False)
class Not(Typed):
    """The opposite of a boolean."""

    base: Typed


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


@dataclass(frozen=True, eq=False)
class RowIndex(Typed):
    """``%rowIndex``: the number of the item of a loop, counted from 0; ``loop`` is its alias."""

    loop: str


@dataclass(frozen=True, eq=False)
class Position(Typed):
    """``$index``: the number of ``$this`` within what a function goes through, from 0."""


@dataclass(frozen=True, eq=False)
class Scalar(Typed):
    """A function of single values; empty when one of them is.

    Attributes:
        template: SQL with ``$0``, ``$1``, … for the values.
        values: the values; at most one item each.
    """

    template: str
    values: tuple[Typed, ...]


@dataclass(frozen=True, eq=False)
class Listing(Typed):
    """A function of whole collections.

    Attributes:
        template: SQL with ``$0``, ``$1``, … for the arguments.
        arguments: collections (lists without nulls, null when empty) or single values.
        single: which of the arguments are single values.
    """

    template: str
    arguments: tuple[Typed, ...]
    single: frozenset[int] = frozenset()


@dataclass(frozen=True, eq=False)
class All(Typed):
    """Whether ``condition`` is true for every item of ``base``."""

    base: Typed
    condition: Typed


@dataclass(frozen=True, eq=False)
class Mapped(Typed):
    """What ``projection`` gives for each item of ``base``."""

    base: Typed
    projection: Typed


@dataclass(frozen=True, eq=False)
class Choose(Typed):
    """``then`` where ``condition`` is true, else ``otherwise``."""

    condition: Typed
    then: Typed
    otherwise: Typed


@dataclass(frozen=True, eq=False)
class Embedded(Typed):
    """Resources inside a resource, of one type (any type when ``resource`` is None), parsed."""

    base: Typed
    resource: str | None


@dataclass(frozen=True, eq=False)
class Boundary(Typed):
    """The lowest or highest value that a value of its precision can stand for.

    Attributes:
        base: the value.
        high: whether the highest is meant.
        precision: digits of the outcome, or None for all.
    """

    base: Typed
    high: bool
    precision: int | None
