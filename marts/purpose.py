"""No purpose, no data: an extract may only name purposes that all its inputs allow.

Purposes of a source are in ``schemas/bronnen.csv``, those of a model or seed in its
``meta.doelen``, those of an extract in its exposure. The check walks dbt's manifest from each
exposure to the raw tables and from there to the sources that delivered rows.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import schemas
from ingest.errors import BuildError

_BRONNEN = Path(schemas.__file__).parent / "bronnen.csv"


def check_purposes(
    target: Path, bronnen: Mapping[str, frozenset[str]], register: Path = _BRONNEN
) -> None:
    """Stop when an exposure names a purpose that one of its inputs does not allow.

    Args:
        target: folder with dbt's ``manifest.json``.
        bronnen: sources behind every raw table.
        register: the list of sources with their purposes.

    Raises:
        BuildError: lists extract, purpose and input; also when a model or exposure names no
            purpose at all, or a source is not in the list.
    """
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    allowed = _allowed_by_source(register)
    faults = [
        fault
        for exposure in manifest["exposures"].values()
        for fault in _faults(exposure, manifest, bronnen, allowed)
    ]
    if faults:
        raise BuildError(
            "The build was stopped, because data would be used for a purpose it is not meant "
            "for:\n"
            + "\n".join(f"- {fault}" for fault in sorted(set(faults)))
            + "\nThe purposes of a source (doelen) stand in schemas/bronnen.csv; a source that is "
            "not in that register has none."
        )


def _allowed_by_source(register: Path) -> dict[str, frozenset[str]]:
    with register.open(encoding="utf-8", newline="") as file:
        return {
            row["bron_id"]: frozenset(filter(None, row["doelen"].split(";")))
            for row in csv.DictReader(file)
        }


def _faults(
    exposure: dict[str, Any],
    manifest: dict[str, Any],
    bronnen: Mapping[str, frozenset[str]],
    allowed: Mapping[str, frozenset[str]],
) -> list[str]:
    doelen = _doelen(exposure)
    if not doelen:
        return [f"{exposure['name']} names no purpose (meta.doelen)"]
    faults = []
    for unique_id in _upstream(exposure, manifest):
        node = manifest["nodes"].get(unique_id) or manifest["sources"][unique_id]
        inputs = {node["name"]: _doelen(node)}
        if node["resource_type"] == "source":
            inputs |= {bron: allowed.get(bron, frozenset()) for bron in bronnen[node["name"]]}
        faults += [
            f"{exposure['name']}: purpose {doel} is not allowed for {name}"
            for name, permitted in inputs.items()
            for doel in sorted(doelen - permitted)
        ]
    return faults


def _doelen(node: dict[str, Any]) -> frozenset[str]:
    meta = node.get("config", {}).get("meta") or node.get("meta") or {}
    return frozenset(meta.get("doelen", []))


def _upstream(exposure: dict[str, Any], manifest: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    todo = list(exposure["depends_on"]["nodes"])
    while todo:
        unique_id = todo.pop()
        if unique_id not in found:
            found.add(unique_id)
            todo.extend(manifest["parent_map"].get(unique_id, []))
    return found
