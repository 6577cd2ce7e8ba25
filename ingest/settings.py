"""Every setting of the platform, from ``IZA_*`` environment variables or a ``.env`` file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.durable import make_folder, storage_faults
from ingest.errors import SettingsError
from ingest.machine import cores, own_engine_memory
from ingest.unpacking import Limits


class Settings(BaseSettings):
    """Settings, with their defaults; the table in ``docs/settings.md`` is generated from here."""

    model_config = SettingsConfigDict(env_prefix="IZA_", env_file=".env", extra="ignore")

    home: Path = Field(Path("data"), description="Folder that holds all data of this installation")
    inbox: Path | None = Field(
        None, description="Folder with waiting deliveries, <bron>/<periode>/; default <home>/inbox"
    )
    cache: Path | None = Field(
        None,
        description="Folder for what can be made again at any time, such as the parsed dbt "
        "project; default <home>/cache",
    )
    pseudonym_key: SecretStr | None = Field(
        None, description="Secret key of the pseudonyms, at least 32 characters"
    )
    pseudonym_key_file: Path | None = Field(
        None, description="File that holds the secret key, when it is not in the environment"
    )
    ledger_url: str | None = Field(
        None, description="SQLAlchemy URL of the ledger; default SQLite in <home>/ledger.sqlite"
    )
    ledger_patience_seconds: float = Field(
        120, ge=0, description="So long a ledger that does not answer is waited for"
    )
    machine: str | None = Field(
        None,
        description="Name of this machine among those that share a ledger; default the identity "
        "the system gave it when it started",
    )
    claim_seconds: float = Field(
        30,
        gt=0,
        description="A worker on another machine that is not heard of for so long is taken over "
        "from",
    )
    bulk_sources: Path | None = Field(
        None,
        description="Folder with one file <bron>.toml for every source that is pulled from a FHIR "
        "server; default <home>/bulk",
    )
    retour: bool = Field(
        False,
        description="Write retour messages at intake; else `iza retour` writes them on demand",
    )
    unknown_source: Literal["warn", "refuse"] = Field(
        "warn",
        description="What to do with a delivery of a source that `schemas/bronnen.csv` does not "
        "name: `warn` loads it and says so (a build still stops), `refuse` quarantines all of it",
    )
    kerncijfers: Literal["show", "check"] = Field(
        "show",
        description="`show` puts published figures beside those of the data; `check` also stops a "
        "build whose hard ones differ. Only for the demo region: with a key of its own an "
        "installation cannot be set to `check`",
    )
    min_cell: int = Field(10, ge=3, description="Fewest persons in a published cell")
    landing_retention_days: int = Field(
        90, ge=0, description="Days a delivery stays in landing/ after it was loaded"
    )
    quarantine_retention_days: int = Field(
        180, ge=0, description="Days refused rows stay in quarantaine/"
    )
    unpacked_ratio: int = Field(
        100,
        ge=1,
        description="So many times as large as they came may the packed files of a delivery be "
        "when unpacked, once that is over 64 MB; what goes beyond is refused",
    )
    unpacked_gb: float = Field(
        100, gt=0, description="Most gigabytes the packed files of a delivery may hold"
    )
    unpacked_files: int = Field(10_000, ge=1, description="Most files in one zip archive")
    tasks: int = Field(
        1,
        ge=1,
        description="Tasks that may run side by side on this machine; memory and cores are shared "
        "out among them",
    )
    threads: int = Field(
        default_factory=lambda given: max(1, cores() // given.get("tasks", 1)),
        ge=1,
        description="Threads of one task",
    )
    memory_limit: str = Field(
        default_factory=lambda given: own_engine_memory(given.get("tasks", 1)),
        pattern=r"^\s*\d+(\.\d+)?\s*([KMGTkmgt][Ii]?)?[Bb]\s*$",
        description="Memory limit of the embedded engine in one task; beyond it the engine spills "
        "to disk",
    )

    @property
    def inbox_dir(self) -> Path:
        """Folder with waiting deliveries."""
        return self.inbox or self.home / "inbox"

    @property
    def cache_dir(self) -> Path:
        """Folder for what can be made again at any time."""
        return self.cache or self.home / "cache"

    @property
    def ledger_address(self) -> str:
        """SQLAlchemy URL of the ledger."""
        return self.ledger_url or f"sqlite:///{(self.home / 'ledger.sqlite').resolve()}"

    @property
    def unpacking(self) -> Limits:
        """What may come out of the packed files of one delivery."""
        total = int(self.unpacked_gb * (1 << 30))
        return Limits(ratio=self.unpacked_ratio, total=total, members=self.unpacked_files)

    def alone(self) -> Settings:
        """Settings of a task that runs once at a time: all cores, which others use in turn.

        Its memory stays its share, which is not; threads that were set stay as they were set.
        """
        named = "threads" in self.model_fields_set
        return self if named else self.model_copy(update={"threads": cores()})

    def room(self, name: str) -> Path:
        """A folder under ``home``, made when it is missing: landing, raw, quarantaine ...

        Raises:
            StorageError: it cannot be made.
        """
        folder = self.home / name
        with storage_faults(f"The folder {folder} cannot be made"):
            return make_folder(folder)


#: What a fault of a value is called, where the words of the library say less.
_REPAIR = {"string_pattern_mismatch": "write a size, such as 4GB or 800MB"}


def load_settings() -> Settings:
    """Read the settings.

    Returns:
        The settings, ``home`` made absolute.

    Raises:
        SettingsError: a value is not allowed; the message names the variable.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        fouten = "; ".join(
            f"IZA_{str(e['loc'][0]).upper()}: {_REPAIR.get(e['type'], e['msg'])}"
            for e in error.errors()
            if e["type"] != "default_factory_not_called"  # only follows from another one
        )
        raise SettingsError(f"Wrong setting: {fouten}. See docs/settings.md.") from error
    return settings.model_copy(update={"home": settings.home.expanduser().resolve()})
