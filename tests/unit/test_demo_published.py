"""Published bytes are compared file by file; what is frozen is told apart from what may move."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo import commands
from demo.errors import DemoError
from demo.place import Place
from demo.published import difference, fingerprint


@pytest.fixture
def publication(tmp_path: Path) -> Path:
    room = tmp_path / "publicatie"
    for extract in ("open", "regio-01"):
        release = room / extract / "2025.1"
        release.mkdir(parents=True)
        (release / "data.parquet").write_bytes(b"PAR1" + extract.encode())
        (room / extract / "actueel.json").write_text('{"versie": "2025.1"}')
    (room / "catalogus.json").write_text("{}")
    return room


def test_no_publication_has_no_fingerprint(tmp_path: Path) -> None:
    assert fingerprint(tmp_path / "publicatie") == {}


def test_the_same_bytes_are_no_difference(publication: Path) -> None:
    before = fingerprint(publication)
    assert len(before) == 5
    assert difference(before, fingerprint(publication)).none


@pytest.mark.parametrize("what", ["byte", "gone"])
def test_a_changed_release_is_seen(publication: Path, what: str) -> None:
    before = fingerprint(publication)
    file = publication / "open" / "2025.1" / "data.parquet"
    file.unlink() if what == "gone" else file.write_bytes(b"PAR2open")
    found = difference(before, fingerprint(publication))
    assert found.changed == ("open/2025.1/data.parquet",)
    assert not found.none


def test_a_new_release_changes_no_older_one(publication: Path) -> None:
    before = fingerprint(publication)
    (publication / "open" / "2025.2").mkdir()
    (publication / "open" / "2025.2" / "data.parquet").write_bytes(b"PAR1new")
    (publication / "open" / "actueel.json").write_text('{"versie": "2025.2"}')
    found = difference(before, fingerprint(publication))
    assert found.changed == ()
    assert found.added == ("open/2025.2/data.parquet",)
    assert found.moved == ("open/actueel.json",)


def test_the_demonstration_fails_on_a_changed_release(
    publication: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = Place(publication.parent)
    before = fingerprint(publication)
    commands._tell_published(place, before)
    assert "published bytes unchanged" in capsys.readouterr().out
    (publication / "open" / "2025.1" / "data.parquet").write_bytes(b"other")
    with pytest.raises(DemoError, match=r"open/2025\.1/data\.parquet"):
        commands._tell_published(place, before)
