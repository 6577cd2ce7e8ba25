"""Approved views and the models of the tables they feed say the same; nothing else is read."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

import pytest

from ingest.fhir.approved import VIEWS, ApprovedView, approved_views
from ingest.fhir.view.compiler import compile_view
from ingest.fhir.view.definition import read_definition
from ingest.fhir.view.plan import plan_view
from ingest.fhir.view.typed import Exists, Field
from schemas.tables import TABELLEN, kolommen

#: Elements that hold names, addresses, free text or other direct identifiers.
FORBIDDEN = {
    "name", "telecom", "line", "city", "text", "display", "note", "contact", "photo", "div",
    "valueString", "conclusion", "comment",
}  # fmt: skip


@pytest.fixture(params=approved_views(), ids=lambda view: view.tabel)
def view(request: pytest.FixtureRequest) -> ApprovedView:
    return request.param


def test_every_fhir_table_has_its_view() -> None:
    # A deletion is no resource: it comes from the request of a Bundle entry.
    tables = {tabel for tabel in TABELLEN if tabel.startswith("fhir_")} - {"fhir_verwijdering"}
    assert {view.tabel for view in approved_views()} == tables


def test_columns_are_those_of_the_model(view: ApprovedView) -> None:
    columns = compile_view(view.definition, "select tekst from bron").columns
    model = [(kolom.naam, kolom.duckdb_type) for kolom in kolommen(view.tabel)]
    assert [(column.name, column.sql_type) for column in columns] == model


def test_the_header_is_complete(view: ApprovedView) -> None:
    definition = view.definition
    assert definition["resourceType"] == "ViewDefinition"
    assert definition["name"] == view.tabel
    assert definition["status"] == "active"
    assert definition["title"]
    assert definition["description"]


def read(definition: dict[str, Any]) -> tuple[set[str], set[str]]:
    """Elements a view reads, and those of which it only asks whether they are there."""
    plan = plan_view(read_definition(definition))
    values, present = set[str](), set[str]()

    def look(node: object) -> None:
        if isinstance(node, Exists) and isinstance(node.base, Field):
            present.add(node.base.element.name)
            look(node.base.base)
        elif isinstance(node, tuple):
            for one in node:
                look(one)
        elif dataclasses.is_dataclass(node):
            if isinstance(node, Field):
                values.add(node.element.name)
            for attribute in dataclasses.fields(node):
                if attribute.name != "shape":
                    look(getattr(node, attribute.name))

    look(plan.where)
    look(plan.root)
    return values, present


def test_no_view_reads_a_name_an_address_or_free_text(view: ApprovedView) -> None:
    values, present = read(view.definition)
    assert values & FORBIDDEN == set()
    structure = json.dumps(plan_view(read_definition(view.definition)).shape.structure())
    keys = set(re.findall(r'"(\w+)":', structure))
    assert keys & FORBIDDEN <= present  # such as: there is a text, whatever it says
    assert keys  # the check looked at something


@pytest.mark.parametrize(
    "path",
    [
        "conclusion",
        "conclusion.exists() and conclusion = 'x'",
        "code.where(text = 'x').exists()",
        "code.text.where($this = 'x').exists()",
        "(code.text | conclusion).first()",
    ],
)
def test_the_rule_on_free_text_can_fail(path: str) -> None:
    column = {"name": "k", "path": path}
    view = {"resource": "DiagnosticReport", "select": [{"column": [column]}]}
    values, _ = read(view)
    assert values & FORBIDDEN


def test_nothing_is_unnested_where_it_is_correlated(view: ApprovedView) -> None:
    sql = compile_view(view.definition, "select tekst from bron").sql
    arguments = re.findall(r"unnest\(([^)]*)\)", sql)
    assert all(re.fullmatch(r"(range\(len\()?(u_)?l\d+", argument) for argument in arguments)
    assert not re.search(r"\blateral\b", sql)
    assert "->" not in sql


def test_views_are_written_as_formatted_json() -> None:
    for file in VIEWS.glob("*.json"):
        text = file.read_text(encoding="utf-8")
        again = json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"
        assert text == again, file.name
