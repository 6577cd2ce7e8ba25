"""Stands in for dbt's ``adapter`` when sqlfluff renders a model; only the linter loads it."""

from __future__ import annotations

from collections.abc import Callable

#: Macros that render to words of a dialect, which may be left out, and not to a value.
_WORDS = frozenset({"niet_bewaard"})


def dispatch(name: str) -> Callable[..., str]:
    """A macro that renders to a number, whatever the dialect would make of it."""
    rendered = "" if name in _WORDS else "0"
    return lambda *_args, **_kwargs: rendered


def get_columns_in_relation(_relation: object) -> list[object]:
    """No columns: the linter has no database."""
    return []
