"""Every example query runs on the demo region and gives what the planted truth says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scenario.region import Region
from tests.scenario.voorbeelden_inkoop import INKOOP
from tests.scenario.voorbeelden_kwaliteit import KWALITEIT
from tests.scenario.voorbeelden_onderzoek import ONDERZOEK
from tests.voorbeelden import USES, Row, Voorbeeld, allowed, ask, connect, voorbeelden

pytestmark = pytest.mark.xdist_group("region")

FACTS: dict[str, dict[str, Callable[[list[Row], Region], None]]] = {
    "inkoop": INKOOP, "kwaliteit": KWALITEIT, "onderzoek": ONDERZOEK,
}  # fmt: skip
ALL = [one for use in USES for one in voorbeelden(use)]


def test_every_example_has_a_fact_to_be_held_against() -> None:
    for use in USES:
        assert {one.naam for one in voorbeelden(use)} == set(FACTS[use])


@pytest.mark.parametrize("one", ALL, ids=lambda one: f"{one.gebruik}-{one.naam}")
def test_an_example_says_what_is_true(one: Voorbeeld, region: Region, tmp_path: Path) -> None:
    marts = allowed(one.gebruik)
    with connect(region.bouw.map, marts, tmp_path / "serving.duckdb") as con:
        con.execute("set variable extract = ?", [str(extract(region))])
        rows = ask(con, one.sql)
    assert rows
    FACTS[one.gebruik][one.naam](rows, region)


def extract(region: Region) -> Path:
    """The published extract for research."""
    (path,) = (region.settings.home / "publicatie" / "onderzoek").glob("*/data.parquet")
    return path
