"""When a definition is accepted, and who is in a target group: by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import duckdb
import jinja2
import polars as pl
import pytest
from marts_indeling import Lagen, Row
from marts_sql import PROJECT, model_file

BEGIN, EINDE = date(1, 1, 1), date(9999, 12, 31)
PARTIJTYPEN = ["patienten", "zorgaanbieders", "zorgprofessionals", "zorgverzekeraars"]
DIAGNOSE = "pseudo_id text, diagnosegroep text, verificatie_status text, registratiedatum date"
PRESTATIE = "pseudo_id text, sector text, begindatum date, telt_mee boolean"
PERSOON = "pseudo_id text, geboortejaar integer, welvaart_kwintiel text"


def agreed(soort: str, op: str, tot: str | None = None, versie: str = "1") -> Row:
    return {"indicator_id": "proef", "definitie_versie": versie, "partijtype": soort,
            "partij": f"Partij {soort}", "akkoord_op": op, "ingetrokken_op": tot,
            "herkomst": "x"}  # fmt: skip


def states(*rows: Row) -> list[tuple[date, date, str, str]]:
    """Intervals of acceptance of version 1."""
    definitie = {"indicator_id": "proef", "feiten": "fct_contact", "bron": "x"}
    made = Lagen(
        lijsten={
            "ref_indicator": [definitie | {"definitie_versie": v} for v in ("1", "2")],
            "ref_indicator_akkoord": list(rows),
        }
    )
    return [
        (r["geldig_van"], r["geldig_tot"], r["akkoord"], r["ontbrekend"])
        for r in made.rows("indicator_akkoord")
        if r["definitie_versie"] == "1"
    ]


def test_nobody_agreed() -> None:
    assert states() == [(BEGIN, EINDE, "voorstel", ";".join(PARTIJTYPEN))]


def test_a_definition_is_accepted_from_the_last_party_on() -> None:
    found = states(*(agreed(soort, f"2023-0{n}-01") for n, soort in enumerate(PARTIJTYPEN, 1)))
    assert found[-2:] == [
        (date(2023, 3, 1), date(2023, 3, 31), "voorstel", "zorgverzekeraars"),
        (date(2023, 4, 1), EINDE, "geaccepteerd", ""),
    ]


def test_a_party_that_withdraws_makes_it_a_proposal_again() -> None:
    rows = [agreed(soort, "2023-01-01") for soort in PARTIJTYPEN[1:]]
    found = states(*rows, agreed("patienten", "2023-01-01", "2024-07-01"))
    assert found[1:] == [
        (date(2023, 1, 1), date(2024, 6, 30), "geaccepteerd", ""),
        (date(2024, 7, 1), EINDE, "voorstel", "patienten"),
    ]


def test_a_second_party_of_a_type_is_enough() -> None:
    rows = [agreed(soort, "2023-01-01") for soort in PARTIJTYPEN[1:]]
    other = agreed("patienten", "2023-01-01") | {"partij": "Een andere"}
    found = states(*rows, agreed("patienten", "2023-01-01", "2024-07-01"), other)
    assert found[-1][2] == "geaccepteerd"


def test_the_government_need_not_agree_and_another_version_does_not_count() -> None:
    rows = [agreed(soort, "2023-01-01") for soort in PARTIJTYPEN]
    assert states(*rows)[-1][2] == "geaccepteerd"
    assert states(*rows[:3], agreed("overheid", "2023-01-01"))[-1][3] == "zorgverzekeraars"
    other = [row | {"definitie_versie": "2"} for row in rows]
    assert states(*other)[-1][2] == "voorstel"


def members(
    diagnoses: list[tuple[Any, ...]] | None = None,
    care: list[tuple[Any, ...]] | None = None,
    born: int | None = 1950,
    welfare: str = "3",
) -> dict[str, tuple[date, date]]:
    """Target groups of one person with their days."""

    def rows(columns: str, values: list[tuple[Any, ...]]) -> list[Row]:
        names = [column.split()[0] for column in columns.split(", ")]
        return [dict(zip(names, ("p", *value), strict=True)) for value in values]

    made = Lagen(
        modellen={
            "fct_diagnose": (DIAGNOSE, rows(DIAGNOSE, diagnoses or [])),
            "fct_prestatie": (PRESTATIE, rows(PRESTATIE, care or [])),
            "dim_persoon": (PERSOON, rows(PERSOON, [(born, welfare)])),
        }
    )
    return {r["doelgroep"]: (r["van"], r["tot"]) for r in made.rows("int_doelgroep_lid")}


DAG = date(2024, 3, 1)


def test_a_chronic_disease_counts_from_the_first_diagnosis_on() -> None:
    later = ("hartfalen", "confirmed", DAG + timedelta(days=9))
    assert members([("hartfalen", None, DAG), later]) == {"hvz": (DAG, EINDE)}
    assert members([("darmkanker", "confirmed", DAG)]) == {"kanker": (DAG, EINDE)}


@pytest.mark.parametrize("status", ["refuted", "entered-in-error"])
def test_a_refuted_diagnosis_makes_no_member(status: str) -> None:
    assert members([("hartfalen", status, DAG)]) == {}


def test_frail_is_two_chronic_diseases_from_the_year_of_turning_75() -> None:
    two = [("hartfalen", None, date(2020, 1, 1)), ("copd", None, DAG)]
    assert members(two, born=1949)["kwetsbare_ouderen"] == (DAG, EINDE)
    assert members(two, born=1950)["kwetsbare_ouderen"] == (date(2025, 1, 1), EINDE)
    assert "kwetsbare_ouderen" not in members(two, born=None)
    twice = [("copd", None, date(2020, 1, 1)), ("copd", None, DAG)]
    assert members(twice, born=1940) == {}


def test_mental_care_counts_until_a_year_after_the_last() -> None:
    care = [("ggz", DAG, True), ("ggz", date(2024, 5, 31), True), ("ggz", date(2025, 1, 1), False)]
    assert members(care=care) == {"psychisch": (DAG, date(2025, 5, 31))}
    assert members(care=[("msz", DAG, True)]) == {}


def test_low_welfare_stands_for_low_health_literacy() -> None:
    assert members(welfare="1") == {"lgv": (BEGIN, EINDE)}


@pytest.mark.parametrize(
    ("told", "executes", "expected"),
    [
        (None, True, ["voorstel", "geaccepteerd"]),
        ("2023-06-30", True, ["voorstel", "voorstel"]),
        ("2023-07-01", True, ["geaccepteerd", "voorstel"]),
        ("2024-07-01", True, ["voorstel", "geaccepteerd"]),
        ("2023-07-01", False, ["voorstel", "geaccepteerd"]),
    ],
    ids=["register", "before", "version 1", "version 2", "while parsing"],
)
def test_a_build_of_a_day_knows_what_was_accepted_then(
    told: str | None, executes: bool, expected: list[str]
) -> None:
    """The second version follows the first a year later; neither speaks for the other."""
    macro = (PROJECT / "macros" / "bouw" / "akkoord_dag.sql").read_text(encoding="utf-8")
    model = model_file("int_spiegel_akkoord")
    assert model is not None
    environment = jinja2.Environment(autoescape=False)  # noqa: S701
    environment.globals |= {
        "execute": executes, "ref": str, "var": {"akkoord_op": "9999-12-31"}.__getitem__,
        "env_var": lambda _name, otherwise: told or otherwise,
    }  # fmt: skip
    sql = environment.from_string(macro + model.read_text(encoding="utf-8")).render()
    definitie = {"indicator_id": "proef", "feiten": "fct_contact", "bron": "x"}
    rows = [agreed(soort, "2023-07-01", "2024-07-01") for soort in PARTIJTYPEN]
    rows += [agreed(soort, "2024-07-01", versie="2") for soort in PARTIJTYPEN]
    made = Lagen(
        lijsten={
            "ref_indicator": [definitie | {"definitie_versie": v} for v in ("1", "2")],
            "ref_indicator_akkoord": rows,
        }
    ).rows("indicator_akkoord")
    frame = pl.DataFrame(made)
    with duckdb.connect() as con:
        con.register("indicator_akkoord", frame.to_arrow())
        found = con.execute(f"select akkoord from ({sql}) order by definitie_versie").fetchall()
    assert [akkoord for (akkoord,) in found] == expected
