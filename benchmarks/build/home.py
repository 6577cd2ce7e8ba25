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
#: Registers that are not those of a region: what they hold does not grow with its inhabitants.
_OF_THE_COUNTRY = frozenset({
    "reg_bevolking",
    "reg_contract",
    "reg_vektis_gemeente",
    "reg_wlz_indicatie",
    "reg_wlz_rechtmatigheid",
    "reg_wlz_schaduwlijst",
    "reg_wlz_wachtlijst",
    "reg_zorgaanbieder",
})  # fmt: skip
#: The register of inhabitants has a row a group of them, with their number.
_INHABITANTS = "reg_bevolking"
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
    """A home whose inhabitants, with all that is told of them, are those of another several times.

    This is done in ``raw/``, behind intake: every copy has persons, records, messages and lines of
    its own, with the same contents and the same links between them; the register of inhabitants
    counts so many times as many. Long-term care stays as it is, for it is that of the whole country
    already, and so do the lists of care providers and of contracts. The ledger counts along.

    Args:
        home: a home with committed deliveries; it is read only.
        folder: where the new home comes; it may not exist.
        times: how many of everything.

    Returns:
        The new home.
    """
    folder.mkdir(parents=True)
    shutil.copytree(home / "raw", folder / "raw")
    tables = [path for path in (folder / "raw").iterdir() if path.name not in _OF_THE_COUNTRY]
    for file in (file for table in tables for file in table.rglob("*.parquet")):
        _repeat(file, times)
    for file in (folder / "raw" / _INHABITANTS).rglob("*.parquet"):
        _replace(file, f"select * replace (inwoners * {times} as inwoners) from {_source(file)}")
    # As a database and not as a file: the newest rows may still be in the log beside it.
    with (
        sqlite3.connect(home / "ledger.sqlite") as original,
        sqlite3.connect(folder / "ledger.sqlite") as ledger,
    ):
        original.backup(ledger)
        marks = ", ".join("?" * len(tables))
        ledger.execute(
            f"update levering_tabel set rijen = rijen * ? where tabel in ({marks})",
            [times, *(path.name for path in tables)],
        )
    return folder


def _repeat(file: Path, times: int) -> None:
    columns = [row[0] for row in duckdb.execute(f"describe from {_source(file)}").fetchall()]
    listed = ", ".join(map(_column, columns))
    _replace(file, f"select {listed} from {_source(file)}, range({times}) as copies(n)")


def _source(file: Path) -> str:
    return f"read_parquet('{file}', hive_partitioning = false)"


def _replace(file: Path, query: str) -> None:
    beside = file.with_name(".repeated")
    with duckdb.connect() as con:
        con.execute("set preserve_insertion_order = false; set enable_progress_bar = false")
        con.execute(f"copy ({query}) to '{beside}' (format parquet)")
    beside.replace(file)


def _column(name: str) -> str:
    if name == "regel":
        return f"regel + n * {_LINES} as regel"
    if name.endswith(("_sleutel", "pseudo_id")):
        return f"case when n = 0 then {name} else {name} || '-' || n end as {name}"
    return name
