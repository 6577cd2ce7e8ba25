"""Shapes: which elements of a struct a view reads, and so what has to be parsed.

Each step of a path marks the element it reads in the shape of its base. Afterwards the shape of
the resource is exactly the projection the query needs: an element no path names is never parsed.

A ``repeat`` makes a shape that goes along with its own descendants. In a structure it is written
out for ``UNROLLED`` levels; below that the elements that lead on are kept as JSON text, which the
query parses in turn when there is any.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ingest.errors import ViewError
from ingest.fhir.view.types import PRIMITIVES, Element

#: Levels of a repeat that are parsed together with the resource.
UNROLLED = 4
#: A resource inside a resource: of any type, so it is kept as text until its type is asked for.
EMBEDDED = "Resource"

Structure = Any


class Shape:
    """The elements of one struct that a view reads."""

    def __init__(self, *, repeats: bool = False, levels: int = UNROLLED) -> None:
        """Begin without elements.

        Args:
            repeats: whether it is the node of a repeat.
            levels: how many levels of such a node are written out.
        """
        # beside: shapes of the same struct; apart: those parsed later, from texts inside it
        self.children: dict[str, tuple[Element, Shape | None]] = {}
        self.beside: list[Shape] = []
        self.apart: list[Shape] = []
        self.repeats = repeats
        self.levels = levels

    def use(self, element: Element) -> Shape | None:
        """Mark an element as read.

        Returns:
            Its own shape; None for a primitive.
        """
        if element.name not in self.children:
            plain = element.type in PRIMITIVES or element.type == EMBEDDED
            self.children[element.name] = (element, None if plain else Shape())
        return self.children[element.name][1]

    def unite(self, other: Shape) -> None:
        """Give two shapes the same elements, now and from here on."""
        if self.children is other.children:
            return
        theirs, other.children = other.children, self.children
        self.beside.extend(shape for shape in other.beside if shape not in self.beside)
        other.beside = self.beside
        for element, inside in theirs.values():
            mine = self.use(element)
            if mine is not None and inside is not None:
                mine.unite(inside)

    def together(self) -> list[Shape]:
        """This shape and all that go along with it."""
        found: list[Shape] = []
        waiting: list[Shape] = [self]
        while waiting:
            shape = waiting.pop(0)
            if shape not in found:
                found.append(shape)
                waiting.extend(shape.beside)
        return found

    def heads(self) -> dict[str, tuple[Element, Shape]]:
        """The elements of a repeat's node that lead on to further nodes."""
        return {
            name: (element, inside)
            for name, (element, inside) in self.children.items()
            if inside is not None and _reaches(inside, self, [])
        }

    def structure(self) -> Structure:
        """The structure for DuckDB's ``from_json``; a struct nobody looks into is text."""
        return structure([self])

    def decimals(self) -> set[str]:
        """Names of the decimal elements read, at any depth."""
        return set(_decimals(self, []))


def structure(shapes: Sequence[Shape], levels: Mapping[Shape, int] | None = None) -> Structure:
    """The structure that serves several shapes at once.

    Args:
        shapes: the shapes.
        levels: how many levels of each repeat are above it already.

    Returns:
        Names and types nested as ``from_json`` wants them.
    """
    group = list(dict.fromkeys(s for shape in shapes for s in shape.together()))
    above = dict(levels or {})
    for shape in group:
        if shape.repeats:
            above[shape] = above.get(shape, 0) + 1
    cut = _kept_as_text(group, above)
    found: dict[str, tuple[Element, list[Shape]]] = {}
    for shape in group:
        for name, (element, inside) in shape.children.items():
            _, insides = found.setdefault(name, (element, []))
            insides.extend([inside] if inside is not None else [])
    if not found:
        return "VARCHAR"
    fields: dict[str, Structure] = {}
    for name, (element, insides) in found.items():
        if name in cut:
            fields[name] = "JSON"
        else:
            fields[name] = _listed(element, _inside(element, insides, above))
    return fields


def _kept_as_text(group: list[Shape], levels: Mapping[Shape, int]) -> set[str]:
    """The elements that lead on from the last level of a repeat.

    What is inside the repeat may look at them too: it gets a cast of the text. Another repeat that
    goes on through the same element needs them parsed, and gives the inner one a text.
    """
    last = [s for s in group if s.repeats and levels[s] >= s.levels]
    found = set()
    for name in {name for shape in last for name in shape.heads()}:
        cutters = [s for s in last if name in s.heads()]
        others = [s for s in group if name in s.children and s not in cutters]
        if any(s.repeats and name in s.heads() for s in others):
            continue
        casts = [along for s in cutters for shape in s.beside for along in shape.together()]
        if any(s not in casts for s in others):
            raise ViewError(
                f"select: '{name}' is repeated through, and another path looks into it just as "
                "deep; that is not supported in one view"
            )
        found.add(name)
    return found


def _inside(element: Element, shapes: list[Shape], levels: Mapping[Shape, int]) -> Structure:
    if shapes:
        return structure(shapes, levels)
    return PRIMITIVES.get(element.type, "VARCHAR")


def _listed(element: Element, what: Structure) -> Structure:
    return [what] if element.many else what


def _reaches(shape: Shape, goal: Shape, seen: list[Shape]) -> bool:
    if shape in seen:
        return False
    seen.append(shape)
    if goal in shape.together():
        return True
    insides = (inside for _, inside in shape.children.values() if inside is not None)
    return any(_reaches(inside, goal, seen) for inside in insides)


def _decimals(shape: Shape, seen: list[Shape]) -> Iterator[str]:
    for along in shape.together():
        if along in seen:
            continue
        seen.append(along)
        for inner in along.apart:
            yield from _decimals(inner, seen)
        for element, inside in along.children.values():
            if inside is not None:
                yield from _decimals(inside, seen)
            elif element.type == "decimal":
                yield element.name


def as_json(structured: Structure) -> str:
    """A structure as the JSON text DuckDB wants."""
    return json.dumps(structured, separators=(",", ":"))


def as_type(structured: Structure) -> str:
    """A structure as a SQL type."""
    if isinstance(structured, list):
        return f"{as_type(structured[0])}[]"
    if isinstance(structured, dict):
        fields = ", ".join(f'"{name}" {as_type(inside)}' for name, inside in structured.items())
        return f"struct({fields})"
    return str(structured).lower()
