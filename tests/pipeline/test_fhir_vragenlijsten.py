"""PROMs, PREMs, images and documents through intake: what is kept of them, and what never is."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.intake import ingest_path
from ingest.settings import Settings

PROFIEL = "http://nictiz.nl/fhir/StructureDefinition/nl-core-"
GEHEIM = "mevrouw Van den Geheim"
NUMMER = "999900006"


def resource(kind: str, **content: Any) -> dict[str, Any]:
    meta = {
        "versionId": "1",
        "lastUpdated": "2025-05-02T09:00:00Z",
        "profile": [PROFIEL + "Patient"],
    }
    return {"resourceType": kind, "id": f"{kind}-1", "meta": meta} | content


ANTWOORDEN = resource(
    "QuestionnaireResponse",
    questionnaire="http://example.org/Questionnaire/prom|1.0",
    status="completed",
    subject={"reference": "Patient/p", "display": GEHEIM},
    authored="2025-05-01T10:00:00+02:00",
    source={"reference": "Patient/p"},
    item=[
        {"linkId": "1", "text": GEHEIM, "answer": [{"valueInteger": 7}]},
        {
            "linkId": "2",
            "item": [
                {
                    "linkId": "2.1",
                    "answer": [
                        {
                            "valueCoding": {"system": "urn:s", "code": "ja", "display": GEHEIM},
                            "item": [
                                {"linkId": "2.1.a", "answer": [{"valueDecimal": 2.5}]},
                                {"linkId": "2.1.b", "answer": [{"valueString": GEHEIM}]},
                            ],
                        },
                        {"valueCoding": {"system": "urn:s", "code": "soms"}},
                    ],
                },
                {"linkId": "2.2", "answer": [{"valueBoolean": False}]},
            ],
        },
        {"linkId": "3", "answer": [{"valueDate": "1950-03-17"}]},
        {"linkId": "4", "answer": [{"valueInteger": int(NUMMER)}]},
        {"linkId": "5"},  # not answered
        {
            "linkId": "6",
            "answer": [
                {
                    "valueQuantity": {
                        "value": 80,
                        "unit": "kg",
                        "system": "http://unitsofmeasure.org",
                        "code": "kg",
                    }
                }
            ],
        },
        {"linkId": "7", "answer": [{"valueTime": "07:30:00"}]},
    ],
)
VRAGEN = resource(
    "Questionnaire",
    url="http://example.org/Questionnaire/prom",
    version="1.0",
    title=GEHEIM,
    status="active",
    item=[
        {
            "linkId": "2",
            "type": "group",
            "text": GEHEIM,
            "item": [
                {
                    "linkId": "2.1",
                    "type": "choice",
                    "code": [{"system": "http://loinc.org", "code": "61577-3"}],
                }
            ],
        }
    ],
)
BEELD = resource(
    "ImagingStudy",
    status="available",
    subject={"reference": "Patient/p"},
    started="2025-05-01T10:00:00Z",
    description=GEHEIM,
    identifier=[{"system": "urn:dicom:uid", "value": "urn:oid:1.2.826.0.1." + NUMMER}],
    numberOfSeries=2,
    series=[
        {
            "uid": f"1.2.{number}.{NUMMER}",
            "description": GEHEIM,
            "modality": {"system": "http://dicom.nema.org/resources/ontology/DCM", "code": code},
            "bodySite": {"system": "http://snomed.info/sct", "code": "51185008"},
            "numberOfInstances": number,
        }
        for number, code in ((1, "CT"), (2, "SR"))
    ],
)
DOCUMENT = resource(
    "DocumentReference",
    status="current",
    docStatus="final",
    subject={"reference": "Patient/p"},
    date="2025-05-01T10:00:00Z",
    description=GEHEIM,
    type={"coding": [{"system": "http://loinc.org", "code": "18842-5"}], "text": GEHEIM},
    content=[
        {
            "attachment": {
                "contentType": "application/pdf",
                "url": f"https://example.org/{NUMMER}.pdf",
                "title": GEHEIM,
                "size": 1234,
            },
            "format": {"system": "urn:formaat", "code": "urn:ihe:xds-sd:pdf:2008"},
        }
    ],
)


@pytest.fixture
def con(tmp_path: Path, settings: Settings) -> duckdb.DuckDBPyConnection:
    """The raw tables of one delivery."""
    lines = [json.dumps(one) for one in (ANTWOORDEN, VRAGEN, BEELD, DOCUMENT)]
    (tmp_path / "a.ndjson").write_text("\n".join(lines), encoding="utf-8")
    report = ingest_path(tmp_path / "a.ndjson", "fhir-ziekenhuizen", settings, periode="2025")
    assert report.status == "geaccepteerd", report.as_dict()
    con = duckdb.connect()
    for tabel in (settings.home / "raw").iterdir():
        con.execute(f"create view {tabel.name} as from read_parquet('{tabel}/**/*.parquet')")
    return con


def test_every_answer_at_any_depth_is_one_row(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "select vraag_id, antwoord_nr, antwoord_code, waarde, antwoord_ja_nee, antwoord_maand, "
        "antwoord_tijd, eenheid_code, niet_gelezen from fhir_vragenlijst_antwoord "
        "order by vraag_id, antwoord_nr"
    ).fetchall()
    assert rows == [
        ("1", 0, None, Decimal(7), None, None, None, None, False),
        ("2.1", 0, "ja", None, None, None, None, None, False),
        ("2.1", 1, "soms", None, None, None, None, None, False),
        ("2.1.a", 0, None, Decimal("2.5"), None, None, None, None, False),
        ("2.1.b", 0, None, None, None, None, None, None, True),
        ("2.2", 0, None, None, False, None, None, None, False),
        ("3", 0, None, None, None, date(1950, 3, 1), None, None, False),
        ("4", 0, None, None, None, None, None, None, True),
        ("6", 0, None, Decimal(80), None, None, None, "kg", False),
        ("7", 0, None, None, None, None, "07:30:00", None, False),
    ]
    assert con.execute(
        "select geregistreerd_op, ingevuld_door_patient, status from fhir_vragenlijst"
    ).fetchall() == [(datetime(2025, 5, 1, 8), True, "completed")]


def test_a_question_has_its_code(con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute(
        "select vragenlijst, vraag_id, vraag_soort, vraag_code from fhir_vragenlijst_vraag "
        "order by vraag_id"
    ).fetchall() == [
        ("http://example.org/Questionnaire/prom", "2", "group", None),
        ("http://example.org/Questionnaire/prom", "2.1", "choice", "61577-3"),
    ]


def test_images_and_documents_leave_their_metadata(con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute(
        "select modaliteit_code, lichaamsdeel_code, serie_beelden, aantal_series, "
        "left(studie_sleutel, 1), count(distinct serie_sleutel) over () "
        "from fhir_beeldonderzoek order by all"
    ).fetchall() == [("CT", "51185008", 1, 2, "s", 2), ("SR", "51185008", 2, 2, "s", 2)]
    assert con.execute(
        "select code, document_status, media_type, grootte, formaat_code from fhir_document"
    ).fetchall() == [("18842-5", "final", "application/pdf", 1234, "urn:ihe:xds-sd:pdf:2008")]


def test_no_text_and_no_number_of_a_person_is_anywhere(
    con: duckdb.DuckDBPyConnection, settings: Settings
) -> None:
    looked_at = 0
    for path in (settings.home / "raw").rglob("*.parquet"):
        content = str(con.execute(f"from '{path}'").fetchall())
        assert GEHEIM not in content
        assert NUMMER not in content
        looked_at += len(content)
    assert looked_at > 1000
