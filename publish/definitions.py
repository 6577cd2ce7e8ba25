"""The registers of indicators and norms, as they were in the build that is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from publish.bouw import Bouw
from publish.disclosure.definitie import definitie

INDICATORS = "ref_indicator"
NORMS = "ref_norm"
ACCEPTANCE = "indicator_akkoord"

#: The interval of ``indicator_akkoord`` that still holds.
_OPEN_END = "9999-12-31"


@dataclass(frozen=True)
class Definitions:
    """Rows of the registers.

    Attributes:
        indicators: rows of the indicator register, by indicator and version.
        norms: rows of the norm register, by norm.
        ontbrekend: party types that still have to agree, by indicator and version, with semicolons;
            empty when a definition is accepted.
    """

    indicators: tuple[dict[str, Any], ...]
    norms: tuple[dict[str, Any], ...]
    ontbrekend: dict[tuple[str, str], str]

    @property
    def soort_meting(self) -> dict[str, str]:
        """``soort_meting`` by definition (``publish.disclosure.definitie``)."""
        return {
            definitie(row["indicator_id"], str(row["definitie_versie"])): str(
                row.get("soort_meting")
            )
            for row in self.indicators
        }

    def of(self, shown: set[tuple[str, str]]) -> list[dict[str, Any]]:
        """The given definitions, by indicator and version."""
        return [
            row
            for row in self.indicators
            if (row["indicator_id"], row["definitie_versie"]) in shown
        ]

    def norms_of(self, names: list[str]) -> list[dict[str, Any]]:
        """The norms of the given indicators."""
        return [row for row in self.norms if row["indicator_id"] in names]


def read_definitions(bouw: Bouw) -> Definitions:
    """Read both registers from the build.

    Args:
        bouw: the build; it holds ``ref_indicator.parquet``, ``ref_norm.parquet`` and
            ``indicator_akkoord.parquet``.

    Returns:
        Their rows, with dates and decimals as text.

    Raises:
        PublicationError: the build lacks a register; a figure without its definition is not
            published.
    """
    return Definitions(
        _rows(bouw.parquet(INDICATORS), ("indicator_id", "definitie_versie")),
        _rows(bouw.parquet(NORMS), ("norm_id",)),
        {
            (row["indicator_id"], row["definitie_versie"]): row["ontbrekend"]
            for row in _rows(bouw.parquet(ACCEPTANCE), ("indicator_id", "definitie_versie"))
            if row["geldig_tot"] == _OPEN_END
        },
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
