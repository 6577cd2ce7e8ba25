"""Operators as DuckDB SQL. Emptiness is null: SQL's three-valued logic is that of FHIRPath."""

from __future__ import annotations

from collections.abc import Callable

from ingest.fhir.view.typed import Operation

#: Numbers are compared and computed exactly: 26 digits before the point and 12 after it.
NUMBER = "decimal(38, 12)"
Named = Callable[[str, Callable[[str], str]], str]

_WHOLE = frozenset({"integer", "positiveInt", "unsignedInt", "integer64"})
#: Both sides as moments when both have a time, else by the digits they share; a shared prefix of
#: unequal precision decides nothing (FHIRPath: an empty result).
_DATE_SQL = """(case
    when contains({left}, 'T') and contains({right}, 'T')
        then try_cast({left} as timestamptz) {operator} try_cast({right} as timestamptz)
    when length({left}) = length({right}) then {left} {operator} {right}
    when left({left}, least(length({left}), length({right})))
        <> left({right}, least(length({left}), length({right})))
        then {left} {operator} {right}
end)"""
_TIME_SQL = """(case
    when length({left}) >= 8 and length({right}) >= 8
        then try_cast({left} as time) {operator} try_cast({right} as time)
    when length({left}) = length({right}) then {left} {operator} {right}
    when left({left}, least(length({left}), length({right})))
        <> left({right}, least(length({left}), length({right})))
        then {left} {operator} {right}
end)"""
_SAME_TEXT = r"regexp_replace(lower(trim({})), '\s+', ' ', 'g')"
_SCALE = r"length(regexp_extract(cast({} as varchar), '\.([0-9]+)', 1))"


def number(sql: str) -> str:
    """A number of any FHIR type, as text or integer, as an exact number."""
    return f"cast({sql} as {NUMBER})"


def as_text(sql: str) -> str:
    """A computed number as text without needless zeros."""
    return f"rtrim(rtrim(cast(cast({sql} as {NUMBER}) as varchar), '0'), '.')"


def _logic(operator: str, left: str, right: str) -> str:
    if operator == "xor":
        return f"({left} <> {right})"
    if operator == "implies":
        return f"((not {left}) or {right})"
    return f"({left} {operator} {right})"


def _comparison(node: Operation, left: str, right: str, named: Named) -> str:
    operator = "<>" if node.operator == "!=" else node.operator
    if node.family in ("date", "time"):
        form = _DATE_SQL if node.family == "date" else _TIME_SQL
        return named(
            left,
            lambda one: named(
                right, lambda other: form.format(left=one, right=other, operator=operator)
            ),
        )
    if node.family == "number" and not (node.left.type in _WHOLE and node.right.type in _WHOLE):
        return f"({number(left)} {operator} {number(right)})"
    return f"({left} {operator} {right})"


def _equivalence(node: Operation, left: str, right: str, named: Named) -> str:
    """``~``: nothing is equivalent to nothing; texts without case, numbers as far as written."""
    if node.family == "string":
        left, right = _SAME_TEXT.format(left), _SAME_TEXT.format(right)
    elif node.family == "number":
        return named(left, lambda one: named(right, lambda other: _same_number(one, other)))
    return f"({left} is not distinct from {right})"


def _same_number(left: str, right: str) -> str:
    digits = f"least({_SCALE.format(left)}, {_SCALE.format(right)})"
    one, other = f"cast({left} as double)", f"cast({right} as double)"
    return (
        f"(case when {left} is null or {right} is null then {left} is null and {right} is null "
        f"else round({one}, cast({digits} as integer)) "
        f"= round({other}, cast({digits} as integer)) end)"
    )


def _list_comparison(node: Operation, left: str, right: str, named: Named) -> str:
    """Equality when a side can hold several items: same items in the same order."""
    left = left if node.left.many else _as_list(left)
    right = right if node.right.many else _as_list(right)
    if node.family == "number":
        left, right = (f"list_transform({s}, lambda n: {number('n')})" for s in (left, right))
    operator = "=" if node.operator == "=" else "<>"

    def compared(one: str, other: str) -> str:
        some = f"coalesce(len({one}), 0) > 0 and coalesce(len({other}), 0) > 0"
        if node.family not in ("date", "time"):
            return f"(case when {some} then {one} {operator} {other} end)"
        moments = _comparison(node, f"({one})[1]", f"({other})[1]", named)
        return (
            f"(case when len({one}) = 1 and len({other}) = 1 then {moments} "
            f"when {some} then {one} {operator} {other} end)"
        )

    return named(left, lambda one: named(right, lambda other: compared(one, other)))


def _as_list(sql: str) -> str:
    return f"list_filter([{sql}], lambda n: n is not null)"


def _arithmetic(node: Operation, left: str, right: str) -> str:
    if node.operator == "&":
        return f"(coalesce({left}, '') || coalesce({right}, ''))"
    if node.family in ("string", ""):
        return f"({left} || {right})"
    if node.family == "integer" and node.operator not in ("div", "mod"):
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


def operation_sql(node: Operation, left: str, right: str, named: Named) -> str:
    """SQL of a binary operator.

    Args:
        node: the operation.
        left: SQL of its left side.
        right: SQL of its right side.
        named: gives an expression a name where it is needed twice.

    Returns:
        A boolean for comparisons and logic; a whole number, or text for decimals and strings.
    """
    if node.operator in ("and", "or", "xor", "implies"):
        return _logic(node.operator, left, right)
    if node.operator == "~":
        return _equivalence(node, left, right, named)
    if node.operator in ("=", "!=") and (node.left.many or node.right.many):
        return _list_comparison(node, left, right, named)
    if node.operator in ("=", "!=", "<", ">", "<=", ">="):
        return _comparison(node, left, right, named)
    return _arithmetic(node, left, right)
