"""Boundaries of values as DuckDB SQL; see ``functions_boundary`` for what they mean.

A partial moment has no time zone, so its lowest is in the first zone of the day (+14:00) and its
highest in the last one (-12:00), as SQL on FHIR has it.
"""

from __future__ import annotations

from ingest.fhir.view.typed import Boundary

_EXACT = "decimal(38, 12)"
#: Half of the last digit, by number of digits after the point.
_HALVES = "[" + ", ".join(f"0.{'0' * n}5" for n in range(12)) + "]"
#: Digits after the point, less the exponent.
_SCALE = (
    "least(greatest(length(regexp_extract({x}, '\\.([0-9]+)', 1)) - "
    "coalesce(try_cast(regexp_extract({x}, '[eE]([+-]?[0-9]+)', 1) as integer), 0), 0), 11)"
)
#: Length of the text of a date or time, by precision.
_LENGTHS = {4: 4, 6: 7, 8: 10, 10: 13, 12: 16, 14: 19, 17: 23}
_TIME_LENGTHS = {2: 2, 4: 5, 6: 8, 9: 12}


def boundary_sql(node: Boundary, x: str) -> str:
    """SQL of a boundary.

    Args:
        node: the boundary.
        x: SQL of its value, short enough to repeat.

    Returns:
        SQL of the text of a decimal, date or moment.
    """
    if node.type == "decimal":
        return _number(node, x)
    if node.type == "date":
        whole = _date(x, node.high)
        return whole if node.precision is None else f"left({whole}, {_LENGTHS[node.precision]})"
    if node.type == "time":
        whole = _padded(x, node.high)
        kept = node.precision
        return whole if kept is None else f"left({whole}, {_TIME_LENGTHS[kept]})"
    return _moment(node, x)


def _number(node: Boundary, x: str) -> str:
    sign = "+" if node.high else "-"
    text = x if node.base.type == "decimal" else f"cast({x} as varchar)"
    half = f"cast({_HALVES}[{_SCALE.format(x=text)} + 1] as {_EXACT})"
    value = f"(cast({x} as {_EXACT}) {sign} {half})"
    if node.precision is None:
        return f"rtrim(rtrim(cast(cast({value} as {_EXACT}) as varchar), '0'), '.')"
    return _rounded(value, node.precision, node.high)


def _rounded(value: str, digits: int, high: bool) -> str:
    """Away from the value itself: down for the lowest, up for the highest."""
    kept = f"cast({value} as decimal(38, {digits}))"
    step = f"cast(1e-{digits} as decimal(38, {digits}))"
    beyond, sign = ("<", "+") if high else (">", "-")
    return (
        f"cast(cast(case when {kept} {beyond} {value} then {kept} {sign} {step} else {kept} end "
        f"as decimal(38, {digits})) as varchar)"
    )


def _date(x: str, high: bool) -> str:
    if not high:
        return f"({x} || substr('0001-01-01', length({x}) + 1))"
    return (
        f"(case length({x}) when 4 then {x} || '-12-31' when 7 "
        f"then cast(last_day(try_cast({x} || '-01' as date)) as varchar) else {x} end)"
    )


def _padded(x: str, high: bool) -> str:
    full = "23:59:59.999" if high else "00:00:00.000"
    return f"({x} || substr('{full}', length({x}) + 1))"


def _moment(node: Boundary, x: str) -> str:
    zone = "-12:00" if node.high else "+14:00"
    date = _date(f"left({x}, 10)", node.high)
    clock = f"regexp_extract({x}, 'T([0-9:.]*)', 1)"
    offset = f"coalesce(nullif(regexp_extract({x}, 'T[0-9:.]*(Z|[+-].*)$', 1), ''), '{zone}')"
    if node.precision is not None and node.precision <= 8:
        return f"left({date}, {_LENGTHS[node.precision]})"
    whole = f"({date} || 'T' || {_padded(clock, node.high)})"
    if node.precision is not None:
        whole = f"left({whole}, {_LENGTHS[node.precision]})"
    return f"({whole} || {offset})"
