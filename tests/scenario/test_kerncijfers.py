"""The whole list of published figures beside what came out of the demo region, printed."""

from __future__ import annotations

import polars as pl
import pytest

from tests.scenario.region import PERSONEN, Region

pytestmark = pytest.mark.xdist_group("region")

_HEAD = ("code", "published", "reproduced", "tolerance", "test", "verdict", "what")
_LINE = "{:<6}{:>12} {:>12} {:>10}  {:<6}{:<15}{}"


def test_every_kerncijfer_is_shown_and_every_hard_one_is_within_its_tolerance(
    region: Region, record_property
) -> None:
    rows = region.mart("kerncijfer")
    lines = [f"kerncijfers beside a region of {PERSONEN:,} persons", _LINE.format(*_HEAD)]
    for row in rows.sort("code").iter_rows(named=True):
        came = "-" if row["gerealiseerd"] is None else f"{row['gerealiseerd']:.2f}"
        what = f"{row['naam']} {row['sector']} {row['jaar']}"
        lines.append(
            _LINE.format(
                row["code"], f"{row['gepubliceerd']:.2f}", came, f"{row['tolerantie']:.2f}",
                row["toets"], row["uitkomst"], what,
            )
        )  # fmt: skip
    record_property("printed", "\n".join(lines))
    hard = rows.filter(pl.col("toets") == "hard")
    assert hard.height == 17
    assert hard["uitkomst"].unique().to_list() == ["binnen"]
    computed = rows.filter(pl.col("gerealiseerd").is_not_null())
    assert computed.height == 28
    for row in computed.iter_rows(named=True):
        off = abs(row["gerealiseerd"] - row["gepubliceerd"])
        verdict = "binnen" if off <= row["tolerantie"] else "buiten"
        assert row["uitkomst"] == ("ter_informatie" if row["toets"] == "info" else verdict)
    # What is not computed says why; nothing is left without a word.
    rest = rows.filter(pl.col("gerealiseerd").is_null())
    assert rest["uitkomst"].unique().to_list() == ["niet_berekend"]
    assert rest["waarom_niet"].str.len_chars().min() > 20
