"""From a ViewDefinition to one DuckDB query.

The resource is parsed once, into a struct of exactly the elements the view reads. All that is
evaluated on one item is evaluated in one step, lists for later loops included; every loop is then
a derived table that unnests one list and evaluates what is inside. Sibling loops follow each other
(which is their cross join), branches of a unionAll fork and come together. No path is unnested
where it is correlated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.errors import ViewError
from ingest.fhir.view.compiler_path import PathCompiler, plain, quoted
from ingest.fhir.view.definition import read_definition
from ingest.fhir.view.plan import Plan, PlannedColumn, PlannedSelect, plan_view
from ingest.fhir.view.typed import EXACT

#: Numbers that a double does not give back: trailing zeros, exponents, minus zero, very small ones
#: (which would come back with an exponent), and more digits than a double surely holds.
_INEXACT = r"(?:-0(?:[^.0-9]|\.0)|-?(?:[0-9]*\.[0-9]*0[^0-9]|[0-9.]+[eE]|0\.0000|[0-9.]{16}))"


@dataclass(frozen=True)
class ViewColumn:
    """A column of a compiled view.

    Attributes:
        name: its name.
        fhir_type: declared or inferred FHIR type.
        sql_type: DuckDB type.
        collection: whether it is a list.
    """

    name: str
    fhir_type: str
    sql_type: str
    collection: bool


@dataclass(frozen=True)
class CompiledView:
    """A compiled view: one query and the columns it yields, carried columns first in the query."""

    sql: str
    columns: tuple[ViewColumn, ...]


@dataclass(frozen=True)
class _Relation:
    """A step of the query and the columns it holds."""

    name: str
    live: tuple[str, ...]


def _aliases(select: PlannedSelect) -> Iterator[str]:
    """What a select adds to the step that evaluates the item it stands in."""
    if select.loop is not None:
        yield select.alias
        return
    yield from (column.alias for column in select.columns)
    for child in (*select.selects, *select.union):
        yield from _aliases(child)
    if select.union and select.nullable:
        yield f"leeg_{select.alias}"


class _Compiler:
    def __init__(self, plan: Plan, carry: tuple[str, ...]) -> None:
        self.plan = plan
        self.carry = carry
        self.paths = PathCompiler()
        self.steps: list[str] = []

    def step(self, sql: str, live: tuple[str, ...]) -> _Relation:
        name = f"stap{len(self.steps) + 1}"
        self.steps.append(f"{name} as (\n{sql}\n)")
        return _Relation(name, live)

    def materialize(self, relation: _Relation) -> None:
        """Compute a step once, however many steps read it; its source may be a stream."""
        number = int(relation.name.removeprefix("stap")) - 1
        self.steps[number] = self.steps[number].replace(" as (", " as materialized (", 1)

    # What is evaluated on one item ----------------------------------------------------------

    def evaluated(self, select: PlannedSelect, item: str) -> dict[str, str]:
        """Columns, lists of inner loops and marks of this item, by alias."""
        found = {c.alias: self.column(select, c, item) for c in select.columns}
        for child in (*select.selects, *select.union):
            if child.loop is None:
                found |= self.evaluated(child, item)
            else:
                found[child.alias] = self.items(child, select.nullable, item)
        if select.union and select.nullable:
            found[f"leeg_{select.alias}"] = f"{item} is null"
        return found

    def column(self, select: PlannedSelect, column: PlannedColumn, item: str) -> str:
        sql = self.paths.sql(column.node, item)
        if column.collection and not column.node.many:
            sql = f"(case when {sql} is not null then [{sql}] end)"
        if column.collection:
            sql = f"coalesce({sql}, [])"
        if column.cast:
            sql = f"cast({sql} as {column.sql_type.lower()})"
        if select.nullable and (column.collection or not plain(column.node)):
            sql = f"(case when {item} is not null then {sql} end)"
        return sql

    def items(self, select: PlannedSelect, nullable: bool, item: str) -> str:
        """The list a loop runs over."""
        if select.loop is None:
            raise AssertionError("only a loop has items")
        sql = self.paths.sql(select.loop, item)
        if not select.loop.many:
            sql = f"(case when {sql} is not null then [{sql}] end)"
        if select.or_null:
            return f"coalesce(nullif({sql}, []), [null])"
        return f"(case when {item} is null then [null] else {sql} end)" if nullable else sql

    # How steps follow each other ------------------------------------------------------------

    def follow(self, select: PlannedSelect, relation: _Relation) -> _Relation:
        """Run the loops and branches inside a select whose own columns are evaluated."""
        for child in select.selects:
            relation = self.enter(child, relation)
        return self.fork(select, relation) if select.union else relation

    def enter(self, select: PlannedSelect, relation: _Relation) -> _Relation:
        """Run a select: unnest its list when it is a loop, then what is inside."""
        if select.loop is None:
            return self.follow(select, relation)
        kept = tuple(alias for alias in relation.live if alias != select.alias)
        item = f"e_{select.alias}"
        inside = self.evaluated(select, item)
        columns = [*kept, *(f"{sql} as {alias}" for alias, sql in inside.items())]
        source = ", ".join([*kept, f"unnest({select.alias}) as {item}"])
        sql = (
            f"    select {', '.join(columns)}\n    from (select {source} from {relation.name}) as u"
        )
        return self.follow(select, self.step(sql, (*kept, *inside)))

    def fork(self, select: PlannedSelect, relation: _Relation) -> _Relation:
        """Run the branches of a unionAll and put their rows under each other."""
        mark = f"leeg_{select.alias}"
        self.materialize(relation)
        private = [set(_aliases(branch)) for branch in select.union]
        shared = [
            alias
            for alias in relation.live
            if alias != mark and not any(alias in aliases for aliases in private)
        ]
        wanted = [column.alias for column in select.union[0].all_columns()]
        ends = []
        for number, branch in enumerate(select.union):
            kept = (*shared, *(a for a in relation.live if a in private[number]))
            only = f" where not {mark}" if number and select.nullable else ""
            sql = f"    select {', '.join(kept)} from {relation.name}{only}"
            end = self.enter(branch, self.step(sql, kept))
            own = [column.alias for column in branch.all_columns()]
            names = [f"{a} as {w}" for a, w in zip(own, wanted, strict=True)]
            ends.append(f"    select {', '.join([*shared, *names])} from {end.name}")
        return self.step("\n    union all\n".join(ends), (*shared, *wanted))

    # The whole ------------------------------------------------------------------------------

    def parsed(self) -> str:
        """The text as it is parsed: decimals a double would not give back are moved aside.

        A double gives back the digits of most decimals and is the fastest to parse. Where it would
        not (``2.00``, ``1e-7``, sixteen digits), the number is quoted under a key of its own.
        """
        names = sorted(self.plan.shape.decimals())
        if not names:
            return "tekst"
        one_of = names[0] if len(names) == 1 else f"(?:{'|'.join(names)})"
        inexact = rf'"{one_of}"\s*:\s*{_INEXACT}'
        number = rf'"({one_of})"\s*:\s*(-?[0-9][0-9.eE+-]*)'
        aside = rf'"\1{EXACT}":"\2"'
        return (
            f"case when regexp_matches(tekst, '{inexact}') "
            f"then regexp_replace(tekst, '{number}', '{aside}', 'g') else tekst end"
        )

    def gelezen(self) -> str:
        """The texts that can be of the resource type, parsed; broken ones too, so that they fail.

        ``random() < 2`` always holds. It keeps the optimizer from pushing the conditions on ``r``
        below this step, which would parse every text once more.
        """
        structure = quoted(self.plan.shape.structure_json())
        carried = "".join(f"{name}, " for name in self.carry)
        name = quoted(f'"{self.plan.resource}"')
        return (
            f"    select {carried}from_json(\n"
            f"        case when random() < 2 then {self.parsed()} end, {structure}\n"
            f"    ) as r\n    from bron\n    where contains(tekst, {name})\n"
            f"      or contains(tekst, '\\u') or not json_valid(tekst)"
        )

    def query(self, source_sql: str) -> str:
        carried = "".join(f"{name}, " for name in self.carry)
        root = self.plan.root
        inside = self.evaluated(root, "r")
        conditions = [f'r."resourceType" = {quoted(self.plan.resource)}']
        conditions += [self.paths.sql(node, "r") for node in self.plan.where]
        columns = ", ".join(f"{sql} as {alias}" for alias, sql in inside.items())
        relation = self.step(
            f"    select {carried}{columns}\n    from gelezen\n    where "
            + "\n      and ".join(conditions),
            (*self.carry, *inside),
        )
        end = self.follow(root, relation)
        names = ", ".join(f'{c.alias} as "{c.name}"' for c in root.all_columns())
        steps = ",\n".join(self.steps)
        return (
            f"with bron as (\n{source_sql}\n),\ngelezen as (\n{self.gelezen()}\n"
            f"),\n{steps}\nselect {carried}{names}\nfrom {end.name}"
        )


def compile_view(
    view: dict[str, Any], source_sql: str, *, carry: tuple[str, ...] = ()
) -> CompiledView:
    """Compile a SQL on FHIR ViewDefinition.

    Args:
        view: the ViewDefinition as parsed JSON.
        source_sql: a query that yields ``tekst``, the JSON text of one resource a row, of any
            resource type, and the columns named in ``carry``.
        carry: columns of the source to keep before the columns of the view.

    Returns:
        The query and its columns.

    Raises:
        ViewError: the view is invalid or asks for something unsupported; the message names the
            element of the view and the position in the path.
    """
    plan = plan_view(read_definition(view))
    names = [column.name for column in plan.root.all_columns()]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ViewError(f"select: column names must differ: {', '.join(sorted(twice))}")
    return CompiledView(
        sql=_Compiler(plan, carry).query(source_sql),
        columns=tuple(
            ViewColumn(c.name, c.fhir_type, c.sql_type, c.collection)
            for c in plan.root.all_columns()
        ),
    )
