"""Pandera models of every raw table, by table name.

``TABELLEN`` is the list everything else walks: intake validates with it, the raw index makes empty
tables of it, and ``schemas/contract`` makes the dbt sources, the staging contracts and the data
dictionary of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandera.polars as pa

from schemas.tables import declaratie, fhir, oordeel, register, wlz
from schemas.tables.kolom import DOELEN, TYPE_NA_BEWERKING, Beschrijving

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
    "reg_wlz_indicatie": wlz.RegWlzIndicatie,
    "reg_wlz_wachtlijst": wlz.RegWlzWachtlijst,
    "reg_wlz_schaduwlijst": wlz.RegWlzSchaduwlijst,
    "reg_wlz_rechtmatigheid": wlz.RegWlzRechtmatigheid,
    "dq_oordeel": oordeel.DqOordeel,
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
        verplicht: whether a row without it is refused.
        waarden: the only values it may have, when the model lists them.
        beschrijving: what the model says of it beside this.
    """

    naam: str
    duckdb_type: str
    raw_naam: str
    raw_type: str
    bewerking: str
    domein: str | None
    label: str
    verplicht: bool
    waarden: tuple[str, ...]
    beschrijving: Beschrijving


@dataclass(frozen=True)
class Tabel:
    """What a model says of its table as a whole, in its ``Config``.

    Attributes:
        naam: name in ``TABELLEN``.
        omschrijving: what it holds and what a row is, in plain Dutch.
        korrel: the same in English, from the model.
        doelen: purposes it may be used for.
        persoonsgebonden: whether every row is about a person.
        records: EI record kinds it is made of.
        retour: whether those are records of a retour message.
        uniek_op: columns that together are unique among the valid rows.
        in_staging: name, DuckDB type and Dutch description of columns that staging adds.
    """

    naam: str
    omschrijving: str
    korrel: str
    doelen: tuple[str, ...]
    persoonsgebonden: bool
    records: tuple[str, ...]
    retour: bool
    uniek_op: tuple[str, ...]
    in_staging: tuple[tuple[str, str, str], ...]


def kolommen(tabel: str) -> list[Kolom]:
    """The columns of a table in model order.

    Args:
        tabel: a name in ``TABELLEN``.

    Returns:
        One ``Kolom`` for each column of the model.
    """
    result = []
    for naam, column in _columns(tabel).items():
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
                verplicht=not column.nullable,
                waarden=_waarden(column),
                beschrijving=meta["beschrijving"],
            )
        )
    return result


def _columns(tabel: str) -> dict[str, Any]:
    return dict(TABELLEN[tabel].to_schema().columns)


def _waarden(column: Any) -> tuple[str, ...]:
    for check in column.checks:
        if check.name == "isin":
            return tuple(str(value) for value in check.statistics["allowed_values"])
    return ()


def tabel(naam: str) -> Tabel:
    """What the model of a table says of the table as a whole.

    Settings of a base class hold for the classes made of it.

    Args:
        naam: a name in ``TABELLEN``.

    Returns:
        The table.
    """
    model = TABELLEN[naam]
    meta: dict[str, Any] = {}
    for base in reversed(model.__mro__):
        config = vars(base).get("Config")
        meta |= getattr(config, "metadata", None) or {}
    return Tabel(
        naam=naam,
        omschrijving=model.to_schema().description or "",
        korrel=" ".join((model.__doc__ or "").split()),
        doelen=meta.get("doelen", DOELEN),
        persoonsgebonden=meta.get("persoonsgebonden", False),
        records=meta.get("records", ()),
        retour=meta.get("retour", False),
        uniek_op=meta.get("uniek_op", ()),
        in_staging=meta.get("in_staging", ()),
    )


def raw_kolommen(tabel: str) -> dict[str, str]:
    """Name and DuckDB type of every column of a raw table, provenance first."""
    return HERKOMST | {kolom.raw_naam: kolom.raw_type for kolom in kolommen(tabel)}
