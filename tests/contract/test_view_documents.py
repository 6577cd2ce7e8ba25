"""The page on views names what the code knows: every function, operator and loop, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.fhir.view.definition import RESERVED
from ingest.fhir.view.functions import FUNCTIONS, LEFT_OUT
from ingest.fhir.view.parser import BINDING
from ingest.fhir.view.shape import UNROLLED

PAGE = (Path(__file__).parents[2] / "docs" / "views.md").read_text(encoding="utf-8")


def first_column(heading: str) -> list[str]:
    """The names between backquotes in the first column of the table under a heading."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    cells = [re.split(r"(?<!\\)\|", row)[1] for row in rows]
    return [name.replace("\\", "") for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def test_every_function_is_named() -> None:
    named = first_column("Functions")
    assert sorted(named) == sorted(FUNCTIONS)


def test_every_operator_is_named_from_loose_to_tight() -> None:
    named = first_column("Operators")
    assert sorted(named) == sorted(BINDING)
    assert [BINDING[name] for name in named] == sorted(BINDING.values())


def test_what_is_left_out_is_named() -> None:
    for name in LEFT_OUT:
        assert f"`{name}`" in PAGE
        assert name not in FUNCTIONS
    for name in RESERVED:
        assert f"`%{name}`" in PAGE


def test_the_depth_that_is_parsed_at_once() -> None:
    words = {3: "three", 4: "four", 5: "five"}
    assert f"below level {words[UNROLLED]} of a `repeat`" in PAGE
