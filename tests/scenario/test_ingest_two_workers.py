"""Two workers load the same deliveries at the same time: each of them is loaded once."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select

from ingest.intake import ingest_path
from ingest.ledger import Ledger
from ingest.ledger.tables import CLAIM, LEVERING_STAP
from ingest.settings import Settings
from tests.ingest_state import BRON, ROWS, committed, new_home, tree
from tests.postgres import Server

DELIVERIES = 40

#: Loads every delivery of a folder, in its order, and tells which of them it loaded itself.
#: It pauses after the first one, so that the other gets a turn however busy the machine is.
WORKER = """
import json, sys
from pathlib import Path
from ingest.intake import ingest_path
from ingest.settings import load_settings
settings = load_settings()
print("ready", flush=True)
sys.stdin.readline()
loaded = []
for path in sorted(Path(sys.argv[1]).iterdir()):
    report = ingest_path(path, sys.argv[2], settings, periode="2025")
    if not report.herhaling:
        loaded.append(report.levering_id)
        if len(loaded) == 1:
            print("loaded", flush=True)
            sys.stdin.readline()
print(json.dumps(loaded))
"""


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    for number in range(DELIVERIES):
        row = f"v{number};111222333;54000001;basis;aanmelding;depressie;2025-01-01;2025-02-01"
        text = "\n".join([*ROWS, row]) + "\n"
        (folder / f"{number:03}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def alone(inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """What one worker makes of them."""
    settings = new_home(tmp_path_factory.mktemp("alone") / "home")
    for path in sorted(inbox.iterdir()):
        ingest_path(path, BRON, settings, periode="2025")
    return settings


def start(settings: Settings, inbox: Path, machine: str) -> subprocess.Popen[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("IZA_")}
    environment = kept | {
        "IZA_HOME": str(settings.home), "IZA_LEDGER_URL": settings.ledger_address,
        "IZA_MACHINE": machine, "IZA_THREADS": "1", "PYTHONPATH": str(Path(__file__).parents[2]),
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(inbox), BRON], env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_two_workers_on_one_machine(inbox: Path, tmp_path: Path) -> None:
    few = tmp_path / "inbox"
    few.mkdir()
    alone = new_home(tmp_path / "alone")
    for path in sorted(inbox.iterdir())[:15]:
        shutil.copy(path, few)
        ingest_path(path, BRON, alone, periode="2025")
    url = f"sqlite:///{tmp_path / 'grootboek.sqlite'}"
    check_each_is_loaded_once(("a", "a"), few, alone, tmp_path / "home", url)


def test_two_machines_that_share_a_ledger(
    inbox: Path, alone: Settings, tmp_path: Path, postgres: Server
) -> None:
    url = postgres.new_database("twee_machines")
    check_each_is_loaded_once(("a", "b"), inbox, alone, tmp_path / "home", url)


def let_all_go_on(workers: list[subprocess.Popen[str]], said: str) -> None:
    """Wait until every worker has said a word, then let them all go on."""
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == f"{said}\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()


def check_each_is_loaded_once(
    machines: tuple[str, str], inbox: Path, alone: Settings, home: Path, ledger_url: str
) -> None:
    settings = new_home(home).model_copy(update={"ledger_url": ledger_url})
    workers = [start(settings, inbox, machine) for machine in machines]
    for said in ("ready", "loaded"):
        let_all_go_on(workers, said)
    told = [worker.communicate(timeout=500) for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0], told
    first, second = (json.loads(out) for out, _ in told)
    assert first
    assert second
    assert sorted(first + second) == sorted(d["levering_id"] for d in committed(alone))
    assert committed(settings) == committed(alone)
    assert tree(settings.home) == tree(alone.home)
    with create_engine(ledger_url).connect() as connection:
        steps = select(func.count()).where(LEVERING_STAP.c.stap == "vastgelegd")
        assert connection.execute(steps).scalar_one() == len(committed(alone))
        assert connection.execute(select(CLAIM)).all() == []
    assert Ledger(ledger_url).unfinished() == []
