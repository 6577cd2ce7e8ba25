"""The file analysts open. It holds views over the marts of one build, no data.

``serving.duckdb`` is that of the current build; one of what was known earlier lies where its maker
said.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.durable import sync
from ingest.errors import BuildError, UsageError
from marts.export import Mart


def write_serving(path: Path, folder: Path, marts: list[Mart]) -> None:
    """Write the file beside its place and rename it into it.

    Someone who has the old file open keeps reading the build it points to.

    Args:
        path: where it goes; a file that is there is replaced.
        folder: the marts of a build.
        marts: what they are, with their descriptions.
    """
    beside = path.with_name(f".{path.name}.nieuw")
    beside.unlink(missing_ok=True)
    with duckdb.connect(beside) as con:
        con.begin()  # one transaction: a commit for each description brings each to disk
        for mart in marts:
            file = folder / f"{mart.naam}.parquet"
            con.execute(
                f"create view {mart.naam} as select * from read_parquet({_text(str(file))})"
            )
            con.execute(f"comment on view {mart.naam} is {_text(mart.beschrijving)}")
            for kolom, beschrijving in mart.kolommen.items():
                con.execute(f'comment on column {mart.naam}."{kolom}" is {_text(beschrijving)}')
        con.commit()
    sync(beside)
    beside.replace(path)
    sync(path.parent)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


@dataclass(frozen=True)
class Described:
    """A view or a column of a serving file, with what is told of it.

    Attributes:
        naam: its name.
        type: data type of a column; empty for a view.
        omschrijving: its comment.
    """

    naam: str
    type: str
    omschrijving: str


def read_described(path: Path, mart: str | None = None) -> list[Described]:
    """What a serving file tells of its marts, or of one mart and its columns.

    Args:
        path: ``serving.duckdb``, or a file that ``iza build --as-of --serve`` wrote.
        mart: the mart to tell of; all when left out.

    Returns:
        The marts by name; or the mart, then its columns in their order.

    Raises:
        BuildError: nothing was built yet.
        UsageError: there is no such mart.
    """
    if not path.is_file():
        raise BuildError("Nothing was built yet; run 'iza build'.")
    with duckdb.connect(path, read_only=True) as con:
        views = con.execute(
            "select view_name, '', comment from duckdb_views() where not internal "
            "and ($1 is null or view_name = $1) order by view_name",
            [mart],
        ).fetchall()
        columns = con.execute(
            "select column_name, data_type, comment from duckdb_columns() "
            "where not internal and table_name = $1 order by column_index",
            [mart],
        ).fetchall()
    if mart is not None and not views:
        raise UsageError(f"There is no mart {mart}; 'iza marts' lists them.")
    return [Described(*row) for row in (*views, *columns)]
