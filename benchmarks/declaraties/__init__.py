"""Declarations: our reader and all its checks beside the engine and beside a plain loop.

All read the same messages in the same run. Ours runs in a process of its own, whose peak memory is
told. The number of records is that of ``IZA_BENCH_RECORDS``.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import duckdb

from benchmarks.declaraties.data import Bestanden, region, write_copies
from benchmarks.declaraties.loop import read_rows
from benchmarks.declaraties.run import run
from benchmarks.result import Family, Progress, Row, Section
from benchmarks.timing import timed

STANDAARDEN = {"ZH308 9.0": "declaraties-msz", "HA304 4.2": "declaraties-huisartsen"}
PERSONEN = 20_000
_RECORDS = "IZA_BENCH_RECORDS"
_SAMPLE = 20_000
_LARGE = 2_000_000

_SPEED = (
    "Ours: files to typed rows, fetched as Arrow, with all five levels of checks, in all "
    "threads. 'of the text read': seconds of the engine reading the same bytes as one text column "
    "(read_csv, all cores) over ours; 1 is as fast. 'x loop': seconds of a plain Python loop over "
    "ours. The loop slices every element of the layout, strips it, turns counts, amounts with "
    "their sign and dates, and keeps the row. 'x loop with checks': the same loop that also holds "
    "every element against its pattern (obligation, alignment, digits, dates, code list, reserve); "
    "neither knows order, totals or rules between elements or records, which ours does. They read "
    f"{_SAMPLE:,} records; their seconds are scaled. 'ASCII' is the same without diacritics, "
    "which the engine reads as UTF-8, several times as fast as latin-1."
)
_WHOLE = (
    "The whole of 'iza ingest': copy to landing, hash, read and check, validate, pseudonymise, "
    "write Parquet and quarantine, ledger. Of the text read as above"
)
_MEMORY = "Peak resident memory (VmHWM) of the process that reads and checks, in MB, by records"


def _text_read(data: Bestanden) -> int:
    """The engine reads all lines as one text column and measures their length."""
    row = duckdb.execute(
        "select count(*), sum(length(regel)) from read_csv(?, columns = {'regel': 'VARCHAR'}, "
        "delim = '\\x01', quote = '', escape = '', header = false, encoding = ?, "
        "auto_detect = false)",
        [f"{data.folder}/*", data.encoding],
    ).fetchone()
    return int(row[0]) if row else 0


def _speed(data: Bestanden, times: int) -> tuple[Row, float]:
    """One row of the table, and the seconds of the text read."""
    engine, measured = float("inf"), []
    for _ in range(times):  # by turns: what else the machine does hits both
        engine = min(engine, timed(lambda: _text_read(data), 1))
        measured.append(run("reader", data.folder))
    best = min(measured, key=lambda found: found["seconds"])
    sample = min(_SAMPLE, data.records)
    loops = [
        timed(lambda on=on: read_rows(data.files[0], data.standaard, sample, checks=on), 2)  # type: ignore[misc]
        * (data.records / sample)
        for on in (False, True)
    ]
    ours = best["seconds"]
    row: Row = {
        "messages": data.standaard + (" ASCII" if data.encoding == "utf-8" else ""),
        "records": data.records,
        "MB": round(data.megabytes),
        "rows": int(best["rows"]),
        "refused": int(best["refused"]),
        "seconds": round(ours, 2),
        "of which reading": round(best["reading"], 2),
        "MB/s": round(data.megabytes / ours),
        "text read, seconds": round(engine, 2),
        "of the text read": round(engine / ours, 3),
        "x loop": round(loops[0] / ours, 1),
        "x loop with checks": round(loops[1] / ours, 1),
        "peak MB": round(best["peak"]),
    }
    return row, engine


def _memory(data: Bestanden, folder: Path, peak: float) -> Row:
    """The same reader on a tenth of the files."""
    folder.mkdir()
    tenth = data.files[: max(1, len(data.files) // 10)]
    for file in tenth:
        (folder / file.name).hardlink_to(file)
    part = round(data.records * len(tenth) / len(data.files))
    return {
        "messages": data.standaard,
        "records": part,
        "peak MB": round(run("reader", folder)["peak"]),
        "more records": data.records,
        "peak MB of more": peak,
    }


def _whole(data: Bestanden, engine: float) -> Row:
    found = run("ingest", data.folder)
    return {
        "messages": data.standaard,
        "seconds": round(found["seconds"], 2),
        "MB/s": round(data.megabytes / found["seconds"]),
        "of the text read": round(engine / found["seconds"], 3),
        "rows": int(found["rows"]),
        "peak MB": round(found["peak"]),
    }


def measure(progress: Progress) -> Family:
    """Write the messages, let everybody read them, and look at memory."""
    family = Family("declaraties")
    records = int(os.environ.get(_RECORDS, "1000000"))
    is_large = records > _LARGE
    times = 1 if is_large else 3
    if is_large:
        family.skipped.append(
            f"the whole intake and the messages in ASCII: only up to {_LARGE:,} records"
        )
    speed, memory, whole = [], [], []
    progress(f"declaraties: making a region of {PERSONEN:,} persons")
    messages = region(PERSONEN, STANDAARDEN)
    for standaard, text in messages.items():
        for ascii_only in (False,) if is_large else (False, True):
            with tempfile.TemporaryDirectory(prefix="iza-bench-") as name:
                progress(f"declaraties: writing {records:,} records of {standaard}")
                folder = Path(name) / "berichten"
                data = write_copies(standaard, text, records, folder, ascii_only=ascii_only)
                progress(f"declaraties: reading {data.megabytes:,.0f} MB of {standaard}")
                row, engine = _speed(data, times)
                speed.append(row)
                if not ascii_only:
                    memory.append(_memory(data, Path(name) / "deel", float(row["peak MB"])))
                if not ascii_only and not is_large:
                    progress(f"declaraties: the whole intake of {standaard}")
                    whole.append(_whole(data, engine))
    title = f"{records:,} records, {os.cpu_count()} processors"
    family.sections.append(Section(title, _SPEED, speed))
    family.sections.append(Section("memory", _MEMORY, memory))
    if whole:
        family.sections.append(Section("whole intake", _WHOLE, whole))
    return family
