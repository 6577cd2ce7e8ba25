"""Readers polling the serving file during rebuilds: no error, and never two versions at once."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import duckdb
import pytest
from marts_bouw import eerder, gebouwd, opname  # noqa: F401 - fixtures
from marts_levering import deliver, shuffled
from marts_regio import region

from ingest.settings import Settings
from marts.build import BuildResult, build
from marts.export import find_marts, write_json
from marts.serving import write_serving
from tests.polling import Answer, ask, polling, read_once


def _check(answers: list[Answer], versions: dict[str, Answer]) -> None:
    """Every answer is that of one version, whole."""
    wrong = [a for a in answers if a.fout or a not in versions.values()]
    assert wrong == []


def _make_current(home: Path, folder: Path) -> None:
    """What the end of a build does for readers."""
    write_serving(home / "serving.duckdb", folder, find_marts(folder))
    write_json(home / "marts" / "actueel.json", {"bouw_id": folder.name})


def test_twenty_changes_of_build(
    gebouwd: BuildResult,  # noqa: F811
    eerder: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    folders = [shutil.copytree(f, home / "marts" / f.name) for f in (eerder, gebouwd.map)]
    serving = home / "serving.duckdb"
    versions = {}
    for folder in folders:
        _make_current(home, folder)
        versions[folder.name] = read_once(serving)
        assert versions[folder.name].bouwen == (folder.name,)
    assert len(set(versions.values())) == 2
    with polling(serving, tmp_path) as reader, duckdb.connect(serving, read_only=True) as kept:
        for number in range(20):
            reader.wait_for_more(1)
            _make_current(home, folders[number % 2])
        reader.wait_for_more(2)
        assert ask(kept) == versions[gebouwd.bouw_id]  # who keeps it open, keeps the version
    answers = reader.answers()
    _check(answers, versions)
    assert set(answers) == set(versions.values())


def test_a_mixed_version_would_be_seen(
    gebouwd: BuildResult,  # noqa: F811
    eerder: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    for name in ("spiegel_indicator", "open_spiegel"):
        folder = eerder if name == "open_spiegel" else gebouwd.map
        shutil.copyfile(folder / f"{name}.parquet", tmp_path / f"{name}.parquet")
    serving = tmp_path / "serving.duckdb"
    marts = [
        mart for mart in find_marts(gebouwd.map) if (tmp_path / f"{mart.naam}.parquet").exists()
    ]
    write_serving(serving, tmp_path, marts)
    assert read_once(serving).bouwen == tuple(sorted((eerder.name, gebouwd.bouw_id)))


@pytest.mark.chaos
def test_twenty_rebuilds(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", threads=1)
    random = Random(5)  # noqa: S311 - the same batches every time
    batches = shuffled(region(60), random)
    deliver(settings, batches[:-20])
    serving = settings.home / "serving.duckdb"
    first = build(settings)
    versions = {first.bouw_id: read_once(serving)}
    with polling(serving, tmp_path) as reader:
        for batch in batches[-20:]:
            deliver(settings, [batch])
            result = build(settings)
            versions[result.bouw_id] = read_once(serving)
            reader.wait_for_more(2)
    assert all(len(answer.bouwen) == 1 for answer in versions.values())
    _check(reader.answers(), versions)
    assert set(versions.values()) == set(reader.answers())
