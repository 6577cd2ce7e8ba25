"""Unity of language of a whole build, against a count in plain Python over the same records."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from marts_bouw import gebouwd  # noqa: F401 - a fixture
from marts_regio import region

from marts.build import BuildResult

pytestmark = pytest.mark.slow

CODES = Path(__file__).parents[2] / "schemas" / "codes"
#: Table -> part, domain, and the columns of system and code.
PARTS = {
    "fhir_contact": ("contactreden", "diagnose", "reden_stelsel", "reden_code"),
    "fhir_diagnose": ("diagnose", "diagnose", "code_stelsel", "code"),
    "fhir_medicatie": ("medicatie", "medicatie", "code_stelsel", "code"),
    "fhir_meting": ("meting", "meting", "code_stelsel", "code"),
}


def code_list(name: str) -> list[dict[str, str]]:
    with (CODES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counted() -> dict[tuple[str, str, str], tuple[int, int, int]]:
    """Records, records in a standard, records with a concept; by source, part and system."""
    standard = {(r["domein"], r["codestelsel"]) for r in code_list("codestelsel_standaard")}
    known = {(r["domein"], r["codestelsel"], r["code"]) for r in code_list("begrip")}
    known |= {("diagnose", r["stelsel"], r["code"]) for r in code_list("diagnose_concept")}
    seen: dict[tuple[str, str, str], dict[str, list[tuple[bool, bool]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for record in region():
        for tabel, row in record.rijen:
            if tabel in PARTS:
                part, domain, system, code = PARTS[tabel]
                what = (
                    (domain, row[system]) in standard,
                    (domain, row[system], row[code]) in known,
                )
                for name in (row[system], "TOTAAL"):
                    seen[(record.bron_id, part, name)][row["resource_sleutel"]].append(what)
    return {
        key: (
            len(records),
            sum(any(s for s, _ in found) for found in records.values()),
            sum(any(c for _, c in found) for found in records.values()),
        )
        for key, records in seen.items()
    }


def test_the_mart_is_what_a_plain_count_finds(gebouwd: BuildResult) -> None:  # noqa: F811
    rows: list[dict[str, Any]] = pq.read_table(gebouwd.map / "eenheid_van_taal.parquet").to_pylist()
    found = {
        (r["bron_id"], r["onderdeel"], r["codestelsel"]): (
            r["n_records"], r["n_standaard"], r["n_begrip"]
        )
        for r in rows
    }  # fmt: skip
    assert found == counted()
    for row in rows:
        assert row["aandeel_begrip"] == row["n_begrip"] / row["n_records"]
    own = [r for r in rows if r["codestelsel"] == "stelsel"]
    assert own
    assert all(r["n_standaard"] == r["n_begrip"] == 0 for r in own)
