"""The region is made once for all scenario tests."""

from __future__ import annotations

import pytest

from tests.scenario.region import Region, run_chain


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Region:
    """A home in which the whole chain has run."""
    home = tmp_path_factory.mktemp("regio")
    return run_chain(home)
