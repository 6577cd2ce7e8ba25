"""The file analysts open. It holds views over the marts of one build, no data.

``serving.duckdb`` is that of the current build; one of what was known earlier lies where its maker
said.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from ingest.durable import sync
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
