"""The Parquet side of the contract: types in a file, and a table without rows."""

from __future__ import annotations

import json
from typing import Any

from schemas.contract.veld import Veld, velden
from schemas.tables import TABELLEN, raw_kolommen
from schemas.tables.kolom import DOELEN

#: DuckDB type -> (physical type, logical type) in a Parquet file.
PARQUET_TYPE = {
    "VARCHAR": ("BYTE_ARRAY", "String"),
    "BIGINT": ("INT64", "Int(bitWidth=64, isSigned=true)"),
    "INTEGER": ("INT32", "Int(bitWidth=32, isSigned=true)"),
    "BOOLEAN": ("BOOLEAN", "None"),
    "DATE": ("INT32", "Date"),
    "TIMESTAMP": ("INT64", "Timestamp(isAdjustedToUTC=false, timeUnit=microseconds)"),
    "DECIMAL(18,6)": ("INT64", "Decimal(precision=18, scale=6)"),
}


def empty_query(tabel: str) -> str:
    """A query with the columns of a raw table, typed and in order, and no rows."""
    columns = ", ".join(
        f'cast(null as {soort}) as "{naam}"' for naam, soort in raw_kolommen(tabel).items()
    )
    return f"select {columns} limit 0"


def schema_json() -> str:
    """The fields of every raw table with their types in Parquet, one field a line.

    Returns:
        JSON: ``{tabel: [field, ...]}``; what a field does not have is left out, and so are its
        purposes when all are allowed.
    """
    tables = []
    for tabel in TABELLEN:
        lines = ",\n".join(f"  {_line(veld)}" for veld in velden(tabel))
        tables.append(f' "{tabel}": [\n{lines}\n ]')
    return "{\n" + ",\n".join(tables) + "\n}\n"


def field_of(veld: Veld) -> dict[str, Any]:
    """What is kept of a field in the JSON file."""
    physical, logical = PARQUET_TYPE[veld.type]
    field = {
        "naam": veld.naam,
        "type": veld.type,
        "parquet": physical,
        "logisch": None if logical == "None" else logical,
        "label": veld.label,
        "omschrijving": veld.omschrijving,
        "eenheid": veld.eenheid,
        "codelijsten": veld.codelijsten,
        "waarden": veld.waarden,
        "verplicht": veld.verplicht,
        "gevoeligheid": veld.gevoeligheid,
        "bewerking": None if veld.bewerking == "geen" else veld.bewerking,
        "doelen": veld.doelen if veld.doelen != DOELEN else None,
        "bronelementen": veld.bronelementen,
    }
    return {name: list(v) if isinstance(v, tuple) else v for name, v in field.items() if v}


def _line(veld: Veld) -> str:
    return json.dumps(field_of(veld), ensure_ascii=False)
