"""Unity of language: what counts as coded, in a standard, and mapped; readable as a definition."""

from __future__ import annotations

import csv
import re
from itertools import pairwise
from typing import Any

import pytest
from marts_sql import PROJECT, run_model

CODES = PROJECT.parent / "schemas" / "codes"
SEEDS = ("codestelsel", "codestelsel_standaard", "begrip", "diagnose_concept")
SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
MODEL = (PROJECT / "models/core/intermediate/int_codering.sql").read_text(encoding="utf-8")
STAGING = set(re.findall(r"'(stg_fhir_\w+)'", MODEL))
CODED = (
    "bron_id varchar, resource_sleutel varchar, code_stelsel varchar, code varchar, "
    "geneesmiddel_sleutel varchar, aandoening_sleutel varchar, reden_stelsel varchar, "
    "reden_code varchar"
)

Coding = tuple[str, str | None, str | None]


def staged(**tables: list[Coding]) -> dict[str, Any]:
    """Every staging table; rows are record, system, code of source ``a``."""
    return {
        name: (CODED, [("a", *row, *[None] * (7 - len(row))) for row in tables.get(name, [])])
        for name in STAGING
    }


def coded(**tables: list[Any]) -> set[tuple[Any, ...]]:
    rows = run_model("int_codering", seeds=SEEDS, **staged(**tables))
    return {
        (r["onderdeel"], r["resource_sleutel"], r["codestelsel"], r["is_standaard"],
         r["heeft_begrip"])
        for r in rows
    }  # fmt: skip


def test_one_system_has_one_name_however_it_is_written() -> None:
    forms = [
        SNOMED, "urn:oid:2.16.840.1.113883.6.96", "2.16.840.1.113883.6.96", f"{SNOMED}/",
        f"{SNOMED}|http://snomed.info/sct/11000146104", " http://snomed.info/sct ",
        "http://snomed.info/sct/11000146104/version/20250331", "https://snomed.info/sct/x",
    ]  # fmt: skip
    rows: list[Coding] = [(f"d{n}", form, "84114007") for n, form in enumerate(forms)]
    assert coded(stg_fhir_diagnose=rows) == {
        ("diagnose", f"d{n}", SNOMED, 1, 1) for n in range(len(forms))
    }


@pytest.mark.parametrize(
    ("stelsel", "code", "expected"),
    [
        (SNOMED, "84114007", (SNOMED, 1, 1)),  # a standard, and a concept of the list
        (SNOMED, "1", (SNOMED, 1, 0)),  # a standard, not in the list
        (LOINC, "8302-2", (LOINC, 0, 0)),  # a standard, but not for diagnoses
        ("urn:oid:1.2.3", "84114007", ("urn:oid:1.2.3", 0, 0)),  # a code of one's own
        (None, "84114007", ("ZONDER STELSEL", 0, 0)),
        (None, None, ("ZONDER CODE", 0, 0)),
        (SNOMED, None, ("ZONDER CODE", 0, 0)),
        ("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown",
         ("ZONDER CODE", 0, 0)),
    ],
)  # fmt: skip
def test_what_a_coding_counts_for(stelsel: str | None, code: str | None, expected: Any) -> None:
    assert coded(stg_fhir_diagnose=[("d", stelsel, code)]) == {("diagnose", "d", *expected)}


def test_a_code_can_stand_elsewhere() -> None:
    atc, gpk = "http://www.whocc.no/atc", "urn:oid:2.16.840.1.113883.2.4.4.1"
    found = coded(
        stg_fhir_geneesmiddel=[("g", atc, "C03CA01"), ("g", gpk, "9")],
        stg_fhir_medicatie=[("m", None, None, "g"), ("n", None, None, "elders")],
    )  # fmt: skip
    assert found == {
        ("medicatie", "m", atc, 1, 1),
        ("medicatie", "m", gpk, 1, 0),
        ("medicatie", "n", "ZONDER CODE", 0, 0),
    }


def test_shares_count_records_not_codings() -> None:
    columns = (
        "bron_id varchar, onderdeel varchar, resource_sleutel varchar, codestelsel varchar, "
        "is_standaard integer, heeft_begrip integer"
    )
    codering = [
        ("a", "diagnose", "d1", SNOMED, 1, 0), ("a", "diagnose", "d1", "urn:eigen", 0, 1),
        ("a", "diagnose", "d2", "urn:eigen", 0, 0), ("a", "diagnose", "d3", SNOMED, 1, 1),
        ("a", "diagnose", "d4", "ZONDER CODE", 0, 0), ("b", "diagnose", "d1", SNOMED, 1, 1),
    ]  # fmt: skip
    rows = run_model("eenheid_van_taal", seeds=("codestelsel",), int_codering=(columns, codering))
    found = {(r["bron_id"], r["codestelsel"]): r for r in rows}
    whole = found[("a", "TOTAAL")]
    assert (whole["n_records"], whole["n_standaard"], whole["n_begrip"]) == (4, 2, 2)
    assert (whole["aandeel_standaard"], whole["aandeel_begrip"]) == (0.5, 0.5)
    own = found[("a", "urn:eigen")]
    assert (own["n_records"], own["n_standaard"], own["n_begrip"]) == (2, 0, 1)
    assert own["codestelsel_naam"] is None
    assert found[("a", SNOMED)]["codestelsel_naam"] == "SNOMED CT"
    assert found[("a", "ZONDER CODE")]["aandeel_begrip"] == 0
    assert found[("b", "TOTAAL")]["n_records"] == 1


def _rows(name: str) -> list[dict[str, str]]:
    with (CODES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_code_lists_agree() -> None:
    systems = {row["codestelsel"] for row in _rows("codestelsel")}
    assert systems <= {row["vorm"] for row in _rows("codestelsel")}
    assert {row["codestelsel"] for row in _rows("codestelsel_standaard")} <= systems
    assert {row["codestelsel"] for row in _rows("begrip")} <= systems
    assert {row["stelsel"] for row in _rows("diagnose_concept")} <= systems
    domains = {row["domein"] for row in _rows("codestelsel_standaard")}
    assert {row["domein"] for row in _rows("begrip")} <= domains
    assert set(re.findall(r"'domein': '(\w+)'", MODEL)) <= domains
    assert all(row["status"] for name in SEEDS[:3] for row in _rows(name))


def test_parts_are_listed_once_and_in_order() -> None:
    parts = re.findall(r"'onderdeel': '(\w+)'", MODEL)
    assert all(one < other for one, other in pairwise(parts))
