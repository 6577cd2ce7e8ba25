"""What builds did with one delivery."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.report import Reden
from ingest.settings import Settings
from marts.record import refused_of_delivery


@dataclass(frozen=True)
class Replaced:
    """Records of a delivery that no longer hold.

    Attributes:
        aantal: how many.
        door: those of which another delivery brought what holds now, by that delivery.
    """

    aantal: int
    door: dict[str, int]


@dataclass(frozen=True)
class Use:
    """What the current build did with one delivery.

    Attributes:
        bouw_id: the current build.
        gelezen: whether it read the delivery.
        rijen: rows it read, by raw table.
        vervangen: records that no longer hold, by raw table.
        geweigerd: what it refused that intake had accepted.
    """

    bouw_id: str
    gelezen: bool
    rijen: dict[str, int] = field(default_factory=dict)
    vervangen: dict[str, Replaced] = field(default_factory=dict)
    geweigerd: list[Reden] = field(default_factory=list)


def read_deliveries(record: Path) -> dict[str, dict[str, Any]]:
    """The deliveries a build read, by identity; none when there is no such record."""
    if not record.is_file():
        return {}
    content = json.loads(record.read_text(encoding="utf-8"))
    return {row["levering_id"]: row for row in content["leveringen"]}


def use_of_delivery(settings: Settings, levering_id: str) -> Use | None:
    """What the current build did with a delivery.

    Args:
        settings: says where ``home`` is.
        levering_id: the delivery.

    Returns:
        What it did; None when there is no build yet.
    """
    pointer = settings.home / "marts" / "actueel.json"
    if not pointer.is_file():
        return None
    bouw_id = str(json.loads(pointer.read_text(encoding="utf-8"))["bouw_id"])
    row = read_deliveries(settings.home / "rapport" / "bouw" / f"{bouw_id}.json").get(levering_id)
    if row is None:
        return Use(bouw_id, gelezen=False)
    return Use(
        bouw_id,
        gelezen=True,
        rijen=row["rijen"],
        vervangen={tabel: Replaced(**found) for tabel, found in row.get("vervangen", {}).items()},
        geweigerd=refused_of_delivery(settings, levering_id),
    )
