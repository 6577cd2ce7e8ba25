"""Claim and ExplanationOfBenefit become declaration lines: once, to the cent, in euro alone."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from fhir_declaraties import adjudicated, claim, concept, euro, granted, line, surroundings, write
from marts_keten import Keten
from outside import OUTSIDE, needs_outside

from tests.ei_bericht import EiBericht

BRON = "elders"
HL7 = "http://terminology.hl7.org/CodeSystem/adjudication"
ADRESBOEK = (
    "zorgaanbieder_id;naam;soort;gemeente_code;geldig_van;geldig_tot\n"
    "06000001;Ziekenhuis;algemeen_ziekenhuis;GM0363;2015-01-01;\n"
)


def keten(home: Path, *deliveries: list[Any], bron: str = BRON) -> Keten:
    """A home with the address book and deliveries; the first has what claims refer to."""
    home.mkdir(exist_ok=True)
    made = Keten(home)
    (home / "adresboek.csv").write_text(ADRESBOEK)
    made.deliver(home / "adresboek.csv", "register-zorgaanbieders")
    first, *others = deliveries or ([],)
    for number, resources in enumerate([[*surroundings(), *first], *others]):
        made.deliver(write(home / f"{number}.ndjson", resources), bron)
    return made


def lines(home: Path, *resources: Any) -> list[tuple[Any, ...]]:
    """(line, declared, granted, reason) in cents of every line, and everything closes."""
    made = keten(home, list(resources))
    rows = made.rows("int_prestatie_fhir")
    assert made.test("declaraties_fhir_sluiten") == []
    return sorted(
        (r["identificatie"], r["bedrag_cent"], r["toegekend_cent"], r["bericht_reden_code"])
        for r in rows
    )


def refused(made: Keten) -> Counter[tuple[str, str]]:
    """Rows of the build's quarantine per table and reason."""
    return Counter(
        (row["tabel"], row["reden_code"])
        for model, tabel in (
            ("int_declaratie_fhir", "fhir_declaratie"), ("int_toekenning_fhir", "fhir_toekenning")
        )
        for row in ({"tabel": tabel} | r for r in made.rows(model))
        if row["reden_code"]
    )  # fmt: skip


def test_a_claim_and_its_settlement_are_one_line(tmp_path: Path) -> None:
    found = lines(
        tmp_path,
        claim("c", line(1, net=euro("100.00")), line(2, "15A002", net=euro("50"))),
        granted("e", "c", adjudicated(1, "80.50"), adjudicated(2, "50.00", "15A002")),
    )
    assert found == [("0", 10000, 8050, None), ("1", 5000, 5000, None)]


def test_a_settlement_without_its_claim_stands_by_itself(tmp_path: Path) -> None:
    submitted = {"category": concept(HL7, "submitted"), "amount": euro("70.10")}
    one = adjudicated(1, "60.00")
    one["adjudication"].append(submitted)
    found = lines(tmp_path, granted("e", "nooit-geleverd", one, adjudicated(2, "5", net=euro("5"))))
    assert found == [("0", 7010, 6000, None), ("1", 500, 500, None)]


#: What a line says of its money, and the cents that are.
MONEY = [
    # 3 x 0.335 = 1.005: a float makes 1.00 of it
    ({"unitPrice": euro("0.335"), "quantity": {"value": 3}}, 101),
    ({"unitPrice": euro("12.50"), "quantity": {"value": 2}, "factor": 0.5}, 1250),
    ({"unitPrice": euro("12.50")}, 1250),
    ({"net": euro("1.005"), "unitPrice": euro("9.99")}, 101),
    ({"net": euro("-0.29")}, -29),
    ({"net": euro("0.28999999999999998")}, 29),
    ({"net": euro("12345678901.23")}, 1234567890123),
    ({"net": euro("0.00")}, 0),
]


def test_money_is_exact(tmp_path: Path) -> None:
    claims = [claim(f"c{n}", line(1, f"M{n}", **said)) for n, (said, _) in enumerate(MONEY)]
    made = keten(tmp_path, claims)
    found = {row["prestatiecode"]: row["bedrag_cent"] for row in made.rows("int_prestatie_fhir")}
    assert found == {f"M{n}": cents for n, (_, cents) in enumerate(MONEY)}


def test_what_the_total_holds_beyond_the_lines_is_of_the_first_line_without_money(tmp_path) -> None:
    found = lines(
        tmp_path, claim("c", line(1), line(2, net=euro("10")), line(3), total=euro("25.01"))
    )
    assert found == [("0", 1501, None, None), ("1", 1000, None, None), ("2", 0, None, None)]


#: Amounts of the lines (None: the line has none), the total, and the reason per line.
TOTALS = [
    (["10"], "10.01", ["FHIR-TOTAAL"]),
    (["10", None], "9", ["FHIR-TOTAAL", "FHIR-TOTAAL"]),
    (["3.335", "3.335"], "6.67", [None, None]),
    (["3.335", "3.335"], "6.68", [None, None]),  # the sum of the cents
    (["10", None], None, [None, "FHIR-BEDRAG-ONTBREEKT"]),
    ([], "12", [None]),
    ([], None, ["FHIR-BEDRAG-ONTBREEKT"]),
]


def test_a_total_has_to_be_that_of_the_lines(tmp_path: Path) -> None:
    claims = []
    for number, (amounts, total, _) in enumerate(TOTALS):
        items = [line(n, **({"net": euro(a)} if a else {})) for n, a in enumerate(amounts, 1)]
        own = {"identifier": [{"system": "urn:nr", "value": str(number)}]}
        created = {"created": f"2025-02-{number + 1:02}"}
        claims.append(
            claim(
                f"c{number}", *items, **own, **created, **({"total": euro(total)} if total else {})
            )
        )
    made = keten(tmp_path, claims)
    found: dict[int, list[str | None]] = {}
    for row in sorted(made.rows("int_prestatie_fhir"), key=lambda r: r["identificatie"]):
        found.setdefault(row["bekend_op"].day - 1, []).append(row["bericht_reden_code"])
    assert found == {number: reasons for number, (_, _, reasons) in enumerate(TOTALS)}
    assert made.test("declaraties_fhir_sluiten") == []


#: What makes a claim no declaration in euro, and the reason it is kept apart with.
NO_DECLARATION = [
    ({"use": "preauthorization"}, "FHIR-GEEN-DECLARATIE"),
    ({"use": "predetermination"}, "FHIR-GEEN-DECLARATIE"),
    ({"status": "draft"}, "FHIR-STATUS-TELT-NIET"),
    ({"status": "entered-in-error"}, "FHIR-STATUS-TELT-NIET"),
    ({"item": [line(1, net=euro("1", "USD"))]}, "FHIR-VALUTA"),
    ({"item": [line(1, net=euro("1", None))]}, "FHIR-VALUTA"),
    ({"item": [line(1, unitPrice=euro("1", "GBP"))]}, "FHIR-VALUTA"),
    ({"item": [line(1)], "total": euro("1", "USD")}, "FHIR-VALUTA"),
]


def test_what_is_no_declaration_in_euro_is_kept_apart_with_a_reason(tmp_path: Path) -> None:
    given = [claim("goed", line(1, net=euro("2")))]
    for number, (where, _) in enumerate(NO_DECLARATION):
        own = {"created": f"2025-02-{number + 1:02}"}
        given.append(claim(f"c{number}", line(1, net=euro("1")), **own) | where)
        given.append(granted(f"e{number}", f"c{number}", adjudicated(1, "1")))
    made = keten(tmp_path, given)
    assert [row["bedrag_cent"] for row in made.rows("int_prestatie_fhir")] == [200]
    found = {
        row["bekend_op"].day - 1: row["reden_code"]
        for row in made.rows("int_declaratie_fhir")
        if row["reden_code"]
    }
    assert found == {number: reason for number, (_, reason) in enumerate(NO_DECLARATION)}
    assert refused(made)["fhir_toekenning", "FHIR-DECLARATIE-TELT-NIET"] == len(NO_DECLARATION)
    assert len(made.rows("stg_fhir_declaratie_regel")) == len(NO_DECLARATION) + 1
    assert made.test("declaraties_fhir_sluiten") == []


def test_a_settlement_in_another_currency_does_not_touch_the_claim(tmp_path: Path) -> None:
    other = adjudicated(1, "80")
    other["adjudication"][1]["amount"]["currency"] = "USD"
    made = keten(tmp_path, [claim("c", line(1, net=euro("100"))), granted("e", "c", other)])
    (row,) = made.rows("int_prestatie_fhir")
    assert (row["bedrag_cent"], row["toegekend_cent"]) == (10000, None)
    assert refused(made) == {("fhir_toekenning", "FHIR-VALUTA"): 1}


def test_a_withdrawn_claim_counted_until_it_was_withdrawn(tmp_path: Path) -> None:
    first = claim("c", line(1, net=euro("10")))
    withdrawn = claim("c", line(1, net=euro("10")), version=2, status="cancelled")
    for name, order in (("a", [first, withdrawn]), ("b", [withdrawn, first, withdrawn])):
        made = keten(tmp_path / name, *[[one] for one in order])
        (row,) = made.rows("int_prestatie_fhir")
        assert (row["bekend_op"], row["vervangen_op"]) == (date(2025, 2, 1), date(2025, 3, 10))
        (regel,) = made.rows("int_prestatie_regel")
        assert regel["reden_code"] == "EI-BERICHT-VERVANGEN"
        assert (regel["staat_van"], regel["staat_tot"]) == (date(2025, 2, 1), date(2025, 3, 10))


def test_a_newer_version_replaces_the_amount(tmp_path: Path) -> None:
    found = lines(
        tmp_path,
        claim("c", line(1, net=euro("10"))),
        claim("c", line(1, net=euro("8")), version=2),
    )
    assert found == [("0", 800, None, None)]


def test_a_claim_that_names_its_prior_replaces_it(tmp_path: Path) -> None:
    relation = concept("http://terminology.hl7.org/CodeSystem/ex-relatedclaimrelationship", "prior")
    made = keten(
        tmp_path,
        [
            claim("oud", line(1, net=euro("10"))),
            claim("nieuw", line(1, net=euro("8")), created="2025-02-20",
                  related=[{"claim": {"reference": "Claim/oud"}, "relationship": relation}]),
        ],
    )  # fmt: skip
    assert {r["bedrag_cent"]: r["vervangen_op"] for r in made.rows("int_prestatie_fhir")} == {
        1000: date(2025, 2, 20), 800: None
    }  # fmt: skip


def test_of_one_insurer_the_newest_settlement_counts_of_two_both_do(tmp_path: Path) -> None:
    uzovi = "http://fhir.nl/fhir/NamingSystem/uzovi"
    second = {"insurer": {"identifier": {"system": uzovi, "value": "9902"}}}
    found = lines(
        tmp_path,
        claim("c", line(1, net=euro("10"))),
        granted("e1", "c", adjudicated(1, "3")),
        granted("e2", "c", adjudicated(1, "4"), created="2025-03-01"),
        granted("e3", "c", adjudicated(1, "2"), **second),
        granted("e4", "c", adjudicated(1, "9"), created="2025-04-01", outcome="queued"),
        granted("e5", "c", adjudicated(1, "9"), created="2025-04-01", status="cancelled"),
    )
    assert found == [("0", 1000, 600, None)]


def test_granted_on_the_whole_is_divided_to_the_cent(tmp_path: Path) -> None:
    whole = granted("e", "c", line(1), line(2), line(3), payment={"amount": euro("10")})
    found = lines(tmp_path, claim("c", *[line(n, net=euro("10")) for n in (1, 2, 3)]), whole)
    assert [row[1] for row in found] == [1000, 1000, 1000]
    assert sorted(row[2] for row in found) == [333, 333, 334]


def test_the_total_benefit_goes_before_the_payment(tmp_path: Path) -> None:
    total = [{"category": concept(HL7, "benefit"), "amount": euro("9.01")}]
    whole = granted("e", "c", line(1), total=total, payment={"amount": euro("5")})
    assert lines(tmp_path, claim("c", line(1, net=euro("10"))), whole) == [("0", 1000, 901, None)]


def test_lines_that_only_the_insurer_has_are_not_lost(tmp_path: Path) -> None:
    benefit = [{"category": concept(HL7, "benefit"), "amount": euro("2.50")}]
    added = {
        "itemSequence": [1],
        "productOrService": concept("urn:x", "c"),
        "adjudication": benefit,
    }
    found = lines(
        tmp_path,
        claim("c", line(1, net=euro("10"))),
        granted("e", "c", adjudicated(1, "7"), adjudicated(9, "1"), addItem=[added]),
    )
    assert found == [
        ("0", 1000, 700, None), ("extra-1", 0, 100, None), ("toegevoegd-0", 0, 250, None)
    ]  # fmt: skip


def test_an_insurer_elsewhere_finds_the_claim_by_its_number(tmp_path: Path) -> None:
    number = {"system": "http://elders.nl/declaratie", "value": "D-1"}
    made = keten(tmp_path, [claim("c", line(1, net=euro("10")), identifier=[number])])
    reply = granted("e", None, adjudicated(1, "9"), claim={"identifier": number})
    made.deliver(write(tmp_path / "x.ndjson", [*surroundings(), reply]), "verzekeraar")
    (row,) = made.rows("int_prestatie_fhir")
    assert (row["bron_id"], row["bedrag_cent"], row["toegekend_cent"]) == (BRON, 1000, 900)


def test_a_line_knows_its_person_provider_insurer_and_diagnosis(tmp_path: Path) -> None:
    made = keten(
        tmp_path,
        [
            claim(
                "c",
                line(1, net=euro("10"), diagnosisSequence=[2], servicedDate="2025-01-06"),
                line(2, net=euro("10")),
                provider={"reference": "Organization/ziekenhuis"},
                diagnosis=[
                    {"sequence": 1, "diagnosisCodeableConcept": concept("urn:icd10", "I50.0")},
                    {"sequence": 2, "diagnosisReference": {"reference": "Condition/hartfalen"}},
                ],
            )
        ],
    )
    first, second = sorted(made.rows("int_prestatie_fhir"), key=lambda r: r["identificatie"])
    (person,) = made.rows("int_persoon_sleutel")
    assert first["pseudo_id"] == person["pseudo_id"]
    assert (first["zorgaanbieder_id"], first["uzovi"]) == ("06000001", "9901")
    assert (first["prestatiecodelijst"], first["prestatiecode"]) == ("041", "15A001")
    assert (first["diagnosecodelijst"], first["diagnosecode"]) == (
        "http://snomed.info/sct", "84114007"
    )  # fmt: skip
    assert second["diagnosecode"] == "I50.0"
    assert (first["begindatum"], second["begindatum"]) == (date(2025, 1, 6), date(2025, 1, 5))


def test_a_second_coding_is_no_second_line(tmp_path: Path) -> None:
    codings = [
        {"system": "http://snomed.info/sct", "code": "1"},
        {"system": "https://iza-spiegel.example/fhir/CodeSystem/prestatiecodelijst/008",
         "code": "12000"},
    ]  # fmt: skip
    both = {"sequence": 1, "productOrService": {"coding": codings}, "net": euro("10")}
    made = keten(tmp_path, [claim("c", both)])
    (row,) = made.rows("int_prestatie_fhir")
    assert (row["prestatiecodelijst"], row["prestatiecode"]) == ("008", "12000")


def test_claims_reach_the_fact_in_euro(tmp_path: Path) -> None:
    made = keten(
        tmp_path,
        [
            claim(
                "c",
                line(1, net=euro("10.01"), diagnosisSequence=[1]),
                diagnosis=[
                    {"sequence": 1, "diagnosisReference": {"reference": "Condition/hartfalen"}}
                ],
            ),
            granted("e", "c", adjudicated(1, "9.99")),
            claim("d", line(1, net=euro("5")), patient={"reference": "Patient/nooit-geleverd"}),
        ],
    )
    (row,) = made.rows("fct_prestatie")
    assert (row["standaard"], row["kanaal"], row["telt_mee"]) == ("FHIR", "fhir", True)
    assert (str(row["bedrag_eur"]), str(row["toegekend_eur"])) == ("10.01", "9.99")
    assert (row["sector"], row["financieringsdomein"]) == ("msz", "Zvw")
    assert (row["prestatiecodelijst"], row["diagnosegroep"]) == ("041", "hartfalen")
    reasons = Counter(r["reden_code"] for r in made.rows("int_prestatie"))
    assert reasons == {None: 1, "PERSOON-ONBEKEND": 1}
    assert made.test("geld_sluit") == []
    assert made.test("geld_fhir_sluit") == []


@needs_outside
def test_dollars_from_outside_are_kept_and_counted_but_not_summed(tmp_path: Path) -> None:
    made = keten(tmp_path)
    for file in sorted((OUTSIDE / "fhir/synthea/bundles").glob("*.json")):
        report = made.deliver(file, BRON)
        assert report.tabellen["Claim"].quarantaine == 0
        assert report.tabellen["ExplanationOfBenefit"].quarantaine == 0
    assert refused(made) == {
        ("fhir_declaratie", "FHIR-VALUTA"): 190,
        ("fhir_toekenning", "FHIR-VALUTA"): 156,
    }
    assert made.rows("int_prestatie_fhir") == []
    assert len(made.rows("stg_fhir_declaratie_regel")) == 533
    assert made.test("declaraties_fhir_sluiten") == []


def test_care_that_came_through_both_doors_is_kept_twice_and_told(tmp_path: Path) -> None:
    items = [line(1, net=euro("12.50")), line(2, "15A002", net=euro("50"))]
    made = keten(tmp_path, [claim("c", *items)])
    period = {"begindatum": "20250101", "einddatum": "20250131", "dagtekening": "20250215"}
    sent = EiBericht("ZH308", "9.0", uzovi="9901", **period)
    sent.verzekerde("999900006", uzovi="9901")
    days = {"begindatum": "20250105", "einddatum": "20250120"}
    for nummer, (code, cent) in enumerate([("15A001", 1250), ("15A002", 5001)]):
        sent.prestatie(f"P{nummer}", prestatiecode=code, prestatiecodelijst="041", **days)
        sent.tarief(cent, f"T{nummer}")
    (tmp_path / "ei.asc").write_text(sent.sluit().tekst(), encoding="latin-1", newline="")
    report = made.deliver(tmp_path / "ei.asc", "declaraties-msz")
    assert report.status == "geaccepteerd", report.redenen
    (row,) = made.rows("mogelijk_dubbele_declaraties")
    assert (row["bron_ei"], row["bron_fhir"], row["sector"]) == ("declaraties-msz", BRON, "msz")
    assert (row["n_regels"], row["bedrag_eur"]) == (1, Decimal("12.50"))
    assert len(made.rows("fct_prestatie")) == 4
