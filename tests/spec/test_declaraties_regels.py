"""Rules as data: bound to every layout, written in one language, and told when broken."""

from __future__ import annotations

import pytest

from ingest.declaraties.intake import read
from ingest.declaraties.rules.binding import bound_rules
from ingest.declaraties.rules.language import to_sql
from schemas.ei import alle_layouts
from schemas.ei.regels import codelijsten
from tests.ei_bericht import BSN_TWEE, EiBericht
from tests.read_files import Gelezen, lees

HEEN = [x for x in alle_layouts() if x.richting == "heen"]


@pytest.mark.parametrize("indeling", HEEN, ids=lambda x: f"{x.standaard}v{x.versie}")
def test_rules_of_every_layout_are_of_the_language_and_name_what_they_ask(indeling) -> None:
    rules = bound_rules(indeling.standaard, indeling.versie)
    assert len(rules) > 15
    for rule in rules:
        assert to_sql(rule.regel.eis, lambda functie, element: "true")
        assert rule.regel.tekst
        assert rule.regel.bron
        assert set(rule.regel.noemt) & (set(rule.gebruikt) | {f"{rule.record}01"})


def test_the_language_has_nothing_else() -> None:
    with pytest.raises(ValueError, match="getenv"):
        to_sql("getenv([0101])", lambda functie, element: "x")
    with pytest.raises(ValueError, match="does not have"):
        to_sql("[0101] if [0102] else [0103]", lambda functie, element: "x")


def test_code_lists_are_held_once_a_code() -> None:
    lists = codelijsten()
    assert {"COD002", "COD032", "COD043", "COD046", "COD218", "COD367", "COD833"} <= set(lists)
    assert "9999" not in set().union(*lists.values())


#: Each rule of record 01 and 02 that all share: what is changed in a good message (line from 0,
#: element, characters), and the elements told on that line.
BROKEN = {
    "version of no system": (0, "0107", "v1".ljust(10), ["0106", "0107"]),
    "system without version": (0, "0106", "000001", ["0106", "0107"]),
    "practice beside institution": (0, "0111", "01000001", ["0111", "0112"]),
    "paid to a servicebureau that is not there": (0, "0113", "01", ["0109", "0113"]),
    "no insurer": (0, "0108", "0000", ["0108"]),
    "period ends before it begins": (0, "0115", "20230104", ["0114", "0115"]),
    "invoice before the period ends": (0, "0117", "20230104", ["0115", "0117"]),
    "invoice of the future": (0, "0117", "20990101", ["0117"]),
    "no such provider": (0, "0112", "00000001", ["0112"]),
    "born in the future": (1, "0207", "20990101", ["0207"]),
    "two postcodes": (1, "0218", "B-1000".ljust(9), ["0217", "0218"]),
    "postcode and another country": (1, "0221", "BE", ["0217", "0221"]),
    "no such country": (1, "0221", "XX", ["0221"]),
    "second name without its code": (1, "0213", "Jansen".ljust(25), ["0212", "0213"]),
    "prefix without a name": (1, "0214", "van".ljust(10), ["0213", "0214"]),
    "not at the left": (1, "0210", " Jansen".ljust(25), ["0210"]),
    "reserve in use": (1, "0280", "x".ljust(429), ["0280"]),
    "ends before it begins": (2, "0412", "20230104", ["0411", "0412"]),
    "care of the future": (2, "0411", "20990101", ["0411"]),
    "ends after the invoice": (2, "0412", "20240116", ["0412"]),
    "debit with a reference back": (2, "0459", "P0".ljust(20), ["0459"]),
    "more asked than calculated": (3, "0617", "00000099", ["0617", "0620"]),
    "other list than the prestatie": (3, "0606", "016", ["0606"]),
    "other code than the prestatie": (3, "0608", "X".ljust(6), ["0608"]),
    "other number than the prestatie": (3, "0610", "09", ["0610"]),
}


def good() -> EiBericht:
    b = EiBericht().verzekerde(nummer="VZ1", postcode="1234AB").prestatie("P1").tarief(100, "T1")
    return b.tarief(50, "T2").sluit()


def test_the_message_that_is_broken_is_good(tmp_path) -> None:
    assert judge(tmp_path, good()) == []


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_rule_is_told_on_the_elements_it_names(tmp_path, fault) -> None:
    index, element, value, expected = BROKEN[fault]
    found = judge(tmp_path, good().zet(index, element, value))
    assert set(expected) <= {r[3] for r in found if r[0] == index + 1}


def own(result: Gelezen) -> list[tuple]:
    return [r for r in result.redenen() if r[2] not in ("EI-BERICHT-GEWEIGERD", "EI-BOVENLIGGEND")]


def judge(folder, b: EiBericht) -> list[tuple]:
    return own(lees(read, folder, {"f.asc": b.tekst()}))


def test_references_and_numbers_are_unique_in_a_message(tmp_path) -> None:
    b = EiBericht().verzekerde().prestatie("P1").tarief(100, "T1").prestatie("P1")
    b.tarief(100, "T2", e0602="000000000001").sluit()
    assert judge(tmp_path, b) == [
        (3, "ZH308/04", "EI-NUMMER-DUBBEL", "0458"),
        (4, "ZH308/06", "EI-NUMMER-DUBBEL", "0602"),
        (5, "ZH308/04", "EI-NUMMER-DUBBEL", "0458"),
        (6, "ZH308/06", "EI-NUMMER-DUBBEL", "0602"),
    ]


def test_a_credit_and_its_debit_do_not_go_together(tmp_path) -> None:
    b = EiBericht().verzekerde().prestatie("P1").tarief(100, "T1")
    b.prestatie("P2", debet_credit="C", voorgaande_referentie="P1")
    b.tarief(-100, "T2", voorgaande_referentie="T0").sluit()
    assert judge(tmp_path, b) == [
        (3, "ZH308/04", "EI-DEBET-EN-CREDIT", "0458"),
        (5, "ZH308/04", "EI-DEBET-EN-CREDIT", "0459"),
    ]


def test_what_all_records_below_contradict_is_wrong_itself(tmp_path) -> None:
    b = EiBericht().verzekerde().prestatie("P1").tarief(1, "T1").prestatie("P2").tarief(1, "T2")
    b.sluit().zet(1, "0203", BSN_TWEE)
    assert (2, "ZH308/02", "EI-VERZEKERDE-ONGELIJK", "0203") in judge(tmp_path, b)


def test_a_comment_has_the_number_of_the_record_before_it(tmp_path) -> None:
    b = EiBericht().verzekerde().prestatie("P1").tarief(1, "T1").commentaar().commentaar().sluit()
    b.zet(5, "9803", "0002")
    assert judge(tmp_path, b) == []
    (tmp_path / "wrong").mkdir()
    b.zet(4, "9802", "000000000001").zet(5, "9803", "0003")
    assert judge(tmp_path / "wrong", b) == [
        (5, "ZH308/98", "EI-HERHALING", "9802"),
        (6, "ZH308/98", "EI-HERHALING", "9803"),
    ]


def test_a_record_with_the_kenmerk_of_a_sluitrecord_is_recognised(tmp_path) -> None:
    b = EiBericht().verzekerde().prestatie("P1").tarief(1, "T1").sluit()
    b.regels[2] = "99" + b.regels[2][2:]
    assert judge(tmp_path, b) == [(3, "ZH308/99", "EI-KENMERK", "0401")]


def test_no_debiteur_goes_to_an_insurer(tmp_path) -> None:
    for number, uzovi in enumerate(("9991", 0)):
        b = EiBericht("HA304", "4.2", betaling_aan="01", servicebureau="98000001", e0108=uzovi)
        b.verzekerde(uzovi="9991").voeg_toe("03").prestatie("H1", prestatiecodelijst="008").sluit()
        folder = tmp_path / str(number)
        folder.mkdir()
        found = [r for r in judge(folder, b) if r[2] == "EI-DEBITEUR"]
        assert found == ([] if number else [(5, "HA304/99", "EI-DEBITEUR", "9903")])
