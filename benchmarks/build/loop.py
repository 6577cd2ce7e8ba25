"""Builds a region in a control group and tells time by phase and layer, and memory.

``IZA_BENCH_PERSONEN=100000,1000000`` builds larger ones besides, rounded to 20,000;
``IZA_BENCH_HOME`` names a home of 20,000 persons with its deliveries loaded, which saves loading
them (it is copied); ``IZA_BENCH_GB`` is the memory of the control group.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.build.group import control_group
from benchmarks.build.home import PERSONEN, delivered_home, repeated_home
from benchmarks.result import Family, Progress, Row, Section

_ABOUT = {
    "builds": "whole builds, each in a control group of the memory named; peak with file cache; "
    "disk is the database of the build and what did not fit in memory, at most",
    "phases": "seconds that went by and processor seconds of each phase",
    "layers": "share of the seconds of dbt's steps, two of which run beside one another",
}


def times() -> list[int]:
    """How many times 20,000 persons to build, from ``IZA_BENCH_PERSONEN``."""
    asked = os.environ.get("IZA_BENCH_PERSONEN", str(PERSONEN))
    return [max(1, round(int(number) / PERSONEN)) for number in asked.split(",")]


def measure(progress: Progress) -> Family:
    """Build a region of 20,000 persons, or of the sizes asked for."""
    gigabytes = float(os.environ.get("IZA_BENCH_GB", "4"))
    rows: dict[str, list[Row]] = {name: [] for name in _ABOUT}
    skipped: list[str] = []
    with tempfile.TemporaryDirectory(prefix="iza-bench-") as folder:
        given = os.environ.get("IZA_BENCH_HOME")
        home = Path(given) if given else delivered_home(Path(folder) / "delivered", progress)
        for number in times():
            progress(f"build: {number * PERSONEN:,} persons in {gigabytes:g} GB")
            copy = repeated_home(home, Path(folder) / "home", number)
            outcome = _build(copy, gigabytes, skipped)
            _add(rows, number * PERSONEN, gigabytes, outcome)
            shutil.rmtree(copy)
    sections = [Section(name, _ABOUT[name], rows[name]) for name in _ABOUT]
    return Family("build", sections, skipped)


def _build(home: Path, gigabytes: float, skipped: list[str]) -> dict[str, Any]:
    with control_group(int(gigabytes * 1e9)) as group:
        if group is None:
            raise SystemExit("no control group can be made here: that is for root")
        written = home.parent / "outcome.json"
        done = group.run("benchmarks.build.run", home, written)
        if done.returncode:
            skipped.append(f"the build of {home} failed: {done.stderr.strip()[-600:]}")
            return {}
        outcome: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
        return outcome | {"peak": group.peak_mb()}


def _add(
    rows: dict[str, list[Row]], personen: int, gigabytes: float, outcome: dict[str, Any]
) -> None:
    if not outcome:
        return
    rows["builds"].append({
        "persons": personen,
        "GB": gigabytes,
        "seconds": round(outcome["seconds"], 1),
        "processor": round(outcome["processor"], 1),
        "peak MB": round(outcome["peak"]),
        "disk MB": round(outcome["disk"] / 1e6),
        "rows in marts": outcome["rows"],
    })  # fmt: skip
    for phase in outcome["phases"]:
        rows["phases"].append({
            "persons": personen,
            "phase": phase["phase"],
            "seconds": round(phase["seconds"], 1),
            "processor": round(phase["processor"], 1),
        })  # fmt: skip
    total = sum(outcome["rooms"].values())
    for name, seconds in sorted(outcome["rooms"].items(), key=lambda item: -item[1]):
        share = round(seconds / total, 3)
        rows["layers"].append({"persons": personen, "layer": name, "share": share})
