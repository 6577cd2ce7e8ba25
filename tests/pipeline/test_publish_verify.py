"""A partner has only the folder: everything that can be wrong with it is told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from publish_fixture import write_build

from ingest.settings import Settings
from publish.release import publish
from publish.storage import json_bytes, sha256
from publish.verify import verify


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("huis")
    write_build(home)
    publish(Settings(home=home, threads=1))
    return home / "publicatie"


@pytest.fixture
def copy(room: Path, tmp_path: Path) -> Path:
    """A downloaded version that may be spoilt."""
    folder = tmp_path / "2025.1"
    shutil.copytree(room / "kwaliteit/2025.1", folder)
    for file in folder.iterdir():
        file.chmod(0o644)
    return folder


def edit_manifest(folder: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    change(manifest)
    file.write_bytes(json_bytes(manifest))


def edit_data(folder: Path, sql: str) -> None:
    """Change the rows and make the manifest agree, as a careful forger or a bug would."""
    file = folder / "data.parquet"
    with duckdb.connect() as con:
        con.execute(f"create table data as select * from '{file}'")
        con.execute(sql)
        con.execute(
            f"copy data to '{file}' (format parquet, compression zstd, "
            "kv_metadata {doel: 'spiegelinformatie', extract: 'kwaliteit', versie: '2025.1'})"
        )
        rows = con.execute("select count(*) from data").fetchall()[0][0]
        hidden = dict(
            con.execute(
                "select onderdrukt_reden, count(*) from data where onderdrukt group by all"
            ).fetchall()
        )

    def agree(manifest: dict[str, Any]) -> None:
        entry = next(e for e in manifest["bestanden"] if e["naam"] == "data.parquet")
        entry.update(sha256=sha256(file), bytes=file.stat().st_size, rijen=rows)
        reasons = manifest["bescherming"]["verborgen"]
        manifest["bescherming"]["verborgen"] = {r: hidden.get(r, 0) for r in reasons}

    edit_manifest(folder, agree)


def only_problem(folder: Path) -> str:
    problems = verify(folder).problems
    assert len(problems) == 1, problems
    return problems[0]


def test_a_publication_an_extract_and_a_version_are_whole(room: Path) -> None:
    assert verify(room).problems == []
    assert verify(room).releases == 5
    assert verify(room / "open").problems == []
    assert verify(room / "open/2025.1").problems == []


def test_a_copy_is_whole_without_its_publication(copy: Path) -> None:
    edit_data(copy, "select 1")
    assert verify(copy).problems == []


@pytest.mark.parametrize("name", ["data.parquet", "LEESMIJ.md", "manifest.json"])
def test_a_missing_file_is_told(copy: Path, name: str) -> None:
    (copy / name).unlink()
    assert f"{name} is missing" in only_problem(copy)


def test_one_changed_byte_is_told(copy: Path) -> None:
    file = copy / "LEESMIJ.md"
    content = bytearray(file.read_bytes())
    content[10] ^= 1
    file.write_bytes(content)
    assert "LEESMIJ.md has another SHA-256" in only_problem(copy)


def test_a_shorter_file_is_told(copy: Path) -> None:
    file = copy / "data.parquet"
    file.write_bytes(file.read_bytes()[:-5])
    assert "bytes, the manifest says" in only_problem(copy)


def test_a_file_nobody_listed_is_told(copy: Path) -> None:
    (copy / "extra.csv").write_text("x", encoding="utf-8")
    assert "extra.csv is not in the manifest" in only_problem(copy)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda m: m.pop("drempel"), "'drempel' is missing"),
        (lambda m: m.update(doelen=[]), "'doelen' is empty"),
        (lambda m: m.update(versie="2025.9"), "the manifest is of version 2025.9"),
        (lambda m: m.update(extract="anders"), "the footer of data.parquet says extract"),
        (lambda m: m["schema"].pop(), "has columns"),
        (lambda m: m["schema"][0].update(type="BIGINT"), "column indicator_id is of type VARCHAR"),
        (lambda m: m["bestanden"][1].update(rijen=1), "the manifest says 1"),
        (
            lambda m: m["bestanden"][0].update(naam="../../ledger.sqlite"),
            "'bestanden' has the wrong",
        ),
        (lambda m: m["schema"][0].update(naam="a; drop"), "'schema' has the wrong shape"),
        (lambda m: m.update(schema=["x"]), "'schema' has the wrong shape"),
        (lambda m: m.update(sleutel=["nergens"]), "'sleutel' names columns"),
        (lambda m: m.update(bescherming={}), "'bescherming' has the wrong shape"),
    ],
)
def test_a_manifest_that_does_not_fit_is_told(copy: Path, change: Any, sentence: str) -> None:
    edit_manifest(copy, change)
    assert any(sentence in problem for problem in verify(copy).problems)


def test_a_file_that_only_calls_itself_parquet_is_told(copy: Path) -> None:
    file = copy / "data.parquet"
    file.write_bytes(b"PAR1 nothing")

    def agree(manifest: dict[str, Any]) -> None:
        entry = next(e for e in manifest["bestanden"] if e["naam"] == "data.parquet")
        entry.update(sha256=sha256(file), bytes=file.stat().st_size)

    edit_manifest(copy, agree)
    assert "is no Parquet file" in only_problem(copy)


def test_a_version_in_a_folder_of_any_name_is_whole(copy: Path) -> None:
    copy.rename(copy.with_name("download"))
    assert verify(copy.with_name("download")).problems == []


def test_a_manifest_that_cannot_be_read_is_told(copy: Path) -> None:
    (copy / "manifest.json").write_text("{", encoding="utf-8")
    assert "no valid JSON" in only_problem(copy)


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("update data set teller = 5 where onderdrukt", "hidden rows still show teller"),
        ("insert into data select * from data limit 1", "occur more than once"),
        (
            "create or replace table data as select * from data order by periode desc",
            "not in order",
        ),
        ("update data set onderdrukt_reden = null where onderdrukt", "hidden without a reason"),
    ],
)
def test_figures_that_do_not_keep_the_promise_are_told(copy: Path, sql: str, sentence: str) -> None:
    edit_data(copy, sql)
    assert any(sentence in problem for problem in verify(copy).problems)


def test_a_shown_cell_under_the_threshold_is_told(copy: Path) -> None:
    edit_data(
        copy,
        "update data set n_personen = 9 where not onderdrukt and niveau = 'landelijk' "
        "and uitsplitsing = 'TOTAAL' and periode = '2025'",
    )
    problems = verify(copy).problems
    assert any("landelijk / NL" in p and "should be hidden" in p for p in problems)


def test_a_hidden_cell_that_can_be_subtracted_is_told(copy: Path) -> None:
    # Show the complementary cells again, with any figure that is large enough.
    edit_data(
        copy,
        "update data set onderdrukt = false, onderdrukt_reden = null, teller = 30, noemer = 60, "
        "n_personen = 60 where onderdrukt_reden = 'afleidbaar'",
    )
    assert any("follows from the cells that are shown" in p for p in verify(copy).problems)


def test_a_pointer_to_another_manifest_is_told(room: Path, tmp_path: Path) -> None:
    shutil.copytree(room / "open", tmp_path / "open")
    file = tmp_path / "open/2025.1/manifest.json"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b"\n")
    assert "is not the one that was published" in only_problem(tmp_path / "open")


def test_a_catalogue_that_lists_what_is_gone_is_told(room: Path, tmp_path: Path) -> None:
    shutil.copytree(room, tmp_path / "publicatie")
    shutil.rmtree(tmp_path / "publicatie/open")
    assert "lists open 2025.1" in only_problem(tmp_path / "publicatie")


def test_an_empty_folder_is_no_release(tmp_path: Path) -> None:
    assert "holds no release" in only_problem(tmp_path)
    assert "is no folder" in only_problem(tmp_path / "nergens")
