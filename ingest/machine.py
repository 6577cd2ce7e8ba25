"""The machine this process runs on: its identity, and what there is of memory and cores."""

from __future__ import annotations

import platform
from pathlib import Path

_BOOT = Path("/proc/sys/kernel/random/boot_id")


def this_machine() -> str:
    """Identity of the running machine, the same in all its containers."""
    return _BOOT.read_text().strip() if _BOOT.is_file() else platform.node()
