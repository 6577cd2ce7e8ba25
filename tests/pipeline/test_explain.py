"""``iza explain LEVERING``: the story of a delivery, from the door to the releases."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from ingest import intake
from ingest.cli import app
from ingest.intake import ingest_path
from ingest.ledger import ledger_of
from ingest.settings import Settings
from marts.raw_index import index_raw
from marts.replaced import find_replaced
from tests.ingest_state import BRON, ROWS

NAME = "Jansen 111222333.csv"


@pytest.fixture
def loaded(settings: Settings, tmp_path: Path) -> str:
    """A delivery of one file with a telling name; its identity."""
    folder = tmp_path / "levering"
    folder.mkdir()
    (folder / NAME).write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    return ingest_path(folder, BRON, settings, periode="2025").levering_id


def explain(*words: str) -> str:
    told = CliRunner().invoke(app, ["explain", *words])
    assert told.exit_code == 0, told.output
    return told.output


def as_json(*words: str) -> dict:
    return json.loads(explain(*words, "--json"))


def write_build(home: Path, bouw_id: str, rows: list[dict]) -> None:
    for path, content in (
        (home / "marts" / "actueel.json", {"bouw_id": bouw_id}),
        (home / "rapport" / "bouw" / f"{bouw_id}.json", {"leveringen": rows}),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")


def write_release(home: Path, versie: str, bouw_id: str) -> None:
    folder = home / "publicatie" / "open_spiegel" / versie
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({"bouw_id": bouw_id}), encoding="utf-8")


def test_all_ways_of_asking_tell_the_same(loaded: str) -> None:
    story = as_json(loaded)
    assert as_json(loaded[:9]) == story
    assert as_json("delivery", loaded) == story
    assert json.loads(explain("--json", loaded)) == story
    assert "What happened" in explain(loaded)


def test_steps_files_counts_and_versions(loaded: str, settings: Settings) -> None:
    story = as_json(loaded)
    assert [s["stap"] for s in story["stappen"]] == [
        "ontvangen", "geclaimd", "gelezen", "geschreven", "vastgelegd",
    ]  # fmt: skip
    moments = [s["moment"] for s in story["stappen"]]
    assert moments == sorted(moments)
    content = ("\n".join(ROWS) + "\n").encode()
    assert story["bestanden"] == [
        {"volgnr": 1, "soort": ".csv", "bytes": len(content),
         "sha256": hashlib.sha256(content).hexdigest()}
    ]  # fmt: skip
    assert story["tabellen"]["reg_ggz_wachttijd"] == {
        "aangeleverd": 4, "geaccepteerd": 2, "quarantaine": 1, "dubbel": 1,
    }  # fmt: skip
    assert {r["code"] for r in story["redenen"]} == {"BSN-ONGELDIG"}
    assert set(story["versies"]) == {"code_versie", "code_hash", "schema_hash", "sleutel_id"}
    assert all(story["versies"].values())
    assert "changed since" not in explain(loaded)
    # The ledger itself keeps no name of a file outside the report to its sender.
    kept = {k: v for k, v in story.items() if k != "redenen"}
    assert "Jansen" not in json.dumps(kept)


def test_a_delivery_that_is_read_again_tells_of_both_loads(
    loaded: str, settings: Settings, tmp_path: Path
) -> None:
    ingest_path(tmp_path / "levering", BRON, settings, periode="2025", again=True)
    steps = as_json(loaded)["stappen"]
    first, second = (s["houder"] for s in steps if s["stap"] == "vastgelegd")
    assert first != second
    assert [s["houder"] for s in steps if s["stap"] == "vervangen"] == [first]


def test_a_change_of_code_is_told(loaded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.versions.code_hash", lambda: "0" * 16)
    assert "The code of this installation changed since" in " ".join(explain(loaded).split())


def test_what_builds_and_releases_did_with_it(loaded: str, settings: Settings) -> None:
    assert as_json(loaded)["bouw"] is None
    row = {"levering_id": loaded, "rijen": {"reg_ggz_wachttijd": 2}, "vervangen": {}}
    write_build(settings.home, "b-eerder", [row])
    write_release(settings.home, "2025.1", "b-eerder")
    write_release(settings.home, "2025.2", "b-zonder")
    write_build(settings.home, "b-zonder", [])
    story = as_json(loaded)
    assert (story["bouw"]["bouw_id"], story["bouw"]["gelezen"]) == ("b-zonder", False)
    assert [r["versie"] for r in story["uitgaven"]] == ["2025.1"]
    assert "did not read it" in explain(loaded)
    later = {"reg_ggz_wachttijd": {"aantal": 1, "door": {"l9": 1}}}
    write_build(settings.home, "b-nu", [row | {"vervangen": later}])
    assert as_json(loaded)["bouw"]["vervangen"] == later
    told = " ".join(explain(loaded).split())
    assert "read its rows: 2 in reg_ggz_wachttijd" in told
    assert (
        "1 of its records in reg_ggz_wachttijd no longer hold; what holds came with l9 (1)" in told
    )
    assert "Releases made with it: open_spiegel 2025.1." in told


def test_a_delivery_that_failed_has_a_story_too(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "wachttijden.csv"
    file.write_text("\n".join(ROWS) + "\n", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error", "/pad/111222333")

    monkeypatch.setattr(intake, "count_records", fail)
    told = CliRunner().invoke(app, ["ingest", str(file), "--bron", BRON])
    assert told.exit_code != 0
    (name,) = ledger_of(settings).unfinished()
    story = as_json(name)
    assert story["status"] == "bezig"
    assert [s["stap"] for s in story["stappen"]] == ["ontvangen", "geclaimd", "mislukt"]
    assert story["stappen"][-1]["fout"] == "StorageError"
    assert "111222333" not in json.dumps(story)
    assert "not finished" in " ".join(explain(name).split())


def test_what_is_unknown_is_said(loaded: str) -> None:
    told = CliRunner().invoke(app, ["explain", "l-onbekend"])
    assert told.exit_code != 0
    assert "There is no delivery l-onbekend" in str(told.exception)


def test_records_that_no_longer_hold_are_counted_by_what_replaced_them(settings: Settings) -> None:
    with duckdb.connect() as con:
        con.execute("create schema raw; create schema staging")
        rows = """
            (values ('b', 'l1', 'f', 1, 'a'), ('b', 'l1', 'f', 1, 'a'), ('b', 'l1', 'f', 2, 'z'),
                ('b', 'l1', 'f', 3, 'weg'), ('b', 'l2', 'f', 1, 'a'), ('b', 'l3', 'g', 9, 'c'))
        """
        columns = "r(bron_id, levering_id, bestand, regel, resource_sleutel)"
        con.execute(f"create table raw.fhir_meting as select * from {rows} as {columns}")
        con.execute(
            "create table staging.stg_fhir_meting as select * from raw.fhir_meting "
            "where (levering_id, regel) not in (('l1', 1), ('l1', 3))"
        )
        index = index_raw(settings.home, [])
        index.bestanden["fhir_meting"] = (Path("een.parquet"),)
        assert find_replaced(con, index) == {
            "l1": {"fhir_meting": {"aantal": 2, "door": {"l2": 1}}}
        }
