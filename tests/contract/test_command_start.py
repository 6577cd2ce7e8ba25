"""``iza`` tells what it can do at once: the engines are loaded by the command that needs them."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"airflow", "dbt", "duckdb", "numpy", "pandera", "polars", "pyarrow", "sqlalchemy"}
PROGRAM = """
import sys
from ingest.cli import app
try:
    app(sys.argv[1:])
except SystemExit as end:
    assert not end.code, end.code
sys.stderr.write("\\n".join(sys.modules))
"""


@pytest.mark.parametrize("words", [["--help"], ["ingest", "--help"]], ids=" ".join)
def test_help_loads_no_engine(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, check=True
    )
    assert "Usage" in done.stdout
    loaded = set(done.stderr.split())
    assert "typer" in loaded
    assert not loaded & HEAVY
