"""A real PostgreSQL of our own, on a loopback port, when its programs are installed.

PostgreSQL does not run as root: a root user's tests run it as the first account there is for it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

WHY = "PostgreSQL is not installed here (Debian: apt-get install postgresql)"


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=str)
    named = shutil.which("initdb")
    return Path(named).parent if named else found[-1].parent if found else None


PROGRAMS = _programs()
needs_postgres = pytest.mark.skipif(PROGRAMS is None, reason=WHY)


def _account() -> str | None:
    if os.getuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


@dataclass
class Server:
    """A cluster in a folder of its own."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql+psycopg2://iza@127.0.0.1:{self.port}/postgres"

    def _run(self, *words: str) -> None:
        assert PROGRAMS is not None
        command = [str(PROGRAMS / words[0]), *words[1:]]
        done = subprocess.run(
            command, user=_account(), cwd="/", capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def make(self) -> None:
        self._run("initdb", "-D", str(self.folder), "-U", "iza", "-A", "trust", "--no-sync")

    def start(self) -> None:
        settings = ("listen_addresses=127.0.0.1", "fsync=off", "unix_socket_directories=''")
        options = " ".join([f"-p {self.port}", *(f"-c {setting}" for setting in settings)])
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.folder), "-w", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        """As a machine that goes down: connections are cut."""
        self._run("pg_ctl", "-D", str(self.folder), "-w", "-m", "immediate", "stop")

    def new_database(self, name: str) -> str:
        import psycopg2

        connection = psycopg2.connect(
            host="127.0.0.1", port=self.port, user="iza", dbname="postgres"
        )
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'create database "{name}"')
        connection.close()
        return self.url.removesuffix("postgres") + name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_server(folder: Path) -> Iterator[Server]:
    """A server that ends with the block.

    Args:
        folder: an empty folder that other accounts can reach.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if (account := _account()) is not None:
        shutil.chown(folder, account)
    server = Server(folder, _free_port())
    server.make()
    server.start()
    try:
        yield server
    finally:
        if (folder / "postmaster.pid").exists():
            server.stop()
        time.sleep(0.1)
        shutil.rmtree(folder, ignore_errors=True)
