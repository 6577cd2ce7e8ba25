"""A FHIR delivery from files to projected rows: every record accounted for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.fhir.approved import approved_views
from ingest.fhir.intake import read
from ingest.fhir.validation import structure, verdict
from ingest.reading import RECORD_TABLES_SQL, DeliveredFile, Delivery, Reading
from ingest.settings import Settings

NL_CORE = "http://nictiz.nl/fhir/StructureDefinition/nl-core-"
AGB = "http://fhir.nl/fhir/NamingSystem/agb-z"
BSN = "http://fhir.nl/fhir/NamingSystem/bsn"


def resource(
    kind: str, identity: str, profile: str | None = None, **content: Any
) -> dict[str, Any]:
    meta = {"versionId": "1", "lastUpdated": "2025-01-02T03:04:05Z"}
    return {
        "resourceType": kind,
        "id": identity,
        "meta": meta | ({"profile": [profile]} if profile else {}),
        **content,
    }


def deliver(folder: Path, files: dict[str, str], bron: str = "fhir-ziekenhuizen") -> Delivery:
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    delivered = tuple(DeliveredFile(folder / n, n, "", len(c)) for n, c in sorted(files.items()))
    return Delivery(bron, "fhir", "2025", "l" + "0" * 32, delivered)


def load(delivery: Delivery, threads: int = 1) -> tuple[duckdb.DuckDBPyConnection, Reading]:
    con = duckdb.connect()
    con.execute(RECORD_TABLES_SQL)
    return con, read(con, delivery, Settings(threads=threads))


def reasons(con: duckdb.DuckDBPyConnection) -> set[tuple[str, int, str]]:
    return set(
        con.execute(
            "select bestand, regel, reden_code from afkeur inner join record using (record_nr)"
        ).fetchall()
    )


def lines(*resources: Any) -> str:
    return "\n".join(r if isinstance(r, str) else json.dumps(r) for r in resources)


PATIENT = resource(
    "Patient",
    "p1",
    NL_CORE + "Patient",
    identifier=[
        {"system": "http://elders.nl", "value": "1"},
        {"system": BSN, "value": "999900006"},
    ],
    gender="female",
    birthDate="1950-01-02",
    address=[{"use": "temp", "postalCode": "1111AA"}, {"use": "home", "postalCode": "2222 BB"}],
)
OBSERVATION = resource(
    "Observation",
    "o1",
    NL_CORE + "LaboratoryTestResult",
    status="final",
    code={
        "coding": [{"system": "http://loinc.org", "code": "1"}, {"system": "urn:n", "code": "2"}]
    },
    subject={"reference": "https://ergens.nl/fhir/Patient/p1/_history/2"},
    performer=[{"reference": "#c"}, {"identifier": {"system": AGB, "value": "06000001"}}],
    effectivePeriod={"start": "2025-01-01"},
    valueQuantity={"value": 5, "system": "http://unitsofmeasure.org", "code": "mmol/l"},
)


def faulty() -> dict[str, str]:
    """A delivery with one fault of each kind."""
    reordered = dict(reversed(list(PATIENT.items())))
    return {
        "a.ndjson": lines(
            PATIENT,
            json.dumps(reordered, indent=None, separators=(" , ", " : ")),
            PATIENT | {"meta": PATIENT["meta"] | {"versionId": "2"}},
            "",
            '{"resourceType":"Patient"',
            resource("Patient", "p2", "http://fhir.nl/fhir/StructureDefinition/nl-core-patient"),
            resource("Patient", "p3", "http://example.org/profiel"),
            resource("Patient", "p4"),
            resource("Patient", "p5", NL_CORE + "Patient", hobby="x"),
            resource("Patientje", "p6", NL_CORE + "Patient"),
            resource("Communication", "f", NL_CORE + "Alert"),
        ),
        "b.json": json.dumps({"resourceType": "Bundle", "entry": [{"resource": OBSERVATION}]}),
        "c.xml": "<Patient/>",
        "d.ndjson": "",
    }


def test_every_record_has_one_fate(tmp_path: Path) -> None:
    con, reading = load(deliver(tmp_path, faulty()))
    assert reasons(con) == {
        ("a.ndjson", 5, "REGEL-ONLEESBAAR"),
        ("a.ndjson", 6, "FHIR-GENERATIE-STU3"),
        ("a.ndjson", 7, "FHIR-PROFIEL-ONBEKEND"),
        ("a.ndjson", 8, "FHIR-PROFIEL-ONTBREEKT"),
        ("a.ndjson", 9, "FHIR-STRUCTUUR"),
        ("a.ndjson", 10, "FHIR-TYPE-ONBEKEND"),
        ("a.ndjson", 11, "FHIR-TYPE-GEEN-VIEW"),
        ("c.xml", 1, "BESTAND-ONLEESBAAR"),
    }
    assert con.execute(
        "select bestand, regel from dubbel inner join record using (record_nr)"
    ).fetchall() == [("a.ndjson", 2)]
    assert con.execute("select count(*), count(distinct record_nr) from record").fetchone() == (
        12,
        12,
    )
    assert con.execute(
        "select resource_ref, versie_id from proj_fhir_patient order by all"
    ).fetchall() == [
        ("Patient/p1", "1"),
        ("Patient/p1", "2"),
    ]
    assert reading.bijzonder == {"bundels": 1}
    delivered = {"Patient", "Observation"}
    views = {view.tabel for view in approved_views() if view.resource in delivered}
    assert set(reading.tabellen) == views | {"fhir_verwijdering"}
    assert con.execute("select count(*) from proj_fhir_allergie").fetchone() == (0,)


def test_what_views_make_of_it(tmp_path: Path) -> None:
    con, _ = load(deliver(tmp_path, {"a.ndjson": lines(PATIENT, OBSERVATION)}))
    patient = con.execute(
        "select resource_ref, versie_id, laatst_gewijzigd, profiel, geregistreerd_op, bsn, "
        "geslacht, geboortedatum, postcode, overleden from proj_fhir_patient"
    ).fetchone()
    assert patient == (
        "Patient/p1", "1", "2025-01-02T03:04:05Z", NL_CORE + "Patient", None, "999900006",
        "female", "1950-01-02", "2222 BB", False,
    )  # fmt: skip
    rows = con.execute(
        "select patient_ref, code_stelsel, code, waarde, eenheid, afgenomen_op, zorgaanbieder_id "
        "from proj_fhir_meting order by code"
    ).fetchall()
    assert rows == [
        ("Patient/p1", "http://loinc.org", "1", "5", "mmol/l", "2025-01-01", "06000001"),
        ("Patient/p1", "urn:n", "2", "5", "mmol/l", "2025-01-01", "06000001"),
    ]


CODE = {"coding": [{"system": "http://loinc.org", "code": "1"}]}


def observed(**content: Any) -> dict[str, Any]:
    plain = {"status": "final", "code": CODE}
    return resource("Observation", "o", NL_CORE + "X", **(plain | content))


@pytest.mark.parametrize(
    ("content", "columns", "expected"),
    [
        ({"valueInteger": 14}, "waarde, eenheid", ("14", None)),
        ({"valueQuantity": {"value": 1, "code": "stuks"}}, "waarde, eenheid", ("1", None)),
        ({"effectiveInstant": "2025-01-01T00:00:00Z"}, "afgenomen_op", ("2025-01-01T00:00:00Z",)),
        ({"code": {"text": "vrij"}}, "code_stelsel, code", (None, None)),
        ({"subject": {"reference": "Group/1"}}, "patient_ref", (None,)),
        ({"subject": {"reference": "urn:uuid:1"}}, "patient_ref", (None,)),
        ({"subject": {"reference": "#x"}}, "patient_ref", (None,)),
        (
            {
                "valueCodeableConcept": {
                    "coding": [{"code": "a"}, {"system": "http://snomed.info/sct", "code": "b"}]
                }
            },
            "waarde_code",
            ("b",),
        ),
        (
            {
                "performer": [
                    {
                        "identifier": {
                            "system": "urn:oid:2.16.840.1.113883.2.4.6.1",
                            "value": "01000001",
                        }
                    }
                ]
            },
            "zorgaanbieder_id",
            ("01000001",),
        ),
    ],
)
def test_measurements(
    tmp_path: Path, content: dict[str, Any], columns: str, expected: tuple[Any, ...]
) -> None:
    con, _ = load(deliver(tmp_path, {"a.ndjson": lines(observed(**content))}))
    assert reasons(con) == set()
    assert con.execute(f"select {columns} from proj_fhir_meting").fetchall() == [expected]


def test_other_tables(tmp_path: Path) -> None:
    who = {"identifier": {"system": AGB, "value": "06000001"}}
    subject = {"reference": "Patient/p"}
    inside = {"reference": "Encounter/e"}
    coding = [{"system": "urn:s", "code": "c"}]
    ver = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
    component = [{"code": CODE, "valueQuantity": {"value": 120}}, {"code": {"text": "x"}}]
    files = {
        "a.ndjson": lines(
            resource(
                "Encounter", "e", NL_CORE + "E", status="finished", subject=subject,
                serviceProvider=who, period={"start": "2025-01-01", "end": "2025-01-02"},
                reasonCode=[
                    {"coding": coding},
                    {"coding": [{"system": "http://snomed.info/sct", "code": "84114007"}]},
                ],
                priority={"coding": [{"system": "urn:eigen", "code": "z"}, {
                    "system": "http://terminology.hl7.org/CodeSystem/v3-ActPriority", "code": "EM",
                }]},
                **{"class": {"code": "IMP"}},
            ),
            resource(
                "Condition", "c", NL_CORE + "C", subject=subject, encounter=inside,
                code={"coding": coding}, onsetPeriod={"start": "2020"}, recordedDate="2025-01-01",
                verificationStatus={"coding": [{"system": "urn:zib", "code": "x"},
                                               {"system": ver, "code": "refuted"}]},
            ),
            resource(
                "MedicationRequest", "m1", NL_CORE + "M", status="active", intent="order",
                subject=subject, requester=who, authoredOn="2025-01-01",
                medicationCodeableConcept={"coding": coding},
            ),
            resource(
                "MedicationRequest", "m2", NL_CORE + "M", status="active", intent="order",
                subject=subject, medicationReference={"reference": "Medication/1"},
            ),
            resource(
                "Procedure", "v", NL_CORE + "P", status="completed", subject=subject,
                code={"coding": coding}, performedDateTime="2025-01-01T10:00:00+01:00",
                performer=[{"actor": who}],
            ),
            observed(subject=subject, component=component),
        )
    }  # fmt: skip
    con, _ = load(deliver(tmp_path, files))
    assert reasons(con) == set()

    def rows(columns: str, table: str) -> list[Any]:
        return con.execute(f"select {columns} from proj_{table} order by all").fetchall()

    assert rows(
        "patient_ref, klasse, reden_code, prioriteit, eind, zorgaanbieder_id", "fhir_contact"
    ) == [("Patient/p", "IMP", "84114007", "EM", "2025-01-02", "06000001")]
    assert rows("contact_ref, verificatie_status, begin, code", "fhir_diagnose") == [
        ("Encounter/e", "refuted", "2020", "c")
    ]
    assert rows("resource_ref, code, zorgaanbieder_id", "fhir_medicatie") == [
        ("MedicationRequest/m1", "c", "06000001"),
        ("MedicationRequest/m2", None, None),
    ]
    assert rows("code, uitgevoerd_op, zorgaanbieder_id", "fhir_verrichting") == [
        ("c", "2025-01-01T10:00:00+01:00", "06000001")
    ]
    assert rows("code, waarde", "fhir_meting_component") == [("1", "120"), (None, None)]


def test_references_of_a_bundle(tmp_path: Path) -> None:
    bundle = {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {"fullUrl": "urn:uuid:a1", "resource": resource("Patient", "p9")},
            {
                "fullUrl": "urn:uuid:a2",
                "resource": {
                    "resourceType": "Observation",
                    "status": "final",
                    "code": CODE,
                    "subject": {"reference": "urn:uuid:a1"},
                    "valueQuantity": {"value": 2},
                },
            },
        ],
    }
    text = json.dumps(bundle, indent=2).replace('"value": 2', '"value": 2.00')
    con, _ = load(deliver(tmp_path, {"a.json": text}, bron="onbekend"))
    assert con.execute(
        "select resource_ref, patient_ref, waarde from proj_fhir_meting"
    ).fetchall() == [("Observation/a2", "Patient/p9", "2.00")]
    kept = con.execute("select tekst from record where naam = 'Observation'").fetchone()
    assert kept is not None
    assert "urn:uuid:a1" in kept[0]


def test_a_wrong_value_among_many_of_the_same_shape_is_found(tmp_path: Path) -> None:
    odd = [
        resource("Patient", f"o{n}", NL_CORE + "Patient", birthDate="2000") for n in range(5_000)
    ]
    odd[4_321]["birthDate"] = "07-07-2000"
    con, _ = load(deliver(tmp_path, {"a.ndjson": lines(*odd)}))
    assert reasons(con) == {("a.ndjson", 4_322, "FHIR-STRUCTUUR")}


def test_workers_judge_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = deliver(tmp_path, faulty())
    alone, _ = load(delivery)
    monkeypatch.setattr(verdict, "POOL_FROM", 1)
    monkeypatch.setattr(structure, "_CHUNK", 1)
    together, _ = load(delivery, threads=2)
    assert reasons(together) == reasons(alone)


def test_an_empty_delivery_has_empty_tables(tmp_path: Path) -> None:
    con, reading = load(deliver(tmp_path, {"a.ndjson": ""}))
    for tabel in reading.tabellen:
        assert con.execute(f"select count(*) from proj_{tabel}").fetchone() == (0,)


def test_what_is_nested_too_deep_does_not_stop_the_rest(tmp_path: Path) -> None:
    deep = '{"extension":[' * 400 + "{}" + "]}" * 400
    text = json.dumps(PATIENT)
    files = {"a.ndjson": lines(text, text.replace('"p1"', '"p2"')[:-1] + f',"contact":[{deep}]}}')}
    con, _ = load(deliver(tmp_path, files))
    assert reasons(con) == {("a.ndjson", 2, "FHIR-STRUCTUUR")}
    assert con.execute("select resource_ref from proj_fhir_patient").fetchall() == [("Patient/p1",)]


def test_references_to_contained_resources_do_not_dangle(tmp_path: Path) -> None:
    contained = [
        {"resourceType": "Patient", "id": "p", "identifier": PATIENT["identifier"]},
        {
            "resourceType": "Organization", "id": "o", "name": "x",
            "identifier": [{"system": AGB, "value": "06000001"}],
        },
        {"resourceType": "Medication", "id": "m", "code": CODE},
    ]  # fmt: skip
    observation = observed(
        contained=contained[:2], subject={"reference": "#p"}, performer=[{"reference": "#o"}]
    )
    medication = resource(
        "MedicationRequest", "m1", NL_CORE + "M", contained=contained[2:], status="active",
        intent="order", subject={"reference": "Patient/p"}, medicationReference={"reference": "#m"},
    )  # fmt: skip
    con, reading = load(deliver(tmp_path, {"a.ndjson": lines(observation, medication)}))
    assert reasons(con) == set()
    assert reading.bijzonder == {"ingebed": 2}
    assert con.execute("select patient_bsn, zorgaanbieder_id from proj_fhir_meting").fetchall() == [
        ("999900006", "06000001")
    ]
    assert con.execute("select code from proj_fhir_medicatie").fetchall() == [("1",)]
    assert con.execute("select count(*) from proj_fhir_patient").fetchone() == (0,)


def test_deletions_are_records_and_say_so(tmp_path: Path) -> None:
    def delete(url: str, **more: Any) -> dict[str, Any]:
        return {"request": {"method": "DELETE", "url": url}, **more}

    def bundle(*entries: dict[str, Any]) -> dict[str, Any]:
        return {"resourceType": "Bundle", "type": "transaction", "entry": list(entries)}

    told = {"response": {"status": "204", "lastModified": "2025-01-02T03:04:05Z"}}
    files = {
        "a.ndjson": lines(
            bundle(delete("Patient/1", **told), delete("Patient?a=1")),
            bundle(delete("Patient/1", **told, fullUrl="urn:uuid:1")),
            bundle(delete("Patient/1")),
            PATIENT,
        )
    }  # fmt: skip
    con, reading = load(deliver(tmp_path, files))
    assert reasons(con) == {("a.ndjson", 1, "FHIR-VERWIJDERING-ONBEKEND")}
    counted = "select naam, count(*) from record group by naam order by naam"
    assert con.execute(counted).fetchall() == [("Patient", 1), ("verwijdering", 4)]
    repeated = "select regel from dubbel inner join record using (record_nr)"
    assert con.execute(repeated).fetchall() == [(2,)]
    assert "fhir_verwijdering" in reading.tabellen
    assert con.execute(
        "select resource_ref, verwijderd_op from proj_fhir_verwijdering order by record_nr"
    ).fetchall()[0] == ("Patient/1", "2025-01-02T03:04:05Z")
