"""A view with all its paths resolved: what to compute on which item, under which alias."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.errors import ViewError
from ingest.fhir.view.resolver import resolve_path
from ingest.fhir.view.scope import Scope, condition, one
from ingest.fhir.view.tree import Column, Constant, Path, Select, View
from ingest.fhir.view.typed import RESOURCE_TYPE, AnyOf, Item, Shape, Typed
from ingest.fhir.view.types import PRIMITIVES


@dataclass(frozen=True)
class PlannedColumn:
    """A column.

    Attributes:
        alias: its name inside the query.
        name: its name in the result.
        node: what it holds.
        fhir_type: declared type, or else that of the node.
        sql_type: DuckDB type.
        cast: whether the node has to be cast to it.
        collection: whether it is a list.
    """

    alias: str
    name: str
    node: Typed
    fhir_type: str
    sql_type: str
    cast: bool
    collection: bool


@dataclass(frozen=True)
class PlannedSelect:
    """A select.

    Attributes:
        alias: name of its list inside the query.
        loop: the items it repeats for, or None.
        or_null: whether it gives a row of nulls when there are no items.
        nullable: whether its item can be such a null.
        columns: its own columns.
        selects: its inner selects.
        union: the branches of its unionAll.
    """

    alias: str
    loop: Typed | None
    or_null: bool
    nullable: bool
    columns: tuple[PlannedColumn, ...]
    selects: tuple[PlannedSelect, ...]
    union: tuple[PlannedSelect, ...]

    def all_columns(self) -> Iterator[PlannedColumn]:
        """Columns in the order of the result: own, of inner selects, of the first branch."""
        yield from self.columns
        for child in self.selects:
            yield from child.all_columns()
        if self.union:
            yield from self.union[0].all_columns()


@dataclass(frozen=True)
class Plan:
    """A resolved view: its resource type, projection, conditions and root select."""

    resource: str
    shape: Shape
    where: tuple[Typed, ...]
    root: PlannedSelect


class _Planner:
    def __init__(self, constants: Mapping[str, Constant]) -> None:
        self.constants = constants
        self.number = 0

    def alias(self, kind: str) -> str:
        self.number += 1
        return f"{kind}{self.number}"

    def node(self, path: Path, item: Typed) -> Typed:
        found = resolve_path(path, item, self.constants)
        if isinstance(found, AnyOf):
            raise path.place.fault(f"'{found.choice.name}' needs ofType() first", 0)
        return found

    def select(self, select: Select, item: Typed, nullable: bool) -> PlannedSelect:
        loop = None
        if select.for_each is not None:
            loop = self.node(select.for_each, item)
            item = Item(loop.type, False, loop.shape)
            nullable = nullable or select.or_null
        branches = tuple(self.select(child, item, nullable) for child in select.union)
        _check_branches(select, branches)
        return PlannedSelect(
            alias=self.alias("l"),
            loop=loop,
            or_null=select.or_null,
            nullable=nullable,
            columns=tuple(self.column(column, item) for column in select.columns),
            selects=tuple(self.select(child, item, nullable) for child in select.selects),
            union=branches,
        )

    def column(self, column: Column, item: Typed) -> PlannedColumn:
        place = column.path.place
        node = self.node(column.path, item)
        if node.type and node.type not in PRIMITIVES:
            raise place.fault(f"a column holds a primitive value, not {node.type}", 0)
        if not column.collection:
            node = one(node, Scope(place, item, self.constants), 0)
        fhir_type = column.type or node.type or "string"
        sql_type = column.sql_type.upper() if column.sql_type else PRIMITIVES[fhir_type]
        actual = "BIGINT" if _computed(node) else PRIMITIVES.get(node.type, "VARCHAR")
        listed = column.collection
        return PlannedColumn(
            alias=self.alias("k"),
            name=column.name,
            node=node,
            fhir_type=fhir_type,
            sql_type=f"{sql_type}[]" if listed else sql_type,
            cast=actual != sql_type,
            collection=listed,
        )


def _computed(node: Typed) -> bool:
    return node.type == "integer" and hasattr(node, "operator")


def _check_branches(select: Select, branches: tuple[PlannedSelect, ...]) -> None:
    """Branches of a unionAll have the same columns: names, order, types."""
    signatures = [[(c.name, c.sql_type) for c in branch.all_columns()] for branch in branches]
    for number, signature in enumerate(signatures):
        if signature != signatures[0]:
            raise ViewError(
                f"{select.place}.unionAll[{number}]: other columns than in unionAll[0]: "
                f"{signature} and {signatures[0]}"
            )


def plan_view(view: View) -> Plan:
    """Resolve all paths of a view.

    Args:
        view: a checked ViewDefinition.

    Returns:
        The plan; its shape is complete.

    Raises:
        ViewError: a path that does not fit the resource, or branches that do not fit each other.
    """
    shape = Shape()
    shape.use(RESOURCE_TYPE)
    resource = Item(view.resource, False, shape)
    planner = _Planner(view.constants)
    conditions = []
    for path in view.where:
        scope = Scope(path.place, resource, view.constants)
        conditions.append(condition(planner.node(path, resource), scope, 0))
    whole = Select(place="select", selects=view.selects)
    return Plan(view.resource, shape, tuple(conditions), planner.select(whole, resource, False))
