"""Run the demonstration as a process, and read what Airflow recorded of it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

from demo.place import Place

COMMAND = [sys.executable, "-m", "demo"]


def demo_environment(home: Path) -> dict[str, str]:
    """Environment of a small demonstration in its own home."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("IZA_", "AIRFLOW"))}
    return kept | {"IZA_HOME": str(home), "IZA_DEMO_PERSONEN": "1000"}


def recorded(home: Path) -> Counter[tuple[str, str, str]]:
    """Number of DAG runs by DAG, kind and state."""
    database = Place(home).database
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return Counter(connection.execute("select dag_id, run_type, state from dag_run"))


def run_demo(environment: dict[str, str]) -> str:
    """Run it without a terminal, as a build server does; what it told."""
    result = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-4000:]
    return result.stdout


def stop_demo(environment: dict[str, str]) -> None:
    """Stop what a test left running."""
    subprocess.run([*COMMAND, "down"], env=environment, check=False, capture_output=True)
