"""The environment Airflow runs in: everything set here, nothing taken from another installation."""

from __future__ import annotations

import base64
import json
import os
import secrets
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from demo.place import REPOSITORY, Place
from demo.region import promises_kerncijfers

_USER = "admin"
#: Where people look for Airflow; taken by ``up`` when it is free.
USUAL_PORT = 8080
#: Tasks that run side by side; each gets its share of memory and cores.
TASKS = 4


@dataclass(frozen=True)
class Secrets:
    """Secrets of one Airflow home, made once.

    Attributes:
        jwt: signs the tokens of tasks; 64 random bytes as hex.
        session: signs the sessions of the user interface.
        fernet: encrypts connections in the metadata database.
        password: of the user ``admin``.
    """

    jwt: str
    session: str
    fernet: str
    password: str


def _write_private(file: Path, text: str) -> None:
    file.touch(mode=0o600)
    file.write_text(text, encoding="utf-8")


def load_secrets(place: Place) -> Secrets:
    """Read the secrets of this Airflow home, making them the first time."""
    place.airflow.mkdir(parents=True, exist_ok=True)
    file = place.airflow / "geheimen.json"
    if not file.exists():
        made = {
            "jwt": secrets.token_hex(64),
            "session": secrets.token_hex(32),
            "fernet": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "password": secrets.token_urlsafe(12),
        }
        _write_private(file, json.dumps(made))
    found = Secrets(**json.loads(file.read_text(encoding="utf-8")))
    _write_private(place.airflow / "wachtwoorden.json", json.dumps({_USER: found.password}))
    return found


def free_port(wanted: int | None = None) -> int:
    """A port on the loopback address that nobody listens on.

    Airflow takes it some fifteen seconds later; a number drawn from a wide range keeps two
    demonstrations that start together apart, and below 32768 no outgoing connection takes it.

    Args:
        wanted: tried first.

    Returns:
        The port.

    Raises:
        OSError: none of the numbers drawn is free.
    """
    drawn = [20_000 + secrets.randbelow(10_000) for _ in range(20)]
    for port in drawn if wanted is None else [wanted, *drawn]:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("No free port on 127.0.0.1.")


def environment(place: Place, port: int) -> dict[str, str]:
    """The environment variables of every Airflow process.

    Args:
        place: says where ``AIRFLOW_HOME`` is.
        port: of the api-server, on the loopback address only.

    Returns:
        The caller's environment without its own Airflow settings, and ours.
    """
    own = load_secrets(place)
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("AIRFLOW")}
    bin_dir = Path(sys.executable).parent
    return inherited | {
        "PATH": f"{bin_dir}{os.pathsep}{inherited.get('PATH', os.defpath)}",
        "IZA_HOME": str(place.home),
        "IZA_KERNCIJFERS": "check" if promises_kerncijfers(place) else "show",
        "AIRFLOW_HOME": str(place.airflow),
        "AIRFLOW__CORE__DAGS_FOLDER": str(REPOSITORY / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": str(TASKS),
        "IZA_TASKS": str(TASKS),
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__FERNET_KEY": own.fernet,
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{_USER}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(
            place.airflow / "wachtwoorden.json"
        ),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        # SQLite has one writer at a time; on a busy machine five seconds of waiting is too short.
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{place.database}?timeout=60",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": f"http://localhost:{port}",
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__SECRET_KEY": own.session,
        "AIRFLOW__API_AUTH__JWT_SECRET": own.jwt,
        # The definitions do not change while a demonstration runs; reading them again every
        # half minute would take a core from the work.
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "300",
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.5",
        # A worker often looks away for this long after its task has ended, and takes no other
        # meanwhile; with the usual five seconds that is most of a short task.
        "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "1",
        "AIRFLOW__WORKERS__MAX_FAILED_HEARTBEATS": "30",
        "AIRFLOW__LOGGING__COLORED_CONSOLE_LOG": "False",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
        "SCARF_ANALYTICS": "false",
    }
