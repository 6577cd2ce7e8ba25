"""Tables of the patient summary against an independent reading of the same files."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from fhir_lezer_patient import TABELLEN
from outside import OUTSIDE, needs_outside

from ingest.fhir.intake import read
from ingest.reading import RECORD_TABLES_SQL, DeliveredFile, Delivery
from ingest.settings import Settings

OWN = Path(__file__).parent / "samenvatting.ndjson"
#: Fewest rows a set gives in some tables, so that nothing compared with nothing fails.
SETS: dict[str, dict[str, int]] = {
    "nl-core-zib2020/json/*.json": {
        "fhir_patient": 2, "fhir_diagnose": 15, "fhir_diagnose_kenmerk": 6, "fhir_contact": 1,
        "fhir_allergie_reactie": 1, "fhir_alert": 2, "fhir_behandelaanwijzing": 3,
        "fhir_betaler": 2, "fhir_zorgteam": 7, "fhir_zorgepisode": 2, "fhir_contactpersoon": 5,
        "fhir_hulpmiddel": 5, "fhir_hulpmiddel_gebruik": 5, "fhir_leefstijl": 3,
        "fhir_leefstijl_onderdeel": 7, "fhir_voedingsadvies": 1, "fhir_vaccinatie": 1,
        "fhir_verrichting": 4,
    },
    "nl-core-zib2024/json/*.json": {"fhir_patient": 1, "fhir_diagnose": 1},
    "eps/*.json": {
        "fhir_medicatiegebruik": 31, "fhir_medicatiegebruik_dosering": 10, "fhir_allergie": 12,
        "fhir_vaccinatie": 40, "fhir_vaccinatie_advies": 2, "fhir_verrichting": 41,
    },
    "hdr/*.json": {"fhir_toediening": 2, "fhir_contact": 1},
    "lab/*.json": {"fhir_aanvraag": 6, "fhir_hulpmiddel": 6},
    "vendor-r4/*.json": {"fhir_medicatie": 1, "fhir_medicatie_dosering": 1, "fhir_patient": 1},
    "edge/*.json": {"fhir_patient": 1},
    "synthea/bundles/*.json": {
        "fhir_contact": 156, "fhir_medicatie": 34, "fhir_toediening": 2, "fhir_vaccinatie": 51,
        "fhir_zorgteam": 30, "fhir_verrichting": 180,
    },
    "synthea/ndjson/*.ndjson": {"fhir_patient": 9, "fhir_diagnose": 71},
}  # fmt: skip


def resources(path: Path) -> Iterator[dict[str, Any]]:
    """Resources of a file; Bundles taken apart, references of a Bundle resolved."""
    text = path.read_text(encoding="utf-8-sig")
    lines = text.splitlines() if path.suffix == ".ndjson" else [text]
    for content in (json.loads(line, parse_float=str) for line in lines if line.strip()):
        entries = [e for e in content.get("entry", []) if "resource" in e]
        if content["resourceType"] != "Bundle":
            yield content
        known = {e["fullUrl"]: _address(e["resource"]) for e in entries if "fullUrl" in e}
        for entry in entries:
            yield _resolved(entry["resource"], known)


def _address(resource: dict[str, Any]) -> str:
    return f"{resource['resourceType']}/{resource.get('id')}"


def _resolved(node: Any, known: dict[str, str]) -> Any:
    if isinstance(node, list):
        return [_resolved(one, known) for one in node]
    if not isinstance(node, dict):
        return node
    found = {name: _resolved(value, known) for name, value in node.items()}
    if isinstance(node.get("reference"), str):
        found["reference"] = known.get(node["reference"], node["reference"])
    return found


@cache
def loaded(
    pattern: str,
) -> tuple[duckdb.DuckDBPyConnection, dict[tuple[str, str], dict[str, Any]]]:
    """The projected tables of a set and its accepted resources."""
    files = (OWN,) if pattern == OWN.name else tuple(sorted((OUTSIDE / "fhir").glob(pattern)))
    assert files, pattern
    con = duckdb.connect()
    con.execute(RECORD_TABLES_SQL)
    delivered = tuple(DeliveredFile(f, f.name, "", f.stat().st_size) for f in files)
    delivery = Delivery("elders", "fhir", "2025", "l" + "0" * 32, delivered)
    read(con, delivery, Settings(threads=1))
    taken = con.execute(
        "select naam, id from record inner join fhir_kop using (record_nr) "
        "where record_nr not in (select record_nr from afkeur)"
    ).fetchall()
    found = {(r["resourceType"], r.get("id")): r for f in files for r in resources(f)}
    return con, {known: found[known] for known in taken}


def plain(value: Any) -> Any:
    """Numbers as the text of the source, so that a lost digit shows."""
    return value if value is None or isinstance(value, bool) else str(value)


def compare(tabel: str, pattern: str) -> int:
    """Rows of a table and of the independent reading are the same; how many there are."""
    con, accepted = loaded(pattern)
    kind, reading = TABELLEN[tabel]
    expected = [row for known, r in accepted.items() if known[0] == kind for row in reading(r)]
    columns = list(expected[0]) if expected else ["resource_ref"]
    only = f" where soort in {_kinds(expected)}" if tabel.endswith("_kenmerk") and expected else ""
    names = ", ".join(f'"{column}"' for column in columns)
    there = Counter(
        tuple(map(plain, row))
        for row in con.execute(f"select {names} from proj_{tabel}{only}").fetchall()
    )
    wanted = Counter(tuple(plain(row[column]) for column in columns) for row in expected)
    assert list((there - wanted).items())[:3] == []
    assert list((wanted - there).items())[:3] == []
    return len(expected)


def _kinds(expected: list[dict[str, Any]]) -> str:
    return "(" + ", ".join(sorted({f"'{row['soort']}'" for row in expected})) + ")"


@needs_outside
@pytest.mark.parametrize("pattern", SETS)
@pytest.mark.parametrize("tabel", TABELLEN)
def test_rows_are_those_of_an_independent_reading(tabel: str, pattern: str) -> None:
    assert compare(tabel, pattern) >= SETS[pattern].get(tabel, 0)


@needs_outside
@pytest.mark.parametrize("folder", ["nl-core-zib2020", "nl-core-zib2024"])
def test_every_official_example_is_in_its_tables_with_its_code(folder: str) -> None:
    con, accepted = loaded(f"{folder}/json/*.json")
    kinds = {kind: tabel for tabel, (kind, _) in reversed(TABELLEN.items())}
    seen = 0
    for (kind, identity), resource in accepted.items():
        if kind in kinds and kind != "Observation":
            rows = con.execute(
                f"select * from proj_{kinds[kind]} where resource_ref = ?", [f"{kind}/{identity}"]
            ).fetchall()
            assert rows, (kind, identity)
            codes = [c["code"] for c in resource.get("code", {}).get("coding", [])]
            assert all(any(code in row for row in rows) for code in codes), (kind, identity)
            seen += 1
    assert seen >= (50 if folder.endswith("2020") else 2)


@needs_outside
def test_the_next_release_arrives_without_loss() -> None:
    _, accepted = loaded("nl-core-zib2024/json/*.json")
    assert len(accepted) == len(list((OUTSIDE / "fhir/nl-core-zib2024/json").glob("*.json"))) == 3


@pytest.mark.parametrize("tabel", TABELLEN)
def test_own_resources_give_what_an_independent_reading_finds(tabel: str) -> None:
    assert compare(tabel, OWN.name) > 0, "samenvatting.ndjson has no resource for this table"
