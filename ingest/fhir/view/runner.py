"""Running a ViewDefinition over files: FHIR in, one flat file out, in bounded memory."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pyarrow as pa

from ingest.errors import DataRefusedError, UsageError, ViewError
from ingest.fhir.bundle import entries
from ingest.fhir.files import SUFFIXES, Texts, UnreadableError, read_texts
from ingest.fhir.view.compiler import CompiledView, compile_view
from ingest.fhir.view.ndjson import line_sql

_FORMATS = (".parquet", ".csv", ".ndjson")
_SCHEMA = pa.schema({"tekst": pa.string()})
_GLOB = frozenset("*?[")


def find_inputs(inputs: Sequence[Path]) -> list[Path]:
    """The files meant by paths, folders and globs.

    Args:
        inputs: files, folders (searched through for JSON and NDJSON) or glob patterns.

    Returns:
        The files, each once, in the order given and by name.

    Raises:
        UsageError: a path or pattern that matches nothing.
    """
    found: dict[Path, None] = {}
    for given in inputs:
        path = Path(given)
        if path.is_dir():
            matches = [f for f in sorted(path.rglob("*")) if f.is_file() and _is_fhir(f)]
        elif path.is_file():
            matches = [path]
        elif _GLOB & set(str(path)):
            root = Path(path.anchor) if path.is_absolute() else Path()
            pattern = str(path.relative_to(root))
            matches = [f for f in sorted(root.glob(pattern)) if f.is_file()]
        else:
            matches = []
        if not matches:
            raise UsageError(f"'{given}': there is no FHIR file there.")
        found |= dict.fromkeys(matches)
    return list(found)


def _is_fhir(file: Path) -> bool:
    return file.name.lower().removesuffix(".gz").endswith((*SUFFIXES, ".zip"))


def _resources(text: str) -> Iterator[str]:
    """The resources in a text: itself, or those in the Bundle it is."""
    content = orjson.loads(text)
    if not isinstance(content, dict) or content.get("resourceType") != "Bundle":
        yield text
        return
    for entry in entries(text):
        yield from _resources(entry.te_lezen or entry.tekst)


def _expanded(texts: Texts, resource: str) -> list[str]:
    """Texts with Bundles taken apart, unless it is Bundles the view is about."""
    if texts.document and texts.teksten[0].startswith("["):
        raise UnreadableError("a JSON list is no FHIR resource", "een JSON-lijst is geen resource")
    if resource == "Bundle" or not any('"Bundle"' in text for text in texts.teksten):
        return texts.teksten
    return [
        one
        for text in texts.teksten
        for one in (_resources(text) if '"Bundle"' in text else [text])
    ]


def _batches(files: list[Path], resource: str) -> Iterator[pa.RecordBatch]:
    for file in files:
        for texts in read_texts(file, str(file)):
            rows = pa.array(_expanded(texts, resource), pa.string())
            yield pa.record_batch([rows], schema=_SCHEMA)


def _read_view(view_path: Path) -> dict[str, Any]:
    try:
        return json.loads(view_path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"'{view_path}' cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise ViewError(f"{view_path}: not valid JSON: {error}") from error


def _copy_sql(compiled: CompiledView, out: Path, target: Path) -> str:
    where = str(target).replace("'", "''")
    if out.suffix == ".parquet":
        return f"copy ({compiled.sql}) to '{where}' (format parquet, compression zstd)"
    if out.suffix == ".csv":
        names = ", ".join(
            f'to_json("{c.name}") as "{c.name}"' if c.collection else f'"{c.name}"'
            for c in compiled.columns
        )
        query = f"select {names} from ({compiled.sql}) as rijen"
        return f"copy ({query}) to '{where}' (format csv, header true)"
    query = f"select {line_sql(compiled.columns)} as regel from ({compiled.sql}) as rijen"
    options = "format csv, header false, quote '', escape '', delimiter '\x01'"
    return f"copy ({query}) to '{where}' ({options})"


def _json_fault(text: str) -> str | None:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return str(error)
    return None


def _first_broken(files: list[Path]) -> str | None:
    """File and line of the first text that is no JSON."""
    for file in files:
        try:
            for texts in read_texts(file, str(file)):
                _expanded(texts, "Bundle")
                for line, text in zip(texts.regels, texts.teksten, strict=True):
                    if (fault := _json_fault(text)) is not None:
                        return f"{file}, line {line}: not valid JSON: {fault}."
        except UnreadableError as error:
            return f"{file}: {error}."
    return None


def _run(compiled: CompiledView, files: list[Path], resource: str, out: Path, folder: Path) -> int:
    target = folder / out.name
    with duckdb.connect() as con:
        con.execute("set temp_directory = ?", [str(folder / "spill")])
        con.execute("set enable_progress_bar = false")
        con.execute("set timezone = 'UTC'")
        con.execute("set memory_limit = ?", [os.environ.get("IZA_MEMORY_LIMIT", "4GB")])
        stream = pa.RecordBatchReader.from_batches(_SCHEMA, _batches(files, resource))
        con.register("resources", stream)
        counted = con.execute(_copy_sql(compiled, out, target)).fetchone()
    target.replace(out)
    return counted[0] if counted else 0


def run_view(view_path: Path, inputs: Sequence[Path], out: Path) -> int:
    """Run a ViewDefinition over FHIR files.

    Args:
        view_path: the ViewDefinition, JSON.
        inputs: NDJSON, JSON resources and Bundles, plain, gzip or zip; folders and globs of them.
        out: a .parquet, .csv or .ndjson file; replaced as a whole when all went well.

    Returns:
        The number of rows written.

    Raises:
        ViewError: the view is invalid or asks for something unsupported.
        UsageError: no such view, input or format.
        DataRefusedError: an input is no FHIR JSON, or holds several values where the view has one.
    """
    if out.suffix not in _FORMATS:
        raise UsageError(f"'{out}': write to a file that ends in {', '.join(_FORMATS)}.")
    view = _read_view(Path(view_path))
    compiled = compile_view(view, "    select tekst from resources")
    files = find_inputs(inputs)
    if not out.parent.is_dir():
        raise UsageError(f"'{out.parent}' is no folder.")
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".iza-view-") as folder:
        try:
            return _run(compiled, files, view["resource"], out, Path(folder))
        except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
            broken = _first_broken(files)
            message = broken or str(error).split("\n")[0].removeprefix("Invalid Input Error: ")
            raise DataRefusedError(message) from error
