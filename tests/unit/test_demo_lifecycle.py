"""One Airflow a home: found while it lives, stopped whole, and nothing left by a kill is believed.

Airflow itself is stood in for by processes that do nothing.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from demo import components, lifecycle
from demo.airflow_env import environment, free_port, load_secrets
from demo.errors import DemoError
from demo.lifecycle import Running
from demo.place import Place

# Two processes in one session, the second in a process group of its own, as Airflow's tasks are.
SLEEPERS = """
import os, signal, subprocess, sys, time
if sys.argv[1] == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], process_group=0)
print("ready", flush=True)
time.sleep(60)
"""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "huis met spaties")


@pytest.fixture
def started(place: Place) -> Iterator[Callable[[str], Running]]:
    """Start a stand-in for Airflow that holds the lock of the home."""
    sessions: list[int] = []

    def begin(kind: str) -> Running:
        descriptor = lifecycle._take_lock(place.lock)
        assert descriptor is not None
        process = subprocess.Popen(
            [sys.executable, "-c", SLEEPERS, kind],
            stdout=subprocess.PIPE, pass_fds=(descriptor,), start_new_session=True,
        )  # fmt: skip
        os.close(descriptor)
        assert process.stdout is not None
        process.stdout.readline()
        sessions.append(process.pid)
        running = Running(process.pid, 8080, "demo")
        place.state.write_text(json.dumps(vars(running)))
        return running

    yield begin
    for session in sessions:
        lifecycle._signal_groups(session, signal.SIGKILL)
        lifecycle._reap(session)


def test_it_is_found_and_stopped_with_all_its_groups(place: Place, started) -> None:
    running = started("willing")
    assert lifecycle.find_running(place) == running
    assert len(lifecycle.members(running.session)) == 2
    lifecycle.stop(place, running)
    assert lifecycle.members(running.session) == []
    assert lifecycle.find_running(place) is None


def test_who_does_not_listen_is_made_to_stop(
    place: Place, started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifecycle, "_TERM_SECONDS", 0.4)
    running = started("stubborn")
    lifecycle.stop(place, running)
    assert lifecycle.members(running.session) == []


def test_a_state_file_without_the_lock_says_nothing(place: Place) -> None:
    place.airflow.mkdir(parents=True)
    # The number belongs to a living process that is none of ours.
    place.state.write_text(json.dumps(vars(Running(os.getpid(), 8080, "demo"))))
    assert lifecycle.find_running(place) is None
    assert not place.state.exists()


def test_a_second_one_is_refused(place: Place, started) -> None:
    started("willing")
    with pytest.raises(DemoError, match="already running"):
        lifecycle.start(place, "demo")


def test_a_dead_supervisor_is_noticed(place: Place, started) -> None:
    running = started("willing")
    assert lifecycle.alive(running)
    os.kill(running.session, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while lifecycle.alive(running) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not lifecycle.alive(running)


def test_one_command_a_home_at_a_time(place: Place) -> None:
    with lifecycle.only_one(place):
        other = lifecycle.only_one(place)
        with pytest.raises(DemoError, match="at work"):
            other.__enter__()
    with lifecycle.only_one(place):
        assert place.command_lock.exists()


def test_one_component_that_stops_stops_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = {"scheduler": 60, "dag-processor": 60, "api-server": 0}
    processes: list[subprocess.Popen[bytes]] = []

    def start(command: tuple[str, ...], _lock: int) -> subprocess.Popen[bytes]:
        code = f"import time; time.sleep({seconds[command[0]]})"
        processes.append(subprocess.Popen([sys.executable, "-c", code]))
        return processes[-1]

    monkeypatch.setattr(components, "_start", start)
    before = signal.getsignal(signal.SIGTERM)
    try:
        assert components.main(0) == 1
    finally:
        signal.signal(signal.SIGTERM, before)
    assert len(processes) == 3
    assert all(process.poll() is not None for process in processes)


def test_a_port_in_use_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) not in (0, port)


def test_ports_are_drawn_apart() -> None:
    drawn = {free_port() for _ in range(10)}
    assert len(drawn) > 5
    assert all(20_000 <= port < 30_000 for port in drawn)


def test_environment_takes_nothing_from_another_airflow(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__EXECUTOR", "CeleryExecutor")
    monkeypatch.setenv("AIRFLOW__DATABASE__SQL_ALCHEMY_SCHEMA", "elsewhere")
    given = environment(place, 8123)
    assert given["AIRFLOW__CORE__EXECUTOR"] == "LocalExecutor"
    assert "AIRFLOW__DATABASE__SQL_ALCHEMY_SCHEMA" not in given
    assert given["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert given["AIRFLOW__CORE__LOAD_EXAMPLES"] == "False"
    assert str(place.airflow) in given["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]
    assert given["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"].startswith("http://127.0.0.1:8123/")


def test_secrets_are_made_once_long_enough_and_private(place: Place) -> None:
    first, second = load_secrets(place), load_secrets(place)
    assert first == second
    assert len(bytes.fromhex(first.jwt)) >= 64
    for name in ("geheimen.json", "wachtwoorden.json"):
        assert (place.airflow / name).stat().st_mode & 0o077 == 0
    assert load_secrets(Place(place.home / "elders")) != first
