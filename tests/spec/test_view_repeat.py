"""``repeat`` against a walk in Python over random trees: the nodes, their order, their numbers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
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


def found_rows(resources: list[Node], repeat: Node) -> list[tuple[Any, ...]]:
    view = {
        "resource": "QuestionnaireResponse",
        "select": [{"column": [{"name": "id", "path": "id"}]}, repeat],
    }
    with duckdb.connect() as con:
        con.execute("create table bron (tekst varchar)")
        con.executemany("insert into bron values (?)", [[json.dumps(r)] for r in resources])
        return con.execute(compile_view(view, "select tekst from bron").sql).fetchall()


def first_answer(node: Node) -> str | None:
    answers = node.get("answer", [])
    return answers[0]["valueString"] if answers else None


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
    found = found_rows(resources, repeat)
    expected = []
    for resource in resources:
        starts = resource["item"] if inside == "loop" else [resource]
        for start in starts * (2 if inside == "union" else 1):
            for number, node in enumerate(walk(start, paths)):
                expected.append((resource["id"], node["linkId"], number, first_answer(node)))
    assert found == expected
    # a name has a point less than it has levels: some node is below the parsed ones
    assert max(name.count(".") for _, name, _, _ in found) >= UNROLLED


Inside = tuple[Node, Callable[[Node], list[tuple[Any, ...]]]]
LINK = {"name": "l", "path": "linkId"}
#: What may stand in a repeat that does not count its nodes, and its rows for one node.
INSIDES: dict[str, Inside] = {
    "columns": (
        {"column": [LINK, {"name": "a", "path": "answer.value.ofType(string)"}]},
        lambda node: [(node["linkId"], first_answer(node))],
    ),
    "children": (  # what leads on is read too, of the last parsed level from its text
        {"column": [LINK, {"name": "c", "path": "item.linkId", "collection": True}]},
        lambda node: [(node["linkId"], [child["linkId"] for child in node.get("item", [])])],
    ),
    "nothing": ({"column": [{"name": "x", "path": "'x'"}]}, lambda node: [("x",)]),
    "many columns": (
        {"column": [{"name": f"l{n}", "path": f"linkId & text & '{n}'"} for n in range(99)]},
        lambda node: [tuple(f"{node['linkId']}{node.get('text', '')}{n}" for n in range(99))],
    ),
    "a loop that counts": (
        {
            "column": [LINK],
            "select": [{"forEach": "answer", "column": [{"name": "n", "path": "%rowIndex"}]}],
        },
        lambda node: [(node["linkId"], number) for number in range(len(node.get("answer", [])))],
    ),
    "a loop or null": (
        {"column": [LINK], "select": [{"forEachOrNull": "item", "column": [LINK | {"name": "c"}]}]},
        lambda node: [(node["linkId"], child.get("linkId")) for child in node.get("item") or [{}]],
    ),
    "unionAll": (
        {"unionAll": [{"column": [LINK]}, {"forEach": "item", "column": [LINK]}]},
        lambda node: [(one["linkId"],) for one in (node, *node.get("item", []))],
    ),
    "a repeat": (
        {
            "column": [LINK],
            "select": [{"repeat": ["answer.item"], "column": [LINK | {"name": "m"}]}],
        },
        lambda node: [(node["linkId"], one["linkId"]) for one in walk(node, ["answer.item"])],
    ),
}


@pytest.mark.parametrize("paths", [PATHS[0], PATHS[1]], ids=lambda paths: ",".join(paths))
@pytest.mark.parametrize("inside", [name for name in INSIDES if name != "a repeat"])
def test_what_is_inside_is_evaluated_on_every_node(paths: list[str], inside: str) -> None:
    check_inside(paths, inside)


def test_a_repeat_inside_goes_through_another_element() -> None:
    check_inside(["item"], "a repeat")


def check_inside(paths: list[str], inside: str) -> None:
    content, rows = INSIDES[inside]
    resources = forest(7)
    expected = [
        (resource["id"], *row)
        for resource in resources
        for node in walk(resource, paths)
        for row in rows(node)
    ]
    assert found_rows(resources, {"repeat": paths, **content}) == expected
    nodes = [node for resource in resources for node in walk(resource, paths)]
    assert any(node["linkId"].count(".") > UNROLLED for node in nodes)


def test_a_row_without_items_has_no_nodes_but_stays() -> None:
    resources = [*forest(3), {"resourceType": "QuestionnaireResponse", "id": "leeg"}]
    select = {
        "forEachOrNull": "item",
        "column": [LINK],
        "select": [{"repeat": ["item"], "column": [LINK | {"name": "m"}]}],
    }
    expected = [
        (resource["id"], start.get("linkId"), node.get("linkId"))
        for resource in resources
        for start in resource.get("item", [{}])
        for node in (walk(start, ["item"]) if start else [{}])
    ]
    assert found_rows(resources, select) == expected
