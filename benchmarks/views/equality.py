"""Whether all contenders give the same rows: speed of a wrong answer is no speed."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb


def _normal(value: Any) -> Any:
    """A value as everybody writes it: numbers by value, moments as text in UTC."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, datetime.datetime):
        value = value.isoformat()
    text = str(value)
    try:
        return float(text)
    except ValueError:
        return text


def normal_rows(rows: Iterable[Iterable[Any]]) -> Counter[tuple[Any, ...]]:
    """Rows without their order, each value in its normal form."""
    return Counter(tuple(_normal(value) for value in row) for row in rows)


def parquet_rows(path: Path) -> Counter[tuple[Any, ...]]:
    """The rows of a Parquet file, or of a folder of them."""
    pattern = f"{path}/*.parquet" if path.is_dir() else str(path)
    return normal_rows(duckdb.execute("select * from read_parquet(?)", [pattern]).fetchall())
