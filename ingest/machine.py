"""The machine this process runs on: its identity, and what there is of memory and cores.

What a container may use counts, not what its host has: a task that takes more is killed.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_CGROUPS = Path("/sys/fs/cgroup")
_MB = 1_000_000

#: Of the memory there is, so much is shared out; the rest is for the system and its file cache.
_SHARED_OUT = 0.8
#: What a task takes beside the embedded engine: Python, its packages, the frames being judged.
_BESIDE_ENGINE = 500 * _MB
_LEAST = 128 * _MB


def this_machine() -> str:
    """Identity of the running machine, the same in all its containers."""
    return _BOOT.read_text().strip() if _BOOT.is_file() else platform.node()


def _number(file: Path) -> int | None:
    """The number in a file of the kernel; None for ``max``, or when there is no such file."""
    try:
        return int(file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _groups(root: Path, own: Path) -> Iterator[Path]:
    """Folders of the control groups of this process, its own first, of both versions."""
    try:
        lines = own.read_text().splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers and "memory" not in controllers.split(","):
            continue
        top = root / "memory" if controllers else root
        # In a container the path is that of the host; its own group is then the top one.
        group = top / path.lstrip("/")
        yield from (folder for folder in (group, *group.parents) if folder.is_relative_to(top))


def memory_bytes(root: Path = _CGROUPS, own: Path = Path("/proc/self/cgroup")) -> int:
    """Memory this process may use: that of the machine, or of the narrowest group it is in.

    Args:
        root: where the control groups are mounted.
        own: the groups of this process.
    """
    whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    limits = [
        limit
        for folder in _groups(root, own)
        for name in ("memory.max", "memory.limit_in_bytes")
        if (limit := _number(folder / name)) is not None
    ]
    return min([whole, *limits])


def cores() -> int:
    """Cores this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def engine_memory(memory: int, tasks: int) -> str:
    """The memory limit of the engine of one task, so that all tasks together fit.

    Args:
        memory: bytes there are.
        tasks: tasks that may run side by side.

    Returns:
        Such as ``1300MB``; at least 128 MB, with which the engine spills to disk.
    """
    share = int(memory * _SHARED_OUT) // tasks - _BESIDE_ENGINE
    return f"{max(share, _LEAST) // _MB}MB"


@cache
def own_engine_memory(tasks: int) -> str:
    """``engine_memory`` of this machine."""
    return engine_memory(memory_bytes(), tasks)
