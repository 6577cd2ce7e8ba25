"""Intake of one delivery: accounting, repetition, interruption, and nothing that identifies."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import duckdb
import pytest

from ingest import intake, writing
from ingest.errors import LedgerError, SettingsError, UsageError
from ingest.filenames import numbered
from ingest.intake import ingest_path
from ingest.ledger import Ledger
from ingest.pseudonym import load_key
from ingest.settings import Settings
from marts.raw_index import index_raw

HEADER = "wachtregistratie_id;bsn;zorgaanbieder_id;echelon;fase;diagnosegroep;begin;eind\n"
GOOD = "w{n};{bsn};54000001;basis;aanmelding;depressie;2025-01-01;2025-02-0{n}\n"


@pytest.fixture
def waits(tmp_path: Path) -> Path:
    """A register delivery: two good rows, a repetition, and one row a kind of fault."""
    folder = tmp_path / "levering"
    folder.mkdir()
    lines = [
        HEADER,
        GOOD.format(n=1, bsn="999900006"),
        GOOD.format(n=2, bsn="111222333"),
        GOOD.format(n=2, bsn="111222333"),
        GOOD.format(n=3, bsn="111222334"),  # fails the 11-proef
        "w4;111222333;5400;basis;aanmelding;;2025-01-01;2025-02-01\n",  # AGB too short
        "w5;111222333;54000001;anders;aanmelding;;2025-01-01;2025-02-01\n",  # unknown echelon
        "w6;111222333;54000001;basis;aanmelding;;2025-02-30;2025-03-01\n",  # no such day
        "w7;;54000001;basis;aanmelding;;2025-02-03;2025-03-01\n",  # no BSN
    ]
    (folder / "wachttijden.csv").write_text("".join(lines), encoding="utf-8")
    return folder


def load(path: Path, settings: Settings, **more):
    return ingest_path(path, "register-ggz-wachttijden", settings, periode="2025", **more)


def tree(home: Path, *rooms: str) -> dict[str, str]:
    return {
        str(file.relative_to(home)): hashlib.sha256(file.read_bytes()).hexdigest()
        for room in rooms
        for file in sorted((home / room).rglob("*"))
        if file.is_file()
    }


def test_every_record_is_accounted_for(waits: Path, settings: Settings) -> None:
    report = load(waits, settings)
    counts = report.tabellen["reg_ggz_wachttijd"]
    assert (counts.aangeleverd, counts.geaccepteerd) == (8, 2)
    assert (counts.quarantaine, counts.dubbel) == (5, 1)
    assert {(r.code, r.aantal, r.voorbeeld["regel"]) for r in report.redenen} == {
        ("BSN-ONGELDIG", 1, 5),
        ("FORMAAT-ONJUIST", 2, 6),
        ("CODE-ONBEKEND", 1, 7),
        ("VERPLICHT-LEEG", 1, 9),
    }
    assert report.status == "deels"
    on_disk = json.loads(next((settings.home / "rapport").rglob("*.json")).read_text())
    # what stays names a file by its number
    told = numbered(report.as_dict(), [path.name for path in waits.iterdir()])
    assert on_disk == json.loads(json.dumps(told))


def test_quarantine_keeps_text_place_and_reason(waits: Path, settings: Settings) -> None:
    load(waits, settings)
    glob = f"{settings.home}/quarantaine/**/*.parquet"
    rows = duckdb.execute(
        "select regel, reden_code, element, tekst from read_parquet(?) order by regel", [glob]
    ).fetchall()
    assert [(r[0], r[1], r[2]) for r in rows] == [
        (5, "BSN-ONGELDIG", "bsn"),
        (6, "FORMAAT-ONJUIST", "zorgaanbieder_id"),
        (7, "CODE-ONBEKEND", "echelon"),
        (8, "FORMAAT-ONJUIST", "begin"),
        (9, "VERPLICHT-LEEG", "bsn"),
    ]
    assert rows[0][3].startswith("w3;111222334;")


def test_raw_holds_pseudonyms_alone(waits: Path, settings: Settings) -> None:
    load(waits, settings)
    file = next((settings.home / "raw").rglob("*.parquet"))
    rows = duckdb.execute("select * from read_parquet(?)", [str(file)]).fetchall()
    assert len(rows) == 2
    text = repr(rows)
    assert "999900006" not in text
    assert "111222333" not in text
    assert load_key(settings).pseudonym("persoon", "111222333") in text


KEPT = ("raw", "quarantaine", "rapport", "terugkoppeling", "landing")


def test_the_same_delivery_again_changes_nothing(waits: Path, settings: Settings) -> None:
    first = load(waits, settings)
    before = tree(settings.home, *KEPT)
    second = load(waits, settings)
    assert second.herhaling
    assert second.as_dict() | {"herhaling": False} == first.as_dict()
    assert tree(settings.home, *KEPT) == before
    third = load(waits, settings, again=True)
    assert third == first
    assert tree(settings.home, *KEPT) == before


class Killed(BaseException):
    """Stands for a process that ends here and now."""


STEPS = [
    (intake, "load_key"), (intake, "land"), (intake, "judge_table"), (intake, "count_records"),
    (writing.Workplace, "write_quarantine"), (writing.Workplace, "publish"),
    (writing, "place_folder"), (intake, "write_feedback"), (writing, "replace_folder"),
    (intake, "_write_report"), (Ledger, "commit"),
]  # fmt: skip


@pytest.mark.parametrize(("owner", "name"), STEPS, ids=[name for _, name in STEPS])
def test_a_kill_at_any_step_then_a_rerun(
    owner, name, waits: Path, settings: Settings, tmp_path: Path, monkeypatch
) -> None:
    whole = settings.model_copy(update={"home": tmp_path / "whole"})
    (tmp_path / "whole").mkdir()
    (tmp_path / "whole" / "sleutel").write_text((settings.home / "sleutel").read_text())
    expected = load(waits, whole)

    def kill(*_args, **_kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, kill)
        with pytest.raises(Killed):
            load(waits, settings)
    assert Ledger(settings.ledger_address).committed() == []
    assert load(waits, settings) == expected
    assert tree(settings.home, *KEPT) == tree(whole.home, *KEPT)
    assert list((settings.home / "werk").iterdir()) == []


def test_another_key_is_refused(waits: Path, settings: Settings, tmp_path: Path) -> None:
    load(waits, settings)
    other = settings.model_copy(update={"pseudonym_key_file": tmp_path / "k"})
    (tmp_path / "k").write_text("een-heel-andere-sleutel-van-genoeg-tekens")
    more = tmp_path / "meer.csv"
    more.write_text(HEADER + GOOD.format(n=8, bsn="111222333"))
    with pytest.raises(LedgerError, match="two pseudonyms"):
        load(more, other)


def test_wrong_use_says_so(waits: Path, settings: Settings) -> None:
    with pytest.raises(UsageError, match="no source name"):
        ingest_path(waits, "../ergens", settings)
    with pytest.raises(UsageError, match="no period"):
        ingest_path(waits, "bron", settings, periode="vorig jaar")
    (settings.home / "sleutel").unlink()
    with pytest.raises(SettingsError, match="pseudonym key"):
        ingest_path(waits, "bron", settings)


def test_a_build_never_sees_rows_of_a_load_that_is_not_committed(
    waits: Path, settings: Settings, monkeypatch
) -> None:
    """Read again with another outcome and killed before the commit: builds see the first rows."""
    load(waits, settings)
    ledger = Ledger(settings.ledger_address)
    (before,) = index_raw(settings.home, ledger.committed()).bestanden["reg_ggz_wachttijd"]
    rows = duckdb.execute("select count(*) from read_parquet(?)", [str(before)]).fetchone()
    judge = intake.judge_table

    def refuse_the_second(con, tabel):
        judge(con, tabel)
        con.execute("insert into afkeur values (2, 'CODE-ONBEKEND', 'fase', null)")

    def kill(*_args, **_kwargs):
        raise Killed

    monkeypatch.setattr(intake, "judge_table", refuse_the_second)
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "commit", kill)
        with pytest.raises(Killed):
            load(waits, settings, again=True)
    index = index_raw(settings.home, ledger.committed())
    assert index.bestanden["reg_ggz_wachttijd"] == (before,)
    assert duckdb.execute("select count(*) from read_parquet(?)", [str(before)]).fetchone() == rows
    report = load(waits, settings, again=True)
    assert report.tabellen["reg_ggz_wachttijd"].geaccepteerd == 1
    (after,) = index_raw(settings.home, ledger.committed()).bestanden["reg_ggz_wachttijd"]
    assert after != before
    assert list(after.parent.iterdir()) == [after]
