"""Landing: content identity, untouched sources, no half copies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.errors import UsageError
from ingest.landing import land


def test_same_content_same_identity(tmp_path, settings) -> None:
    for name in ("a", "b"):
        (tmp_path / name / "sub").mkdir(parents=True)
        (tmp_path / name / "sub" / "x.csv").write_text("1;2\n")
        (tmp_path / name / ".hidden").write_text("mine")
    first, second = land(tmp_path / "a", "bron", settings), land(tmp_path / "b", "bron", settings)
    assert first.levering_id == second.levering_id
    assert [f.name for f in first.files] == ["sub/x.csv"]
    assert first.hidden == 1
    assert (tmp_path / "a" / "sub" / "x.csv").read_text() == "1;2\n"
    assert not list((settings.home / "landing").rglob(".in-*"))


def test_source_and_content_make_the_identity(tmp_path, settings) -> None:
    (tmp_path / "x.csv").write_text("1")
    first = land(tmp_path / "x.csv", "bron", settings).levering_id
    assert land(tmp_path / "x.csv", "ander", settings).levering_id != first
    (tmp_path / "x.csv").write_text("2")
    assert land(tmp_path / "x.csv", "bron", settings).levering_id != first


def test_names_are_kept_whatever_their_bytes(tmp_path, settings) -> None:
    names = [b"caf\xe9.json", b"caf\xc3\xa9 \"1'.json", b"a\nb.json"]
    (tmp_path / "in").mkdir()
    for name in names:
        Path(os.fsdecode(os.fsencode(tmp_path / "in" / "") + b"/" + name)).write_bytes(name)
    landed = land(tmp_path / "in", "bron", settings)
    assert {f.name for f in landed.files} == {"caf\\xe9.json", "café \"1'.json", "a\nb.json"}
    assert {f.path.read_bytes() for f in landed.files} == set(names)


def test_missing_path_is_wrong_use(tmp_path, settings) -> None:
    with pytest.raises(UsageError, match="no file or folder"):
        land(tmp_path / "nergens", "bron", settings)
