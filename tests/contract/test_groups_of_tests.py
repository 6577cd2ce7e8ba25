"""Tests that share something costly run on one worker, or both workers make it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_MODULE = """
import os, time
from pathlib import Path
import pytest

pytestmark = pytest.mark.xdist_group("{groep}")

@pytest.mark.parametrize("number", range(4))
def test_where(number):
    time.sleep(0.1)
    place = Path(__file__).with_suffix("") / os.environ["PYTEST_XDIST_WORKER"]
    place.mkdir(parents=True, exist_ok=True)
"""


def test_a_group_stays_on_one_worker(tmp_path: Path) -> None:
    """pytest-xdist 3.8 under pytest 9.2 forgets all groups, without a word."""
    modules = [tmp_path / f"test_{groep}.py" for groep in ("a", "b", "c")]
    for module in modules:
        module.write_text(_MODULE.format(groep=module.stem), encoding="utf-8")
    words = ("-m", "pytest", "-n", "2", "--dist", "loadgroup", "-p", "no:cacheprovider", tmp_path)
    done = subprocess.run(
        [sys.executable, *map(str, words)], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    workers = [sorted(p.name for p in module.with_suffix("").iterdir()) for module in modules]
    assert [len(each) for each in workers] == [1, 1, 1], workers
    assert len({each for (each,) in workers}) == 2
