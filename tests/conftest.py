"""Fixtures every room of the tests shares."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from ingest.pseudonym import write_key
from ingest.settings import Settings
from tests.postgres import PROGRAMS, WHY, Server, running_server

#: Order of the rooms: what fails quickly first, and many short tests last, so that both workers are
#: busy to the end.
ROOMS = ("contract", "unit", "scenario", "pipeline", "spec")
#: Modules that take longest, longest first; no worker may start with one when the other is done.
LONG = ("test_demo_run", "test_planted_truth", "test_precision_recall", "test_schedules",
        "test_build_killed", "test_marts_build")  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep tests that share something on one worker, and put long ones before short ones.

    What a module makes once would be made by both workers when each of them ran some of its tests.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None and _shares_with_module(item):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    items.sort(key=_place)


def _shares_with_module(item: pytest.Item) -> bool:
    if not isinstance(item, pytest.Function):
        return False
    fixtures = item._fixtureinfo.name2fixturedefs.values()
    return any(f.scope in ("class", "module") for found in fixtures for f in found[-1:])


def _place(item: pytest.Item) -> tuple[int, int]:
    parts = item.path.relative_to(Path(__file__).parent).parts
    room = ROOMS.index(parts[0]) if parts[0] in ROOMS else len(ROOMS)
    # Long modules come when the quick rooms are done, whatever room they are in.
    long = LONG.index(item.path.stem) if item.path.stem in LONG else len(LONG)
    return (ROOMS.index("scenario"), long) if long < len(LONG) else (room, long)


@pytest.fixture(scope="session", autouse=True)
def _shared_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """All workers of a session parse the same dbt project once; no test sees one of before."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    os.environ["IZA_CACHE"] = str(shared / "cache")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of an empty home with the demonstration key."""
    for name in ("IZA_PSEUDONYM_KEY", "IZA_PSEUDONYM_KEY_FILE", "IZA_LEDGER_URL", "IZA_INBOX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("IZA_HOME", str(tmp_path / "home"))
    made = Settings(home=(tmp_path / "home").resolve(), threads=1)
    write_key(made, demo=True)
    return made


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real PostgreSQL, one a worker; a test that stops it starts it again."""
    if PROGRAMS is None:
        pytest.skip(WHY)
    place = Path(tempfile.mkdtemp(prefix="iza-pg-"))
    place.chmod(0o755)
    try:
        with running_server(place / "cluster") as server:
            yield server
    finally:
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty ledger, on both kinds of database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'grootboek.sqlite'}"
    server: Server = request.getfixturevalue("postgres")
    return server.new_database(f"t{uuid4().hex}")


def pytest_terminal_summary(terminalreporter) -> None:
    """Print what tests recorded as ``printed``; with several workers it would not be seen."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, value in getattr(report, "user_properties", []):
                if name == "printed" and report.when == "call":
                    terminalreporter.write_line(value)
