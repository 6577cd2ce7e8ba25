"""A withdrawn delivery is as if it had never come; what is removed is proved, also after a kill."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest.cli import app
from ingest.errors import UsageError, WithdrawnError
from ingest.intake import ingest_path
from ingest.ledger import ledger_of
from ingest.retention import clean, removing, withdraw
from ingest.retention.places import ROOMS, file_hash, files_of, places
from ingest.settings import Settings
from marts.dbt_run import committed_index
from tests.ingest_state import BRON, ROWS, new_home, tree
from tests.killing import KILLED, Killing

WHY = "Sent by mistake."
LATER = datetime.now(UTC) + timedelta(days=181)


def load(settings: Settings, folder: Path, name: str, **more) -> str:
    """A delivery of its own, one record of it refused; its identity."""
    place = folder / name
    place.mkdir(exist_ok=True)
    rows = [row.replace("w1", f"w1-{name}") for row in ROWS]
    (place / f"{name} 111222333.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return ingest_path(place, BRON, settings, periode="2025", **more).levering_id


def read_by_build(settings: Settings) -> dict[str, list[str]]:
    """What a build reads, by content."""
    index = committed_index(settings).bestanden
    return {tabel: sorted(map(file_hash, paths)) for tabel, paths in index.items()}


def all_places(settings: Settings, levering_id: str) -> list[Path]:
    return [path for room in ROOMS for path in places(settings.home, room, BRON, levering_id)]


@pytest.fixture
def three(settings: Settings, tmp_path: Path) -> list[str]:
    return [load(settings, tmp_path, name) for name in "abc"]


def test_it_is_as_if_it_had_never_come(
    three: list[str], settings: Settings, tmp_path: Path
) -> None:
    before = ledger_of(settings).history(three[1])
    files = files_of(places(settings.home, "landing", BRON, three[1]))
    hashes = [file_hash(file) for file in files]
    done = withdraw(three[1], WHY, settings)
    never = new_home(tmp_path / "never")
    for name in "ac":
        load(never, tmp_path, name)
    assert read_by_build(settings) == read_by_build(never)
    assert tree(settings.home) == tree(never.home)
    assert all_places(settings, three[1]) == []
    left = [str(f) for f in settings.home.rglob("*") if three[1] in str(f) and f.suffix != ".lock"]
    assert left == []

    assert {r.ruimte for r in done.verwijderd} == {
        "landing", "quarantaine", "raw", "terugkoppeling", "rapport", "profiel",
    }  # fmt: skip
    proof = {r.ruimte: r for r in done.verwijderd}
    assert list(proof["landing"].hashes) == hashes
    assert proof["quarantaine"].records == 1
    assert all(r.staat == "gereed" and r.gereed_op for r in done.verwijderd)

    after = ledger_of(settings).history(three[1])
    assert before is not None
    assert after is not None
    assert after.status == "ingetrokken"
    assert after.bestanden == before.bestanden
    assert after.rapport["tabellen"] == before.rapport["tabellen"]
    kept = json.dumps([after.rapport, [r.as_dict() for r in done.verwijderd]])
    assert "111222333" not in kept
    assert withdraw(three[1], "Another reason.", settings).intrekking.reden == WHY


def test_it_stays_out_until_it_is_asked_for(
    three: list[str], settings: Settings, tmp_path: Path
) -> None:
    whole = read_by_build(settings)
    withdraw(three[1], WHY, settings)
    without = read_by_build(settings)
    with pytest.raises(WithdrawnError, match=r"was withdrawn on .*Sent by mistake"):
        load(settings, tmp_path, "b")
    assert all_places(settings, three[1]) == []
    assert read_by_build(settings) == without
    assert load(settings, tmp_path, "b", again=True) == three[1]
    assert read_by_build(settings) == whole
    assert load(settings, tmp_path, "b") == three[1]
    assert ledger_of(settings).withdrawals.all() == []
    withdraw(three[1], "Once more.", settings)
    assert [w.reden for w in ledger_of(settings).withdrawals.all()] == ["Once more."]
    assert read_by_build(settings) == without


@pytest.mark.parametrize("who", ["withdraw", "clean", "again"])
def test_what_was_stopped_half_way_is_finished(
    who: str,
    three: list[str],
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = read_by_build(settings)
    calls: list[object] = []
    real = removing.remove_paths

    def killed(found) -> None:
        calls.append(found)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(found)

    monkeypatch.setattr(removing, "remove_paths", killed)
    with pytest.raises(KeyboardInterrupt):
        withdraw(three[1], WHY, settings)
    monkeypatch.setattr(removing, "remove_paths", real)
    ledger = ledger_of(settings)
    assert len(ledger.committed()) == 2  # no build sees it from the first moment on
    assert ledger.removals.pending()
    assert all_places(settings, three[1])
    if who == "withdraw":
        withdraw(three[1], WHY, settings)
    elif who == "clean":
        assert len(clean(settings).afgemaakt) == 4
    else:
        load(settings, tmp_path, "b", again=True)
        clean(settings)
        assert read_by_build(settings) == whole
    assert ledger.removals.pending() == []
    assert bool(all_places(settings, three[1])) == (who == "again")
    assert len(ledger.removals.all(three[1])) == 6


@pytest.mark.parametrize("reason", ["", "x" * 501, "BSN 111222333", "klant 1112.223.33"],
                         ids=["none", "long", "number", "dots"])  # fmt: skip
def test_a_reason_names_nobody(reason: str, three: list[str], settings: Settings) -> None:
    with pytest.raises(UsageError, match="--reason"):
        withdraw(three[0], reason, settings)
    assert len(ledger_of(settings).committed()) == 3


def test_commands_tell_it(three: list[str], settings: Settings) -> None:
    run = CliRunner().invoke
    bouw = settings.home / "marts" / "b1"
    bouw.mkdir(parents=True)
    record = settings.home / "rapport" / "bouw" / "b1.json"
    record.parent.mkdir(parents=True)
    record.write_text(json.dumps({"leveringen": [{"levering_id": three[1]}]}), encoding="utf-8")
    words = ["withdraw", three[1][:10], "--reason", WHY, "--json"]
    told = json.loads(run(app, words).stdout)
    assert (told["levering"], told["reden"], told["bouwen"]) == (three[1], WHY, ["b1"])
    assert bouw.is_dir()
    told = json.loads(run(app, [*words, "--purge-builds"]).stdout)
    assert (told["bouwen"], told["bouwen_verwijderd"], told["herhaling"]) == ([], ["b1"], True)
    assert not bouw.exists()
    (gone,) = json.loads(run(app, ["status", "--json"]).stdout)["ingetrokken"]
    assert gone["reden"] == WHY
    story = json.loads(run(app, ["explain", three[1], "--json"]).stdout)
    assert story["status"] == "ingetrokken"
    assert story["stappen"][-1]["reden"] == WHY
    assert len(story["verwijderd"]) == 6
    for words in (["status"], ["explain", three[1]], ["withdraw", three[1], "--reason", WHY]):
        shown = run(app, words)
        assert shown.exit_code == 0, shown.output
        assert WHY in shown.output


def test_terms_leave_a_proof(three: list[str], settings: Settings) -> None:
    before = tree(settings.home)
    planned = clean(settings, now=LATER, dry_run=True)
    assert tree(settings.home) == before
    assert ledger_of(settings).removals.all() == []
    done = clean(settings, now=LATER)
    assert (done.landing, done.quarantaine) == (sorted(three), sorted(three))
    assert (planned.landing, planned.quarantaine) == (done.landing, done.quarantaine)
    proofs = ledger_of(settings).removals.all()
    assert sorted(map(str, proofs)) == sorted(map(str, done.bewijs))
    gone = {h for name, h in before.items() if name.startswith(("landing", "quarantaine"))}
    assert {h for proof in proofs for h in proof.hashes} == gone
    assert {(p.ruimte, p.termijn_dagen, p.bestanden) for p in proofs} == {
        ("landing", 90, 1), ("quarantaine", 180, 1),
    }  # fmt: skip
    assert "111222333" not in json.dumps(done.as_dict())
    assert clean(settings, now=LATER).bewijs == []


@pytest.mark.parametrize("command", ["withdraw", "clean"])
def test_killed_and_run_again(command: str, tmp_path: Path) -> None:
    first = new_home(tmp_path / "first")
    levering_id = load(first, tmp_path, "a")
    words = ("withdraw", levering_id, "--reason", WHY) if command == "withdraw" else ("clean",)
    terms = {"IZA_LANDING_RETENTION_DAYS": "0", "IZA_QUARANTINE_RETENTION_DAYS": "0"}
    steps = {"withdraw": (6, 10, 14, 18), "clean": (3, 5, 7, 9)}
    killed = 0
    with Killing({"IZA_THREADS": "1"} | terms, tmp_path) as iza:
        for step in steps[command]:
            settings = Settings(home=tmp_path / f"home-{step}", threads=1)
            shutil.copytree(first.home, settings.home)
            ran = iza.run(*words, IZA_HOME=str(settings.home), at_step=step)
            assert ran.code in (0, KILLED), ran.messages
            killed += ran.code == KILLED
            assert iza.run(*words, IZA_HOME=str(settings.home)).code == 0
            ledger = ledger_of(settings)
            assert ledger.removals.pending() == []
            proofs = [(p.ruimte, p.bestanden) for p in ledger.removals.all()]
            gone = ["landing", "quarantaine"]
            if command == "withdraw":
                gone = ["landing", "profiel", "quarantaine", "rapport", "raw", "terugkoppeling"]
            assert sorted({room for room, _ in proofs}) == gone
            assert len(proofs) == len(gone)
            left = [r for r in ROOMS if places(settings.home, r, BRON, levering_id)]
            assert not set(left) & set(gone)
    assert killed >= 3
