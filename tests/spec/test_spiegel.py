"""From observations to figures, for every kind of measure, breakdown and period: by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from marts_indeling import Lagen, Row

from marts.dbt_run import register

WAARNEMING = (
    "indicator_id text, zorgaanbieder_id text, pseudo_id text, peildatum date, "
    "diagnosegroep text, teller decimal(18, 4), noemer decimal(18, 4)"
)
PERSOON = (
    "pseudo_id text, geboortejaar integer, geslacht text, welvaart_kwintiel text, pc4 text, "
    "uzovi text"
)
INDELING = (
    "pc4 text, gemeente_code text, zorgkantoorregio_code text, geldig_van date, geldig_tot date"
)
CHRONISCH = "pseudo_id text, van date, tot date, aantal integer"
LID = "pseudo_id text, doelgroep text, regel text, regel_versie text, van date, tot date"
TOTAAL = "tabel text, bron_id text, zorgaanbieder_id text, periode text, n_totaal bigint"
RESULTAAT = (
    "tabel text, bron_id text, zorgaanbieder_id text, periode text, regel_id text, "
    "gewicht decimal(18, 6), n_fout bigint"
)
BOUW = "bouw_id text"
A, B = "06000001", "06000002"
BEGIN, EINDE = date(1, 1, 1), date(9999, 12, 31)
DEFINITIE = {
    "indicator_id": "proef", "definitie_versie": "1", "naam": "Proef", "uitleg": "Proef.",
    "teller_omschrijving": "t", "noemer_omschrijving": "n", "soort_meting": "proportie_som",
    "richting": "hoger_is_beter", "eenheid": "aandeel", "type": "proces",
    "kwaliteitsaspect": "interventie", "doelgroep": "iedereen", "sector": "msz",
    "periode_typen": "jaar", "niveaus": "landelijk;gemeente;zorgaanbieder", "casemix": "lgw-1",
    "minimum_volume": "1", "feiten": "fct_contact", "bron": "x", "wijziging": "x",
}  # fmt: skip


def seen(
    persoon: str,
    teller: int,
    noemer: int = 1,
    *,
    wie: str | None = A,
    dag: str = "2025-03-01",
) -> Row:
    """One observation."""
    return {
        "indicator_id": "proef", "zorgaanbieder_id": wie, "pseudo_id": persoon,
        "peildatum": date.fromisoformat(dag), "diagnosegroep": "TOTAAL",
        "teller": Decimal(teller), "noemer": Decimal(noemer),
    }  # fmt: skip


def mirror(
    rows: list[Row],
    *,
    definities: list[Row] | None = None,
    normen: list[Row] | None = None,
    akkoord: list[Row] | None = None,
    leden: list[Row] | None = None,
    later: list[Row] | None = None,
    monkeypatch: pytest.MonkeyPatch,
    **definitie: str,
) -> list[Row]:
    """All rows of ``spiegel_indicator`` for a register of one indicator.

    Args:
        rows: observations of its first definition.
        definities: rows of the register; one with ``definitie`` changed when left out.
        normen: rows of ``ref_norm``.
        akkoord: rows of ``ref_indicator_akkoord``.
        leden: rows of ``int_doelgroep_lid``.
        later: observations of its second definition.
        monkeypatch: puts the register in the place of that of the project.
        definitie: cells of the register that differ from ``DEFINITIE``.
    """
    definities = definities or [DEFINITIE | definitie]
    keys = ["proef"] if len(definities) == 1 else ["proef", "proef_v2"]
    monkeypatch.setitem(marts_variables(), "indicatoren", keys)
    ids = sorted({row["pseudo_id"] for row in rows + (later or [])})
    personen = [
        {"pseudo_id": naam, "geboortejaar": 1940 + 10 * n, "geslacht": "vrouw",
         "welvaart_kwintiel": "1", "pc4": str(1000 + n % 2), "uzovi": "9901"}
        for n, naam in enumerate(ids)
    ]  # fmt: skip
    gebied = [
        {"pc4": str(1000 + n), "gemeente_code": f"GM{n}", "zorgkantoorregio_code": "ZK1",
         "geldig_van": BEGIN, "geldig_tot": EINDE}
        for n in range(2)
    ]  # fmt: skip
    totaal = [
        {"tabel": "fct_contact", "bron_id": "b", "zorgaanbieder_id": agb, "periode": jaar,
         "n_totaal": 10}
        for agb in (A, B) for jaar in ("2024", "2025")
    ]  # fmt: skip
    slecht = {"tabel": "fct_contact", "bron_id": "b", "zorgaanbieder_id": B, "periode": "2025",
              "regel_id": "R", "gewicht": 1, "n_fout": 4}  # fmt: skip
    made = Lagen(
        lijsten={
            "ref_indicator": definities,
            "ref_norm": normen or [],
            "ref_indicator_akkoord": akkoord or [],
        },
        modellen={
            "ind_proef": (WAARNEMING, rows),
            "ind_proef_v2": (WAARNEMING, later or []),
            "dim_persoon": (PERSOON, personen),
            "int_postcode_indeling": (INDELING, gebied),
            "int_doelgroep_lid": (LID, leden or []),
            "int_chronisch_aantal": (CHRONISCH, []),
            "int_dq_totaal": (TOTAAL, totaal),
            "dq_resultaat": (RESULTAAT, [slecht]),
            "bouw": (BOUW, [{"bouw_id": "b0"}]),
        },
    )
    assert made.test("indeling_verliest_niets") == []
    assert made.test("doelwaarde_komt_uit_norm") == []
    return made.rows("spiegel_indicator")


def marts_variables() -> dict[str, Any]:
    """The variables that models are rendered with."""
    import marts_sql

    return marts_sql._variables()


def total(rows: list[Row], periode: str = "2025", **where: str) -> Row:
    """The one national figure of everybody, or that of another unit or breakdown."""
    asked = {"niveau": "landelijk", "uitsplitsing": "TOTAAL", "periode": periode} | where
    (row,) = [r for r in rows if all(r[k] == v for k, v in asked.items())]
    return row


@pytest.mark.parametrize(
    ("soort", "teller", "noemer", "waarde"),
    [
        ("proportie_som", 5, 7, "0.714286"),
        ("proportie_personen", 2, 2, "1"),
        ("gemiddelde_per_persoon", 5, 2, "2.5"),
        ("aantal_per_persoon", 5, 2, "2.5"),
        ("verhouding", 5, 7, "0.714286"),
        ("aantal", 5, 7, "5"),
    ],
)
def test_what_a_kind_of_measure_counts(
    soort: str, teller: int, noemer: int, waarde: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """p1 is seen twice at A and once at B, p2 once at A."""
    noemers = (1, 1, 1) if "perso" in soort else (2, 2, 2)
    rows = mirror(
        [seen("p1", 1, noemers[0]), seen("p1", 1, noemers[1], wie=B), seen("p1", 1, noemers[2]),
         seen("p2", 2 if soort != "proportie_personen" else 1, 1)],
        monkeypatch=monkeypatch, soort_meting=soort,
    )  # fmt: skip
    row = total(rows)
    assert (row["teller"], row["noemer"], row["waarde"]) == (teller, noemer, Decimal(waarde))
    assert row["n_personen"] == 2
    # At the care providers together p1 counts for both.
    assert sum(r["n_personen"] for r in rows if r["niveau"] == "zorgaanbieder"
               and r["uitsplitsing"] == "TOTAAL") == 3  # fmt: skip


def test_periods_are_those_that_the_register_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = mirror(
        [seen("p1", 1, dag="2025-02-28"), seen("p1", 0), seen("p2", 1, dag="2024-12-31")],
        monkeypatch=monkeypatch, periode_typen="jaar;kwartaal;maand",
    )  # fmt: skip
    found = {
        (r["periode_type"], r["periode"]): (r["teller"], r["noemer"])
        for r in rows
        if r["niveau"] == "landelijk" and r["uitsplitsing"] == "TOTAAL"
    }
    assert found == {
        ("jaar", "2025"): (1, 2), ("kwartaal", "2025Q1"): (1, 2), ("maand", "2025-02"): (1, 1),
        ("maand", "2025-03"): (0, 1), ("jaar", "2024"): (1, 1), ("kwartaal", "2024Q4"): (1, 1),
        ("maand", "2024-12"): (1, 1),
    }  # fmt: skip


def test_someone_counts_in_every_target_group_of_the_period(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lid(persoon: str, groep: str, van: str, tot: str = "9999-12-31", regel: str = "r") -> Row:
        return {"pseudo_id": persoon, "doelgroep": groep, "regel": regel, "regel_versie": "1",
                "van": date.fromisoformat(van), "tot": date.fromisoformat(tot)}  # fmt: skip

    rows = mirror(
        [seen("p1", 1), seen("p2", 0), seen("p1", 1, dag="2024-05-01")],
        leden=[
            lid("p1", "hvz", "2025-12-31"), lid("p1", "hvz", "2025-01-01", regel="ander"),
            lid("p1", "kanker", "2020-01-01"), lid("p2", "kanker", "2026-01-01"),
            lid("p2", "psychisch", "2024-01-01", "2025-12-30"),
        ],
        monkeypatch=monkeypatch,
    )  # fmt: skip
    found = {
        (r["periode"], r["uitsplitsing_waarde"]): (r["teller"], r["noemer"])
        for r in rows
        if r["niveau"] == "landelijk" and r["uitsplitsing"] == "doelgroep"
    }
    assert found == {
        ("2025", "hvz"): (1, 1), ("2025", "kanker"): (1, 1), ("2024", "kanker"): (1, 1),
    }  # fmt: skip


def test_both_versions_of_a_definition_stand_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = mirror(
        [seen("p1", 1), seen("p2", 0)],
        later=[seen("p1", 1), seen("p3", 0), seen("p4", 0), seen("p2", 0)],
        definities=[
            DEFINITIE,
            DEFINITIE | {"definitie_versie": "2", "minimum_volume": "4", "periode_typen": "jaar"},
        ],
        monkeypatch=monkeypatch,
    )
    keys = [(r["definitie_versie"], r["niveau"], r["eenheid_id"], r["uitsplitsing"],
             r["uitsplitsing_waarde"], r["periode_type"], r["periode"]) for r in rows]  # fmt: skip
    assert len(keys) == len(set(keys))
    one, two = (total(rows, definitie_versie=versie) for versie in ("1", "2"))
    assert (one["waarde"], two["waarde"]) == (Decimal("0.5"), Decimal("0.25"))
    assert one["referentie_landelijk"] == one["waarde"]
    assert two["referentie_landelijk"] == two["waarde"]


def test_figures_about_inhabitants_have_no_provider_and_the_quality_of_all_records(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = mirror([seen("p1", 1, wie="ONBEKEND"), seen("p2", 0, wie="ONBEKEND")],
                  monkeypatch=monkeypatch)  # fmt: skip
    row = total(rows)
    # 4 of the 20 records of 2025 are wrong; nobody is named, and no provider has a figure
    assert (row["n_zorgaanbieders"], row["dq_score"]) == (0, Decimal("0.8"))
    assert {r["niveau"] for r in rows} == {"landelijk", "gemeente"}
    # a source that should name a provider and does not is another matter
    row = total(mirror([seen("p1", 1, wie=None)], monkeypatch=monkeypatch))
    assert (row["n_zorgaanbieders"], row["dq_score"], row["status"]) == (0, 0, "indicatief")


def many(share: float, dag: str, n: int = 200) -> list[Row]:
    return [seen(f"p{i:03}", int(i < share * n), dag=dag) for i in range(n)]


@pytest.mark.parametrize(
    ("richting", "trend"),
    [("hoger_is_beter", "verbeterd"), ("lager_is_beter", "verslechterd"), ("neutraal", "gestegen")],
)
def test_a_change_that_is_no_chance_has_a_direction(
    richting: str, trend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = mirror(
        many(0.5, "2024-03-01") + many(0.7, "2025-03-01"),
        monkeypatch=monkeypatch,
        richting=richting,
    )
    row = total(rows)
    assert (row["waarde_vorige"], row["verschil"], row["trend"]) == (
        Decimal("0.5"), Decimal("0.2"), trend,
    )  # fmt: skip
    # Newcombe's interval, method 10, for 140 of 200 against 100 of 200, by hand
    assert float(row["verschil_laag"]) == pytest.approx(0.104228, abs=2e-6)
    assert float(row["verschil_hoog"]) == pytest.approx(0.290676, abs=2e-6)
    assert total(rows, "2024")["trend"] is None


def test_a_change_that_may_be_chance_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = mirror(many(0.5, "2024-03-01") + many(0.54, "2025-03-01"), monkeypatch=monkeypatch)
    assert total(rows)["trend"] == "gelijk"


def norm(norm_id: str, jaar: int, status: str = "norm", waarde: str | None = "0.8") -> Row:
    return {
        "norm_id": norm_id, "indicator_id": "proef", "doelwaarde": waarde, "operator": ">=",
        "doeljaar": str(jaar), "status": status, "bron": "x",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("normen", "norm_2024", "norm_2025"),
    [
        ([], None, None),
        ([norm("n", 2025, waarde=None)], None, None),
        ([norm("n", 2025)], "n", "n"),
        ([norm("n", 2023)], "n", "n"),
        ([norm("m", 2024), norm("n", 2025)], "m", "n"),
        ([norm("m", 2030), norm("n", 2024)], "n", "m"),
        ([norm("a", 2025, "ambitie", "0.9"), norm("n", 2025)], "n", "n"),
        ([norm("m", 2025, "voorstel"), norm("a", 2025, "bespreekpunt")], "m", "m"),
        ([norm("m", 2025, waarde=None), norm("n", 2025, "bespreekpunt")], "n", "n"),
    ],
    ids=["none", "empty", "one", "past", "each", "next", "ambition", "proposal", "no value"],
)
def test_the_norm_of_a_year(
    normen: list[Row], norm_2024: str | None, norm_2025: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = mirror(
        [seen("p1", 1), seen("p1", 1, dag="2024-03-01")], normen=normen, monkeypatch=monkeypatch
    )
    assert total(rows, "2024")["norm_id"] == norm_2024
    assert total(rows, "2025")["norm_id"] == norm_2025


def test_every_definition_of_the_project_has_a_row_and_a_key() -> None:
    rows = Lagen().rows("int_spiegel_definitie")
    assert [row["definitie_id"] for row in rows] == sorted(register())
