"""The files from outside: counts per file, the old generation refused, nothing invented."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from xml.sax.saxutils import quoteattr

import duckdb
import pytest
from outside import OUTSIDE, needs_outside

from ingest.fhir.door.records import RecordReader
from ingest.fhir.intake import read
from ingest.reading import RECORD_TABLES_SQL, DeliveredFile, Delivery
from ingest.settings import Settings


def delivery(*files: Path) -> Delivery:
    delivered = tuple(DeliveredFile(f, f.name, "", f.stat().st_size) for f in sorted(files))
    return Delivery("onbekend", "fhir", "2025", "l0", delivered)


def connection() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute(RECORD_TABLES_SQL)
    return con


def expected_counts() -> list[tuple[str, dict[str, int], int]]:
    file = OUTSIDE / "expected_fhir_counts.csv"
    if not file.is_file():
        return []
    found = []
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            types = row["bundle_resource_types"] or row["resource_types"]
            counts = dict(part.split("=") for part in types.split(";") if part)
            bundles = 1 if row["bundle_type"] else 0
            found.append((row["file"], {k: int(v) for k, v in counts.items()}, bundles))
    return found


@needs_outside
def test_counts_per_file() -> None:
    wrong, files = [], 0
    for name, counts, bundles in expected_counts():
        reader = RecordReader()
        got = Counter(n for b in reader.read(delivery(OUTSIDE / name).files) for n in b.naam)
        files += 1
        if got != counts or reader.bundels != bundles:
            wrong.append((name, got, counts, reader.special))
    assert wrong == []
    assert files > 100


@needs_outside
def test_the_old_generation_is_refused_on_its_profile() -> None:
    con = connection()
    files = list((OUTSIDE / "fhir" / "vendor-legacy-zib2017").glob("*.json"))
    read(con, delivery(*files), Settings(threads=1))
    refused = con.execute(
        "select distinct record_nr from afkeur where reden_code = 'FHIR-GENERATIE-STU3'"
    ).fetchall()
    assert len(refused) == len(files) == 5


def as_xml(value: object, name: str) -> str:
    """JSON as FHIR XML, by the plain rules; enough for resources without extensions of values."""
    if isinstance(value, list):
        return "".join(as_xml(item, name) for item in value)
    if isinstance(value, dict):
        inner = {k: v for k, v in value.items() if k[:1] != "_" and k not in ("url", "div")}
        kind = inner.pop("resourceType", None)
        text = "".join(as_xml(below, key) for key, below in inner.items())
        text = f"<{kind}>{text}</{kind}>" if kind else text
        url = f" url={quoteattr(value['url'])}" if name == "extension" else ""
        return f"<{name}{url}>{text}</{name}>"
    spelled = str(value).lower() if isinstance(value, bool) else str(value)
    return f"<{name} value={quoteattr(spelled)}/>"


@needs_outside
def test_the_old_generation_is_refused_in_bundles_and_as_xml(tmp_path: Path) -> None:
    files = sorted((OUTSIDE / "fhir" / "vendor-legacy-zib2017").glob("*.json"))
    resources = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    entries = [{"resource": resource} for resource in resources]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    (tmp_path / "bundel.json").write_text(json.dumps(bundle))
    (tmp_path / "regel.ndjson").write_text(json.dumps(bundle))
    for number, resource in enumerate(resources):
        kind = resource["resourceType"]
        inner = as_xml(resource, "x").removeprefix("<x>").removesuffix("</x>")
        xml = inner.replace(f"<{kind}>", f'<{kind} xmlns="http://hl7.org/fhir">', 1)
        (tmp_path / f"{number}.xml").write_text(xml, encoding="utf-8")
    for name in ("bundel.json", "regel.ndjson", "*.xml"):
        con = connection()
        read(con, delivery(*tmp_path.glob(name)), Settings(threads=1))
        refused = con.execute(
            "select count(distinct record_nr) from afkeur where reden_code = 'FHIR-GENERATIE-STU3'"
        ).fetchone()
        assert refused == (5,), name
        assert con.execute("select count(*) from record").fetchone() == (5,), name


@needs_outside
def test_every_xml_file_is_one_record_of_its_type() -> None:
    files = sorted((OUTSIDE / "fhir").rglob("*.xml"))
    for file in files:
        reader = RecordReader()
        names = [n for b in reader.read(delivery(file).files) for n in b.naam]
        assert f"<{names[0]} " in file.read_text(encoding="utf-8")[:3000], file
        assert len(names) == 1
    assert len(files) > 10


@needs_outside
@pytest.mark.parametrize(
    "folder", ["nl-core-zib2020/json", "nl-core-zib2024/json", "vendor-r4", "eps", "lab", "hdr"]
)
def test_the_right_generation_passes(folder: str) -> None:
    con = connection()
    files = [f for f in (OUTSIDE / "fhir" / folder).iterdir() if f.suffix == ".json"]
    reading = read(con, delivery(*files), Settings(threads=1))
    codes = con.execute("select distinct reden_code from afkeur").fetchall()
    assert set(codes) <= {("FHIR-TYPE-GEEN-VIEW",), ("FHIR-PROFIEL-ONBEKEND",)}
    rows = sum(
        con.execute(f"select count(*) from proj_{tabel}").fetchone()[0]  # type: ignore[index]
        for tabel in reading.tabellen
    )
    assert rows > 0


@needs_outside
def test_synthea_refers_to_its_own_patients() -> None:
    con = connection()
    folder = OUTSIDE / "fhir" / "synthea"
    files = [*(folder / "bundles").glob("*.json"), *(folder / "ndjson").glob("*.ndjson")]
    read(con, delivery(*files), Settings(threads=1))
    assert con.execute(
        "select count(*) from proj_fhir_meting where patient_ref is null or patient_ref not in "
        "(select resource_ref from proj_fhir_patient)"
    ).fetchone() == (0,)
    assert con.execute("select count(*) > 2000 from proj_fhir_meting").fetchone() == (True,)
