"""Who flattens: our runner, hand-written SQL, another open runner, and a loop over models."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.views.loop import FLATTEN
from benchmarks.views.shapes import Shape
from ingest.fhir.view.runner import run_files

#: What ``sqlonfhir`` 0.0.2 does not know.
NOT_IN_SQLONFHIR = {"repeat"}

_CHOICE = re.compile(r"(\w+)\.ofType\((\w)(\w*)\)")


def ours(shape: Shape, file: Path, folder: Path) -> Path:
    """Run the view as ``iza view run`` does."""
    view, out = folder / "view.json", folder / "ours.parquet"
    view.write_text(json.dumps(shape.view()))
    run_files(view, [file], out)
    return out


def hand_written(shape: Shape, file: Path, folder: Path, decimals: str = "DOUBLE") -> Path:
    """Run the hand-written query, with decimals of that type."""
    out = folder / "hand.parquet"
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = false")
        con.execute(
            f"copy ({shape.hand_written(str(file), decimals)}) to '{out}' "
            "(format parquet, compression zstd)"
        )
    return out


def _resources(file: Path, number: int) -> Iterator[str]:
    with file.open(encoding="utf-8") as lines:
        for _, line in zip(range(number), lines, strict=False):
            yield line


def sqlonfhir(shape: Shape, file: Path, number: int) -> list[dict[str, Any]]:
    """Rows of the first resources, by ``sqlonfhir``.

    Inside a loop it finds no ``value.ofType(Quantity)``; it is given ``valueQuantity`` instead.
    """
    from sqlonfhir import evaluate

    plain = _CHOICE.sub(lambda m: m[1] + m[2].upper() + m[3], json.dumps(shape.view()))
    return evaluate([json.loads(line) for line in _resources(file, number)], json.loads(plain))


def model_loop(shape: Shape, file: Path, number: int) -> list[tuple[Any, ...]]:
    """Rows of the first resources, by a loop over the models of ``fhir.resources``."""
    from fhir.resources.R4B import get_fhir_model_class

    flatten = FLATTEN[shape.name]
    rows: list[tuple[Any, ...]] = []
    for line in _resources(file, number):
        content = json.loads(line)
        if content["resourceType"] == shape.resource:
            rows.extend(flatten(get_fhir_model_class(shape.resource).model_validate(content)))
    return rows
