"""Refused records are judged again once a rule was mended, as if it had been right all along."""

from __future__ import annotations

import hashlib
import json
import stat
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest import intake, versions
from ingest.cli import app
from ingest.intake import ingest_path
from ingest.ledger import ledger_of
from ingest.replay import Replayed, replay
from ingest.retention import clean
from ingest.settings import Settings
from marts.dbt_run import committed_index
from tests.ei_bericht import zh308_voorbeeld
from tests.ingest_state import BRON, new_home, write_delivery
from tests.killing import KILLED, Killing

PATIENTS = Path(__file__).parent / "samenvatting.ndjson"
BROKEN = """
    insert into afkeur (record_nr, reden_code, element, toelichting)
    select record_nr, 'CODE-ONBEKEND', 'fase', null from record where tekst like 'w1;%'
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A delivery of four rows: one refused by right, one repetition."""
    return write_delivery(tmp_path / "levering")


def load_with_a_broken_rule(settings: Settings, folder: Path) -> str:
    """Load a delivery while a rule wrongly refuses its first row, and the schemas are others."""
    judge = intake.judge_table

    def broken(con, tabel: str) -> None:
        judge(con, tabel)
        con.execute(BROKEN)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "judge_table", broken)
        patch.setattr(versions, "schema_hash", lambda _soort: "0" * 16)
        report = ingest_path(folder, BRON, settings, periode="2025")
    assert (report.total().geaccepteerd, report.total().quarantaine) == (1, 2)
    return report.levering_id


def content(settings: Settings) -> dict[str, Counter[str]]:
    """What is kept of deliveries, by content; reports without their history."""
    found = {}
    for room in ("raw", "quarantaine", "profiel"):
        files = [f for f in (settings.home / room).rglob("*") if f.is_file()]
        hashes = (hashlib.sha256(f.read_bytes()).hexdigest() for f in files)
        found[room] = Counter(hashes)
    reports = [
        json.loads(f.read_text()) | {"eerder": []}
        for f in (settings.home / "rapport" / BRON).glob("*.json")
    ]
    found["rapport"] = Counter(json.dumps(r, sort_keys=True) for r in reports)
    index = committed_index(settings)
    found["rijen"] = Counter({"rijen": index.rijen, **{d.levering_id: 1 for d in index.leveringen}})
    return found


def test_mended_is_as_if_it_had_always_been_right(
    folder: Path, settings: Settings, tmp_path: Path
) -> None:
    levering_id = load_with_a_broken_rule(settings, folder)
    right = new_home(tmp_path / "right")
    ingest_path(folder, BRON, right, periode="2025")
    assert content(settings) != content(right)
    received = ledger_of(settings).committed()[0].ontvangen_op
    assert replay(settings) == [
        Replayed(levering_id, BRON, "2025", "herspeeld", 2, 1, 1, "deels")
    ]  # fmt: skip
    assert content(settings) == content(right)
    (delivery,) = ledger_of(settings).committed()
    assert delivery.ontvangen_op == received
    assert replay(settings) == []
    (before,) = delivery.rapport["eerder"]
    assert before == {
        "status": "deels", "geaccepteerd": 1, "quarantaine": 2, "dubbel": 1,
        "redenen": {"BSN-ONGELDIG reg_ggz_wachttijd": 1, "CODE-ONBEKEND reg_ggz_wachttijd": 1},
    }  # fmt: skip
    history = ledger_of(settings).history(levering_id)
    assert history is not None
    assert [s.stap for s in history.stappen].count("herspeeld") == 1
    ingest_path(folder, BRON, settings, periode="2025", again=True)
    assert ledger_of(settings).committed()[0].rapport["eerder"] == [before]


def test_what_waits_can_be_narrowed(folder: Path, settings: Settings) -> None:
    levering_id = load_with_a_broken_rule(settings, folder)
    run = CliRunner().invoke

    def asked(*words: str) -> list[dict]:
        told = run(app, ["replay", *words, "--json"])
        assert told.exit_code == 0, told.output
        return json.loads(told.stdout)["leveringen"]

    assert asked("--bron", "fhir-huisartsen") == []
    assert asked("--reden", "BESTAND-ONLEESBAAR") == []
    (found,) = asked("--bron", BRON, "--reden", "CODE-ONBEKEND", "--levering", levering_id[:8])
    assert (found["geweigerd"], found["geaccepteerd"], found["nog_geweigerd"]) == (2, 1, 1)
    assert "Nothing to replay" in run(app, ["replay"]).output
    assert "Replayed. Before" in run(app, ["explain", levering_id]).output
    assert run(app, ["replay", "--reden", "ZOMAAR"]).exit_code != 0
    assert run(app, ["replay", "--bron", "niemand"]).exit_code != 0


def test_a_replay_does_not_prolong_the_term(folder: Path, settings: Settings) -> None:
    levering_id = load_with_a_broken_rule(settings, folder)
    loaded = datetime.now(UTC)
    replay(settings)
    assert clean(settings, now=loaded + timedelta(days=90)).landing == [levering_id]
    before = content(settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "schema_hash", lambda _soort: "1" * 16)
        (found,) = replay(settings)
        assert (found.uitkomst, found.nog_geweigerd) == ("bestanden_weg", 1)
        told = CliRunner().invoke(app, ["replay"])
        # what was accepted stays, what was refused waits, and the message says what helps
        assert told.exit_code == 0
        assert "files are gone" in told.output
        assert "1 refused records stay refused" in told.output
        assert "iza ingest … --again" in told.output
        assert content(settings) == before
        assert len(replay(settings)) == 1
        ingest_path(folder, BRON, settings, periode="2025", again=True)
        assert replay(settings) == []


def test_killed_midway_it_runs_again(folder: Path, tmp_path: Path) -> None:
    right = new_home(tmp_path / "right")
    ingest_path(folder, BRON, right, periode="2025")
    killed = 0
    with Killing({"IZA_THREADS": "1"}, tmp_path) as iza:
        for step in (8, 20, 32, 44):
            settings = new_home(tmp_path / f"home-{step}")
            load_with_a_broken_rule(settings, folder)
            home = str(settings.home)
            ran = iza.run("replay", "--json", IZA_HOME=home, at_step=step)
            assert ran.code in (0, KILLED), ran.messages
            killed += ran.code == KILLED
            again = iza.run("replay", "--json", IZA_HOME=home)
            assert again.code == 0, again.messages
            assert content(settings) == content(right)
            assert len(ledger_of(settings).committed()[0].rapport["eerder"]) == 1
    assert killed >= 3


def test_restricted_rooms_are_for_the_service_alone(folder: Path, settings: Settings) -> None:
    ingest_path(folder, BRON, settings, periode="2025")
    found = [p for room in ("landing", "quarantaine") for p in (settings.home / room).rglob("*")]
    rooms = [settings.home / room for room in ("landing", "quarantaine")]
    modes = {p: stat.S_IMODE(p.stat().st_mode) for p in [*rooms, *found]}
    assert {oct(m) for p, m in modes.items() if p.is_dir()} == {"0o700"}
    assert {oct(m) for p, m in modes.items() if p.is_file()} == {"0o600"}


@pytest.mark.parametrize(
    ("soort", "line_end"),
    [("fhir", "\n"), ("declaratie", "\n"), ("declaratie", "\r\n")],
    ids=["fhir", "ei-lf", "ei-crlf"],
)
def test_what_aged_out_comes_back_from_quarantine(
    soort: str, line_end: str, settings: Settings, tmp_path: Path
) -> None:
    if soort == "fhir":
        bron, text, encoding = "fhir-huisartsen", PATIENTS.read_text(encoding="utf-8"), "utf-8"
        text = line_end.join(text.splitlines()[:2])
    else:
        bron, text, encoding = "declaraties-msz", zh308_voorbeeld().tekst(line_end), "latin-1"
    file = tmp_path / "levering" / "één bestand"
    file.parent.mkdir()
    file.write_bytes(text.encode(encoding))
    judge = intake.read_and_judge
    everything = "insert into afkeur select record_nr, 'CODE-ONBEKEND', null, null from record"

    def broken(con, *rest):
        reading = judge(con, *rest)
        con.execute("delete from afkeur")
        con.execute(everything)
        reading.teksten()
        return reading

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "read_and_judge", broken)
        patch.setattr(versions, "schema_hash", lambda _soort: "0" * 16)
        report = ingest_path(file.parent, bron, settings, periode="2025")
    assert report.status == "geweigerd"
    clean(settings, now=datetime.now(UTC) + timedelta(days=100))
    assert not (settings.home / "landing" / bron / report.levering_id).exists()
    right = new_home(tmp_path / "right")
    expected = ingest_path(file.parent, bron, right, periode="2025")
    assert expected.total().geaccepteerd
    (found,) = replay(settings)
    assert (found.uitkomst, found.status) == ("herspeeld", expected.status)
    assert content(settings) == content(right)
    assert not (settings.home / "landing" / bron / report.levering_id).exists()
    assert list((settings.home / "werk").iterdir()) == []
