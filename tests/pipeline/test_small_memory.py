"""A region several times as large, in plenty of memory and in hardly any: the same marts."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from marts_bouw import gebouwd, opname  # noqa: F401 - fixtures

from benchmarks.build.home import repeated_home
from ingest.settings import Settings
from marts.build import BuildResult, build
from tests.compiled_dbt import compiled_dbt

# With test_marts_build, which shares the build of the small region.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("streek")]

TIMES = 4
LITTLE = "100MB"


@pytest.fixture(scope="module")
def home(gebouwd: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    return repeated_home(
        gebouwd.map.parents[1], tmp_path_factory.mktemp("repeated") / "home", TIMES
    )


@pytest.fixture(scope="module")
def roomy(home: Path, opname: Path) -> BuildResult:  # noqa: F811
    with compiled_dbt(opname):
        return build(Settings(home=home, threads=2, memory_limit="2GB"))


def persons(marts: Path) -> dict[tuple[str, ...], int]:
    """Persons behind every national figure that is not of long-term care, by its key."""
    rows = duckdb.execute(
        """
        select indicator_id, definitie_versie, uitsplitsing, uitsplitsing_waarde, periode,
            n_personen
        from read_parquet(?)
        where niveau = 'landelijk' and not starts_with(indicator_id, 'wlz_')
        """,
        [str(marts / "spiegel_indicator.parquet")],
    ).fetchall()
    return {row[:-1]: row[-1] for row in rows}


def test_all_that_is_told_of_the_inhabitants_is_repeated(
    gebouwd: BuildResult,  # noqa: F811
    roomy: BuildResult,
) -> None:
    once, often = persons(gebouwd.map), persons(roomy.map)
    assert once
    assert often == {key: n * TIMES for key, n in once.items()}


def test_a_build_in_hardly_any_memory_makes_the_same_marts(
    home: Path,
    roomy: BuildResult,
    opname: Path,  # noqa: F811
) -> None:
    with compiled_dbt(opname):
        little = build(Settings(home=home, threads=1, memory_limit=LITTLE))
    # A build that exists is compared with, byte for byte.
    assert (little.bouw_id, little.nieuw) == (roomy.bouw_id, False)
