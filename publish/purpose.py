"""No purpose, no data: an extract may only serve what all its sources allow.

The purposes of a source stand in ``schemas/bronnen.csv``. A model may narrow them with ``doelen``
in its meta. An exposure that asks for more than any source or model above it allows stops the
publication.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import schemas
from ingest.errors import PublicationError
from publish.exposure import Exposure

_BRONNEN = Path(schemas.__file__).with_name("bronnen.csv")

#: Family of a raw table, by the first part of its name.
#: Families of sources by the first word of a raw table. Judgements (``dq``) are about records of
#: every family, so what is made of them is bound by the purposes of every source.
_FAMILIES = {
    "fhir": ("fhir",),
    "decl": ("declaratie",),
    "reg": ("register",),
    "dq": ("fhir", "declaratie", "register"),
}


@dataclass(frozen=True)
class Bron:
    """A source and the purposes it allows."""

    bron_id: str
    soort: str
    doelen: frozenset[str]


@dataclass(frozen=True)
class Lineage:
    """Where an extract comes from.

    Attributes:
        modellen: names of all models above the exposure, sorted.
        bronnen: source ids by raw table, sorted.
    """

    modellen: tuple[str, ...]
    bronnen: dict[str, tuple[str, ...]]


def read_bronnen(file: Path = _BRONNEN) -> list[Bron]:
    """The sources with the purposes they allow.

    Args:
        file: ``schemas/bronnen.csv`` or one of its shape.

    Returns:
        The sources.
    """
    with file.open(encoding="utf-8", newline="") as lines:
        return [
            Bron(row["bron_id"], row["soort"], frozenset(row["doelen"].split(";")))
            for row in csv.DictReader(lines)
        ]


def check_purposes(exposure: Exposure, manifest: dict[str, Any], bronnen: list[Bron]) -> Lineage:
    """Walk from the exposure to its sources and compare purposes.

    Args:
        exposure: what asks to be published.
        manifest: dbt's manifest.
        bronnen: the sources and their purposes.

    Returns:
        The lineage of the exposure.

    Raises:
        PublicationError: a purpose is not allowed, or a source is not known.
    """
    above = _above(exposure.model, manifest)
    tables: dict[str, tuple[str, ...]] = {}
    for node in above:
        if node.startswith("source."):
            table = manifest["sources"][node]["name"]
            family = [bron for bron in bronnen if bron.soort in _families(exposure, table)]
            if not family:
                raise PublicationError(
                    f"Exposure {exposure.naam}: no source in bronnen.csv feeds {table}."
                )
            for bron in family:
                _compare(exposure, bron.doelen, f"source {bron.bron_id} ({table})")
            tables[table] = tuple(sorted(bron.bron_id for bron in family))
        else:
            _compare(exposure, _model_purposes(manifest["nodes"][node]), f"model {node}")
    if not tables:
        raise PublicationError(f"Exposure {exposure.naam}: no source found above {exposure.model}.")
    models = {manifest["nodes"][n]["name"] for n in above if n.startswith("model.")}
    return Lineage(tuple(sorted(models)), dict(sorted(tables.items())))


def _above(start: str, manifest: dict[str, Any]) -> list[str]:
    """The model, everything it is built from, and the sources below that, sorted."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        if not node.startswith("source."):
            waiting += manifest["nodes"][node].get("depends_on", {}).get("nodes", [])
    return sorted(seen)


def _families(exposure: Exposure, table: str) -> tuple[str, ...]:
    found = _FAMILIES.get(table.split("_")[0])
    if found is None:
        raise PublicationError(
            f"Exposure {exposure.naam}: source table {table} belongs to no known family "
            f"({', '.join(sorted(_FAMILIES))}), so its purposes are unknown."
        )
    return found


def _model_purposes(node: dict[str, Any]) -> frozenset[str] | None:
    meta = {**node.get("meta", {}), **node.get("config", {}).get("meta", {})}
    return frozenset(meta["doelen"]) if "doelen" in meta else None


def _compare(exposure: Exposure, allowed: frozenset[str] | None, where: str) -> None:
    refused = [] if allowed is None else [doel for doel in exposure.doelen if doel not in allowed]
    if refused:
        raise PublicationError(
            f"Exposure {exposure.naam} is not published: doel '{refused[0]}' is not allowed by "
            f"{where}, which allows {', '.join(sorted(allowed or ()))}."
        )
