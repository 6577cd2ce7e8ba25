"""Pandera models of every raw table, by table name.

``TABELLEN`` is the list everything else walks: intake validates with it, the raw index makes empty
tables of it, the dbt sources and the data dictionary are checked against it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandera.polars as pa

from schemas.tables import declaratie, fhir, register
from schemas.tables.kolom import TYPE_NA_BEWERKING

TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    **fhir.TABELLEN,
    "decl_bericht": declaratie.DeclBericht,
    "decl_verzekerde": declaratie.DeclVerzekerde,
    "decl_prestatie": declaratie.DeclPrestatie,
    "decl_tarief": declaratie.DeclTarief,
    "decl_zorgactiviteit": declaratie.DeclZorgactiviteit,
    "decl_tijdsbesteding": declaratie.DeclTijdsbesteding,
    "decl_retour": declaratie.DeclRetour,
    "decl_toekenning": declaratie.DeclToekenning,
    "reg_zorgaanbieder": register.RegZorgaanbieder,
    "reg_ggz_wachttijd": register.RegGgzWachttijd,
    "reg_bevolking": register.RegBevolking,
    "reg_vektis_gemeente": register.RegVektisGemeente,
    "reg_contract": register.RegContract,
}

#: Columns that intake puts before the columns of every raw table, with their DuckDB types.
HERKOMST: dict[str, str] = {
    "bron_id": "VARCHAR",
    "periode": "VARCHAR",
    "levering_id": "VARCHAR",
    "bestand": "VARCHAR",
    "regel": "BIGINT",
}

_DUCKDB_TYPE = {"String": "VARCHAR", "Int64": "BIGINT", "Boolean": "BOOLEAN", "Float64": "DOUBLE"}


@dataclass(frozen=True)
class Kolom:
    """One column of a table, before and after intake.

    Attributes:
        naam: name in the model, as projected from a delivery.
        duckdb_type: DuckDB type as projected.
        raw_naam: name in ``raw/``.
        raw_type: DuckDB type in ``raw/``.
        bewerking: treatment at intake.
        domein: name space of a key.
        label: what it holds, in plain Dutch.
    """

    naam: str
    duckdb_type: str
    raw_naam: str
    raw_type: str
    bewerking: str
    domein: str | None
    label: str


def kolommen(tabel: str) -> list[Kolom]:
    """The columns of a table in model order.

    Args:
        tabel: a name in ``TABELLEN``.

    Returns:
        One ``Kolom`` for each column of the model.
    """
    result = []
    for naam, column in TABELLEN[tabel].to_schema().columns.items():
        meta = column.metadata or {}
        duckdb_type = _DUCKDB_TYPE[str(column.dtype.type)]
        result.append(
            Kolom(
                naam=naam,
                duckdb_type=duckdb_type,
                raw_naam=meta.get("naar") or naam,
                raw_type=TYPE_NA_BEWERKING.get(meta["bewerking"], duckdb_type),
                bewerking=meta["bewerking"],
                domein=meta.get("domein"),
                label=meta["label"],
            )
        )
    return result


def raw_kolommen(tabel: str) -> dict[str, str]:
    """Name and DuckDB type of every column of a raw table, provenance first."""
    return HERKOMST | {kolom.raw_naam: kolom.raw_type for kolom in kolommen(tabel)}
