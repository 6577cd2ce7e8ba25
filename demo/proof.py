"""What Airflow itself has on record of the chain, read from its metadata database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from demo.errors import DemoError

#: The DAGs of the chain, in order; the first is triggered, each next one is started by Assets.
CHAIN = ("aanlevering", "spiegel", "publicatie")

_RUN = "select run_id, state, run_type, partition_key from dag_run where dag_id = ? and run_id = ?"
_CONSUMERS = """
select distinct r.run_id, r.state, r.run_type, r.partition_key
from dag_run as r
join dagrun_asset_event as link on link.dag_run_id = r.id
join asset_event as e on e.id = link.event_id
where r.dag_id = ? and e.source_dag_id = ? and e.source_run_id = ?
order by r.id
"""


@dataclass(frozen=True)
class RecordedRun:
    """A run as the metadata database has it.

    Attributes:
        dag_id: its DAG.
        run_id: its name.
        state: success, failed, running or queued.
        run_type: manual, asset_triggered ...
        partition_key: period it is for, if any.
    """

    dag_id: str
    run_id: str
    state: str
    run_type: str
    partition_key: str | None


def check_chain(database: Path, first_run_id: str) -> list[RecordedRun]:
    """Check that one trigger gave one successful run of each DAG, the later two through Assets.

    Args:
        database: Airflow's metadata database.
        first_run_id: the run of the first DAG that was triggered.

    Returns:
        The runs, in the order of the chain.

    Raises:
        DemoError: a run is missing, too many, failed or was started in another way.
    """
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute(_RUN, (CHAIN[0], first_run_id)).fetchall()
        chain = [_only(CHAIN[0], "manual", rows)]
        for dag_id in CHAIN[1:]:
            source = chain[-1]
            rows = connection.execute(_CONSUMERS, (dag_id, source.dag_id, source.run_id)).fetchall()
            chain.append(_only(dag_id, "asset_triggered", rows))
    return chain


def _only(dag_id: str, run_type: str, rows: list[tuple]) -> RecordedRun:
    runs = [RecordedRun(dag_id, *row) for row in rows]
    if [(run.state, run.run_type) for run in runs] != [("success", run_type)]:
        found = ", ".join(f"{run.state} ({run.run_type})" for run in runs) or "none"
        raise DemoError(
            f"Airflow should have one successful {run_type} run of {dag_id}; it has: {found}."
        )
    return runs[0]
