"""Runs a model of the dbt project with everything below it, without dbt: deliveries in, rows out.

Every delivery goes through real intake; then the SQL of the models, rendered by ``marts_sql``, runs
over what intake wrote. A chain of forty models takes seconds where a dbt build takes minutes.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml
from marts_sql import PROJECT, model_file, render_with, seed_file

from ingest.intake import ingest_path
from ingest.pseudonym import write_key
from ingest.settings import Settings
from schemas.tables import raw_kolommen


@cache
def _column_types() -> dict[str, dict[str, str]]:
    """What the project says of the types of columns of its seeds; others are inferred."""
    (path,) = PROJECT.rglob("_seeds.yml")
    seeds = yaml.safe_load(path.read_text(encoding="utf-8"))["seeds"]
    return {seed["name"]: seed.get("config", {}).get("column_types", {}) for seed in seeds}


class Keten:
    """A home with deliveries, and the relations built over it so far."""

    def __init__(self, home: Path) -> None:
        self.settings = Settings(home=home, threads=1)
        self.home = home
        write_key(self.settings, demo=True)
        self.con = duckdb.connect()
        self.con.execute("create schema raw")
        self.gebouwd: set[str] = set()

    def deliver(self, path: Path, bron: str, periode: str = "2025") -> Any:
        """Take in a file or folder; its report."""
        return ingest_path(path, bron, self.settings, periode=periode)

    def rows(self, model: str) -> list[dict[str, Any]]:
        """Rows of a model."""
        self._relation(model)
        result = self.con.execute(f"select * from {model}")
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def test(self, name: str) -> list[tuple[Any, ...]]:
        """Rows that a test of the project finds; none when it passes."""
        text = (PROJECT / "tests" / f"{name}.sql").read_text(encoding="utf-8")
        sql = render_with(text.replace("{{ config(group='kern') }}", ""), self._ref, self._source)
        return self.con.execute(sql).fetchall()

    def _relation(self, name: str) -> None:
        if name in self.gebouwd:
            return
        self.gebouwd.add(name)
        model = model_file(name)
        if model is None:
            seed = seed_file(name)
            assert seed is not None, name
            types = "".join(f", '{k}': '{v}'" for k, v in _column_types().get(name, {}).items())
            self.con.execute(
                f"create table {name} as from read_csv('{seed}', types = {{{types[2:]}}})"
            )
            return
        sql = render_with(model.read_text(encoding="utf-8"), self._ref, self._source)
        self.con.execute(f"create table {name} as {sql}")

    def _ref(self, name: str) -> str:
        self._relation(name)
        return name

    def _source(self, _: str, name: str) -> str:
        if f"raw.{name}" not in self.gebouwd:
            self.gebouwd.add(f"raw.{name}")
            columns = ", ".join(f'"{k}" {v}' for k, v in raw_kolommen(name).items())
            self.con.execute(f"create table raw.{name} ({columns})")
            files = self.settings.room("raw").glob(f"{name}/**/*.parquet")
            for file in sorted(files):
                self.con.execute(
                    f"insert into raw.{name} by name "
                    f"from read_parquet('{file}', hive_partitioning = false)"
                )
        return f"raw.{name}"
