"""Retention: restricted folders are emptied after their term."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ingest.ledger import Ledger
from ingest.settings import Settings


@dataclass(frozen=True)
class Cleaned:
    """Deliveries whose restricted copies were removed."""

    landing: list[str]
    quarantaine: list[str]


def clean(settings: Settings, *, now: datetime | None = None) -> Cleaned:
    """Remove landed files and refused rows whose term is over.

    Only committed deliveries age; a delivery that is being loaded is left alone. What was accepted
    stays, and so does the report.

    Args:
        settings: the terms, in days, and the folders.
        now: the moment to reckon from; the present when left out.

    Returns:
        What was removed, by delivery.
    """
    moment = now or datetime.now(UTC)
    ledger = Ledger(settings.ledger_address)
    removed: dict[str, list[str]] = {"landing": [], "quarantaine": []}
    landing_end = moment - timedelta(days=settings.landing_retention_days)
    for bron_id, levering_id in ledger.finished_before(landing_end):
        folder = settings.home / "landing" / bron_id / levering_id
        if folder.exists():
            shutil.rmtree(folder)
            removed["landing"].append(levering_id)
    quarantine_end = moment - timedelta(days=settings.quarantine_retention_days)
    for bron_id, levering_id in ledger.finished_before(quarantine_end):
        pattern = f"quarantaine/*/bron={bron_id}/periode=*/levering={levering_id}"
        for folder in sorted(settings.home.glob(pattern)):
            shutil.rmtree(folder)
            removed["quarantaine"].append(levering_id)
    return Cleaned(**removed)
