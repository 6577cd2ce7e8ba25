"""Claim and ExplanationOfBenefit through intake: rows hold what an independent reading finds."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
from fhir_declaraties import examples, surroundings, write
from fhir_lezer import resources
from fhir_lezer_declaraties import TABELLEN
from outside import OUTSIDE, needs_outside

from ingest.fhir.intake import read
from ingest.reading import RECORD_TABLES_SQL, DeliveredFile, Delivery
from ingest.settings import Settings

SYNTHEA = "synthea/bundles/*.json"
#: Resources and rows of the Synthea files, counted with plain Python.
IN_SYNTHEA = {
    "fhir_declaratie": 190, "fhir_declaratie_regel": 533, "fhir_declaratie_diagnose": 112,
    "fhir_toekenning": 156, "fhir_toekenning_regel": 499, "fhir_toekenning_bedrag": 1386 + 156,
    "fhir_toekenning_diagnose": 112,
}  # fmt: skip
Resources = dict[tuple[str, str], dict[str, Any]]


def _load(files: tuple[Path, ...]) -> tuple[duckdb.DuckDBPyConnection, Resources]:
    con = duckdb.connect()
    con.execute(RECORD_TABLES_SQL)
    delivered = tuple(DeliveredFile(f, f.name, "", f.stat().st_size) for f in files)
    read(con, Delivery("elders", "fhir", "2025", "l" + "0" * 32, delivered), Settings(threads=1))
    return con, {(r["resourceType"], r["id"]): r for f in files for r in resources(f)}


@cache
def loaded(what: str) -> tuple[duckdb.DuckDBPyConnection, Resources]:
    if what == SYNTHEA:
        return _load(tuple(sorted((OUTSIDE / "fhir").glob(SYNTHEA))))
    with TemporaryDirectory() as folder:
        file = write(Path(folder) / "eigen.ndjson", [*surroundings(), *examples()])
        return _load((file,))


def plain(value: Any) -> Any:
    """Numbers as the text of the source, so that a lost digit shows."""
    return value if value is None or isinstance(value, bool) else str(value)


def compare(tabel: str, what: str) -> list[dict[str, Any]]:
    """Rows of a table and of the independent reading are the same; the rows."""
    con, found = loaded(what)
    kind, reading = TABELLEN[tabel]
    expected = [row for known, r in found.items() if known[0] == kind for row in reading(r)]
    columns = list(expected[0])
    selected = ", ".join(f'"{column}"' for column in columns)
    rows = con.execute(f"select {selected} from proj_{tabel}").fetchall()
    there = Counter(tuple(map(plain, row)) for row in rows)
    wanted = Counter(tuple(plain(row[column]) for column in columns) for row in expected)
    assert list((there - wanted).items())[:3] == []
    assert list((wanted - there).items())[:3] == []
    return expected


@needs_outside
@pytest.mark.parametrize("tabel", TABELLEN)
def test_synthea_gives_what_an_independent_reading_finds(tabel: str) -> None:
    assert len(compare(tabel, SYNTHEA)) == IN_SYNTHEA[tabel]


@needs_outside
def test_every_claim_from_outside_is_accepted() -> None:
    con, found = loaded(SYNTHEA)
    kinds = Counter(kind for kind, _ in found if kind in ("Claim", "ExplanationOfBenefit"))
    assert kinds == {"Claim": 190, "ExplanationOfBenefit": 156}
    refused = con.execute(
        "select reden_code, element, naam from afkeur inner join record using (record_nr) "
        "where naam in ('Claim', 'ExplanationOfBenefit')"
    ).fetchall()
    assert refused == []


@pytest.mark.parametrize("tabel", TABELLEN)
def test_own_claims_give_what_an_independent_reading_finds(tabel: str) -> None:
    rows = compare(tabel, "own")
    never = {name for name in rows[0] if all(row[name] is None for row in rows)}
    # Every element that a view reads is in the examples, but these.
    assert never <= {"zorgaanbieder_id", "aanbieder_ref", "verzekeraar_ref", "uzovi",
                     "dekking_ref", "declaratie_ref", "aandoening_ref"}  # fmt: skip


def test_own_claims_are_accepted_whole() -> None:
    con, found = loaded("own")
    assert con.execute("select * from afkeur").fetchall() == []
    assert con.execute("select count(*) from record").fetchone() == (len(found),)


def test_the_insurer_of_a_contained_coverage_is_read() -> None:
    con, _ = loaded("own")
    assert con.execute("select uzovi from proj_fhir_declaratie").fetchall() == [("9902",)]


def test_digits_of_money_are_kept() -> None:
    con, _ = loaded("own")
    assert con.execute(
        "select prijs, bedrag from proj_fhir_declaratie_regel order by regel_index limit 3"
    ).fetchall() == [("0.335", None), (None, "12.50"), (None, "100.0")]
