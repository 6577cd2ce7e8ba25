"""Memory or disk that is too small for a build: which it was, where, and what to set."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ingest.settings import Settings

#: The engine's words for a disk that is full: of its database, and of what it set aside.
_NO_DISK = ("No space left on device", "max_temp_directory_size")
_NO_MEMORY = ("Out of Memory Error",)
#: How a process ends that the system stopped because there was no memory left.
_KILLED = -9


def too_small(
    messages: Iterable[str], settings: Settings, folder: Path, exit_code: int = 0
) -> str | None:
    """What to do when a build failed for want of memory or disk.

    Args:
        messages: what the engine said.
        settings: memory and threads of the build.
        folder: where it was building.
        exit_code: how its process ended.

    Returns:
        One paragraph; None when it failed for another reason.
    """
    said = list(messages)
    if _says(said, _NO_DISK):
        return (
            f"The disk of {folder} is too small for this build. It holds the build database and "
            "what does not fit in memory, and is empty again afterwards: make room there, or let "
            "IZA_HOME be on a larger disk. More memory (IZA_MEMORY_LIMIT, now "
            f"{settings.memory_limit}) leaves less to be set aside."
        )
    if _says(said, _NO_MEMORY) or exit_code == _KILLED:
        stopped = exit_code == _KILLED
        what = "was stopped by the system for want of" if stopped else "had too little"
        return (
            f"The build {what} memory. The engine may use {settings.memory_limit} with "
            f"{settings.threads} thread(s): set IZA_MEMORY_LIMIT higher where there is more, or "
            "IZA_THREADS lower, and leave some 500 MB for the rest of the process. docs/sizing.md "
            "says what a region needs."
        )
    return None


def _says(messages: list[str], words: tuple[str, ...]) -> bool:
    return any(word in message for message in messages for word in words)
