"""A small delivery with a fault of every kind of outcome, and what must hold after a run of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import create_engine, select

from ingest.ledger import Ledger
from ingest.ledger.tables import CLAIM
from ingest.pseudonym import write_key
from ingest.settings import Settings
from marts.raw_index import index_raw

BRON = "register-ggz-wachttijden"
KEPT = ("raw", "quarantaine", "rapport", "terugkoppeling", "landing")
ROWS = [
    "wachtregistratie_id;bsn;zorgaanbieder_id;echelon;fase;diagnosegroep;begin;eind",
    "w1;999900006;54000001;basis;aanmelding;depressie;2025-01-01;2025-02-01",
    "w2;111222333;54000001;basis;aanmelding;depressie;2025-01-01;2025-02-02",
    "w2;111222333;54000001;basis;aanmelding;depressie;2025-01-01;2025-02-02",
    "w3;111222334;54000001;basis;aanmelding;depressie;2025-01-01;2025-02-03",
]


def write_delivery(folder: Path) -> Path:
    """Two good rows, a repetition and a refusal."""
    folder.mkdir()
    (folder / "wachttijden.csv").write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    return folder


def tree(home: Path) -> dict[str, str]:
    return {
        str(file.relative_to(home)): hashlib.sha256(file.read_bytes()).hexdigest()
        for room in KEPT
        for file in sorted((home / room).rglob("*"))
        if file.is_file()
    }


def new_home(folder: Path) -> Settings:
    settings = Settings(home=folder, threads=1)
    write_key(settings, demo=True)
    return settings


def committed(settings: Settings) -> list[dict]:
    """What a reader sees, without the clock."""
    found = Ledger(settings.ledger_address).committed()
    return [vars(delivery) | {"ontvangen_op": None} for delivery in found]


def check_after_kill(settings: Settings, whole: Settings) -> None:
    """A reader sees all of the delivery or nothing of it, and every file in its place is whole."""
    seen = committed(settings)
    assert seen in ([], committed(whole))
    index_raw(settings.home, Ledger(settings.ledger_address).committed())  # all its files are there
    expected = tree(whole.home)
    visible = {
        name: found
        for name, found in tree(settings.home).items()
        if not any(part.startswith(".") for part in Path(name).parts)
    }
    assert visible.items() <= expected.items()
    assert not seen or visible == expected


def check_after_rerun(settings: Settings, whole: Settings) -> None:
    assert tree(settings.home) == tree(whole.home)
    assert committed(settings) == committed(whole)
    ledger = Ledger(settings.ledger_address)
    assert ledger.unfinished() == []
    assert list((settings.home / "werk").iterdir()) == []
    with create_engine(settings.ledger_address).connect() as connection:
        assert connection.execute(select(CLAIM)).all() == []
    history = ledger.history(committed(settings)[0]["levering_id"])
    assert history is not None
    assert [step.stap for step in history.stappen].count("vastgelegd") == 1
