"""Records into the tables of the delivery, in batches of bounded size."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from ingest.fhir.records import Batch, Fault, RecordReader
from ingest.reading import Delivery

#: What this family keeps of a record beside its text. ``profielen`` holds one canonical a line;
#: ``fhir_tekst`` the text with references of its Bundle resolved, where that differs.
HEADER_TABLES_SQL = """
create table fhir_kop (record_nr bigint, id varchar, profielen varchar);
create table fhir_tekst (record_nr bigint, tekst varchar);
"""


_TEXT = pa.schema({"record_nr": pa.int64(), "tekst": pa.string()})
_FAULT = pa.schema(
    {
        "record_nr": pa.int64(),
        "reden_code": pa.string(),
        "element": pa.string(),
        "toelichting": pa.string(),
    }
)


def _rows(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [() for _ in schema]
    return pa.table(
        [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema
    )


def insert_faults(con: duckdb.DuckDBPyConnection, faults: Sequence[Fault]) -> None:
    """Add rows to ``afkeur``."""
    _insert(con, "afkeur", _rows(faults, _FAULT))


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    if not rows.num_rows:
        return
    con.register("gelezen_rijen", rows)
    con.execute(f"insert into {table} by name select * from gelezen_rijen")
    con.unregister("gelezen_rijen")


def _insert_batch(con: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    numbers = pa.array(range(batch.first, batch.following), pa.int64())
    text = pa.string()
    record = {
        "record_nr": numbers,
        "bestand": pa.array(batch.bestand, text),
        "regel": pa.array(batch.regel, pa.int64()),
        "naam": pa.array(batch.naam, text),
        "tekst": pa.array(batch.tekst, text),
    }
    header = {
        "record_nr": numbers,
        "id": pa.array(batch.id, text),
        "profielen": pa.array(batch.profielen, text),
    }
    _insert(con, "record", pa.table(record))
    _insert(con, "fhir_kop", pa.table(header))
    _insert(con, "fhir_tekst", _rows(batch.te_lezen, _TEXT))
    insert_faults(con, batch.fouten)


def load_records(con: duckdb.DuckDBPyConnection, delivery: Delivery) -> dict[str, int]:
    """Fill ``record`` and its companions with every record of a delivery.

    Records are numbered from 1 in the order of file and line. Faults that can be seen in the text
    alone go to ``afkeur`` at once.

    Args:
        con: the connection of the delivery, with the tables of intake.
        delivery: its files.

    Returns:
        Counts that are no records, such as ``bundels``.
    """
    con.execute(HEADER_TABLES_SQL)
    reader = RecordReader()
    for batch in reader.read(delivery.files):
        _insert_batch(con, batch)
    return reader.special
