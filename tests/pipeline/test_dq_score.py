"""The score of data quality from bytes: what intake refused counts once, for whom it was about."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from ei_bericht import AGB, BSN, BSN_TWEE, EiBericht
from marts_keten import Keten

A, B = "54000001", "54000002"
Score = dict[tuple[str, str, str], tuple[int, int, Decimal]]


class Streek:
    """A home that gets deliveries, one file each, and tells its scores."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.keten = Keten(home / "home")
        self.nummer = 0
        book = ["zorgaanbieder_id;naam;soort;gemeente_code;geldig_van;geldig_tot"]
        kinds = {A: "ggz", B: "ggz", AGB: "umc"}
        book += [f"{agb};Naam;{soort};GM0363;2020-01-01;" for agb, soort in kinds.items()]
        self.deliver("register-zorgaanbieders", "\n".join(book), ".csv")

    def deliver(self, bron: str, text: str, suffix: str, periode: str = "2025") -> Any:
        self.nummer += 1
        file = self.home / f"{self.nummer}{suffix}"
        file.write_text(text, encoding="latin-1", newline="")
        return self.keten.deliver(file, bron, periode)

    def waits(self, *rows: str, periode: str = "2025") -> Any:
        head = "wachtregistratie_id;bsn;zorgaanbieder_id;echelon;fase;diagnosegroep;begin;eind"
        text = "\n".join([head, *rows]) + f"\n{'' if rows else ' '}"
        return self.deliver("register-ggz-wachttijden", text, ".csv", periode)

    def fhir(self, *resources: dict[str, Any]) -> Any:
        text = "\n".join(json.dumps(r) for r in resources)
        return self.deliver("fhir-ziekenhuizen", text, ".ndjson")

    def messages(self, *berichten: EiBericht) -> Any:
        return self.deliver("declaraties-msz", "".join(b.tekst() for b in berichten), ".asc")

    def scores(self) -> Score:
        return {
            (r["zorgaanbieder_id"], r["periode"], r["tabel"]): (
                r["n_totaal"], r["n_fout"], r["dq_score"]
            )
            for r in self.keten.rows("dq_score")
            if not r["bron_id"].startswith("register-zorg")
        }  # fmt: skip

    def rules(self, tabel: str) -> dict[tuple[str, str], tuple[int, int]]:
        return {
            (r["regel_id"], r["ernst"]): (r["n_geraakt"], r["n_fout"])
            for r in self.keten.rows("dq_resultaat")
            if r["tabel"] == tabel
        }


def wait(nummer: int, agb: str = A, **change: str) -> str:
    row = {
        "id": f"w{nummer}", "bsn": BSN, "agb": agb, "echelon": "basis", "fase": "aanmelding",
        "groep": "depressie", "begin": "2025-01-06", "eind": "2025-02-03",
    }  # fmt: skip
    return ";".join((row | change).values())


def test_refused_waits_count_against_their_provider_and_no_other(tmp_path: Path) -> None:
    streek = Streek(tmp_path)
    streek.waits(
        *(wait(n) for n in range(6)),
        *(wait(n, echelon="onbekend") for n in range(6, 10)),
        *(wait(n, B) for n in range(10, 20)),
    )
    assert streek.scores() == {
        (A, "2025", "fct_wachttijd"): (10, 4, Decimal("0.6")),
        (A, "2025", "TOTAAL"): (10, 4, Decimal("0.6")),
        (B, "2025", "fct_wachttijd"): (10, 0, Decimal(1)),
        (B, "2025", "TOTAAL"): (10, 0, Decimal(1)),
    }
    assert streek.rules("TOTAAL") == {("CODE-ONBEKEND", "geweigerd"): (4, 4)}


def test_a_record_that_breaks_two_rules_is_one_record(tmp_path: Path) -> None:
    streek = Streek(tmp_path)
    streek.waits(wait(1), wait(2, echelon="onbekend", begin=""), wait(3), wait(4))
    assert streek.scores()[A, "2025", "TOTAAL"] == (4, 1, Decimal("0.75"))
    assert streek.rules("TOTAAL") == {
        ("CODE-ONBEKEND", "geweigerd"): (1, 1),
        ("VERPLICHT-LEEG", "geweigerd"): (1, 0),
    }


def test_the_same_refused_record_in_two_deliveries_counts_once(tmp_path: Path) -> None:
    bad, good = wait(2, echelon="onbekend"), [wait(1), wait(3), wait(4)]
    once, again = Streek(tmp_path / "a"), Streek(tmp_path / "b")
    once.waits(*good, bad)
    again.waits(good[0], bad)
    again.waits(bad, *good[1:])
    again.waits(bad, bad)
    assert once.scores() == again.scores()
    assert once.scores()[A, "2025", "TOTAAL"] == (4, 1, Decimal("0.75"))


@pytest.mark.parametrize("first", ["refused", "repaired"])
def test_what_was_put_right_counts_no_more_whatever_came_first(tmp_path: Path, first: str) -> None:
    streek = Streek(tmp_path)
    parts = [[wait(1), wait(2, echelon="onbekend")], [wait(2), wait(3, echelon="onbekend")]]
    for rows in parts if first == "refused" else parts[::-1]:
        streek.waits(*rows)
    assert streek.scores()[A, "2025", "TOTAAL"] == (3, 1, Decimal("0.666667"))


def test_what_cannot_be_read_is_in_the_year_of_its_delivery_without_provider(
    tmp_path: Path,
) -> None:
    streek = Streek(tmp_path)
    streek.waits(wait(1), 'w2;"half', wait(3, begin="gisteren", eind="morgen"))
    assert streek.scores() == {
        (A, "2025", "fct_wachttijd"): (2, 1, Decimal("0.5")),
        (A, "2025", "TOTAAL"): (2, 1, Decimal("0.5")),
        ("ONBEKEND", "2025", "fct_wachttijd"): (1, 1, Decimal(0)),
        ("ONBEKEND", "2025", "TOTAAL"): (1, 1, Decimal(0)),
    }


def message(factuur: str, *bsns: str, dag: str = "20240115") -> EiBericht:
    """A message with a prestatie and a care activity for each person."""
    made = EiBericht(factuurnummer=factuur, dagtekening=dag)
    for nummer, bsn in enumerate(bsns):
        made.verzekerde(bsn=bsn)
        made.prestatie(f"{factuur}-{nummer}").tarief(1000, e0622=f"{factuur}-{nummer}-T")
        made.voeg_toe("16", e1620=f"{factuur}-{nummer}-Z")
    return made.sluit()


def test_refused_declarations_count_against_the_declarant_in_the_year_of_care(
    tmp_path: Path,
) -> None:
    streek = Streek(tmp_path)
    report = streek.messages(message("F1", BSN, BSN_TWEE, "111222334"))
    assert report.status == "deels"
    assert streek.scores() == {
        (AGB, "2023", tabel): (n, fout, Decimal("0.666667"))
        for tabel, n, fout in (
            ("fct_prestatie", 3, 1), ("fct_zorgactiviteit", 3, 1), ("TOTAAL", 6, 2)
        )
    }  # fmt: skip


def test_a_refused_message_counts_until_it_comes_again_in_order(tmp_path: Path) -> None:
    good, bad = message("F1", BSN), message("F2", BSN, BSN_TWEE)
    wrong = bad.tekst().replace("\r\n99", "\r\n98", 1)  # no sluitrecord: the message is refused
    streek = Streek(tmp_path / "a")
    streek.messages(good)
    streek.deliver("declaraties-msz", wrong, ".asc")
    assert streek.scores()[AGB, "2023", "fct_prestatie"] == (3, 2, Decimal("0.333333"))
    streek = Streek(tmp_path / "b")
    streek.messages(good, bad)
    streek.deliver("declaraties-msz", wrong, ".asc")
    assert streek.scores()[AGB, "2023", "fct_prestatie"] == (3, 0, Decimal(1))


def test_a_test_message_is_no_fault(tmp_path: Path) -> None:
    streek = Streek(tmp_path)
    proef = message("F2", BSN).zet(0, "0105", "T")
    assert streek.messages(message("F1", BSN), proef).status == "deels"
    assert streek.scores()[AGB, "2023", "TOTAAL"] == (2, 0, Decimal(1))


AGB_SYSTEM = "http://fhir.nl/fhir/NamingSystem/agb-z"
PROFILE = "http://nictiz.nl/fhir/StructureDefinition/nl-core-"


def resource(kind: str, profile: str, identity: str, **content: Any) -> dict[str, Any]:
    meta = {"profile": [PROFILE + profile], "lastUpdated": "2025-03-01T10:00:00Z"}
    return {"resourceType": kind, "id": identity, "meta": meta} | content


def patient() -> dict[str, Any]:
    name = [{"system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": BSN}]
    return resource("Patient", "Patient", "p", identifier=name, gender="female",
                    birthDate="1960-01-01")  # fmt: skip


def contact(identity: str, **change: Any) -> dict[str, Any]:
    content = {
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
        "subject": {"reference": "Patient/p"},
        "period": {"start": "2025-02-01T10:00:00Z"},
        "serviceProvider": {"identifier": {"system": AGB_SYSTEM, "value": AGB}},
    }
    return resource("Encounter", "Encounter", identity, **content) | change


def diagnosis(identity: str, meta: dict[str, Any] | None = None, **change: Any) -> dict[str, Any]:
    code = {"coding": [{"system": "http://snomed.info/sct", "code": "84114007"}]}
    made = resource(
        "Condition", "Problem", identity, code=code, subject={"reference": "Patient/p"},
        encounter={"reference": "Encounter/c1"}, recordedDate="2025-02-01T11:00:00Z",
    )  # fmt: skip
    return made | {"meta": made["meta"] | (meta or {})} | change


def test_a_refused_resource_counts_for_the_provider_it_or_its_contact_names(
    tmp_path: Path,
) -> None:
    streek = Streek(tmp_path)
    wrong = {"status": "klaar"}
    streek.fhir(patient(), contact("c1"), contact("c2", **wrong), diagnosis("d1"),
                diagnosis("d2", recordedDate=["2025"]))  # fmt: skip
    found = streek.scores()
    assert found[AGB, "2025", "fct_contact"] == (2, 1, Decimal("0.5"))
    assert found[AGB, "2025", "fct_diagnose"] == (2, 1, Decimal("0.5"))
    assert found[AGB, "2025", "TOTAAL"] == (4, 2, Decimal("0.5"))


@pytest.mark.parametrize(
    ("moment", "faults"), [("2025-03-02T10:00:00Z", 1), ("2025-02-28T10:00:00Z", 0)],
    ids=["newer", "older"],
)  # fmt: skip
def test_a_refused_version_counts_while_no_newer_one_is_accepted(
    tmp_path: Path, moment: str, faults: int
) -> None:
    streek = Streek(tmp_path)
    streek.fhir(patient(), contact("c1"), diagnosis("d1"))
    streek.fhir(diagnosis("d1", {"lastUpdated": moment}, recordedDate=["2025"]))
    assert streek.scores()[AGB, "2025", "fct_diagnose"] == (1, faults, Decimal(1 - faults))


def test_a_warning_costs_its_weight_and_an_unanswered_reference_nothing(tmp_path: Path) -> None:
    streek = Streek(tmp_path)
    streek.fhir(patient())
    old = contact("c2", period={"start": "1825-02-01T10:00:00Z"})
    report = streek.fhir(contact("c1"), old)
    assert {w.code for w in report.waarschuwingen} >= {
        "FHIR-DATUM-VROEG", "FHIR-VERWIJZING-ONBEKEND"
    }  # fmt: skip
    assert streek.scores()[AGB, "1825", "fct_contact"] == (1, 1, Decimal("0.8"))
    assert streek.scores()[AGB, "2025", "fct_contact"] == (1, 0, Decimal(1))


def test_refused_plans_directives_and_questionnaires_count(tmp_path: Path) -> None:
    streek = Streek(tmp_path)
    who = {"subject": {"reference": "Patient/p"}, "encounter": {"reference": "Encounter/c1"}}
    plan = {"status": "active", "intent": "plan", "created": "2025-02-01T10:00:00Z"} | who
    lijst = {"status": "completed", "authored": "2025-02-01T10:00:00Z"} | who
    streek.fhir(
        patient(), contact("c1"),
        *(resource("CarePlan", "CarePlan", f"z{n}", **plan) for n in range(3)),
        resource("CarePlan", "CarePlan", "z3", **plan | {"status": "klaar"}),
        resource("QuestionnaireResponse", "QuestionnaireResponse", "v1", **lijst),
        resource("QuestionnaireResponse", "QuestionnaireResponse", "v2", **lijst | {"status": "a"}),
        resource("Consent", "TreatmentDirective2", "b1", status="klaar", dateTime="2025-02-01"),
    )  # fmt: skip
    found = streek.scores()
    assert found[AGB, "2025", "fct_zorgplan"] == (4, 1, Decimal("0.75"))
    assert found[AGB, "2025", "fct_vragenlijst"] == (2, 1, Decimal("0.5"))
    assert found["ONBEKEND", "2025", "fct_behandelaanwijzing"] == (1, 1, Decimal(0))


INDICATIE = ("wlz_indicatie_id;bsn;sector;zorgprofiel;afgiftedatum;ingangsdatum;"
             "zorgkantoorregio_code")  # fmt: skip
WACHT = ("wlz_indicatie_id;bsn;peildatum;sector;wachtstatus;begin_status;begin_registratie;"
         "dossierhouder_id;zorgkantoorregio_code")  # fmt: skip


def place(nummer: int, bsn: str, agb: str = A, **change: str) -> str:
    row = {
        "id": f"i{nummer}", "bsn": bsn, "peildatum": "2025-06-01", "sector": "vv",
        "status": "URGENT", "begin": "2025-05-01", "registratie": "2025-05-01", "agb": agb,
        "regio": "ZK01",
    }  # fmt: skip
    return ";".join((row | change).values())


def test_refused_places_on_the_waiting_list_count_for_who_holds_the_file(
    tmp_path: Path,
) -> None:
    streek = Streek(tmp_path)
    decision = ";".join(("{}", "{}", "vv", "{}", "2024-05-01", "2024-05-01", "ZK01"))
    good, bad = decision.format("i1", BSN, "4VV"), decision.format("i2", BSN_TWEE, "onbekend")
    streek.deliver("register-wlz-indicaties", "\n".join([INDICATIE, good, bad]), ".csv")
    wrong = place(2, BSN_TWEE, B, status="later")
    stays = place(1, BSN, A, peildatum="2025-07-01", regio="Jansen")
    for rows in ([place(2, BSN_TWEE, B)], [place(1, BSN), wrong, stays]):
        streek.deliver("register-wlz-wachtlijst", "\n".join([WACHT, *rows]), ".csv")
    found = streek.scores()
    assert found["ONBEKEND", "2024", "fct_wlz_indicatie"] == (2, 1, Decimal("0.5"))
    assert found[A, "2025", "fct_wlz_wachtlijst"] == (2, 1, Decimal("0.5"))
    # Put right, but of someone without a decision that is accepted.
    assert found[B, "2025", "fct_wlz_wachtlijst"] == (1, 1, Decimal(0))
    assert streek.rules("fct_wlz_wachtlijst") == {
        ("FORMAAT-ONJUIST", "geweigerd"): (1, 1),
        ("WLZ-INDICATIE-ONBEKEND", "geweigerd"): (1, 1),
    }


def test_what_is_kept_of_refused_records_tells_nobody(tmp_path: Path) -> None:
    streek = Streek(tmp_path)
    streek.waits(wait(1, bsn="999999990"), wait(2, echelon="Jansen 12345"))
    streek.messages(message("F1", "111222334"))
    streek.fhir(diagnosis("Jansen-19600101", recordedDate=["2025"]))
    files = f"{streek.keten.home}/raw/dq_oordeel/**/*.parquet"
    rows = duckdb.execute("select * exclude (bron_id, levering_id) from read_parquet(?)", [files])
    text = json.dumps(rows.fetchall(), default=str)
    assert "dq" not in text
    assert len(text) > 1000
    for secret in ("Jansen", "999999990", "111222334", "19600101", "84114007", "F1"):
        assert secret not in text, secret
