"""What must be there before Airflow starts: key, ledger, metadata database and demo region."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

from demo import lifecycle
from demo.airflow_env import environment
from demo.console import Durations, console, say
from demo.errors import DemoError
from demo.place import Place
from demo.region import ensure_region, wanted_region
from ingest.ledger import Ledger
from ingest.pseudonym import write_key
from ingest.settings import Settings


def prepare(settings: Settings, place: Place, durations: Durations) -> None:
    """Make what is not there yet; the metadata database and the demo region side by side.

    Args:
        settings: of the home.
        place: of the demonstration in it.
        durations: where the time is noted.

    Raises:
        DemoUseError: the home holds something else than this demonstration.
        DemoError: the metadata database could not be made.
    """
    _clear_leftover(place)
    write_key(settings, demo=True)
    Ledger(settings.ledger_address).committed()  # makes its tables before tasks race for it
    with durations.phase("Demo region and metadata database"):
        migration = _start_migration(place)
        try:
            wanted = wanted_region()
            written = ensure_region(settings, place, wanted, say)
            say(f"demo region of {wanted.personen:,} persons: {'written' if written else 'there'}")
        except BaseException:
            if migration is not None:
                migration.kill()
                migration.wait()
            raise
        _finish_migration(place, migration)


def _clear_leftover(place: Place) -> None:
    """Stop the Airflow of a demonstration that was killed; the lock says none is at work."""
    running = lifecycle.find_running(place)
    if running is not None and running.reason == "demo":
        say("An earlier demonstration was cut off; its Airflow is stopped first")
        lifecycle.stop(place, running)


def _start_migration(place: Place) -> subprocess.Popen[bytes] | None:
    marker = place.airflow / "gemigreerd"
    if place.database.exists() and marker.exists():
        if marker.read_text(encoding="utf-8") == version("apache-airflow"):
            return None
        marker.unlink()
    place.airflow.mkdir(parents=True, exist_ok=True)
    with (place.airflow / "migratie.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "airflow", "db", "migrate"],
            env=environment(place, 0),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def _finish_migration(place: Place, migration: subprocess.Popen[bytes] | None) -> None:
    if migration is None:
        return
    if migration.wait() != 0:
        log = place.airflow / "migratie.log"
        console.print(log.read_text(encoding="utf-8", errors="replace")[-2000:], markup=False)
        raise DemoError(f"The metadata database could not be made; see {log}.")
    (place.airflow / "gemigreerd").write_text(version("apache-airflow"), encoding="utf-8")
    say("metadata database made")
