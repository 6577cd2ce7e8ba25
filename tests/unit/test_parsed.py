"""The parsed dbt project is kept for builds of the same code, and for no others."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from marts.parsed import keep, parsed_file, surroundings


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "huis" / "dbt_project"
    (folder / "models").mkdir(parents=True)
    (folder / "dbt_project.yml").write_text("name: x\n")
    (folder / "models" / "m.sql").write_text("select 1 as a\n")
    return folder


def test_other_code_is_parsed_again(project: Path, tmp_path: Path) -> None:
    before = parsed_file(tmp_path, project)
    assert parsed_file(tmp_path, project) == before
    (project / "models" / "m.sql").write_text("select 2 as a\n")
    changed = parsed_file(tmp_path, project)
    assert changed != before
    elsewhere = tmp_path / "elders" / "dbt_project"
    shutil.copytree(project, elsewhere)
    assert parsed_file(tmp_path, elsewhere) != changed


def test_what_differs_between_builds_is_gone_while_parsing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "dbt" / "a.msgpack"
    monkeypatch.delenv("DBT_PARTIAL_PARSE_FILE_PATH", raising=False)
    seen = []
    for run in ("run-1", "run-2"):
        monkeypatch.setenv("IZA_BUILD_DB", str(tmp_path / run / "bouw.duckdb"))
        monkeypatch.setenv("IZA_BUILD_TEMP", str(tmp_path / run / "tmp"))
        before = dict(os.environ)
        with surroundings(file):
            assert "DBT_PARTIAL_PARSE_FILE_PATH" not in os.environ
            seen.append({k: v for k, v in os.environ.items() if k.startswith("IZA_BUILD_")})
        assert dict(os.environ) == before
    assert seen[0] == seen[1]
    assert seen[0]["IZA_BUILD_DB"] == "bouw.duckdb"
    file.parent.mkdir()
    file.touch()
    with surroundings(file):
        assert os.environ["DBT_PARTIAL_PARSE_FILE_PATH"] == str(file)


def test_a_full_parse_is_kept_and_old_ones_go(tmp_path: Path) -> None:
    target, room = tmp_path / "target", tmp_path / "cache" / "dbt"
    target.mkdir()
    keep(target, room / "none.msgpack")
    assert not room.exists()
    (target / "partial_parse.msgpack").write_bytes(b"parsed")
    for number in range(6):
        keep(target, room / f"{number}.msgpack")
        os.utime(room / f"{number}.msgpack", (number, number))
    assert sorted(path.name for path in room.iterdir()) == [f"{n}.msgpack" for n in range(2, 6)]
    assert (room / "5.msgpack").read_bytes() == b"parsed"
