"""Running a ViewDefinition over files: FHIR in, one flat file out, in bounded memory."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from ingest.errors import DataRefusedError, UsageError, ViewError
from ingest.fhir.view.compiler import NO_RESOURCE, CompiledView, ElementsSql, compile_view
from ingest.fhir.view.compiler_path import quoted
from ingest.fhir.view.definition import view_from_text
from ingest.fhir.view.inputs import find_inputs
from ingest.fhir.view.ndjson import line_sql
from ingest.fhir.view.reading import SCHEMA, Reader
from ingest.fhir.view.stretches import first_byte

_FORMATS = (".parquet", ".csv", ".ndjson")
_MEMORY_LIMIT = "700MB"
_SOURCE_SQL = "    select tekst from resources"
_STUMBLES = ("Malformed JSON", NO_RESOURCE)


@dataclass(frozen=True)
class ViewResult:
    """What a run did.

    Attributes:
        rows: rows written.
        resources: resources read, of any type; None when the engine read the files itself.
        files: files read.
    """

    rows: int
    resources: int | None
    files: int


class _StumbledError(Exception):
    """A way met something that the next way has to look at."""


def _read_view(view_path: Path) -> dict[str, Any]:
    try:
        return view_from_text(view_path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"'{view_path}' cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise ViewError(f"{view_path}: not valid JSON: {error}") from error


def _copy_sql(compiled: CompiledView, target: Path) -> str:
    where = str(target).replace("'", "''")
    if target.suffix == ".parquet":
        return f"copy ({compiled.sql}) to '{where}' (format parquet, compression zstd)"
    if target.suffix == ".csv":
        names = ", ".join(
            f'to_json("{c.name}") as "{c.name}"' if c.collection else f'"{c.name}"'
            for c in compiled.columns
        )
        query = f"select {names} from ({compiled.sql}) as rijen"
        return f"copy ({query}) to '{where}' (format csv, header true)"
    query = f"select {line_sql(compiled.columns)} as regel from ({compiled.sql}) as rijen"
    options = "format csv, header false, quote '', escape '', delimiter '\x01'"
    return f"copy ({query}) to '{where}' ({options})"


def _connect(folder: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("set temp_directory = ?", [str(folder / "spill")])
    con.execute("set enable_progress_bar = false")
    con.execute("set timezone = 'UTC'")
    con.execute("set memory_limit = ?", [os.environ.get("IZA_MEMORY_LIMIT", _MEMORY_LIMIT)])
    return con


def _elements_of(files: list[Path]) -> ElementsSql:
    """A query in which the JSON reader of the engine reads files, elements and all."""
    names = ", ".join(quoted(str(file)) for file in files)
    return lambda columns: f"    select * from read_ndjson([{names}], columns = {columns})"


def _as_they_stand(files: list[Path]) -> bool:
    """Whether the engine can read files itself: plain NDJSON, and no name that is a pattern."""
    return all(first_byte(file) == 0 and not set("*?[") & set(str(file)) for file in files)


def _run_typed(view: dict[str, Any], files: list[Path], target: Path) -> ViewResult:
    compiled = compile_view(view, _elements_of(files), unseen=True)
    with _connect(target.parent) as con:
        try:
            counted = con.execute(_copy_sql(compiled, target)).fetchone()
        except duckdb.Error as error:  # whatever it is: the next way finds it again, and names it
            raise _StumbledError from error
    return ViewResult(counted[0] if counted else 0, None, len(files))


def _run_texts(
    view: dict[str, Any], files: list[Path], target: Path, *, careful: bool
) -> ViewResult:
    compiled = compile_view(view, _SOURCE_SQL, unseen=not careful)
    reader = Reader(files, view["resource"], careful=careful)
    with _connect(target.parent) as con:
        con.register("resources", pa.RecordBatchReader.from_batches(SCHEMA, reader.batches()))
        try:
            counted = con.execute(_copy_sql(compiled, target)).fetchone()
        except duckdb.Error as error:
            raise _fault(error, reader, careful=careful) from error
    return ViewResult(counted[0] if counted else 0, reader.texts, len(files))


def _run(view: dict[str, Any], files: list[Path], target: Path, *, decimals: bool) -> ViewResult:
    """The fastest way that gets through: typed, quick, careful."""
    with suppress(_StumbledError):
        if not decimals and _as_they_stand(files):
            return _run_typed(view, files, target)
    with suppress(_StumbledError):
        return _run_texts(view, files, target, careful=False)
    return _run_texts(view, files, target, careful=True)


def _fault(error: duckdb.Error, reader: Reader, *, careful: bool) -> Exception:
    """What a fault of the query was about: a file, a text to look at, or a value."""
    if reader.fault is not None:
        # Read ahead, it may be told before a text that lies before it; the careful way keeps order.
        return reader.fault if careful else _StumbledError()
    if not careful and any(stumble in str(error) for stumble in _STUMBLES):
        return _StumbledError()
    if isinstance(error, duckdb.ConversionException | duckdb.OutOfRangeException):
        # its message has the value in it, which may tell of a person
        return DataRefusedError("a number is too large to compute with, or a value is none")
    if isinstance(error, duckdb.InvalidInputException):
        return DataRefusedError(str(error).split("\n")[0].removeprefix("Invalid Input Error: "))
    return error


def run_files(view_path: Path, inputs: Sequence[Path], out: Path) -> ViewResult:
    """Run a ViewDefinition over FHIR files.

    Rows come in the order of the inputs: of files as given or by name, of lines, of the view.

    Args:
        view_path: the ViewDefinition, JSON.
        inputs: NDJSON, JSON resources and Bundles, XML; plain, gzip, zstd or zip; folders and
            globs of them.
        out: a .parquet, .csv or .ndjson file; replaced as a whole when all went well.

    Returns:
        How many rows were written, of how many resources and files.

    Raises:
        ViewError: the view is invalid or asks for something unsupported.
        UsageError: no such view, input or format.
        DataRefusedError: an input is no FHIR, or holds several values where the view has one.
    """
    if out.suffix not in _FORMATS:
        raise UsageError(f"'{out}': write to a file that ends in {', '.join(_FORMATS)}.")
    view = _read_view(Path(view_path))
    compiled = compile_view(view, _SOURCE_SQL)
    files = find_inputs(inputs)
    if not out.parent.is_dir():
        raise UsageError(f"'{out.parent}' is no folder.")
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".iza-view-") as folder:
        target = Path(folder) / out.name
        result = _run(view, files, target, decimals=compiled.decimals)
        target.replace(out)
    return result


def run_view(view_path: Path, inputs: Sequence[Path], out: Path) -> int:
    """``run_files``, for who wants to know the number of rows alone."""
    return run_files(view_path, inputs, out).rows
