"""What is read from Airflow's metadata database proves the chain, and nothing less does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from demo.errors import DemoError
from demo.proof import check_chain

SCHEMA = """
create table dag_run (
    id integer primary key, dag_id text, run_id text, state text, run_type text,
    partition_key text
);
create table asset_event (id integer primary key, source_dag_id text, source_run_id text);
create table dagrun_asset_event (dag_run_id integer, event_id integer);
"""
RUNS = [
    (1, "aanlevering", "first", "success", "manual", None),
    (2, "spiegel", "second", "success", "asset_triggered", "2025"),
    (3, "publicatie", "third", "success", "asset_triggered", "2025"),
]
#: Two sources announced by the same run start one build.
EVENTS = [(1, "aanlevering", "first"), (2, "aanlevering", "first"), (3, "spiegel", "second")]
LINKS = [(2, 1), (2, 2), (3, 3)]


def database(folder: Path, runs=RUNS, events=EVENTS, links=LINKS) -> Path:
    file = folder / "airflow home.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(SCHEMA)
        connection.executemany("insert into dag_run values (?, ?, ?, ?, ?, ?)", runs)
        connection.executemany("insert into asset_event values (?, ?, ?)", events)
        connection.executemany("insert into dagrun_asset_event values (?, ?)", links)
        connection.commit()
    return file


def changed(position: int, **fields: str) -> list[tuple]:
    names = ("id", "dag_id", "run_id", "state", "run_type", "partition_key")
    row = tuple((dict(zip(names, RUNS[position], strict=True)) | fields).values())
    return [*RUNS[:position], row, *RUNS[position + 1 :]]


def test_one_run_of_each_started_by_the_one_before(tmp_path: Path) -> None:
    runs = check_chain(database(tmp_path), "first")
    assert [run.dag_id for run in runs] == ["aanlevering", "spiegel", "publicatie"]
    assert [run.partition_key for run in runs] == [None, "2025", "2025"]


def test_runs_of_another_trigger_do_not_count(tmp_path: Path) -> None:
    runs = [*RUNS, (4, "spiegel", "old", "running", "asset_triggered", "2025")]
    assert len(check_chain(database(tmp_path, runs=runs), "first")) == 3


@pytest.mark.parametrize(
    ("runs", "dag_id"),
    [
        (changed(0, state="failed"), "aanlevering"),
        (changed(1, state="running"), "spiegel"),
        (changed(1, run_type="manual"), "spiegel"),
        (changed(2, state="failed"), "publicatie"),
        (RUNS[:2], "publicatie"),
        (RUNS[:1], "spiegel"),
    ],
)
def test_anything_less_is_no_proof(tmp_path: Path, runs: list, dag_id: str) -> None:
    with pytest.raises(DemoError, match=f"run of {dag_id}"):
        check_chain(database(tmp_path, runs=runs), "first")


def test_two_builds_from_one_trigger_are_one_too_many(tmp_path: Path) -> None:
    runs = [*RUNS, (4, "spiegel", "again", "success", "asset_triggered", "2025")]
    file = database(tmp_path, runs=runs, links=[*LINKS, (4, 2)])
    with pytest.raises(DemoError, match=r"success \(asset_triggered\), success"):
        check_chain(file, "first")
