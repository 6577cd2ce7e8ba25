"""What the columns of an extract mean, from the dbt project."""

from __future__ import annotations

from typing import Any

import duckdb

from ingest.errors import PublicationError
from publish.bouw import Bouw
from publish.exposure import Exposure
from publish.extract import ADDED_COLUMNS


def describe_columns(
    con: duckdb.DuckDBPyConnection, table: str, exposure: Exposure, bouw: Bouw
) -> list[dict[str, Any]]:
    """Columns with type and plain-language description.

    Args:
        con: the release connection.
        table: table of the extract.
        exposure: what it is for.
        bouw: its dbt manifest describes the columns.

    Returns:
        ``naam``, ``type`` (DuckDB) and ``omschrijving`` of each column, in order.

    Raises:
        PublicationError: a column has no description anywhere in the dbt project.
    """
    described = _descriptions(exposure.model, bouw.manifest) | ADDED_COLUMNS
    columns = con.execute(f"select column_name, column_type from (describe {table})").fetchall()
    result = []
    for naam, dtype in columns:
        if not described.get(naam):
            raise PublicationError(
                f"Exposure {exposure.naam} is not published: column {naam} of "
                f"{exposure.model.split('.')[-1]} has no description in the dbt project."
            )
        result.append({"naam": naam, "type": dtype, "omschrijving": described[naam]})
    return result


def _descriptions(model: str, manifest: dict[str, Any]) -> dict[str, str]:
    """Descriptions by column: of the model itself, else of the nearest model above it."""
    result: dict[str, str] = {}
    level, seen = [model], {model}
    while level:
        above: list[str] = []
        for name in sorted(level):
            node = manifest["nodes"].get(name, {})
            for naam, column in node.get("columns", {}).items():
                text = " ".join(column.get("description", "").split())
                if text:
                    result.setdefault(naam, text)
            above += node.get("depends_on", {}).get("nodes", [])
        level = sorted(set(above) - seen)
        seen.update(level)
    return result
