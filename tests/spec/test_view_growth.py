"""The query grows with the view as fast as the view itself: nothing is written out twice over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ingest.fhir.view.compiler import compile_view


def nested(key: str, value: Any, depth: int) -> dict[str, Any]:
    """Loops in loops over extensions; ``extension`` is the one type that holds itself."""
    select: dict[str, Any] = {"column": [{"name": f"u{depth}", "path": "url"}]}
    for level in range(depth - 1, -1, -1):
        column = {"name": f"u{level}", "path": "url"}
        select = {key: value, "column": [column], "select": [select]}
    return {"resource": "Patient", "select": [{"forEach": "extension", "select": [select]}]}


def unions(depth: int) -> dict[str, Any]:
    select: dict[str, Any] = {"column": [{"name": "u", "path": "url"}]}
    for _ in range(depth):
        own = {"column": [{"name": "u", "path": "url & 'x'"}]}
        select = {"unionAll": [own, {"forEachOrNull": "extension", "select": [select]}]}
    return {"resource": "Patient", "select": [{"forEach": "extension", "select": [select]}]}


def siblings(depth: int) -> dict[str, Any]:
    loops = [
        {"forEach": "extension", "column": [{"name": f"u{number}", "path": "url"}]}
        for number in range(depth)
    ]
    return {"resource": "Patient", "select": loops}


def path(write: Callable[[int], str]) -> Callable[[int], dict[str, Any]]:
    def view(depth: int) -> dict[str, Any]:
        column = {"name": "x", "path": write(depth)}
        return {"resource": "Patient", "select": [{"column": [column]}]}

    return view


def wrapped(before: str, inside: str, after: str, end: str = "") -> Callable[[int], dict[str, Any]]:
    return path(lambda depth: before * depth + inside + after * depth + end)


SHAPES: dict[str, Callable[[int], dict[str, Any]]] = {
    "forEach": lambda depth: nested("forEach", "extension", depth),
    "forEachOrNull": lambda depth: nested("forEachOrNull", "extension", depth),
    "repeat": lambda depth: nested("repeat", ["extension"], depth),
    "unionAll": unions,
    "siblings": siblings,
    "where on one": wrapped("", "maritalStatus", ".where(text.exists())", ".text"),
    "where on many": wrapped("", "name", ".where(use = 'a')", ".family"),
    "single": wrapped("", "name.given", ".single()"),
    "substring": wrapped("", "gender", ".substring(1, 2)"),
    "replace": wrapped("", "gender", ".replace('a', 'b')"),
    "round": wrapped("", "1.5", ".round(1)"),
    "boundary": wrapped("", "birthDate", ".lowBoundary()"),
    "tail": wrapped("", "name", ".tail()", ".family"),
    "iif": wrapped("iif(active, 'a', ", "'b'", ")"),
    "dates": wrapped("(birthDate = birthDate) = (", "true", ")"),
    "union": wrapped("(name.given | ", "name.family", ")"),
    "and": wrapped("", "true", " and active"),
    "decimal": wrapped("", "extension.value.ofType(decimal).first()", ".abs()"),
    "select": wrapped("", "maritalStatus.text", ".select($this)"),
}


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_sql_grows_linearly(shape: str) -> None:
    # each step names the columns it carries, so that loops beside each other may grow by the square
    allowed = 2 if shape == "siblings" else 1.25
    lengths = [len(compile_view(SHAPES[shape](n), "select tekst from t").sql) for n in (20, 30, 40)]
    first, second = lengths[1] - lengths[0], lengths[2] - lengths[1]
    assert second <= allowed * first + 200, lengths
