"""Planning ``repeat``: what its nodes are, and how one leads to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.errors import ViewError
from ingest.fhir.view.scope import TOP_ROW
from ingest.fhir.view.shape import UNROLLED, Shape
from ingest.fhir.view.tree import Path
from ingest.fhir.view.typed import AnyOf, Item, Nothing, Typed
from ingest.fhir.view.types import PRIMITIVES

Resolver = Callable[[Path, Typed, Typed, dict[int, ViewError]], Typed]
Faults = dict[tuple[Path, int], ViewError]


@dataclass(frozen=True)
class Repeat:
    """A repeat with its paths resolved.

    Attributes:
        starts: the first nodes, on the item the repeat stands in, by path.
        links: the next nodes, on a node, by path.
        node: what is read of a node to go on.
        item: a node as what is inside the repeat sees it.
    """

    starts: tuple[Typed, ...]
    links: tuple[Typed, ...]
    node: Shape
    item: Item


def plan_repeat(
    paths: tuple[Path, ...],
    resolve: Resolver,
    item: Typed,
    row: Typed,
    own_row: Typed,
    *,
    nested: bool,
) -> Repeat:
    """Resolve the paths of a repeat on the item it stands in and on its own nodes.

    A path need not mean something on both: ``answer.item`` leads from an item of a questionnaire
    onwards but not from the questionnaire.

    Args:
        paths: the paths.
        resolve: resolves a path on an item, given what ``%rowIndex`` is there.
        item: the item the repeat stands in.
        row: what ``%rowIndex`` is there.
        own_row: what it is inside the repeat.
        nested: whether it stands in another repeat.

    Raises:
        ViewError: a path that means nothing anywhere, or nodes of several types.
    """
    if not paths:
        return Repeat((), (), Shape(), Item("", False, Shape()))
    starts, faults = _resolved(paths, resolve, item, row)
    if not starts:
        raise next(iter(faults.values()))
    kind = _only_type(starts)
    node = Shape(repeats=True, levels=1 if nested else UNROLLED)
    seen = Shape()
    node.beside.append(seen)
    links, others = _resolved(paths, resolve, Item(kind, False, node), TOP_ROW)
    for place in faults:
        if place in others:
            raise others[place]
    _only_type(starts | links)
    for found in (*starts.values(), *links.values()):
        if found.shape is not None and node not in found.shape.beside:
            found.shape.beside.append(node)
    return Repeat(tuple(starts.values()), tuple(links.values()), node, Item(kind, False, seen))


def _resolved(
    paths: tuple[Path, ...], resolve: Resolver, item: Typed, row: Typed
) -> tuple[dict[Path, Typed], Faults]:
    """What the paths lead to from an item, and the elements that it does not have."""
    found: dict[Path, Typed] = {}
    faults: Faults = {}
    for path in paths:
        missing: dict[int, ViewError] = {}
        node = resolve(path, item, row, missing)
        faults |= {(path, position): fault for position, fault in missing.items()}
        if isinstance(node, AnyOf):
            raise path.place.fault(f"'{node.choice.name}' needs ofType() first", 0)
        if isinstance(node, Nothing) and missing:
            continue
        if node.type in PRIMITIVES or node.shape is None:
            what = node.type or "nothing"
            raise path.place.fault(f"repeat goes through elements, not {what}", 0)
        found[path] = node
    return found, faults


def _only_type(found: dict[Path, Typed]) -> str:
    first = next(iter(found.values())).type
    for path, node in found.items():
        if node.type != first:
            raise path.place.fault(f"this leads to {node.type}, another path to {first}", 0)
    return first
