"""A process that ends with the one that started it, also when that one is killed."""

from __future__ import annotations

import os
import threading
import time

_SECONDS = 0.2


def end_with_parent(parent: int | None = None) -> None:
    """End this process soon after its parent is gone.

    Without it dbt would work on after a build is killed, in a folder that the next build removes,
    and workers that judge would wait for ever for a process of intake that is no more.

    Args:
        parent: process that started this one, for who knows it: the parent may be gone by now.
    """
    watch = threading.Thread(target=_watch, args=(parent or os.getppid(),), daemon=True)
    watch.start()


def _watch(parent: int) -> None:
    # Asked again and again, for no system tells all of Linux, macOS and a container alike.
    while os.getppid() == parent:
        time.sleep(_SECONDS)
    os._exit(1)
