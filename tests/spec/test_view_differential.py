"""Views against another implementation: ``sqlonfhir``, which evaluates resource by resource.

Generated views over generated resources must give the same rows on both, or a fault on both. What
the other is known to do otherwise is in ``view_differences.json``, each with the reason why it is
not followed; the generator leaves those out, so a difference that is found has no explanation yet.
An entry that no longer differs has to go.

``IZA_VIEW_SEED`` and ``IZA_VIEW_AANTAL`` choose other views, and more of them.
"""

from __future__ import annotations

import copy
import json
import os
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import sqlonfhir
from view_generator import Generator

from ingest.errors import ViewError
from ingest.fhir.view.compiler import compile_view

SEED = int(os.environ.get("IZA_VIEW_SEED", "20250101"))
VIEWS = int(os.environ.get("IZA_VIEW_AANTAL", "120"))
RESOURCES = 8
DIFFERENCES = json.loads(
    (Path(__file__).parent / "view_differences.json").read_text(encoding="utf-8")
)
FAULT = "error"
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute("set timezone = 'UTC'")
        con.execute("set threads = 1")
        yield con


def plain(value: Any) -> Any:
    """A value as both can give it: numbers as decimals, moments as text, true is not 1."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float | Decimal):
        return f"number {Decimal(str(value)).normalize():f}"
    return str(value)


def ours(con: duckdb.DuckDBPyConnection, view: dict[str, Any], resources: Rows) -> Rows | str:
    con.execute("create or replace table bron (tekst varchar)")
    con.executemany("insert into bron values (?)", [[json.dumps(r)] for r in resources])
    try:
        compiled = compile_view(view, "select tekst from bron")
        rows = con.execute(compiled.sql).fetchall()
    except (ViewError, duckdb.InvalidInputException):
        return FAULT
    found = []
    for row in rows:
        values = {}
        for column, value in zip(compiled.columns, row, strict=True):
            exact = column.fhir_type == "decimal" and isinstance(value, str)
            values[column.name] = plain(Decimal(value) if exact else value)
        found.append(values)
    return found


def theirs(view: dict[str, Any], resources: Rows) -> Rows | str:
    try:
        rows = sqlonfhir.evaluate(copy.deepcopy(resources), copy.deepcopy(view))
    except Exception:  # it raises whatever comes its way
        return FAULT
    return [{name: plain(value) for name, value in row.items()} for row in rows]


def multiset(rows: Rows | str) -> Counter[str] | str:
    """Rows without their order: theirs is another one when selects are crossed."""
    if isinstance(rows, str):
        return rows
    return Counter(json.dumps(row, sort_keys=True) for row in rows)


def test_generated_views_give_the_same_rows(con: duckdb.DuckDBPyConnection) -> None:
    unexplained, rows, faults = [], 0, 0
    for seed in range(SEED, SEED + VIEWS):
        generator = Generator(seed)
        view, resources = generator.view(), generator.resources(RESOURCES)
        mine, other = ours(con, view, resources), theirs(view, resources)
        if multiset(mine) != multiset(other):
            unexplained.append((seed, view, mine, other))
        rows += len(mine) if isinstance(mine, list) else 0
        faults += mine == FAULT
    assert unexplained == []
    # what was compared has to be something
    assert rows > 10 * VIEWS
    assert faults < VIEWS / 4


def test_the_generator_repeats() -> None:
    one, other = Generator(SEED), Generator(SEED)
    assert (one.view(), one.resources(3)) == (other.view(), other.resources(3))


@pytest.mark.parametrize("known", DIFFERENCES, ids=lambda known: known["name"])
def test_known_differences_still_differ(
    con: duckdb.DuckDBPyConnection, known: dict[str, Any]
) -> None:
    mine, other = (
        ours(con, known["view"], known["resources"]),
        theirs(known["view"], known["resources"]),
    )
    expected = [
        rows if isinstance(rows, str) else [{k: plain(v) for k, v in row.items()} for row in rows]
        for rows in (known["ours"], known["theirs"])
    ]
    assert (mine, other) == tuple(expected), known["reason"]
    assert mine != other
