"""Rows as NDJSON with exact values: a decimal is written with the digits it had."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.fhir.view.compiler import ViewColumn

_NUMBER = r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?"


def _value_sql(column: ViewColumn) -> str:
    value = f'to_json("{column.name}")'
    if column.fhir_type == "decimal" and column.sql_type == "VARCHAR":
        value = (
            f"case when regexp_full_match(\"{column.name}\", '{_NUMBER}') "
            f'then "{column.name}" else {value} end'
        )
    return f"coalesce({value}, 'null')"


def line_sql(columns: Sequence[ViewColumn]) -> str:
    """SQL expression of one JSON line.

    Args:
        columns: the columns of the view, in order; each becomes a key, null included.

    Returns:
        A text expression over the rows of the view.
    """
    parts = [f"'\"{column.name}\":' || {_value_sql(column)}" for column in columns]
    return "'{' || " + " || ',' || ".join(parts) + " || '}'"
