"""Writes one version: ``data.parquet``, ``LEESMIJ.md`` and ``manifest.json``, then freezes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from publish.contents import Draft
from publish.leesmij import leesmij
from publish.rows import literal
from publish.storage import freeze, fresh_folder, json_bytes, sha256
from publish.versions import Version, next_version

DATA = "data.parquet"
LEESMIJ = "LEESMIJ.md"
MANIFEST = "manifest.json"


def write_version(
    con: duckdb.DuckDBPyConnection, room: Path, found: Draft, chain: list[Version]
) -> Path:
    """Write the next version of an extract.

    Args:
        con: the release connection.
        room: the publication folder.
        found: the extract.
        chain: its versions so far.

    Returns:
        The folder of the new version; its files are read-only.
    """
    versie = next_version(chain, found.periode)
    final = room / found.extract / versie
    final.parent.mkdir(exist_ok=True)
    folder = fresh_folder(final)
    manifest: dict[str, Any] = {
        **found.contents,
        "versie": versie,
        "vorige_versie": chain[-1].versie if chain else None,
        "inhoud_sha256": found.inhoud_sha256,
    }
    write_parquet(con, found, versie, folder / DATA)
    (folder / LEESMIJ).write_text(leesmij(manifest, found.rijen), encoding="utf-8")
    manifest["bestanden"] = [
        _entry(folder / LEESMIJ, None),
        _entry(folder / DATA, found.rijen),
    ]
    (folder / MANIFEST).write_bytes(json_bytes(manifest))
    freeze(folder, final)
    return final


def write_parquet(con: duckdb.DuckDBPyConnection, found: Draft, versie: str, file: Path) -> None:
    """Write the rows in key order; equal rows give equal bytes, with any number of threads.

    Args:
        con: the release connection.
        found: the extract.
        versie: its version; it goes into the footer with extract and purposes.
        file: where to.
    """
    about = {
        "doel": ";".join(found.contents["doelen"]),
        "extract": found.extract,
        "versie": versie,
    }
    footer = ", ".join(f"{key}: {literal(value)}" for key, value in about.items())
    keys = ", ".join(found.contents["sleutel"])
    con.execute(
        f"copy (select * from {found.table} order by {keys}) to {literal(str(file))} "
        f"(format parquet, compression zstd, kv_metadata {{{footer}}})"
    )


def _entry(file: Path, rijen: int | None) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "naam": file.name,
        "sha256": sha256(file),
        "bytes": file.stat().st_size,
    }
    return entry if rijen is None else {**entry, "rijen": rijen}
