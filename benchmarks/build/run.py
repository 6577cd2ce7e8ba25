"""One build in a process of its own: ``-m benchmarks.build.run HOME OUTCOME`` writes a file."""

from __future__ import annotations

import json
import resource
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

from ingest.settings import Settings
from marts.build import build

#: Line of progress with which a phase begins, by how it starts, and the name of the phase.
PHASES = {
    "dbt builds": "dbt",
    "writing the marts": "marts to Parquet",
    "": "answers to senders",
}


def _processor(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def processor_seconds() -> float:
    """Processor time of this process and of those it waited for."""
    return _processor(resource.RUSAGE_SELF) + _processor(resource.RUSAGE_CHILDREN)


@contextmanager
def disk_used(folder: Path) -> Iterator[list[int]]:
    """The most bytes in a folder meanwhile, looked at every half second: the one item of a list."""
    most, done = [0], threading.Event()

    def look() -> None:
        while not done.wait(0.5):
            with suppress(OSError):  # a file that is gone when its size is asked
                most[0] = max(most[0], sum(f.stat().st_size for f in folder.rglob("*")))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        done.set()
        watcher.join()


def rooms(target: Path) -> dict[str, float]:
    """Seconds of the steps of dbt, added up by layer.

    Args:
        target: folder with ``run_results.json`` and ``manifest.json`` of the build.

    Returns:
        Seconds by layer; steps run beside one another, so their sum exceeds what went by.
    """
    read: dict[str, Any] = {
        name: json.loads((target / name).read_text(encoding="utf-8"))
        for name in ("run_results.json", "manifest.json")
    }
    nodes = read["manifest.json"]["nodes"]
    seconds: dict[str, float] = defaultdict(float)
    for result in read["run_results.json"]["results"]:
        kind = result["unique_id"].split(".")[0]
        node = nodes.get(result["unique_id"])
        name = node["fqn"][1] if kind == "model" and node else f"{kind}s"
        seconds[name] += result["execution_time"]
    return dict(seconds)


def main(home: Path, written: Path) -> None:
    """Build, and write seconds and processor seconds of every phase."""
    moments: list[tuple[str, float, float]] = []

    def mark(line: str) -> None:
        phase = next(name for begin, name in PHASES.items() if line.startswith(begin))
        if "rows in raw" not in line and phase not in {moment[0] for moment in moments}:
            moments.append((phase, time.perf_counter(), processor_seconds()))

    start = (time.perf_counter(), processor_seconds())
    with disk_used(home / "bouw") as disk:
        result = build(Settings(home=home), progress=mark)
    moments.append(("", time.perf_counter(), processor_seconds()))
    phases = [
        {"phase": name, "seconds": later[1] - begin, "processor": later[2] - used}
        for (name, begin, used), later in pairwise(moments)
    ]
    outcome = {
        "seconds": moments[-1][1] - start[0],
        "processor": moments[-1][2] - start[1],
        "disk": disk[0],
        "phases": phases,
        "rooms": rooms(result.map),
        "rows": sum(result.modellen.values()),
    }
    written.write_text(json.dumps(outcome), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
