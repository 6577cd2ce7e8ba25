"""The answer for the sender: of every delivery, on its own records alone, written again alike."""

from __future__ import annotations

import hashlib
import json
import stat
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest import writing
from ingest.cli import app
from ingest.errors import StorageError, UsageError
from ingest.intake import ingest_path
from ingest.retention import clean
from ingest.settings import Settings
from ingest.terugkoppeling.again import answer_again
from tests.ei_bericht import BSN, BSN_TWEE, EiBericht, ha304_voorbeeld, zh308_voorbeeld

BRON = "declaraties-huisartsen"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Messages that are accepted, refused in part and as a whole, and one twice."""
    messages = {
        "a.asc": ha304_voorbeeld().tekst(),
        "b <i>.asc": ha304_voorbeeld().zet(0, "0116", "F3".ljust(12)).zet(2, "0408", "9" * 8),
        "c.asc": ha304_voorbeeld().zet(0, "0117", "20231301"),
        "d.asc": zh308_voorbeeld().zet(1, "0210", "Achternaam".ljust(25)),
        "e.asc": ha304_voorbeeld().tekst("\n"),
    }
    made = tmp_path / "levering"
    made.mkdir()
    for name, message in messages.items():
        text = message.tekst() if isinstance(message, EiBericht) else message
        (made / name).write_text(text, encoding="latin-1", newline="")
    return made


def answer(settings: Settings, bron: str = BRON) -> Path:
    [found] = (settings.home / "terugkoppeling" / bron).iterdir()
    return found


def content(settings: Settings, bron: str = BRON) -> dict:
    return json.loads((answer(settings, bron) / "rapport.json").read_text(encoding="utf-8"))


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest()
        for f in sorted(folder.rglob("*"))
        if f.is_file()
    }


def test_the_report_counts_what_intake_counted(folder: Path, settings: Settings) -> None:
    report = ingest_path(folder, BRON, settings, periode="2023")
    found = content(settings)
    assert found["status"] == report.status == "deels"
    own = {
        n: {k: v for k, v in c.items() if k != "omschrijving"} for n, c in found["records"].items()
    }
    assert own == json.loads(json.dumps(report.as_dict()["tabellen"], default=vars))
    assert found["records"]["HA304/04"]["omschrijving"] == "Prestatierecord"
    per_message = {}
    for message in found["berichten"]:
        for naam, counts in message["records"].items():
            total = per_message.setdefault(naam, dict.fromkeys(counts, 0))
            per_message[naam] = {k: total[k] + v for k, v in counts.items()}
    assert per_message == own


def test_amounts_add_up_in_euro(folder: Path, settings: Settings) -> None:
    ingest_path(folder, BRON, settings, periode="2023")
    found = content(settings)
    status = {m["bestand"]: m["status"] for m in found["berichten"]}
    assert status == {
        "a.asc": "geaccepteerd", "b <i>.asc": "deels", "c.asc": "geweigerd",
        "d.asc": "geaccepteerd", "e.asc": "dubbel",
    }  # fmt: skip
    # 15.50 of a and 5.00 of b, 92.00 of the hospital; refused 10.50 of b and all 15.50 of c.
    assert found["bedragen"] == {
        "ingediend_eur": "138.50",
        "geaccepteerd_eur": "112.50",
        "geweigerd_eur": "26.00",
        "onleesbaar": 0,
    }
    assert found["berichten"][1]["bedragen"]["geweigerd_eur"] == "10.50"


def test_a_reason_says_what_to_do_and_where(folder: Path, settings: Settings) -> None:
    ingest_path(folder, BRON, settings, periode="2023")
    reasons = {(r["code"], r["record"]): r for r in content(settings)["redenen"]}
    reason = reasons["FORMAAT-ONJUIST", "HA304/01"]
    assert (reason["aantal"], reason["gevolg"]) == (1, False)
    assert reason["wat_te_doen"].startswith("Pas het formaat")
    [example] = reason["voorbeelden"]
    assert (example["bestand"], example["regel"]) == ("c.asc", 1)
    assert (example["element"], example["positie"]) == ("0117", "93-100")
    assert example["element_naam"] == "Dagtekening factuur"
    assert reasons["EI-BERICHT-GEWEIGERD", "HA304/04"]["gevolg"]


def test_the_report_names_the_code_lists_that_were_not_judged(
    folder: Path, settings: Settings
) -> None:
    ingest_path(folder, BRON, settings, periode="2023")
    found = {(n["standaard"], n["codelijst"]): n for n in content(settings)["niet_getoetst"]}
    assert found["ZH308 v9.0", "COD651-VEKT"]["elementen"] == ["0436"]
    assert {standaard for standaard, _ in found} == {"ZH308 v9.0", "HA304 v4.2"}
    page = (answer(settings) / "rapport.html").read_text(encoding="utf-8")
    assert "Wat niet is getoetst" in page
    assert "COD651-VEKT" in page


def test_the_report_holds_nothing_that_identifies(folder: Path, settings: Settings) -> None:
    ingest_path(folder, BRON, settings, periode="2023")
    for name in ("rapport.json", "rapport.html"):
        text = (answer(settings) / name).read_text(encoding="utf-8")
        for secret in (BSN, BSN_TWEE, "VZ1", "19600101", "1234AB", "Achternaam", "F2023001"):
            assert secret not in text, (name, secret)


class _Page(HTMLParser):
    """What matters of a page for someone who cannot see it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.heads: list[dict[str, str | None]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append(tag)
        if tag == "th":
            self.heads.append(dict(attrs))
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_readable_and_needs_nothing_else(folder, settings: Settings) -> None:
    ingest_path(folder, BRON, settings, periode="2023")
    text = (answer(settings) / "rapport.html").read_text(encoding="utf-8")
    page = _Page(text)
    assert page.open == []
    assert '<html lang="nl">' in text
    assert not {"script", "img", "link", "iframe", "a"} & set(page.tags)
    assert page.tags.count("h1") == page.tags.count("main") == 1
    pictures = page.tags.count("desc")
    assert page.tags.count("title") == 1 + pictures > 3
    assert page.tags.count("figure") == pictures - 1, "only the bar of the whole has no table"
    assert page.tags.count("caption") == page.tags.count("table") > 4
    assert all(head.get("scope") in ("row", "col") for head in page.heads)
    assert "b &lt;i&gt;.asc" in text
    assert "b <i>" not in text
    assert "€ 112,50" in text


def test_retour_messages_are_written_when_the_setting_says_so(folder, settings: Settings) -> None:
    ingest_path(folder, BRON, settings, periode="2023")
    assert not (answer(settings) / "retour").exists()
    again = settings.model_copy(update={"retour": True})
    ingest_path(folder, BRON, again, periode="2023", again=True)
    names = ["retour/00001-HA305.asc", "retour/00002-HA305.asc", "retour/00003-HA305.asc"]
    assert content(settings)["retourbestanden"] == names
    assert stat.S_IMODE((settings.home / "terugkoppeling").stat().st_mode) == 0o700
    assert stat.S_IMODE((answer(settings) / names[0]).stat().st_mode) == 0o600


def test_written_again_it_is_the_same(folder: Path, settings: Settings, tmp_path: Path) -> None:
    with_retour = settings.model_copy(update={"retour": True})
    report = ingest_path(folder, BRON, with_retour, periode="2023")
    before = hashes(answer(settings))
    assert len(before) == 5
    answer_again(report.levering_id, settings, retour=False)
    assert hashes(answer(settings)) == before
    elsewhere = answer_again(report.levering_id, settings, retour=True, out=tmp_path / "uit")
    assert elsewhere.folder == tmp_path / "uit"
    assert hashes(tmp_path / "uit") == before
    assert hashes(answer(settings)) == before
    assert not list((settings.home / "werk").iterdir())


def test_what_cannot_be_written_again_is_told(folder: Path, settings: Settings) -> None:
    report = ingest_path(folder, BRON, settings, periode="2023")
    with pytest.raises(UsageError, match="no delivery l0"):
        answer_again("l0", settings, retour=True)
    landed = settings.home / "landing" / BRON / report.levering_id
    (landed / "a.asc").write_text("anders")
    with pytest.raises(StorageError, match="are not those of delivery"):
        answer_again(report.levering_id, settings, retour=True)
    clean(settings, now=datetime.now(UTC) + timedelta(days=91))
    with pytest.raises(UsageError, match="no longer in landing"):
        answer_again(report.levering_id, settings, retour=True)


class Killed(BaseException):
    """Stands for a process that ends here and now."""


def test_a_killed_intake_leaves_no_half_answer(folder, settings: Settings, monkeypatch) -> None:
    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(writing, "replace_folder", killed)
        with pytest.raises(Killed):
            ingest_path(folder, BRON, settings, periode="2023")
    assert not (settings.home / "terugkoppeling").exists()
    ingest_path(folder, BRON, settings, periode="2023")
    assert set(hashes(answer(settings))) == {"rapport.html", "rapport.json"}


def test_retour_messages_go_after_their_term_and_the_report_stays(folder, settings) -> None:
    with_retour = settings.model_copy(update={"retour": True})
    report = ingest_path(folder, BRON, with_retour, periode="2023")
    removed = clean(settings, now=datetime.now(UTC) + timedelta(days=181))
    assert removed.retour == [report.levering_id]
    assert set(hashes(answer(settings))) == {"rapport.html", "rapport.json"}


def test_other_families_get_the_same_report(tmp_path: Path, settings: Settings) -> None:
    patient = {"resourceType": "Patient", "id": "p1", "gender": "unknown-code"}
    (tmp_path / "p.ndjson").write_text(json.dumps(patient) + "\n{\n", encoding="utf-8")
    report = ingest_path(tmp_path / "p.ndjson", "fhir-huisartsen", settings, periode="2025")
    found = content(settings, "fhir-huisartsen")
    assert found["totaal"]["quarantaine"] == report.total().quarantaine == 2
    assert {r["code"] for r in found["redenen"]} == {r.code for r in report.redenen}
    assert "bedragen" not in found
    assert found["retourbestanden"] == []
    assert "Bedragen" not in (answer(settings, "fhir-huisartsen") / "rapport.html").read_text()


@pytest.mark.parametrize(
    ("bron", "file", "text", "there", "not_there"),
    [
        ("fhir-huisartsen", "a.ndjson", "", ["uitkomst deels", "geen enkel record"], "Per soort"),
        ("declaraties-msz", "a.asc", "", ["uitkomst geweigerd"], "Bedragen"),
        ("register-ggz-wachttijden", "a.csv", "wachtregistratie_id;bsn;zorgaanbieder_id;echelon;"
         "fase;begin;eind\nw1;1;1;basis;aanmelding;2025-01-01;",
         ["Wachttijden in de geestelijke gezondheidszorg"], "reg_ggz"),
    ],
    ids=["empty", "unreadable", "register"],
)  # fmt: skip
def test_the_page_of_what_held_little(
    bron: str, file: str, text: str, there: list[str], not_there: str,
    settings: Settings, tmp_path: Path,
) -> None:  # fmt: skip
    (tmp_path / file).write_text(text, encoding="utf-8")
    ingest_path(tmp_path / file, bron, settings, periode="2025")
    page = (answer(settings, bron) / "rapport.html").read_text(encoding="utf-8")
    body = page[page.index("<main") :]
    assert [words for words in there if words not in body] == []
    assert not_there not in body


def test_an_answer_is_about_its_own_delivery_alone(folder, settings: Settings, tmp_path) -> None:
    ingest_path(folder, BRON, settings, periode="2023")
    alone = hashes(answer(settings))
    other = tmp_path / "andere-zender.asc"
    other.write_text(zh308_voorbeeld().zet(1, "0208", "7").tekst(), newline="")
    ingest_path(other, "declaraties-msz", settings, periode="2023")
    assert hashes(answer(settings)) == alone
    text = (answer(settings, "declaraties-msz") / "rapport.json").read_text(encoding="utf-8")
    assert BRON not in text
    assert "c.asc" not in text


def test_the_command_line_says_where_it_is(folder: Path, settings: Settings) -> None:
    report = ingest_path(folder, BRON, settings, periode="2023")
    runner = CliRunner()
    told = runner.invoke(app, ["explain", "delivery", report.levering_id])
    assert str(answer(settings) / "rapport.html") in told.output
    wrote = runner.invoke(app, ["retour", report.levering_id, "--json"])
    found = json.loads(wrote.output)
    assert found["map"] == str(answer(settings))
    assert found["retour"] == content(settings)["retourbestanden"] != []
    assert found["zonder_retour"]["De indeling van ZH309 v9.0 is niet vastgelegd."] == 1
    people = runner.invoke(app, ["retour", report.levering_id]).output
    assert "give them to the sender alone" in people
