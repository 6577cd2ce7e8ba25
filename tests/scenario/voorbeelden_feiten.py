"""What the planted truth and the marts say, for the facts of the example queries."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from tests.scenario.region import Region


def truth(region: Region, indicator: str, niveau: str, periode: str = "2025") -> dict[str, Decimal]:
    """True value of each unit: teller over noemer, or the teller of a count."""
    rows = region.truth("indicatoren").filter(
        (pl.col("indicator_id") == indicator)
        & (pl.col("niveau") == niveau)
        & (pl.col("periode") == periode)
        & (pl.col("uitsplitsing") == "TOTAAL")
    )
    found = {}
    for row in rows.iter_rows(named=True):
        teller, noemer = Decimal(row["teller"]), Decimal(row["noemer"] or 0)
        if indicator.startswith("volume_"):
            found[row["eenheid_id"]] = teller
        elif noemer:
            found[row["eenheid_id"]] = teller / noemer
    assert found, f"the truth does not tell of {indicator} of {niveau}"
    return found


def near(value: object, expected: object) -> bool:
    """Whether two values are equal, rounding aside."""
    return float(value) == pytest.approx(float(expected), abs=2e-6, rel=2e-6)  # type: ignore[arg-type]


def spiegel(region: Region, **where: str) -> pl.DataFrame:
    """Rows of the shared mart."""
    return region.mart("spiegel_indicator").filter(
        pl.all_horizontal(pl.col(name) == value for name, value in where.items())
    )


def accepted(region: Region) -> set[str]:
    """Indicators to which every party that has to has agreed, counted in the register itself."""
    rows = region.mart("ref_indicator_akkoord")
    parties = rows.group_by("indicator_id").agg(pl.col("partijtype").n_unique())
    return set(parties.filter(pl.col("partijtype") >= 4)["indicator_id"])
