"""Waiting for a run of a DAG, with a line for every task that ends."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from demo.api import Airflow, Run, TaskState
from demo.console import console, say
from demo.errors import DemoError

#: States in which a run stays.
ENDED = ("success", "failed")
_TOLD = {"success", "failed", "upstream_failed", "skipped", "up_for_retry"}
_POLL_SECONDS = 1.0
_LOG_LINES = 15
_SHOWN_FAILURES = 5


@dataclass(frozen=True)
class Watcher:
    """Follows runs of one Airflow.

    Attributes:
        airflow: the API.
        alive: whether Airflow still runs.
        start_seconds: longest wait for a run to appear.
    """

    airflow: Airflow
    alive: Callable[[], bool]
    start_seconds: float = 180.0

    def wait_for_consumer(self, dag_id: str, source: Run) -> Run:
        """Wait until Airflow has started a run of ``dag_id`` because of Assets of ``source``.

        Raises:
            DemoError: it does not appear in time, or Airflow stopped.
        """
        deadline = time.monotonic() + self.start_seconds
        seen: set[str] = set()
        while time.monotonic() < deadline:
            for run in self.airflow.runs(dag_id):
                if run.run_id not in seen and source.run_id in self.airflow.source_runs(run):
                    say(f"{dag_id} started by {run.run_type}, period {run.partition_key}")
                    return run
                seen.add(run.run_id)
            self._pause()
        raise DemoError(
            f"{dag_id} did not start within {self.start_seconds:.0f} seconds. "
            "Is it paused, and did every required source announce the same period?"
        )

    def wait_for_end(self, run: Run) -> Run:
        """Follow a run to its end, telling of every task that ends.

        Returns:
            The run as it ended.

        Raises:
            DemoError: the run or one of its tasks failed, or Airflow stopped.
        """
        told: dict[tuple[str, int], str] = {}
        with console.status(run.dag_id) as line:
            while True:
                state = self._state(run)
                tasks = self.airflow.tasks(run)
                _tell_changes(run.dag_id, tasks, told)
                line.update(_summary(run.dag_id, tasks))
                if state.state in ENDED:
                    break
                self._pause()
        failed = [task for task in tasks if task.state == "failed"]
        if state.state != "success" or failed:
            self._tell_failures(run, failed)
            raise DemoError(f"{run.dag_id} failed: {len(failed)} task(s), run {run.run_id}.")
        return state

    def _state(self, run: Run) -> Run:
        return next(r for r in self.airflow.runs(run.dag_id) if r.run_id == run.run_id)

    def _pause(self) -> None:
        if not self.alive():
            raise DemoError("Airflow stopped by itself; its log is named above.")
        time.sleep(_POLL_SECONDS)

    def _tell_failures(self, run: Run, failed: list[TaskState]) -> None:
        for task in failed[:_SHOWN_FAILURES]:
            console.rule(f"{run.dag_id} {task.task_id} {task.label}", align="left", style="red")
            lines = [x for x in self.airflow.log_lines(run, task) if not x.startswith("::")]
            for text in lines[-_LOG_LINES:]:
                console.print(f"    {text}", markup=False)


def _tell_changes(dag_id: str, tasks: list[TaskState], told: dict[tuple[str, int], str]) -> None:
    for task in tasks:
        key = (task.task_id, task.map_index)
        if task.state in _TOLD and told.get(key) != task.state:
            told[key] = task.state
            label = "" if task.label == task.task_id else f" {task.label}"
            say(f"{dag_id}  {task.task_id}{label}: {task.state}")


def _summary(dag_id: str, tasks: list[TaskState]) -> str:
    counts = Counter(task.state or "waiting" for task in tasks)
    return f"{dag_id}: " + ", ".join(f"{n} {state}" for state, n in sorted(counts.items()))
