"""Waiting: what is told, and what makes the demonstration fail."""

from __future__ import annotations

import pytest

from demo import watch
from demo.api import Run, TaskState
from demo.errors import DemoError
from demo.watch import Watcher

SOURCE = Run("aanlevering", "first", "success", "manual", None)


def task(task_id: str, state: str | None, label: str = "", index: int = -1) -> TaskState:
    return TaskState(task_id, index, label or task_id, state, 1)


class FakeAirflow:
    """Answers what it was given, one answer a poll; the last one stays."""

    address = "http://127.0.0.1:1"

    def __init__(self, states: list[str], tasks: list[list[TaskState]]) -> None:
        self.states, self.task_lists = states, tasks
        self.sources = {"old": {"earlier"}, "new": {"first"}}

    def runs(self, dag_id: str) -> list[Run]:
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        return [
            Run(dag_id, "old", "success", "asset_triggered", "2024"),
            Run(dag_id, "new", state, "asset_triggered", "2025"),
        ]

    def source_runs(self, run: Run) -> set[str]:
        return self.sources[run.run_id]

    def tasks(self, _run: Run) -> list[TaskState]:
        return self.task_lists.pop(0) if len(self.task_lists) > 1 else self.task_lists[0]

    def log_lines(self, _run: Run, found: TaskState) -> list[str]:
        return ["::group::noise", *(f"line {n}" for n in range(40)), f"why {found.label} failed"]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "_POLL_SECONDS", 0.0)


def watcher(airflow: FakeAirflow, alive: bool = True, seconds: float = 0.2) -> Watcher:
    return Watcher(airflow, lambda: alive, start_seconds=seconds)


def run_of(airflow: FakeAirflow) -> Run:
    return Run("spiegel", "new", "running", "asset_triggered", "2025")


def test_the_run_started_by_ours_is_found_among_others() -> None:
    found = watcher(FakeAirflow(["queued"], [[]])).wait_for_consumer("spiegel", SOURCE)
    assert found.run_id == "new"


def test_no_start_within_the_bound_fails() -> None:
    airflow = FakeAirflow(["queued"], [[]])
    airflow.sources["new"] = {"somebody else"}
    with pytest.raises(DemoError, match="did not start"):
        watcher(airflow).wait_for_consumer("spiegel", SOURCE)


def test_an_airflow_that_stopped_fails_at_once() -> None:
    airflow = FakeAirflow(["running"], [[task("bouw", "running")]])
    with pytest.raises(DemoError, match="stopped by itself"):
        watcher(airflow, alive=False).wait_for_end(run_of(airflow))


def test_every_end_of_a_task_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    airflow = FakeAirflow(
        ["running", "running", "success"],
        [
            [task("laad", None, "7", 0)],
            [task("laad", "success", "fhir 2025", 0), task("meld", "running")],
            [task("laad", "success", "fhir 2025", 0), task("meld", "skipped")],
        ],
    )
    assert watcher(airflow).wait_for_end(run_of(airflow)).state == "success"
    told = capsys.readouterr().out
    assert told.count("laad fhir 2025: success") == 1
    assert told.count("meld: skipped") == 1


@pytest.mark.parametrize("state", ["failed", "success"])
def test_a_failed_task_fails_loudly_with_its_last_lines(
    capsys: pytest.CaptureFixture[str], state: str
) -> None:
    airflow = FakeAirflow([state], [[task("bouw", "failed", "", -1), task("rest", "success")]])
    with pytest.raises(DemoError, match=r"spiegel failed: 1 task"):
        watcher(airflow).wait_for_end(run_of(airflow))
    told = capsys.readouterr().out
    assert "why bouw failed" in told
    assert "line 39" in told
    assert "line 3\n" not in told
    assert "::group" not in told


def test_a_failed_run_without_a_failed_task_fails() -> None:
    airflow = FakeAirflow(["failed"], [[task("bouw", "upstream_failed")]])
    with pytest.raises(DemoError, match="spiegel failed"):
        watcher(airflow).wait_for_end(run_of(airflow))
