"""The built database is read in silence, whoever asks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb

READ = """
from pathlib import Path
import duckdb
from ingest.settings import Settings
from marts.dbt_run import DbtRun
folder = Path({folder!r})
asked = "select current_setting('enable_progress_bar')"
print(duckdb.connect().execute(asked).fetchone()[0])
print(DbtRun(folder, folder, Settings(home=folder)).read().execute(asked).fetchone()[0])
"""


def test_no_progress_comes_into_what_a_caller_reads(tmp_path: Path) -> None:
    """DuckDB shows progress where no script was started, as with ``python -c``."""
    with duckdb.connect(tmp_path / "bouw.duckdb"):
        pass
    ran = subprocess.run(
        [sys.executable, "-c", READ.format(folder=str(tmp_path))],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout.split() == ["True", "False"]
