"""Messages of every standard, from bytes through intake to the one fact of declarations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from marts_prestatie import Bericht, Feit, Regel, raw_rows
from outside import OUTSIDE, needs_outside

from ingest.intake import ingest_path
from ingest.pseudonym import write_key
from ingest.settings import Settings
from tests.ei_bericht import AGB, BSN, EiBericht, gz321_voorbeeld

BERICHTEN = {
    "ZH308 9.0": {"prestatiecodelijst": "041", "zorgproductcode": "099899001"},
    "ZH308 8.0": {"prestatiecodelijst": "041", "zorgproductcode": "099899001"},
    "HA304 4.2": {"prestatiecodelijst": "008"},
    "AP304 7.2": {"prestatiecodelijst": "001"},
    "AP304 8.0": {"prestatiecodelijst": "001"},
    "PM304 3.2": {"prestatiecodelijst": "078"},
    "LH307 5.2": {"prestatiecodelijst": "064"},
    "VK301 2.2": {"prestatiecodelijst": "032", "prestatiecode": "1234"},
    "MZ301 1.3": {"prestatiecodelijst": "010"},
    "OS301 1.0": {"prestatiecodelijst": "054"},
    "AW319 1.3": {"prestatiecodelijst": "065", "tijdseenheid": "04"},
    "AW319 1.4": {"prestatiecodelijst": "065", "tijdseenheid": "04"},
    "DG301 1.0": {"prestatiecodelijst": "050"},
    "DG301 2.0": {"prestatiecodelijst": "050"},
    "EP301 1.2": {"prestatiecodelijst": "048"},
}
SECTOREN = {
    "ZH308": "msz", "HA304": "huisartsenzorg", "AP304": "farmacie", "PM304": "paramedisch",
    "LH307": "hulpmiddelen", "VK301": "verloskunde", "MZ301": "mondzorg", "OS301": "overige_zorg",
    "AW319": "wijkverpleging", "DG301": "ggz", "EP301": "ggz",
}  # fmt: skip


def message(soort: str, kop: dict[str, Any] | None = None, **velden: Any) -> EiBericht:
    """A message with one line of EUR 12.50, wherever the standard keeps its money."""
    standaard, versie = soort.split()
    code = {"e0102": "428"} if standaard == "AW319" else {}
    made = EiBericht(standaard, versie, **(code | (kop or {}))).verzekerde(nummer="VZ1")
    velden = BERICHTEN[soort] | velden
    if "06" in made.layout.records:
        made.prestatie("P1", **_performer(made, "04"), **velden)
        return made.tarief(1250, **_performer(made, "06"), **_part(made))
    money = {"bedrag_cent": 1250, "debet_credit": "D"}
    money |= {} if soort == "AP304 7.2" else {"berekend_cent": 1250}  # 0433 is not filled there
    return made.prestatie("P1", **money, **_performer(made, "04"), **velden)


def _part(made: EiBericht) -> dict[str, str]:
    """The code of a part of a prestatie: that of the whole (DG301 0612)."""
    code = {"DG301": {"e0612": "12345"}}
    return code.get(made.layout.standaard, {})


def _performer(made: EiBericht, code: str) -> dict[str, str]:
    """The AGB code of who did it, where a record must have one."""
    return {
        f"e{e.element}": "94000001"
        for e in made.layout.records[code].elementen
        if e.naam.startswith("Zorgverlenerscode") and e.verplicht == "M"
    }


def fact(home: Path, *berichten: EiBericht) -> Feit:
    """The fact of messages that were taken in, each as a delivery of its own."""
    files = []
    for nummer, bericht in enumerate(berichten):
        files.append(home / f"{nummer}.asc")
        files[-1].write_text(bericht.tekst(), encoding="latin-1", newline="")
    return taken_in(home, files)


def taken_in(home: Path, files: list[Path], declarant: str = AGB) -> Feit:
    """The fact of files, each a delivery that is accepted in full."""
    settings = Settings(home=home / "home", threads=1)
    write_key(settings, demo=True)
    for file in files:
        report = ingest_path(file, "declaraties-msz", settings, periode="2025")
        assert report.status == "geaccepteerd", report.redenen
    tabellen = {
        folder.name: _rows(folder) for folder in settings.room("raw").iterdir() if folder.is_dir()
    }
    return Feit(tabellen, [declarant])


def _rows(folder: Path) -> list[dict[str, Any]]:
    result = duckdb.execute(
        f"from read_parquet('{folder}/**/*.parquet', hive_partitioning = false)"
    )
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@pytest.mark.parametrize("soort", sorted(BERICHTEN))
def test_a_line_of_every_standard_is_in_the_fact(tmp_path: Path, soort: str) -> None:
    (row,) = fact(tmp_path, message(soort).sluit()).rows("fct_prestatie")
    assert row["sector"] == SECTOREN[soort.split()[0]]
    assert row["bedrag_eur"] == Decimal("12.50")
    assert (row["zorgaanbieder_id"], row["uzovi"]) == (AGB, "9991")
    assert row["prestatiecodelijst"] == BERICHTEN[soort]["prestatiecodelijst"]
    assert row["prestatiecode"].lstrip("0") == BERICHTEN[soort].get("prestatiecode", "12345")
    assert row["begindatum"] == date(2023, 1, 5)
    assert row["bekend_op"] == date(2024, 1, 15)
    assert row["tijdseenheid"] == BERICHTEN[soort].get("tijdseenheid")
    assert row["zorgproductcode"] == BERICHTEN[soort].get("zorgproductcode")
    assert row["pseudo_id"].startswith("p")
    assert row["telt_mee"]


def test_a_debit_and_its_credit_in_two_deliveries_come_to_nothing(tmp_path: Path) -> None:
    back = EiBericht("HA304", "4.2", factuurnummer="F2", dagtekening="20240301").verzekerde()
    back.prestatie(
        "P2", voorgaande_referentie="P1", debet_credit="C", bedrag_cent=1250, berekend_cent=1250,
        berekend_debet_credit="C", prestatiecodelijst="008",
    ).sluit()  # fmt: skip
    feit = fact(tmp_path, back, message("HA304 4.2").sluit())
    rows = {r["debet_credit"]: r for r in feit.rows("fct_prestatie")}
    assert sum(r["bedrag_eur"] for r in rows.values()) == 0
    assert rows["D"]["gecrediteerd_op"] == date(2024, 3, 1)


@pytest.mark.parametrize("teken", ["D", " "])
def test_a_device_is_split_over_two_insurances(tmp_path: Path, teken: str) -> None:
    """Of a conditional amount the sign may be blank: it is that of the record."""
    signs = {"basis_debet_credit": teken, "aanvullend_debet_credit": teken}
    bericht = message("LH307 5.2", basis_cent=1000, aanvullend_cent=250, **signs).sluit()
    (row,) = fact(tmp_path, bericht).rows("fct_prestatie")
    assert (row["basis_eur"], row["aanvullend_eur"]) == (Decimal(10), Decimal("2.5"))
    assert row["financieringsdomein"] == "gemengd"


def test_a_credit_of_a_device_is_split_by_the_sign_of_its_record(tmp_path: Path) -> None:
    velden = {"prestatiecodelijst": "064", "berekend_cent": 1250, "bedrag_cent": 1250}
    parts = {"basis_cent": 1000, "aanvullend_cent": 250} | _performer(message("LH307 5.2"), "04")
    back = EiBericht("LH307", "5.2", factuurnummer="F2").verzekerde(nummer="VZ1")
    back.prestatie("P2", voorgaande_referentie="P1", debet_credit="C", **velden, **parts)
    feit = fact(tmp_path, back.sluit(), message("LH307 5.2").sluit())
    (row,) = (r for r in feit.rows("fct_prestatie") if r["debet_credit"] == "C")
    assert (row["basis_eur"], row["aanvullend_eur"]) == (Decimal(-10), Decimal("-2.5"))
    assert row["berekend_eur"] == Decimal("-12.50")


def test_a_dear_medicine_of_a_pharmacy_is_marked(tmp_path: Path) -> None:
    (row,) = fact(tmp_path, message("AP304 8.0", duur_geneesmiddel="JA").sluit()).rows(
        "fct_prestatie"
    )
    assert row["is_add_on"]
    assert "JA" not in map(str, row.values())


def test_a_message_through_a_bureau_says_so(tmp_path: Path) -> None:
    kop = {"servicebureau": "98000001", "betaling_aan": "01"}
    (row,) = fact(tmp_path, message("HA304 4.2", kop).sluit()).rows("fct_prestatie")
    assert (row["kanaal"], row["zorgaanbieder_id"]) == ("ei_servicebureau", AGB)


def test_care_of_a_home_is_wlz_by_its_message_code(tmp_path: Path) -> None:
    kop = {"e0102": "187"}
    velden = {"prestatiecodelijst": "055", "tijdseenheid": "14"}
    (row,) = fact(tmp_path, message("AW319 1.4", kop, **velden).sluit()).rows("fct_prestatie")
    assert (row["sector"], row["financieringsdomein"]) == ("wlz", "Wlz")


def test_a_dbc_of_mental_care_has_its_product_its_specialism_and_its_time(tmp_path: Path) -> None:
    feit = fact(tmp_path, gz321_voorbeeld())
    (row,) = feit.rows("fct_prestatie")
    assert (row["sector"], row["bedrag_eur"]) == ("ggz", Decimal("12.50"))
    assert (row["zorgproductcode"], row["specialisme"]) == ("101001000041", "0329")
    (activity,) = feit.rows("fct_zorgactiviteit")
    assert (activity["aantal"], activity["tijdseenheid"]) == (20, "04")
    time = {r["soort_behandelaar"]: r for r in feit.rows("fct_tijdsbesteding")}
    assert {r["prestatie_id"] for r in time.values()} == {row["prestatie_id"]}
    assert (time["01"]["aantal_direct"], time["01"]["aantal_indirect"]) == (120, 0)
    assert (time["02"]["beroep"], time["02"]["aantal_indirect"]) == ("9937", 30)
    assert all(r["telt_mee"] and r["tijdseenheid"] == "01" for r in time.values())


@pytest.mark.parametrize(
    ("poort", "uitvoerder", "specialisme"),
    [
        (["0329", "0329"], [None, None], "0329"),
        (["0329", None], [None, "9411"], "0329"),
        ([None, None], ["9411", "9411"], "9411"),
        ([None, None], ["9411", "9405"], None),
        (["0329", "0327"], ["9411", "9411"], None),
        ([None, None], [None, None], None),
    ],
    ids=["poort", "poort gaat voor", "uitvoerder", "twee uitvoerders", "twee poorten", "geen"],
)
def test_the_specialism_of_a_line_is_the_one_its_tariffs_name(
    poort: list[str | None], uitvoerder: list[str | None], specialisme: str | None
) -> None:
    line = Regel("1", "D", "r", None, velden={"prestatiecodelijst": "050"})
    made = raw_rows([Bericht("b", AGB, date(2024, 1, 1), (line,), kop={"ei_code": "195"})])
    made["decl_tarief"] = [
        {"bericht_sleutel": "b", "identificatie": f"t{i}", "prestatie_identificatie": "1",
         "bedrag_cent": 100, "poortspecialisme": one, "specialisme": other}
        for i, (one, other) in enumerate(zip(poort, uitvoerder, strict=True))
    ]  # fmt: skip
    (row,) = Feit(made, [AGB]).rows("fct_prestatie")
    assert row["specialisme"] == specialisme
    assert row["bedrag_eur"] == 2


def test_time_shares_the_fate_of_its_prestatie(tmp_path: Path) -> None:
    credit = gz321_voorbeeld(factuurnummer="F2", dagtekening="20240301")
    for index, line in enumerate(credit.regels):
        for element in credit.layout.records[line[:2]].elementen:
            own = line[element.begin - 1 : element.eind].strip()
            if element.naam.lower().startswith("referentienummer dit"):
                credit.zet(index, element.element, f"{own}C".ljust(element.lengte))
                earlier = own
            elif element.naam.lower().startswith("referentienummer voorgaande"):
                credit.zet(index, element.element, earlier.ljust(element.lengte))
            elif element.naam.lower().startswith("indicatie debet/credit"):
                credit.zet(index, element.element, "C")
    feit = fact(tmp_path, credit, gz321_voorbeeld())
    rows = feit.rows("fct_prestatie")
    assert sum(r["bedrag_eur"] for r in rows) == 0
    time = feit.rows("fct_tijdsbesteding")
    assert len(time) == 4
    assert not any(r["telt_mee"] for r in time)


@needs_outside
def test_the_official_message_of_mental_care_is_in_the_fact_with_its_time(tmp_path: Path) -> None:
    text = (OUTSIDE / "vektis/gz321/GZ321-basisbestand-correct.ASC").read_text(encoding="latin-1")
    file = tmp_path / "basis.asc"
    # The official message is a test message; production is one letter away (element 0105).
    file.write_text(text[:9] + "P" + text[10:], encoding="latin-1")
    feit = taken_in(tmp_path, [file], declarant="54540051")
    lines, (row,) = feit.rows("fct_prestatie"), feit.rows("fct_zorgactiviteit")
    assert sum(r["bedrag_eur"] for r in lines) == Decimal("7330.00")
    assert {r["sector"] for r in lines} == {"ggz"}
    assert row["prestatie_id"] in {r["prestatie_id"] for r in lines}
    assert (row["aantal"], row["tijdseenheid"], row["zorgactiviteitcode"]) == (20, "04", "act_9.1")
    by_code = {r["prestatiecode"]: r for r in lines}
    assert by_code["26A012"]["zorgproductcode"] == "101001000041"
    found = {code: r["specialisme"] for code, r in by_code.items() if r["specialisme"]}
    assert found == {"26A012": "0329", "194073": "9411"}
    time = feit.rows("fct_tijdsbesteding")
    assert sum(r["aantal_direct"] for r in time) == 120 + 60 + 120
    assert sum(r["aantal_indirect"] for r in time) == 30 + 60
    assert {r["prestatie_id"] for r in time} <= {r["prestatie_id"] for r in lines}


def test_who_has_no_bsn_is_a_person_of_the_insurer_and_nobody_else(tmp_path: Path) -> None:
    nine = "999999999"
    made = EiBericht("HA304", "4.2")
    velden = {"bedrag_cent": 100, "berekend_cent": 100, "prestatiecodelijst": "008"}
    for nummer, (bsn, verzekerde) in enumerate(
        [(nine, "VZ1"), (nine, "VZ2"), (BSN, "VZ1"), (nine, "VZ1")]
    ):
        made.verzekerde(bsn, nummer=verzekerde).prestatie(f"P{nummer}", **velden)
    feit = fact(tmp_path, made.sluit())
    rows = feit.rows("fct_prestatie")
    persons = [r["pseudo_id"] for r in rows]
    assert len(rows) == 4
    assert len(set(persons)) == 3
    assert sorted(p[0] for p in persons) == ["p", "v", "v", "v"]
