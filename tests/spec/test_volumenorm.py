"""A volume norm is the same in both lists that hold it."""

from __future__ import annotations

import csv

import pytest
from marts_indeling import Lagen
from marts_sql import seed_file


def norms() -> list[dict[str, str | None]]:
    """The rows of the project."""
    path = seed_file("ref_norm")
    assert path is not None
    with path.open(encoding="utf-8", newline="") as file:
        return [{k: v or None for k, v in row.items()} for row in csv.DictReader(file)]


def test_the_lists_of_the_project_agree() -> None:
    assert Lagen().test("volumenorm_is_een_norm") == []


@pytest.mark.parametrize(
    ("cel", "waarde"),
    [("doelwaarde", "101"), ("operator", "<="), ("doeljaar", "2027"), ("status", "norm"),
     ("bron", "elsewhere")],
    ids=["value", "direction", "year", "status", "source"],
)  # fmt: skip
def test_a_norm_that_differs_is_named(cel: str, waarde: str) -> None:
    rows = [
        row | ({cel: waarde} if str(row["norm_id"]).startswith("iza-i37") else {})
        for row in norms()
    ]
    found = Lagen(lijsten={"ref_norm": rows}).test("volumenorm_is_een_norm")
    assert {row["volumenorm_id"] for row in found} == {"volume-algemeen"}
