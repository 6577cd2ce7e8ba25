"""A delivery that does not fit in the memory of its container is loaded all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.ingest_state import BRON, ROWS, new_home

ROWS_DELIVERED = 600_000
_CGROUPS = Path("/sys/fs/cgroup")


@pytest.fixture
def container(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A control group in which a fixed limit of 4 GB gets the delivery killed; its processes."""
    version_1 = _CGROUPS / "memory"
    top, limit = (
        (version_1, "memory.limit_in_bytes") if version_1.is_dir() else (_CGROUPS, "memory.max")
    )
    group = top / f"iza-toets-{uuid4().hex[:8]}"
    try:
        group.mkdir()
        (group / limit).write_text("450000000")
    except OSError:
        pytest.skip("no control group can be made here: that is for root, outside a container")
    try:
        yield group / "cgroup.procs"
    finally:
        group.rmdir()


def test_a_delivery_in_a_small_container(container: Path, tmp_path: Path) -> None:
    settings = new_home(tmp_path / "home")
    file = tmp_path / "wachttijden.csv"
    with file.open("w", encoding="utf-8") as out:
        out.write(ROWS[0] + "\n")
        for number in range(ROWS_DELIVERED):
            out.write(
                f"w{number};111222333;54000001;basis;aanmelding;depressie;2025-01-01;2025-02-01\n"
            )
    kept = {k: v for k, v in os.environ.items() if not k.startswith("IZA_")}
    command = [sys.executable, "-c", "from ingest.cli import main; main()", "ingest", str(file)]
    done = subprocess.run(
        [*command, "--bron", BRON, "--periode", "2025", "--json"],
        env=kept | {"IZA_HOME": str(settings.home), "IZA_THREADS": "1"},
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
        preexec_fn=lambda: container.write_text(str(os.getpid())),
    )  # fmt: skip
    assert done.returncode == 0, (done.returncode, done.stderr)
    assert f'"geaccepteerd": {ROWS_DELIVERED}' in done.stdout
