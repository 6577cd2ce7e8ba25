"""Read speed of the intake families, beside the engine reading the same bytes."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import duckdb

from benchmarks.result import Family, Progress, Row, Section
from benchmarks.timing import timed
from ingest.intake import ingest_path
from ingest.pseudonym import write_key
from ingest.settings import Settings
from synthetic.region import write_region

PERSONEN = 20_000
PERIODE = "2023"
ENCODINGS = {
    "declaraties-msz": "latin-1",
    "declaraties-huisartsen": "latin-1",
    "fhir-ziekenhuizen": "utf-8",
    "fhir-huisartsen": "utf-8",
}


def read_as_text(folder: Path, encoding: str) -> int:
    """The engine reads all lines of a folder as one text column and measures their length."""
    row = duckdb.execute(
        "select count(*), sum(length(regel)) from read_csv(?, columns = {'regel': 'VARCHAR'}, "
        "delim = '\\x01', quote = '', escape = '', header = false, encoding = ?, "
        "auto_detect = false, max_line_size = 10000000)",
        [f"{folder}/*", encoding],
    ).fetchone()
    return int(row[0]) if row else 0


def measure_delivery(inbox: Path, bron: str, home: Path) -> Row:
    """Intake of one delivery, from landing to the ledger, against reading its bytes."""
    folder = inbox / bron / PERIODE
    size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    settings = Settings(home=home / bron)
    write_key(settings, demo=True)
    ingest_path(folder, bron, settings, periode=PERIODE)  # imports and file cache are warm
    ours = timed(lambda: ingest_path(folder, bron, settings, periode=PERIODE, again=True), 2)
    engine = timed(lambda: read_as_text(folder, ENCODINGS[bron]))
    return {
        "levering": bron,
        "MB": round(size, 1),
        "seconden": round(ours, 2),
        "MB/s": round(size / ours, 1),
        "ratio": round(engine / ours, 3),
    }


def measure(progress: Progress) -> Family:
    """Make a region and measure the intake of four of its deliveries."""
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder) / "inbox"
        progress(f"intake: making a region of {PERSONEN:,} persons")
        start = time.perf_counter()
        write_region(PERSONEN, 1, inbox, progress=lambda _line: None)
        seconds = time.perf_counter() - start
        rows = []
        for bron in ENCODINGS:
            progress(f"intake: {bron}")
            rows.append(measure_delivery(inbox, bron, Path(folder)))
    region: Row = {
        "personen": PERSONEN,
        "seconden": round(seconds, 2),
        "personen/s": round(PERSONEN / seconds),
    }
    about = "ratio: reading the same bytes as one text column, over our time; 1 is as fast"
    return Family(
        "intake",
        [Section("deliveries", about, rows), Section("demo region", "making it", [region])],
    )
