"""The demonstration itself, under a real Airflow: cut off, run again, and run once more.

The three runs are one scenario in one home, in order; they take some minutes.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from demo.lifecycle import Running, find_running
from demo.place import Place
from demo.published import fingerprint
from ingest.ledger import Ledger
from ingest.settings import Settings
from publish.verify import verify

pytestmark = [pytest.mark.airflow, pytest.mark.slow, pytest.mark.xdist_group("demo")]

COMMAND = [sys.executable, "-m", "demo"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "een huis met spaties"


@pytest.fixture(scope="module")
def environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("IZA_", "AIRFLOW"))}
    return kept | {"IZA_HOME": str(home), "IZA_DEMO_PERSONEN": "1000"}


@pytest.fixture(scope="module", autouse=True)
def nothing_left_running(home: Path, environment: dict[str, str]):
    yield
    subprocess.run([*COMMAND, "down"], env=environment, check=False, capture_output=True)


def recorded(home: Path) -> Counter[tuple[str, str, str]]:
    database = Place(home).database
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return Counter(connection.execute("select dag_id, run_type, state from dag_run"))


def run(environment: dict[str, str]) -> str:
    result = subprocess.run(
        COMMAND, env=environment, capture_output=True, text=True, check=False
    )  # no terminal, as in a build server
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-4000:]
    return result.stdout


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
    return run(environment), recorded(home)


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
    deliveries = Ledger(Settings(home=home).ledger_address).committed()
    assert len(deliveries) == 21
    for delivery in deliveries:
        for t in delivery.rapport["tabellen"].values():
            assert t["aangeleverd"] == t["geaccepteerd"] + t["quarantaine"] + t["dubbel"]


def test_running_again_changes_no_published_byte(
    home: Path, environment: dict[str, str], run_after: tuple[str, Counter[tuple[str, str, str]]]
) -> None:
    before = fingerprint(home / "publicatie")
    assert before
    told = run(environment)
    assert "published bytes unchanged" in told, told[-4000:]
    assert fingerprint(home / "publicatie") == before
    assert recorded(home)["publicatie", "asset_triggered", "success"] >= 2
