"""From a ViewDefinition to one DuckDB query.

The resource is parsed once, into a struct of exactly the elements the view reads. All that is
evaluated on one item is evaluated in one step, lists for later loops included; every loop is then
a derived table that unnests one list and evaluates what is inside. Sibling loops follow each other
(which is their cross join); the rows of a unionAll are one such list. No path is unnested where it
is correlated, and nothing is materialised: the query streams.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ingest.errors import ViewError
from ingest.fhir.view.compiler_items import ItemCompiler, in_steps
from ingest.fhir.view.compiler_path import PathCompiler, quoted
from ingest.fhir.view.compiler_repeat import RepeatCompiler
from ingest.fhir.view.compiler_rows import RowsCompiler
from ingest.fhir.view.compiler_walk import WalkCompiler
from ingest.fhir.view.definition import read_definition
from ingest.fhir.view.plan import Plan, PlannedSelect, plan_view
from ingest.fhir.view.plan_repeat import Repeat
from ingest.fhir.view.shape import as_json, as_type

#: Numbers that a double does not give back: zeros at the end (but 5.0 it does), exponents, minus
#: zero, very small ones (which would come back with an exponent), and more digits than a double
#: surely holds. What follows is matched too, so that it is a whole number that matches.
_INEXACT = r"(-0|-?(?:[0-9]+\.[0-9]+0|[0-9.]+[eE][-+]?[0-9]+|0\.0000[0-9]*|[0-9.]{16,}))([,}\s])"

#: Writes the query that reads the elements of resources, given their names and SQL types.
ElementsSql = Callable[[str], str]

#: What a query over texts nobody looked at stops with.
NO_RESOURCE = "a text is no resource, or a Bundle"


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
    """A compiled view.

    Attributes:
        sql: one query.
        columns: the columns it yields, after the carried columns.
        decimals: whether it reads decimals.
    """

    sql: str
    columns: tuple[ViewColumn, ...]
    decimals: bool


@dataclass(frozen=True)
class _Relation:
    """A step of the query and the columns it holds."""

    name: str
    live: tuple[str, ...]


class _Compiler:
    def __init__(
        self, plan: Plan, source: str | ElementsSql, carry: tuple[str, ...], *, unseen: bool
    ) -> None:
        self.plan = plan
        self.carry = carry
        self.unseen = unseen
        self.source = source
        self.paths = PathCompiler()
        self.items = ItemCompiler(self.paths)
        self.rows = RowsCompiler(self.items)
        self.steps: list[str] = []

    def step(self, sql: str, live: tuple[str, ...]) -> _Relation:
        name = f"stap{len(self.steps) + 1}"
        self.steps.append(f"{name} as (\n{sql}\n)")
        return _Relation(name, live)

    # What is evaluated on one item ----------------------------------------------------------

    def evaluated(self, select: PlannedSelect, item: str) -> dict[str, str]:
        """Columns, and lists of inner loops and of rows of a unionAll, by alias."""
        found = {
            c.alias: self.items.column(c, item, nullable=select.nullable) for c in select.columns
        }
        for child in select.selects:
            if child.loop is None:
                found |= self.evaluated(child, item)
            else:
                found[child.alias] = self.looped(child, select.nullable, item)
        if select.union:
            sql = self.rows.union(select, item)
            if select.nullable:
                nothing = self.rows.nothing(select.union[0])
                sql = f"(case when {item} is null then [{nothing}] else {sql} end)"
            found[f"u_{select.alias}"] = sql
        return found

    def looped(self, select: PlannedSelect, nullable: bool, item: str) -> str:
        """The list a loop runs over; one null stands for no items where that gives a row."""
        if repeat := in_steps(select):
            sql = RepeatCompiler(self.paths, repeat).first(item)
        else:
            sql = self.items.listed(select, item)
        if select.or_null:
            return f"coalesce(nullif({sql}, []), [null])"
        return f"(case when {item} is null then [null] else {sql} end)" if nullable else sql

    # How steps follow each other ------------------------------------------------------------

    def follow(self, select: PlannedSelect, relation: _Relation) -> _Relation:
        """Run the loops and the unionAll inside a select whose own columns are evaluated."""
        for child in select.selects:
            if child.loop is None:
                relation = self.follow(child, relation)
            else:
                relation = self.enter(child, relation)
        return self.spread(select, relation) if select.union else relation

    def enter(self, select: PlannedSelect, relation: _Relation) -> _Relation:
        """Run a loop: unnest its list, then what is inside."""
        if repeat := in_steps(select):
            return self.follow(select, self.walk(select, repeat, relation))
        kept = tuple(alias for alias in relation.live if alias != select.alias)
        number = f"i_{select.alias}"
        self.paths.rows[select.alias] = number
        inside = self.evaluated(select, f"e_{select.alias}")
        columns = [*kept, *(f"{sql} as {alias}" for alias, sql in inside.items())]
        source = [*kept, f"unnest({select.alias}) as e_{select.alias}"]
        if any(re.search(rf"\b{number}\b", sql) for sql in inside.values()):
            source.append(f"unnest(range(len({select.alias}))) as {number}")
        return self.follow(select, self.unnested(source, columns, relation, (*kept, *inside)))

    def walk(self, select: PlannedSelect, repeat: Repeat, relation: _Relation) -> _Relation:
        """Run a repeat level by level, and evaluate what is inside."""
        loop = RepeatCompiler(self.paths, repeat)
        walk = WalkCompiler(loop, select.alias, lambda node: self.evaluated(select, node))
        for turn in walk.turns(tuple(alias for alias in relation.live if alias != select.alias)):
            relation = self.unnested([*turn.source], [*turn.columns], relation, turn.live)
        return relation

    def spread(self, select: PlannedSelect, relation: _Relation) -> _Relation:
        """Unnest the rows of a unionAll."""
        rows = f"u_{select.alias}"
        kept = tuple(alias for alias in relation.live if alias != rows)
        inside = [column.alias for column in select.union[0].all_columns()]
        columns = [*kept, *(f"rij.{alias} as {alias}" for alias in inside)]
        source = [*kept, f"unnest({rows}) as rij"]
        return self.unnested(source, columns, relation, (*kept, *inside))

    def unnested(
        self, source: list[str], columns: list[str], relation: _Relation, live: tuple[str, ...]
    ) -> _Relation:
        return self.step(
            f"    select {', '.join(columns)}\n"
            f"    from (select {', '.join(source)} from {relation.name}) as u",
            live,
        )

    # The whole ------------------------------------------------------------------------------

    def parsed(self) -> str:
        """The text as it is parsed: decimals a double would not give back are quoted.

        Decimals are read as text. Of a number that is the text of its double, which gives back the
        digits of most decimals; where it would not (``2.00``, ``1e-7``, sixteen digits), the number
        is made a text before it is parsed.
        """
        names = sorted(self.plan.shape.decimals())
        if not names:
            return "tekst"
        if len(names) == 1:  # begins with letters, which are searched for at the speed of memory
            pattern, kept = f'{names[0]}"', f'{names[0]}":"\\1"\\2'
        else:
            pattern, kept = f'"({"|".join(names)})"', '"\\1":"\\2"\\3'
        pattern = rf"{pattern}\s*:\s*{_INEXACT}"
        begin = '{"resourceType":"'
        # whose first letters say another type, its decimals are not looked at
        searched = (
            f"not starts_with(tekst, '{begin}') "
            f"or starts_with(tekst, '{begin}{self.plan.resource}\"')"
        )
        return (
            f"case when ({searched}) and regexp_matches(tekst, '{pattern}') "
            f"then regexp_replace(tekst, '{pattern}', '{kept}', 'g') else tekst end"
        )

    def gelezen(self) -> str:
        """The texts, parsed.

        ``random() < 2`` always holds. It keeps the optimizer from pushing the conditions on ``r``
        below this step, which would parse every text once more.
        """
        structure = self.plan.shape.structure()
        if not isinstance(self.source, str):
            parts = [f"{quoted(name)}: {quoted(as_type(kind))}" for name, kind in structure.items()]
            return f"gelezen as (\n{self.source('{' + ', '.join(parts) + '}')}\n)"
        carried, kinds = "".join(f"{name}, " for name in self.carry), quoted(as_json(structure))
        return (
            f"bron as (\n{self.source}\n),\ngelezen as (\n"
            f"    select {carried}from_json(\n"
            f"        case when random() < 2 then {self.parsed()} end, {kinds}\n"
            f"    ) as r\n    from bron\n)"
        )

    def of_type(self) -> str:
        """Whether a text is a resource of the type of the view."""
        found, wanted = 'r."resourceType"', quoted(self.plan.resource)
        if not self.unseen:
            return f"{found} = {wanted}"
        missed = "" if self.plan.resource == "Bundle" else f" or {found} = 'Bundle'"
        return (
            f"case when {found} = {wanted} then true\n"
            f"        when {found} is null{missed} then error({quoted(NO_RESOURCE)})\n"
            "        else false end"
        )

    def query(self) -> str:
        carried = "".join(f"{name}, " for name in self.carry)
        root = self.plan.root
        inside = self.evaluated(root, "r")
        conditions = [self.of_type()]
        conditions += [self.paths.sql(node, "r") for node in self.plan.where]
        columns = ", ".join(f"{sql} as {alias}" for alias, sql in inside.items())
        whole = "" if isinstance(self.source, str) else " as r"
        relation = self.step(
            f"    select {carried}{columns}\n    from gelezen{whole}\n    where "
            + "\n      and ".join(conditions),
            (*self.carry, *inside),
        )
        end = self.follow(root, relation)
        names = ", ".join(f'{c.alias} as "{c.name}"' for c in root.all_columns())
        steps = ",\n".join(self.steps)
        return f"with {self.gelezen()},\n{steps}\nselect {carried}{names}\nfrom {end.name}"


def compile_view(
    view: dict[str, Any],
    source_sql: str | ElementsSql,
    *,
    carry: tuple[str, ...] = (),
    unseen: bool = False,
) -> CompiledView:
    """Compile a SQL on FHIR ViewDefinition.

    Args:
        view: the ViewDefinition as parsed JSON.
        source_sql: a query that yields ``tekst``, the JSON text of one resource a row, of any
            resource type, and the columns named in ``carry``. Or what writes a query that yields
            the elements themselves, given their names and types; digits of decimals are then lost.
        carry: columns of the source to keep before the columns of the view.
        unseen: whether nobody looked at the texts: the query then stops with ``NO_RESOURCE`` at
            one without a resource type, and at a Bundle, whose resources would be missed.

    Returns:
        The query and its columns.

    Raises:
        ViewError: the view is invalid or asks for something unsupported; the message names the
            element of the view and the position in the path.
    """
    plan = plan_view(read_definition(view))
    names = Counter(column.name.lower() for column in plan.root.all_columns())
    if twice := sorted(name for name, number in names.items() if number > 1):
        raise ViewError(
            f"select: column names must differ: {', '.join(twice)} (capitals do not count)"
        )
    return CompiledView(
        sql=_Compiler(plan, source_sql, carry, unseen=unseen).query(),
        columns=tuple(
            ViewColumn(c.name, c.fhir_type, c.sql_type, c.collection)
            for c in plan.root.all_columns()
        ),
        decimals=bool(plan.shape.decimals()),
    )
