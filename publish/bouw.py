"""Which build is published: the current one in ``marts/``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import PublicationError
from ingest.settings import Settings


@dataclass(frozen=True)
class Bouw:
    """A finished build.

    Attributes:
        bouw_id: hash of its inputs, definitions and code.
        folder: where its Parquet files lie, one a model.
        manifest: dbt's ``manifest.json``.
    """

    bouw_id: str
    folder: Path
    manifest: dict[str, Any]

    def parquet(self, model: str) -> Path:
        """The file of a model.

        Raises:
            PublicationError: the build has no such file.
        """
        file = self.folder / f"{model}.parquet"
        if not file.is_file():
            raise PublicationError(
                f"Build {self.bouw_id} has no {file.name}. Run 'iza build' again."
            )
        return file


def current_build(settings: Settings) -> Bouw:
    """The build that ``marts/actueel.json`` points at.

    Args:
        settings: says where ``home`` is.

    Returns:
        The build.

    Raises:
        PublicationError: there is no build, or it is incomplete.
    """
    pointer = settings.home / "marts" / "actueel.json"
    if not pointer.is_file():
        raise PublicationError(f"There is no build to publish ({pointer}). Run 'iza build' first.")
    bouw_id = json.loads(pointer.read_text(encoding="utf-8"))["bouw_id"]
    folder = settings.home / "marts" / bouw_id
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        raise PublicationError(f"Build {bouw_id} has no manifest.json. Run 'iza build' again.")
    return Bouw(bouw_id, folder, json.loads(manifest.read_text(encoding="utf-8")))
