"""The registers of indicators and norms, as they were in the build that is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from publish.bouw import Bouw

INDICATORS = "indicator"
NORMS = "norm"


@dataclass(frozen=True)
class Definitions:
    """Rows of the registers.

    Attributes:
        indicators: rows of the indicator register, by indicator and version.
        norms: rows of the norm register, by norm.
    """

    indicators: tuple[dict[str, Any], ...]
    norms: tuple[dict[str, Any], ...]

    @property
    def soort_meting(self) -> dict[str, str]:
        """``soort_meting`` by indicator."""
        return {row["indicator_id"]: str(row.get("soort_meting")) for row in self.indicators}

    def of_indicators(self, names: list[str]) -> list[dict[str, Any]]:
        """The definitions of the given indicators."""
        return [row for row in self.indicators if row["indicator_id"] in names]

    def norms_of(self, names: list[str]) -> list[dict[str, Any]]:
        """The norms of the given indicators."""
        return [row for row in self.norms if row["indicator_id"] in names]


def read_definitions(bouw: Bouw) -> Definitions:
    """Read both registers from the build.

    Args:
        bouw: the build; it holds ``indicator.parquet`` and ``norm.parquet``.

    Returns:
        Their rows, with dates and decimals as text.

    Raises:
        PublicationError: the build lacks a register; a figure without its definition is not
            published.
    """
    return Definitions(
        _rows(bouw.parquet(INDICATORS), ("indicator_id", "definitie_versie")),
        _rows(bouw.parquet(NORMS), ("norm_id",)),
    )


def _rows(file: Path, order: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    rows = [
        {naam: _plain(value) for naam, value in row.items()}
        for row in pq.read_table(file).to_pylist()
    ]
    return tuple(sorted(rows, key=lambda row: tuple(str(row[naam]) for naam in order)))


def _plain(value: Any) -> Any:
    """``value`` as JSON can hold it, without losing digits."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value
