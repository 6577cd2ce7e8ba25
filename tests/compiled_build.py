"""Runs the SQL that dbt compiled for a reference build over the raw files of another home.

A dbt build takes half a minute, most of it dbt; the same statements over a small region take a few
seconds. Types that a contract of a model enforces are enforced here as dbt does: by the table the
rows are inserted in.
"""

from __future__ import annotations

import json
import re
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

from ingest.settings import Settings
from marts.dbt_run import committed_index
from marts.export import find_marts, read_build_id, write_marts

Node = dict[str, Any]

#: The only model whose statement differs between builds of the same code.
AKKOORD = "int_spiegel_akkoord"
_DAY = re.compile(r"(?<=where date ')[0-9-]{10}(?=' between geldig_van)")


class CompiledBuild:
    """A reference build whose statements are run again.

    Args:
        target: folder with dbt's ``manifest.json`` after the build.
        database: the build database that was kept, for its code lists.
        day: on which the acceptance of definitions counts, when not that of the recording.
    """

    def __init__(self, target: Path, database: Path, day: str | None = None) -> None:
        nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
        kinds = ("model", "seed")
        self._nodes = {key: n for key, n in nodes.items() if n["resource_type"] in kinds}
        if day is not None:
            _accept_on(next(n for n in self._nodes.values() if n["name"] == AKKOORD), day)
        self._marts = find_marts(target)
        self._database = database

    def write(self, settings: Settings, folder: Path) -> str:
        """Build the marts of a home.

        Args:
            settings: says where the home is.
            folder: an existing, empty folder for the marts.

        Returns:
            The ``bouw_id``.
        """
        with duckdb.connect() as con:
            con.execute("attach ':memory:' as bouw")
            con.execute("use bouw")
            self.fill(con, committed_index(settings).write(folder.parent / "index"))
            write_marts(con, self._marts, folder)
            return read_build_id(con)

    def fill(self, con: duckdb.DuckDBPyConnection, index: Path) -> None:
        """Make every relation of the project in the database in use, which is named ``bouw``.

        Args:
            con: a connection to it.
            index: JSON file that lists the raw files.
        """
        con.execute(f"attach '{self._database}' as voorbeeld (read_only)")
        con.execute("create schema raw")
        _sources(con, index)
        for schema in sorted({node["schema"] for node in self._nodes.values()} - {"main"}):
            con.execute(f'create schema "{schema}"')
        for key in self._in_order():
            _make(con, self._nodes[key])
        con.execute("detach voorbeeld")

    def _in_order(self) -> list[str]:
        graph = {
            key: [k for k in node["depends_on"].get("nodes", []) if k in self._nodes]
            for key, node in sorted(self._nodes.items())
        }
        return list(TopologicalSorter(graph).static_order())


def _accept_on(node: Node, day: str) -> None:
    """As dbt would have rendered the model, with another day in the environment."""
    node["compiled_code"], found = _DAY.subn(day, node["compiled_code"])
    assert found == 1, node["compiled_code"]


def _sources(con: duckdb.DuckDBPyConnection, index: Path) -> None:
    for tabel, files in json.loads(index.read_text(encoding="utf-8")).items():
        listed = ", ".join(f"'{file}'" for file in files)
        con.execute(
            f"create view raw.{tabel} as select * from read_parquet([{listed}], "
            "union_by_name = true, hive_partitioning = false)"
        )


def _make(con: duckdb.DuckDBPyConnection, node: Node) -> None:
    relation = f'"{node["schema"]}"."{node["name"]}"'
    if node["resource_type"] == "seed":
        con.execute(f"create table {relation} as from voorbeeld.{relation}")
        return
    sql = node["compiled_code"]
    kind = node["config"]["materialized"]
    if kind == "table" and node["config"]["contract"]["enforced"]:
        columns = node["columns"].values()
        typed = ", ".join(f'"{c["name"]}" {c["data_type"]}' for c in columns)
        names = ", ".join(f'"{c["name"]}"' for c in columns)
        con.execute(f"create table {relation} ({typed})")
        con.execute(f"insert into {relation} ({names}) select {names} from ({sql}\n)")
        return
    con.execute(f"create {kind} {relation} as {sql}")
