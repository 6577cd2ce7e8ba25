"""The demo region is written once, whole, and never over somebody's deliveries."""

from __future__ import annotations

import json
import shutil
import sys
import types
from pathlib import Path

import pytest

from demo import region
from demo.errors import DemoUseError
from demo.place import Place
from demo.region import RegionArguments, ensure_region, wanted_region
from ingest.settings import Settings

SOURCES = ("bron-a", "bron-b", "bron-c")


class Killed(BaseException):
    """What a kill looks like from inside."""


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A stand-in for the generator; remembers where it was asked to write."""
    calls: list[Path] = []

    def write_region(personen: int, seed: int, out: Path, *, progress) -> None:
        calls.append(out)
        for name in SOURCES:
            (out / name / "2025").mkdir(parents=True)
            (out / name / "2025" / "data.csv").write_text(f"{name} {personen} {seed}")
        (out / "waarheid").mkdir()
        (out / "waarheid" / "uitbijters.csv").write_text("id")
        progress("written")

    module = types.ModuleType("synthetic.region")
    module.write_region = write_region
    monkeypatch.setitem(sys.modules, "synthetic.region", module)
    return calls


def ensure(settings: Settings, personen: int = 500) -> bool:
    place = Place(settings.home)
    return ensure_region(settings, place, RegionArguments(personen), lambda _text: None)


def inbox(settings: Settings) -> list[str]:
    return sorted(path.name for path in settings.inbox_dir.iterdir())


def test_it_is_written_once(settings: Settings, written: list[Path]) -> None:
    assert ensure(settings)
    assert not ensure(settings)
    assert len(written) == 1
    assert inbox(settings) == list(SOURCES)
    assert (settings.home / "waarheid" / "uitbijters.csv").is_file()


def test_other_arguments_are_refused(settings: Settings, written: list[Path]) -> None:
    ensure(settings)
    with pytest.raises(DemoUseError, match="IZA_DEMO_PERSONEN=500"):
        ensure(settings, personen=600)
    assert len(written) == 1


def test_deliveries_of_somebody_else_are_left_alone(
    settings: Settings, written: list[Path]
) -> None:
    (settings.inbox_dir / "bron-a" / "2025").mkdir(parents=True)
    with pytest.raises(DemoUseError, match="bron-a"):
        ensure(settings)
    assert written == []


def test_a_kill_while_writing_starts_again(
    settings: Settings, written: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sys.modules["synthetic.region"].write_region

    def killed(*args, **kwargs) -> None:
        real(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["synthetic.region"], "write_region", killed)
        with pytest.raises(Killed):
            ensure(settings)
    assert inbox(settings) == [".regio-in-wording"]
    assert ensure(settings)
    assert inbox(settings) == list(SOURCES)


@pytest.mark.parametrize("moves", range(4))
def test_a_kill_while_moving_in_goes_on(
    settings: Settings, written: list[Path], monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    real, done = shutil.move, []

    def move(source: Path, target: Path) -> None:
        if len(done) == moves:
            raise Killed
        done.append(real(source, target))

    with monkeypatch.context() as patch:
        patch.setattr(region.shutil, "move", move)
        with pytest.raises(Killed):
            ensure(settings)
    assert ensure(settings)
    assert len(written) == 1
    assert inbox(settings) == list(SOURCES)
    assert (settings.home / "waarheid").is_dir()
    assert json.loads(Place(settings.home).region_marker.read_text())["klaar"] is True


@pytest.mark.parametrize("text", ["veel", "-5", "99", "1e3"])
def test_a_wrong_number_of_persons_is_wrong_use(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("IZA_DEMO_PERSONEN", text)
    with pytest.raises(DemoUseError, match="IZA_DEMO_PERSONEN"):
        wanted_region()


def test_the_usual_region_has_20_000_persons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IZA_DEMO_PERSONEN", raising=False)
    assert wanted_region() == RegionArguments(20_000, 1)
    monkeypatch.setenv("IZA_DEMO_PERSONEN", "1000")
    assert wanted_region() == RegionArguments(1_000, 1)
