"""From the build database to Parquet: ordered, compressed, complete or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.durable import sync, sync_tree, write_file
from ingest.errors import BuildError
from marts.comments import Comments

_ARTEFACTS = ("manifest.json", "run_results.json", "catalog.json")


@dataclass(frozen=True)
class Mart:
    """One relation that leaves the build.

    Attributes:
        naam: name of the model or seed, and of its file.
        relatie: qualified name in the build database.
        sleutel: columns that together are its key; rows are ordered by them.
        beschrijving: what it holds, what a row is and who it is for, in plain Dutch.
        kolommen: of each described column what it holds, its unit and its values.
    """

    naam: str
    relatie: str
    sleutel: tuple[str, ...]
    beschrijving: str
    kolommen: dict[str, str]


def find_marts(target: Path) -> list[Mart]:
    """Models and seeds with ``meta.mart: true`` in dbt's manifest, by name.

    Args:
        target: folder with ``manifest.json``.

    Returns:
        The marts.

    Raises:
        BuildError: a mart does not name its key, so its rows would have no fixed order.
    """
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    comments = Comments.of(manifest)
    marts = []
    for node in manifest["nodes"].values():
        meta = node["config"].get("meta", {})
        if node["resource_type"] not in ("model", "seed") or not meta.get("mart"):
            continue
        if not meta.get("sleutel"):
            raise BuildError(f"Model {node['name']} is a mart without meta.sleutel.")
        marts.append(
            Mart(
                naam=node["name"],
                relatie=f'"{node["schema"]}"."{node["name"]}"',
                sleutel=tuple(meta["sleutel"]),
                beschrijving=comments.mart(node),
                kolommen=comments.columns(node),
            )
        )
    return sorted(marts, key=lambda mart: mart.naam)


def read_build_id(con: duckdb.DuckDBPyConnection) -> str:
    """The identity that the build computed from its content and its code."""
    row = con.execute("select bouw_id from spiegel.bouw").fetchone()
    if row is None:
        raise BuildError("The build has no bouw_id: model 'bouw' is empty.")
    return str(row[0])


def write_marts(con: duckdb.DuckDBPyConnection, marts: list[Mart], folder: Path) -> dict[str, int]:
    """Write every mart as ``<folder>/<naam>.parquet``.

    The order is total (the key), so the bytes do not depend on threads.

    Args:
        con: connection to the build database.
        marts: what to write.
        folder: an existing, empty folder.

    Returns:
        Rows per mart.
    """
    rijen = {}
    for mart in marts:
        order = ", ".join(f'"{kolom}"' for kolom in mart.sleutel)
        path = str(folder / f"{mart.naam}.parquet").replace("'", "''")
        row = con.execute(
            f"copy (select * from {mart.relatie} order by {order}) "
            f"to '{path}' (format parquet, compression zstd)"
        ).fetchone()
        rijen[mart.naam] = int(row[0]) if row else 0
    return rijen


def place_marts(written: Path, target: Path, destination: Path) -> bool:
    """Make written marts visible as ``marts/<bouw_id>/``, with dbt's artefacts beside them.

    Args:
        written: folder with the Parquet files, in the file system of ``destination``.
        target: folder with dbt's artefacts.
        destination: the folder that appears by rename.

    Returns:
        Whether it is new. When the build existed already nothing is written; its files are
        compared instead.

    Raises:
        BuildError: files of the same build differ, so one of the two is not what it says it is.
    """
    if destination.exists():
        different = _differences(written, destination)
        if different:
            raise BuildError(
                f"Build {destination.name} exists already with other content in "
                f"{', '.join(different)}. Its files were changed after they were written; move "
                f"{destination} away and build again."
            )
        return False
    for name in _ARTEFACTS:
        if (target / name).is_file():
            shutil.copyfile(target / name, written / name)
    sync_tree(written)
    written.rename(destination)
    sync(destination.parent)
    return True


def _differences(written: Path, destination: Path) -> list[str]:
    names = {path.name for folder in (written, destination) for path in folder.glob("*.parquet")}
    return sorted(
        name for name in names if file_hash(written / name) != file_hash(destination / name)
    )


def file_hash(path: Path) -> str | None:
    """SHA-256 of a file in hex digits; None when there is no such file."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_json(path: Path, content: dict[str, object]) -> None:
    """Replace a small JSON file in one step: written beside, flushed, renamed."""
    write_file(path, json.dumps(content, indent=1, ensure_ascii=False).encode())
