"""A pull from kick-off to ledger: watermark, deletions, messages, a killed process, commands."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import jwt
import pytest
from sqlalchemy import create_engine, insert
from typer.testing import CliRunner

from ingest.cli import app
from ingest.errors import LedgerError, RemoteRefusedError, SettingsError, UsageError
from ingest.ledger import Ledger, ledger_of
from ingest.ledger.tables import CLAIM
from ingest.retention import clean
from ingest.settings import Settings
from ingest.sources.bulk.fetch import cancel, fetch
from tests.bulk_authority import make_authority
from tests.bulk_server import MOMENTS, BulkServer, Fault, Served, TestClock, ndjson, outcome
from tests.bulk_setup import (
    BRON,
    NAME,
    deletions,
    many,
    patient,
    patients,
    register_key,
    write_source,
)


@pytest.fixture
def server() -> Iterator[BulkServer]:
    with BulkServer() as running:
        running.files = [patients("a", "b", "c")]
        running.changed = [
            Served("output", "Patient", ndjson(patient("a", "2"))),
            deletions("Patient/b"),
        ]
        yield running


def landed(settings: Settings, levering_id: str) -> dict[str, bytes]:
    folder = settings.home / "landing" / BRON / levering_id
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def pull(settings: Settings, **more):
    return fetch(settings, BRON, clock=TestClock(), **more)


def test_the_first_pull_is_full_and_the_next_asks_what_changed(server, settings) -> None:
    write_source(settings, server)
    first = pull(settings)
    assert first.rapport is not None
    assert (first.sinds, first.moment, first.regels) == (None, MOMENTS[0], 3)
    assert first.rapport.periode == "2026"
    assert first.rapport.tabellen["Patient"].aangeleverd == 3
    assert landed(settings, first.rapport.levering_id) == {
        "Patient-0001.ndjson": server.files[0].content
    }
    second = pull(settings, periode="2026Q1")
    assert second.sinds == MOMENTS[0]
    assert second.rapport is not None
    assert second.rapport.periode == "2026Q1"
    assert landed(settings, second.rapport.levering_id) == {
        "Patient-0001.ndjson": server.changed[0].content,
        "deleted-20260210T080000456000Z-Bundle-0001.ndjson": server.changed[1].content,
    }
    raw = f"{settings.home}/raw/fhir_verwijdering/**/*.parquet"
    told = "select epoch_us(verwijderd_op) from read_parquet(?)"
    ((deleted_at,),) = duckdb.execute(told, [raw]).fetchall()  # the Bundle itself tells no moment
    assert deleted_at == datetime.fromisoformat(MOMENTS[1]).timestamp() * 1e6
    third = pull(settings, full=True)
    assert third.sinds is None
    assert [q.get("_since") for q in server.kickoffs] == [None, MOMENTS[0], None]
    assert server.deleted == ["e1", "e2", "e3"]  # every export was cleaned up at the server
    assert len(Ledger(settings.ledger_address).committed()) == 2
    assert third.rapport is not None
    assert third.rapport.herhaling  # the same content as the first
    assert not (settings.home / "ophalen" / BRON / "lopend").exists()


def test_another_question_starts_with_everything(server, settings) -> None:
    write_source(settings, server)
    pull(settings)
    write_source(settings, server, types=["Patient", "Condition"])
    assert pull(settings).sinds is None


def test_nothing_new_is_no_delivery_and_moves_nothing(server, settings) -> None:
    write_source(settings, server)
    pull(settings)
    server.changed = [Served("output", "Patient", b"", 0)]
    second = pull(settings)
    assert (second.rapport, second.bestanden, second.bijgewerkt) == (None, 0, False)
    assert pull(settings).sinds == MOMENTS[0]
    assert len(Ledger(settings.ledger_address).committed()) == 1


def test_a_delivery_that_was_not_committed_moves_nothing(server, settings, monkeypatch) -> None:
    write_source(settings, server)

    class Killed(BaseException):
        pass

    def kill(*_args, **_kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "commit", kill)
        with pytest.raises(Killed):
            pull(settings)
    resumed = pull(settings)
    assert resumed.sinds is None
    assert len(server.kickoffs) == 1
    assert len(server.paths("GET", "/file/")) == 1
    assert resumed.bijgewerkt


def test_a_kill_after_the_commit_still_cleans_up(server, settings, monkeypatch) -> None:
    write_source(settings, server)

    class Killed(BaseException):
        pass

    def kill(*_args, **_kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "record_export", kill)
        with pytest.raises(Killed):
            pull(settings)
    resumed = pull(settings)
    assert resumed.rapport is not None
    assert resumed.rapport.herhaling
    assert server.deleted == ["e1"]
    assert pull(settings).sinds == MOMENTS[0]


def test_errors_of_the_server_are_counted_kept_and_asked_for_again(server, settings) -> None:
    write_source(settings, server)
    messages = ndjson(
        outcome("error", "processing", f"{NAME} failed"), outcome("warning", "not-supported")
    )
    server.files.append(Served("error", "OperationOutcome", messages))
    first = pull(settings)
    assert first.meldingen.counts == {"error/processing": 1, "warning/not-supported": 1}
    assert first.rapport is not None
    assert first.rapport.bijzonder["meldingen_van_de_bron"] == 2
    assert "OperationOutcome" not in first.rapport.tabellen
    assert first.meldingen_map is not None
    kept = next(first.meldingen_map.iterdir())
    assert kept.read_bytes() == messages
    assert not first.bijgewerkt
    second = pull(settings)
    assert second.sinds is None  # what the error left out is asked for once more
    server.files[1] = Served("error", "OperationOutcome", ndjson(outcome("warning", "x")))
    assert pull(settings).bijgewerkt
    os.utime(kept, (0, 0))
    assert clean(settings).ophalen == [f"{BRON}/meldingen/20260110T080000123Z/{kept.name}"]
    assert not kept.exists()


def test_known_errors_can_be_gone_on_from(server, settings) -> None:
    write_source(settings, server, accept_errors=True)
    server.files.append(Served("error", "OperationOutcome", ndjson(outcome("error", "x"))))
    first = pull(settings)
    assert (first.bijgewerkt, first.meldingen.total) == (True, 1)
    assert pull(settings).sinds == MOMENTS[0]


def test_two_pulls_of_one_source_do_not_mix(server, settings) -> None:
    import fcntl

    write_source(settings, server)
    with (settings.room("locks") / f"ophalen-{BRON}.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(LedgerError, match="Another process"):
            pull(settings)
        under_way = settings.room("ophalen/fhir-huisartsen/lopend") / "stand.json"
        under_way.touch()
        os.utime(under_way, (0, 0))
        assert clean(settings).ophalen == []  # what another process works on is left alone
    assert server.asked == []
    assert clean(settings).ophalen == [f"{BRON}/lopend/stand.json"]


def test_another_machine_that_pulls_is_not_joined_and_a_dead_one_is_taken_over_from(
    server, settings
) -> None:
    write_source(settings, server)
    here = settings.model_copy(update={"machine": "hier", "claim_seconds": 1.2})
    elsewhere = here.model_copy(update={"machine": "elders"})
    with ledger_of(elsewhere).hold(f"ophalen-{BRON}", elsewhere):
        with pytest.raises(LedgerError, match="is being worked on by"):
            pull(here)
        assert server.asked == []
        assert clean(here).ophalen == []
    row = {"naam": f"ophalen-{BRON}", "houder": "weg:1:x", "machine": "weg:0:0", "slag": 7}
    with create_engine(here.ledger_address).begin() as connection:
        connection.execute(insert(CLAIM).values(**row, begonnen_op=datetime.now(UTC)))
    assert pull(here).rapport is not None


def test_what_is_wrong_here_is_told_before_anything_is_asked(server, settings) -> None:
    with pytest.raises(SettingsError, match=r"has no server: there is no .*huisartsen\.toml"):
        pull(settings)
    file = write_source(settings, server)
    with pytest.raises(UsageError, match="no period"):
        pull(settings, periode="25")
    (settings.home / "sleutel").unlink()
    with pytest.raises(SettingsError, match="no pseudonym key"):
        pull(settings)
    file.write_text('url = "ftp://x"\nlevel = "group"\nsecret = "hush"\n')
    with pytest.raises(SettingsError, match=r"url: .*; secret: Extra") as caught:
        pull(settings)
    assert "hush" not in str(caught.value)
    file.rename(file.with_name("declaraties-msz.toml"))
    with pytest.raises(SettingsError, match="is no FHIR source"):
        fetch(settings, "declaraties-msz")
    assert server.asked == []


def test_a_wrong_count_loads_nothing(server, settings) -> None:
    write_source(settings, server)
    server.files.append(Served("output", "Condition", b"{}\n", 2))
    with pytest.raises(RemoteRefusedError, match="nothing of this export is loaded"):
        pull(settings)
    assert Ledger(settings.ledger_address).committed() == []
    assert cancel(settings, BRON)
    assert server.deleted == ["e1"]
    assert not cancel(settings, BRON)


def command(settings: Settings, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", "from ingest.cli import main; main()", *words],
        env=os.environ | {"IZA_HOME": str(settings.home), "IZA_THREADS": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.parametrize(("how", "code"), [(signal.SIGKILL, -9), (signal.SIGTERM, 143)])
def test_a_killed_process_goes_on_where_it_was(
    settings: Settings, tmp_path: Path, how: signal.Signals, code: int
) -> None:
    ca, context = make_authority(tmp_path)
    with BulkServer(context) as server:
        server.files = [patients("x"), many(300), deletions("Patient/y")]
        register_key(server, settings.room("bulk") / "sleutel.jwk")
        write_source(settings, server, ca=ca, client=True)
        server.faults["file"] = [Fault(), Fault(cut=5000, hold=True)]
        process = command(settings, "fetch", BRON, "--json")
        assert server.held.wait(60)
        half = settings.home / "ophalen" / BRON / "lopend" / "half" / "Patient-0002.ndjson.part"
        while not half.exists() or half.stat().st_size < 5000:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(how)
        output, errors = process.communicate(timeout=60)
        assert (process.returncode, output) == (code, "")
        assert "Traceback" not in errors
        assert ("goes on where this one was" in errors) == (how == signal.SIGTERM)
        server.release.set()
        assert half.stat().st_size == 5000

        report = pull(settings).rapport
        assert report is not None
        assert landed(settings, report.levering_id) == {
            "Patient-0001.ndjson": server.files[0].content,
            "Patient-0002.ndjson": server.files[1].content,
            "deleted-20260110T080000123000Z-Bundle-0001.ndjson": server.files[2].content,
        }
        assert len(server.kickoffs) == 1
        assert len(server.paths("GET", "/file/e1/0")) == 1
        ranges = [h.get("range") for _, path, _, h in server.asked if path == "/file/e1/1"]
        assert ranges == [None, "bytes=5000-"]


@pytest.fixture
def runner(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("IZA_THREADS", "1")
    return CliRunner()


def test_the_command_tells_what_came(server, settings, runner) -> None:
    write_source(settings, server)
    server.files.append(Served("error", "OperationOutcome", ndjson(outcome("error", "timeout"))))
    result = runner.invoke(app, ["fetch", BRON, "--periode", "2025"])
    assert result.exit_code == 0, result.output
    assert f"{BRON}, everything, as of {MOMENTS[0]}: 3 lines in 1 files" in result.output
    assert "The server reported: 1 x error/timeout" in result.output
    result = runner.invoke(app, ["fetch", BRON, "--json"])
    found = json.loads(result.stdout)
    assert found["ophalen"]["meldingen"] == {"error/timeout": 1}
    assert found["herhaling"]
    assert found["periode"] == "2025"


def test_the_command_drops_an_export(server, settings, runner) -> None:
    write_source(settings, server)
    result = runner.invoke(app, ["fetch", BRON, "--cancel", "--json"])
    assert json.loads(result.stdout) == {"bron": BRON, "geannuleerd": False}
    assert isinstance(
        runner.invoke(app, ["fetch", BRON, "--cancel", "--full"]).exception, UsageError
    )


@pytest.mark.parametrize("algorithm", ["ES384", "RS384"])
def test_a_key_pair_is_made_and_shown_and_never_overwritten(
    runner, tmp_path: Path, algorithm: str
) -> None:
    file = tmp_path / "sleutel.jwk"
    made = runner.invoke(app, ["key", "pair", str(file), "--alg", algorithm])
    shown = runner.invoke(app, ["key", "jwks", str(file)])
    assert json.loads(made.stdout) == json.loads(shown.stdout)
    (key,) = json.loads(made.stdout)["keys"]
    assert set(key) & {"d", "p", "q"} == set()
    private = json.loads(file.read_text())
    token = jwt.encode({"a": 1}, jwt.PyJWK(private).key, algorithm=algorithm)
    assert jwt.decode(token, jwt.PyJWK(key).key, algorithms=[algorithm]) == {"a": 1}
    assert file.stat().st_mode & 0o777 == 0o600
    again = runner.invoke(app, ["key", "pair", str(file)])
    assert isinstance(again.exception, UsageError)
    file.chmod(0o640)
    shown = runner.invoke(app, ["key", "jwks", str(file)])
    assert isinstance(shown.exception, SettingsError)
    assert "chmod 600" in str(shown.exception)
