"""SIGKILL of ``iza build`` and ``iza publish``, then a re-run: as if nothing had happened.

Most kills are of a build in which what dbt made earlier stands in for dbt (``recorded_dbt``), so
that they fall in what follows it; others are of a build with dbt itself.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from marts_bouw import eerder, gebouwd, opname  # noqa: F401 - fixtures

from marts.build import BuildResult
from publish.verify import verify
from tests.bouw_state import Case, check_after_kill, check_after_rerun, new_home
from tests.killing import KILLED, Killing
from tests.pipeline.publish_fixture import spiegel_rows, tree, write_build
from tests.polling import read_once

pytestmark = pytest.mark.xdist_group("streek")

ENVIRONMENT = {"IZA_THREADS": "1"}


@pytest.fixture(scope="module")
def case(gebouwd: BuildResult, eerder: Path) -> Case:  # noqa: F811
    return Case(eerder, gebouwd)


def _wait_for_end(folder: Path) -> None:
    """Wait until no process works in the folder of a killed build; dbt ends by itself."""
    until = time.monotonic() + 60
    while _works_in(folder):
        assert time.monotonic() < until, "dbt works on after its build was killed"
        time.sleep(0.1)


def _works_in(folder: Path) -> bool:
    for file in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):  # it ended, or is somebody else's
            if os.fsencode(folder) in file.read_bytes():
                return True
    return False


def test_a_kill_while_dbt_runs_or_marts_are_placed_or_made_current(
    case: Case,
    opname: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    home = new_home(case, tmp_path / "home")
    with Killing(ENVIRONMENT, tmp_path) as iza:
        ran = iza.run("build", after=6, alone=True, IZA_HOME=str(home))
        assert (ran.code, "dbt builds" in ran.messages) == (KILLED, True)
        (left,) = (home / "bouw").glob("run-*")
        _wait_for_end(left)
        check_after_kill(case, home)
    moments = [f"marts/{case.nieuw.bouw_id}", "actueel.json"]
    with Killing(ENVIRONMENT, tmp_path, opname) as iza:
        for path in moments:
            ran = iza.run("build", at_path=path, IZA_HOME=str(home))
            assert ran.code == KILLED, ran.messages
            assert (home / "marts" / case.nieuw.bouw_id).exists() == (path == "actueel.json")
            check_after_kill(case, home)
        # The last one fell between the serving file, which shows the new marts, and the pointer.
        assert read_once(home / "serving.duckdb").bouwen == (case.nieuw.bouw_id,)
        again = iza.run("build", IZA_HOME=str(home))
        assert again.code == 0, again.messages
    check_after_rerun(case, home)


@pytest.mark.chaos
def test_forty_five_kills_of_what_follows_dbt(case: Case, opname: Path, tmp_path: Path) -> None:  # noqa: F811
    random = Random(3)  # noqa: S311 - the same kills every time
    killed = 0
    with Killing(ENVIRONMENT, tmp_path, opname) as iza:
        whole = iza.run("build", IZA_HOME=str(new_home(case, tmp_path / "whole")))
        assert whole.code == 0, whole.messages
        while killed < 45:
            home = new_home(case, tmp_path / "home")
            for _ in range(random.randint(1, 3)):
                moment: dict = (
                    {"at_step": random.randint(1, whole.steps)}
                    if random.random() < 0.5
                    else {"after": random.uniform(0, whole.seconds)}
                )
                ran = iza.run("build", IZA_HOME=str(home), **moment)
                assert ran.code in (0, KILLED), ran.messages
                killed += ran.code == KILLED
                check_after_kill(case, home)
            again = iza.run("build", IZA_HOME=str(home))
            assert again.code == 0, again.messages
            check_after_rerun(case, home)
            shutil.rmtree(home)


@pytest.mark.chaos
def test_fifteen_kills_of_a_build_with_dbt(case: Case, tmp_path: Path) -> None:
    random = Random(4)  # noqa: S311 - the same kills every time
    with Killing(ENVIRONMENT, tmp_path) as iza:
        whole = iza.run("build", IZA_HOME=str(new_home(case, tmp_path / "whole")))
        assert whole.code == 0, whole.messages
        for _ in range(5):
            home = new_home(case, tmp_path / "home")
            for _ in range(3):
                ran = iza.run(
                    "build", after=random.uniform(0, 0.9 * whole.seconds), IZA_HOME=str(home)
                )
                assert ran.code in (0, KILLED), ran.messages
                check_after_kill(case, home, artefacts=False)
            again = iza.run("build", IZA_HOME=str(home))
            assert again.code == 0, again.messages
            check_after_rerun(case, home, artefacts=False)
            shutil.rmtree(home)


def _published_home(iza: Killing, home: Path) -> Path:
    """A home with a published build and a later one that is not published yet."""
    home.mkdir()
    write_build(home, rows=spiegel_rows((2024,), bouw_id="b00"), bouw_id="b00")
    ran = iza.run("publish", IZA_HOME=str(home))
    assert ran.code == 0, ran.messages
    write_build(home)
    return home


def _pointers(room: Path) -> dict[str, bytes]:
    return {file.parent.name: file.read_bytes() for file in sorted(room.glob("*/actueel.json"))}


def _check_publication(room: Path, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """Every pointer is the old or the new one, and all that is visible is whole."""
    found = verify(room)
    assert found.problems == []
    for extract, content in _pointers(room).items():
        assert content in (old[extract], new[extract])


def kill_publish(tmp_path: Path, kills: int, seed: int) -> int:
    """Kill at random changes on disk and at random moments; how many runs were really killed."""
    random = Random(seed)  # noqa: S311 - the same kills every time
    with Killing(ENVIRONMENT, tmp_path) as iza:
        start = _published_home(iza, tmp_path / "start")
        whole = shutil.copytree(start, tmp_path / "whole")
        ran = iza.run("publish", IZA_HOME=str(whole))
        assert (ran.code, ran.steps > 20) == (0, True), ran.messages
        old, new = _pointers(start / "publicatie"), _pointers(whole / "publicatie")
        assert all(old[extract] != new[extract] for extract in old | new)
        expected, killed = tree(whole), 0
        while killed < kills:
            home = shutil.copytree(start, tmp_path / "home")
            for _ in range(random.randint(1, 3)):
                moment: dict = (
                    {"at_step": random.randint(1, ran.steps)}
                    if random.random() < 0.8
                    else {"after": random.uniform(0, ran.seconds)}
                )
                once = iza.run("publish", IZA_HOME=str(home), **moment)
                assert once.code in (0, KILLED), once.messages
                killed += once.code == KILLED
                _check_publication(home / "publicatie", old, new)
            again = iza.run("publish", IZA_HOME=str(home))
            assert again.code == 0, again.messages
            assert tree(home) == expected
            shutil.rmtree(home)
    return killed


def test_five_kills_of_publish(tmp_path: Path) -> None:
    assert kill_publish(tmp_path, 5, seed=6) >= 5


@pytest.mark.chaos
def test_forty_kills_of_publish(tmp_path: Path) -> None:
    assert kill_publish(tmp_path, 40, seed=7) >= 40
