"""``make bench``: read speed of the intake families, beside the engine reading the same bytes.

Prints one line a measurement and writes ``benchmarks/result.json``. Every ratio is engine time over
our time within the same run: 1 would be as fast as reading the bytes as one text column.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from ingest.intake import ingest_path
from ingest.pseudonym import write_key
from ingest.settings import Settings
from synthetic.region import write_region

PERSONEN = 20_000
PERIODE = "2023"
RESULT = Path(__file__).parent / "result.json"


def timed(action: Callable[[], object], times: int = 3) -> float:
    """Best of a few runs, in seconds."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best


def read_as_text(folder: Path, encoding: str) -> int:
    """The engine reads all lines of a folder as one text column and measures their length."""
    row = duckdb.execute(
        "select count(*), sum(length(regel)) from read_csv(?, columns = {'regel': 'VARCHAR'}, "
        "delim = '\\x01', quote = '', escape = '', header = false, encoding = ?, "
        "auto_detect = false, max_line_size = 10000000)",
        [f"{folder}/*", encoding],
    ).fetchone()
    return int(row[0]) if row else 0


def measure(inbox: Path, bron: str, encoding: str, home: Path) -> dict[str, float | str]:
    """Intake of one delivery, from landing to the ledger, against reading its bytes."""
    folder = inbox / bron / PERIODE
    size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    settings = Settings(home=home / bron)
    write_key(settings, demo=True)
    ingest_path(folder, bron, settings, periode=PERIODE)  # imports and file cache are warm
    ours = timed(lambda: ingest_path(folder, bron, settings, periode=PERIODE, again=True), 2)
    engine = timed(lambda: read_as_text(folder, encoding))
    return {
        "meting": f"intake {bron}",
        "mb": round(size, 1),
        "seconden": round(ours, 2),
        "mb_per_seconde": round(size / ours, 1),
        "ratio_tegen_lezen_als_tekst": round(engine / ours, 3),
    }


def main() -> None:
    """Make a region, measure, print and write."""
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder) / "inbox"
        start = time.perf_counter()
        write_region(PERSONEN, 1, inbox, progress=lambda _line: None)
        seconds = time.perf_counter() - start
        results: list[dict[str, float | str]] = [
            {
                "meting": "demo region",
                "seconden": round(seconds, 2),
                "personen_per_seconde": round(PERSONEN / seconds),
            }
        ]
        print(results[0])
        for bron, encoding in (
            ("declaraties-msz", "latin-1"),
            ("declaraties-huisartsen", "latin-1"),
            ("fhir-ziekenhuizen", "utf-8"),
            ("fhir-huisartsen", "utf-8"),
        ):
            results.append(measure(inbox, bron, encoding, Path(folder)))
            print(results[-1])
    RESULT.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(f"written to {RESULT}")


if __name__ == "__main__":
    main()
