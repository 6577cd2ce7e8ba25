"""A file name may tell who the file is about: what outlives the files does not keep it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
from typer.testing import CliRunner

from ingest.cli import app
from ingest.filenames import named, named_place, numbered, place_numbers
from ingest.intake import ingest_path
from ingest.retention import clean
from ingest.settings import Settings
from tests.ingest_state import BRON, ROWS

NAMES = ["dossier Jansen 111222333.csv", "a Pietersen.csv"]


def deliver(folder: Path) -> Path:
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_text("\n".join(ROWS) + f"\n{name[0]};", encoding="utf-8")
    return folder


def test_what_is_kept_names_no_file(tmp_path: Path, settings: Settings) -> None:
    report = ingest_path(deliver(tmp_path / "in"), BRON, settings, periode="2025")
    places = {reden.voorbeeld["bestand"] for reden in report.redenen}
    assert places <= set(NAMES), "who loads it is told the name"
    assert places
    rooms = {
        "ledger": [*settings.home.glob("ledger.sqlite*")],  # the log beside it holds what is new
        "rapport": [*(settings.home / "rapport").rglob("*.json")],
        "raw": [*(settings.home / "raw").rglob("*.parquet")],
    }
    held = pl.concat(pl.read_parquet(f).select("bestand", "regel") for f in rooms["raw"])
    assert set(held["bestand"]) == {"bestand-1.csv", "bestand-2.csv"}
    for room, files in rooms.items():
        content = b"".join(file.read_bytes() for file in files)
        assert b"bestand-1.csv" in content, room
        for word in (b"Jansen", b"Pietersen", b"111222333"):
            assert word not in content, (room, word)


def test_the_name_is_told_as_long_as_the_file_is_there(tmp_path: Path, settings: Settings) -> None:
    path = deliver(tmp_path / "in")
    report = ingest_path(path, BRON, settings, periode="2025")
    again = ingest_path(path, BRON, settings, periode="2025")
    assert again.as_dict() | {"herhaling": False} == report.as_dict()
    run = CliRunner().invoke
    told = json.loads(run(app, ["explain", "delivery", report.levering_id, "--json"]).output)
    assert told["redenen"] == report.as_dict()["redenen"]
    clean(settings, now=datetime.now(UTC) + timedelta(days=91))
    told = json.loads(run(app, ["explain", "delivery", report.levering_id, "--json"]).output)
    assert {r["voorbeeld"]["bestand"] for r in told["redenen"]} == {"bestand-1.csv"}


def test_a_place_stays_one_place() -> None:
    """Also within archives, of which one has a name that another begins with."""
    names = ["b.zip", "b.zip.csv", "c/Jansen.ndjson"]
    places = ["b.zip/x/1.csv", "b.zip.csv", "b.zip/2.csv", "c/Jansen.ndjson"]
    assert place_numbers(places, names) == {
        "b.zip/2.csv": "bestand-1.zip/1", "b.zip/x/1.csv": "bestand-1.zip/2",
        "b.zip.csv": "bestand-2.zip.csv", "c/Jansen.ndjson": "bestand-3.ndjson",
    }  # fmt: skip
    assert named_place("bestand-1.zip/2", names) == "b.zip/2"
    assert named_place("bestand-3.ndjson", names) == "c/Jansen.ndjson"
    assert named_place("bestand-3.ndjson", []) == "bestand-3.ndjson"


def test_a_place_within_an_archive_goes_by_the_archive() -> None:
    place = {"bestand": "b.zip/Jansen.ndjson", "regel": 3, "element": None}
    report = {"redenen": [{"code": "X", "voorbeeld": place}], "waarschuwingen": []}
    kept = numbered(report, ["b.zip", "a.csv"])
    assert kept["redenen"][0]["voorbeeld"]["bestand"] == "bestand-2.zip"
    assert named(kept, ["b.zip", "a.csv"])["redenen"][0]["voorbeeld"]["bestand"] == "b.zip"
    assert named(kept, []) == kept
    assert numbered(report, [])["redenen"][0]["voorbeeld"]["bestand"] == "bestand"
