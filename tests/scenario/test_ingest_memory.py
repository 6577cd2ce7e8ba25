"""A delivery that does not fit in the memory of its container is loaded all the same."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.container import container, ingest_inside
from tests.ingest_state import BRON, ROWS, new_home
from tests.large_delivery import KINDS, write_large

ROWS_DELIVERED = 600_000
GIGABYTES = float(os.environ.get("IZA_LARGE_GB", "5"))


def test_a_delivery_in_a_small_container(tmp_path: Path) -> None:
    """With a fixed limit of 4 GB for the engine it would be killed."""
    file = tmp_path / "wachttijden.csv"
    with file.open("w", encoding="utf-8") as out:
        out.write(ROWS[0] + "\n")
        for number in range(ROWS_DELIVERED):
            out.write(
                f"w{number};111222333;54000001;basis;aanmelding;depressie;2025-01-01;2025-02-01\n"
            )
    home = new_home(tmp_path / "home").home
    with container(450_000_000) as processes:
        done = ingest_inside(processes, home, file, BRON, threads=1)
    assert done.returncode == 0, (done.returncode, done.stderr)
    assert f'"geaccepteerd": {ROWS_DELIVERED}' in done.stdout


@pytest.mark.chaos
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_five_gigabytes_with_a_gigabyte_and_a_half(kind: str, tmp_path: Path) -> None:
    """As large as ``IZA_LARGE_GB`` says; it takes some four times that on disk."""
    size = int(GIGABYTES * 1e9)
    if shutil.disk_usage(tmp_path).free < 5 * size:
        pytest.skip(f"SKIPPED: {5 * GIGABYTES:.0f} GB of disk is wanted for a large delivery")
    lines = write_large(kind, size, tmp_path / "in")
    home = new_home(tmp_path / "home").home
    try:
        with container(1_500_000_000) as processes:
            done = ingest_inside(processes, home, tmp_path / "in", KINDS[kind].bron)
        assert done.returncode == 0, (done.returncode, done.stderr)
        counts = json.loads(done.stdout)["tabellen"].values()
        delivered = sum(count["aangeleverd"] for count in counts)
        assert delivered == lines - (kind == "register")  # a header is no record
        assert sum(count["geaccepteerd"] for count in counts) > 0.9 * delivered
    finally:
        shutil.rmtree(home)
        shutil.rmtree(tmp_path / "in")
