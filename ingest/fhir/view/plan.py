"""A view with all its paths resolved: what to compute on which item, under which alias."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.errors import ViewError
from ingest.fhir.view.plan_repeat import Repeat, plan_repeat
from ingest.fhir.view.resolver import resolve_path
from ingest.fhir.view.scope import TOP_ROW, Scope, condition, one
from ingest.fhir.view.shape import Shape
from ingest.fhir.view.tree import Column, Constant, Path, Select, View
from ingest.fhir.view.typed import (
    RESOURCE_TYPE,
    AnyOf,
    Field,
    Filter,
    First,
    Item,
    RowIndex,
    Single,
    Typed,
)
from ingest.fhir.view.types import PRIMITIVES

_WHOLE = ("INTEGER", "BIGINT")


@dataclass(frozen=True)
class PlannedColumn:
    """A column.

    Attributes:
        alias: its name inside the query.
        name: its name in the result.
        place: path of its expression in the view.
        node: what it holds.
        fhir_type: declared type, or else that of the node.
        sql_type: DuckDB type.
        cast: whether the node has to be cast to it.
        collection: whether it is a list.
    """

    alias: str
    name: str
    place: str
    node: Typed
    fhir_type: str
    sql_type: str
    cast: bool
    collection: bool


@dataclass(frozen=True)
class PlannedSelect:
    """A select.

    Attributes:
        alias: name of the list it repeats for inside the query.
        loop: the items it repeats for, or None.
        or_null: whether it gives a row of nulls when there are no items.
        nullable: whether its item can be such a null.
        columns: its own columns.
        selects: its inner selects.
        union: the branches of its unionAll.
    """

    alias: str
    loop: Typed | Repeat | None
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


@dataclass(frozen=True)
class _Around:
    """What a select stands in: the item, what ``%rowIndex`` is, how deep in repeats."""

    item: Typed
    row: Typed = TOP_ROW
    nullable: bool = False
    repeats: int = 0


class _Planner:
    def __init__(self, constants: Mapping[str, Constant], root: Shape) -> None:
        self.constants = constants
        self.root = root
        self.number = 0

    def alias(self, kind: str) -> str:
        self.number += 1
        return f"{kind}{self.number}"

    def node(self, path: Path, around: _Around) -> Typed:
        found = resolve_path(path, around.item, self.constants, self.root, around.row)
        if isinstance(found, AnyOf):
            raise path.place.fault(f"'{found.choice.name}' needs ofType() first", 0)
        return found

    def loop(
        self, select: Select, around: _Around, alias: str
    ) -> tuple[Typed | Repeat | None, _Around]:
        """What a select repeats for, and what its inside then stands in."""
        row = RowIndex("integer", False, None, alias)
        if select.for_each is not None:
            found = self.node(select.for_each, around)
            item = Item(found.type, False, found.shape)
            nullable = around.nullable or select.or_null
            return found, _Around(item, row, nullable, around.repeats)
        if select.repeat is not None:
            repeat = plan_repeat(
                select.repeat,
                lambda path, item, shown, missing: resolve_path(
                    path, item, self.constants, self.root, shown, missing
                ),
                around.item,
                around.row,
                row,
                nested=around.repeats > 0,
            )
            inside = _Around(repeat.item, row, around.nullable, around.repeats + 1)
            return repeat, inside
        return None, around

    def select(self, select: Select, around: _Around) -> PlannedSelect:
        alias = self.alias("l")
        loop, inside = self.loop(select, around, alias)
        branches = tuple(self.select(child, inside) for child in select.union)
        _check_branches(select, branches)
        columns = tuple(self.column(column, inside) for column in select.columns)
        selects = tuple(self.select(child, inside) for child in select.selects)
        return PlannedSelect(
            alias=alias,
            loop=loop,
            or_null=select.or_null,
            nullable=inside.nullable,
            columns=columns,
            selects=selects,
            union=branches,
        )

    def column(self, column: Column, around: _Around) -> PlannedColumn:
        place = column.path.place
        node = self.node(column.path, around)
        if node.type and node.type not in PRIMITIVES:
            raise place.fault(f"a column holds a primitive value, not {node.type}", 0)
        if not column.collection:
            scope = Scope(place, around.item, self.constants, self.root, around.item)
            node = one(node, scope, 0)
        fhir_type = column.type or node.type or "string"
        sql_type = column.sql_type.upper() if column.sql_type else PRIMITIVES[fhir_type]
        listed = column.collection
        return PlannedColumn(
            alias=self.alias("k"),
            name=column.name,
            place=place.path,
            node=node,
            fhir_type=fhir_type,
            sql_type=f"{sql_type}[]" if listed else sql_type,
            cast=_sql_type(node) != sql_type,
            collection=listed,
        )


def _sql_type(node: Typed) -> str:
    """The type of the SQL of a node; a computed whole number is wider than one that is read."""
    found = PRIMITIVES.get(node.type, "VARCHAR")
    while isinstance(node, First | Single | Filter):
        node = node.base
    return "computed" if found in _WHOLE and not isinstance(node, Field | Item) else found


def _check_branches(select: Select, branches: tuple[PlannedSelect, ...]) -> None:
    """Branches of a unionAll have the same columns: names, order, types."""
    signatures = [[(c.name, c.sql_type) for c in branch.all_columns()] for branch in branches]
    for number, signature in enumerate(signatures):
        if signature != signatures[0]:
            found, wanted = (
                ", ".join(f"{name} {kind}" for name, kind in columns)
                for columns in (signature, signatures[0])
            )
            raise ViewError(
                f"{select.place}.unionAll[{number}]: other columns than in unionAll[0]: "
                f"{found or 'none'}; expected {wanted or 'none'}"
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
    around = _Around(Item(view.resource, False, shape))
    planner = _Planner(view.constants, shape)
    conditions = []
    for path in view.where:
        scope = Scope(path.place, around.item, view.constants, shape, around.item)
        conditions.append(condition(planner.node(path, around), scope, 0))
    whole = Select(place="select", selects=view.selects)
    return Plan(view.resource, shape, tuple(conditions), planner.select(whole, around))
