"""Three levels of judgement: a delivery, a record, a warning; and thresholds between them."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from ingest.cli import app
from ingest.errors import SettingsError, UsageError
from ingest.intake import ingest_path
from ingest.ledger import Ledger
from ingest.oordeel.thresholds import Aanvaarding, acceptance
from ingest.report import IntakeReport, Telling
from ingest.settings import Settings, load_settings
from ingest.terugkoppeling.again import answer_again
from tests.ei_bericht import BSN, EiBericht

WACHT = "register-ggz-wachttijden"
HEADER = "wachtregistratie_id;bsn;zorgaanbieder_id;echelon;fase;diagnosegroep;begin;eind\n"
ROW = "w{n};{bsn};54000001;basis;aanmelding;depressie;2025-01-01;2025-02-01\n"


def waits(folder: Path, good: int, bad: int, more: str = "") -> Path:
    """A register delivery with so many good rows and so many whose BSN fails the 11-proef."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [ROW.format(n=n, bsn="111222333") for n in range(good)]
    rows += [ROW.format(n=good + n, bsn="111222334") for n in range(bad)]
    (folder / "wachttijden.csv").write_text(HEADER + "".join(rows) + more, encoding="utf-8")
    return folder


def patients(file: Path, good: int, old: int, broken: int = 0) -> Path:
    """FHIR lines: patients of nl-core R4, of STU3, and lines that are none."""
    profiles = ["http://nictiz.nl/fhir/StructureDefinition/nl-core-Patient"] * good
    profiles += ["http://fhir.nl/fhir/StructureDefinition/nl-core-patient"] * old
    lines = [
        json.dumps(
            {"resourceType": "Patient", "id": f"p{n}", "meta": {"profile": [profile]},
             "gender": "male", "birthDate": "1961-05-04"}
        )
        for n, profile in enumerate(profiles)
    ]  # fmt: skip
    lines += [f'{{"resourceType": "Patient", "id": "b{n}", ' for n in range(broken)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def rows_of(settings: Settings, room: str) -> list[tuple]:
    """Rows in a room; what was found against refused records is no accepted row."""
    found = sorted((settings.home / room).rglob("*.parquet"))
    files = [str(file) for file in found if "dq_oordeel" not in file.parts]
    query = "select * from read_parquet(?, union_by_name = true)"
    return duckdb.execute(query, [files]).fetchall() if files else []


def quarantined(settings: Settings) -> list[tuple[int, str]]:
    glob = f"{settings.home}/quarantaine/**/*.parquet"
    query = "select regel, reden_code from read_parquet(?) order by all"
    return duckdb.execute(query, [glob]).fetchall()


@pytest.mark.parametrize(
    ("good", "bad", "status"),
    [
        (110, 99, "deels"),  # under a half, and too few
        (10, 99, "deels"),  # nearly all, but too few to refuse a delivery for
        (100, 100, "deels"),  # half is not more than half
        (99, 100, "geweigerd"),
    ],
    ids=["some", "few", "half", "most"],
)
def test_a_threshold_wants_a_share_and_a_number(
    good: int, bad: int, status: str, tmp_path: Path, settings: Settings
) -> None:
    report = ingest_path(waits(tmp_path / "d", good, bad), WACHT, settings, periode="2025")
    assert report.status == status
    assert bool(report.drempels) == (status == "geweigerd")
    assert len(rows_of(settings, "raw")) == (0 if status == "geweigerd" else good)


def test_a_refused_delivery_keeps_every_record_with_its_reasons(
    tmp_path: Path, settings: Settings
) -> None:
    folder = waits(tmp_path / "d", 99, 150, more=ROW.format(n=0, bsn="111222333"))
    report = ingest_path(folder, WACHT, settings, periode="2025")
    assert report.tabellen == {"reg_ggz_wachttijd": Telling(250, 0, 249, 1)}
    found = quarantined(settings)
    assert [r for r, code in found if code == "LEVERING-DREMPEL"] == list(range(2, 251))
    assert [r for r, code in found if code == "BSN-ONGELDIG"] == list(range(101, 251))
    [passed] = report.drempels
    assert (passed.code, passed.tabel) == ("BSN-ONGELDIG", "reg_ggz_wachttijd")
    assert (passed.aantal, passed.van, passed.drempel, passed.vanaf) == (150, 249, 0.5, 100)
    assert passed.aandeel == round(150 / 249, 4)
    assert passed.gevolg == "geweigerd"
    assert IntakeReport.from_dict(report.as_dict(), herhaling=False).drempels == report.drempels
    sender = json.loads(next((settings.home / "terugkoppeling").rglob("rapport.json")).read_text())
    assert sender["drempels"][0]["aantal"] == 150


def test_a_data_engineer_can_let_it_pass_and_says_why(tmp_path: Path, settings: Settings) -> None:
    folder = waits(tmp_path / "d", 60, 120)
    assert ingest_path(folder, WACHT, settings, periode="2025").status == "geweigerd"
    why = acceptance(["BSN-ONGELDIG"], "Bekende fout, de bron levert in maart opnieuw.")
    report = ingest_path(folder, WACHT, settings, periode="2025", aanvaard=why)
    assert (report.status, report.total().geaccepteerd) == ("deels", 60)
    assert report.drempels[0].gevolg == "aanvaard"
    assert report.drempels[0].omdat == why.omdat
    assert len(rows_of(settings, "raw")) == 60
    # the decision is kept when the delivery is read again, and when the answer is written again
    again = ingest_path(folder, WACHT, settings, periode="2025", again=True)
    assert again == report
    assert Ledger(settings.ledger_address).find(report.levering_id).rapport["status"] == "deels"
    answered = answer_again(report.levering_id, settings, retour=False)
    assert answered.content["drempels"][0]["omdat"] == why.omdat


def test_letting_another_rule_pass_changes_nothing(tmp_path: Path, settings: Settings) -> None:
    why = Aanvaarding(frozenset({"CODE-ONBEKEND"}), "een andere regel")
    folder = waits(tmp_path / "d", 60, 120)
    assert ingest_path(folder, WACHT, settings, aanvaard=why).status == "geweigerd"


@pytest.mark.parametrize(
    ("codes", "why", "message"),
    [
        (["EI-LENGTE"], "x", "no threshold"),
        (["BSN-ONGELDIG"], None, "wants a reason"),
        (["BSN-ONGELDIG"], "zie 111222333", "identify nobody"),
        (["BSN-ONGELDIG"], "zie 1234 AB", "identify nobody"),
        ([], "zomaar", "accept-despite"),
    ],
    ids=["no-threshold", "no-reason", "bsn", "postal-code", "reason-alone"],
)
def test_a_decision_is_stated_well(codes: list[str], why: str | None, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        acceptance(codes, why)


def test_the_console_says_what_passed_by_how_much_and_what_to_do(
    tmp_path: Path, settings: Settings
) -> None:
    folder = waits(tmp_path / "d", 60, 120)
    first = CliRunner().invoke(app, ["ingest", str(folder), "--bron", WACHT])
    assert first.exit_code == 1
    for part in ("Refused as a whole", "120 of 180", "66.7%", "50%", "--accept-despite"):
        assert part in first.stdout
    second = CliRunner().invoke(
        app,
        ["ingest", str(folder), "--bron", WACHT, "--accept-despite", "BSN-ONGELDIG",
         "--because", "proef [b]"],
    )  # fmt: skip
    assert second.exit_code == 0
    assert "Accepted despite a threshold" in second.stdout
    assert "proef [b]" in second.stdout


def test_half_the_patients_of_an_old_generation_refuse_all(
    tmp_path: Path, settings: Settings
) -> None:
    report = ingest_path(patients(tmp_path / "p.ndjson", 100, 130), "fhir-huisartsen", settings)
    assert [d.code for d in report.drempels] == ["FHIR-GENERATIE-STU3"]
    assert report.tabellen == {"Patient": Telling(230, 0, 230, 0)}


def test_unreadable_lines_are_held_against_the_whole_delivery(
    tmp_path: Path, settings: Settings
) -> None:
    few = ingest_path(patients(tmp_path / "a.ndjson", 110, 0, 100), "fhir-huisartsen", settings)
    assert (few.status, few.drempels) == ("deels", [])
    most = ingest_path(patients(tmp_path / "b.ndjson", 90, 0, 100), "fhir-huisartsen", settings)
    assert (most.status, most.drempels[0].van) == ("geweigerd", 190)


def test_declarations_are_refused_with_an_answer_per_message(
    tmp_path: Path, settings: Settings
) -> None:
    """One message is faulty throughout, the other good: both are answered, nothing is granted."""
    prestatie = {"bedrag_cent": 500, "berekend_cent": 500, "prestatiecodelijst": "008"}
    folder = tmp_path / "d"
    folder.mkdir()
    for name, number in (("a", 120), ("b", 50)):
        message = EiBericht("HA304", "4.2", betaling_aan="03", instelling=0, praktijk="01000001")
        message.verzekerde(BSN, nummer="VZ1")
        for n in range(number):
            message.prestatie(f"{name}{n}", **prestatie)
        message.sluit().zet(0, "0116", f"F{name}".ljust(12))
        for n in range(2, number + 2) if name == "a" else ():
            message.zet(n, "0408", "9" * 8)
        (folder / f"{name}.asc").write_text(message.tekst(), encoding="latin-1", newline="")
    whole = settings.model_copy(update={"retour": True})
    report = ingest_path(folder, "declaraties-huisartsen", whole, periode="2023")
    assert report.status == "geweigerd"
    assert report.total().geaccepteerd == 0
    assert {d.tabel for d in report.drempels} == {"HA304/04"}
    assert rows_of(settings, "raw") == []
    place = next((settings.home / "terugkoppeling").rglob("rapport.json"))
    content = json.loads(place.read_text(encoding="utf-8"))
    assert content["bedragen"]["geaccepteerd_eur"] == "0.00"
    assert {m["status"] for m in content["berichten"]} == {"geweigerd"}
    assert len(content["retourbestanden"]) == 2
    good = (place.parent / content["retourbestanden"][1]).read_text(encoding="latin-1")
    assert len(good.splitlines()) == 53
    texts = [str(row) for row in rows_of(settings, "quarantaine")]
    assert len(texts) >= 174


def test_an_unknown_source_is_loaded_with_a_remark(tmp_path: Path, settings: Settings) -> None:
    folder = waits(tmp_path / "d", 3, 0)
    report = ingest_path(folder, "een-nieuwe-bron", settings, periode="2025")
    assert report.status == "geaccepteerd"
    assert [remark.code for remark in report.opmerkingen] == ["BRON-ONBEKEND"]
    assert ingest_path(folder, WACHT, settings).opmerkingen == []


def test_an_unknown_source_is_refused_when_the_setting_says_so(
    tmp_path: Path, settings: Settings
) -> None:
    strict = settings.model_copy(update={"unknown_source": "refuse"})
    folder = waits(tmp_path / "d", 3, 1)
    report = ingest_path(folder, "een-nieuwe-bron", strict, periode="2025")
    assert report.tabellen == {"reg_ggz_wachttijd": Telling(4, 0, 4, 0)}
    assert {(r.code, r.aantal) for r in report.redenen} == {
        ("BRON-ONBEKEND", 4),
        ("BSN-ONGELDIG", 1),
    }
    assert rows_of(settings, "raw") == []
    # registered, the same delivery is read again; here the setting stands for the registration
    again = ingest_path(folder, "een-nieuwe-bron", settings, periode="2025", again=True)
    assert again.total().geaccepteerd == 3
    assert ingest_path(folder, WACHT, strict).status == "deels"


def test_the_setting_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IZA_UNKNOWN_SOURCE", "misschien")
    with pytest.raises(SettingsError, match="IZA_UNKNOWN_SOURCE"):
        load_settings()


@pytest.mark.parametrize("size", ["4GB", "19721MB", "1.5 gib", "900000000B", "800 MB"])
def test_a_size_of_memory_is_taken_as_it_is_written(
    monkeypatch: pytest.MonkeyPatch, size: str
) -> None:
    monkeypatch.setenv("IZA_MEMORY_LIMIT", size)
    with duckdb.connect() as con:
        con.execute("set memory_limit = ?", [load_settings().memory_limit])
        assert con.execute("select current_setting('memory_limit')").fetchall()


@pytest.mark.parametrize("size", ["veel", "4", "-1GB", "4 GBit", ""])
def test_no_size_of_memory_is_told(monkeypatch: pytest.MonkeyPatch, size: str) -> None:
    """One fault is told, and not those that follow from it."""
    monkeypatch.setenv("IZA_MEMORY_LIMIT", size)
    monkeypatch.setenv("IZA_TASKS", "geen")
    with pytest.raises(SettingsError, match="IZA_MEMORY_LIMIT: write a size") as told:
        load_settings()
    assert "IZA_TASKS" in str(told.value)
    assert "IZA_THREADS" not in str(told.value)


BROKEN_GZIP = b"\x1f\x8b\x00kapot"
UNFIT = {
    "fhir-unreadable": ("fhir-huisartsen", "p.ndjson.gz", BROKEN_GZIP, "BESTAND-ONLEESBAAR"),
    "fhir-no-lines": ("fhir-huisartsen", "p.ndjson", b"\x00\x01\x02", "REGEL-ONLEESBAAR"),
    "fhir-version": (
        "fhir-huisartsen", "p.ndjson",
        b'{"resourceType":"Patient","id":"1","meta":{"profile":'
        b'["http://fhir.nl/fhir/StructureDefinition/nl-core-patient"]}}\n',
        "FHIR-GENERATIE-STU3",
    ),
    "ei-unreadable": ("declaraties-msz", "m.asc.gz", BROKEN_GZIP, "BESTAND-ONLEESBAAR"),
    "ei-empty": ("declaraties-msz", "m.asc", b"", "EI-BESTAND-LEEG"),
    "ei-version": (
        "declaraties-msz", "m.asc",
        EiBericht().verzekerde(BSN).prestatie().tarief(100).sluit().zet(0, "0103", "77").tekst()
        .encode("latin-1"),
        "EI-STANDAARD-ONBEKEND",
    ),
    "register-unreadable": (WACHT, "w.csv.gz", BROKEN_GZIP, "BESTAND-ONLEESBAAR"),
    "register-column": (
        WACHT, "w.csv",
        b"wachtregistratie_id;bsn;zorgaanbieder_id;echelon;fase;begin\n1;;;;;\n",
        "KOLOM-ONTBREEKT",
    ),
    "register-unknown": (WACHT, "w.csv", b"a;b;c\n1;2;3\n", "REGISTER-ONBEKEND"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNFIT)
def test_a_delivery_that_is_unfit_is_refused_with_its_reason(
    name: str, tmp_path: Path, settings: Settings
) -> None:
    """Unreadable, the wrong version, a missing column: of every family, and always counted."""
    bron, file, content, code = UNFIT[name]
    (tmp_path / file).write_bytes(content)
    report = ingest_path(tmp_path / file, bron, settings, periode="2025")
    total = report.total()
    assert report.status == "geweigerd"
    assert code in {reason.code for reason in report.redenen}
    assert total.aangeleverd == total.quarantaine > 0
    assert rows_of(settings, "raw") == []
