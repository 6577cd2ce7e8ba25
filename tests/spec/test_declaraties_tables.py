"""What an accepted message becomes in the raw tables."""

from __future__ import annotations

import polars as pl
import pytest

from ingest.declaraties.intake import read
from schemas.tables import TABELLEN, kolommen
from tests.ei_bericht import (
    BSN,
    BSN_TWEE,
    EiBericht,
    gz321_voorbeeld,
    ha304_voorbeeld,
    zh308_voorbeeld,
)
from tests.read_files import lees
from tests.retour_bericht import ap305_voorbeeld


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    files = {"a.asc": zh308_voorbeeld().tekst(), "b.asc": ha304_voorbeeld().tekst()}
    return lees(read, tmp_path_factory.mktemp("levering"), files)


def column(result, tabel: str, *names: str) -> list:
    rows = [tuple(row[name] for name in names) for row in result.proj(tabel)]
    return [row[0] for row in rows] if len(names) == 1 else rows


@pytest.fixture(scope="module")
def with_retour(tmp_path_factory):
    berichten = (zh308_voorbeeld(), ha304_voorbeeld(), ap305_voorbeeld(), gz321_voorbeeld())
    files = {f"{nr}.asc": b.tekst() for nr, b in enumerate(berichten)}
    return lees(read, tmp_path_factory.mktemp("levering"), files)


@pytest.mark.parametrize("tabel", [t for t in TABELLEN if t.startswith("decl_")])
def test_every_table_has_the_columns_of_its_model_and_passes_it(with_retour, tabel) -> None:
    names = [k.naam for k in kolommen(tabel)]
    frame = pl.from_arrow(with_retour.con.sql(f"select * from proj_{tabel}").to_arrow_table())
    assert frame.columns == ["record_nr", *names]
    assert frame.height > 0
    TABELLEN[tabel].validate(frame.drop("record_nr"), lazy=True)


def test_messages(both) -> None:
    names = ("record_nr", "standaard", "versie", "ei_code", "uzovi", "declarant_id", "totaal_cent")
    assert column(both, "decl_bericht", *names) == [
        (1, "ZH308", "9.0", "101", "9991", "06000001", 9_200),
        (14, "HA304", "4.2", "112", "9991", "01000001", 1_550),
    ]
    keys = set(column(both, "decl_bericht", "bericht_sleutel"))
    for tabel in ("decl_verzekerde", "decl_prestatie"):
        assert set(column(both, tabel, "bericht_sleutel")) == keys


def test_insured_persons(both) -> None:
    names = ("bsn", "verzekerde_ref", "uzovi", "geboortedatum", "geslacht", "postcode")
    assert column(both, "decl_verzekerde", *names) == [
        (BSN, "9991|VZ1", "9991", "19600101", "1", "1234AB"),
        (BSN_TWEE, None, "9991", "19600101", "1", None),
        (BSN, "9991|VZ1", "9991", "19600101", "1", None),
    ]


def test_hospital_care_has_its_money_in_tariffs(both) -> None:
    first = both.proj("decl_prestatie")[0]
    assert (first["berekend_cent"], first["bedrag_cent"]) == (None, None)
    assert (first["subtrajectnummer"], first["zorgproductcode"]) == ("06000001|S1", "099899001")
    assert (first["specialisme"], first["diagnosecode"]) == ("0320", None)
    names = ("prestatie_identificatie", "soort_tarief", "bedrag_cent", "debet_credit", "referentie")
    assert column(both, "decl_tarief", *names) == [
        ("000000000002", "02", 10_000, "D", "06000001|T1"),
        ("000000000002", "04", 2_500, "D", "06000001|T2"),
        ("000000000007", "02", -4_000, "C", "06000001|T3"),
        ("000000000010", "02", 700, "D", "06000001|T4"),
    ]
    assert column(both, "decl_zorgactiviteit", "prestatie_identificatie", "aantal") == [
        ("000000000002", 1)
    ]


def test_credits_point_at_their_debit(both) -> None:
    names = ("referentie", "voorgaande_referentie", "debet_credit")
    assert column(both, "decl_prestatie", *names)[:3] == [
        ("06000001|P1", None, "D"),
        ("06000001|P2", "06000001|P0", "C"),
        ("06000001|P3", None, "D"),
    ]
    assert column(both, "decl_tarief", "voorgaande_referentie")[2] == "06000001|T0"


def test_gp_care_has_its_money_in_prestaties(both) -> None:
    names = ("prestatiecodelijst", "bedrag_cent", "berekend_cent", "volgnummer", "aantal")
    assert column(both, "decl_prestatie", *names)[3:] == [
        ("008", 1_050, 1_050, None, 1),
        ("008", 500, 500, None, 1),
    ]


def test_amounts_have_the_sign_of_their_record(tmp_path) -> None:
    b = EiBericht().verzekerde().prestatie().tarief(300, berekend_cent=500)
    b.prestatie("P2", debet_credit="C", voorgaande_referentie="P0")
    b.tarief(-300, "T2", voorgaande_referentie="T0").sluit()
    result = lees(read, tmp_path, {"f.asc": b.tekst()})
    assert column(result, "decl_tarief", "berekend_cent", "bedrag_cent") == [
        (500, 300),
        (-300, -300),
    ]
    assert column(result, "decl_bericht", "totaal_cent") == [0]


def test_letters_with_diacritics_take_one_position(tmp_path) -> None:
    b = EiBericht().verzekerde(BSN, nummer="VZé", e0210="Çelik-Müller")
    b.prestatie("Réf", e0441="é" * 200).tarief(100).sluit()
    for number, encoding in enumerate(("latin-1", "cp1252", "utf-8")):
        folder = tmp_path / str(number)
        folder.mkdir()
        result = lees(read, folder, {"f.asc": b.tekst().encode(encoding)})
        assert result.redenen() == []
        assert column(result, "decl_verzekerde", "verzekerde_ref") == ["9991|VZé"]
        assert column(result, "decl_prestatie", "referentie") == ["06000001|Réf"]


def test_comments_are_accepted_and_loaded_nowhere(both) -> None:
    assert both.telling()["ZH308/98"] == (1, 0, 0)
    shown = [both.proj(tabel) for tabel in both.reading.tabellen]
    assert "dossier" not in repr(shown)


def test_refused_records_are_in_no_table(tmp_path) -> None:
    b = zh308_voorbeeld().zet(2, "0457", "X").zet(11, "0616", "  ")
    result = lees(read, tmp_path, {"f.asc": b.tekst()})
    assert column(result, "decl_prestatie", "referentie") == ["06000001|P2", "06000001|P3"]
    assert column(result, "decl_tarief", "referentie") == ["06000001|T3"]
    assert column(result, "decl_zorgactiviteit", "zorgactiviteitcode") == []


def test_mental_care_has_its_product_its_poort_and_its_time(tmp_path) -> None:
    result = lees(read, tmp_path, {"a.asc": gz321_voorbeeld().tekst()})
    assert column(result, "decl_prestatie", "zorgproductcode", "specialisme") == [
        ("101001000041", None)
    ]
    names = ("prestatie_identificatie", "poortspecialisme", "specialisme")
    assert column(result, "decl_tarief", *names) == [("000000000002", "0329", None)]
    assert column(
        result, "decl_zorgactiviteit", "zorgactiviteitcode", "aantal", "tijdseenheid"
    ) == [("act_9.1", 20, "04")]
    names = ("prestatie_identificatie", "soort_behandelaar", "beroep", "begindatum", "tijdseenheid")
    time = ("aantal_direct", "aantal_indirect", "debet_credit")
    assert column(result, "decl_tijdsbesteding", *names, *time) == [
        ("000000000002", "01", None, "20230105", "01", 120, 0, "D"),
        ("000000000002", "02", "9937", "20230105", "01", 0, 30, "D"),
    ]
