"""The parts of a build that need no dbt."""

from __future__ import annotations

import json
from pathlib import Path
from subprocess import CompletedProcess

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.errors import BuildError
from ingest.ledger import CommittedDelivery
from marts.export import Mart, find_marts, place_marts, write_json, write_marts
from marts.fingerprint import code_hash
from marts.purpose import check_purposes
from marts.raw_index import index_raw
from marts.run_results import check_run, count_by_kind, read_results
from schemas.tables import TABELLEN, raw_kolommen

BRONNEN = "bron_id,doelen\nregister,onderzoek;zorginkoop\n"


def delivery(levering_id: str, tabellen: dict[str, int]) -> CommittedDelivery:
    return CommittedDelivery(
        bron_id="bron",
        soort="register",
        periode="2025",
        levering_id=levering_id,
        status="geaccepteerd",
        sleutel_id="k",
        tabellen=tabellen,
    )


def raw_file(home: Path, levering_id: str) -> Path:
    folder = home / f"raw/reg_bevolking/bron=bron/periode=2025/levering={levering_id}"
    folder.mkdir(parents=True)
    pq.write_table(pa.table({"inwoners": [1, 2, 3]}), folder / "deel-0.parquet")
    return folder / "deel-0.parquet"


def test_index_names_committed_files_only_and_makes_every_table(tmp_path: Path) -> None:
    known, _unfinished = raw_file(tmp_path, "l1"), raw_file(tmp_path, "l2")
    index = index_raw(tmp_path, [delivery("l1", {"reg_bevolking": 3, "fhir_patient": 0})])
    assert index.bestanden["reg_bevolking"] == (known,)
    assert index.bestanden["fhir_patient"] == ()
    assert index.bronnen["reg_bevolking"] == {"bron"}
    assert (len(index.leveringen), index.rijen) == (1, 3)
    written = json.loads(index.write(tmp_path / "bouw").read_text())
    assert set(written) == set(TABELLEN)
    assert written["reg_bevolking"][1:] == [str(known)]
    for tabel, (empty, *_rest) in written.items():
        with duckdb.connect() as con:
            rows = con.execute(f"describe select * from '{empty}'").fetchall()
            assert {row[0]: row[1] for row in rows} == raw_kolommen(tabel)
            assert con.execute(f"select count(*) from '{empty}'").fetchall() == [(0,)]


def test_code_hash_follows_content_and_not_line_ends(tmp_path: Path) -> None:
    project = tmp_path / "dbt_project"
    (project / "models").mkdir(parents=True)
    (tmp_path / "schemas").mkdir()
    (project / "dbt_project.yml").write_bytes(b"name: x\n")
    model = project / "models" / "a.sql"
    model.write_bytes(b"select 1\n")
    before = code_hash(project)
    model.write_bytes(b"select 1\r\n")
    (project / "models" / "notitie.txt").write_text("telt niet mee")
    assert code_hash(project) == before
    model.write_bytes(b"select 2\n")
    changed = code_hash(project)
    (tmp_path / "schemas" / "redenen.csv").write_text("x")
    assert len({before, changed, code_hash(project)}) == 3


def results(target: Path, *found: tuple[str, str, str]) -> None:
    rows = [
        {"unique_id": unique_id, "status": status, "message": message, "execution_time": 0.1}
        for unique_id, status, message in found
    ]
    (target / "run_results.json").write_text(json.dumps({"results": rows}))


def test_a_failed_run_lists_what_failed(tmp_path: Path) -> None:
    results(
        tmp_path,
        ("model.iza_spiegel.goed", "success", "OK"),
        ("model.iza_spiegel.fout", "error", "Binder Error:\n   column x"),
        ("test.iza_spiegel.uniek.abc123", "fail", "Got 2 results"),
        ("model.iza_spiegel.later", "skipped", ""),
    )
    found = read_results(tmp_path)
    assert count_by_kind(found) == {"model": 2, "test": 1}
    with pytest.raises(BuildError) as caught:
        check_run(CompletedProcess([], 1, stdout="log log log", stderr=""), found)
    message = str(caught.value)
    assert "failed in 2 place(s); 1 later step(s)" in message
    assert "- model fout: Binder Error: column x" in message
    assert "- test uniek: Got 2 results" in message
    assert "log log log" not in message


def test_a_run_that_never_started_gives_its_last_words(tmp_path: Path) -> None:
    output = "10:00:00  Running\n10:00:01  Encountered an error:\nParsing Error\n  file x.yml"
    with pytest.raises(BuildError, match=r"before it built anything: Parsing Error file x\.yml"):
        check_run(CompletedProcess([], 2, stdout=output, stderr=""), read_results(tmp_path))
    check_run(CompletedProcess([], 0, stdout="", stderr=""), [])


def test_marts_are_written_in_the_order_of_their_key(tmp_path: Path) -> None:
    mart = Mart("m", '"main"."m"', ("a",), "", {})
    for nummer, order in enumerate(("asc", "desc")):
        folder = tmp_path / str(nummer)
        folder.mkdir()
        with duckdb.connect() as con:
            con.execute(f"create table m as select range as a from range(5000) order by a {order}")
            assert write_marts(con, [mart], folder) == {"m": 5000}
    assert (tmp_path / "0/m.parquet").read_bytes() == (tmp_path / "1/m.parquet").read_bytes()


def test_a_mart_without_a_key_is_refused(tmp_path: Path) -> None:
    node = {
        "resource_type": "model", "name": "m", "schema": "s", "description": "", "columns": {},
        "config": {"meta": {"mart": True}},
    }  # fmt: skip
    (tmp_path / "manifest.json").write_text(json.dumps({"nodes": {"model.x.m": node}}))
    with pytest.raises(BuildError, match=r"without meta\.sleutel"):
        find_marts(tmp_path)


def test_an_existing_build_is_compared_and_never_rewritten(tmp_path: Path) -> None:
    def written(name: str, content: bytes) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "m.parquet").write_bytes(content)
        return folder

    target = tmp_path / "target"
    target.mkdir()
    (target / "manifest.json").write_text("{}")
    destination = tmp_path / "marts" / "b1"
    destination.parent.mkdir()
    assert place_marts(written("een", b"x"), target, destination)
    assert {path.name for path in destination.iterdir()} == {"m.parquet", "manifest.json"}
    assert not place_marts(written("twee", b"x"), target, destination)
    with pytest.raises(BuildError, match=r"other content in m\.parquet"):
        place_marts(written("drie", b"y"), target, destination)
    assert (destination / "m.parquet").read_bytes() == b"x"


def test_json_is_replaced_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "actueel.json"
    write_json(path, {"bouw_id": "b1"})
    write_json(path, {"bouw_id": "b2"})
    assert json.loads(path.read_text()) == {"bouw_id": "b2"}
    assert [p.name for p in tmp_path.iterdir()] == ["actueel.json"]


def manifest(target: Path, extract: list[str], model: list[str]) -> None:
    content = {
        "exposures": {
            "exposure.x.e": {
                "name": "e",
                "config": {"meta": {"doelen": extract}},
                "depends_on": {"nodes": ["model.x.m"]},
            }
        },
        "nodes": {
            "model.x.m": {
                "name": "m", "resource_type": "model", "config": {"meta": {"doelen": model}}
            }
        },
        "sources": {
            "source.x.raw.t": {
                "name": "t", "resource_type": "source",
                "config": {"meta": {"doelen": ["onderzoek", "zorginkoop", "toezicht"]}},
            }
        },
        "parent_map": {"model.x.m": ["source.x.raw.t"]},
    }  # fmt: skip
    (target / "manifest.json").write_text(json.dumps(content))


@pytest.mark.parametrize(
    ("extract", "model", "bron", "fault"),
    [
        (["onderzoek"], ["onderzoek"], "register", None),
        (["toezicht"], ["toezicht"], "register", "purpose toezicht is not allowed for register"),
        (["zorginkoop"], ["onderzoek"], "register", "purpose zorginkoop is not allowed for m"),
        (["onderzoek"], ["onderzoek"], "onbekend", "is not allowed for onbekend"),
        ([], ["onderzoek"], "register", "e names no purpose"),
    ],
)
def test_an_extract_may_only_name_purposes_of_all_its_inputs(
    tmp_path: Path, extract: list[str], model: list[str], bron: str, fault: str | None
) -> None:
    manifest(tmp_path, extract, model)
    register = tmp_path / "bronnen.csv"
    register.write_text(BRONNEN)
    if fault is None:
        check_purposes(tmp_path, {"t": frozenset({bron})}, register)
    else:
        with pytest.raises(BuildError, match=fault):
            check_purposes(tmp_path, {"t": frozenset({bron})}, register)
