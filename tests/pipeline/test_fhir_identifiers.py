"""No direct identifier and no free text passes intake, in any table of the kerngegevens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from fhir_lezer_patient import TABELLEN
from outside import OUTSIDE, needs_outside

from ingest.intake import ingest_path
from ingest.settings import Settings

OWN = Path(__file__).parent / "samenvatting.ndjson"
#: Elements whose every text identifies a person, or may.
SECRET = {
    "name", "telecom", "address", "birthDate", "div", "note", "contact", "identifier", "display",
    "serialNumber", "carrierHRF", "subscriberId", "valueString", "description", "conclusion",
}  # fmt: skip
#: Texts below those that stand for no person: code systems, units of use and the like.
PUBLIC = {"system", "use", "url", "type", "period", "country"}


def secrets(node: Any, inside: bool = False) -> Iterator[str]:
    """Texts at or below the elements of ``SECRET``; ids of the resources too."""
    if isinstance(node, dict):
        for name, value in node.items():
            if not (inside and name in PUBLIC):
                yield from secrets(value, inside or name in SECRET)
    elif isinstance(node, list):
        for value in node:
            yield from secrets(value, inside)
    elif inside and isinstance(node, str):
        yield node


def stored(home: Path) -> dict[str, set[str]]:
    """Distinct texts in ``raw/``, by table and column; where it came from is left out."""
    found: dict[str, set[str]] = {}
    for folder in sorted((home / "raw").iterdir()):
        relation = duckdb.read_parquet(str(folder / "**/*.parquet"), hive_partitioning=False)
        columns = zip(relation.columns, relation.types, strict=True)
        for column in [n for n, kind in columns if str(kind) == "VARCHAR"]:
            if column not in {"bron_id", "periode", "levering_id"}:
                values = relation.project(f'"{column}"').distinct().fetchall()
                found[f"{folder.name}.{column}"] = {v for (v,) in values if v is not None}
    return found


def leaks(home: Path, texts: set[str]) -> list[tuple[str, str]]:
    """Places where a secret is, or is part of, a stored text."""
    return [
        (place, secret)
        for place, values in stored(home).items()
        if values
        for secret in texts
        if any(secret in value for value in values)
    ]


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    ingest_path(OWN, "fhir-ziekenhuizen", settings, periode="2025")
    return settings.home


def test_nothing_of_our_persons_is_stored(home: Path) -> None:
    records = [json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]
    texts = {t for record in records for t in secrets(record) if len(t) > 3} - {"0403"}
    texts |= {f"{r['resourceType']}/{r['id']}" for r in records} | {"999900006", "3511 AB"}
    texts -= set().union(*(_agb(record) for record in records))
    assert len(texts) > 30
    assert leaks(home, texts) == []
    written = {folder.name for folder in (home / "raw").iterdir()}
    assert set(TABELLEN) <= written, "a table without rows was not looked at"


def _agb(node: Any) -> set[str]:
    """AGB codes, which are public and kept."""
    if isinstance(node, dict):
        own = {node["value"]} if str(node.get("system", "")).endswith("/agb-z") else set()
        return own.union(*map(_agb, node.values()))
    return set().union(*map(_agb, node)) if isinstance(node, list) else set()


def test_the_scan_finds_what_is_there(home: Path) -> None:
    assert leaks(home, {"84114007"})


@needs_outside
@pytest.mark.parametrize("folder", ["nl-core-zib2020/json", "vendor-r4", "eps"])
def test_nothing_of_persons_in_files_from_outside_is_stored(
    folder: str, settings: Settings
) -> None:
    ingest_path(OUTSIDE / "fhir" / folder, "elders", settings, periode="2025")
    patients = {"Patient", "RelatedPerson"}
    texts = {
        text
        for file in (OUTSIDE / "fhir" / folder).glob("*.json")
        for resource in _resources(json.loads(file.read_text(encoding="utf-8-sig")))
        if resource["resourceType"] in patients
        for text in secrets(resource)
        if len(text) > 4
    }
    assert len(texts) > 5
    assert leaks(settings.home, texts) == []


def _resources(content: dict[str, Any]) -> list[dict[str, Any]]:
    if content["resourceType"] == "Bundle":
        return [e["resource"] for e in content["entry"] if "resource" in e]
    return [content]
