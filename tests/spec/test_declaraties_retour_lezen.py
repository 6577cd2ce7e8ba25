"""Retour messages of insurers: what is granted, and what is judged of them."""

from __future__ import annotations

import pytest

from ingest.declaraties.intake import read
from schemas.ei import retour_layouts
from tests.ei_bericht import EiBericht, zh308_voorbeeld
from tests.read_files import Gelezen, lees
from tests.retour_bericht import ap305_voorbeeld, retour, sluit, zh309_voorbeeld


def ingest(folder, *berichten: EiBericht) -> Gelezen:
    return lees(read, folder, {"r.asc": "".join(b.tekst() for b in berichten)})


def rows(result: Gelezen, tabel: str, *names: str) -> list[tuple]:
    return [tuple(row[name] for name in names) for row in result.proj(tabel)]


def test_a_message_tells_what_was_declared_and_granted(tmp_path) -> None:
    result = ingest(tmp_path, ap305_voorbeeld())
    assert result.redenen() == []
    names = ("standaard", "heen_standaard", "ei_code", "declarant_id", "uzovi", "factuurnummer")
    assert rows(result, "decl_retour", *names) == [
        ("AP305", "AP304", "143", "06000001", "9991", "F2023001")
    ]
    names = ("dagtekening", "retourcode_1", "retourcode_2", "ingediend_cent", "toegekend_cent")
    assert rows(result, "decl_retour", *names) == [("20240301", "0200", None, 3_000, 1_500)]


def test_returned_records_tell_why_they_were_not_granted(tmp_path) -> None:
    result = ingest(tmp_path, ap305_voorbeeld())
    names = ("record", "referentie", "ingediend_cent", "toegekend_cent", "retourcode_1")
    assert rows(result, "decl_toekenning", *names) == [
        ("04", "06000001|A1", 1_000, 0, "0582"),
        ("04", "06000001|A2", 800, 300, "8059"),
    ]
    assert rows(result, "decl_toekenning", "retourcode_2", "retourcode_3") == [
        ("8007", None),
        (None, None),
    ]


def test_hospital_money_is_granted_by_tariff_and_found_by_prestatie(tmp_path) -> None:
    result = ingest(tmp_path, zh309_voorbeeld())
    names = ("record", "referentie", "prestatie_referentie", "ingediend_cent", "toegekend_cent")
    assert rows(result, "decl_toekenning", *names) == [
        ("04", "06000001|P1", "06000001|P1", None, None),
        ("06", "06000001|T1", "06000001|P1", 10_000, 0),
    ]


def test_a_retour_feeds_no_table_of_declarations(tmp_path) -> None:
    result = ingest(tmp_path, ap305_voorbeeld(), zh308_voorbeeld())
    assert len(result.proj("decl_bericht")) == 1
    assert {r["referentie"] for r in result.proj("decl_prestatie")} == {
        "06000001|P1", "06000001|P2", "06000001|P3",
    }  # fmt: skip


def test_a_delivery_without_retour_has_no_retour_tables(tmp_path) -> None:
    assert "decl_retour" not in ingest(tmp_path, zh308_voorbeeld()).reading.tabellen


def test_what_was_wrong_in_the_declaration_is_no_fault_of_its_retour(tmp_path) -> None:
    """The records come back because of these values; only the answer itself is judged."""
    bericht = ap305_voorbeeld()
    bericht.zet(1, "0203", "123456789").zet(1, "0207", "20230230").zet(1, "0208", "7")
    bericht.zet(2, "0409", "20231301").zet(2, "0438", "X").zet(0, "0117", "        ")
    result = ingest(tmp_path, bericht)
    assert result.redenen() == []
    assert rows(result, "decl_toekenning", "ingediend_cent", "debet_credit")[0] == (None, None)


@pytest.mark.parametrize(
    ("index", "element", "waarde", "reden"),
    [
        (0, "0182", "20240230", "FORMAAT-ONJUIST"),
        (0, "0196", "    ", "VERPLICHT-LEEG"),
        (2, "0484", "0000x000", "FORMAAT-ONJUIST"),
        (2, "0485", "X", "CODE-ONBEKEND"),
        (4, "9909", "0000000x000", "FORMAAT-ONJUIST"),
        (4, "9904", "000003", "EI-AANTAL"),
        (4, "9906", "0000009", "EI-AANTAL"),
    ],
    ids=lambda x: str(x).strip() or "leeg",
)
def test_faults_of_the_answer_are_told(tmp_path, index, element, waarde, reden) -> None:
    result = ingest(tmp_path, ap305_voorbeeld().zet(index, element, waarde))
    own = [r for r in result.redenen() if r[2] not in ("EI-BERICHT-GEWEIGERD", "EI-BOVENLIGGEND")]
    assert [(r[0], r[2], r[3]) for r in own] == [(index + 1, reden, element)]


def warned(result: Gelezen) -> list[tuple]:
    return result.con.execute("select reden_code, element from waarschuwing").fetchall()


@pytest.mark.parametrize(("granted", "told"), [(1_500, False), (1_501, True), (-1_500, True)])
def test_a_granted_total_that_does_not_follow_is_told(tmp_path, granted, told) -> None:
    bericht = ap305_voorbeeld()
    bericht.zet(4, "9909", f"{abs(granted):011d}").zet(4, "9910", "C" if granted < 0 else "D")
    result = ingest(tmp_path, bericht)
    assert result.redenen() == []
    assert warned(result) == ([("EI-RETOUR-TOTAAL", "9909")] if told else [])


@pytest.mark.parametrize(
    ("code", "granted", "told"),
    [("8001", 3_000, False), ("8001", 2_999, True), ("0804", 0, False), ("0804", 3_000, True)],
)
def test_a_message_without_details_grants_all_or_nothing(tmp_path, code, granted, told) -> None:
    result = ingest(tmp_path, sluit(retour("MZ302", "1.3", code), 3_000, granted))
    assert result.redenen() == []
    assert rows(result, "decl_retour", "retourcode_1", "toegekend_cent") == [(code, granted)]
    assert (warned(result) != []) is told


def test_a_test_message_back_is_refused_too(tmp_path) -> None:
    result = ingest(tmp_path, ap305_voorbeeld().zet(0, "0105", "T"))
    assert result.redenen()[0][2] == "EI-TESTBERICHT"
    assert result.proj("decl_retour") == []


@pytest.mark.parametrize("sleutel", sorted(retour_layouts()), ids="-".join)
def test_every_retour_layout_is_read(tmp_path, sleutel) -> None:
    layout = retour_layouts()[sleutel]
    bericht = retour(layout.standaard, layout.versie, e0102=sleutel[0])
    amount = {} if "06" in layout.records else {"bedrag_cent": 500, "debet_credit": "D"}
    bericht.verzekerde().prestatie("P1", prestatiecode="12", **amount)
    if "06" in layout.records:
        bericht.tarief(500, "T1")
    result = ingest(tmp_path, sluit(bericht, 500, 0))
    assert result.redenen() == []
    assert warned(result) == []
    [row] = result.proj("decl_retour")
    assert (row["standaard"], row["ei_code"]) == (layout.standaard, sleutel[0])
    money = [r for r in result.proj("decl_toekenning") if r["ingediend_cent"] is not None]
    assert [(r["ingediend_cent"], r["toegekend_cent"]) for r in money] == [(500, 0)]
