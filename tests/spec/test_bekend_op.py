"""Since when a fact is known according to its source: never the clock of the platform."""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from typing import Any

import pytest
from marts_prestatie import Bericht, Feit, Regel, raw_rows
from marts_sql import render_with

Row = dict[str, Any]
AGB = "54000001"
EERST = datetime(2025, 1, 5, 23, 30)  # in UTC: the next day in the Netherlands
LATER = datetime(2025, 3, 1, 10)


def versions(*momenten: datetime | None) -> list[Row]:
    """Versions of one resource, each in a delivery of its own, with another status."""
    return [
        {
            "bron_id": "b", "periode": "2025", "levering_id": f"l{n}", "bestand": "a", "regel": 1,
            "resource_sleutel": "r", "versie_id": str(n), "beschikbaar_op": moment,
            "patient_pseudo_id": "p1", "status": "final",
        }
        for n, moment in enumerate(momenten, start=1)
    ]  # fmt: skip


def fact(naam: str, rows: list[Row]) -> Row:
    columns = {"diagnose": {"status"}}.get(naam, set())
    kept = [{k: v for k, v in row.items() if k not in columns} for row in rows]
    (found,) = Feit({f"fhir_{naam}": kept}, [AGB]).rows(f"fct_{naam}")
    return found


@pytest.mark.parametrize("naam", ["contact", "diagnose", "medicatie", "meting", "verrichting"])
def test_a_resource_is_known_since_the_version_that_holds(naam: str) -> None:
    found = fact(naam, versions(EERST))
    assert (found["beschikbaar_op"], found["bekend_op"]) == (EERST, date(2025, 1, 6))
    for rows in (versions(EERST, LATER), versions(EERST, LATER)[::-1]):
        found = fact(naam, rows)
        assert (found["beschikbaar_op"], found["bekend_op"]) == (EERST, date(2025, 3, 1))
    assert fact(naam, versions(None))["bekend_op"] is None


def wait(periode: str, levering: str, eind: date | None) -> Row:
    return {
        "bron_id": "b", "periode": periode, "levering_id": levering, "bestand": "a", "regel": 1,
        "wachtregistratie_sleutel": "w", "fase": "aanmelding", "pseudo_id": "p1",
        "zorgaanbieder_id": AGB, "echelon": "basis", "begin": date(2024, 12, 1), "eind": eind,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_a_wait_is_known_since_the_first_period_that_said_the_same(seed: int) -> None:
    eind = date(2025, 2, 1)
    rows = [
        wait("2024", "l1", None), wait("2025Q1", "l2", eind), wait("2025Q2", "l3", eind),
        wait("2025Q2", "l4", eind), wait("onbekend", "l5", eind),
    ]  # fmt: skip
    Random(seed).shuffle(rows)  # noqa: S311
    (found,) = Feit({"reg_ggz_wachttijd": rows}, [AGB]).rows("fct_wachttijd")
    assert (found["einddatum"], found["bekend_op"]) == (eind, date(2025, 3, 31))


def test_published_costs_are_known_since_the_first_period_that_said_the_same() -> None:
    def row(periode: str, cent: int) -> Row:
        return {
            "bron_id": "v", "periode": periode, "levering_id": periode, "bestand": "a", "regel": 1,
            "jaar": 2022, "gemeentenaam": "LEIDEN", "geslacht": "M", "leeftijdsklasse": "90+",
            "aantal_verzekerden": 3, "kostensoort": "farmacie", "kosten_cent": cent,
        }  # fmt: skip

    for said, known in (
        ([row("2024", 100), row("2025", 100)], date(2024, 12, 31)),
        ([row("2024", 100), row("2025", 101)], date(2025, 12, 31)),
        ([row("onbekend", 100)], None),
    ):
        for rows in (said, said[::-1]):
            made = Feit({"reg_vektis_gemeente": rows}, [])
            for model in ("fct_vektis_kosten", "fct_vektis_verzekerden"):
                assert [r["bekend_op"] for r in made.rows(model)] == [known]


def test_a_care_activity_is_known_since_its_invoice() -> None:
    bericht = Bericht("m", AGB, date(2025, 4, 2), (Regel("1", "D", "ref", 100),))
    activity = {
        "bron_id": "bron", "periode": "2025", "levering_id": "l0", "bestand": "a", "regel": 9,
        "bericht_sleutel": "m", "identificatie": "2", "prestatie_identificatie": "1",
        "zorgactiviteitcode": "190013", "begindatum": date(2025, 1, 1), "aantal": 1,
        "debet_credit": "D",
    }  # fmt: skip
    made = Feit(raw_rows([bericht]) | {"decl_zorgactiviteit": [activity]}, [AGB])
    (found,) = made.rows("fct_zorgactiviteit")
    assert (found["begindatum"], found["bekend_op"]) == (date(2025, 1, 1), date(2025, 4, 2))


@pytest.mark.parametrize(
    ("periode", "eind"),
    [
        ("2025", date(2025, 12, 31)),
        ("2024Q1", date(2024, 3, 31)),
        ("2025Q4", date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        (None, None),
    ],
)
def test_a_period_ends_on_its_last_day(periode: str | None, eind: date | None) -> None:
    sql = "select {{ eind_van_periode('periode') }} as eind from (select $1 as periode)"
    found = Feit({}, []).query(
        render_with(sql, str, str).replace("$1", f"'{periode}'" if periode else "null::varchar")
    )
    assert found == [{"eind": eind}]
