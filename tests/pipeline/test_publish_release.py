"""Versions: what is written, what stays as it is, and what a kill leaves behind."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from publish_auditor import solvable, sums_of
from publish_fixture import (
    SLEUTEL,
    default_exposures,
    exposure,
    spiegel_rows,
    tree,
    write_build,
)

from ingest.errors import PublicationError, StorageError
from ingest.settings import Settings
from publish import release, storage
from publish.leesmij import leesmij
from publish.release import ReleaseResult, publish

EXTRACTS = ["kwaliteit", "open", "regio-zk01", "regio-zk02", "regio-zk03"]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one publication of the default build; not to be changed."""
    home = tmp_path_factory.mktemp("huis")
    write_build(home)
    publish(house(home))
    return home


def house(home: Path, **changes: Any) -> Settings:
    return Settings(home=home, threads=1, **changes)


def manifest_of(home: Path, extract: str, versie: str = "2025.1") -> dict[str, Any]:
    file = home / "publicatie" / extract / versie / "manifest.json"
    return dict(json.loads(file.read_text(encoding="utf-8")))


def changed(row: dict[str, Any]) -> dict[str, Any]:
    """A later build knows one more person in one cell."""
    national = row["niveau"] == "landelijk" and row["periode"] == "2025"
    return row | ({"noemer": row["noemer"] + 1} if national else {})


def test_every_extract_has_a_version_a_pointer_and_a_place_in_the_catalogue(
    published: Path,
) -> None:
    room = published / "publicatie"
    assert sorted(p.name for p in room.iterdir() if p.is_dir()) == EXTRACTS
    for extract in EXTRACTS:
        assert {p.name for p in (room / extract).iterdir()} == {"2025.1", "actueel.json"}
        assert {p.name for p in (room / extract / "2025.1").iterdir()} == {
            "data.parquet",
            "manifest.json",
            "LEESMIJ.md",
        }
        pointer = json.loads((room / extract / "actueel.json").read_text(encoding="utf-8"))
        assert pointer["versie"] == "2025.1"
    catalogue = json.loads((room / "catalogus.json").read_text(encoding="utf-8"))
    assert [entry["extract"] for entry in catalogue["extracten"]] == EXTRACTS


def test_a_manifest_says_everything_a_partner_and_an_auditor_ask(published: Path) -> None:
    manifest = manifest_of(published, "open")
    assert manifest["doelen"] == ["spiegelinformatie"]
    assert manifest["drempel"] == 10
    assert manifest["vorige_versie"] is None
    assert manifest["peiljaren"] == ["2024", "2025"]
    assert manifest["licentie"]["code"] == "CC-BY-4.0"
    assert {row["indicator_id"] for row in manifest["definities"]} == {
        "hartfalen_acute_opname",
        "kosten_per_patient",
    }
    assert [row["norm_id"] for row in manifest["normen"]] == ["iza-i14"]
    assert [bron["tabel"] for bron in manifest["herkomst"]["bronnen"]] == [
        "decl_prestatie",
        "fhir_contact",
    ]
    assert all(column["omschrijving"] for column in manifest["schema"])
    assert {"regels", "verborgen", "relaties"} <= set(manifest["bescherming"])
    assert manifest_of(published, "kwaliteit")["licentie"]["code"] == "beperkt"
    text = (published / "publicatie/open/2025.1/manifest.json").read_text(encoding="utf-8")
    assert "never the same" not in text
    assert "nor this" not in text


def test_the_footer_names_extract_version_and_purpose(published: Path) -> None:
    footer = pq.read_metadata(published / "publicatie/open/2025.1/data.parquet").metadata
    assert footer[b"extract"] == b"open"
    assert footer[b"versie"] == b"2025.1"
    assert footer[b"doel"] == b"spiegelinformatie"


def test_a_regional_extract_holds_no_other_region(published: Path) -> None:
    rows = pq.read_table(published / "publicatie/regio-zk01/2025.1/data.parquet").to_pylist()
    assert {row["eenheid_regio_code"] for row in rows} == {"ZK01"}
    assert {row["niveau"] for row in rows} == {"zorgkantoorregio", "zorgaanbieder"}


def test_a_hidden_row_shows_what_it_is_and_no_figure(published: Path) -> None:
    rows = pq.read_table(published / "publicatie/kwaliteit/2025.1/data.parquet").to_pylist()
    hidden = [row for row in rows if row["onderdrukt"]]
    assert hidden
    for row in hidden:
        assert row["eenheid_naam"]
        assert row["onderdrukt_reden"] in {"klein_aantal", "dominantie", "afleidbaar"}
        for column in ("teller", "noemer", "waarde", "n_personen", "verwacht", "funnel_klasse"):
            assert row[column] is None
    assert all(row["n_personen"] >= 10 for row in rows if not row["onderdrukt"])


def test_the_extracts_together_give_no_hidden_cell_away(published: Path) -> None:
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for file in sorted((published / "publicatie").glob("*/2025.1/data.parquet")):
        for row in pq.read_table(file).to_pylist():
            key = tuple(row[name] for name in SLEUTEL)
            assert rows.setdefault(key, row)["onderdrukt"] == row["onderdrukt"]
    for indicator in ("hartfalen_acute_opname", "kosten_per_patient"):
        cells = [
            {
                "niveau": row["niveau"],
                "eenheid": row["eenheid_id"],
                "regio": row["eenheid_regio_code"],
                "soort": row["uitsplitsing"],
                "waarde": row["uitsplitsing_waarde"],
                "periode": row["periode"],
                "onderdrukt": row["onderdrukt"],
            }
            for row in rows.values()
            if row["indicator_id"] == indicator
        ]
        hidden = {number for number, cell in enumerate(cells) if cell["onderdrukt"]}
        assert hidden
        assert not solvable(sums_of(cells), hidden)


def test_a_national_reference_is_hidden_with_the_national_cell(tmp_path: Path) -> None:
    rows = spiegel_rows()
    for row in rows:
        if row["niveau"] == "landelijk" and row["periode"] == "2025Q2" and row["teller"] < 1000:
            row["teller"] = 5
    write_build(tmp_path, rows)
    publish(house(tmp_path))
    found = pq.read_table(tmp_path / "publicatie/regio-zk01/2025.1/data.parquet").to_pylist()
    share = [row for row in found if row["indicator_id"] == "hartfalen_acute_opname"]
    totals = [row for row in share if row["uitsplitsing"] == "TOTAAL"]
    assert {r["referentie_landelijk"] for r in totals if r["periode"] == "2025Q2"} == {None}
    assert None not in {r["referentie_landelijk"] for r in totals if r["periode"] == "2024Q4"}


def test_a_peer_reference_is_hidden_when_one_peer_is_not_listed(tmp_path: Path) -> None:
    rows = [row for row in spiegel_rows() if row["indicator_id"] == "hartfalen_acute_opname"]
    rows = [row for row in rows if row["niveau"] == "zorgaanbieder"]
    rows = [
        row for row in rows if not (row["eenheid_id"] == "06000002" and row["periode"] != "2025")
    ]
    for row in rows:
        if row["eenheid_id"] == "06000004":
            row["n_personen"] = 2  # too few in all: its breakdowns are not listed
    write_build(tmp_path, rows, [exposure("kwaliteit", "kwaliteit_spiegel")])
    publish(house(tmp_path))
    found = pq.read_table(tmp_path / "publicatie/kwaliteit/2025.1/data.parquet").to_pylist()
    men = [row for row in found if row["uitsplitsing_waarde"] == "man" and row["periode"] == "2025"]
    assert [row["eenheid_id"] for row in men] == ["06000001", "06000002", "06000003"]
    assert not any(row["onderdrukt"] for row in men)
    assert {row["referentie_peer"] for row in men} == {None}


def test_publishing_again_changes_no_byte(published: Path, tmp_path: Path) -> None:
    shutil.copytree(published, tmp_path / "huis")
    before = tree(tmp_path / "huis")
    results = publish(house(tmp_path / "huis"))
    assert [result.nieuw for result in results] == [False] * 5
    assert tree(tmp_path / "huis") == before


def test_another_house_with_the_same_build_gives_the_same_bytes(
    published: Path, tmp_path: Path
) -> None:
    write_build(tmp_path)
    publish(Settings(home=tmp_path, threads=2, memory_limit="1GB"))
    assert tree(tmp_path / "publicatie") == tree(published / "publicatie")


def test_other_content_is_the_next_version_and_the_old_one_stays(tmp_path: Path) -> None:
    exposures = default_exposures()[:2]
    write_build(tmp_path, exposures=exposures)
    publish(house(tmp_path))
    before = tree(tmp_path / "publicatie")
    write_build(tmp_path, [changed(row) for row in spiegel_rows()], exposures)
    results = publish(house(tmp_path))
    assert [(r.extract, r.versie, r.nieuw) for r in results] == [
        ("kwaliteit", "2025.2", True),
        ("open", "2025.2", True),
    ]
    after = tree(tmp_path / "publicatie")
    assert {name: after[name] for name in before if "/2025.1/" in name} == {
        name: content for name, content in before.items() if "/2025.1/" in name
    }
    assert manifest_of(tmp_path, "open", "2025.2")["vorige_versie"] == "2025.1"
    assert publish(house(tmp_path))[0].nieuw is False


def test_a_later_period_starts_its_own_numbers(tmp_path: Path) -> None:
    exposures = default_exposures()[:1]
    for jaren in ([2024], [2024, 2025], [2024]):
        write_build(tmp_path, spiegel_rows(jaren), exposures)
        publish(house(tmp_path))
    catalogue = json.loads((tmp_path / "publicatie/catalogus.json").read_text(encoding="utf-8"))
    versies = catalogue["extracten"][0]["versies"]
    assert [(v["versie"], v["vorige_versie"]) for v in versies] == [
        ("2024.1", None),
        ("2025.1", "2024.1"),
        ("2024.2", "2025.1"),
    ]


def test_files_are_read_only_and_never_overwritten(published: Path, tmp_path: Path) -> None:
    version = published / "publicatie/open/2025.1"
    for file in version.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o444
    (tmp_path / "a").mkdir()
    with pytest.raises(StorageError, match="never overwritten"):
        storage.freeze(tmp_path / "a", version)


def test_a_version_that_was_changed_is_not_published_over(published: Path, tmp_path: Path) -> None:
    shutil.copytree(published, tmp_path / "huis")
    file = tmp_path / "huis/publicatie/open/2025.1/data.parquet"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(PublicationError, match="changed or removed after publication"):
        publish(house(tmp_path / "huis"))


def test_a_version_that_was_removed_stops_publication(tmp_path: Path) -> None:
    exposures = default_exposures()[:1]
    for rows in (spiegel_rows(), [changed(row) for row in spiegel_rows()]):
        write_build(tmp_path, rows, exposures)
        publish(house(tmp_path))
    shutil.rmtree(tmp_path / "publicatie/open/2025.1")
    with pytest.raises(PublicationError, match="do not follow each other"):
        publish(house(tmp_path))


def test_two_publications_do_not_run_at_once(tmp_path: Path) -> None:
    write_build(tmp_path)
    room = house(tmp_path).room("publicatie")
    with storage.only_one(room), pytest.raises(PublicationError, match="Another publication"):
        publish(house(tmp_path))


class Killed(BaseException):
    """The process is gone: nothing catches it, nothing cleans up."""


def cut_off(monkeypatch: pytest.MonkeyPatch, last: int | None) -> Callable[[], int]:
    """Let every call that reaches the disk count, and the one numbered ``last`` kill."""
    calls = 0

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == last:
                raise Killed
            return function(*args, **kwargs)

        return call

    names = ("fsync", "chmod", "rename", "replace")
    proxy = SimpleNamespace(**{**vars(os), **{name: counted(getattr(os, name)) for name in names}})
    monkeypatch.setattr(storage, "os", proxy)
    monkeypatch.setattr("publish.folder.leesmij", counted(leesmij))
    return lambda: calls


def test_a_kill_at_any_step_and_a_rerun_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exposures = [
        exposure("open", "open_spiegel", niveaus=["landelijk"], vertrouwelijkheid="openbaar"),
        exposure("kwaliteit", "kwaliteit_spiegel", niveaus=["landelijk"]),
    ]
    rows = [row for row in spiegel_rows([2025]) if row["niveau"] == "landelijk"]
    drafts = keep_drafts(monkeypatch)

    def fresh(name: str) -> Settings:
        write_build(tmp_path / name, rows, exposures)
        return house(tmp_path / name)

    with monkeypatch.context() as whole:
        count = cut_off(whole, None)
        publish(fresh("heel"))
        steps = count()
    expected = tree(tmp_path / "heel" / "publicatie")
    assert steps > 25
    for step in range(1, steps + 1):
        settings = fresh(f"stap{step}")
        with monkeypatch.context() as patched:
            cut_off(patched, step)
            with pytest.raises(Killed):
                publish(settings)
        half = tree(tmp_path / f"stap{step}" / "publicatie")
        assert_readable(half, expected)
        publish(settings)
        assert tree(tmp_path / f"stap{step}" / "publicatie") == expected, step
    assert drafts()


def keep_drafts(monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """Decide once and reuse the outcome: the kills here are all after the decision."""
    made = release.make_drafts
    kept: dict[str, Any] = {}

    def again(con: duckdb.DuckDBPyConnection, settings: Settings, progress: Any) -> Any:
        if "drafts" not in kept:
            kept["drafts"] = made(con, settings, progress)
            kept["tables"] = {
                d.table: con.sql(f"select * from {d.table}").to_arrow_table()
                for d in kept["drafts"]
            }
        else:
            for naam, content in kept["tables"].items():
                con.register("bewaard", content)
                con.execute(f"create table {naam} as select * from bewaard")
                con.unregister("bewaard")
        return kept["drafts"]

    monkeypatch.setattr(release, "make_drafts", again)
    return lambda: "drafts" in kept


def assert_readable(half: dict[str, bytes], expected: dict[str, bytes]) -> None:
    """What a reader finds under a real name is whole, at any moment."""
    visible = {name: content for name, content in half.items() if ".tmp-" not in name}
    for name, content in visible.items():
        if name != "catalogus.json":
            assert content == expected[name]


def test_nothing_is_written_when_a_later_exposure_may_not_be_published(tmp_path: Path) -> None:
    wrong = exposure("zonder", "kwaliteit_spiegel", grondslag=None)
    write_build(tmp_path, exposures=[*default_exposures(), wrong])
    with pytest.raises(PublicationError, match="grondslag"):
        publish(house(tmp_path))
    assert tree(tmp_path / "publicatie") == {}


def test_the_strictest_threshold_holds_for_all(tmp_path: Path) -> None:
    exposures = default_exposures()[:2]
    exposures[0]["config"]["meta"]["drempel"] = 25
    write_build(tmp_path, exposures=exposures)
    publish(house(tmp_path, min_cell=15))
    assert manifest_of(tmp_path, "kwaliteit")["drempel"] == 25


def test_without_a_build_there_is_nothing_to_publish(tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match="Run 'iza build' first"):
        publish(house(tmp_path))


def test_results_name_what_is_current(published: Path) -> None:
    assert ReleaseResult("open", "2025.1", False, published / "publicatie/open/2025.1") in publish(
        house(published)
    )
