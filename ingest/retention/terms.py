"""Terms: restricted folders are emptied when their term is over."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from ingest.durable import storage_faults
from ingest.errors import LedgerError
from ingest.ledger import Ledger, Removal, ledger_of
from ingest.retention.places import ROOMS, measure
from ingest.retention.removing import carry_out, plan, remove, remove_paths
from ingest.settings import Settings
from ingest.sources.bulk.state import only_one


@dataclass(frozen=True)
class Cleaned:
    """What was removed, or would be.

    Attributes:
        landing: deliveries whose files as they came were removed.
        quarantaine: deliveries whose refused records were removed.
        retour: deliveries whose retour messages were removed.
        ophalen: files of pulls that were removed.
        bewijs: what the ledger keeps as proof, a row a delivery and room.
        afgemaakt: removals of an earlier run that was stopped half way, now finished.
        proef: nothing was removed; this is what would be.
    """

    landing: list[str]
    quarantaine: list[str]
    retour: list[str]
    ophalen: list[str]
    bewijs: list[Removal]
    afgemaakt: list[Removal]
    proef: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The outcome as a JSON object."""
        proofs = {
            name: [removal.as_dict() for removal in getattr(self, name)]
            for name in ("bewijs", "afgemaakt")
        }
        return asdict(self) | proofs


def _finish_earlier(ledger: Ledger, settings: Settings) -> list[Removal]:
    """Go on where an earlier run was stopped."""
    done = []
    for removal in ledger.removals.pending():
        if removal.levering_id is None:
            with suppress(LedgerError), only_one(settings, removal.bron_id):
                done.append(carry_out(ledger, settings.home, removal))
            continue
        with ledger.hold(removal.levering_id, settings):
            # Its holder may have finished it while we waited.
            if any(p.verwijdering_id == removal.verwijdering_id for p in ledger.removals.pending()):
                done.append(carry_out(ledger, settings.home, removal))
    return done


def _over(ledger: Ledger, settings: Settings, moment: datetime) -> list[Removal]:
    """The removals that are due at a moment, of deliveries."""
    terms = {
        "landing": settings.landing_retention_days,
        "quarantaine": settings.quarantine_retention_days,
        "retour": settings.quarantine_retention_days,
    }
    due = []
    for ruimte, days in terms.items():
        for bron_id, levering_id in ledger.finished_before(moment - timedelta(days=days)):
            due.append(plan(settings.home, ruimte, bron_id, levering_id,
                            dagen=days, aanleiding="termijn"))  # fmt: skip
    for gone in ledger.withdrawals.all():
        for ruimte in ROOMS:
            due.append(plan(settings.home, ruimte, gone.bron_id, gone.levering_id,
                            dagen=None, aanleiding="intrekking"))  # fmt: skip
    return [removal for removal in due if removal is not None]


def _remove_held(ledger: Ledger, settings: Settings, removal: Removal) -> Removal | None:
    """Remove what is due of a delivery nobody else works on; None when it is no longer due."""
    levering_id = str(removal.levering_id)
    with ledger.hold(levering_id, settings):
        now = plan(settings.home, removal.ruimte, removal.bron_id, levering_id,
                   dagen=removal.termijn_dagen, aanleiding=removal.aanleiding)  # fmt: skip
        withdrawn = ledger.withdrawals.of(levering_id) is not None
        if now is None or withdrawn != (removal.aanleiding == "intrekking"):
            return None
        return remove(ledger, settings.home, now)


def _clean_pulls(
    ledger: Ledger, settings: Settings, end: datetime, *, dry_run: bool
) -> tuple[list[str], list[Removal]]:
    """Remove what a pull kept (messages, files apart, an export nobody went on with) before end."""
    removed, proofs = [], []
    for folder in sorted(settings.home.glob("ophalen/*")):
        # A pull that is under way is left alone.
        with suppress(LedgerError), only_one(settings, folder.name):
            files = [
                file
                for file in sorted(f for f in folder.rglob("*") if f.is_file())
                if datetime.fromtimestamp(file.stat().st_mtime, UTC) < end
            ]
            if not files:
                continue
            days = settings.quarantine_retention_days
            proof = Removal("ophalen", folder.name, None, "termijn", days, records=None,
                            **{k: v for k, v in vars(measure(files, "ophalen")).items()
                               if k != "records"})  # fmt: skip
            removed += [file.relative_to(folder.parent).as_posix() for file in files]
            if not dry_run:
                ledger.removals.begin(proof)
                remove_paths(files)
                proof = ledger.removals.finish(proof)
            proofs.append(proof)
    return removed, proofs


def clean(settings: Settings, *, now: datetime | None = None, dry_run: bool = False) -> Cleaned:
    """Remove landed files and refused rows whose term is over, with a proof in the ledger.

    Only committed deliveries age; a delivery that is being loaded is left alone. What was accepted
    stays, and so does the report. Retour messages go by the term of refused rows, and so does what
    a pull from a server kept. A term runs from the last load; a replay does not begin it anew.

    A run that was stopped half way is finished by the next one. What turns up of a withdrawn
    delivery is removed at once.

    Args:
        settings: the terms, in days, and the folders.
        now: the moment to reckon from; the present when left out.
        dry_run: tell what would be removed, and remove nothing.

    Returns:
        What was removed, by delivery, with the proof.

    Raises:
        StorageError: something cannot be removed.
        LedgerError: the ledger is away.
    """
    moment = now or datetime.now(UTC)
    ledger = ledger_of(settings)
    with storage_faults("Not all that is due could be removed"):
        finished = ledger.removals.pending() if dry_run else _finish_earlier(ledger, settings)
        due = _over(ledger, settings, moment)
        if not dry_run:
            done = [_remove_held(ledger, settings, removal) for removal in due]
            due = [removal for removal in done if removal is not None]
        end = moment - timedelta(days=settings.quarantine_retention_days)
        files, proofs = _clean_pulls(ledger, settings, end, dry_run=dry_run)

    def of_term(ruimte: str) -> list[str]:
        return [str(r.levering_id) for r in due if r.ruimte == ruimte and r.aanleiding == "termijn"]

    return Cleaned(
        landing=of_term("landing"),
        quarantaine=of_term("quarantaine"),
        retour=of_term("retour"),
        ophalen=files,
        bewijs=[*due, *proofs],
        afgemaakt=finished,
        proef=dry_run,
    )
