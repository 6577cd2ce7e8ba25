"""The database of the ledger is away for a while: it is waited for, nothing is lost or doubled."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import event

from ingest import intake
from ingest.errors import LedgerError
from ingest.intake import ingest_path
from ingest.ledger import Ledger
from ingest.settings import Settings
from tests.ingest_state import BRON, committed, new_home, tree, write_delivery
from tests.postgres import Server

#: Holds the one writer's place of a SQLite file for some seconds.
LOCKER = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("begin immediate")
print("locked", flush=True)
time.sleep(float(sys.argv[2]))
"""


def interrupt(server: Server, seconds: float) -> threading.Thread:
    """Stop the server now and start it again later."""
    server.stop()

    def later() -> None:
        time.sleep(seconds)
        server.start()

    thread = threading.Thread(target=later)
    thread.start()
    return thread


def check_loaded_once(settings: Settings, alone: Settings) -> None:
    assert committed(settings) == committed(alone)
    assert tree(settings.home) == tree(alone.home)
    ledger = Ledger(settings.ledger_address)
    history = ledger.history(committed(alone)[0]["levering_id"])
    assert history is not None
    assert [s.stap for s in history.stappen].count("vastgelegd") == 1


@pytest.fixture
def alone(tmp_path: Path) -> Settings:
    settings = new_home(tmp_path / "alone")
    ingest_path(write_delivery(tmp_path / "levering"), BRON, settings, periode="2025")
    return settings


def check_load_while_away(
    postgres: Server, alone: Settings, tmp_path: Path, monkeypatch, caplog, seconds: float
) -> None:
    url = postgres.new_database(f"weg_{int(seconds)}")
    settings = new_home(tmp_path / "home").model_copy(update={"ledger_url": url})
    count, away = intake.count_records, []

    def count_and_lose_the_database(con):
        away.append(interrupt(postgres, seconds))
        return count(con)

    monkeypatch.setattr(intake, "count_records", count_and_lose_the_database)
    with caplog.at_level(logging.WARNING, logger="iza.grootboek"):
        report = ingest_path(tmp_path / "levering", BRON, settings, periode="2025")
    away[0].join()
    assert report.status == "deels"
    told = [record.getMessage() for record in caplog.records]
    assert any("does not answer" in line and "nothing is lost" in line for line in told)
    assert told[-1] == "The ledger answers again."
    assert not any("levering_id" in line or "sqlalche" in line for line in told)
    check_loaded_once(settings, alone)


def test_a_server_that_is_away_in_the_middle(
    postgres: Server, alone: Settings, tmp_path: Path, monkeypatch, caplog
) -> None:
    check_load_while_away(postgres, alone, tmp_path, monkeypatch, caplog, 3)


@pytest.mark.chaos
def test_a_server_that_is_away_for_a_minute(
    postgres: Server, alone: Settings, tmp_path: Path, monkeypatch, caplog
) -> None:
    check_load_while_away(postgres, alone, tmp_path, monkeypatch, caplog, 60)


def test_a_commit_whose_answer_is_lost_is_done_once(
    postgres: Server, alone: Settings, tmp_path: Path, monkeypatch
) -> None:
    url = postgres.new_database("antwoord_kwijt")
    settings = new_home(tmp_path / "home").model_copy(update={"ledger_url": url})
    commits: list[str] = []
    original = Ledger.commit

    def commit(self: Ledger, *words, **named):
        engine = self._runner._engine

        @event.listens_for(engine, "commit")
        def done_but_not_heard(connection) -> None:
            if not commits:
                commits.append("lost")
                raw = connection.connection.dbapi_connection
                raw.commit()
                raw.close()

        original(self, *words, **named)

    monkeypatch.setattr(Ledger, "commit", commit)
    ingest_path(tmp_path / "levering", BRON, settings, periode="2025")
    assert commits == ["lost"]
    check_loaded_once(settings, alone)


def test_waiting_for_a_server_has_an_end(postgres: Server) -> None:
    url = postgres.new_database("geduld_op")
    Ledger(url).committed()
    opened = Ledger(url, patience=0.5)
    assert opened.committed() == []
    back = interrupt(postgres, 2)
    try:
        for ledger in (opened, Ledger(url, patience=0.5)):
            with pytest.raises(LedgerError) as told:
                ledger.committed()
            assert "http" not in str(told.value)
    finally:
        back.join()
    assert opened.committed() == []


def test_a_refusal_of_the_server_is_not_waited_for(postgres: Server) -> None:
    url = postgres.url.removesuffix("postgres") + "bestaat_niet"
    with pytest.raises(LedgerError, match=r"cannot be opened.*does not exist"):
        Ledger(url, patience=3600).committed()


def test_a_file_that_another_process_has_locked(
    alone: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = new_home(tmp_path / "home")
    Ledger(settings.ledger_address).committed()
    file = settings.home / "ledger.sqlite"
    locker = subprocess.Popen(
        [sys.executable, "-c", LOCKER, str(file), "7"], stdout=subprocess.PIPE, text=True
    )
    assert locker.stdout is not None
    assert locker.stdout.readline() == "locked\n"
    assert committed(settings) == []  # readers go on
    with caplog.at_level(logging.WARNING, logger="iza.grootboek"):
        ingest_path(tmp_path / "levering", BRON, settings, periode="2025")
    assert locker.wait(30) == 0
    assert any("locked" in record.getMessage() for record in caplog.records)
    check_loaded_once(settings, alone)
