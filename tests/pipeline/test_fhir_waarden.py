"""Every kind of value through intake to ``raw/``: no digit lost, nothing guessed, no free text."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.intake import ingest_path
from ingest.settings import Settings

NL_CORE = "http://nictiz.nl/fhir/StructureDefinition/nl-core-"
UCUM = "http://unitsofmeasure.org"
SNOMED = "http://snomed.info/sct"
GEHEIM = "Jansen uit de Dorpsstraat"


def quantity(value: str, unit: str | None = "mmol/L", code: str | None = "mmol/L") -> str:
    parts = {"value": f"#{value}#", "unit": unit, "code": code, "system": code and UCUM}
    text = json.dumps({k: v for k, v in parts.items() if v})
    return text.replace('"#', "").replace('#"', "")


def observation(identity: str, content: str, code: str = "1-8") -> str:
    head = {
        "resourceType": "Observation",
        "id": identity,
        "meta": {
            "versionId": "1",
            "lastUpdated": "2025-01-02T03:04:05Z",
            "profile": [NL_CORE + "LaboratoryTestResult"],
        },
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
    }
    return json.dumps(head)[:-1] + f",{content}}}"  # the content as text: 2.00 stays 2.00


def loaded(folder: Path, settings: Settings, *lines: str) -> duckdb.DuckDBPyConnection:
    """Take a delivery in and show its raw tables."""
    (folder / "a.ndjson").write_text("\n".join(lines), encoding="utf-8")
    report = ingest_path(folder / "a.ndjson", "fhir-ziekenhuizen", settings, periode="2025")
    assert report.status == "geaccepteerd", report.as_dict()
    con = duckdb.connect()
    for tabel in (settings.home / "raw").iterdir():
        con.execute(f"create view {tabel.name} as from read_parquet('{tabel}/**/*.parquet')")
    return con


def one(con: duckdb.DuckDBPyConnection, columns: str, tabel: str = "fhir_meting") -> Any:
    rows = con.execute(f"select {columns} from {tabel}").fetchall()
    assert len(rows) == 1
    return rows[0]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2.00", Decimal("2.000000")),
        ("1.8287822299126937", Decimal("1.828782")),
        ("-0.000000001", Decimal(0)),
        ("1e-3", Decimal("0.001000")),
        ("7", Decimal("7.000000")),
        ("0.10", Decimal("0.100000")),
    ],
)
def test_no_digit_is_lost(tmp_path: Path, settings: Settings, text: str, number: Decimal) -> None:
    con = loaded(tmp_path, settings, observation("o", f'"valueQuantity":{quantity(text)}'))
    assert one(con, "waarde_tekst, waarde") == (text, number)


def test_what_the_source_wrote_as_unit_stays(tmp_path: Path, settings: Settings) -> None:
    text = f'"valueQuantity":{quantity("5", "mm Hg", None)}'.replace('{"v', '{"comparator":"<","v')
    con = loaded(tmp_path, settings, observation("o", text))
    columns = "comparator, eenheid, eenheid_stelsel, eenheid_code, eenheid_tekst"
    assert one(con, columns) == ("<", None, None, None, "mm Hg")


@pytest.mark.parametrize("unit", [GEHEIM * 2, "bsn 999900006", "a@b.nl", "x;y"])
def test_a_unit_is_no_door_for_free_text(tmp_path: Path, settings: Settings, unit: str) -> None:
    con = loaded(tmp_path, settings, observation("o", f'"valueQuantity":{quantity("5", unit)}'))
    assert one(con, "eenheid_tekst, eenheid_code") == (None, "mmol/L")


VALUES: list[tuple[str, str, tuple[Any, ...]]] = [
    ('"valueInteger":3', "waarde, waarde_tekst", (Decimal(3), "3")),
    ('"valueBoolean":false', "waarde_ja_nee", (False,)),
    ('"valueTime":"12:30:00"', "waarde_tijd", ("12:30:00",)),
    ('"valueDateTime":"2025-01-01T12:00:00+01:00"', "waarde_moment", (datetime(2025, 1, 1, 11),)),
    (
        '"valuePeriod":{"start":"2025-01-01","end":"2025-01-03"}',
        "waarde_moment, waarde_moment_eind",
        (datetime(2025, 1, 1), datetime(2025, 1, 3)),
    ),
    (
        f'"valueRange":{{"low":{quantity("1.5")},"high":{quantity("2.50")}}}',
        "waarde_laag, waarde_hoog, waarde_bereik_eenheid, waarde",
        (Decimal("1.5"), Decimal("2.5"), "mmol/L", None),
    ),
    (
        '"valueRatio":{"numerator":{"value":1,"comparator":">"},"denominator":{"value":128}}',
        "waarde_teller, waarde_teller_comparator, waarde_noemer",
        (Decimal(1), ">", Decimal(128)),
    ),
    (
        '"valueSampledData":{"origin":{"value":0},"period":1,"dimensions":1,"data":"1 2 3"}',
        "heeft_signaal, heeft_tekstwaarde, waarde",
        (True, False, None),
    ),
    (f'"valueString":"{GEHEIM}"', "heeft_tekstwaarde, waarde_code", (True, None)),
    (
        '"dataAbsentReason":{"coding":[{"system":"urn:r","code":"unknown"}]}',
        "reden_leeg_stelsel, reden_leeg_code, waarde",
        ("urn:r", "unknown", None),
    ),
    (
        '"valueCodeableConcept":{"coding":[{"system":"urn:x","code":"p"},'
        '{"system":"http://snomed.info/sct","code":"10828004"}],"text":"' + GEHEIM + '"}',
        "waarde_stelsel, waarde_code",
        (SNOMED, "10828004"),
    ),
]


@pytest.mark.parametrize("level", ["geheel", "onderdeel"])
@pytest.mark.parametrize(("value", "columns", "expected"), VALUES, ids=[v[0][:20] for v in VALUES])
def test_every_value_type_is_read(
    tmp_path: Path,
    settings: Settings,
    value: str,
    columns: str,
    expected: tuple[Any, ...],
    level: str,
) -> None:
    code = f'{{"code":{{"coding":[{{"system":"http://loinc.org","code":"2-6"}}]}},{value}}}'
    content = value if level == "geheel" else f'"component":[{code}]'
    con = loaded(tmp_path, settings, observation("o", content))
    tabel = "fhir_meting" if level == "geheel" else "fhir_meting_component"
    assert one(con, columns, tabel) == expected
    for path in (settings.home / "raw").rglob("*.parquet"):
        assert GEHEIM not in str(con.execute(f"from '{path}'").fetchall())


def test_a_birth_date_does_not_pass_as_a_value(tmp_path: Path, settings: Settings) -> None:
    birth = observation("o", '"valueDateTime":"1950-03-02"', code="21112-8")
    con = loaded(tmp_path, settings, birth)
    assert one(con, "code, waarde_moment") == ("21112-8", None)


def test_all_codings_of_a_value_are_kept(tmp_path: Path, settings: Settings) -> None:
    value = '"valueCodeableConcept":{"coding":[{"system":"urn:a","code":"1"},{"code":"2"}]}'
    part = '"component":[{"code":{"coding":[{"system":"urn:p","code":"s"}]},' + value + "}]"
    con = loaded(tmp_path, settings, observation("o", f"{value},{part}"))
    rows = con.execute(
        "select rol, onderdeel_nr, stelsel, code from fhir_meting_codering order by all"
    ).fetchall()
    assert rows == [
        ("onderdeel_waarde", 0, "urn:a", "1"),
        ("onderdeel_waarde", 0, None, "2"),
        ("waarde", None, "urn:a", "1"),
        ("waarde", None, None, "2"),
    ]


def test_an_empty_section_keeps_its_reason(tmp_path: Path, settings: Settings) -> None:
    composition = {
        "resourceType": "Composition",
        "id": "c",
        "meta": {"versionId": "1", "profile": [NL_CORE + "SOAPReport"]},
        "status": "final",
        "type": {"coding": [{"system": "http://loinc.org", "code": "60591-5"}]},
        "date": "2025-01-02T10:00:00+01:00",
        "author": [{"reference": "PractitionerRole/r"}],
        "title": GEHEIM,
        "section": [
            {
                "code": {"coding": [{"system": "http://loinc.org", "code": "48765-2"}]},
                "emptyReason": {"coding": [{"system": "urn:leeg", "code": "nilknown"}]},
                "section": [{"title": "x", "entry": [{"reference": "Flag/1"}]}],
            },
        ],
    }
    con = loaded(tmp_path, settings, json.dumps(composition))
    rows = con.execute(
        "select geregistreerd_op, soort_code, onderdeel_code, leeg_reden_code, heeft_inhoud "
        "from fhir_verslag_samenstelling order by onderdeel_code nulls last"
    ).fetchall()
    moment = datetime(2025, 1, 2, 9)
    assert rows == [
        (moment, "60591-5", "48765-2", "nilknown", False),
        (moment, "60591-5", None, None, True),
    ]
