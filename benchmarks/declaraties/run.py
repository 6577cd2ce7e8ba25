"""Our side of a measurement, in its own process: ``-m benchmarks.declaraties.run WHAT FOLDER``.

``reader`` reads a folder up to the projected rows; ``ingest`` is the whole of ``iza ingest``. One
JSON object comes out: seconds, records, rows, refused records and the peak memory in MB.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.views.memory import high_water_mb


def run(what: str, folder: Path) -> dict[str, float]:
    """Measure in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.declaraties.run", what, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _reader(folder: Path, home: Path) -> dict[str, float]:
    from ingest.declaraties.intake import read
    from ingest.declaraties.kinds import record_kinds
    from ingest.intake import connect
    from ingest.reading import DeliveredFile, Delivery
    from ingest.settings import Settings

    files = tuple(DeliveredFile(p, p.name, "", p.stat().st_size) for p in sorted(folder.iterdir()))
    settings = Settings(home=home, threads=os.cpu_count() or 1)
    record_kinds()  # the layouts are read
    con = connect(home / "werk", settings)
    start = time.perf_counter()
    reading = read(con, Delivery("bron", "declaratie", "2023", "l0", files), settings)
    read_seconds = time.perf_counter() - start
    rows = 0
    for tabel in reading.tabellen:
        for batch in con.sql(f"select * from proj_{tabel}").to_arrow_reader(100_000):
            rows += batch.num_rows
    seconds = time.perf_counter() - start
    refused = con.execute("select count(distinct record_nr) from afkeur").fetchone()
    con.close()
    return {
        "seconds": seconds,
        "reading": read_seconds,
        "rows": rows,
        "refused": refused[0] if refused else 0,
    }


def _ingest(folder: Path, home: Path) -> dict[str, float]:
    from ingest.declaraties.kinds import record_kinds
    from ingest.intake import ingest_path
    from ingest.pseudonym import write_key
    from ingest.settings import Settings

    settings = Settings(home=home, threads=os.cpu_count() or 1)
    write_key(settings, demo=True)
    record_kinds()
    start = time.perf_counter()
    report = ingest_path(folder, "declaraties-msz", settings, soort="declaratie", periode="2023")
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "rows": sum(report.rijen.values())}


if __name__ == "__main__":
    measured = {"reader": _reader, "ingest": _ingest}[sys.argv[1]]
    with tempfile.TemporaryDirectory(prefix="iza-bench-") as place:
        result = measured(Path(sys.argv[2]), Path(place))
    result["peak"] = high_water_mb()
    sys.stdout.write(json.dumps(result) + "\n")
