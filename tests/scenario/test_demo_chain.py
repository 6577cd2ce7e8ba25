"""The demonstration itself, under a real Airflow: cut off, run again, and run once more.

The three runs are one scenario in one home, in order; they take some minutes.
"""

from __future__ import annotations

import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from demo.lifecycle import Running, find_running
from demo.place import Place
from demo.published import fingerprint
from publish.verify import verify
from tests.demo_process import COMMAND, demo_environment, recorded, run_demo, stop_demo

pytestmark = [pytest.mark.airflow, pytest.mark.chaos]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "een huis met spaties"


@pytest.fixture(scope="module")
def environment(home: Path) -> dict[str, str]:
    return demo_environment(home)


@pytest.fixture(scope="module", autouse=True)
def nothing_left_running(environment: dict[str, str]):
    yield
    stop_demo(environment)


@pytest.fixture(scope="module")
def cut_off(home: Path, environment: dict[str, str]) -> Path:
    """A home in which a demonstration was killed in the middle of intake."""
    home.parent.mkdir(parents=True, exist_ok=True)
    told = home.parent / "told.txt"
    with told.open("wb") as output:
        process = subprocess.Popen(COMMAND, env=environment, stdout=output, stderr=output)
        deadline = time.monotonic() + 600
        while "laad " not in told.read_text() and time.monotonic() < deadline:
            assert process.poll() is None, told.read_text()
            time.sleep(0.5)
        process.send_signal(signal.SIGKILL)
        process.wait()
    return home


@pytest.fixture(scope="module")
def left_running(cut_off: Path) -> Running | None:
    """What the killed demonstration left behind."""
    return find_running(Place(cut_off))


@pytest.fixture(scope="module")
def run_after(
    home: Path, left_running: Running | None, environment: dict[str, str]
) -> tuple[str, Counter[tuple[str, str, str]]]:
    """What the next demonstration in that home told, and what Airflow had on record then."""
    return run_demo(environment), recorded(home)


def test_a_kill_in_the_middle_of_intake_leaves_airflow_behind(
    left_running: Running | None,
) -> None:
    assert left_running is not None
    assert left_running.reason == "demo"


def test_the_next_run_clears_that_and_runs_the_chain(
    home: Path, run_after: tuple[str, Counter[tuple[str, str, str]]]
) -> None:
    told, runs = run_after
    assert "cut off" in told
    assert runs["aanlevering", "manual", "success"] == 1
    assert runs["spiegel", "asset_triggered", "success"] == 1
    assert runs["publicatie", "asset_triggered", "success"] == 1
    assert runs["onderhoud", "manual", "success"] == 1
    assert find_running(Place(home)) is None
    result = verify(home / "publicatie")
    assert result.problems == []
    assert result.releases >= 3


def test_running_again_changes_no_published_byte(
    home: Path, environment: dict[str, str], run_after: tuple[str, Counter[tuple[str, str, str]]]
) -> None:
    before = fingerprint(home / "publicatie")
    assert before
    told = run_demo(environment)
    assert "published bytes unchanged" in told, told[-4000:]
    assert fingerprint(home / "publicatie") == before
    assert recorded(home)["publicatie", "asset_triggered", "success"] >= 2
