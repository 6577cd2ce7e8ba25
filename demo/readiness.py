"""Start Airflow and wait until it can work."""

from __future__ import annotations

import time

from demo import lifecycle
from demo.airflow_env import load_secrets
from demo.api import Airflow, Run
from demo.console import Durations, say
from demo.errors import DemoError
from demo.lifecycle import Reason, Running
from demo.place import Place
from demo.proof import CHAIN
from demo.watch import ENDED

#: Follows a clock and no Asset; the demonstration runs it once by hand, to show that it works.
UPKEEP = "onderhoud"

_READY_SECONDS = 300.0
_COMPONENTS = ("metadatabase", "scheduler", "dag_processor")


def start(place: Place, reason: Reason, durations: Durations) -> Running:
    """Start Airflow, wait until it is ready and close what a kill left unfinished.

    Args:
        place: home whose Airflow is started.
        reason: whether it is for one demonstration or stays up.
        durations: where the time is noted.

    Returns:
        The Airflow, ready.

    Raises:
        DemoError: it did not become ready; it was stopped again.
    """
    running = lifecycle.start(place, reason)
    try:
        with durations.phase("Airflow starts"):
            airflow = _wait_until_ready(place, running)
            for run in _unfinished(airflow):
                say(f"{run.dag_id}: a run that was cut off is closed ({run.run_id})")
                airflow.fail(run)
    except BaseException:
        lifecycle.stop(place, running)
        raise
    return running


def _unfinished(airflow: Airflow) -> list[Run]:
    return [
        run for dag_id in (*CHAIN, UPKEEP) for run in airflow.runs(dag_id) if run.state not in ENDED
    ]


def _wait_until_ready(place: Place, running: Running) -> Airflow:
    """Wait until all components are healthy and all DAGs have been read.

    Returns:
        Its API.

    Raises:
        DemoError: a component stopped, a DAG cannot be read, or it takes too long.
    """
    airflow = Airflow(running.port, load_secrets(place).password)
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        if not lifecycle.alive(running):
            raise DemoError(f"Airflow stopped while starting; see {place.component_log}.")
        health = airflow.health()
        if all(health.get(name) == "healthy" for name in _COMPONENTS):
            if errors := airflow.import_errors():
                raise DemoError("A DAG cannot be read: " + "; ".join(errors))
            if airflow.dag_ids() >= {*CHAIN, UPKEEP}:
                say(f"Airflow is healthy at http://localhost:{running.port}")
                return airflow
        time.sleep(0.5)
    raise DemoError(
        f"Airflow was not ready within {_READY_SECONDS:.0f} seconds; see {place.component_log}."
    )
