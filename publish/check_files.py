"""Whether the files of a version are those its manifest lists."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from publish.folder import DATA, MANIFEST
from publish.storage import sha256
from publish.versions import is_version

#: What every manifest holds, with the type of it.
_FIELDS: dict[str, type | tuple[type, ...]] = {
    "manifest_versie": str,
    "extract": str,
    "titel": str,
    "omschrijving": str,
    "versie": str,
    "vorige_versie": (str, type(None)),
    "bouw_id": str,
    "vertrouwelijkheid": str,
    "doelen": list,
    "grondslag": str,
    "ontvangers": list,
    "bewaartermijn": str,
    "licentie": dict,
    "herkomst": dict,
    "schema": list,
    "sleutel": list,
    "definities": list,
    "normen": list,
    "drempel": int,
    "bescherming": dict,
    "perioden": list,
    "peiljaren": list,
    "bestanden": list,
    "inhoud_sha256": str,
}


#: What the lists and objects within hold. Names end up in paths and queries, so they are plain.
_COLUMN = {"naam": str, "type": str, "omschrijving": str}
_FILE = {"naam": str, "sha256": str, "bytes": int}
_PROTECTION = {"soort_indicator": dict, "sluitende_relaties": dict, "verborgen": dict}
_COLUMN_NAME = re.compile(r"[a-z_][a-z0-9_]*")
_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


def read_manifest(folder: Path) -> tuple[dict[str, Any] | None, list[str]]:
    """Read the manifest and look whether it is complete.

    Args:
        folder: folder of the version.

    Returns:
        The manifest, none when it cannot be used, and the problems found.
    """
    file = folder / MANIFEST
    if not file.is_file():
        return None, [f"{MANIFEST} is missing."]
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return None, [f"{MANIFEST} is no valid JSON."]
    if not isinstance(manifest, dict):
        return None, [f"{MANIFEST} holds no object."]
    problems = [
        f"{MANIFEST}: '{name}' is missing or of the wrong type."
        for name, kind in _FIELDS.items()
        if not isinstance(manifest.get(name, ...), kind)
    ]
    problems += [
        f"{MANIFEST}: '{name}' is empty; no purpose, no data."
        for name in ("doelen", "grondslag", "ontvangers", "bewaartermijn")
        if name in manifest and not manifest[name]
    ]
    if not problems:
        problems += _shape_problems(manifest)
    return (None, problems) if problems else (manifest, [])


def _shape_problems(manifest: dict[str, Any]) -> list[str]:
    """Whether lists and objects hold what the checks after this rely on."""
    good = {
        "schema": all(_is(column, _COLUMN, _COLUMN_NAME) for column in manifest["schema"]),
        "bestanden": all(_is(file, _FILE, _FILE_NAME) for file in manifest["bestanden"]),
        "bescherming": _is(manifest["bescherming"], _PROTECTION),
        "doelen": all(isinstance(doel, str) for doel in manifest["doelen"]),
    }
    problems = [f"{MANIFEST}: '{name}' has the wrong shape." for name, ok in good.items() if not ok]
    if not problems:
        names = {column["naam"] for column in manifest["schema"]}
        if not manifest["sleutel"] or not names.issuperset(map(str, manifest["sleutel"])):
            problems.append(f"{MANIFEST}: 'sleutel' names columns that 'schema' does not have.")
    return problems


def _is(value: Any, fields: Mapping[str, type], name: re.Pattern[str] | None = None) -> bool:
    """Whether ``value`` is an object with these fields and, if asked, a plain ``naam``."""
    return (
        isinstance(value, dict)
        and all(isinstance(value.get(field), kind) for field, kind in fields.items())
        and (name is None or name.fullmatch(value["naam"]) is not None)
    )


def file_problems(folder: Path, manifest: dict[str, Any]) -> list[str]:
    """Compare the folder with the manifest: files, hashes, sizes, rows, schema.

    Args:
        folder: folder of the version.
        manifest: its manifest, complete.

    Returns:
        The problems.
    """
    listed = {entry["naam"]: entry for entry in manifest["bestanden"]}
    present = {file.name for file in folder.iterdir()}
    problems = [
        f"{name} is not in the manifest." for name in sorted(present - set(listed) - {MANIFEST})
    ]
    if DATA not in listed:
        problems.append(f"the manifest does not list {DATA}.")
    name = folder.resolve().name
    if is_version(name) and name != manifest["versie"]:
        problems.append(
            f"the folder is named {name}, the manifest is of version {manifest['versie']}."
        )
    for name, entry in sorted(listed.items()):
        problems += _one_file(folder / name, entry)
    if not problems:
        problems += _parquet_problems(folder / DATA, manifest, listed[DATA])
    return problems


def _one_file(file: Path, entry: dict[str, Any]) -> list[str]:
    if not file.is_file():
        return [f"{file.name} is missing."]
    size = file.stat().st_size
    if size != entry["bytes"]:
        return [f"{file.name} has {size} bytes, the manifest says {entry['bytes']}."]
    if sha256(file) != entry["sha256"]:
        return [f"{file.name} has another SHA-256 than the manifest says: it was changed."]
    return []


def _parquet_problems(file: Path, manifest: dict[str, Any], entry: dict[str, Any]) -> list[str]:
    try:
        parquet = pq.ParquetFile(file)
    except pa.ArrowInvalid:
        return [f"{file.name} is no Parquet file."]
    problems = []
    rows = parquet.metadata.num_rows
    if rows != entry.get("rijen"):
        problems.append(f"{file.name} has {rows} rows, the manifest says {entry.get('rijen')}.")
    names = [column["naam"] for column in manifest["schema"]]
    if parquet.schema_arrow.names != names:
        problems.append(
            f"{file.name} has columns {', '.join(parquet.schema_arrow.names)}, the manifest says "
            f"{', '.join(names)}."
        )
    footer = {key.decode(): value.decode() for key, value in _footer(parquet).items()}
    expected = {
        "extract": manifest["extract"],
        "versie": manifest["versie"],
        "doel": ";".join(manifest["doelen"]),
    }
    problems += [
        f"the footer of {file.name} says {key} = {footer.get(key)}, the manifest says {value}."
        for key, value in expected.items()
        if footer.get(key) != value
    ]
    return problems


def _footer(parquet: pq.ParquetFile) -> dict[bytes, bytes]:
    """Key-value metadata of a Parquet file, without the binary Arrow schema."""
    found = parquet.metadata.metadata or {}
    return {key: value for key, value in found.items() if key != b"ARROW:schema"}
