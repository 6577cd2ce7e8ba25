"""Airflow's REST API, as far as the demonstration needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from demo.connection import Connection
from demo.errors import DemoError

_PAGE = 100
_START_ATTEMPTS = 3


@dataclass(frozen=True)
class Run:
    """A run of a DAG.

    Attributes:
        dag_id: its DAG.
        run_id: its name.
        state: queued, running, success or failed.
        run_type: manual, asset_triggered ...
        partition_key: period it is for, if any.
    """

    dag_id: str
    run_id: str
    state: str
    run_type: str
    partition_key: str | None


@dataclass(frozen=True)
class TaskState:
    """A task of a run; mapped tasks have one for each element.

    Attributes:
        task_id: its name.
        map_index: place in the mapped list, -1 when it is not mapped.
        label: what it works on, or its name.
        state: None before it is scheduled.
        try_number: 1 for the first attempt.
    """

    task_id: str
    map_index: int
    label: str
    state: str | None
    try_number: int


class Airflow:
    """What is asked of one Airflow.

    Args:
        port: of the api-server.
        password: of the user ``admin``.
    """

    def __init__(self, port: int, password: str) -> None:
        self._connection = Connection(port, password)

    @property
    def address(self) -> str:
        """Where the api-server answers."""
        return self._connection.address

    def health(self) -> dict[str, str | None]:
        """State of metadatabase, scheduler and dag_processor; empty while it does not answer."""
        try:
            answer = self._connection.send("GET", "/api/v2/monitor/health")
        except OSError:
            return {}
        return {name: part["status"] for name, part in answer.items()}

    def dag_ids(self) -> set[str]:
        """The DAGs that have been read."""
        answer = self._connection.read(f"/api/v2/dags?limit={_PAGE}")
        return {dag["dag_id"] for dag in answer["dags"]}

    def import_errors(self) -> list[str]:
        """Files that could not be read, with the last line of why."""
        answer = self._connection.read("/api/v2/importErrors")
        return [
            f"{error['filename']}: {error['stack_trace'].strip().splitlines()[-1]}"
            for error in answer["import_errors"]
        ]

    def trigger(self, dag_id: str, conf: dict[str, Any] | None = None) -> Run:
        """Start a run by hand, once.

        The run gets its name here: when a busy server does not answer in time, asking again by
        the same name finds the run that was started after all instead of starting a second one.
        """
        run_id = f"manual__{datetime.now(UTC).isoformat()}"
        body = {"dag_run_id": run_id, "logical_date": None, "conf": conf or {}}
        path = f"/api/v2/dags/{dag_id}/dagRuns"
        try:
            return _run(self._connection.call("POST", path, body, attempts=_START_ATTEMPTS))
        except DemoError:
            known = {run.run_id: run for run in self.runs(dag_id)}
            if run_id not in known:
                raise
            return known[run_id]

    def runs(self, dag_id: str) -> list[Run]:
        """The newest runs of a DAG, oldest first."""
        path = f"/api/v2/dags/{dag_id}/dagRuns?order_by=-run_after&limit={_PAGE}"
        rows = self._connection.read(path)["dag_runs"]
        return [_run(row) for row in reversed(rows)]

    def source_runs(self, run: Run) -> set[str]:
        """Names of the runs whose Assets started this run."""
        path = f"/api/v2/dags/{run.dag_id}/dagRuns/{quote(run.run_id, safe='')}"
        events = self._connection.read(f"{path}/upstreamAssetEvents")["asset_events"]
        return {event["source_run_id"] for event in events}

    def fail(self, run: Run) -> None:
        """End a run, and the tasks it has under way, as failed."""
        path = f"/api/v2/dags/{run.dag_id}/dagRuns/{quote(run.run_id, safe='')}"
        self._connection.call("PATCH", path, {"state": "failed"})

    def tasks(self, run: Run) -> list[TaskState]:
        """The tasks of a run, all pages of them."""
        found: list[TaskState] = []
        while True:
            path = (
                f"/api/v2/dags/{run.dag_id}/dagRuns/{quote(run.run_id, safe='')}/taskInstances"
                f"?limit={_PAGE}&offset={len(found)}"
            )
            answer = self._connection.read(path)
            found += [_task_state(row) for row in answer["task_instances"]]
            if len(found) >= answer["total_entries"] or not answer["task_instances"]:
                return found

    def log_lines(self, run: Run, task: TaskState) -> list[str]:
        """What a task said in its last attempt."""
        path = (
            f"/api/v2/dags/{run.dag_id}/dagRuns/{quote(run.run_id, safe='')}/taskInstances/"
            f"{task.task_id}/logs/{max(task.try_number, 1)}?map_index={task.map_index}"
            "&full_content=true"
        )
        content = self._connection.read(path)["content"]
        return [line for entry in content for line in _log_text(entry)]


def _run(row: dict[str, Any]) -> Run:
    return Run(
        dag_id=row["dag_id"],
        run_id=row["dag_run_id"],
        state=row["state"],
        run_type=row["run_type"],
        partition_key=row["partition_key"],
    )


def _task_state(row: dict[str, Any]) -> TaskState:
    label = row["rendered_map_index"] if row["map_index"] >= 0 else None
    return TaskState(
        task_id=row["task_id"],
        map_index=row["map_index"],
        label=label or row["task_id"],
        state=row["state"],
        try_number=row["try_number"],
    )


def _log_text(entry: dict[str, Any] | str) -> list[str]:
    if isinstance(entry, str):
        return entry.splitlines()
    lines = str(entry.get("event", "")).splitlines()
    for fault in entry.get("error_detail") or []:
        lines.append(f"{fault['exc_type']}: {fault['exc_value']}")
    return lines
