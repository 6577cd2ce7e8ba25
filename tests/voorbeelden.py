"""The example queries of ``docs/voorbeelden`` as tests see them: a question, what to mind, SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from marts.dbt_run import PROJECT
from marts.export import Mart
from marts.serving import write_serving

FOLDER = PROJECT.parent / "docs" / "voorbeelden"
USES = ("inkoop", "kwaliteit", "onderzoek")

Row = dict[str, Any]


@dataclass(frozen=True)
class Voorbeeld:
    """One example query.

    Attributes:
        gebruik: inkoop, kwaliteit or onderzoek.
        naam: name of its file.
        vraag: the question it answers, in Dutch.
        let_op: what its reader has to mind, in Dutch.
        sql: the statement.
    """

    gebruik: str
    naam: str
    vraag: str
    let_op: str
    sql: str


def read(path: Path) -> Voorbeeld:
    """An example of a file."""
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("--")]
    head = " ".join(line.removeprefix("--").strip() for line in lines)
    found = re.fullmatch(r"Vraag: (.+?\?) Let op: (.+)", head)
    assert found, f"{path.name} does not begin with a question and what to mind"
    return Voorbeeld(path.parent.name, path.stem, found[1], found[2], text)


@cache
def voorbeelden(gebruik: str) -> list[Voorbeeld]:
    """The examples of a use, by name."""
    return [read(path) for path in sorted((FOLDER / gebruik).glob("*.sql"))]


@cache
def allowed(gebruik: str) -> frozenset[str]:
    """The marts a use may draw on, as its exposure says."""
    text = (PROJECT / "models" / "gebruik" / gebruik / "_analyse.yml").read_text(encoding="utf-8")
    (exposure,) = yaml.safe_load(text)["exposures"]
    return frozenset(ref.split("'")[1] for ref in exposure["depends_on"])


def connect(folder: Path, marts: Iterable[str], place: Path) -> duckdb.DuckDBPyConnection:
    """Open a serving file over these marts of a build and no other, written at ``place``."""
    found = [Mart(naam, naam, (), naam, {}) for naam in marts]
    write_serving(place, folder, found)
    return duckdb.connect(place, read_only=True)


def ask(con: duckdb.DuckDBPyConnection, sql: str) -> list[Row]:
    """Rows of a statement."""
    result = con.execute(sql)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def by(rows: list[Row], *key: str) -> dict[Any, Row]:
    """Rows by a key that has to be one."""
    found = {tuple(row[k] for k in key) if len(key) > 1 else row[key[0]]: row for row in rows}
    assert len(found) == len(rows), f"{key} occurs twice"
    return found
