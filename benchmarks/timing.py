"""How long something takes."""

from __future__ import annotations

import time
from collections.abc import Callable


def timed(action: Callable[[], object], times: int = 3) -> float:
    """Best of a few runs, in seconds."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best
