"""Stands in for ``marts.dbt_process``: puts the outcome of an earlier run of dbt in its place.

A recording is a folder with ``bouw.duckdb`` and dbt's artefacts of a build of the same raw rows.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import duckdb

DATABASE = "bouw.duckdb"
ARTEFACTS = ("manifest.json", "run_results.json", "catalog.json")


def main(recording: Path) -> None:
    """Copy the recording to where the surroundings of the run say dbt writes.

    The views over raw files are made again, over those of this run.
    """
    target = Path(os.environ["DBT_TARGET_PATH"])
    target.mkdir(parents=True)
    for name in ARTEFACTS:
        shutil.copyfile(recording / name, target / name)
    shutil.copyfile(recording / DATABASE, os.environ["IZA_BUILD_DB"])
    index = json.loads(Path(os.environ["IZA_BUILD_INDEX"]).read_text(encoding="utf-8"))
    with duckdb.connect(os.environ["IZA_BUILD_DB"]) as con:
        for tabel, files in index.items():
            listed = ", ".join(f"'{file}'" for file in files)
            con.execute(
                f"create or replace view raw.{tabel} as select * from read_parquet([{listed}], "
                "union_by_name = true, hive_partitioning = false)"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
