"""Deliver, delete, make again: the build follows the source, whatever order deliveries come in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from marts_bouw import gebouwd, opname  # noqa: F401 - fixtures

from ingest.intake import ingest_path
from ingest.pseudonym import write_key
from ingest.report import Telling
from ingest.settings import Settings
from marts.build import BuildResult, build
from marts.export import file_hash
from tests.compiled_dbt import compiled_dbt

pytestmark = pytest.mark.slow

BRON = "fhir-ziekenhuizen"
NL_CORE = "http://nictiz.nl/fhir/StructureDefinition/nl-core-"


def resource(kind: str, identity: str, moment: str, **content: Any) -> dict[str, Any]:
    profile = NL_CORE + {"Condition": "Problem"}.get(kind, kind)
    meta = {"lastUpdated": f"{moment}T10:00:00Z", "profile": [profile]}
    return {"resourceType": kind, "id": identity, "meta": meta, **content}


def patient(identity: str, bsn: str) -> dict[str, Any]:
    system = "http://fhir.nl/fhir/NamingSystem/bsn"
    identifier = [{"system": system, "value": bsn}]
    return resource(
        "Patient", identity, "2025-01-01", identifier=identifier, birthDate="1950-01-02"
    )


def condition(identity: str, moment: str, of: str = "p1") -> dict[str, Any]:
    return resource(
        "Condition", identity, moment,
        subject={"reference": f"Patient/{of}"},
        code={"coding": [{"system": "http://snomed.info/sct", "code": "84114007"}]},
        recordedDate=f"{moment}T09:00:00Z",
    )  # fmt: skip


def deletion(url: str, moment: str | None = None) -> dict[str, Any]:
    told = {"response": {"status": "204", "lastModified": f"{moment}T10:00:00Z"}} if moment else {}
    return {"request": {"method": "DELETE", "url": url}} | told


def bundle(kind: str, *entries: dict[str, Any], moment: str | None = None) -> dict[str, Any]:
    meta = {"meta": {"lastUpdated": f"{moment}T10:00:00Z"}} if moment else {}
    return {"resourceType": "Bundle", "type": kind, "entry": list(entries)} | meta


DELIVERIES: dict[str, list[dict[str, Any]]] = {
    "eerst.ndjson": [
        patient("p1", "999900006"),
        patient("p2", "111222333"),
        *(condition(f"c{n}", "2025-01-05") for n in range(1, 6)),
        condition("c6", "2025-01-05", of="p2"),
    ],
    # a history, with the resource that went and a version after it
    "geschiedenis.json": [
        bundle(
            "history",
            deletion("Condition/c1", "2025-02-01"),
            deletion("https://zh.example/fhir/Condition/c2/_history/2", "2025-02-01"),
            {"resource": condition("c2", "2025-03-01"), "request": {"method": "PUT", "url": "x"}},
            deletion("Condition?code=1"),
        )
    ],
    # the `deleted` file of a bulk export: its moment is that of the Bundle
    "deleted.ndjson": [
        bundle(
            "transaction", deletion("Condition/c3"), deletion("Patient/p2"), moment="2025-02-01"
        ),
        bundle("transaction", deletion("Condition/c4"), moment="2024-12-01"),
    ],
    "nogmaals.ndjson": [condition("c1", "2025-01-05"), bundle("batch", deletion("Condition/c5"))],
}


def write(folder: Path, name: str) -> Path:
    resources = DELIVERIES[name]
    lines = [json.dumps(r, indent=1 if name.endswith(".json") else None) for r in resources]
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return folder / name


def run(home: Path, names: list[str]) -> tuple[BuildResult, list[tuple[Any, ...]], dict[str, Any]]:
    settings = Settings(home=home, threads=1)
    write_key(settings, demo=True)
    reports = {
        name: ingest_path(write(home, name), BRON, settings, periode="2025") for name in names
    }
    result = build(settings, keep_database=home / "bouw.duckdb")
    with duckdb.connect(home / "bouw.duckdb", read_only=True) as con:
        facts = con.execute(
            "select cast(beschikbaar_op as varchar), count(*) "
            "from staging.stg_fhir_diagnose group by all order by all"
        ).fetchall()
        refused = con.execute(
            "select reden_code, aantal from (select reden_code, count(*) as aantal "
            "from core.quarantaine_bouw group by reden_code) where reden_code like 'FHIR%'"
        ).fetchall()
    return result, [*facts, *refused], reports


def test_deliver_delete_and_make_again_in_any_order(tmp_path: Path, opname: Path) -> None:  # noqa: F811
    orders = [list(DELIVERIES), list(reversed(DELIVERIES))]
    results = []
    for number, names in enumerate(orders):
        home = tmp_path / str(number)
        home.mkdir()
        with compiled_dbt(opname):
            results.append(run(home, names))
    (plain, facts, reports), (other, other_facts, _) = results
    # c2 made again; c4 was deleted before it was made; c6 has lost its patient; the rest is gone
    assert facts == [
        ("2025-01-05 10:00:00", 2), ("2025-03-01 10:00:00", 1), ("FHIR-PATIENT-ONBEKEND", 1)
    ]  # fmt: skip
    assert other_facts == facts
    assert other.bouw_id == plain.bouw_id
    written = {path.name: file_hash(path) for path in plain.map.glob("*.parquet")}
    assert {path.name: file_hash(path) for path in other.map.glob("*.parquet")} == written
    assert reports["geschiedenis.json"].tabellen == {
        "Condition": Telling(1, 1, 0, 0),
        "verwijdering": Telling(3, 2, 1, 0),
    }
    (reason,) = reports["geschiedenis.json"].redenen
    assert (reason.code, reason.tabel, reason.voorbeeld["regel"]) == (
        "FHIR-VERWIJDERING-ONBEKEND", "verwijdering", 4
    )  # fmt: skip
    assert reports["deleted.ndjson"].tabellen == {"verwijdering": Telling(3, 3, 0, 0)}
    assert reports["deleted.ndjson"].rijen["fhir_verwijdering"] == 3
