"""``serving.duckdb``: the file analysts open. It holds views over the current marts, no data."""

from __future__ import annotations

from pathlib import Path

import duckdb

from marts.export import Mart


def write_serving(home: Path, bouw_id: str, marts: list[Mart]) -> Path:
    """Write the file beside the old one and rename it into place.

    Someone who has the old file open keeps reading the build it points to.

    Args:
        home: folder with ``marts/``.
        bouw_id: the current build.
        marts: its marts, with their descriptions.

    Returns:
        The path of ``serving.duckdb``.
    """
    path = home / "serving.duckdb"
    beside = home / ".serving.duckdb.nieuw"
    beside.unlink(missing_ok=True)
    with duckdb.connect(beside) as con:
        for mart in marts:
            file = home / "marts" / bouw_id / f"{mart.naam}.parquet"
            con.execute(
                f"create view {mart.naam} as select * from read_parquet({_text(str(file))})"
            )
            con.execute(f"comment on view {mart.naam} is {_text(mart.beschrijving)}")
            for kolom, beschrijving in mart.kolommen.items():
                con.execute(f'comment on column {mart.naam}."{kolom}" is {_text(beschrijving)}')
    beside.replace(path)
    return path


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
