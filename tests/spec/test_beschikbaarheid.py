"""Core data within 24 hours: what is in time, what is one record, and which part it belongs to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from marts_sql import run_model

GEGEVEN = (
    "tabel text, bron_id text, resource_sleutel text, pseudo_id text, zorgaanbieder_id text, "
    "categorie text, code_stelsel text, code text, geregistreerd_op timestamp, "
    "beschikbaar_op timestamp"
)
HERKOMST = "bron_id text, doel_sleutel text, geregistreerd_op timestamp"
MOMENT = datetime(2025, 6, 1, 12)
SNOMED = "http://snomed.info/sct"


def record(
    recorded: datetime | None = MOMENT,
    available: datetime | None = MOMENT,
    *,
    sleutel: str = "s1",
    tabel: str = "fhir_diagnose",
    categorie: str | None = None,
    code: tuple[str, str] = (SNOMED, "84114007"),
) -> tuple[Any, ...]:
    return (tabel, "b", sleutel, "p", "06000001", categorie, *code, recorded, available)


def judge(*records: tuple[Any, ...], herkomst: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
    """Rows of the 24-hour clock."""
    return run_model(
        "fct_beschikbaarheid",
        seeds=("kerngegeven_onderdeel",),
        int_kerngegeven=(GEGEVEN, list(records)),
        stg_fhir_herkomst=(HERKOMST, list(herkomst)),
    )


def observe(*records: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Observations of the indicator."""
    rows = judge(*records)
    columns = (
        "pseudo_id text, zorgaanbieder_id text, peildatum date, in_indicator boolean, "
        "binnen_24_uur boolean"
    )
    names = [column.split()[0] for column in columns.split(", ")]
    return run_model(
        "ind_kerngegevens_binnen_24_uur",
        fct_beschikbaarheid=(columns, [tuple(row[name] for name in names) for row in rows]),
    )


@pytest.mark.parametrize(
    ("later", "op_tijd"),
    [
        (timedelta(hours=24), 1),
        (timedelta(hours=24, microseconds=1), 0),
        (timedelta(hours=24, seconds=1), 0),
        (timedelta(0), 1),
        (timedelta(hours=-1), 1),  # a clock that runs behind is no delay
    ],
)
def test_twenty_four_hours_exactly_is_in_time(later: timedelta, op_tijd: int) -> None:
    (row,) = observe(record(MOMENT, MOMENT + later))
    assert (row["teller"], row["noemer"]) == (op_tijd, 1)


def test_a_second_coding_is_no_second_record() -> None:
    (row,) = observe(record(code=(SNOMED, "1")), record(code=("urn:icpc", "K77")))
    assert row["noemer"] == 1


def test_without_a_moment_nothing_is_judged_and_nothing_is_lost() -> None:
    records = (record(None, MOMENT, sleutel="a"), record(MOMENT, None, sleutel="b"))
    assert observe(*records) == []
    rows = judge(*records)
    assert [row["binnen_24_uur"] for row in rows] == [None, None]
    assert [row["vertraging_seconden"] for row in rows] == [None, None]


def test_the_day_is_that_in_the_netherlands() -> None:
    new_year = datetime(2024, 12, 31, 23, 30)  # UTC
    (row,) = observe(record(new_year, new_year))
    assert row["peildatum"] == date(2025, 1, 1)


def test_tables_take_part_in_the_indicator_as_the_list_says() -> None:
    tables = ("fhir_diagnose", "fhir_meting", "fhir_medicatie", "fhir_vaccinatie", "fhir_verslag")
    rows = judge(*(record(tabel=tabel, sleutel=tabel) for tabel in tables))
    counting = {row["tabel"] for row in rows if row["in_indicator"]}
    assert counting == {"fhir_diagnose", "fhir_meting", "fhir_medicatie"}


@pytest.mark.parametrize(
    ("tabel", "categorie", "code", "onderdeel"),
    [
        ("fhir_meting", "laboratory", ("http://loinc.org", "59261-8"), "labuitslagen"),
        ("fhir_meting", "vital-signs", ("http://loinc.org", "8310-5"), "patientsamenvatting"),
        ("fhir_meting", None, (SNOMED, "273302005"), "zorgplannen"),
        ("fhir_meting", "survey", (SNOMED, "273302005"), "zorgplannen"),  # code before category
        ("fhir_meting", "survey", ("http://loinc.org", "1"), "prom_prem"),
        ("fhir_verslag", "LAB", ("", ""), "labuitslagen"),
        ("fhir_verslag", "RAD", ("", ""), "verslagen"),
        ("fhir_beeldonderzoek", None, ("", ""), "beelden"),
        ("fhir_behandeldoel", None, ("", ""), "zorgplannen"),
        ("fhir_vragenlijst", None, ("", ""), "prom_prem"),
    ],
)
def test_part_of_the_set(
    tabel: str, categorie: str | None, code: tuple[str, str], onderdeel: str
) -> None:
    (row,) = judge(record(tabel=tabel, categorie=categorie, code=code))
    assert row["onderdeel"] == onderdeel


def test_provenance_gives_a_moment_only_where_the_record_has_none() -> None:
    early, late = MOMENT - timedelta(days=3), MOMENT - timedelta(hours=2)
    rows = judge(
        record(None, MOMENT, sleutel="zonder"),
        record(MOMENT, MOMENT, sleutel="met"),
        record(None, MOMENT, sleutel="ander"),
        herkomst=(
            ("b", "zonder", late),
            ("b", "zonder", early),
            ("b", "met", early),
            ("c", "ander", early),
        ),
    )
    found = {(row["geregistreerd_op"], row["uit_herkomst"], row["binnen_24_uur"]) for row in rows}
    assert found == {(early, True, False), (MOMENT, False, True), (None, False, None)}
