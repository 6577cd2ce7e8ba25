"""Typed nodes as DuckDB SQL expressions.

A single value is a scalar or struct, null when empty. Anything that can repeat is a list without
nulls inside; a null list is as good as an empty one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ingest.fhir.view import typed
from ingest.fhir.view.compiler_operators import operation_sql
from ingest.fhir.view.typed import Typed
from ingest.fhir.view.types import PRIMITIVES, Element

_KEY = r"^(?:[^?#]*/)?({type}/[^/?#|\s]+)(?:/_history/[^/?#|\s]+)?$"
_ANY_RESOURCE = "[A-Z][A-Za-z]+"


def quoted(text: str) -> str:
    """Text as a SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


class PathCompiler:
    """Writes typed nodes as SQL; names lambda parameters so that none hides another."""

    def __init__(self) -> None:
        """Begin numbering lambda parameters."""
        self._parameters = 0
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
            typed.Join: self._join,
            typed.ResourceKey: self._resource_key,
            typed.ReferenceKey: self._reference_key,
            typed.Operation: self._operation,
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

    def _parameter(self) -> str:
        self._parameters += 1
        return f"x{self._parameters}"

    def _each(self, items: str, write: Callable[[str], str]) -> str:
        """Map a list, leaving out what becomes null."""
        one, other = self._parameter(), self._parameter()
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
            inside = self._read(base, element)
            if not element.many or node.shape is not None:
                return inside
            parameter = self._parameter()
            return f"list_filter({inside}, lambda {parameter}: {parameter} is not null)"
        if not element.many:
            return self._each(base, lambda one: self._read(one, element))
        one, other = self._parameter(), self._parameter()
        inside = f"flatten(list_transform({base}, lambda {one}: {self._read(one, element)}))"
        if node.shape is not None:
            return inside
        return f"list_filter({inside}, lambda {other}: {other} is not null)"

    def _read(self, struct: str, element: Element) -> str:
        """An element of a struct; a decimal as the text it was."""
        value = f'{struct}."{element.name}"'
        if element.type != "decimal":
            return value
        exact = f'{struct}."{element.name}{typed.EXACT}"'
        if not element.many:
            return f"coalesce({exact}, {_number_text(value)})"
        one = self._parameter()
        return f"coalesce({exact}, list_transform({value}, lambda {one}: {_number_text(one)}))"

    def _filter(self, node: typed.Filter, item: str) -> str:
        base = self.sql(node.base, item)
        if not node.base.many:
            return f"(case when {self.sql(node.condition, base)} then {base} end)"
        parameter = self._parameter()
        return f"list_filter({base}, lambda {parameter}: {self.sql(node.condition, parameter)})"

    def _at(self, node: typed.At, item: str) -> str:
        base, index = self.sql(node.base, item), self.sql(node.index, item)
        if node.base.many:
            return f"(case when {index} >= 0 then ({base})[{index} + 1] end)"
        return f"(case when {index} = 0 then {base} end)"

    def _first(self, node: typed.First, item: str) -> str:
        if isinstance(node.base, typed.Union):
            firsts = []
            for part in node.base.parts:
                first = f"({self.sql(part, item)})[1]" if part.many else self.sql(part, item)
                firsts.append(_as_type(first, part, node.type))
            return f"coalesce({', '.join(firsts)})"
        return f"({self.sql(node.base, item)})[1]"

    def _single(self, node: typed.Single, item: str) -> str:
        base = self.sql(node.base, item)
        return (
            f"(case when len({base}) > 1 then error({quoted(node.message)}) else ({base})[1] end)"
        )

    def _union(self, node: typed.Union, item: str) -> str:
        joined = "[]"
        for part in node.parts:
            sql = _as_type(self.sql(part, item), part, node.type)
            if not part.many:
                sql = f"(case when {sql} is not null then [{sql}] end)"
            joined = sql if joined == "[]" else f"list_concat({joined}, {sql})"
        one, number = self._parameter(), self._parameter()
        return (  # of equal items the first stays, so that the order is that of the text
            f"list_filter({joined}, lambda {one}, {number}: "
            f"list_position({joined}, {one}) = {number})"
        )

    def _exists(self, node: typed.Exists, item: str) -> str:
        if isinstance(node.base, typed.AnyOf):
            return self._any_exists(node.base, item)
        if not node.base.type and not isinstance(node.base, typed.Operation):
            return "false"
        sql = self.sql(node.base, item)
        return f"(coalesce(len({sql}), 0) > 0)" if node.base.many else f"({sql} is not null)"

    def _any_exists(self, node: typed.AnyOf, item: str) -> str:
        base = self.sql(node.base, item)

        def present(struct: str) -> str:
            options = node.choice.options
            return " or ".join(f"{self._read(struct, option)} is not null" for option in options)

        if not node.base.many:
            return f"({present(base)})"
        one = self._parameter()
        condition = present(one)
        return f"(coalesce(len(list_filter({base}, lambda {one}: {condition})), 0) > 0)"

    def _join(self, node: typed.Join, item: str) -> str:
        sql = self.sql(node.base, item)
        if not node.base.many:
            return sql
        return f"array_to_string(nullif({sql}, []), {quoted(node.separator)})"

    def _resource_key(self, node: typed.ResourceKey, item: str) -> str:
        sql, prefix = self.sql(node.base, item), quoted(f"{node.resource}/")
        return f"({prefix} || {sql})"

    def _reference_key(self, node: typed.ReferenceKey, item: str) -> str:
        pattern = quoted(_KEY.format(type=node.resource or _ANY_RESOURCE))

        def key(text: str) -> str:
            return f"nullif(regexp_extract({text}, {pattern}, 1), '')"

        sql = self.sql(node.base, item)
        return self._each(sql, key) if node.many else key(sql)

    def _operation(self, node: typed.Operation, item: str) -> str:
        return operation_sql(node, self.sql(node.left, item), self.sql(node.right, item))


def plain(node: Typed) -> bool:
    """Whether a node is null for a null item by itself: a chain of elements from the item."""
    while isinstance(node, typed.Field):
        node = node.base
    return isinstance(node, typed.Item)


def _number_text(number: str) -> str:
    """A double as FHIR writes it: whole numbers without a point."""
    return (
        f"case when {number} = trunc({number}) and abs({number}) < 1e15 "
        f"then cast(cast({number} as bigint) as varchar) else cast({number} as varchar) end"
    )


def _as_type(sql: str, part: Typed, type_name: str) -> str:
    """A part of a union in the SQL type of the whole: a decimal is text, an integer is not."""
    wanted = PRIMITIVES.get(type_name)
    if wanted is None or PRIMITIVES.get(part.type) == wanted:
        return sql
    return f"cast({sql} as {wanted.lower()}{'[]' if part.many else ''})"
