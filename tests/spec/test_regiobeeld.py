"""The picture of a region: two regions, two age classes, one sector, one year and a forecast."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from marts_sql import PROJECT, render

from ingest.intake import ingest_path
from ingest.settings import Settings

START = date(2015, 1, 1)
#: The old (delivered as 75+, one is 90) use 100 euros each, the young 10; the hospital is in ZK01.
TABLES = {
    "stg_reg_bevolking (jaar int, pc4 text, leeftijdsklasse text, inwoners int)": [
        (2025, "1000", "18-44", 60), (2025, "1000", "75+", 10),
        (2025, "2000", "18-44", 40), (2025, "2000", "75+", 30),
    ],
    "int_postcode (pc4 text, zorgkantoorregio_code text)": [("1000", "ZK01"), ("2000", "ZK02")],
    "leeftijdsklasse (leeftijdsklasse text, van text, tot text)": [
        ("18-44", "18", "44"), ("75-84", "75", "84"), ("85+", "85", "150"),
    ],
    "ref_bevolkingsprognose (leeftijdsklasse text, jaar text, factor text)": [
        ("18-44", "2030", "0.50"), ("75-84", "2030", "2.00"), ("75-84", "2024", "9.00"),
    ],
    "fct_prestatie (pseudo_id text, zorgaanbieder_id text, sector text, begindatum date, "
    "bedrag_eur decimal(18,2))": [
        ("jong", "06000001", "msz", date(2025, 3, 1), Decimal("1000")),
        ("oud", "06000001", "msz", date(2025, 3, 1), Decimal("5000")),
        ("oud", "06000001", "msz", date(2025, 4, 1), Decimal("-1000")),
    ],
    "dim_persoon (pseudo_id text, geboortejaar int)": [("jong", 2000), ("oud", 1935)],
    "dim_zorgaanbieder (zorgaanbieder_id text, soort text, zorgkantoorregio_code text, "
    "geldig_van date, geldig_tot date)": [
        ("06000001", "umc", "ZK01", START, None),
        ("06000002", "umc", "ZK01", START, date(2025, 12, 30)),
    ],
}  # fmt: skip
MODELS = ("int_regio_bevolking", "int_regio_zorg", "regiobeeld")


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        _fill(made, TABLES)
        yield made


def _fill(made: duckdb.DuckDBPyConnection, tables: dict[str, list[tuple]]) -> None:
    for table, rows in tables.items():
        made.execute(f"create table {table}")
        marks = ", ".join("?" * len(rows[0]))
        made.executemany(f"insert into {table.split()[0]} values ({marks})", rows)
    for model in MODELS:
        made.execute(f"create table {model} as {render(model)}")


def figures(con: duckdb.DuckDBPyConnection, periode: str) -> dict[tuple[str, str, str], float]:
    query = "select zorgkantoorregio_code, onderwerp, onderdeel, waarde from regiobeeld"
    rows = con.execute(f"{query} where periode = '{periode}'").fetchall()
    found = {row[:3]: float(row[3]) for row in rows}
    assert len(found) == len(rows)
    return found


def test_need_is_national_use_by_age_and_the_gap_is_need_minus_supply(con) -> None:
    found = figures(con, "2025")
    assert found["ZK01", "zorgbehoefte", "msz"] == 60 * 10 + 10 * 100
    assert found["ZK02", "zorgbehoefte", "msz"] == 40 * 10 + 30 * 100
    assert (found["ZK01", "prestatie", "msz"], found["ZK02", "prestatie", "msz"]) == (5000, 0)
    assert found["ZK01", "gap", "msz"] == 1600 - 5000
    assert found["ZK02", "gap", "TOTAAL"] == 3400
    assert sum(found[r, "gap", "TOTAAL"] for r in ("ZK01", "ZK02")) == 0


def test_in_a_forecast_year_only_inhabitants_change(con) -> None:
    found = figures(con, "2030")
    assert found["ZK02", "bevolking", "TOTAAL"] == 40 * 0.5 + 30 * 2
    assert found["ZK02", "zorgbehoefte", "msz"] == 20 * 10 + 60 * 100
    assert found["ZK01", "prestatie", "msz"] == 5000
    assert found["ZK01", "gap", "msz"] == 30 * 10 + 20 * 100 - 5000
    kinds = con.execute("select distinct periode, soort from regiobeeld order by all").fetchall()
    assert kinds == [("2025", "realisatie"), ("2030", "prognose")]  # 2024 lies behind us


def test_capacity_counts_who_is_there_at_the_end_of_the_year_and_nobody_is_a_figure(con) -> None:
    found = figures(con, "2025")
    assert found["ZK01", "capaciteit", "umc"] == 1
    assert found["ZK02", "capaciteit", "umc"] == 0


def test_a_region_without_a_topic_is_found(con) -> None:
    sql = (PROJECT / "tests" / "regiobeeld_is_volledig.sql").read_text(encoding="utf-8")
    sql = sql.split("}}", 1)[1].replace("{{ ref('regiobeeld') }}", "regiobeeld")
    assert con.execute(sql).fetchall() == []
    con.execute("create table bewaard as from regiobeeld")
    con.execute("delete from regiobeeld where zorgkantoorregio_code = 'ZK02' and onderwerp = 'gap'")
    try:
        assert {row[:2] for row in con.execute(sql).fetchall()} == {
            ("ZK02", "2025"), ("ZK02", "2030")
        }  # fmt: skip
    finally:
        con.execute("create or replace table regiobeeld as from bewaard")


def test_an_age_class_that_is_none_is_refused_at_intake_and_told(
    settings: Settings, tmp_path: Path
) -> None:
    head = "jaar;pc4;gemeente_code;leeftijdsklasse;geslacht;inwoners\n"
    rows = "".join(
        f"2025;1011;GM0363;{klasse};man;{n}\n"
        for n, klasse in enumerate(("18-44", "85+", "00-17", "95 jaar of ouder", "onbekend"), 1)
    )
    file = tmp_path / "bevolking.csv"
    file.write_text(head + rows, encoding="utf-8")
    report = ingest_path(file, "register-bevolking", settings, periode="2025")
    told = {r.voorbeeld["element"] for r in report.redenen if r.voorbeeld}
    assert told == {"leeftijdsklasse"}
    assert sum(r.aantal for r in report.redenen) == 2
    assert report.tabellen["reg_bevolking"].geaccepteerd == 3


def test_a_class_of_before_that_rule_does_not_stop_the_build() -> None:
    tables = {name: list(rows) for name, rows in TABLES.items()}
    (people,) = [name for name in tables if name.startswith("stg_reg_bevolking")]
    tables[people].append((2025, "1000", "onbekend", 5))
    with duckdb.connect() as made:
        _fill(made, tables)
        rows = made.execute(
            "select soort, sum(inwoners) from int_regio_bevolking "
            "where leeftijdsklasse = 'onbekend' group by all"
        ).fetchall()
    assert rows == [("realisatie", Decimal(5))]
