"""Validation of FHIR resources: our judge against ``fhir.resources`` one by one, on one core.

On resources of the demo region. The reference judges a sample, ours everything; each row gives
resources a second and how many times the reference that is, in one run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from benchmarks.result import Family, Progress, Row, Section
from benchmarks.timing import timed
from ingest.fhir.loading import load_records
from ingest.fhir.validation.dates import check_dates
from ingest.fhir.validation.fast import parse, surely_valid
from ingest.fhir.validation.judge import Item, judge
from ingest.fhir.validation.references import check_references
from ingest.fhir.validation.structure import check_structure
from ingest.fhir.validation.verdict import Chunk, judge_chunk
from ingest.fhir.view.types import is_resource
from ingest.reading import RECORD_TABLES_SQL, DeliveredFile, Delivery
from ingest.settings import Settings
from synthetic.region import write_region

PERSONEN = 4_000
SAMPLE = 2_000
_CLEAR_SQL = """
delete from waarschuwing;
delete from afkeur where reden_code in ('FHIR-STRUCTUUR', 'CODE-ONBEKEND');
"""


def _loaded(folder: Path) -> duckdb.DuckDBPyConnection:
    """The FHIR resources of a demo region as records."""
    write_region(PERSONEN, 1, folder, progress=lambda _line: None)
    paths = sorted(path for path in folder.glob("fhir-*/*/*") if path.is_file())
    files = tuple(
        DeliveredFile(path, str(path.relative_to(folder)), "", path.stat().st_size)
        for path in paths
    )
    con = duckdb.connect()
    con.execute("set threads = 1")
    con.execute(RECORD_TABLES_SQL)
    load_records(con, Delivery("onbekend", "fhir", "2025", "l0", files))
    return con


def _rate(number: int, action: Callable[[], object]) -> float:
    return number / timed(action)


def _rows(con: duckdb.DuckDBPyConnection, resources: Chunk) -> list[Row]:
    sample = [Item(*resource) for resource in resources[:: max(1, len(resources) // SAMPLE)]]
    settings = Settings(threads=1)

    def beyond() -> None:
        con.execute(_CLEAR_SQL)
        check_references(con)
        check_dates(con)

    def whole() -> None:
        con.execute(_CLEAR_SQL)
        check_structure(con, settings)
        check_references(con)
        check_dates(con)

    number = len(resources)
    rates = {
        "fhir.resources, one by one": _rate(len(sample), lambda: [judge(item) for item in sample]),
        "fast judge alone": _rate(
            number, lambda: [surely_valid(naam, parse(tekst)) for _, naam, tekst in resources]
        ),
        "verdict: structure, codes, profile rules": _rate(number, lambda: judge_chunk(resources)),
        "references and dates, in SQL": _rate(number, beyond),
        "all checks of a delivery": _rate(number, whole),
    }
    reference = rates["fhir.resources, one by one"]
    return [
        {"wat": wat, "resources/s": round(rate), "ratio": round(rate / reference, 1)}
        for wat, rate in rates.items()
    ]


def measure(progress: Progress) -> Family:
    """Make a region, judge its resources in every way, and say which share the fast judge took."""
    with tempfile.TemporaryDirectory() as folder:
        progress("validation: making a region")
        con = _loaded(Path(folder))
        resources: Chunk = con.execute(
            "select record_nr, naam, tekst from record where naam <> 'onleesbaar'"
        ).fetchall()
        progress(f"validation: judging {len(resources):,} resources")
        rows = _rows(con, resources)
    alone = sum(surely_valid(naam, parse(tekst)) for _, naam, tekst in resources)
    valid = alone + sum(
        not judge(Item(nr, naam, tekst))
        for nr, naam, tekst in resources
        if not surely_valid(naam, parse(tekst)) and is_resource(naam)
    )
    about = (
        f"{len(resources):,} resources, one core; ratio against fhir.resources; "
        f"the fast judge accepts {alone / valid:.2%} of the valid ones by itself"
    )
    return Family("validation", [Section("judging every FHIR resource", about, rows)])
