"""What is odd about a FHIR delivery and kept: references, dates, and how the report tells it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from outside import OUTSIDE, needs_outside
from typer.testing import CliRunner

from ingest.cli import app
from ingest.fhir.loading import load_records
from ingest.fhir.validation.dates import check_dates, rules
from ingest.fhir.validation.references import check_references
from ingest.fhir.validation.structure import check_structure
from ingest.fhir.view.types import Choice, Element, elements
from ingest.intake import ingest_path
from ingest.pseudonym import write_key
from ingest.reading import RECORD_TABLES_SQL, DeliveredFile, Delivery
from ingest.report import IntakeReport, collect_reasons, collect_warnings
from ingest.settings import Settings

CODE = {"coding": [{"system": "http://loinc.org", "code": "1-8"}]}
PATIENT = {"resourceType": "Patient", "id": "p1"}


def observation(identity: str, **content: Any) -> dict[str, Any]:
    plain = {"resourceType": "Observation", "id": identity, "status": "final", "code": CODE}
    return plain | content


def load(*paths: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute(RECORD_TABLES_SQL)
    files = tuple(DeliveredFile(p, p.name, "", p.stat().st_size) for p in sorted(paths))
    load_records(con, Delivery("onbekend", "fhir", "2025", "l0", files))
    check_structure(con, Settings(threads=1))
    check_references(con)
    check_dates(con)
    return con


def written(folder: Path, *resources: Any) -> Path:
    file = folder / "a.ndjson"
    file.write_text("\n".join(json.dumps(r) for r in resources), encoding="utf-8")
    return file


def warned(con: duckdb.DuckDBPyConnection, prefix: str) -> set[tuple[int, str]]:
    return set(
        con.execute(
            "select regel, element from waarschuwing inner join record using (record_nr) "
            "where starts_with(reden_code, ?)",
            [prefix],
        ).fetchall()
    )


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ({"reference": "Patient/p1"}, None),
        ({"reference": "Patient/p1/_history/3"}, None),
        ({"reference": "https://ergens.nl/fhir/Patient/p1"}, None),
        ({"reference": "https://elders.nl/fhir/Patient/onbekend"}, None),
        ({"reference": "Patient?identifier=http://x|1"}, None),
        ({"identifier": {"system": "urn:x", "value": "1"}}, None),
        ({"display": "iemand"}, None),
        ({"reference": "#c"}, None),
        ({"reference": "#"}, None),
        ({"reference": "#weg"}, "onbekend"),
        ({"reference": "Patient/p2"}, "Patient"),
        ({"reference": "Group/p1"}, "Group"),
        ({"reference": "Jansen/999900006"}, "onbekend"),
        ({"reference": "urn:uuid:c757873d-ec9a-4326-a141-556f43239520"}, "onbekend"),
        ({"reference": "p1"}, "onbekend"),
    ],
)
def test_references(tmp_path: Path, reference: dict[str, Any], expected: str | None) -> None:
    contained = [{"resourceType": "Patient", "id": "c"}]
    con = load(written(tmp_path, PATIENT, observation("o", contained=contained, subject=reference)))
    assert collect_reasons(con) == []
    found = warned(con, "FHIR-VERWIJZING")
    assert found == ({(2, f"Observation.subject -> {expected}")} if expected else set())


def test_what_looks_like_a_reference_in_a_text_is_none(tmp_path: Path) -> None:
    text = 'zie "reference":"Patient/p9" en \\"reference\\":\\"Patient/p9\\"'
    con = load(written(tmp_path, PATIENT, observation("o", valueString=text)))
    assert warned(con, "FHIR-VERWIJZING") == set()


def test_an_escaped_slash_is_a_slash(tmp_path: Path) -> None:
    file = written(tmp_path, PATIENT, observation("o", subject={"reference": "Patient/p1"}))
    file.write_text(file.read_text().replace("Patient/p1", "Patient\\/p1"))
    assert warned(load(file), "FHIR-VERWIJZING") == set()


def test_the_first_of_each_type_is_told_to_the_element_and_all_are_counted(
    tmp_path: Path,
) -> None:
    nowhere = {"reference": "Practitioner/weg"}
    many = [observation(f"o{n}", performer=[{"display": "x"}, nowhere]) for n in range(3)]
    con = load(written(tmp_path, *many))
    [warning] = collect_warnings(con)
    assert (warning.code, warning.tabel, warning.aantal) == (
        "FHIR-VERWIJZING-ONBEKEND",
        "Observation",
        3,
    )
    assert warning.voorbeeld == {
        "bestand": "a.ndjson",
        "regel": 1,
        "element": "Observation.performer[1] -> Practitioner",
    }


def test_a_bundle_answers_its_own_references(tmp_path: Path) -> None:
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {"fullUrl": "urn:uuid:a1", "resource": {"resourceType": "Patient"}},
            {
                "fullUrl": "urn:uuid:a2",
                "resource": observation("o", subject={"reference": "urn:uuid:a1"}),
            },
        ],
    }
    file = tmp_path / "b.json"
    file.write_text(json.dumps(bundle), encoding="utf-8")
    assert warned(load(file), "FHIR-VERWIJZING") == set()


NOON = datetime(2025, 6, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ({"birthDate": "1899-12-31"}, {("FHIR-DATUM-VROEG", "Patient.birthDate")}),
        ({"birthDate": "1899"}, {("FHIR-DATUM-VROEG", "Patient.birthDate")}),
        ({"birthDate": "1900"}, set()),
        ({"birthDate": "2025-06-16"}, set()),
        ({"birthDate": "2025-06-17"}, {("FHIR-DATUM-TOEKOMST", "Patient.birthDate")}),
        ({"birthDate": "2025-06"}, set()),
        ({"birthDate": "2025-07"}, {("FHIR-DATUM-TOEKOMST", "Patient.birthDate")}),
        ({"birthDate": "2025"}, set()),
        (
            {"birthDate": "2000-05-02", "deceasedDateTime": "2000-05-01T10:00:00Z"},
            {("FHIR-DATUM-VOLGORDE", "Patient.deceasedDateTime")},
        ),
        ({"birthDate": "2000-05-02", "deceasedDateTime": "2000-05"}, set()),
        ({"birthDate": "2000-05-02", "deceasedDateTime": "2000-05-02T00:00:00Z"}, set()),
        (
            {"birthDate": "2000-05-02", "deceasedDateTime": "2000-04"},
            {("FHIR-DATUM-VOLGORDE", "Patient.deceasedDateTime")},
        ),
    ],
)
def test_dates(tmp_path: Path, resource: dict[str, Any], expected: set[tuple[str, str]]) -> None:
    con = load(written(tmp_path, PATIENT | resource))
    con.execute("delete from waarschuwing")
    check_dates(con, NOON)
    found = con.execute("select reden_code, element from waarschuwing").fetchall()
    assert set(found) == expected


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("2025-01-01T10:00:00+01:00", "2025-01-01T09:30:00Z", False),
        ("2025-01-01T10:00:00+01:00", "2025-01-01T08:30:00Z", True),
        ("2025-01-01T10:00:00+01:00", "2025-01-01", False),
        ("2025-01-02", "2025-01-01T23:00:00Z", True),
        ("2025-02", "2025-01-31", True),
        ("2025", "2025-01-31", False),
    ],
)
def test_an_end_before_its_start(tmp_path: Path, start: str, end: str, wrong: bool) -> None:
    con = load(written(tmp_path, observation("o", effectivePeriod={"start": start, "end": end})))
    found = warned(con, "FHIR-DATUM-VOLGORDE")
    assert found == ({(1, "Observation.effectivePeriod.end")} if wrong else set())


def test_every_date_of_the_table_is_an_element() -> None:
    def option(type_name: str, name: str) -> Element:
        options = [
            one
            for element in elements(type_name).values()
            for one in (element.options if isinstance(element, Choice) else (element,))
        ]
        return next(one for one in options if one.name == name)

    for rule in rules():
        for path in filter(None, (rule.element, rule.element2)):
            kind = rule.resource
            for name in path.split("."):
                element = option(kind, name)
                assert not element.many, rule
                kind = element.type
            assert kind in ("date", "dateTime", "instant"), rule


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("IZA_HOME", str(tmp_path / "home"))
    settings = Settings(home=tmp_path / "home", threads=1)
    write_key(settings, demo=True)
    return settings


def test_warnings_are_reported_and_their_records_kept(tmp_path: Path, home: Settings) -> None:
    file = written(
        tmp_path,
        PATIENT | {"birthDate": "1850-01-01"},
        observation("o", subject={"reference": "Patient/999900006"}),
        {"resourceType": "Patient", "id": "fout", "gender": "M", "birthDate": "1850-01-01"},
    )
    report = ingest_path(file, "onbekend", home, soort="fhir", periode="2025")
    told = report.as_dict()
    assert report.total().geaccepteerd == 2
    assert [(r["code"], r["tabel"], r["aantal"]) for r in told["redenen"]] == [
        ("CODE-ONBEKEND", "Patient", 1)
    ]
    # the refused Patient of 1850 is no warning: it was not accepted
    assert [(r["code"], r["tabel"], r["aantal"]) for r in told["waarschuwingen"]] == [
        ("FHIR-DATUM-VROEG", "Patient", 1),
        ("FHIR-VERWIJZING-ONBEKEND", "Observation", 1),
    ]
    assert set(told["waarschuwingen"][0]) == set(told["redenen"][0])
    assert "999900006" not in json.dumps(told)
    again = ingest_path(file, "onbekend", home, soort="fhir", periode="2025")
    assert again.waarschuwingen == report.waarschuwingen
    shown = CliRunner().invoke(app, ["explain", "delivery", report.levering_id])
    assert shown.exit_code == 0
    assert "Accepted, with a warning:" in shown.stdout
    assert "Observation.subject -> Patient" in shown.stdout
    assert "999900006" not in shown.stdout


def test_a_report_from_before_there_were_warnings_is_read() -> None:
    old = {
        "levering": "l", "bron": "b", "soort": "fhir", "periode": "2025", "status": "geaccepteerd",
        "tabellen": {}, "redenen": [], "rijen": {}, "bijzonder": {},
    }  # fmt: skip
    assert IntakeReport.from_dict(old, herhaling=True).waarschuwingen == []


@needs_outside
def test_exactly_one_reference_of_the_official_examples_dangles() -> None:
    con = load(*(OUTSIDE / "fhir" / "nl-core-zib2020" / "json").glob("*.json"))
    assert [(w.code, w.aantal, w.voorbeeld) for w in collect_warnings(con)] == [
        (
            "FHIR-VERWIJZING-ONBEKEND",
            1,
            {
                "bestand": "nl-core-MultidisciplinaryTeamMeeting-01-Procedure-01.json",
                "regel": 1,
                "element": "Procedure.subject -> Patient",
            },
        )
    ]
    assert collect_reasons(con) == []
    assert con.execute("select count(*) from record").fetchall() == [(137,)]
