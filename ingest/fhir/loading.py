"""Records into the tables of the delivery, in batches of bounded size."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import duckdb
import pyarrow as pa

from ingest.fhir.door.batch import Batch, Fault
from ingest.fhir.door.records import RecordReader
from ingest.reading import Delivery

#: What this family keeps beside ``record``. ``fhir_kop.profielen`` holds one canonical a line;
#: ``fhir_tekst`` the text a record is read by, where that is not the text delivered;
#: ``fhir_verwijderd`` the deletions, which join ``record`` when the resources have been judged.
TABLES_SQL = """
create table fhir_kop (record_nr bigint, id varchar, profielen varchar);
create table fhir_tekst (record_nr bigint, tekst varchar);
create table fhir_verwijderd (
    record_nr bigint, bestand varchar, regel bigint, tekst varchar,
    resource_ref varchar, versie_id varchar, verwijderd_op varchar
);
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
_DELETED = pa.schema(
    {
        "record_nr": pa.int64(),
        "bestand": pa.string(),
        "regel": pa.int64(),
        "tekst": pa.string(),
        "resource_ref": pa.string(),
        "versie_id": pa.string(),
        "verwijderd_op": pa.string(),
    }
)


def _rows(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [() for _ in schema]
    return pa.table(
        [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema
    )


def insert_faults(
    con: duckdb.DuckDBPyConnection, faults: Sequence[Fault], table: str = "afkeur"
) -> None:
    """Add rows to ``afkeur`` or ``waarschuwing``."""
    _insert(con, table, _rows(faults, _FAULT))


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    if not rows.num_rows:
        return
    con.register("gelezen_rijen", rows)
    con.execute(f"insert into {table} by name select * from gelezen_rijen")
    con.unregister("gelezen_rijen")


def _resources(batch: Batch) -> pa.Table:
    text = pa.string()
    return pa.table(
        {
            "record_nr": pa.array(batch.nummer, pa.int64()),
            "bestand": pa.array(batch.bestand, text),
            "regel": pa.array(batch.regel, pa.int64()),
            "naam": pa.array(batch.naam, text),
            "tekst": pa.array(batch.tekst, pa.binary()).cast(text),
            "id": pa.array(batch.id, text),
            "profielen": pa.array(batch.profielen, text),
        }
    )


def _insert_batch(con: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    resources = _resources(batch)
    _insert(con, "record", resources.select(["record_nr", "bestand", "regel", "naam", "tekst"]))
    _insert(con, "fhir_kop", resources.select(["record_nr", "id", "profielen"]))
    _insert(con, "fhir_tekst", _rows(batch.te_lezen, _TEXT))
    _insert(con, "fhir_verwijderd", _rows(batch.verwijderd, _DELETED))
    insert_faults(con, batch.fouten)


def load_records(con: duckdb.DuckDBPyConnection, delivery: Delivery) -> dict[str, int]:
    """Fill ``record`` and its companions with every record of a delivery.

    Records are numbered from 1 in the order of file and line. Faults that can be seen in the text
    alone go to ``afkeur`` at once, deletions to ``fhir_verwijderd``. One batch is parsed while the
    one before it is inserted.

    Args:
        con: the connection of the delivery, with the tables of intake.
        delivery: its files.

    Returns:
        Counts that are no records, such as ``bundels``.
    """
    con.execute(TABLES_SQL)
    reader = RecordReader()
    waiting: Future[None] | None = None
    with ThreadPoolExecutor(1) as inserting:
        for batch in reader.read(delivery.files, delivery.limits):
            if waiting is not None:
                waiting.result()
            waiting = inserting.submit(_insert_batch, con, batch)
    if waiting is not None:
        waiting.result()
    return reader.special
