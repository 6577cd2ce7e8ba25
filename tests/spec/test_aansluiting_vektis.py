"""The open data of Vektis beside our declarations: totals whole, gemeenten without the rest row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from marts_keten import Keten
from marts_sql import run_model

KOP = "gemeentenaam;geslacht;leeftijdsklasse;aantal_bsn;aantal_verzekerdejaren"
#: Two years with other columns; amounts with a comma, and one below zero.
JAREN = {
    "vektis_2011_gemeente.csv": f"{KOP.upper()};KOSTEN_TWEEDELIJNS_GGZ;KOSTEN_FARMACIE\n"
    "LEIDEN;M;90+;10;9;100,50;-0,50\nLEIDEN;V;90+;20;19;1;2\n;;;30;29;1000;2000\n",
    "vektis_2030_gemeente.csv": f"{KOP};kosten_consulten_ggz;kosten_ruimtevaart\n"
    "Leiden;M;90+;11;9;7.25;3\nAtlantis;M;90+;12;9;1;0\n",
}


def keten(home: Path, *deliveries: tuple[str, dict[str, str]]) -> Keten:
    home.mkdir(exist_ok=True)
    made = Keten(home)
    for number, (periode, files) in enumerate(deliveries):
        folder = home / f"levering{number}"
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text)
        made.deliver(folder, "vektis", periode)
    return made


def published(made: Keten) -> dict[tuple[Any, ...], tuple[int, Decimal]]:
    return {
        (r["jaar"], r["eenheid_id"], r["categorie"]): (r["vektis_verzekerden"], r["vektis_eur"])
        for r in made.rows("aansluiting_vektis")
    }


def test_drift_between_years_ends_in_one_list_of_categories(tmp_path: Path) -> None:
    euro = Decimal
    assert published(keten(tmp_path, ("onbekend", JAREN))) == {
        (2011, "NL", "ggz"): (60, euro("1101.50")),
        (2011, "NL", "farmacie"): (60, euro("2001.50")),
        (2011, "NL", "TOTAAL"): (60, euro("3103.00")),
        (2011, "GM0546", "ggz"): (30, euro("101.50")),
        (2011, "GM0546", "farmacie"): (30, euro("1.50")),
        (2011, "GM0546", "TOTAAL"): (30, euro("103.00")),
        (2030, "NL", "ggz"): (23, euro("8.25")),
        (2030, "NL", "niet_ingedeeld"): (23, euro("3.00")),
        (2030, "NL", "TOTAAL"): (23, euro("11.25")),
        (2030, "GM0546", "ggz"): (11, euro("7.25")),
        (2030, "GM0546", "niet_ingedeeld"): (11, euro("3.00")),
        (2030, "GM0546", "TOTAAL"): (11, euro("10.25")),
        (2030, "ONBEKEND", "ggz"): (12, euro("1.00")),
        (2030, "ONBEKEND", "niet_ingedeeld"): (12, euro("0.00")),
        (2030, "ONBEKEND", "TOTAAL"): (12, euro("1.00")),
    }


def test_a_file_that_is_published_again_replaces_its_rows_whole(tmp_path: Path) -> None:
    first = {"x_2011.csv": f"{KOP};kosten_oud;kosten_farmacie\nLEIDEN;M;90+;10;9;5;1\n"}
    again = {"x_2011.csv": f"{KOP};kosten_mondzorg;kosten_farmacie\nLEIDEN;M;90+;10;9;6;1\n"}
    for name, order in (("a", ["2012", "2013"]), ("b", ["2013", "2012"])):
        files = {"2012": first, "2013": again}
        made = keten(tmp_path / name, *[(p, files[p]) for p in order], ("2013", again))
        assert {k[2]: v[1] for k, v in published(made).items() if k[1] == "NL"} == {
            "mondzorg": 6, "farmacie": 1, "TOTAAL": 7
        }  # fmt: skip


PRESTATIE = (
    "begindatum date, pseudo_id varchar, sector varchar, financieringsdomein varchar, "
    "bedrag_eur decimal(18, 2), basis_eur decimal(18, 2), toegekend_eur decimal(18, 2)"
)
DAG = date(2022, 6, 1)


def test_our_declarations_stand_beside_the_published_costs() -> None:
    lines = [
        (DAG, "p1", "msz", "Zvw", 100, None, 90),
        (DAG, "p2", "msz", "Zvw", 50, None, None),
        (DAG, "p2", "msz", "Zvw", -50, None, None),  # credit
        (DAG, "p1", "hulpmiddelen", "gemengd", 80, 30, 70),
        (DAG, "p1", "wlz", "Wlz", 999, None, None),
        (DAG, "p1", "mondzorg", "aanvullend", 999, None, None),
        (DAG, "p1", "ketenzorg", "Zvw", 7, None, None),
        (date(2021, 12, 31), "p1", "msz", "Zvw", 999, None, None),  # a year not published
    ]
    costs = [
        (2022, "GM0546", "msz", 400), (2022, "RESTREGEL", "msz", 100),
        (2022, "GM0546", "huisartsenzorg", 0), (2022, "GM0546", "kraamzorg", -5),
    ]  # fmt: skip
    rows = run_model(
        "aansluiting_vektis",
        seeds=("vektis_sector",),
        fct_prestatie=(PRESTATIE, lines),
        dim_persoon=(
            "pseudo_id varchar, gemeente_code varchar", [("p1", "GM0546"), ("p2", "GM0363")]
        ),
        fct_vektis_kosten=(
            "jaar int, gemeente_code varchar, categorie varchar, kosten_eur decimal(18, 2)", costs
        ),
        fct_vektis_verzekerden=(
            "jaar int, gemeente_code varchar, aantal_verzekerden bigint",
            [(2022, "GM0546", 10), (2022, "RESTREGEL", 5)],
        ),
    )  # fmt: skip
    found = {
        (r["eenheid_id"], r["categorie"]): (
            r["vektis_eur"], r["eigen_gedeclareerd_eur"], r["eigen_toegekend_eur"], r["aandeel"]
        )
        for r in rows
    }  # fmt: skip
    assert found["NL", "msz"] == (500, 100, 90, pytest.approx(0.2))
    assert found["GM0546", "msz"] == (400, 100, 90, pytest.approx(0.25))
    assert found["NL", "hulpmiddelen"] == (0, 30, 0, None)
    assert found["NL", "huisartsenzorg"] == (0, 7, 0, None)
    assert found["NL", "kraamzorg"] == (-5, 0, 0, None)
    assert found["NL", "TOTAAL"] == (495, 137, 90, pytest.approx(137 / 495))
    assert {unit for unit, _ in found} == {"NL", "GM0546"}
    assert {r["vektis_verzekerden"] for r in rows if r["niveau"] == "landelijk"} == {15}
