"""Which Parquet files a build reads: those of committed deliveries, named one by one.

A folder in ``raw/`` that the ledger does not know is unfinished work and is never read. Each table
also has a file without rows, made from its contract, so that a table nobody delivered exists too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.errors import BuildError
from ingest.ledger import CommittedDelivery
from schemas.contract.parquet import empty_query
from schemas.tables import TABELLEN

#: What to do about rows that are not there. Without --again a delivery that was loaded stays so.
_AGAIN = (
    "Restore the file from a backup, or load the delivery again from its files: "
    "'iza ingest PATH --bron SOURCE --again'."
)


@dataclass(frozen=True)
class RawIndex:
    """Input of a build.

    Attributes:
        bestanden: absolute paths of the Parquet files of every raw table, sorted.
        bronnen: sources behind every raw table.
        leveringen: the deliveries, as the ledger has them.
        rijen: rows in all tables together, as the ledger counts them.
    """

    bestanden: dict[str, tuple[Path, ...]]
    bronnen: dict[str, frozenset[str]]
    leveringen: tuple[CommittedDelivery, ...]
    rijen: int

    def write(self, folder: Path) -> Path:
        """Write the index for dbt, with a file without rows for every table.

        Args:
            folder: private folder of the build; made when it is missing.

        Returns:
            The JSON file: an object with for every raw table a list of paths.
        """
        empty = folder / "leeg"
        empty.mkdir(parents=True, exist_ok=True)
        with duckdb.connect() as con:
            index = {
                tabel: [str(_write_empty(con, tabel, empty)), *map(str, self.bestanden[tabel])]
                for tabel in sorted(TABELLEN)
            }
        path = folder / "raw_index.json"
        path.write_text(json.dumps(index, indent=1), encoding="utf-8")
        return path


def index_raw(home: Path, deliveries: Iterable[CommittedDelivery]) -> RawIndex:
    """List the files of committed deliveries.

    Args:
        home: folder with ``raw/``.
        deliveries: what the ledger says is committed.

    Returns:
        The index.

    Raises:
        BuildError: a table has rows according to the ledger but no file, a damaged one or one with
            other rows; or deliveries were
            pseudonymised with different keys, so that one person would be two.
    """
    deliveries = list(deliveries)
    _check_one_key(deliveries)
    bestanden: dict[str, list[Path]] = {tabel: [] for tabel in TABELLEN}
    bronnen: dict[str, set[str]] = {tabel: set() for tabel in TABELLEN}
    rijen = 0
    for delivery in deliveries:
        for tabel, aantal in delivery.tabellen.items():
            if aantal == 0 or tabel not in TABELLEN:
                continue
            bestanden[tabel].extend(_files(home, tabel, delivery))
            bronnen[tabel].add(delivery.bron_id)
            rijen += aantal
    return RawIndex(
        bestanden={tabel: tuple(sorted(paths)) for tabel, paths in bestanden.items()},
        bronnen={tabel: frozenset(namen) for tabel, namen in bronnen.items()},
        leveringen=tuple(deliveries),
        rijen=rijen,
    )


def _check_one_key(deliveries: list[CommittedDelivery]) -> None:
    keys = sorted({delivery.sleutel_id for delivery in deliveries if delivery.tabellen})
    if len(keys) > 1:
        raise BuildError(
            f"Deliveries were loaded with different pseudonym keys ({', '.join(keys)}), so one "
            "person would appear as several. Load all deliveries again with one key."
        )


def _files(home: Path, tabel: str, delivery: CommittedDelivery) -> list[Path]:
    folder = (
        home
        / "raw"
        / tabel
        / f"bron={delivery.bron_id}"
        / f"periode={delivery.periode}"
        / f"levering={delivery.levering_id}"
    )
    # A file the ledger does not name is that of a load that is not, or no longer, committed.
    named = delivery.bestanden.get(tabel)
    files = [folder / named] if named else sorted(folder.glob("*.parquet"))
    if not all(file.is_file() for file in files) or not files:
        raise BuildError(
            f"The ledger says that delivery {delivery.levering_id} has rows in {tabel}, but there "
            f"is no Parquet file in {folder}. {_AGAIN}"
        )
    _check_whole(files, delivery, tabel)
    return files


def _check_whole(files: list[Path], delivery: CommittedDelivery, tabel: str) -> None:
    """See that files can be opened and have as many rows as the ledger says.

    Only the end of each is read; what is damaged further on stops the build when it is read.

    Raises:
        BuildError: one is damaged, or is not the one that was written.
    """
    try:
        rows = sum(pq.read_metadata(file).num_rows for file in files)
    except (pa.ArrowException, OSError) as error:
        raise BuildError(
            f"The rows of delivery {delivery.levering_id} in {tabel} cannot be read: a Parquet "
            f"file in {files[0].parent} is damaged or closed to this user. {_AGAIN}"
        ) from error
    if rows != delivery.tabellen[tabel]:
        raise BuildError(
            f"The ledger says that delivery {delivery.levering_id} has "
            f"{delivery.tabellen[tabel]:,} rows in {tabel}, and {files[0].parent} holds {rows:,}. "
            f"{_AGAIN}"
        )


def _write_empty(con: duckdb.DuckDBPyConnection, tabel: str, folder: Path) -> Path:
    path = folder / f"{tabel}.parquet"
    target = str(path).replace("'", "''")
    con.execute(f"copy ({empty_query(tabel)}) to '{target}' (format parquet)")
    return path
