"""Stands in for ``marts.dbt_process``: the statements that dbt compiled before, without dbt.

Everything round dbt is the real build. That these statements make what dbt makes, byte for byte, is
what ``test_schedules`` and ``test_marts_build`` check; the tests that dbt runs are not run.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from tests.compiled_build import CompiledBuild
from tests.recorded_dbt import ARTEFACTS, DATABASE


@contextmanager
def compiled_dbt(recording: Path) -> Iterator[None]:
    """Builds inside run the statements of a recording.

    Args:
        recording: folder with dbt's artefacts and the database of a build by dbt.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
        words = (sys.executable, "-m", "tests.compiled_dbt", str(recording))
        patch.setattr("marts.dbt_run._PROCESS", words)
        yield


def main(recording: Path) -> None:
    """Make the database and put dbt's artefacts where the surroundings of the run say."""
    target = Path(os.environ["DBT_TARGET_PATH"])
    target.mkdir(parents=True)
    for name in ARTEFACTS:
        shutil.copyfile(recording / name, target / name)
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": int(os.environ["IZA_BUILD_THREADS"]),
        "memory_limit": os.environ["IZA_BUILD_MEMORY"],
        "temp_directory": os.environ["IZA_BUILD_TEMP"],
        "preserve_insertion_order": False,
    }
    with duckdb.connect(os.environ["IZA_BUILD_DB"], config=config) as con:
        day = os.environ.get("IZA_BUILD_AKKOORD_OP")
        build = CompiledBuild(recording, recording / DATABASE, day)
        build.fill(con, Path(os.environ["IZA_BUILD_INDEX"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
