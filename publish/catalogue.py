"""``publicatie/catalogus.json``: every extract and version that can be fetched.

It is made of the manifests alone, so it can be made again at any time. The portal and the
HealthDCAT-AP description read the same list.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from publish.storage import sha256, swap
from publish.versions import Version, versions

CATALOGUE = "catalogus.json"
POINTER = "actueel.json"

#: What the catalogue repeats of the newest manifest of an extract.
_DESCRIBES = (
    "titel",
    "omschrijving",
    "vertrouwelijkheid",
    "doelen",
    "grondslag",
    "ontvangers",
    "bewaartermijn",
    "licentie",
)


def pointer(version: Version) -> dict[str, Any]:
    """Content of ``actueel.json``: the version to read, and the hash of its manifest."""
    return {
        "extract": version.manifest["extract"],
        "versie": version.versie,
        "manifest_sha256": sha256(version.folder / "manifest.json"),
    }


def write_catalogue(room: Path) -> None:
    """Write the catalogue of all extracts in ``room``.

    Args:
        room: the publication folder.
    """
    extracten = []
    for folder in sorted(room.iterdir()):
        chain = versions(folder) if folder.is_dir() else []
        if chain:
            extracten.append(_entry(chain))
    swap(room / CATALOGUE, {"extracten": extracten})


def _entry(chain: list[Version]) -> dict[str, Any]:
    newest = chain[-1]
    return {
        "extract": newest.manifest["extract"],
        **{key: newest.manifest[key] for key in _DESCRIBES},
        "actueel": newest.versie,
        "versies": [
            {
                "versie": version.versie,
                "vorige_versie": version.manifest["vorige_versie"],
                "bouw_id": version.manifest["bouw_id"],
                "peiljaren": version.manifest["peiljaren"],
                "bestanden": version.manifest["bestanden"],
                "manifest_sha256": sha256(version.folder / "manifest.json"),
            }
            for version in chain
        ],
    }
