"""Peak memory of one run in a fresh process: ``-m benchmarks.views.memory VIEW OUT FILE…``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.views.shapes import Shape


def high_water_mb() -> float:
    """Peak resident memory of this process, in MB; the kernel's own figure where there is one."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(li for li in status.read_text().splitlines() if li.startswith("VmHWM"))
        return int(line.split()[1]) / 1000
    import resource  # macOS counts in bytes

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def peak_mb(shape: Shape, files: list[Path], folder: Path) -> float:
    """Peak memory of a view over files, in MB."""
    view = folder / "memory.json"
    view.write_text(json.dumps(shape.view()))
    command = [sys.executable, "-m", "benchmarks.views.memory", view, folder / "memory.parquet"]
    done = subprocess.run([*command, *files], check=True, capture_output=True, text=True)
    return float(done.stdout)


if __name__ == "__main__":
    from ingest.fhir.view.runner import run_files

    run_files(Path(sys.argv[1]), [Path(name) for name in sys.argv[3:]], Path(sys.argv[2]))
    sys.stdout.write(f"{high_water_mb():.0f}\n")
