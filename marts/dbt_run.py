"""dbt as one subprocess: its own folder, database and variables, no network and no telemetry."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import duckdb

from ingest.errors import BuildError
from ingest.ledger import Ledger
from ingest.moments import dutch_day
from ingest.settings import Settings
from marts.as_of import known_at
from marts.fingerprint import code_hash
from marts.kerncijfers import tolerance_of
from marts.parsed import parsed_file
from marts.raw_index import RawIndex, index_raw

PROJECT = Path(__file__).resolve().parent.parent / "dbt_project"

#: With more raw rows than this, statements run one by one: each keeps all cores busy by itself, and
#: two of them would share the memory.
_ROWS_SIDE_BY_SIDE = 25_000_000

_PROCESS = (sys.executable, "-m", "marts.dbt_process")

#: Commands of dbt that take variables; the others (``clean``, ``--version``) refuse them.
_WITH_VARS = frozenset(
    {"build", "compile", "docs", "list", "ls", "parse", "run", "seed", "show", "test"}
)


@dataclass(frozen=True)
class DbtRun:
    """Everything one dbt process needs.

    Attributes:
        folder: private folder of the run.
        raw_index: JSON file that lists the raw files.
        settings: threads and memory.
        project: folder with ``dbt_project.yml``.
        day: on which the acceptance of definitions counts; today when left out.
        rijen: raw rows there are.
    """

    folder: Path
    raw_index: Path
    settings: Settings
    project: Path = PROJECT
    day: date = field(default_factory=dutch_day)
    rijen: int = 0

    @property
    def database(self) -> Path:
        """DuckDB file of the run."""
        return self.folder / "bouw.duckdb"

    @property
    def spill(self) -> Path:
        """Folder for what does not fit in the memory of the engine."""
        return self.folder / "tmp"

    @property
    def statements(self) -> int:
        """Statements of dbt that run side by side."""
        return 1 if self.rijen > _ROWS_SIDE_BY_SIDE else self.settings.threads

    def read(self) -> duckdb.DuckDBPyConnection:
        """The built database, to read, within the same memory as dbt had."""
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": self.settings.memory_limit,
            "temp_directory": str(self.spill),
            "threads": self.settings.threads,
        }
        con = duckdb.connect(self.database, read_only=True, config=config)
        # On where no script was started (-c, -m); it would come into what a caller reads.
        con.execute("set enable_progress_bar = false")
        return con

    @property
    def target(self) -> Path:
        """Folder with ``manifest.json`` and ``run_results.json``."""
        return self.folder / "target"

    def command(self, args: Sequence[str]) -> list[str]:
        """The command line of dbt for these arguments, variables included."""
        command = [*_PROCESS, "dbt", *args]
        return command + self.vars_option() if args and args[0] in _WITH_VARS else command

    def vars_option(self) -> list[str]:
        """The option that hands the project its variables."""
        return ["--vars", json.dumps(self.variables())]

    def variables(self) -> dict[str, object]:
        """Variables of the project: the register's definitions and the code.

        They are the same for every build of the same code, so that it is parsed once; what differs
        from build to build is told in the environment.
        """
        return {"indicatoren": register(self.project), "code_hash": code_hash(self.project)}

    def environment(self) -> dict[str, str]:
        """Environment of the process, without any secret of the platform."""
        inherited = {
            naam: waarde for naam, waarde in os.environ.items() if not naam.startswith("IZA_")
        }
        return inherited | {
            "DBT_PROJECT_DIR": str(self.project),
            "DBT_PROFILES_DIR": str(self.project),
            "DBT_TARGET_PATH": str(self.target),
            "DBT_LOG_PATH": str(self.folder / "logs"),
            # The folder is gone when the run is done: what went wrong is in its output.
            "DBT_LOG_LEVEL_FILE": "none",
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DBT_VERSION_CHECK": "false",
            "DBT_USE_COLORS": "false",
            "DO_NOT_TRACK": "1",
            "IZA_BUILD_AKKOORD_OP": self.day.isoformat(),
            "IZA_BUILD_DB": str(self.database),
            "IZA_BUILD_TEMP": str(self.spill),
            "IZA_BUILD_STATEMENTS": str(self.statements),
            "IZA_BUILD_THREADS": str(self.settings.threads),
            "IZA_BUILD_MEMORY": self.settings.memory_limit,
            "IZA_BUILD_INDEX": str(self.raw_index),
            "IZA_BUILD_KERNCIJFERS": tolerance_of(self.settings),
            "IZA_BUILD_PARSED": str(parsed_file(self.settings.cache_dir, self.project)),
        }

    def build(self, build_args: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Build everything and make dbt's catalogue, in one process (``marts.dbt_process``).

        Args:
            build_args: options of ``dbt build``.

        Returns:
            The ended process with its output.
        """
        command = [*_PROCESS, "build", *self.vars_option(), "--", *build_args]
        return self.call(command, quiet=True)

    def call(self, command: Sequence[str], *, quiet: bool) -> subprocess.CompletedProcess[str]:
        """Run a command in the surroundings of this run.

        Args:
            command: program and arguments.
            quiet: keep its output instead of showing it.

        Returns:
            The ended process; the output only when ``quiet``.
        """
        return subprocess.run(  # noqa: S603 - our own interpreter with our own arguments
            command,
            cwd=self.project,
            env=self.environment(),
            capture_output=quiet,
            text=True,
            check=False,
        )


def register(project: Path = PROJECT) -> list[str]:
    """Definitions of the register, in its order.

    Args:
        project: folder with ``seeds/ref_indicator.csv``.

    Returns:
        The key of each, as macro ``definitie_id`` makes it: the name of its model without ``ind_``.
    """
    with (project / "seeds" / "ref_indicator.csv").open(encoding="utf-8", newline="") as file:
        return [definitie_id(row) for row in csv.DictReader(file)]


def definitie_id(row: dict[str, str]) -> str:
    """The key of a definition: the indicator, and from version 2 on the version.

    Args:
        row: a row of ``ref_indicator``.
    """
    versie = row["definitie_versie"]
    return row["indicator_id"] + ("" if versie == "1" else f"_v{versie}")


def committed_index(settings: Settings, moment: datetime | None = None) -> RawIndex:
    """Index of the raw files of the committed deliveries of this home folder.

    Args:
        settings: says where ``home`` is.
        moment: only of deliveries received by then, in UTC; of all of them when left out.

    Returns:
        The index.

    Raises:
        BuildError: nothing had been received by then, or the files are not what the ledger says.
    """
    deliveries = Ledger(settings.ledger_address).committed()
    return index_raw(settings.home, known_at(deliveries, moment) if moment else deliveries)


def run_dbt(settings: Settings, args: Sequence[str], *, folder: Path | None = None) -> int:
    """Run any dbt command on this home folder, showing its output: ``docs generate``, ``ls`` ...

    Args:
        settings: says where ``home`` is.
        args: arguments of dbt.
        folder: where database, target and log go; ``<home>/dbt`` when left out. It is kept, so
            ``docs generate`` and ``docs serve`` see what an earlier ``build`` made there.

    Returns:
        The exit code of dbt.

    Raises:
        BuildError: no arguments.
    """
    if not args:
        raise BuildError("Say what dbt has to do, for example: iza dbt docs generate")
    settings = settings.model_copy(update={"home": settings.home.resolve()})
    folder = (folder or settings.room("dbt")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    run = DbtRun(folder, committed_index(settings).write(folder), settings)
    return run.call(run.command(args), quiet=False).returncode
