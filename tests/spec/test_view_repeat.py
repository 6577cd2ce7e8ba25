"""``repeat`` against a walk in Python over random trees: the nodes, their order, their numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import duckdb
import pytest

from ingest.fhir.view.compiler import compile_view
from ingest.fhir.view.shape import UNROLLED

Node = dict[str, Any]
PATHS = [
    ["item"],
    ["item", "answer.item"],
    ["answer.item", "item"],
    ["item.answer.item", "item"],
    ["item.item"],
    ["item.where(text.exists())", "answer.item"],
    ["item | answer.item"],
]


def children(node: Node, path: str) -> list[Node]:
    """What one of the paths gives on a node."""
    if " | " in path:
        return [child for part in path.split(" | ") for child in children(node, part)]
    found = [node]
    for step in path.split("."):
        if step.startswith("where("):
            found = [one for one in found if "text" in one]
        elif step != "exists())":
            found = [child for one in found for child in one.get(step, [])]
    return found


def walk(node: Node, paths: list[str]) -> Iterator[Node]:
    """All nodes below a node, depth first, path by path."""
    for path in paths:
        for child in children(node, path.replace("where(text.exists())", "where(text)")):
            yield child
            yield from walk(child, paths)


def tree(random: Random, name: str, depth: int) -> Node:
    node: Node = {"linkId": name}
    if random.random() < 0.5:
        node["text"] = f"t{name}"
    for key, part in (("item", 0.75), ("answer", 0.4)):
        if depth > 0 and random.random() < part:
            count = random.randint(1, 2)
            below = [tree(random, f"{name}.{key[0]}{n}", depth - 1) for n in range(count)]
            node[key] = below if key == "item" else [{"valueString": name, "item": below}]
    return node


def forest(seed: int) -> list[Node]:
    random = Random(seed)  # noqa: S311 - the same trees every time
    return [
        {
            "resourceType": "QuestionnaireResponse",
            "id": f"q{number}",
            "item": [tree(random, f"{n}", random.randint(0, 9)) for n in range(2)],
        }
        for number in range(6)
    ]


@pytest.mark.parametrize("paths", PATHS, ids=lambda paths: ",".join(paths))
@pytest.mark.parametrize("inside", ["plain", "union", "loop"])
def test_the_nodes_are_those_of_a_walk(paths: list[str], inside: str) -> None:
    resources = forest(len(paths[0]))
    columns = [
        {"name": "l", "path": "linkId"},
        {"name": "n", "path": "%rowIndex"},
        {"name": "a", "path": "answer.value.ofType(string)"},
    ]
    repeat: Node = {"repeat": paths, "column": columns}
    if inside == "union":
        repeat = {"unionAll": [repeat, repeat]}
    elif inside == "loop":
        repeat = {"forEach": "item", "select": [repeat]}
    view = {
        "resource": "QuestionnaireResponse",
        "select": [{"column": [{"name": "id", "path": "id"}]}, repeat],
    }
    with duckdb.connect() as con:
        con.execute("create table bron (tekst varchar)")
        con.executemany("insert into bron values (?)", [[json.dumps(r)] for r in resources])
        found = con.execute(compile_view(view, "select tekst from bron").sql).fetchall()
    expected = []
    for resource in resources:
        starts = resource["item"] if inside == "loop" else [resource]
        for start in starts * (2 if inside == "union" else 1):
            for number, node in enumerate(walk(start, paths)):
                answers = node.get("answer", [])
                value = answers[0]["valueString"] if answers else None
                expected.append((resource["id"], node["linkId"], number, value))
    assert found == expected
    # a name has a point less than it has levels: some node is below the parsed ones
    assert max(name.count(".") for _, name, _, _ in found) >= UNROLLED
