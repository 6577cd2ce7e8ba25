"""Start and stop one Airflow a home; find the one that runs, and clear what a kill left behind."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from demo.airflow_env import USUAL_PORT, environment, free_port
from demo.errors import DemoError
from demo.place import Place

#: ``demo`` stops when the demonstration is over, ``up`` stays.
Reason = Literal["demo", "up"]

_TERM_SECONDS = 12.0
_KILL_SECONDS = 10.0


@dataclass(frozen=True)
class Running:
    """An Airflow that runs.

    Attributes:
        session: process session that holds all its processes and nothing else.
        port: of the api-server on 127.0.0.1.
        reason: what it was started for.
    """

    session: int
    port: int
    reason: Reason


def _all_pids() -> list[int]:
    proc = Path("/proc")
    if proc.is_dir():
        return [int(entry.name) for entry in proc.iterdir() if entry.name.isdigit()]
    listed = subprocess.run(["ps", "-A", "-o", "pid="], capture_output=True, text=True, check=True)  # noqa: S607
    return [int(word) for word in listed.stdout.split()]


def members(session: int) -> list[int]:
    """Processes of a session; zombies count until they are reaped."""
    found = []
    for pid in _all_pids():
        try:
            if os.getsid(pid) == session:
                found.append(pid)
        except (ProcessLookupError, PermissionError):
            continue
    return sorted(found)


def _take_lock(file: Path) -> int | None:
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


@contextmanager
def only_one(place: Place) -> Iterator[None]:
    """Hold this home for one command at a time; a killed command lets go by itself.

    Raises:
        DemoError: another command is at work in this home.
    """
    descriptor = _take_lock(place.command_lock)
    if descriptor is None:
        raise DemoError(f"A demonstration is already at work in {place.home}; wait or stop it.")
    try:
        yield
    finally:
        os.close(descriptor)


def find_running(place: Place) -> Running | None:
    """The Airflow that runs in this home, or None.

    Its processes hold the lock. A state file without the lock was left by a kill and says nothing,
    whatever process has its number now.
    """
    descriptor = _take_lock(place.lock)
    if descriptor is not None:
        os.close(descriptor)
        place.state.unlink(missing_ok=True)
        return None
    try:
        return Running(**json.loads(place.state.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise DemoError(
            f"An Airflow runs in {place.airflow}, but {place.state.name} does not say which: stop "
            "it by hand, or wait until it has started."
        ) from error


def start(place: Place, reason: Reason) -> Running:
    """Start scheduler, dag-processor and api-server in a session of their own.

    Args:
        place: home whose Airflow is started.
        reason: kept with it, so that a later command knows whether it may stay.

    Returns:
        The Airflow, starting.

    Raises:
        DemoError: one is running in this home.
    """
    descriptor = _take_lock(place.lock)
    if descriptor is None:
        raise DemoError(f"An Airflow is already running in {place.airflow}.")
    port = free_port(USUAL_PORT if reason == "up" else None)
    if place.component_log.exists():
        place.component_log.replace(place.component_log.with_suffix(".vorige.log"))
    try:
        with place.component_log.open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "demo.components", str(descriptor)],
                env=environment(place, port),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=(descriptor,),
                start_new_session=True,
            )
    finally:
        os.close(descriptor)
    running = Running(process.pid, port, reason)
    temporary = place.state.with_suffix(".tmp")
    temporary.write_text(json.dumps(asdict(running)), encoding="utf-8")
    temporary.replace(place.state)
    return running


def _signal_groups(session: int, number: signal.Signals) -> None:
    # Airflow gives every task a process group of its own within the session.
    groups = set()
    for pid in members(session):
        try:
            groups.add(os.getpgid(pid))
        except ProcessLookupError:
            continue
    for group in sorted(groups):
        try:
            os.killpg(group, number)
        except ProcessLookupError:
            continue


def _reap(session: int) -> None:
    try:
        os.waitpid(session, os.WNOHANG)
    except ChildProcessError:
        return


def _wait_until_gone(session: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        _reap(session)
        if not members(session):
            return True
        time.sleep(0.2)
    return False


def stop(place: Place, running: Running) -> None:
    """Stop an Airflow: ask its session, wait, then insist.

    Args:
        place: home of the Airflow.
        running: what ``start`` or ``find_running`` gave.

    Raises:
        DemoError: a process would not stop.
    """
    _signal_groups(running.session, signal.SIGTERM)
    if not _wait_until_gone(running.session, _TERM_SECONDS):
        _signal_groups(running.session, signal.SIGKILL)
        if not _wait_until_gone(running.session, _KILL_SECONDS):
            left = ", ".join(str(pid) for pid in members(running.session))
            raise DemoError(f"These processes of Airflow do not stop: {left}.")
    place.state.unlink(missing_ok=True)


def alive(running: Running) -> bool:
    """Whether its components are still supervised."""
    _reap(running.session)
    try:
        os.kill(running.session, 0)
    except ProcessLookupError:
        return False
    return True
