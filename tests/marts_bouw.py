"""Builds of the small region, made once a test session and shared by all its processes."""

from __future__ import annotations

import fcntl
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from marts_levering import by_period, deliver, shuffled
from marts_regio import region

from ingest.settings import Settings
from marts.build import BuildResult, build


def _once(root: Path, naam: str, make: Callable[[Path], BuildResult]) -> BuildResult:
    """Build in ``root/naam`` unless another process of this session did so already."""
    with (root / f"{naam}.slot").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        done = root / f"{naam}.pickle"
        if not done.exists():
            done.write_bytes(pickle.dumps(make(root / naam)))
        return pickle.loads(done.read_bytes())  # noqa: S301 - written a line above


def _shared(factory: pytest.TempPathFactory) -> Path:
    base = factory.getbasetemp()
    # Under pytest-xdist every worker has its own folder below a common one.
    return base.parent if base.name.startswith("popen-") else base


@pytest.fixture(scope="session")
def gebouwd(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The region delivered the plain way; dbt's unit tests run too."""

    def make(home: Path) -> BuildResult:
        settings = Settings(home=home, threads=2)
        deliver(settings, by_period(region()))
        return build(settings, unit_tests=True)

    return _once(_shared(tmp_path_factory), "plain", make)


@pytest.fixture(scope="session")
def door_elkaar(gebouwd: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The same region in other batches, another order, and partly twice, with one thread.

    Its home holds the marts of the plain build and what a killed build left behind.
    """

    def make(home: Path) -> BuildResult:
        settings = Settings(home=home, threads=1)
        deliver(settings, shuffled(region(), Random(11)))  # noqa: S311
        shutil.copytree(gebouwd.map, home / "marts" / gebouwd.bouw_id)
        (home / "bouw" / "run-afgebroken").mkdir(parents=True)
        return build(settings)

    return _once(_shared(tmp_path_factory), "shuffled", make)


@pytest.fixture(scope="session")
def leeg(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """A home to which nobody delivered anything."""

    def make(home: Path) -> BuildResult:
        home.mkdir()
        return build(Settings(home=home, threads=2))

    return _once(_shared(tmp_path_factory), "empty", make)
