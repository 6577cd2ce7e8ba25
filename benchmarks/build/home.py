"""A home to build: a demo region of 20,000 persons, or its raw rows several times over."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import duckdb

from benchmarks.result import Progress
from ingest.intake import ingest_path
from ingest.pseudonym import write_key
from ingest.settings import Settings
from synthetic.region import write_region

#: Persons of the region that is delivered; more are made of its raw rows.
PERSONEN = 20_000
#: Further than any line number of a delivery.
_LINES = 1_000_000_000


def delivered_home(folder: Path, progress: Progress) -> Path:
    """Make a region and load all its deliveries.

    Args:
        folder: where the home comes.
        progress: told how far it is.

    Returns:
        The home.
    """
    settings = Settings(home=folder)
    write_key(settings, demo=True)
    inbox = folder / "inbox"
    write_region(PERSONEN, 1, inbox, progress=lambda _line: None)
    for delivery in sorted(path for path in inbox.glob("*/*") if path.is_dir()):
        progress(f"build: loading {delivery.parent.name} {delivery.name}")
        ingest_path(delivery, delivery.parent.name, settings, periode=delivery.name)
    shutil.rmtree(inbox)
    return folder


def repeated_home(home: Path, folder: Path, times: int) -> Path:
    """A home whose persons, claims and records are those of another several times over.

    This is done in ``raw/``, behind intake: every copy has persons, records, messages and lines of
    its own, with the same contents and the same links between them. Registers stay as they are:
    the one of long-term care is that of the whole country already. The ledger counts along.

    Args:
        home: a home with committed deliveries; it is read only.
        folder: where the new home comes; it may not exist.
        times: how many of everything.

    Returns:
        The new home.
    """
    folder.mkdir(parents=True)
    shutil.copyfile(home / "ledger.sqlite", folder / "ledger.sqlite")
    shutil.copytree(home / "raw", folder / "raw")
    tables = [path for path in (folder / "raw").iterdir() if not path.name.startswith("reg_")]
    for file in (file for table in tables for file in table.rglob("*.parquet")):
        _repeat(file, times)
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:
        marks = ", ".join("?" * len(tables))
        ledger.execute(
            f"update levering_tabel set rijen = rijen * ? where tabel in ({marks})",
            [times, *(path.name for path in tables)],
        )
    return folder


def _repeat(file: Path, times: int) -> None:
    beside = file.with_name(".repeated")
    with duckdb.connect() as con:
        con.execute("set preserve_insertion_order = false; set enable_progress_bar = false")
        source = f"read_parquet('{file}', hive_partitioning = false)"
        columns = [row[0] for row in con.execute(f"describe from {source}").fetchall()]
        con.execute(
            f"copy (select {', '.join(map(_column, columns))} from {source}, "
            f"range({times}) as copies(n)) to '{beside}' (format parquet)"
        )
    beside.replace(file)


def _column(name: str) -> str:
    if name == "regel":
        return f"regel + n * {_LINES} as regel"
    if name.endswith(("_sleutel", "pseudo_id")):
        return f"case when n = 0 then {name} else {name} || '-' || n end as {name}"
    return name
