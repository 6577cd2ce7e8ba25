"""A select as one SQL expression: the list of its rows, each a struct of its columns.

``unionAll`` is run this way. Its branches stay in the row they belong to, so their rows come in the
order of the text, and the source is read once and streams.
"""

from __future__ import annotations

from ingest.fhir.view.compiler_items import ItemCompiler, numbers
from ingest.fhir.view.compiler_path import joined
from ingest.fhir.view.plan import PlannedColumn, PlannedSelect


def _pack(fields: dict[str, str]) -> str:
    return f"struct_pack({', '.join(f'{alias} := {sql}' for alias, sql in fields.items())})"


class RowsCompiler:
    """Writes lists of rows; the fields of a row have the aliases of the columns."""

    def __init__(self, items: ItemCompiler) -> None:
        """Write with the expressions of ``items``."""
        self.items = items
        self.paths = items.paths

    def union(self, select: PlannedSelect, item: str) -> str:
        """The rows of all branches of a unionAll, under the aliases of its first branch.

        Args:
            select: a select with a unionAll.
            item: SQL of the item it is about.
        """
        wanted = [column.alias for column in select.union[0].all_columns()]
        lists = []
        for branch in select.union:
            rows = self.rows(branch, item)
            own = [column.alias for column in branch.all_columns()]
            if own != wanted:
                row = self.paths.parameter()
                fields = {w: f"{row}.{o}" for w, o in zip(wanted, own, strict=True)}
                rows = f"list_transform({rows}, lambda {row}: {_pack(fields)})"
            lists.append(rows)
        return joined(lists)

    def nothing(self, select: PlannedSelect) -> str:
        """The row that stands for no items: nulls, but for a number of the row itself.

        Args:
            select: the select the columns of which the row has.
        """
        kept = dict(self.paths.rows)
        self.paths.rows[select.alias] = "0"
        fields = {column.alias: self._null(column) for column in select.all_columns()}
        self.paths.rows = kept
        return _pack(fields)

    def _null(self, column: PlannedColumn) -> str:
        if numbers(column):
            return self.items.column(column, "null", nullable=False)
        return f"cast(null as {column.sql_type.lower()})"

    def rows(self, select: PlannedSelect, item: str) -> str:
        """The list of rows of a select.

        Args:
            select: the select.
            item: SQL of the item it stands in.
        """
        if select.loop is None:
            inside, many = self.inside(select, item)
            return inside if many else f"[{inside}]"
        one = self.paths.parameter()
        self.paths.rows[select.alias] = f"({one}_nr - 1)"
        inside, many = self.inside(select, one)

        def each(items: str) -> str:
            mapped = f"list_transform({items}, lambda {one}, {one}_nr: {inside})"
            return f"flatten({mapped})" if many else mapped

        items = self.items.listed(select, item)
        if not select.or_null:
            return each(items)
        nothing = self.nothing(select)
        return self.paths.named(
            items,
            lambda name: f"(case when len({name}) > 0 then {each(name)} else [{nothing}] end)",
        )

    def inside(self, select: PlannedSelect, item: str) -> tuple[str, bool]:
        """What a select gives for one item: one row, or the list of them."""
        single = {c.alias: self._column(c, item) for c in _single_columns(select)}
        parts = {
            tuple(c.alias for c in part.all_columns()): self.rows(part, item)
            for part in _parts(select)
        }
        if select.union:
            names = tuple(c.alias for c in select.union[0].all_columns())
            parts[names] = self.union(select, item)
        order = [column.alias for column in select.all_columns()]
        if not parts:
            return _pack({alias: single[alias] for alias in order}), False
        return self.crossed(order, single, parts), True

    def _column(self, column: PlannedColumn, item: str) -> str:
        return self.items.column(column, item, nullable=False)

    def crossed(
        self, order: list[str], single: dict[str, str], parts: dict[tuple[str, ...], str]
    ) -> str:
        """Every combination of the single values and a row of each part.

        Args:
            order: the columns of a row.
            single: SQL of what every row has.
            parts: SQL of lists of rows, by the columns they have.
        """
        own = self.paths.parameter()
        fields = {alias: f"{own}.{alias}" for alias in single}
        rows = [(self.paths.parameter(), part) for part in parts.values()]
        for (row, _), names in zip(rows, parts, strict=True):
            fields |= {alias: f"{row}.{alias}" for alias in names}
        sql = _pack({alias: fields[alias] for alias in order})
        for depth, (row, part) in enumerate(reversed(rows)):
            sql = f"list_transform({part}, lambda {row}: {sql})"
            sql = f"flatten({sql})" if depth else sql
        if not single:
            return sql
        return f"(list_transform([{_pack(single)}], lambda {own}: {sql}))[1]"


def _single_columns(select: PlannedSelect) -> list[PlannedColumn]:
    """The columns that every row of a select has one value of."""
    found = list(select.columns)
    for child in select.selects:
        if child.loop is None and not child.union and not _parts(child):
            found.extend(child.all_columns())
    return found


def _parts(select: PlannedSelect) -> list[PlannedSelect]:
    """The inner selects that give any number of rows."""
    return [c for c in select.selects if c.loop is not None or c.union or _parts(c)]
