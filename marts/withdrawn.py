"""Builds and the delivery that was withdrawn after them."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from ingest.durable import sync
from ingest.settings import Settings
from marts.use import read_deliveries


@dataclass(frozen=True)
class BuildWith:
    """A build on disk that read a delivery.

    Attributes:
        bouw_id: the build.
        map: ``marts/<bouw_id>/``.
        actueel: it is the one that readers see.
    """

    bouw_id: str
    map: Path
    actueel: bool


def _current(home: Path) -> str | None:
    pointer = home / "marts" / "actueel.json"
    if not pointer.is_file():
        return None
    return str(json.loads(pointer.read_text(encoding="utf-8"))["bouw_id"])


def builds_with(settings: Settings, levering_id: str) -> list[BuildWith]:
    """The builds on disk that read a delivery, also those of an earlier state.

    Args:
        settings: says where ``home`` is.
        levering_id: the delivery.
    """
    records = (settings.home / "rapport" / "bouw").rglob("*.json")
    names = {file.stem for file in records if levering_id in read_deliveries(file)}
    current = _current(settings.home)
    folders = [(name, settings.home / "marts" / name) for name in sorted(names)]
    return [BuildWith(n, folder, n == current) for n, folder in folders if folder.is_dir()]


def purge_builds(builds: list[BuildWith]) -> list[BuildWith]:
    """Remove builds, all but the current one: its readers keep it until there is a new one.

    Returns:
        Those that were removed.
    """
    gone = [build for build in builds if not build.actueel]
    for build in gone:
        shutil.rmtree(build.map)
        sync(build.map.parent)
    return gone
