"""The view language: every case is a small input, a ViewDefinition and the rows it must give.

The cases have the form of the conformance suite of SQL on FHIR, so both run through one check.
``message`` is ours: a fault must say where in the view it is.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from outside import OUTSIDE, needs_outside

from ingest.errors import DataRefusedError, ViewError
from ingest.fhir.view.runner import run_view

CASES = Path(__file__).parent / "view_cases"
SUITE = OUTSIDE / "sql-on-fhir" / "tests"


def cases(folder: Path) -> list[Any]:
    found = []
    for file in sorted(folder.glob("*.json")):
        suite = json.loads(file.read_text(encoding="utf-8"))
        for test in suite["tests"]:
            found.append(pytest.param(suite["resources"], test, id=f"{file.stem}-{test['title']}"))
    return found


def multiset(rows: list[dict[str, Any]]) -> Counter[str]:
    """Rows as texts: order is free, true is not 1, 2 is not "2"."""
    return Counter(json.dumps(row, sort_keys=True) for row in rows)


def run(tmp_path: Path, resources: list[dict[str, Any]], view: dict[str, Any]) -> list[str]:
    (tmp_path / "in.ndjson").write_text("\n".join(json.dumps(r) for r in resources))
    (tmp_path / "view.json").write_text(json.dumps(view))
    number = run_view(tmp_path / "view.json", [tmp_path / "in.ndjson"], tmp_path / "out.ndjson")
    lines = (tmp_path / "out.ndjson").read_text(encoding="utf-8").splitlines()
    assert len(lines) == number
    return lines


def check(tmp_path: Path, resources: list[dict[str, Any]], test: dict[str, Any]) -> None:
    if test.get("expectError"):
        with pytest.raises((ViewError, DataRefusedError)) as fault:
            run(tmp_path, resources, test["view"])
        assert test.get("message", "") in str(fault.value)
        return
    rows = [json.loads(line) for line in run(tmp_path, resources, test["view"])]
    if "expectCount" in test:
        assert len(rows) == test["expectCount"]
        return
    assert multiset(rows) == multiset(test["expect"])
    if test.get("expectColumns"):
        assert list(rows[0]) == test["expectColumns"]


@pytest.mark.parametrize(("resources", "test"), cases(CASES))
def test_view_language(tmp_path: Path, resources: list[Any], test: dict[str, Any]) -> None:
    check(tmp_path, resources, test)


@needs_outside
@pytest.mark.parametrize(("resources", "test"), cases(SUITE) or [pytest.param([], {}, id="none")])
def test_conformance_suite(tmp_path: Path, resources: list[Any], test: dict[str, Any]) -> None:
    check(tmp_path, resources, test)
