"""The score of data quality by hand: weights, the heaviest rule, and what explains the score."""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from marts_sql import PROJECT, run_model

SCHEMAS = PROJECT.parent / "schemas"
KEY = ("zorgaanbieder_id", "periode", "tabel")
RECORD = (
    "tabel text, bron_id text, geheel_sleutel text, deel_sleutel text, zorgaanbieder_id text, "
    "periode text, regel_id text"
)
OORDEEL = (
    "tabel text, bron_id text, geheel_sleutel text, deel_sleutel text, zorgaanbieder_id text, "
    "periode text, regel_id text, ernst text, is_geweigerd boolean"
)
GEWICHT = "regel_id text, gewicht decimal(18, 6), dimensie text, telt text, uitleg text"
REGEL = (
    "tabel text, bron_id text, zorgaanbieder_id text, periode text, regel_id text, ernst text, "
    "gewicht decimal(18, 6), is_geweigerd boolean, is_zwaarste boolean"
)
TOTAAL = "tabel text, bron_id text, zorgaanbieder_id text, periode text, n_totaal bigint"
WHO = ("06000001", "2025")


def rows(name: str) -> list[dict[str, str]]:
    with Path(SCHEMAS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seed(name: str) -> list[dict[str, str]]:
    with (PROJECT / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def values(found: list[dict[str, Any]], columns: str) -> list[tuple[Any, ...]]:
    names = [column.split()[0] for column in columns.split(", ") if column[0].isalpha()]
    return [tuple(row[name] for name in names) for row in found]


def test_every_rule_has_a_weight_and_every_weight_a_rule() -> None:
    weighed = {row["regel_id"]: row for row in rows("codes/dq_gewicht.csv")}
    known = {row["reden_code"]: row for row in rows("redenen.csv")}
    own = {
        "STANDAARD-GEWEIGERD", "STANDAARD-WAARSCHUWING", "MOMENT-ONTBREEKT",
        "TIJDIGHEID-ONBEKEND", "ZORGAANBIEDER-ONTBREEKT",
    }  # fmt: skip
    assert set(weighed) - own <= set(known)
    # A rule that was added since has the weight of its kind until it gets one of its own.
    assert len(set(known) & set(weighed)) > 70
    for code, row in weighed.items():
        assert 0 <= Decimal(row["gewicht"]) <= 1
        assert (Decimal(row["gewicht"]) > 0) == (row["telt"] == "ja"), code
        assert row["uitleg"].endswith("."), code
        refuses = code in known and known[code]["niveau"] != "waarschuwing"
        if refuses and row["telt"] == "ja":
            assert Decimal(row["gewicht"]) == 1, code


def test_ten_records_by_hand() -> None:
    """Ten records: one refused twice over, one refused, one odd in two ways, seven in order.

    The first costs 1 under CODE-ONBEKEND (first by name among rules of weight 1), the second 1,
    the third 0.2 (its heaviest). So 1 - (1 + 1 + 0.2) / 10 = 0.78.
    """
    accepted = [("fct_contact", "b", f"k{n}", None, *WHO, None) for n in range(8)]
    judged = [
        ("fct_contact", "b", "g1", None, *WHO, "VERPLICHT-LEEG", "geweigerd", True),
        ("fct_contact", "b", "g1", None, *WHO, "CODE-ONBEKEND", "geweigerd", True),
        ("fct_contact", "b", "g2", None, *WHO, "VERPLICHT-LEEG", "geweigerd", True),
        ("fct_contact", "b", "k1", None, *WHO, "FHIR-CODELIJST", "waarschuwing", False),
        ("fct_contact", "b", "k1", None, *WHO, "FHIR-DATUM-VOLGORDE", "waarschuwing", False),
    ]
    weights = [tuple(row.values()) for row in rows("codes/dq_gewicht.csv")]
    rules = run_model(
        "int_dq_regel", int_dq_record=(RECORD, accepted), int_dq_beoordeeld=(OORDEEL, judged),
        dq_gewicht=(GEWICHT, weights),
    )  # fmt: skip
    broken = (REGEL, values(rules, REGEL.replace("decimal(18, 6)", "decimal")))
    totals = run_model(
        "int_dq_totaal", int_dq_record=(RECORD, accepted), int_dq_regel=broken
    )  # fmt: skip
    assert [row["n_totaal"] for row in totals] == [10]
    total = (TOTAAL, values(totals, TOTAAL))
    costs = run_model(
        "dq_resultaat", int_dq_regel=broken, int_dq_totaal=total, dq_gewicht=(GEWICHT, weights)
    )
    assert {
        row["regel_id"]: (row["n_geraakt"], row["n_fout"], row["bijdrage"])
        for row in costs
        if row["tabel"] == "fct_contact"
    } == {
        "CODE-ONBEKEND": (1, 1, Decimal("0.1")),
        "VERPLICHT-LEEG": (2, 1, Decimal("0.1")),
        "FHIR-DATUM-VOLGORDE": (1, 1, Decimal("0.02")),
        "FHIR-CODELIJST": (1, 0, Decimal(0)),
    }
    cost = "bron_id text, zorgaanbieder_id text, periode text, tabel text, n_fout bigint, " + (
        "bijdrage decimal(18, 9)"
    )
    lost = [("b", *WHO, row["tabel"], row["n_fout"], row["bijdrage"]) for row in costs]
    scores = run_model("dq_score", int_dq_totaal=total, dq_resultaat=(cost, lost))
    assert {row["tabel"]: (row["n_totaal"], row["n_fout"], row["dq_score"]) for row in scores} == {
        "fct_contact": (10, 3, Decimal("0.78")),
        "TOTAAL": (10, 3, Decimal("0.78")),
    }
    assert sum(x["bijdrage"] for x in costs if x["tabel"] == "TOTAAL") == Decimal("0.22")


@pytest.mark.parametrize(
    ("ernst", "weight"), [("geweigerd", "1"), ("waarschuwing", "0.1")], ids=["refused", "odd"]
)
def test_a_rule_without_a_weight_gets_that_of_its_kind(ernst: str, weight: str) -> None:
    judged = [("fct_contact", "b", "g", None, *WHO, "NIEUWE-REGEL", ernst, ernst == "geweigerd")]
    weights = [tuple(row.values()) for row in rows("codes/dq_gewicht.csv")]
    (row,) = run_model(
        "int_dq_regel", int_dq_record=(RECORD, []), int_dq_beoordeeld=(OORDEEL, judged),
        dq_gewicht=(GEWICHT, weights),
    )  # fmt: skip
    assert row["gewicht"] == Decimal(weight)


def test_every_fact_behind_an_indicator_has_a_score() -> None:
    """Its source records are counted, by the build and by what intake refuses of them."""
    named = {fact for row in seed("ref_indicator") for fact in row["feiten"].split(";")}
    models = PROJECT / "models/core"
    counted, judged = (
        set(re.findall(pattern, (models / f"intermediate/{name}.sql").read_text(encoding="utf-8")))
        for name, pattern in (
            ("int_dq_record", r"\n    '(\w+)': "),
            ("int_dq_oordeel", r"'fct_(\w+)'"),
        )
    )
    assert counted == judged
    for fact in sorted(named - {f"fct_{name}" for name in counted}):
        # Made of another fact alone, whose records are its records.
        made_of = set(re.findall(r"ref\('(\w+)'\)", (models / f"{fact}.sql").read_text()))
        assert made_of <= {f"fct_{name}" for name in counted}, fact


INDICATOR = "definitie_id bigint, feiten text"
COST = (
    "bron_id text, zorgaanbieder_id text, periode text, tabel text, regel_id text, "
    "gewicht decimal(18, 6), n_fout bigint"
)


def test_figures_about_inhabitants_rest_on_every_record_once() -> None:
    """A of which a successor answers too, B, and records that name no care provider.

    Together 10 + 20 + 10 records, of which 1 + 0 + 5 are lost: 34 / 40. A alone has 9 / 10.
    """
    totals = (TOTAAL, [("fct_a", "b", who, "2025", n)
                       for who, n in (("A", 10), ("B", 20), ("ONBEKEND", 10))])  # fmt: skip
    lost = (COST, [("b", who, "2025", "fct_a", "R", Decimal(1), n)
                   for who, n in (("A", 1), ("ONBEKEND", 5))])  # fmt: skip
    succession = (
        "zorgaanbieder_id text, eenheid_id text, geldig_van date, geldig_tot date",
        [("A", "N", date(2020, 1, 1), date(9999, 1, 1))],
    )
    answering = run_model(
        "int_dq_toerekening", int_dq_totaal=totals, int_aanbieder_opvolging=succession
    )
    who = "zorgaanbieder_id text, periode text, eenheid_id text"
    scores = run_model(
        "int_spiegel_dq", int_dq_totaal=totals, dq_resultaat=lost,
        int_spiegel_definitie=(INDICATOR, [(1, "fct_a")]),
        int_dq_toerekening=(who, values(answering, who)),
    )  # fmt: skip
    assert {row["zorgaanbieder_id"]: (row["n_totaal"], row["dq_score"]) for row in scores} == {
        "A": (10, Decimal("0.9")), "N": (10, Decimal("0.9")), "B": (20, Decimal(1)),
        "ONBEKEND": (40, Decimal("0.85")),
    }  # fmt: skip
