"""Typed nodes as DuckDB SQL expressions.

A single value is a scalar or struct, null when empty. Anything that can repeat is a list without
nulls inside; a null list is as good as an empty one. An expression that is needed twice is given a
name first (``named``), so that SQL grows with the path and not with its square.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ingest.fhir.view import typed
from ingest.fhir.view.compiler_boundary import boundary_sql
from ingest.fhir.view.compiler_operators import operation_sql
from ingest.fhir.view.shape import as_json
from ingest.fhir.view.typed import Typed
from ingest.fhir.view.types import PRIMITIVES, Element

_KEY = r"^(?:[^?#]*/)?({type}/[^/?#|\s]+)(?:/_history/[^/?#|\s]+)?$"
_ANY_RESOURCE = "[A-Z][A-Za-z]+"
_SHORT = re.compile(r"""[\w."]+|'[^']{0,40}'""")
_PARAMETER = re.compile(r"x\d+")
_INLINE = 600
_PLACEHOLDER = re.compile(r"\$([0-9xy])")


def quoted(text: str) -> str:
    """Text as a SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def joined(lists: Sequence[str]) -> str:
    """Lists after each other; faster than ``list_concat``, and an empty one may be null."""
    return lists[0] if len(lists) == 1 else f"flatten([{', '.join(lists)}])"


def fill(template: str, values: Mapping[str, str]) -> str:
    """A template with its placeholders ``$0``, ``$1``, ``$x``, ``$y`` filled in."""
    return _PLACEHOLDER.sub(lambda match: values[match.group(1)], template)


class PathCompiler:
    """Writes typed nodes as SQL; names lambda parameters so that none hides another."""

    def __init__(self) -> None:
        """Begin numbering lambda parameters."""
        self._parameters = 0
        #: SQL of ``%rowIndex`` by alias of the loop.
        self.rows: dict[str, str] = {}
        self._writers: dict[type[Typed], Callable[[Any, str], str]] = {
            typed.Item: lambda node, item: item,
            typed.Nothing: self._nothing,
            typed.Value: self._value,
            typed.Field: self._field,
            typed.Filter: self._filter,
            typed.At: self._at,
            typed.First: self._first,
            typed.Single: self._single,
            typed.Union: self._union,
            typed.Exists: self._exists,
            typed.Not: lambda node, item: f"(not {self.sql(node.base, item)})",
            typed.ResourceKey: self._resource_key,
            typed.ReferenceKey: self._reference_key,
            typed.Operation: self._operation,
            typed.RowIndex: lambda node, item: self.rows[node.loop],
            typed.Position: lambda node, item: f"({item}_nr - 1)",
            typed.Scalar: self._scalar,
            typed.Listing: self._listing,
            typed.All: self._all,
            typed.Mapped: self._mapped,
            typed.Choose: self._choose,
            typed.Embedded: self._embedded,
            typed.Boundary: lambda node, item: self.named(
                self.sql(node.base, item), lambda x: boundary_sql(node, x)
            ),
        }

    def sql(self, node: Typed, item: str) -> str:
        """Write a node.

        Args:
            node: the typed node.
            item: SQL of the item the path is about.

        Returns:
            A SQL expression.
        """
        return self._writers[type(node)](node, item)

    def listed(self, node: Typed, item: str, type_name: str | None = None) -> str:
        """Write a node as a list, also when it is a single value.

        Args:
            node: the typed node.
            item: SQL of the item the path is about.
            type_name: the FHIR type the list has to be of, when that differs.
        """
        sql = _as_type(self.sql(node, item), node, type_name) if type_name else self.sql(node, item)
        if node.many:
            return sql
        one = self.parameter()
        return f"list_filter([{sql}], lambda {one}: {one} is not null)"

    def named(self, sql: str, write: Callable[[str], str]) -> str:
        """Use an expression several times, writing and computing it once."""
        if _SHORT.fullmatch(sql):
            return write(sql)
        name = self.parameter()
        return f"(list_transform([{sql}], lambda {name}: {write(name)}))[1]"

    def shared(self, sql: str, item: str, write: Callable[[str], str]) -> str:
        """As ``named``; but outside a lambda DuckDB computes equal expressions once by itself."""
        inline = len(sql) <= _INLINE and not _PARAMETER.fullmatch(item)
        return write(sql) if inline else self.named(sql, write)

    def parameter(self) -> str:
        """A name for a lambda parameter that no other has."""
        self._parameters += 1
        return f"x{self._parameters}"

    def _about(self, node: Typed) -> tuple[str, str]:
        """A name for ``$this`` and the parameters of the lambda over it."""
        one = self.parameter()
        return one, f"{one}, {one}_nr" if _reads_position(node) else one

    def _each(self, items: str, write: Callable[[str], str]) -> str:
        """Map a list, leaving out what becomes null."""
        one, other = self.parameter(), self.parameter()
        mapped = f"list_transform({items}, lambda {one}: {write(one)})"
        return f"list_filter({mapped}, lambda {other}: {other} is not null)"

    def _nothing(self, node: typed.Nothing, item: str) -> str:
        return f"cast(null as {PRIMITIVES.get(node.type, 'varchar').lower()})"

    def _value(self, node: typed.Value, item: str) -> str:
        if node.type == "boolean" or PRIMITIVES[node.type] in ("INTEGER", "BIGINT"):
            return node.text
        return quoted(node.text)

    def _field(self, node: typed.Field, item: str) -> str:
        base, element = self.sql(node.base, item), node.element
        if not node.base.many:
            inside = _read(base, element)
            if not element.many or node.shape is not None:
                return inside
            parameter = self.parameter()
            return f"list_filter({inside}, lambda {parameter}: {parameter} is not null)"
        if not element.many:
            return self._each(base, lambda one: _read(one, element))
        one, other = self.parameter(), self.parameter()
        inside = f"flatten(list_transform({base}, lambda {one}: {_read(one, element)}))"
        if node.shape is not None:
            return inside
        return f"list_filter({inside}, lambda {other}: {other} is not null)"

    def _filter(self, node: typed.Filter, item: str) -> str:
        base = self.sql(node.base, item)
        if not node.base.many:
            return self.named(
                base, lambda one: f"(case when {self.sql(node.condition, one)} then {one} end)"
            )
        one, parameters = self._about(node.condition)
        return f"list_filter({base}, lambda {parameters}: {self.sql(node.condition, one)})"

    def _at(self, node: typed.At, item: str) -> str:
        base, index = self.sql(node.base, item), self.sql(node.index, item)
        if not node.base.many:
            return f"(case when {index} = 0 then {base} end)"
        if isinstance(node.index, typed.Value):
            return f"({base})[{int(index) + 1}]"
        return self.named(
            index, lambda number: f"(case when {number} >= 0 then ({base})[{number} + 1] end)"
        )

    def _first(self, node: typed.First, item: str) -> str:
        if isinstance(node.base, typed.Union):
            firsts = []
            for part in node.base.parts:
                first = f"({self.sql(part, item)})[1]" if part.many else self.sql(part, item)
                firsts.append(_as_type(first, part, node.type, listed=False))
            return f"coalesce({', '.join(firsts)})"
        return f"({self.sql(node.base, item)})[1]"

    def _single(self, node: typed.Single, item: str) -> str:
        message, base = quoted(node.message), self.sql(node.base, item)

        def write(items: str) -> str:
            return f"(case when len({items}) > 1 then error({message}) else ({items})[1] end)"

        return self.shared(base, item, write)

    def _union(self, node: typed.Union, item: str) -> str:
        items = joined([self.listed(part, item, node.type) for part in node.parts])
        if not node.distinct:
            return items
        one, number = self.parameter(), self.parameter()
        return self.named(  # of equal items the first stays, so that the order is that of the text
            items,
            lambda items: (
                f"list_filter({items}, lambda {one}, {number}: "
                f"list_position({items}, {one}) = {number})"
            ),
        )

    def _exists(self, node: typed.Exists, item: str) -> str:
        if isinstance(node.base, typed.AnyOf):
            return self._any_exists(node.base, item)
        if isinstance(node.base, typed.Nothing):
            return "false"
        sql = self.sql(node.base, item)
        return f"(coalesce(len({sql}), 0) > 0)" if node.base.many else f"({sql} is not null)"

    def _any_exists(self, node: typed.AnyOf, item: str) -> str:
        base = self.sql(node.base, item)

        def present(one: str) -> str:
            options = [_read(one, option) for option in node.choice.options]
            return f"({' or '.join(f'{option} is not null' for option in options)})"

        if not node.base.many:
            return self.named(base, present)
        one = self.parameter()
        return f"(coalesce(len(list_filter({base}, lambda {one}: {present(one)})), 0) > 0)"

    def _resource_key(self, node: typed.ResourceKey, item: str) -> str:
        sql, prefix = self.sql(node.base, item), quoted(f"{node.resource}/")
        return (
            self._each(sql, lambda one: f"{prefix} || {one}")
            if node.many
            else f"({prefix} || {sql})"
        )

    def _reference_key(self, node: typed.ReferenceKey, item: str) -> str:
        pattern = quoted(_KEY.format(type=node.resource or _ANY_RESOURCE))

        def key(text: str) -> str:
            return f"nullif(regexp_extract({text}, {pattern}, 1), '')"

        sql = self.sql(node.base, item)
        return self._each(sql, key) if node.many else key(sql)

    def _operation(self, node: typed.Operation, item: str) -> str:
        return operation_sql(
            node, self.sql(node.left, item), self.sql(node.right, item), self.named
        )

    def _scalar(self, node: typed.Scalar, item: str) -> str:
        return self._filled(node.template, [self.sql(value, item) for value in node.values])

    def _listing(self, node: typed.Listing, item: str) -> str:
        values = [
            self.sql(value, item) if number in node.single else self.listed(value, item)
            for number, value in enumerate(node.arguments)
        ]
        return self._filled(node.template, values)

    def _filled(self, template: str, values: list[str]) -> str:
        """Fill a template in, naming the values it repeats."""
        found = {"x": self.parameter(), "y": self.parameter()}

        def write(number: int) -> str:
            if number == len(values):
                return fill(template, found)
            key = str(number)

            def inside(name: str) -> str:
                found[key] = name
                return write(number + 1)

            if template.count(f"${key}") > 1:
                return self.named(values[number], inside)
            return inside(values[number])

        return write(0)

    def _all(self, node: typed.All, item: str) -> str:
        one, parameters = self._about(node.condition)
        failing = f"lambda {parameters}: {self.sql(node.condition, one)} is not true"
        return f"(coalesce(len(list_filter({self.listed(node.base, item)}, {failing})), 0) = 0)"

    def _mapped(self, node: typed.Mapped, item: str) -> str:
        base, projection = self.sql(node.base, item), node.projection
        if not node.base.many:
            return self.named(
                base,
                lambda one: f"(case when {one} is not null then {self.sql(projection, one)} end)",
            )
        one, parameters = self._about(projection)
        mapped = f"list_transform({base}, lambda {parameters}: {self.sql(projection, one)})"
        other = self.parameter()
        if projection.many:
            return f"flatten({mapped})"
        return f"list_filter({mapped}, lambda {other}: {other} is not null)"

    def _choose(self, node: typed.Choose, item: str) -> str:
        condition = self.sql(node.condition, item)
        branches = []
        for branch in (node.then, node.otherwise):
            if isinstance(branch, typed.Nothing):
                branches.append("null")
            elif node.many:
                branches.append(self.listed(branch, item, node.type))
            else:
                branches.append(_as_type(self.sql(branch, item), branch, node.type))
        return f"(case when {condition} then {branches[0]} else {branches[1]} end)"

    def _embedded(self, node: typed.Embedded, item: str) -> str:
        structure = quoted(as_json(node.shape.structure() if node.shape else "VARCHAR"))
        wanted = quoted(node.resource or "")

        def parsed(text: str) -> str:
            return f"from_json({text}, {structure})"

        def right(one: str) -> str:
            return f'{one}."resourceType" = {wanted}'

        base = self.sql(node.base, item)
        if not node.base.many:
            if node.resource is None:
                return parsed(base)
            return self.named(parsed(base), lambda one: f"(case when {right(one)} then {one} end)")
        one, other = self.parameter(), self.parameter()
        each = f"list_transform({base}, lambda {one}: {parsed(one)})"
        if node.resource is None:
            return each
        return f"list_filter({each}, lambda {other}: {right(other)})"


def _read(struct: str, element: Element) -> str:
    """An element of a struct."""
    return f'{struct}."{element.name}"'


def plain(node: Typed) -> bool:
    """Whether a node is null for a null item by itself: a chain of elements from the item."""
    while isinstance(node, typed.Field):
        node = node.base
    return isinstance(node, typed.Item)


def _reads_position(node: object) -> bool:
    """Whether ``$index`` is used within a node, other than in a criterion inside it."""
    if isinstance(node, typed.Position):
        return True
    if isinstance(node, typed.Filter | typed.All | typed.Mapped):
        return _reads_position(node.base)
    if isinstance(node, Typed):
        return _reads_position(tuple(vars(node).values()))
    return isinstance(node, tuple) and any(_reads_position(part) for part in node)


def _as_type(sql: str, part: Typed, type_name: str, *, listed: bool | None = None) -> str:
    """A part of a union in the SQL type of the whole: a decimal is text, an integer is not."""
    wanted = PRIMITIVES.get(type_name)
    if wanted is None or PRIMITIVES.get(part.type) == wanted:
        return sql
    many = part.many if listed is None else listed
    return f"cast({sql} as {wanted.lower()}{'[]' if many else ''})"
