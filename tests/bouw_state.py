"""Homes in which a build is killed, and what must hold after it and after a re-run."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from marts.build import BuildResult
from marts.export import file_hash, find_marts, write_json
from marts.serving import write_serving
from tests.polling import Answer, read_once

Tree = dict[str, str | None]


@dataclass(frozen=True)
class Case:
    """The two versions a reader may see.

    Attributes:
        eerder: folder of the marts before the build.
        nieuw: what an undisturbed build makes; in its own home.
    """

    eerder: Path
    nieuw: BuildResult

    @property
    def undisturbed(self) -> Path:
        """The home in which nothing was killed."""
        return self.nieuw.map.parent.parent


def tree(folder: Path, pattern: str = "*") -> Tree:
    """Every file below a folder, hidden ones too, with its hash."""
    files = (f for f in folder.rglob(pattern) if f.is_file())
    return {str(file.relative_to(folder)): file_hash(file) for file in sorted(files)}


def new_home(case: Case, home: Path) -> Path:
    """A home with the raw files of the new build, in which the earlier one is current.

    A build of other deliveries was killed in it too, while it wrote its record.
    """
    home.mkdir()
    shutil.copytree(case.undisturbed / "raw", home / "raw")
    _copy_ledger(case.undisturbed, home)
    folder = shutil.copytree(case.eerder, home / "marts" / case.eerder.name)
    write_serving(home / "serving.duckdb", folder, find_marts(folder))
    write_json(home / "marts" / "actueel.json", {"bouw_id": folder.name})
    rest = home / "rapport" / "bouw" / ".b0000000000000000.nieuw"
    rest.parent.mkdir(parents=True)
    rest.touch()
    return home


def served(folder: Path, home: Path) -> Answer:
    """What a reader of a serving file of this build sees."""
    probe = home.parent / f"{home.name}-proef.duckdb"
    write_serving(probe, folder, find_marts(folder))
    return read_once(probe)


def _copy_ledger(source: Path, home: Path) -> None:
    """By the database itself: what an open connection has not written back yet comes along."""
    with (
        closing(sqlite3.connect(source / "ledger.sqlite")) as there,
        closing(sqlite3.connect(home / "ledger.sqlite")) as here,
    ):
        there.backup(here)


def ledger(home: Path) -> list[str]:
    """Everything the ledger says."""
    with closing(sqlite3.connect(home / "ledger.sqlite")) as con:
        return list(con.iterdump())


def check_after_kill(case: Case, home: Path, *, artefacts: bool = True) -> None:
    """Readers see the earlier version or the new one, and every build in its place is whole.

    Args:
        case: the two versions.
        home: where a build was killed.
        artefacts: dbt's files are those of the recording, so they must be equal too; a run of dbt
            itself writes moments in them.
    """
    names = {case.eerder.name: case.eerder, case.nieuw.bouw_id: case.nieuw.map}
    pattern = "*" if artefacts else "*.parquet"
    for folder in (home / "marts").iterdir():
        if folder.is_dir():
            assert tree(folder, pattern) == tree(names[folder.name], pattern)
    pointer = json.loads((home / "marts" / "actueel.json").read_text(encoding="utf-8"))["bouw_id"]
    assert (home / "marts" / pointer / "manifest.json").is_file()
    seen = read_once(home / "serving.duckdb")
    assert seen in [served(folder, home) for folder in names.values()]
    # The pointer moves last: who reads it first finds that build in the serving file too.
    assert pointer == case.eerder.name or seen.bouwen == (case.nieuw.bouw_id,)
    assert ledger(home) == ledger(case.undisturbed)


def check_after_rerun(case: Case, home: Path, *, artefacts: bool = True) -> None:
    """Everything is as in the home in which nothing was killed, and nothing else is there."""
    check_after_kill(case, home, artefacts=artefacts)
    pointer = json.loads((home / "marts" / "actueel.json").read_text(encoding="utf-8"))
    assert pointer == {"bouw_id": case.nieuw.bouw_id}
    assert read_once(home / "serving.duckdb").bouwen == (case.nieuw.bouw_id,)
    assert list((home / "rapport" / "bouw").glob(".*")) == []
    pattern = "*" if artefacts else "*.parquet"
    reports = [tree(place / "rapport" / "bouw", pattern) for place in (home, case.undisturbed)]
    assert reports[0] == reports[1]
    builds = {case.eerder.name, case.nieuw.bouw_id}
    assert {p.name for p in (home / "marts").iterdir()} == builds | {"actueel.json"}
    assert [p.name for p in (home / "bouw").iterdir()] == ["slot"]
    known = {"raw", "ledger.sqlite", "marts", "serving.duckdb", "rapport", "bouw"}
    # A run of dbt itself keeps what it parsed, unless the session has a place for that.
    assert {p.name for p in home.iterdir()} - {"cache"} == known
