"""One build at a time in one home folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import BuildError


@contextmanager
def build_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; the operating system frees it when the process ends.

    Args:
        folder: folder of the builds; the lock file in it holds the number of the process.

    Raises:
        BuildError: another build holds the lock.
    """
    path = folder / "slot"
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise BuildError(
                f"Another build is running (process {holder}). Wait until it is done; builds of "
                f"the same home folder take turns ({path})."
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
