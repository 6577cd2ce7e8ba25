"""The DAG that pulls sources, run by Airflow itself against a real server on loopback."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ingest.settings import Settings
from tests.bulk_server import BulkServer
from tests.bulk_setup import BRON, patients, write_source

pytestmark = [pytest.mark.airflow, pytest.mark.slow, pytest.mark.xdist_group("airflow")]

DAGS = Path(__file__).parents[2] / "dags"
RUN = """
import json, sys
from airflow.dag_processing.dagbag import DagBag
run = DagBag(sys.argv[1]).dags["ophalen"].test(run_conf=json.loads(sys.argv[2]))
states = {ti.task_id: str(ti.state) for ti in run.get_task_instances()}
print("STATES", json.dumps([str(run.state), states]))
"""


@pytest.fixture
def environment(settings: Settings, tmp_path: Path) -> dict[str, str]:
    given = {
        "AIRFLOW_HOME": str(tmp_path / "airflow"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__API_AUTH__JWT_SECRET": "x" * 64,
        "IZA_HOME": str(settings.home),
        "IZA_THREADS": "1",
        "PYTHONPATH": str(DAGS),
    }
    others = {k: v for k, v in os.environ.items() if not k.startswith(("AIRFLOW", "IZA"))}
    migrate = [sys.executable, "-m", "airflow", "db", "migrate"]
    subprocess.run(migrate, env=others | given, check=True, capture_output=True)
    return others | given


def run(environment: dict[str, str], conf: dict) -> tuple[str, dict[str, str], str]:
    ended = subprocess.run(
        [sys.executable, "-c", RUN, str(DAGS), json.dumps(conf)],
        env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    told = next(line for line in ended.stdout.splitlines() if line.startswith("STATES"))
    state, tasks = json.loads(told.removeprefix("STATES"))
    return state, tasks, ended.stdout + ended.stderr


def test_a_pull_is_announced_for_its_period_and_no_server_is_no_fault(
    environment: dict[str, str], settings: Settings
) -> None:
    state, tasks, log = run(environment, {})
    assert (state, tasks["haal"], tasks["afsluiting"]) == ("success", "skipped", "success")
    assert "No source has a server" in log
    with BulkServer() as server:
        server.files = [patients("a", "b")]
        write_source(settings, server)
        state, tasks, log = run(environment, {"periode": "2025"})
    assert (state, tasks["haal"], tasks[f"meld.{BRON}"]) == ("success", "success", "success")
    assert {s for name, s in tasks.items() if name.startswith("meld.")} == {"success", "skipped"}
    assert "sig=" not in log
    database = Path(environment["AIRFLOW_HOME"]) / "airflow.db"
    query = """
        select asset.uri, asset_event.partition_key, asset_event.extra
        from asset_event join asset on asset.id = asset_event.asset_id
    """
    with closing(sqlite3.connect(database)) as connection:
        ((uri, period, extra),) = connection.execute(query).fetchall()
    assert (uri, period) == (f"x-iza://bron/{BRON}", "2025")
    assert json.loads(extra)["geaccepteerd"] == 2
