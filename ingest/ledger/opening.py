"""Opening the ledger: connect, and bring a ledger of an earlier layout up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.schema import CreateColumn

from ingest.ledger.tables import METADATA

#: Execution option of a transaction that changes something.
WRITES = "iza_writes"

_ATTEMPTS = 5


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say ourselves where a transaction begins
    cursor = connection.cursor()
    # A busy writer is waited for; after that ``running`` says so and goes on waiting.
    cursor.execute("pragma busy_timeout=5000")
    # WAL lets readers go on while a task commits; full: what is committed outlives a power cut.
    cursor.execute("pragma journal_mode=wal")
    cursor.execute("pragma synchronous=full")
    cursor.execute("pragma foreign_keys=on")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its turn at the beginning: what it read is then still true when it writes.
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("begin immediate" if writes else "begin")


def make_engine(url: str) -> Engine:
    """An engine for a URL; nothing is connected yet.

    Raises:
        SQLAlchemyError: the URL is none.
        ModuleNotFoundError: the driver is not installed.
    """
    # Parameters stay out of messages: a report among them may tell of a person.
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(url, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url, hide_parameters=True, pool_pre_ping=True, connect_args={"connect_timeout": 10}
    )


def _add_missing(engine: Engine) -> None:
    with engine.begin() as connection:
        found = inspect(connection)
        present = set(found.get_table_names())
        if not present.issuperset(METADATA.tables):
            METADATA.create_all(connection)
        for table in METADATA.sorted_tables:
            if table.name not in present:
                continue
            columns = {column["name"] for column in found.get_columns(table.name)}
            for column in table.columns:
                if column.name not in columns:
                    line = CreateColumn(column).compile(dialect=engine.dialect)
                    connection.exec_driver_sql(f"alter table {table.name} add column {line}")


def update_layout(engine: Engine) -> None:
    """Make the tables and columns that are missing; what is there is left as it is.

    Columns that came later may be empty, so a ledger of an earlier layout goes on working, and the
    earlier code goes on working on it.

    Raises:
        SQLAlchemyError: the database cannot be reached or changed.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            _add_missing(engine)
            return
        except DBAPIError:
            # Another process made them between our look and our making; now they are there.
            if attempt == _ATTEMPTS:
                raise


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite ledger; None for another database, or for what is no URL."""
    try:
        made = make_url(url)
    except ArgumentError:
        return None
    return Path(made.database) if made.get_backend_name() == "sqlite" and made.database else None
