"""Stands in for dbt's ``exceptions`` when sqlfluff renders a model; only the linter loads it."""

from __future__ import annotations


def raise_compiler_error(message: str) -> str:
    """Render the message as a comment instead of stopping."""
    return f"-- {message}"
