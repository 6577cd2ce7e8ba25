"""Where the demonstration keeps what is its own, under ``$IZA_HOME``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Place:
    """Folders and files of the demonstration.

    Attributes:
        home: ``$IZA_HOME``, absolute.
    """

    home: Path

    @property
    def airflow(self) -> Path:
        """``AIRFLOW_HOME``: metadata database, logs, secrets."""
        return self.home / "airflow"

    @property
    def database(self) -> Path:
        """Airflow's metadata database."""
        return self.airflow / "airflow.db"

    @property
    def component_log(self) -> Path:
        """What scheduler, dag-processor and api-server say."""
        return self.airflow / "onderdelen.log"

    @property
    def lock(self) -> Path:
        """Held for as long as any process of this Airflow lives."""
        return self.airflow / "draait.lock"

    @property
    def command_lock(self) -> Path:
        """Held by the command that is at work in this home."""
        return self.airflow / "opdracht.lock"

    @property
    def state(self) -> Path:
        """Session, address and purpose of the Airflow that runs."""
        return self.airflow / "draait.json"

    @property
    def region_marker(self) -> Path:
        """Arguments of the demo region in the inbox."""
        return self.home / "regio.json"
