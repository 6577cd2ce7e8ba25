"""Runs one model of the dbt project on tiny tables, without dbt: for specifications that read well.

Jinja is rendered with the project's own macros; ``ref`` becomes the name of a table that the test
fills. Columns that a row leaves out are null.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import yaml

from marts.dbt_run import register

PROJECT = Path(__file__).parents[1] / "dbt_project"


#: What ``ref`` and ``source`` give: the plain name, unless a caller says otherwise.
_answers: dict[str, Callable[..., str]] = {"ref": str, "source": lambda _, name: name}


class _Adapter:
    """dbt's ``adapter``, as far as macros of a model use it: dispatch to DuckDB."""

    def __init__(self, macros: dict[str, Any]) -> None:
        self.macros = macros

    def dispatch(self, name: str) -> Any:
        return self.macros[f"duckdb__{name}"]


@cache
def _environment() -> jinja2.Environment:
    # Macros find each other, and what a model is given, among the globals of the environment.
    environment = jinja2.Environment(extensions=["jinja2.ext.do"], autoescape=False)  # noqa: S701
    known = environment.globals
    known |= {"adapter": _Adapter(known), "return": lambda value: value}
    known |= {"var": lambda name: _variables()[name], "config": lambda **_: "", "execute": False}
    # A macro keeps the functions it found when it was read, so these ask who answers now.
    known |= {
        "ref": lambda name: _answers["ref"](name),
        "source": lambda schema, name: _answers["source"](schema, name),
    }
    # Four times, as a macro keeps what it found and may name one that is read after it, and so on.
    for path in 4 * sorted((PROJECT / "macros").rglob("*.sql")):
        source = path.read_text(encoding="utf-8")
        if "{% macro " in source:
            module = environment.from_string(source).module
            known.update({k: v for k, v in vars(module).items() if not k.startswith("_")})
    return environment


@cache
def _variables() -> dict[str, Any]:
    """The variables of the project, with what a run fills in: the indicators of the register."""
    project = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    return project["vars"] | {"indicatoren": register(PROJECT)}


@cache
def _models() -> dict[str, Path]:
    return {path.stem: path for path in (PROJECT / "models").rglob("*.sql")}


def model_file(name: str) -> Path | None:
    """The file of a model; none when there is no model of that name."""
    return _models().get(name)


@cache
def _template(text: str) -> jinja2.Template:
    return _environment().from_string(text)


def render(model: str) -> str:
    """SQL of a model, with table names for references."""
    return _template(_models()[model].read_text(encoding="utf-8")).render()


def render_with(text: str, ref: Callable[[str], str], source: Callable[[str, str], str]) -> str:
    """SQL of a template, with what ``ref`` and ``source`` say of the relations it names."""
    before = dict(_answers)
    _answers.update({"ref": ref, "source": source})
    try:
        return _template(text).render()
    finally:
        _answers.update(before)


def run_model(
    model: str, *, seeds: tuple[str, ...] = (), **tables: tuple[str, list[tuple[Any, ...]]]
) -> list[dict[str, Any]]:
    """Rows a model yields.

    Args:
        model: its name.
        seeds: seeds of the project that it reads as they are.
        tables: for every other relation its columns, as in ``create table``, and its rows.
    """
    with duckdb.connect() as con:
        for name in seeds:
            path = seed_file(name)
            con.execute(f"create table {name} as from read_csv('{path}', all_varchar = true)")
        for name, (columns, rows) in tables.items():
            con.execute(f"create table {name} ({columns})")
            marks = ", ".join("?" * (columns_count(columns)))
            for row in rows:
                con.execute(f"insert into {name} values ({marks})", list(row))
        result = con.execute(render(model))
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def seed_file(name: str) -> Path | None:
    """The file of a seed; none when there is no seed of that name."""
    folders = (PROJECT / "seeds", PROJECT.parent / "schemas" / "codes")
    found = [folder / f"{name}.csv" for folder in folders if (folder / f"{name}.csv").is_file()]
    return found[0] if found else None


def columns_count(columns: str) -> int:
    """Number of columns in a ``create table`` list; commas inside types do not count."""
    return len(re.sub(r"\([^)]*\)", "", columns).split(","))
