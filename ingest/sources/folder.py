"""Deliveries that wait in a folder: ``<inbox>/<bron_id>/<periode>/``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.family import sources
from ingest.settings import Settings


@dataclass(frozen=True)
class WaitingDelivery:
    """A folder that may be loaded; ``soort`` is None for a source nobody registered."""

    bron_id: str
    soort: str | None
    periode: str
    path: Path


def find_waiting(
    settings: Settings, *, bron: str | None = None, periode: str | None = None
) -> list[WaitingDelivery]:
    """List the deliveries in the inbox, those already loaded included (loading again is harmless).

    Args:
        settings: says where the inbox is.
        bron: only this source.
        periode: only periods up to and including this one, compared as text.

    Returns:
        The deliveries, ordered by source and period.
    """
    found = []
    for folder in sorted(settings.inbox_dir.glob("*/*")):
        bron_id, period = folder.parent.name, folder.name
        if not folder.is_dir() or bron_id.startswith(".") or bron_id == "waarheid":
            continue
        if (bron and bron_id != bron) or (periode and period > periode):
            continue
        known = sources().get(bron_id)
        found.append(WaitingDelivery(bron_id, known.soort if known else None, period, folder))
    return found
