"""Where the cut records of a delivery are kept: the first in memory, the rest in files.

The files are Parquet, uncompressed and plain, which the engine reads by itself, column by column,
as often as it likes. (It was seen to crash on the scan of an Arrow dataset from several threads.)
They lie in the private folder of the delivery, beside the place where the engine spills, and go
with it.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

#: So many bytes of cut records are kept in memory at most, over all tables of a delivery.
MEMORY_BYTES = 1 << 30
#: They are at most this part of what the engine may use, beside which they are kept.
_SHARE = 1 / 4
_UNITS = {"bytes": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}
_ROWS_AT_ONCE = 32_768
_ENOUGH = 8_192


@dataclass
class Table:
    """One growing table.

    Attributes:
        schema: its columns.
        rows: rows so far.
    """

    schema: pa.Schema
    rows: int = 0
    _waiting: list[pa.RecordBatch] = field(default_factory=list)
    _waiting_rows: int = 0
    _kept: list[pa.RecordBatch] = field(default_factory=list)
    _file: Path | None = None
    _writer: pq.ParquetWriter | None = None

    def add(self, batch: pa.RecordBatch) -> None:
        """Put rows behind those there are."""
        self.rows += batch.num_rows
        if batch.num_rows >= _ENOUGH and not self._waiting:
            self._put(batch)
            return
        self._waiting.append(batch)
        self._waiting_rows += batch.num_rows
        if self._waiting_rows >= _ROWS_AT_ONCE:
            self._gather()

    def _gather(self) -> None:
        """Many small batches become one: what reads them does so faster."""
        if not self._waiting:
            return
        batches = pa.Table.from_batches(self._waiting).combine_chunks().to_batches()
        self._waiting, self._waiting_rows = [], 0
        for batch in batches:
            self._put(batch)

    def _put(self, batch: pa.RecordBatch) -> None:
        if self._writer is None:
            self._kept.append(batch)
        else:
            self._writer.write_batch(batch)

    def go_on_in(self, file: Path) -> None:
        """From now on keep the rows in a file."""
        self._gather()
        self._file = file
        self._writer = pq.ParquetWriter(
            file,
            self.schema,
            compression="none",
            use_dictionary=False,
            # By these a slice of the records is found without reading the others.
            write_statistics=["record_nr"],
        )

    def register(self, con: duckdb.DuckDBPyConnection, name: str) -> None:
        """Let the engine read the whole table; nothing can be added any more."""
        self._gather()
        kept = pa.Table.from_batches(self._kept, schema=self.schema)
        if self._writer is None:
            con.register(name, kept)
            return
        self._writer.close()
        file = str(self._file).replace("'", "''")
        parts = [f"select * from read_parquet('{file}')"]
        if kept.num_rows:
            con.register(f"{name}_begin", kept)
            parts.insert(0, f"select * from {name}_begin")
        con.execute(f"create temp view {name} as {' union all '.join(parts)}")


@dataclass
class Store:
    """The growing tables of one delivery.

    Attributes:
        beside: a folder of its own is made beside this one when the tables outgrow memory.
        room: bytes that may be kept in memory.
        tables: by name.
    """

    beside: Path
    room: int
    tables: dict[str, Table] = field(default_factory=dict)
    _bytes: int = 0
    _folder: Path | None = None

    def add(self, name: str, batch: pa.RecordBatch) -> None:
        """Add rows to a table, which is made when it is not there."""
        self.ensure(name, batch.schema)
        self.tables[name].add(batch)
        self._bytes += batch.nbytes
        if self._bytes > self.room and self._folder is None:
            self.beside.parent.mkdir(parents=True, exist_ok=True)
            name = self.beside.name
            self._folder = Path(tempfile.mkdtemp(prefix=f"{name}-ei-", dir=self.beside.parent))
            for other, table in self.tables.items():
                table.go_on_in(self._folder / f"{other}.parquet")

    def ensure(self, name: str, schema: pa.Schema) -> None:
        """Make a table without rows when it is not there."""
        if name in self.tables:
            return
        self.tables[name] = Table(schema)
        if self._folder is not None:
            self.tables[name].go_on_in(self._folder / f"{name}.parquet")

    def register(self, con: duckdb.DuckDBPyConnection, suffix: str = "") -> None:
        """Let the engine read every table under its name; nothing can be added any more."""
        for name, table in self.tables.items():
            table.register(con, f"{name}{suffix}")


def spill_folder(con: duckdb.DuckDBPyConnection) -> Path:
    """The folder the engine of this delivery spills to; private to it."""
    row = con.execute("select current_setting('temp_directory')").fetchone()
    return Path(str(row[0]) if row and row[0] else ".tmp")


def memory_room(con: duckdb.DuckDBPyConnection) -> int:
    """Bytes of cut records that may stay in memory beside the engine of this delivery."""
    row = con.execute("select current_setting('memory_limit')").fetchone()
    number, unit = str(row[0] if row else "0 bytes").split()
    return min(MEMORY_BYTES, int(float(number) * _UNITS[unit] * _SHARE))
