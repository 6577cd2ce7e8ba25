"""Functions of single values: text, numbers and conversions, each one line of SQL."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from ingest.fhir.view.functions_call import Function, Resolve, nothing, single, whole_number
from ingest.fhir.view.scope import Scope
from ingest.fhir.view.tree import Call
from ingest.fhir.view.typed import Nothing, Scalar, Typed, Value
from ingest.fhir.view.types import PRIMITIVES

_ANY = "boolean number string date time"
_EXACT = "cast($0 as decimal(38, 12))"
_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
_CLOCK = r"\d{2}(:\d{2}(:\d{2}(\.\d+)?)?)?"
_ZONE = r"(Z|[+-]\d{2}:\d{2})"


@dataclass(frozen=True)
class Signature:
    """What a function takes and gives.

    Attributes:
        base: families of types it may be called on, separated by spaces.
        arguments: the same for each argument.
        type: FHIR type of its result; empty for that of what it is called on.
        template: its SQL.
        integers: the SQL when it is called on an integer, where that differs.
    """

    base: str
    arguments: tuple[str, ...]
    type: str
    template: str
    integers: str | None = None


def _plain(number: str) -> str:
    """A computed number as text without needless zeros."""
    return f"rtrim(rtrim(cast(cast({number} as decimal(38, 12)) as varchar), '0'), '.')"


def _whole(function: str) -> str:
    return f"cast({function}({_EXACT}) as bigint)"


def _when(pattern: str, then: str) -> str:
    return f"(case when regexp_full_match($0, '{pattern}') then {then} end)"


_TO_BOOLEAN = (
    "(case when lower(cast($0 as varchar)) in ('true', 't', 'yes', 'y', '1', '1.0') then true "
    "when lower(cast($0 as varchar)) in ('false', 'f', 'no', 'n', '0', '0.0') then false end)"
)
_TO_INTEGER = (
    "(case when regexp_full_match(cast($0 as varchar), '[+-]?[0-9]+') "
    "then try_cast(cast($0 as varchar) as bigint) when cast($0 as varchar) in ('true', 'false') "
    "then cast(cast($0 as varchar) = 'true' as bigint) end)"
)
_TO_DECIMAL = (
    r"(case when regexp_full_match(cast($0 as varchar), '[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?')"
    " then ltrim(cast($0 as varchar), '+') when cast($0 as varchar) in ('true', 'false') "
    "then (case when cast($0 as varchar) = 'true' then '1.0' else '0.0' end) end)"
)
_TO_DATE = _when(rf"{_DATE}(T({_CLOCK}{_ZONE}?)?)?", "regexp_extract($0, '^[0-9-]+')")
_TO_DATETIME = _when(rf"{_DATE}(T({_CLOCK}{_ZONE}?)?)?", "$0")
_TO_TIME = _when(rf"T?{_CLOCK}", "ltrim($0, 'T')")
_SUBSTRING = "(case when $1 >= 0 and $1 < length($0) then substring($0, $1 + 1{}) end)"
_SIGNATURES: dict[str, Signature] = {
    "startsWith": Signature("string", ("string",), "boolean", "starts_with($0, $1)"),
    "endsWith": Signature("string", ("string",), "boolean", "ends_with($0, $1)"),
    "contains": Signature("string", ("string",), "boolean", "contains($0, $1)"),
    "matches": Signature("string", ("string",), "boolean", "regexp_matches($0, $1, 's')"),
    "matchesFull": Signature("string", ("string",), "boolean", "regexp_full_match($0, $1, 's')"),
    "replaceMatches": Signature(
        "string",
        ("string", "string"),
        "string",
        "regexp_replace($0, $1, regexp_replace($2, '\\$([0-9])', '\\\\\\1', 'g'), 'g')",
    ),
    "replace": Signature(
        "string",
        ("string", "string"),
        "string",
        "(case when $1 = '' and $0 = '' then $2 when $1 = '' "
        "then regexp_replace($0, '', $2, 'g') else replace($0, $1, $2) end)",
    ),
    "indexOf": Signature("string", ("string",), "integer", "(instr($0, $1) - 1)"),
    "length": Signature("string", (), "integer", "length($0)"),
    "upper": Signature("string", (), "string", "upper($0)"),
    "lower": Signature("string", (), "string", "lower($0)"),
    "trim": Signature("string", (), "string", "regexp_replace($0, '^\\s+|\\s+$', '', 'g')"),
    "abs": Signature(
        "number", (), "", _plain(f"abs({_EXACT})"), integers="abs(cast($0 as bigint))"
    ),
    "ceiling": Signature("number", (), "integer", _whole("ceil")),
    "floor": Signature("number", (), "integer", _whole("floor")),
    "truncate": Signature("number", (), "integer", _whole("trunc")),
    "sqrt": Signature(
        "number",
        (),
        "decimal",
        "(case when " + _EXACT + " >= 0 then "
        + _plain("round(sqrt(cast($0 as double)), 8)") + " end)",
    ),
    "toString": Signature(_ANY, (), "string", "cast($0 as varchar)"),
    "toBoolean": Signature("boolean number string", (), "boolean", _TO_BOOLEAN),
    "toInteger": Signature("boolean number string", (), "integer", _TO_INTEGER),
    "toDecimal": Signature("boolean number string", (), "decimal", _TO_DECIMAL),
    "toDate": Signature("string date", (), "date", _TO_DATE),
    "toDateTime": Signature("string date", (), "dateTime", _TO_DATETIME),
    "toTime": Signature("string time", (), "time", _TO_TIME),
}  # fmt: skip


def _check_pattern(pattern: Typed, call: Call, scope: Scope) -> None:
    """A regular expression that is written out is tried before the data is read."""
    if not isinstance(pattern, Value):
        return
    try:
        with duckdb.connect() as con:
            con.execute("select regexp_matches('', ?)", [pattern.text])
    except duckdb.Error as error:
        fault = str(error).removeprefix("Invalid Input Error: ")
        at = call.arguments[0].position
        raise scope.fault(f"this is no regular expression: {fault}", at) from error


def _function(signature: Signature) -> Function:
    def function(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
        values = [single(base, signature.base, call, scope, call.position)]
        for wanted, argument in zip(signature.arguments, call.arguments, strict=True):
            resolved = resolve(argument, scope)
            values.append(single(resolved, wanted, call, scope, argument.position))
        kind = signature.type or base.type or "decimal"
        if any(isinstance(value, Nothing) for value in values):
            return nothing(kind)
        if "atch" in call.name:
            _check_pattern(values[1], call, scope)
        template = signature.template
        if signature.integers and PRIMITIVES[kind] != "VARCHAR":
            kind, template = "integer", signature.integers
        return Scalar(kind, False, None, template, tuple(values))

    return function


def _converts(signature: Signature) -> Function:
    """``convertsTo…``: whether the conversion gives something."""
    template = f"(case when $0 is not null then {signature.template} is not null end)"

    def function(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
        value = single(base, signature.base, call, scope, call.position)
        if isinstance(value, Nothing):
            return nothing("boolean")
        return Scalar("boolean", False, None, template, (value,))

    return function


def _substring(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
    values = [single(base, "string", call, scope, call.position)]
    for argument in call.arguments:
        resolved = resolve(argument, scope)
        values.append(single(resolved, "number", call, scope, argument.position))
    length = ", greatest($2, 0)" if len(values) > 2 else ""
    if any(isinstance(value, Nothing) for value in values):
        return nothing("string")
    return Scalar("string", False, None, _SUBSTRING.format(length), tuple(values))


def _round(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
    value = single(base, "number", call, scope, call.position)
    digits = 0
    if call.arguments:
        digits = whole_number(call.arguments[0], call, scope, resolve)
    if isinstance(value, Nothing):
        return nothing("decimal")
    template = _plain(f"round({_EXACT}, {min(digits, 12)})")
    return Scalar("decimal", False, None, template, (value,))


def _to_chars(base: Typed, call: Call, scope: Scope, _resolve: Resolve) -> Typed:
    value = single(base, "string", call, scope, call.position)
    return Scalar("string", True, None, "string_split($0, '')", (value,))


def _split(base: Typed, call: Call, scope: Scope, resolve: Resolve) -> Typed:
    value = single(base, "string", call, scope, call.position)
    separator = resolve(call.arguments[0], scope)
    separator = single(separator, "string", call, scope, call.arguments[0].position)
    return Scalar("string", True, None, "string_split($0, $1)", (value, separator))


#: Function, fewest and most arguments, by name.
SCALARS: dict[str, tuple[Function, int, int]] = {
    name: (_function(signature), len(signature.arguments), len(signature.arguments))
    for name, signature in _SIGNATURES.items()
}
SCALARS |= {
    f"convertsTo{name.removeprefix('to')}": (_converts(signature), 0, 0)
    for name, signature in _SIGNATURES.items()
    if name.startswith("to")
}
SCALARS |= {
    "substring": (_substring, 1, 2),
    "round": (_round, 0, 1),
    "toChars": (_to_chars, 0, 0),
    "split": (_split, 1, 1),
}
