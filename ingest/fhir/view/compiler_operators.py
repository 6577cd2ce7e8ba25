"""Operators as DuckDB SQL. Emptiness is null: SQL's three-valued logic is that of FHIRPath."""

from __future__ import annotations

from ingest.fhir.view.typed import Operation

#: Numbers are compared and computed exactly: 26 digits before the point and 12 after it.
NUMBER = "decimal(38, 12)"
_WHOLE = {"div": "//", "mod": "%"}

#: Both sides as moments when both have a time, else by the digits they share; a shared prefix of
#: unequal precision decides nothing (FHIRPath: an empty result).
_DATE_SQL = """list_transform([{{'a': {left}, 'b': {right}}}], lambda d: case
    when contains(d.a, 'T') and contains(d.b, 'T')
        then try_cast(d.a as timestamptz) {operator} try_cast(d.b as timestamptz)
    when left(d.a, least(length(d.a), length(d.b))) <> left(d.b, least(length(d.a), length(d.b)))
        then d.a {operator} d.b
    when length(d.a) = length(d.b) then d.a {operator} d.b
end)[1]"""


def number(sql: str) -> str:
    """A number of any FHIR type, as text or integer, as an exact number."""
    return f"cast({sql} as {NUMBER})"


def as_text(sql: str) -> str:
    """A computed number as text without needless zeros."""
    return f"rtrim(rtrim(cast(cast({sql} as {NUMBER}) as varchar), '0'), '.')"


def _logic(operator: str, left: str, right: str) -> str:
    if operator == "xor":
        return f"(({left}) <> ({right}))"
    return f"(({left}) {operator} ({right}))"


def _comparison(operator: str, family: str, left: str, right: str) -> str:
    operator = "<>" if operator == "!=" else operator
    if family == "date":
        return "(" + _DATE_SQL.format(left=left, right=right, operator=operator) + ")"
    if family == "number":
        return f"({number(left)} {operator} {number(right)})"
    return f"({left} {operator} {right})"


def _list_comparison(node: Operation, left: str, right: str) -> str:
    """Equality when a side can hold several items: same items in the same order."""
    left = left if node.left.many else _as_list(left)
    right = right if node.right.many else _as_list(right)
    if node.family == "number":
        left, right = (f"list_transform({s}, lambda n: {number('n')})" for s in (left, right))
    operator = "=" if node.operator == "=" else "<>"
    return (
        f"(case when coalesce(len({left}), 0) > 0 and coalesce(len({right}), 0) > 0 "
        f"then {left} {operator} {right} end)"
    )


def _as_list(sql: str) -> str:
    return f"(case when {sql} is not null then [{sql}] end)"


def _arithmetic(node: Operation, left: str, right: str) -> str:
    if node.operator == "&":
        return f"(coalesce({left}, '') || coalesce({right}, ''))"
    if node.family in ("string", ""):
        return f"({left} || {right})"
    if node.family == "integer" and node.operator not in _WHOLE:
        return f"(cast({left} as bigint) {node.operator} cast({right} as bigint))"
    left, right = number(left), number(right)
    if node.operator == "div":
        return f"cast(trunc({left} / nullif({right}, 0)) as bigint)"
    if node.operator == "mod":
        rest = f"({left} % nullif({right}, 0))"
        return f"cast({rest} as bigint)" if node.family == "integer" else as_text(rest)
    if node.operator == "/":
        return as_text(f"round({left} / nullif({right}, 0), 8)")
    return as_text(f"({left} {node.operator} {right})")


def operation_sql(node: Operation, left: str, right: str) -> str:
    """SQL of a binary operator.

    Args:
        node: the operation.
        left: SQL of its left side.
        right: SQL of its right side.

    Returns:
        A boolean for comparisons and logic; a whole number, or text for decimals and strings.
    """
    if node.operator in ("and", "or", "xor"):
        return _logic(node.operator, left, right)
    if node.operator in ("=", "!=") and (node.left.many or node.right.many):
        return _list_comparison(node, left, right)
    if node.operator in ("=", "!=", "<", ">", "<=", ">="):
        return _comparison(node.operator, node.family, left, right)
    return _arithmetic(node, left, right)
