"""The dbt side of the contract: sources with their columns, and enforced staging contracts.

A staging model has the columns of its raw table: those of the whole delivery (``periode``) and of
the choice among versions (``versie_id``) are gone, a start or end tells by its name whether it is
a moment or a day, and what staging adds is said in the model (``in_staging``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from schemas.contract.veld import Veld, familie, tabel_doelen, velden
from schemas.tables import TABELLEN, tabel
from schemas.tables.kolom import DOELEN

HEADER = "# Made by 'iza contract write' from schemas/tables; change the models, not this file.\n"


def text(value: str) -> str:
    """A string as YAML, always quoted."""
    return json.dumps(value, ensure_ascii=False)


def describe(veld: Veld) -> str:
    """What a field is, with its unit, in one line."""
    if veld.eenheid and veld.eenheid not in veld.label:
        return f"{veld.uitleg}; eenheid: {veld.eenheid}"
    return veld.uitleg


def sources_yaml() -> str:
    """The file that describes every raw table to dbt, with purposes and sensitivity."""
    lines = [
        HEADER + "version: 2\n",
        "sources:",
        "  - name: raw",
        "    schema: raw",
        "    description: "
        + text("Aanvaarde, gepseudonimiseerde rijen van vastgelegde leveringen."),
        "    config:",
        "      meta:",
        f"        doelen: [{', '.join(DOELEN)}]",
        "    tables:",
    ]
    for naam in TABELLEN:
        lines += [f"      - name: {naam}", f"        description: {text(tabel(naam).omschrijving)}"]
        if (doelen := tabel_doelen(naam)) != DOELEN:
            lines.append(f"        config: {{meta: {{doelen: [{', '.join(doelen)}]}}}}")
        lines.append("        columns:")
        lines += [f"          - {_column(veld)}" for veld in velden(naam)]
    return "\n".join(lines) + "\n"


def _column(veld: Veld) -> str:
    # Sensitivity goes in the text: a config of its own for every column costs dbt a second.
    sensitive = veld.gevoeligheid != "gewoon"
    about = describe(veld) + (f" ({veld.gevoeligheid.replace('_', ' ')})" if sensitive else "")
    narrow = veld.doelen != DOELEN
    config = f", config: {{meta: {{doelen: [{', '.join(veld.doelen)}]}}}}" if narrow else ""
    return (
        f"{{name: {veld.naam}, data_type: {text(veld.type.lower())}, "
        f"description: {text(about)}{config}}}"
    )


def staging_yaml(soort: str) -> str:
    """The contracts of the staging models of one family.

    Args:
        soort: kerngegevens, declaraties, registers or oordelen.

    Returns:
        YAML with columns, types, descriptions and the test of the key.
    """
    lines = [HEADER + "version: 2\n", "models:"]
    for naam in TABELLEN:
        if familie(naam) != soort:
            continue
        table = tabel(naam)
        lines += [
            f"  - name: stg_{naam}",
            f"    description: {text('Wat geldt, elk record één keer. ' + table.omschrijving)}",
        ]
        if (doelen := tabel_doelen(naam)) != DOELEN:
            lines.append(f"    config: {{meta: {{doelen: [{', '.join(doelen)}]}}}}")
        if table.uniek_op:
            key = ", ".join(text(k) for k in table.uniek_op)
            lines.append("    data_tests:")
            lines.append(f"      - uniek_over: {{arguments: {{kolommen: [{key}]}}}}")
        lines.append("    columns:")
        lines += [
            f"      - {{name: {kolom}, data_type: {text(soort_.lower())}, description: {text(d)}}}"
            for kolom, soort_, d in staging_columns(naam)
        ]
    return "\n".join(lines) + "\n"


def staging_columns(naam: str) -> Iterator[tuple[str, str, str]]:
    """Name, DuckDB type and description of every column of a staging model.

    Args:
        naam: the raw table.
    """
    is_fhir = familie(naam) == "kerngegevens"
    deletion = naam == "fhir_verwijdering"
    once = deletion or naam == "dq_oordeel"  # one row, however many deliveries hold it
    gone = {"periode"} | ({"versie_id"} if is_fhir and not deletion else set())
    if once:
        gone |= {"levering_id", "bestand", "regel"}
    for veld in velden(naam):
        if veld.naam in gone:
            continue
        yield _in_staging(veld), veld.type, describe(veld)
    yield from tabel(naam).in_staging


def _in_staging(veld: Veld) -> str:
    if veld.naam not in ("begin", "eind"):
        return veld.naam
    return f"{veld.naam}_op" if veld.type == "TIMESTAMP" else f"{veld.naam}datum"
