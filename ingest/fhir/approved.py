"""The approved views: the only way by which an element of a resource gets out of a delivery."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import schemas
from ingest.fhir.view.definition import view_from_text

VIEWS = Path(schemas.__file__).parent / "views"


@dataclass(frozen=True)
class ApprovedView:
    """A file of ``schemas/views``.

    Attributes:
        tabel: the raw table it feeds; the name of the file.
        resource: the resource type it reads.
        definition: the ViewDefinition.
    """

    tabel: str
    resource: str
    definition: dict[str, Any]


@cache
def approved_views() -> tuple[ApprovedView, ...]:
    """All approved views, by table."""
    views = []
    for path in sorted(VIEWS.glob("*.json")):
        definition = view_from_text(path.read_text(encoding="utf-8"))
        views.append(ApprovedView(path.stem, definition["resource"], definition))
    return tuple(views)
