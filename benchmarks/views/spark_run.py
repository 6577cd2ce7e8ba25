"""Running ``spark.py`` in an environment of its own, when it is there."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

#: PySpark is half a gigabyte that nothing but this benchmark wants, so it stays out of ``.venv``.
PYTHON = Path(__file__).parent.parent / ".venv" / "bin" / "python"


def missing() -> str | None:
    """Why Spark cannot run here, or None when it can."""
    if shutil.which("java") is None:
        return "there is no Java here; PySpark needs version 17 (Debian: openjdk-17-jre-headless)"
    if not PYTHON.exists():
        return "benchmarks/.venv is not there; 'make bench' makes it"
    return None


def run(file: Path, folder: Path, names: list[str]) -> dict[str, float]:
    """Run the shapes named.

    Returns:
        Seconds of each; its rows are in ``folder/<name>``.
    """
    program = Path(__file__).parent / "spark.py"
    done = subprocess.run(
        [PYTHON, program, file, folder, *names], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError("PySpark failed: " + "\n".join(done.stderr.splitlines()[-15:]))
    return json.loads(done.stdout.splitlines()[-1])
