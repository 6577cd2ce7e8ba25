"""What a release says about itself: everything in the manifest but its number and its files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import duckdb

from publish.bouw import Bouw
from publish.columns import describe_columns
from publish.definitions import Definitions
from publish.disclosure.control import Decision
from publish.disclosure.definitie import DEFINITIE_SQL
from publish.disclosure.rules import Rules
from publish.exposure import Exposure
from publish.extract import Part
from publish.licence import licence
from publish.purpose import Lineage
from publish.rows import Rows
from publish.storage import json_bytes
from publish.versions import last_period

MANIFEST_VERSION = "1"


@dataclass(frozen=True)
class Draft:
    """An extract as it would be published now.

    Attributes:
        extract: id of the extract.
        table: table in the release connection with exactly its rows, in key order.
        periode: last period in it; the first half of a new version number.
        rijen: number of rows.
        contents: the manifest without version and files.
        inhoud_sha256: hash of rows and contents; equal hash, equal release.
    """

    extract: str
    table: str
    periode: str
    rijen: int
    contents: dict[str, Any]
    inhoud_sha256: str


@dataclass(frozen=True)
class Origin:
    """What all extracts of a release share."""

    bouw: Bouw
    rules: Rules
    decision: Decision
    definitions: Definitions


def draft(
    con: duckdb.DuckDBPyConnection,
    table: str,
    rows: Rows,
    part: Part,
    lineage: Lineage,
    origin: Origin,
) -> Draft:
    """Say what an extract is.

    Args:
        con: the release connection.
        table: its rows, as made by ``make_extract``.
        rows: the rows of its exposure.
        part: which of them it has.
        lineage: where they come from.
        origin: build, rules and decision.

    Returns:
        The draft.
    """
    perioden = [
        row[0]
        for row in con.execute(f"select distinct periode from {table} order by periode").fetchall()
    ]
    rijen = con.execute(f"select count(*) from {table}").fetchall()[0][0]
    contents = {
        **_purpose(rows.exposure, part),
        "manifest_versie": MANIFEST_VERSION,
        "bouw_id": origin.bouw.bouw_id,
        "perioden": perioden,
        "peiljaren": sorted({periode[:4] for periode in perioden}),
        "herkomst": {
            "bouw_id": origin.bouw.bouw_id,
            "exposure": rows.exposure.naam,
            "model": rows.exposure.model.split(".")[-1],
            "modellen": list(lineage.modellen),
            "bronnen": [
                {"tabel": tabel, "bronnen": list(bronnen)}
                for tabel, bronnen in lineage.bronnen.items()
            ],
        },
        "schema": describe_columns(con, table, rows.exposure, origin.bouw),
        "sleutel": list(origin.rules.sleutel),
        **_definitions(con, table, origin.definitions),
        "drempel": origin.rules.drempel,
        "bescherming": _protection(con, table, origin),
    }
    digest = hashlib.sha256(json_bytes(contents) + _row_digest(con, table, origin.rules))
    return Draft(part.extract, table, last_period(perioden), rijen, contents, digest.hexdigest())


def _purpose(exposure: Exposure, part: Part) -> dict[str, Any]:
    return {
        "extract": part.extract,
        "titel": part.titel,
        "omschrijving": exposure.omschrijving,
        "vertrouwelijkheid": exposure.vertrouwelijkheid,
        "doelen": list(exposure.doelen),
        "grondslag": exposure.grondslag,
        "ontvangers": list(exposure.ontvangers),
        "bewaartermijn": exposure.bewaartermijn,
        "niveaus": list(exposure.niveaus),
        "licentie": licence(exposure),
    }


def _definitions(
    con: duckdb.DuckDBPyConnection, table: str, definitions: Definitions
) -> dict[str, Any]:
    """The rows of the indicator and norm registers that this extract uses."""
    shown = {
        (str(indicator), str(versie))
        for indicator, versie in con.execute(
            f"select distinct indicator_id, definitie_versie from {table}"
        ).fetchall()
    }
    return {
        "definities": definitions.of(shown),
        "normen": definitions.norms_of([indicator for indicator, _ in sorted(shown)]),
    }


def _protection(con: duckdb.DuckDBPyConnection, table: str, origin: Origin) -> dict[str, Any]:
    """The rules of disclosure control, and what they hid in this extract."""
    hidden = dict(
        con.execute(
            f"select onderdrukt_reden, count(*) from {table} where onderdrukt group by all"
        ).fetchall()
    )
    used = {
        row[0] for row in con.execute(f"select distinct {DEFINITIE_SQL} from {table}").fetchall()
    }
    kinds = {naam: soort for naam, soort in origin.decision.soorten.items() if naam in used}
    return {
        **origin.rules.in_manifest(),
        "soort_indicator": kinds,
        "sluitende_relaties": origin.decision.closing(_cells(con, table, origin.rules)),
        "verborgen": {reden: hidden.get(reden, 0) for reden in origin.decision.verborgen},
    }


def _cells(con: duckdb.DuckDBPyConnection, table: str, rules: Rules) -> list[int]:
    """Cell numbers of the rows of an extract."""
    on = " and ".join(f"e.{key} = c.{key}" for key in rules.sleutel)
    found = con.execute(f"select c.cel_id from {table} as e inner join cel as c on {on}")
    return [row[0] for row in found.fetchall()]


def _row_digest(con: duckdb.DuckDBPyConnection, table: str, rules: Rules) -> bytes:
    """Hash of all rows in key order, free of how a Parquet writer lays them out."""
    keys = ", ".join(rules.sleutel)
    found = con.execute(
        f"""
        with regel as (select {keys}, cast(to_json(e) as varchar) as tekst from {table} as e)
        select sha256(coalesce(string_agg(tekst, chr(10) order by {keys}), '')) from regel
        """
    ).fetchall()
    return str(found[0][0]).encode()
