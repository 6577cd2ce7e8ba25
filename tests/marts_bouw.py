"""Builds of the small region, made once a test session and shared by all its processes."""

from __future__ import annotations

import fcntl
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest
from marts_levering import by_period, deliver, shuffled
from marts_regio import region

from ingest.settings import Settings
from marts.build import BuildResult, build
from tests import recorded_dbt
from tests.compiled_build import CompiledBuild
from tests.compiled_dbt import compiled_dbt

Made = TypeVar("Made")


def _once(root: Path, naam: str, make: Callable[[Path], Made]) -> Made:
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


def _database(root: Path) -> Path:
    return root / "plain.duckdb"


@pytest.fixture(scope="session")
def gebouwd(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """The region delivered the plain way; dbt's unit tests run too."""

    def make(home: Path) -> BuildResult:
        settings = Settings(home=home, threads=2)
        deliver(settings, by_period(region()))
        return build(settings, unit_tests=True, keep_database=_database(home.parent))

    return _once(_shared(tmp_path_factory), "plain", make)


@pytest.fixture(scope="session")
def opname(gebouwd: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What dbt made of the region, for ``recorded_dbt``."""

    def make(folder: Path) -> Path:
        folder.mkdir()
        for name in recorded_dbt.ARTEFACTS:
            shutil.copyfile(gebouwd.map / name, folder / name)
        shutil.copyfile(_database(folder.parent), folder / recorded_dbt.DATABASE)
        return folder

    return _once(_shared(tmp_path_factory), "recording", make)


@pytest.fixture(scope="session")
def eerder(opname: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the marts of an earlier build: another, smaller region, by dbt's statements."""

    def make(place: Path) -> Path:
        settings = Settings(home=place / "home", threads=2)
        deliver(settings, by_period(region(60, seed=8)))
        marts = place / "marts"
        marts.mkdir()
        bouw_id = CompiledBuild(opname, opname / recorded_dbt.DATABASE).write(settings, marts)
        for name in recorded_dbt.ARTEFACTS:
            shutil.copyfile(opname / name, marts / name)
        return marts.rename(place / bouw_id)

    return _once(_shared(tmp_path_factory), "earlier", make)


@pytest.fixture(scope="session")
def door_elkaar(
    gebouwd: BuildResult, opname: Path, tmp_path_factory: pytest.TempPathFactory
) -> BuildResult:
    """The same region in other batches, another order, and partly twice, with one thread.

    dbt's statements build it. Its home holds the marts of the plain build and what a killed build
    left behind.
    """

    def make(home: Path) -> BuildResult:
        settings = Settings(home=home, threads=1)
        deliver(settings, shuffled(region(), Random(11)))  # noqa: S311
        shutil.copytree(gebouwd.map, home / "marts" / gebouwd.bouw_id)
        (home / "bouw" / "run-afgebroken").mkdir(parents=True)
        with compiled_dbt(opname):
            return build(settings)

    return _once(_shared(tmp_path_factory), "shuffled", make)


@pytest.fixture(scope="session")
def leeg(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """A home to which nobody delivered anything."""

    def make(home: Path) -> BuildResult:
        home.mkdir()
        return build(Settings(home=home, threads=2))

    return _once(_shared(tmp_path_factory), "empty", make)
