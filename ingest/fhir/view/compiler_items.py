"""What is evaluated on one item: the columns of a select and the lists its loops run over."""

from __future__ import annotations

from ingest.fhir.view.compiler_operators import number
from ingest.fhir.view.compiler_path import PathCompiler, plain, quoted
from ingest.fhir.view.compiler_repeat import RepeatCompiler
from ingest.fhir.view.plan import PlannedColumn, PlannedSelect
from ingest.fhir.view.plan_repeat import Repeat
from ingest.fhir.view.typed import RowIndex, Typed

_WHOLE = ("INTEGER", "BIGINT", "SMALLINT", "TINYINT", "HUGEINT")


class ItemCompiler:
    """Writes columns and lists of items as SQL."""

    def __init__(self, paths: PathCompiler) -> None:
        """Write with the expressions of ``paths``."""
        self.paths = paths

    def column(self, column: PlannedColumn, item: str, *, nullable: bool) -> str:
        """A column of the type it has in the result.

        Args:
            column: the column.
            item: SQL of the item it is about.
            nullable: whether that item can be the null that stands for no items.
        """
        if column.collection:
            sql = f"coalesce({self.paths.listed(column.node, item)}, [])"
        else:
            sql = self.paths.sql(column.node, item)
        if column.cast:
            sql = self._cast(column, sql, item)
        if nullable and not numbers(column) and (column.collection or not plain(column.node)):
            sql = f"(case when {item} is not null then {sql} end)"
        return sql

    def _cast(self, column: PlannedColumn, sql: str, item: str) -> str:
        """A column as the type it was declared with; what does not fit is a fault.

        The message names the column and not the value, which may tell of a person.
        """
        kind = column.sql_type.removesuffix("[]").lower()
        if kind == "varchar":
            return f"cast({sql} as {column.sql_type.lower()})"
        if not column.collection:
            return self.paths.shared(sql, item, lambda value: self._fitted(column, value, kind))
        one = self.paths.parameter()
        return f"list_transform({sql}, lambda {one}: {self._fitted(column, one, kind)})"

    def _fitted(self, column: PlannedColumn, value: str, kind: str) -> str:
        message = quoted(f"{column.place}: a value of another type than the column is declared")
        wrong = f"{value} is not null and try_cast({value} as {kind}) is null"
        if kind.upper() in _WHOLE and column.node.type == "decimal":
            message = quoted(f"{column.place}: a decimal where a whole number is declared")
            wrong = f"{number(value)} % 1 <> 0"
        return f"(case when {wrong} then error({message}) else try_cast({value} as {kind}) end)"

    def listed(self, select: PlannedSelect, item: str) -> str:
        """The list a loop runs over.

        Args:
            select: a select with a loop.
            item: SQL of the item it stands in.
        """
        if isinstance(select.loop, Repeat):
            return RepeatCompiler(self.paths, select.loop).sql(item)
        if select.loop is None:
            raise AssertionError("only a loop has items")
        return self.paths.listed(select.loop, item)


def numbers(column: PlannedColumn) -> bool:
    """Whether a column reads ``%rowIndex``, which the row for no items has too."""
    return _reads(column.node)


def in_steps(select: PlannedSelect) -> Repeat | None:
    """The repeat of a select, when its nodes can be found in steps of the query.

    Not so when something inside asks for the number of a node, inside another repeat, or when no
    node leads to another.
    """
    loop = select.loop
    if not isinstance(loop, Repeat) or loop.node.levels == 1 or not loop.node.heads():
        return None
    return loop if loop.starts and not _counts(select) else None


def _counts(select: PlannedSelect) -> bool:
    """Whether ``%rowIndex`` of the loop of a select is read inside it."""
    if any(numbers(column) for column in select.columns):
        return True
    for inner in (*select.selects, *select.union):
        if _counts(inner) if inner.loop is None else _reads(inner.loop):
            return True
    return False


def _reads(node: object) -> bool:
    if isinstance(node, RowIndex):
        return True
    if isinstance(node, Typed | Repeat):
        return any(_reads(part) for part in vars(node).values() if isinstance(part, Typed | tuple))
    return isinstance(node, tuple) and any(_reads(part) for part in node)
