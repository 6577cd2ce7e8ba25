"""What ``make demo``, ``make up`` and ``make down`` do, step by step."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from demo import lifecycle
from demo.airflow_env import USUAL_PORT, environment, load_secrets
from demo.api import Airflow, Run
from demo.console import Durations, console, say
from demo.errors import DemoError
from demo.lifecycle import Running
from demo.place import Place
from demo.preparation import prepare
from demo.proof import CHAIN, check_chain
from demo.published import difference, fingerprint
from demo.readiness import UPKEEP, start
from demo.summary import tell
from demo.watch import Watcher
from ingest.settings import load_settings


def run() -> None:
    """Write the region, run the chain, check what Airflow recorded, tell where everything is."""
    durations = Durations()
    settings = load_settings()
    place = Place(settings.home)
    with lifecycle.only_one(place):
        prepare(settings, place, durations)
        published = fingerprint(settings.home / "publicatie")
        with _airflow(place, durations) as running:
            first = _chain(place, running, durations)
            runs = check_chain(place.database, first.run_id)
        told = ", ".join(f"{r.dag_id} ({r.run_type}, {r.partition_key or '-'})" for r in runs)
        say(f"Airflow has on record one successful run of each: {told}")
        _tell_published(place, published)
    tell(settings, durations)


def up() -> None:
    """Leave Airflow running in the background, with its pages on localhost."""
    durations = Durations()
    settings = load_settings()
    place = Place(settings.home)
    with lifecycle.only_one(place):
        prepare(settings, place, durations)
        running = lifecycle.find_running(place)
        if running is None:
            running = start(place, "up", durations)
    console.print(f"Airflow     http://localhost:{running.port}", markup=False)
    console.print(f"Log in      admin / {load_secrets(place).password}", markup=False)
    console.print("Trigger     '1 Aanlevering' on its page; the other DAGs follow by themselves")
    console.print("Stop        make down")


def down() -> None:
    """Stop the Airflow of this home, if there is one."""
    place = Place(load_settings().home)
    running = lifecycle.find_running(place)
    if running is None:
        console.print(f"No Airflow runs in {place.airflow}.", markup=False)
        return
    lifecycle.stop(place, running)
    console.print("Airflow has stopped.")


def airflow(arguments: list[str]) -> int:
    """Run a command of Airflow itself on this home: ``airflow dags trigger aanlevering``.

    Args:
        arguments: what to say to ``airflow``.

    Returns:
        Its exit code.
    """
    place = Place(load_settings().home)
    running = lifecycle.find_running(place)
    port = running.port if running else USUAL_PORT
    command = [sys.executable, "-m", "airflow", *arguments]
    return subprocess.run(command, env=environment(place, port), check=False).returncode  # noqa: S603


@contextmanager
def _airflow(place: Place, durations: Durations) -> Iterator[Running]:
    """The Airflow of this home: the one left running by ``up``, or one for as long as needed."""
    running = lifecycle.find_running(place)
    if running is not None:
        say(f"The Airflow that runs at http://localhost:{running.port} is used")
        yield running
        return
    running = start(place, "demo", durations)
    try:
        yield running
    finally:
        with durations.phase("Airflow stops"):
            lifecycle.stop(place, running)


def _chain(place: Place, running: Running, durations: Durations) -> Run:
    """Trigger the first DAG and follow the others, which Airflow starts by itself.

    Returns:
        The run of the first DAG.
    """
    airflow = Airflow(running.port, load_secrets(place).password)
    watcher = Watcher(airflow, lambda: lifecycle.alive(running))
    with durations.phase(CHAIN[0]):
        first = run = watcher.wait_for_end(airflow.trigger(CHAIN[0]))
    for dag_id in CHAIN[1:]:
        with durations.phase(dag_id):
            run = watcher.wait_for_end(watcher.wait_for_consumer(dag_id, run))
    with durations.phase(UPKEEP):
        watcher.wait_for_end(airflow.trigger(UPKEEP))
    return first


def _tell_published(place: Place, before: dict[str, str]) -> None:
    """Say whether what was published before is unchanged.

    Raises:
        DemoError: a published release changed.
    """
    if not before:
        return
    found = difference(before, fingerprint(place.home / "publicatie"))
    if found.changed:
        raise DemoError("A published release changed: " + ", ".join(found.changed[:10]))
    if found.none:
        say("published bytes unchanged")
    else:
        say(f"{len(found.added)} published files are new; earlier releases are unchanged")
