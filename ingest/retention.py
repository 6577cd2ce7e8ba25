"""Retention: restricted folders are emptied after their term."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ingest.errors import LedgerError
from ingest.ledger import Ledger
from ingest.settings import Settings
from ingest.sources.bulk.state import only_one


@dataclass(frozen=True)
class Cleaned:
    """Deliveries whose restricted copies and retour messages were removed, and files of pulls."""

    landing: list[str]
    quarantaine: list[str]
    retour: list[str]
    ophalen: list[str]


def _clean_pulls(settings: Settings, end: datetime) -> list[str]:
    """Remove what a pull kept (messages, files apart, an export nobody went on with) before end."""
    removed = []
    for folder in sorted(settings.home.glob("ophalen/*")):
        # A pull that is under way is left alone.
        with suppress(LedgerError), only_one(settings, folder.name):
            for file in sorted(f for f in folder.rglob("*") if f.is_file()):
                if datetime.fromtimestamp(file.stat().st_mtime, UTC) < end:
                    file.unlink()
                    removed.append(file.relative_to(folder.parent).as_posix())
    return removed


def clean(settings: Settings, *, now: datetime | None = None) -> Cleaned:
    """Remove landed files and refused rows whose term is over.

    Only committed deliveries age; a delivery that is being loaded is left alone. What was accepted
    stays, and so does the report. Retour messages go by the term of refused rows, and so does what
    a pull from a server kept.

    Args:
        settings: the terms, in days, and the folders.
        now: the moment to reckon from; the present when left out.

    Returns:
        What was removed, by delivery.
    """
    moment = now or datetime.now(UTC)
    ledger = Ledger(settings.ledger_address)
    removed: dict[str, list[str]] = {"landing": [], "quarantaine": [], "retour": []}
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
        retour = settings.home / "terugkoppeling" / bron_id / levering_id / "retour"
        if retour.exists():
            shutil.rmtree(retour)
            removed["retour"].append(levering_id)
    return Cleaned(**removed, ophalen=_clean_pulls(settings, quarantine_end))
