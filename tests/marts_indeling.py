"""Models run over small tables in memory: what a test gives stands for a model, seed or source."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import yaml
from marts_sql import PROJECT, render_with, seed_file

from schemas.tables import raw_kolommen

Row = dict[str, Any]


class Lagen:
    """Relations over given rows; everything that is not given is made from the project.

    Args:
        raw: rows of raw tables.
        lijsten: rows that are put in the place of those of a code list.
        erbij: rows that are added to a code list.
        modellen: for a model its columns, as in ``create table``, and its rows; a table of Arrow
            goes in at once.
    """

    def __init__(
        self,
        raw: dict[str, list[Row]] | None = None,
        *,
        lijsten: dict[str, list[Row]] | None = None,
        erbij: dict[str, list[Row]] | None = None,
        modellen: dict[str, tuple[str, list[Row] | pa.Table]] | None = None,
    ) -> None:
        self._raw = raw or {}
        self._lijsten = lijsten or {}
        self._erbij = erbij or {}
        self._con = duckdb.connect()
        self._made: set[str] = set()
        for name, (columns, rows) in (modellen or {}).items():
            self._made.add(name)
            self._con.execute(f"create table {name} ({columns})")
            self._insert(name, rows)

    def rows(self, query: str) -> list[Row]:
        """Rows of a model, or of a query over models named in braces: ``from {observatie}``."""
        if query.isidentifier():
            query = f"from {self._ref(query)} order by all"
        names = {part.split("}")[0] for part in query.split("{")[1:]}
        result = self._con.execute(query.format(**{name: self._ref(name) for name in names}))
        columns = [column[0] for column in result.description]
        return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]

    def test(self, name: str) -> list[Row]:
        """Rows that a data test of the project finds; none when it passes."""
        text = (PROJECT / "tests" / f"{name}.sql").read_text(encoding="utf-8")
        return self.rows(render_with(text, self._ref, self._source))

    def _insert(self, name: str, rows: list[Row] | pa.Table) -> None:
        if isinstance(rows, pa.Table):
            self._con.register("frame", rows)
            self._con.execute(f"insert into {name} by name from frame")
            self._con.unregister("frame")
            return
        for row in rows:
            columns = ", ".join(f'"{column}"' for column in row)
            marks = ", ".join("?" * len(row))
            self._con.execute(
                f"insert into {name} ({columns}) values ({marks})", list(row.values())
            )

    def _ref(self, name: str) -> str:
        if name in self._made:
            return name
        self._made.add(name)
        if name in _models():
            text = _models()[name].read_text(encoding="utf-8")
            self._con.execute(
                f"create table {name} as {render_with(text, self._ref, self._source)}"
            )
        else:
            self._con.execute(f"create table {name} as {_seed(name)}")
            if name in self._lijsten:
                self._con.execute(f"delete from {name}")
            self._insert(name, self._lijsten.get(name, []) + self._erbij.get(name, []))
        return name

    def _source(self, _schema: str, name: str) -> str:
        raw = f"raw_{name}"
        if raw not in self._made:
            self._made.add(raw)
            columns = raw_kolommen(name)
            self._con.execute(
                f"create table {raw} ({', '.join(f'{k} {t}' for k, t in columns.items())})"
            )
            if rows := [dict.fromkeys(columns) | row for row in self._raw.get(name, [])]:
                self._con.register("frame", pl.DataFrame(rows, infer_schema_length=None).to_arrow())
                self._con.execute(f"insert into {raw} by name from frame")
                self._con.unregister("frame")
        return raw


def _seed(name: str) -> str:
    path = seed_file(name)
    listed = ", ".join(f"'{k}': '{v}'" for k, v in _types(name).items())
    return f"select * from read_csv('{path}', header = true, types = {{{listed}}})"


@cache
def _models() -> dict[str, Path]:
    return {path.stem: path for path in (PROJECT / "models").rglob("*.sql")}


@cache
def _described() -> dict[str, dict[str, str]]:
    path: Path = PROJECT / "seeds" / "_seeds.yml"
    seeds = yaml.safe_load(path.read_text(encoding="utf-8"))["seeds"]
    return {seed["name"]: seed.get("config", {}).get("column_types", {}) for seed in seeds}


def _types(name: str) -> dict[str, str]:
    return _described()[name]
