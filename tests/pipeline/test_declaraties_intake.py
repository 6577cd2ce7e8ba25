"""Declarations through the whole of intake: accounted for, pseudonymous, repeatable."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from ingest.intake import ingest_path
from ingest.pseudonym import load_key
from ingest.settings import Settings
from schemas.tables import kolommen
from tests.ei_bericht import BSN, BSN_TWEE, ha304_voorbeeld, zh308_voorbeeld

BRON = "declaraties-msz"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One good message a standard, the first one twice, and one with a refused person."""
    messages = {
        "a.asc": zh308_voorbeeld().tekst(),
        "b.asc": zh308_voorbeeld().tekst("\n"),
        "c.asc": ha304_voorbeeld().tekst(),
        "d.asc": zh308_voorbeeld().zet(0, "0116", "F3".ljust(12)).zet(1, "0208", "7").tekst(),
        "e.asc": zh308_voorbeeld().zet(0, "0105", "T").tekst(),
    }
    made = tmp_path / "levering"
    made.mkdir()
    for name, text in messages.items():
        (made / name).write_text(text, encoding="latin-1", newline="")
    return made


def raw(settings: Settings, tabel: str) -> list[tuple]:
    """The rows of a raw table, without where they came from."""
    names = ", ".join(k.raw_naam for k in kolommen(tabel))
    glob = f"{settings.home}/raw/{tabel}/**/*.parquet"
    return duckdb.execute(
        f"select {names} from read_parquet(?, hive_partitioning = false) order by all", [glob]
    ).fetchall()


def test_every_record_is_accounted_for(folder: Path, settings: Settings) -> None:
    report = ingest_path(folder, BRON, settings, periode="2023")
    assert report.status == "deels"
    counts = {
        naam: (t.aangeleverd, t.geaccepteerd, t.quarantaine, t.dubbel)
        for naam, t in report.tabellen.items()
    }
    assert counts["ZH308/01"] == (4, 2, 1, 1)
    assert counts["ZH308/02"] == (8, 3, 3, 2)
    assert counts["ZH308/06"] == (16, 5, 7, 4)
    assert counts["HA304/04"] == (2, 2, 0, 0)
    assert report.rijen == {
        "decl_bericht": 3,
        "decl_verzekerde": 4,
        "decl_prestatie": 6,
        "decl_tarief": 5,
        "decl_zorgactiviteit": 1,
        "decl_tijdsbesteding": 0,
        "dq_oordeel": sum(r.aantal for r in (*report.redenen, *report.waarschuwingen)),
    }
    assert {(r.code, r.aantal) for r in report.redenen if r.tabel == "ZH308/02"} == {
        ("CODE-ONBEKEND", 1),
        ("EI-BERICHT-GEWEIGERD", 2),
    }
    assert report.bijzonder == {"berichten": 5, "berichten_geweigerd": 1}


def test_nothing_that_identifies_passes(folder: Path, settings: Settings) -> None:
    ingest_path(folder, BRON, settings, periode="2023")
    files = list((settings.home / "raw").rglob("*.parquet"))
    assert len(files) == 7  # of refused records, what was found against them
    for file in files:
        text = repr(duckdb.execute("select * from read_parquet(?)", [str(file)]).fetchall())
        for secret in (BSN, BSN_TWEE, "VZ1", "19600101", "1234AB", "F2023001", "|P1", "dossier"):
            assert secret not in text, (file.parts[-5], secret)
    pseudonym = load_key(settings).pseudonym("persoon", BSN)
    assert pseudonym in repr(raw(settings, "decl_prestatie"))


def test_a_credit_keeps_its_link_after_pseudonymisation(folder: Path, settings: Settings) -> None:
    ingest_path(folder, BRON, settings, periode="2023")
    key = load_key(settings)
    glob = f"{settings.home}/raw/decl_tarief/**/*.parquet"
    rows = duckdb.execute(
        "select distinct voorgaande_referentie_sleutel from read_parquet(?) where bedrag_cent < 0",
        [glob],
    ).fetchall()
    assert rows == [(key.pseudonym("referentie", "06000001|T0"),)]


def test_order_of_the_files_does_not_matter(folder: Path, settings: Settings, tmp_path) -> None:
    """The same messages, cut into other files: the same rows, but for where they stood."""
    ingest_path(folder, BRON, settings, periode="2023")
    other = Settings(home=(tmp_path / "ander").resolve(), threads=1)
    (tmp_path / "ander").mkdir()
    (tmp_path / "ander" / "sleutel").write_bytes((settings.home / "sleutel").read_bytes())
    one = tmp_path / "een.asc"
    one.write_bytes(b"".join(f.read_bytes() for f in sorted(folder.iterdir(), reverse=True)))
    ingest_path(one, BRON, other, periode="2023")
    for tabel in ("decl_bericht", "decl_prestatie", "decl_tarief"):
        assert raw(settings, tabel) == raw(other, tabel)
