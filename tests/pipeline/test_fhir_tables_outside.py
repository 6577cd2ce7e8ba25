"""Files from outside through intake: rows hold what an independent reading of the JSON finds."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from fhir_lezer import resources
from fhir_lezer_tabellen import TABELLEN
from outside import OUTSIDE, needs_outside

from ingest.fhir.intake import read
from ingest.reading import RECORD_TABLES_SQL, DeliveredFile, Delivery
from ingest.settings import Settings

#: Fewest rows each set of files must give, so that a comparison of nothing with nothing fails.
SETS: dict[str, dict[str, int]] = {
    "lab/*.json": {"fhir_meting": 90, "fhir_monster": 5, "fhir_herkomst": 6, "fhir_verslag": 6},
    "eps/*.json": {"fhir_verslag_samenstelling": 40, "fhir_behandeldoel": 30},
    "hdr/*.json": {"fhir_verslag_samenstelling": 5},
    "nl-core-zib2020/json/*.json": {
        "fhir_meting": 40, "fhir_monster": 3, "fhir_meting_lid": 5, "fhir_behandeldoel": 1,
        "fhir_zorgplan": 1, "fhir_zorgverlener_rol": 10, "fhir_organisatie": 5, "fhir_verslag": 1,
    },
    "synthea/ndjson/Observation.ndjson": {"fhir_meting": 1502, "fhir_meting_component": 160},
    "synthea/bundles/*.json": {
        "fhir_meting": 700, "fhir_zorgplan": 11, "fhir_zorgplan_activiteit": 20,
        "fhir_verslag_lid": 300,
    },
    "edge/*.json": {"fhir_meting": 2},
    "vendor-r4/*.json": {"fhir_meting": 1},
}  # fmt: skip


@cache
def loaded(pattern: str) -> tuple[duckdb.DuckDBPyConnection, tuple[Path, ...]]:
    files = tuple(sorted((OUTSIDE / "fhir").glob(pattern)))
    assert files, pattern
    delivered = tuple(DeliveredFile(f, f.name, "", f.stat().st_size) for f in files)
    con = duckdb.connect()
    con.execute(RECORD_TABLES_SQL)
    delivery = Delivery("fhir-elders", "fhir", "2025", "l" + "0" * 32, delivered)
    read(con, delivery, Settings(threads=1))
    return con, files


def plain(value: Any) -> Any:
    """A projected or an expected value, comparable: numbers as the text of the source."""
    return value if value is None or isinstance(value, bool) else str(value)


@needs_outside
@pytest.mark.parametrize("pattern", SETS)
@pytest.mark.parametrize("tabel", TABELLEN)
def test_rows_are_those_of_an_independent_reading(tabel: str, pattern: str) -> None:
    con, files = loaded(pattern)
    kind, reading = TABELLEN[tabel]
    taken = {
        (naam, identity)
        for naam, identity in con.execute(
            "select naam, id from record inner join fhir_kop using (record_nr) "
            "where record_nr not in (select record_nr from afkeur)"
        ).fetchall()
    }
    found = {(r["resourceType"], r.get("id")): r for f in files for r in resources(f) if "id" in r}
    expected = [
        row
        for name, resource in sorted(found.items(), key=str)
        if name in taken and name[0] == kind
        for row in reading(resource)
    ]
    columns = list(expected[0]) if expected else ["resource_ref"]
    selected = ", ".join(f'"{column}"' for column in columns)
    rows = con.execute(f"select {selected} from proj_{tabel}").fetchall()
    there = Counter(tuple(map(plain, row)) for row in rows)
    wanted = Counter(tuple(plain(row[c]) for c in columns) for row in expected)
    different = [(row, n) for row, n in (there - wanted).items()][:3]
    missing = [(row, n) for row, n in (wanted - there).items()][:3]
    assert (different, missing) == ([], []), columns
    assert len(rows) >= SETS[pattern].get(tabel, 0)


@needs_outside
@pytest.mark.parametrize("pattern", SETS)
def test_what_these_tables_read_is_accepted(pattern: str) -> None:
    con, _ = loaded(pattern)
    kinds = sorted({kind for kind, _ in TABELLEN.values()})
    refused = con.execute(
        "select naam, reden_code, element, bestand from afkeur inner join record using (record_nr) "
        "where list_contains(?, naam)",
        [kinds],
    ).fetchall()
    assert refused == []
