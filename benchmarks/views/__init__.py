"""Views: our runner beside hand-written SQL, PySpark, ``sqlonfhir`` and a loop over models.

All read the same file in the same run. Ratios are throughput of ours over that of the other; the
slow ones read a sample, and their seconds are scaled by the number of resources.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from benchmarks.result import Family, Progress, Row, Section
from benchmarks.timing import timed
from benchmarks.views import contenders, spark_run
from benchmarks.views.data import write_ndjson
from benchmarks.views.memory import peak_mb
from benchmarks.views.shapes import SHAPES, Shape
from benchmarks.views.sizes import Sizes, sizes

_RATIOS = (
    "Throughput of ours over that of the other (above 1: ours is faster), reading the file to "
    "writing Parquet. Of the fastest view: its seconds over those of this view."
)
#: Memory is measured of the shapes that hold most: rows, copies of a row, nodes at any depth.
REMEMBERED = ("flat", "two forEach", "unionAll", "repeat")
_MEMORY = "Peak resident memory of a fresh process that runs the view, in MB"


def _speed(shape: Shape, file: Path, folder: Path, number: int, size: Sizes) -> Row:
    """Seconds of every contender for the whole file; zero where there is none."""
    scale = number / min(number, size.sample)
    return {
        "ours": timed(lambda: contenders.ours(shape, file, folder), size.times),
        "hand-written": _hand_written(shape, file, folder, size, "VARCHAR"),
        "hand-written, doubles": _hand_written(shape, file, folder, size, "DOUBLE")
        if shape.decimals
        else 0.0,
        "fhir.resources": scale
        * timed(lambda: contenders.model_loop(shape, file, size.sample), size.times),
        "sqlonfhir": 0.0
        if shape.name in contenders.NOT_IN_SQLONFHIR
        else scale * timed(lambda: contenders.sqlonfhir(shape, file, size.sample), 1),
    }


def _hand_written(shape: Shape, file: Path, folder: Path, size: Sizes, decimals: str) -> float:
    return timed(lambda: contenders.hand_written(shape, file, folder, decimals), size.times)


def _ratios(seconds: dict[str, Row], spark: dict[str, float], mb: float) -> list[Row]:
    best = min(float(row["ours"]) for row in seconds.values())
    rows: list[Row] = []
    for name, row in seconds.items():
        ours = float(row["ours"])
        ratio = {key: float(value) / ours for key, value in row.items() if key != "ours"}
        shown: Row = {"view": name, "seconds": round(ours, 2), "MB/s": round(mb / ours)}
        shown["x hand-written"] = round(ratio["hand-written"], 2)
        shown["x hand-written, doubles"] = round(ratio["hand-written, doubles"], 2) or "-"
        shown["x PySpark"] = round(spark[name] / ours, 1) if name in spark else "-"
        shown["x fhir.resources"] = round(ratio["fhir.resources"])
        shown["x sqlonfhir"] = round(ratio["sqlonfhir"]) or "-"
        shown["of the fastest view"] = round(best / ours, 2)
        rows.append(shown)
    return rows


def _memory(file: Path, folder: Path, size: Sizes, progress: Progress) -> list[Row]:
    many = [folder / f"copy{number}.ndjson" for number in range(size.copies)]
    for copy in many:
        os.link(file, copy)
    rows: list[Row] = []
    for shape in (shape for shape in SHAPES if shape.name in REMEMBERED):
        progress(f"views: memory of '{shape.name}'")
        row: Row = {"view": shape.name, "1 file": round(peak_mb(shape, [file], folder))}
        row[f"{size.copies} files"] = round(peak_mb(shape, many, folder))
        rows.append(row)
    return rows


def measure(progress: Progress) -> Family:
    """Make the data, let every contender flatten it, and look at memory."""
    family, size = Family("views"), sizes()
    with tempfile.TemporaryDirectory(prefix="iza-bench-") as name:
        folder, file = Path(name), Path(name) / "mixed.ndjson"
        progress(f"views: making {size.mb:,} MB of NDJSON")
        number = write_ndjson(file, size.mb * 1_000_000)
        mb = file.stat().st_size / 1e6
        seconds: dict[str, Row] = {}
        for shape in SHAPES:
            seconds[shape.name] = _speed(shape, file, folder, number, size)
            told = ", ".join(f"{who} {value:.1f}" for who, value in seconds[shape.name].items())
            progress(f"views: '{shape.name}' over {number:,} resources, seconds: {told}")
        spark: dict[str, float] = {}
        if why := spark_run.missing():
            family.skipped.append(f"PySpark: {why}")
        else:
            progress("views: PySpark")
            spark = spark_run.run(file, folder, [shape.name for shape in SHAPES[: size.spark]])
        family.skipped += [f"sqlonfhir does not know {n}" for n in contenders.NOT_IN_SQLONFHIR]
        title = f"{mb:,.0f} MB, {number:,} resources, {os.cpu_count()} processors"
        family.sections.append(Section(title, _RATIOS, _ratios(seconds, spark, mb)))
        memory = _memory(file, folder, size, progress)
        family.sections.append(Section("memory", _MEMORY, memory))
    return family
