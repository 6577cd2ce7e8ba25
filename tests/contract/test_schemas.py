"""The contracts agree with each other: tables, sources, reasons, layouts."""

from __future__ import annotations

import ast
import csv
import re
from pathlib import Path

import pytest

from ingest.oordeel.page import rules_page
from ingest.oordeel.parameters import parameters
from ingest.oordeel.rules import ALLE, NIVEAUS, SOORTEN
from ingest.oordeel.rules import rules as regels
from marts.described import described_marts
from schemas.contract.artefacts import differences
from schemas.ei import alle_layouts
from schemas.tables import TABELLEN, kolommen, raw_kolommen

ROOT = Path(__file__).parents[2]


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "schemas" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_everything_made_of_the_contract_is_current() -> None:
    """Sources, staging contracts, dictionary and counts are what ``schemas/tables`` makes."""
    found = differences(ROOT, described_marts())
    assert found == [], "run 'iza contract write' (or 'make docs') when the change is meant"


@pytest.mark.parametrize("tabel", sorted(TABELLEN))
def test_raw_names_are_unique_and_labelled(tabel: str) -> None:
    columns = kolommen(tabel)
    assert len(raw_kolommen(tabel)) == len(columns) + 5
    assert all(len(column.label) > 2 for column in columns)


@pytest.mark.parametrize("layout", alle_layouts(), ids=lambda x: f"{x.standaard}v{x.versie}")
def test_layouts_are_contiguous_and_say_what_they_rest_on(layout) -> None:
    assert len(layout.herkomst) > 20
    for record in layout.records.values():
        position = 1
        for element in record.elementen:
            assert element.begin == position, (record.code, element)
            position = element.eind + 1
        assert position == layout.recordlengte + 1, record.code


def test_every_reason_code_in_code_is_explained() -> None:
    known = {row["reden_code"] for row in rows("redenen.csv")}
    used = {row["reden_code"] for row in rows("fhir/profielen.csv") if row["reden_code"]}
    pattern = re.compile(r"^[A-Z][A-Z0-9]+(-[A-Z0-9]+)+$")
    prefixes = {code.split("-")[0] for code in known}
    for file in (ROOT / "ingest").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                value = node.value
                if pattern.fullmatch(value) and value.split("-")[0] in prefixes:
                    used.add(value)
    assert used - known == set()
    assert len(used) > 5


def test_reasons_say_what_to_do_in_dutch() -> None:
    for row in rows("redenen.csv"):
        assert row["omschrijving"].endswith("."), row
        assert row["wat_te_doen"].endswith("."), row


def test_rules_page_is_current() -> None:
    page = (ROOT / "docs" / "regels.md").read_text(encoding="utf-8")
    assert page == rules_page(), "run 'make docs'"


def test_every_rule_has_a_level_a_kind_and_purposes() -> None:
    purposes = {doel for row in rows("bronnen.csv") for doel in row["doelen"].split(";")} | {ALLE}
    for rule in regels().values():
        assert rule.niveau in NIVEAUS, rule
        assert rule.soort in SOORTEN, rule
        assert set(rule.doelen) <= purposes, rule


def test_only_rules_of_records_have_a_threshold_and_a_sound_one() -> None:
    limits = {rule.code: rule for rule in regels().values() if rule.drempel}
    assert {rule.niveau for rule in limits.values()} == {"record"}
    # what follows from another refusal, and what a whole kind of record shares, has none
    assert {"EI-BOVENLIGGEND", "EI-BERICHT-GEWEIGERD", "FHIR-TYPE-GEEN-VIEW"} & set(limits) == set()
    for rule in limits.values():
        assert 0 < rule.drempel.aandeel < 1, rule
        assert rule.drempel.vanaf >= 10, rule


def test_analytical_rules_are_rules_and_name_columns_that_identify_nobody() -> None:
    numbers = parameters()
    analytical = {rule.code for rule in regels().values() if rule.soort == "analytisch"}
    assert set(numbers.regels) == analytical
    assert round(numbers.kans, 6) <= 0.01
    known = list(rows("bronnen.csv"))
    assert set(numbers.eerste_periode_vol) <= {row["bron_id"] for row in known}
    found = [(k.raw_naam, k.bewerking) for tabel in TABELLEN for k in kolommen(tabel)]
    for name in numbers.codes:
        assert {treated for raw, treated in found if raw == name} == {"geen"}, name
    for name in numbers.maanden:
        treated = {treated for raw, treated in found if raw == name}
        assert treated, name
        assert treated <= {"datum", "datum_ei", "tijdstip"}, name


def test_sources_name_a_known_family_and_their_purposes() -> None:
    for row in rows("bronnen.csv"):
        assert row["soort"] in {"fhir", "declaratie", "register"}
        assert row["doelen"].split(";")[0]
