"""A control group with little memory: the kernel kills what takes more."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

_CGROUPS = Path("/sys/fs/cgroup")


@contextmanager
def container(limit: int) -> Iterator[Path]:
    """Make a control group; the test is skipped where that cannot be done.

    Args:
        limit: bytes all its processes may use together.

    Yields:
        The file a process writes its number in to enter.
    """
    version_1 = _CGROUPS / "memory"
    top, name = (
        (version_1, "memory.limit_in_bytes") if version_1.is_dir() else (_CGROUPS, "memory.max")
    )
    group = top / f"iza-toets-{uuid4().hex[:8]}"
    try:
        group.mkdir()
        (group / name).write_text(str(limit))
    except OSError:
        pytest.skip("no control group can be made here: that is for root, outside a container")
    try:
        yield group / "cgroup.procs"
    finally:
        group.rmdir()


def ingest_inside(
    processes: Path, home: Path, path: Path, bron: str, **chosen: float
) -> subprocess.CompletedProcess[str]:
    """Run ``iza ingest`` in a control group, with the memory that follows from it.

    Args:
        processes: the file to enter the group by.
        home: of the installation.
        path: the delivery.
        bron: its source.
        chosen: settings, such as ``threads``.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith("IZA_")}
    kept |= {"IZA_HOME": str(home)} | {f"IZA_{k.upper()}": str(v) for k, v in chosen.items()}
    command = [sys.executable, "-c", "from ingest.cli import main; main()", "ingest", str(path)]
    return subprocess.run(
        [*command, "--bron", bron, "--periode", "2025", "--json"],
        env=kept, cwd=Path(__file__).parents[1], capture_output=True, text=True,
        check=False, preexec_fn=lambda: processes.write_text(str(os.getpid())),
    )  # fmt: skip
