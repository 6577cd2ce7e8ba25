"""Which releases were made with one delivery."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ingest.settings import Settings
from marts.use import read_deliveries
from publish.versions import is_version


@dataclass(frozen=True)
class Release:
    """A published version: extract, number, and the build it was made of."""

    extract: str
    versie: str
    bouw_id: str


def releases_with(settings: Settings, levering_id: str) -> list[Release]:
    """The releases whose build read a delivery, by extract and version.

    A manifest names the build and no delivery; the record of the build does. Of several builds with
    one identity the last is on record.

    Args:
        settings: says where ``home`` is.
        levering_id: the delivery.
    """
    found = []
    for manifest in sorted((settings.home / "publicatie").glob("*/*/manifest.json")):
        if not is_version(manifest.parent.name):
            continue
        bouw_id = str(json.loads(manifest.read_text(encoding="utf-8"))["bouw_id"])
        found.append(Release(manifest.parts[-3], manifest.parts[-2], bouw_id))
    records = settings.home / "rapport" / "bouw"
    with_it = {
        bouw_id
        for bouw_id in {release.bouw_id for release in found}
        if levering_id in read_deliveries(records / f"{bouw_id}.json")
    }
    return [release for release in found if release.bouw_id in with_it]
