"""What the benchmark compares is the same work: every contender gives the same rows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from benchmarks import views
from benchmarks.result import show
from benchmarks.views import contenders, spark_run
from benchmarks.views.data import write_ndjson
from benchmarks.views.equality import normal_rows, parquet_rows
from benchmarks.views.shapes import SHAPES, Shape

SOME = 600_000


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bench") / "mixed.ndjson"
    write_ndjson(made, SOME)
    return made


def ours(shape: Shape, file: Path, folder: Path) -> Counter[tuple[Any, ...]]:
    found = parquet_rows(contenders.ours(shape, file, folder))
    assert found.total() > 50
    return found


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_all_in_this_process_give_our_rows(tmp_path: Path, file: Path, shape: Shape) -> None:
    found, whole = ours(shape, file, tmp_path), 10**9
    assert parquet_rows(contenders.hand_written(shape, file, tmp_path)) == found
    assert normal_rows(contenders.model_loop(shape, file, whole)) == found
    if shape.name not in contenders.NOT_IN_SQLONFHIR:
        rows = contenders.sqlonfhir(shape, file, whole)
        names = duckdb.sql(f"from '{tmp_path}/ours.parquet'").columns
        assert normal_rows([row[name] for name in names] for row in rows) == found


@pytest.mark.slow
@pytest.mark.skipif(spark_run.missing() is not None, reason=f"SKIPPED: {spark_run.missing()}")
def test_spark_gives_our_rows(tmp_path: Path, file: Path) -> None:
    seconds = spark_run.run(file, tmp_path, [shape.name for shape in SHAPES])
    for shape in SHAPES:
        assert seconds[shape.name] > 0
        assert parquet_rows(tmp_path / shape.name) == ours(shape, file, tmp_path), shape.name


def test_the_benchmark_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"MB": "1", "COPIES": "2", "SAMPLE": "20", "TIMES": "1"}.items():
        monkeypatch.setenv(f"IZA_BENCH_{name}", value)
    monkeypatch.setattr(views, "REMEMBERED", ("unionAll",))
    monkeypatch.setattr(spark_run, "missing", lambda: "left out of this test")
    said: list[str] = []
    family = views.measure(said.append)
    show(family)
    speed, memory = family.sections
    assert [row["view"] for row in speed.rows] == [shape.name for shape in SHAPES]
    assert all(float(row["x hand-written"]) > 0 for row in speed.rows)
    assert all(0 < float(row["2 files"]) < 1500 for row in memory.rows)
    assert any("PySpark: left out" in reason for reason in family.skipped)
