"""Codes with validity: judged on the date of the record; lists without overlap or gap."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from marts_indeling import Lagen
from marts_prestatie import Bericht, Regel, raw_rows
from marts_sql import PROJECT, render_with

Row = dict[str, Any]
A = "06000001"


def on(rows: list[Row], day: date) -> list[Row]:
    """The rows that hold on a day, both bounds included."""
    return [r for r in rows if r["geldig_van"] <= day <= r["geldig_tot"]]


def test_a_code_is_judged_on_the_date_of_the_record() -> None:
    extra = [
        {"zorgactiviteitcode": "190008", "soort": "vervolg", "kanaal": "digitaal",
         "geldig_van": date(2025, 1, 1), "geldig_tot": date(2025, 12, 31)}
    ]  # fmt: skip
    found = Lagen(erbij={"consultsoort": extra}).rows("int_consultsoort")
    code = [r for r in found if r["zorgactiviteitcode"] == "190008"]
    kanaal = [
        [r["kanaal"] for r in on(code, day)]
        for day in (date(2024, 12, 31), date(2025, 1, 1), date(2026, 1, 1))
    ]
    assert kanaal == [["fysiek"], ["digitaal"], []]


@pytest.mark.parametrize(
    ("perioden", "goed"),
    [
        ([(None, None)], True),
        ([(None, None), ("2025-01-01", None)], True),
        ([(None, "2024-12-31"), ("2025-01-01", "2025-12-31")], True),
        ([(None, "2025-01-01"), ("2025-01-01", None)], False),  # overlap
        ([(None, "2024-12-30"), ("2025-01-01", None)], False),  # gap
        ([("2025-01-02", "2025-01-01")], False),  # ends before it begins
        ([("2025-01-01", None), ("2025-01-01", None)], False),  # twice
        ([(None, None), (None, None)], False),
    ],
    ids=["open", "new row", "closed", "overlap", "gap", "turned", "twice", "both open"],
)
def test_a_list_with_overlap_or_gap_stops_the_build(
    perioden: list[tuple[str | None, str | None]], goed: bool
) -> None:
    made = Lagen(modellen={"lijst": ("code text, geldig_van date, geldig_tot date", [
        {"code": "a", "geldig_van": van, "geldig_tot": tot} for van, tot in perioden
    ] + [{"code": "b", "geldig_van": None, "geldig_tot": None}])})  # fmt: skip
    text = (PROJECT / "macros/toetsen/geldigheid_sluit.sql").read_text(encoding="utf-8")
    sql = render_with(
        text.replace("{% test ", "{% macro ").replace("endtest", "endmacro")
        + "{{ geldigheid_sluit('{lijst}', ['code']) }}",
        str,
        str,
    )
    assert (made.rows(sql) == []) == goed


def test_a_declaration_and_a_contract_are_with_the_concern_of_the_day_of_care() -> None:
    berichten = [
        Bericht(f"m{n}", A, dag, (Regel("1", "D", f"r{n}", 100),), uzovi="9902")
        for n, dag in enumerate([date(2024, 12, 31), date(2025, 1, 1)])
    ]
    contract = {
        "bron_id": "b", "periode": "2025", "levering_id": "l", "bestand": "a", "regel": 1,
        "zorgaanbieder_id": A, "uzovi": "9901", "gecontracteerd": "ja",
        "geldig_van": date(2024, 1, 1),
    }  # fmt: skip
    provider = {
        "bron_id": "b", "periode": "2025", "levering_id": "l", "bestand": "a", "regel": 1,
        "zorgaanbieder_id": A, "naam": "Huis", "soort": "umc", "gemeente_code": "GM0014",
        "geldig_van": date(2000, 1, 1),
    }  # fmt: skip
    made = Lagen(
        raw_rows(berichten) | {"reg_contract": [contract], "reg_zorgaanbieder": [provider]},
        erbij={
            "verzekeraar": [{"uzovi": "9902", "concern_id": "V1", "geldig_van": date(2025, 1, 1)}],
            "prestatiecodelijst": [
                {"prestatiecodelijst": "008", "is_lokaal": "ja", "geldig_van": date(2025, 1, 1)}
            ],
        },
    )
    found = [
        (r["begindatum"].year, r["verzekeraar_id"], r["gecontracteerd"], r["is_lokale_code"])
        for r in made.rows("select * from {fct_prestatie} order by begindatum")
    ]
    assert found == [(2024, "V2", "onbekend", False), (2025, "V1", "ja", True)]
