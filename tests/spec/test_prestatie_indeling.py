"""What a declaration line is: its sector, who pays, whether it is contracted, what was granted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from marts_prestatie import Bericht, Feit, Regel, raw_rows

AGB = "06000001"
DAG = date(2025, 3, 1)


def line(velden: dict[str, Any], kop: dict[str, Any] | None = None, **tabellen: Any) -> Any:
    """The one row of the fact for one debit line of EUR 10."""
    regel = Regel("1", "D", "r", 1000, velden={"begindatum": DAG} | velden)
    bericht = Bericht("b", AGB, date(2025, 4, 1), (regel,), "f", kop=kop or {})
    personen = {"p1": 1960, "kind": 2010, "achttien": 2007, "onbekend": None}
    feit = Feit(raw_rows([bericht]) | tabellen, [AGB], personen)
    (row,) = feit.rows("fct_prestatie")
    return row


@pytest.mark.parametrize(
    ("ei_code", "lijst", "sector"),
    [
        ("101", "041", "msz"), ("112", "008", "huisartsenzorg"), ("193", "001", "farmacie"),
        ("106", "001", "farmacie"), ("107", "073", "paramedisch"), ("110", "064", "hulpmiddelen"),
        ("141", "032", "verloskunde"), ("176", "010", "mondzorg"), ("185", "054", "overige_zorg"),
        ("185", "056", "ketenzorg"), ("187", "055", "wlz"), ("428", "065", "wijkverpleging"),
        ("428", "068", "eerstelijnsverblijf"), ("430", "066", "zintuiglijk"), ("195", "050", "ggz"),
        ("181", "050", "ggz"), ("179", "048", "ggz"), ("999", "990", "overig"),
    ],
)  # fmt: skip
def test_the_sector_follows_from_message_and_list(ei_code: str, lijst: str, sector: str) -> None:
    assert line({"prestatiecodelijst": lijst}, {"ei_code": ei_code})["sector"] == sector


@pytest.mark.parametrize(
    ("ei_code", "velden", "domein"),
    [
        ("101", {"prestatiecodelijst": "041", "prestatiecode": "15A001"}, "Zvw"),
        ("101", {"prestatiecodelijst": "041", "prestatiecode": "14A001"}, "eigen"),
        ("101", {"prestatiecodelijst": "041", "aanspraak_zvw": "N"}, "eigen"),
        ("187", {"prestatiecodelijst": "055"}, "Wlz"),
        ("428", {"prestatiecodelijst": "065"}, "Zvw"),
        ("110", {"basis_cent": 600, "aanvullend_cent": 400}, "gemengd"),
        ("110", {"basis_cent": 0, "aanvullend_cent": 1000}, "aanvullend"),
        ("110", {"basis_cent": 1000, "aanvullend_cent": 0}, "Zvw"),
        ("176", {"pseudo_id": "p1"}, "aanvullend"),
        ("176", {"pseudo_id": "kind"}, "Zvw"),
        ("176", {"pseudo_id": "achttien"}, "onbekend"),
        ("176", {"pseudo_id": "onbekend"}, "onbekend"),
        ("112", {}, "Zvw"),
    ],
    ids=lambda x: "-".join(map(str, x.values())) if isinstance(x, dict) else str(x),
)
def test_who_pays(ei_code: str, velden: dict[str, Any], domein: str) -> None:
    assert line(velden, {"ei_code": ei_code})["financieringsdomein"] == domein


def test_amounts_of_a_device_stand_apart() -> None:
    row = line({"basis_cent": 600, "aanvullend_cent": 400}, {"ei_code": "110"})
    assert (row["bedrag_eur"], row["basis_eur"], row["aanvullend_eur"]) == (
        Decimal("10.00"), Decimal("6.00"), Decimal("4.00"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ei_code", "velden", "is_add_on"),
    [
        ("101", {"prestatiecodelijst": "001", "prestatiecode": "123456"}, True),
        ("101", {"prestatiecodelijst": "041", "prestatiecode": "193025",
                 "zorgactiviteitcode": "193025"}, True),
        ("101", {"prestatiecodelijst": "041", "prestatiecode": "193025"}, False),
        ("101", {"prestatiecodelijst": "041", "prestatiecode": "039673",
                 "zorgactiviteitcode": "039673"}, False),
        ("193", {"is_duur_geneesmiddel": True}, True),
        ("193", {"is_duur_geneesmiddel": False}, False),
        ("112", {"is_duur_geneesmiddel": True}, False),
    ],
    ids=range(7),
)  # fmt: skip
def test_add_on_medicines(ei_code: str, velden: dict[str, Any], is_add_on: bool) -> None:
    assert line(velden, {"ei_code": ei_code})["is_add_on"] is is_add_on


def test_codes_of_an_agreement_between_two_parties_are_marked() -> None:
    assert line({"prestatiecodelijst": "990"})["is_lokale_code"] is True
    assert line({"prestatiecodelijst": "041"})["is_lokale_code"] is False


@pytest.mark.parametrize(
    ("kop", "kanaal"),
    [
        ({"betaling_aan": "03"}, "ei_direct"),
        ({"betaling_aan": "01", "servicebureau": "98000001"}, "ei_servicebureau"),
        ({"betaling_aan": "03", "servicebureau": "98000001"}, "ei_servicebureau"),
    ],
    ids=["direct", "paid-to-bureau", "sent-by-bureau"],
)
def test_the_channel(kop: dict[str, str], kanaal: str) -> None:
    assert line({}, kop)["kanaal"] == kanaal


def test_the_practice_is_that_of_the_line_or_else_of_the_message() -> None:
    assert line({}, {"praktijk": "01000009"})["praktijk_id"] == "01000009"
    own = {"uitvoerend_praktijk": "02000009"}
    assert line(own, {"praktijk": "01000009"})["praktijk_id"] == "02000009"
    assert line({})["praktijk_id"] is None


def contract(gecontracteerd: str, van: str, tot: str | None = None, **w: Any) -> dict[str, Any]:
    return {
        "bron_id": "c", "periode": "2025", "levering_id": "l", "bestand": "c.csv", "regel": 1,
        "zorgaanbieder_id": AGB, "uzovi": "9901", "sector": None,
        "gecontracteerd": gecontracteerd, "geldig_van": date.fromisoformat(van),
        "geldig_tot": tot and date.fromisoformat(tot),
    } | w  # fmt: skip


@pytest.mark.parametrize(
    ("contracten", "expected"),
    [
        ([], "onbekend"),
        ([contract("ja", "2025-01-01")], "ja"),
        ([contract("nee", "2025-01-01", "2025-12-31")], "nee"),
        ([contract("ja", "2024-01-01", "2025-02-28")], "onbekend"),
        ([contract("ja", "2025-01-01", "2025-03-01")], "ja"),
        ([contract("ja", "2025-03-02")], "onbekend"),
        ([contract("ja", "2024-01-01"), contract("nee", "2025-02-01")], "nee"),
        ([contract("nee", "2024-01-01"), contract("ja", "2025-02-01")], "ja"),
        ([contract("nee", "2025-02-01"), contract("ja", "2025-01-01", sector="huisartsenzorg")],
         "ja"),
        ([contract("ja", "2025-01-01", sector="msz")], "onbekend"),
        ([contract("ja", "2025-01-01", uzovi="9902")], "onbekend"),
        ([contract("ja", "2025-01-01", zorgaanbieder_id="06000002")], "onbekend"),
    ],
    ids=range(12),
)  # fmt: skip
def test_contracted_on_the_day_care_began(contracten: list[dict[str, Any]], expected: str) -> None:
    row = line({}, reg_contract=contracten)
    assert (row["sector"], row["gecontracteerd"]) == ("huisartsenzorg", expected)


# --- what was granted ---------------------------------------------------------------------------


def retour(dag: str, toegekend: int, code: str | None = None) -> list[dict[str, Any]]:
    return [{
        "bron_id": "v", "periode": "2025", "levering_id": "v", "bestand": "v.txt", "regel": 1,
        "bericht_sleutel": "retour", "standaard": "HA305", "heen_standaard": "HA304",
        "ei_code": "113", "declarant_id": AGB, "factuur_sleutel": "f",
        "dagtekening": date.fromisoformat(dag), "retourcode_1": code,
        "ingediend_cent": 1000, "toegekend_cent": toegekend,
    }]  # fmt: skip


def returned(ingediend: int | None, toegekend: int | None, record: str = "04") -> dict[str, Any]:
    return {
        "bron_id": "v", "periode": "2025", "levering_id": "v", "bestand": "v.txt", "regel": 2,
        "bericht_sleutel": "retour", "record": record, "identificatie": record,
        "referentie_sleutel": "r", "prestatie_referentie_sleutel": "r",
        "ingediend_cent": ingediend, "toegekend_cent": toegekend,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("berichten", "records", "granted"),
    [
        ([], [], None),
        (retour("2025-05-01", 1000, "8001"), [], "10.00"),
        (retour("2025-05-01", 0), [], "0.00"),
        (retour("2025-05-01", 750), [returned(1000, 750)], "7.50"),
        (retour("2025-05-01", 0), [returned(None, None)], "0.00"),
        (retour("2025-05-01", 900), [returned(None, None), returned(300, 200, "06")], "9.00"),
        (retour("2025-03-31", 1000, "8001"), [], None),
    ],
    ids=["none", "all", "refused", "less", "rejected", "one-tariff-less", "of-before"],
)
def test_what_was_granted(
    berichten: list[dict[str, Any]], records: list[dict[str, Any]], granted: str | None
) -> None:
    row = line({}, decl_retour=berichten, decl_toekenning=records)
    assert row["bedrag_eur"] == Decimal("10.00")
    assert row["toegekend_eur"] == (None if granted is None else Decimal(granted))
