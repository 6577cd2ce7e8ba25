"""A control group with little memory, which also tells how much was used at most."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

_CGROUPS = Path("/sys/fs/cgroup")


@dataclass(frozen=True)
class Group:
    """A control group of processes.

    Attributes:
        folder: its folder in the file system of control groups.
        peak_file: file with the most bytes it used.
    """

    folder: Path
    peak_file: str

    def run(self, module: str, *args: object) -> subprocess.CompletedProcess[str]:
        """Run a module of ours inside it, with output kept."""
        procs = self.folder / "cgroup.procs"
        return subprocess.run(
            [sys.executable, "-m", module, *map(str, args)],
            capture_output=True, text=True, check=False,
            preexec_fn=lambda: procs.write_text(str(os.getpid())),
        )  # fmt: skip

    def peak_mb(self) -> float:
        """Most memory its processes used together, file cache included, in MB."""
        return int((self.folder / self.peak_file).read_text()) / 1e6


@contextmanager
def control_group(limit: int) -> Iterator[Group | None]:
    """Make a control group that kills what takes more; None where that cannot be done.

    Args:
        limit: bytes its processes may use together.
    """
    version_1 = (_CGROUPS / "memory").is_dir()
    top = _CGROUPS / "memory" if version_1 else _CGROUPS
    group = top / f"iza-bench-{uuid4().hex[:8]}"
    names = ("memory.limit_in_bytes", "memory.max_usage_in_bytes")
    limit_file, peak_file = names if version_1 else ("memory.max", "memory.peak")
    try:
        group.mkdir()
        (group / limit_file).write_text(str(limit))
    except OSError:
        yield None
        return
    try:
        yield Group(group, peak_file)
    finally:
        group.rmdir()
