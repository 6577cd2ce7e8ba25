"""Treatment of columns: what is parsed, what is cut, and that nothing is lost silently."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest

from ingest.declaraties.intake import HERHALEND
from ingest.pseudonym import BSN_VALID_SQL, PseudonymKey, register_hmac
from ingest.treatment import (
    TREATMENT_MACROS_SQL,
    repeated_values,
    treated_columns,
    unreadable_sql,
)
from schemas.tables import TABELLEN, kolommen, raw_kolommen

CON = duckdb.connect()
CON.execute("set timezone = 'Europe/Amsterdam'")  # a machine's own zone must not matter
CON.execute(TREATMENT_MACROS_SQL)


def one(expression: str) -> object:
    row = CON.execute(f"select {expression}").fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-07-01T10:00:00+02:00", datetime(2023, 7, 1, 8)),
        ("2023-01-01T00:30:00+01:00", datetime(2022, 12, 31, 23, 30)),
        ("2023-01-01T10:00:00Z", datetime(2023, 1, 1, 10)),
        ("2023-01-01T10:00:00.250Z", datetime(2023, 1, 1, 10, 0, 0, 250000)),
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59)),
        ("2023-05-06", datetime(2023, 5, 6)),
        ("2023-05", datetime(2023, 5, 1)),
        ("2023", datetime(2023, 1, 1)),
        ("2023-02-30", None),
    ],
)
def test_moments_become_utc(text: str, expected: datetime | None) -> None:
    assert one(f"lees_tijdstip('{text}')") == expected


def test_dates_amounts_and_postal_codes() -> None:
    assert one("lees_datum('2024-02')") == date(2024, 2, 1)
    assert one("lees_datum_ei('20240229')") == date(2024, 2, 29)
    assert one("lees_datum_ei('00000000')") is None
    assert one("lees_datum_ei('20230229')") is None
    assert one("lees_getal('2.50')") == Decimal("2.500000")
    assert one("lees_pc4('1012 NX')") == "1012"
    assert one("lees_pc4('3511AB')") == "3511"
    assert one("lees_pc4('02134')") is None


def test_impossible_date_is_refused_not_lost() -> None:
    conditions = {column: sql for column, code, sql in unreadable_sql("fhir_contact")}
    CON.execute("create or replace table proj as select '2023-02-30' as begin")
    assert CON.execute(f"select count(*) from proj where {conditions['begin']}").fetchone() == (1,)


@pytest.mark.parametrize("tabel", sorted(TABELLEN))
def test_no_identifier_has_a_raw_column(tabel: str) -> None:
    forbidden = {"bsn", "geboortedatum", "postcode", "patient_ref", "resource_ref", "referentie"}
    assert not forbidden & set(raw_kolommen(tabel))
    assert treated_columns(tabel).count(" as ") >= len(kolommen(tabel))


def test_treating_each_distinct_value_once_changes_nothing() -> None:
    con = duckdb.connect()
    con.execute(TREATMENT_MACROS_SQL)
    columns = ["record_nr", *(k.naam for k in kolommen("decl_prestatie"))]
    rows = [
        ("999999990", "9905|1", "20230101"),
        ("123456782", "9905|2", "20230230"),  # the second is no date
        ("123456782", "9905|2", "20230101"),
        ("123456789", None, "00000000"),  # no valid BSN
        (None, "9905|2", None),
    ]
    values = [
        {"record_nr": nr, "bsn": bsn, "verzekerde_ref": ref, "begindatum": day, "einddatum": day}
        for nr, (bsn, ref, day) in enumerate(rows)
    ]
    table = pa.table({c: pa.array([v.get(c) for v in values]) for c in columns})
    con.register("proj_decl_prestatie", table)
    con.execute(BSN_VALID_SQL)
    register_hmac(con, PseudonymKey(b"een sleutel van genoeg tekens om te gelden"))
    plain = treated_columns("decl_prestatie")
    expected = con.execute(f"select {plain} from proj_decl_prestatie order by record_nr").fetchall()
    with_, joins = repeated_values("decl_prestatie", HERHALEND)
    once = treated_columns("decl_prestatie", HERHALEND)
    found = con.execute(
        f"{with_} select {once} from proj_decl_prestatie {joins} order by record_nr"
    ).fetchall()
    assert found == expected
    assert len({tuple(row[:4]) for row in found}) > 1
