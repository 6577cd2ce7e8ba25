"""Replay: refused records are judged again once a rule, layout, view or code list was mended.

A delivery is read again whole, from ``landing/``: a record may be refused for another one (a
message for one of its lines, a delivery for its share of refusals), so none can be judged apart.
When they have aged out and all of it was refused, its files are made again from quarantine.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from ingest.durable import storage_faults
from ingest.errors import UsageError
from ingest.family import sources
from ingest.intake import ingest_path
from ingest.ledger import CommittedDelivery, Ledger, ledger_of
from ingest.report import IntakeReport
from ingest.restoring import restore
from ingest.settings import Settings
from ingest.versions import versions

#: Outcomes of one delivery.
HERSPEELD, BESTANDEN_WEG = "herspeeld", "bestanden_weg"

#: Counts of a report that reading the same files again does not give.
_NOT_OF_FILES = ("verborgen_bestanden", "meldingen_van_de_bron")


@dataclass(frozen=True)
class Replayed:
    """What a replay made of one delivery.

    Attributes:
        levering_id: the delivery.
        bron_id: its source.
        periode: its period.
        uitkomst: ``herspeeld``, or ``bestanden_weg`` when its files are no longer there.
        geweigerd: records that were refused before.
        geaccepteerd: how many more are accepted now; negative when a rule became stricter.
        nog_geweigerd: records that are refused now.
        status: of the delivery now.
    """

    levering_id: str
    bron_id: str
    periode: str
    uitkomst: str
    geweigerd: int
    geaccepteerd: int
    nog_geweigerd: int
    status: str

    def as_dict(self) -> dict[str, Any]:
        """The outcome as a JSON object."""
        found = asdict(self)
        return {"levering": found.pop("levering_id"), "bron": found.pop("bron_id")} | found


def _changed(ledger: Ledger, delivery: CommittedDelivery) -> bool:
    """Whether the delivery was read with other schemas or other code than those of now."""
    history = ledger.history(delivery.levering_id)
    now = versions(delivery.soort, delivery.sleutel_id)
    kept = history.versies if history else {}
    return any(kept.get(name) != getattr(now, name) for name in ("schema_hash", "code_hash"))


def waiting(
    ledger: Ledger,
    *,
    bron: str | None = None,
    levering: str | None = None,
    reden: str | None = None,
) -> list[CommittedDelivery]:
    """The deliveries with refused records that were read with other rules than those of now.

    Args:
        ledger: of the installation.
        bron: of this source alone.
        levering: this delivery alone, by its whole identity.
        reden: those with records refused for this reason alone.
    """
    return [
        delivery
        for delivery in ledger.committed()
        if bron in (None, delivery.bron_id)
        and levering in (None, delivery.levering_id)
        and _refused(delivery) > 0
        and (reden is None or any(r["code"] == reden for r in delivery.rapport["redenen"]))
        and _changed(ledger, delivery)
    ]


def _refused(delivery: CommittedDelivery) -> int:
    return sum(t["quarantaine"] for t in delivery.rapport.get("tabellen", {}).values())


def _replay(delivery: CommittedDelivery, settings: Settings) -> Replayed:
    before = IntakeReport.from_dict(delivery.rapport, herhaling=False)
    refused = before.total().quarantaine
    place = (delivery.levering_id, delivery.bron_id, delivery.periode)
    with _files_of(delivery, settings) as folder:
        if folder is None:
            return Replayed(*place, BESTANDEN_WEG, refused, 0, refused, delivery.status)
        after = ingest_path(
            folder,
            delivery.bron_id,
            settings,
            soort=delivery.soort,  # type: ignore[arg-type]
            periode=delivery.periode,
            again=True,
            bijzonder={k: n for k, n in before.bijzonder.items() if k in _NOT_OF_FILES},
            herspeling=True,
        )
    now = after.total()
    more = now.geaccepteerd - before.total().geaccepteerd
    return Replayed(*place, HERSPEELD, refused, more, now.quarantaine, after.status)


@contextmanager
def _files_of(delivery: CommittedDelivery, settings: Settings) -> Iterator[Path | None]:
    """The files of a delivery: in landing, or made again from quarantine; None when they are gone.

    What was made again goes when the replay is done, also from ``landing/``: its term is over.
    """
    landed = settings.home / "landing" / delivery.bron_id / delivery.levering_id
    if landed.is_dir():
        yield landed
        return
    ledger = ledger_of(settings)
    history = ledger.history(delivery.levering_id)
    # Below the name of the delivery, so that what a killed run left goes with the next attempt.
    folder = settings.room("werk") / f"{delivery.levering_id}.herstel" / uuid4().hex
    with storage_faults(f"Delivery {delivery.levering_id} cannot be read again"):
        folder.mkdir(parents=True, mode=0o700)
        folder.parent.chmod(0o700)
        try:
            made = history is not None and restore(delivery, history, settings, folder)
            yield folder if made else None
        finally:
            shutil.rmtree(folder.parent, ignore_errors=True)
            with ledger.hold(delivery.levering_id, settings):
                shutil.rmtree(landed, ignore_errors=True)


def replay(
    settings: Settings,
    *,
    bron: str | None = None,
    levering: str | None = None,
    reden: str | None = None,
) -> list[Replayed]:
    """Judge refused records again where schemas or code changed since.

    Each delivery keeps its identity, its moment of receipt and its retention term; its report keeps
    the earlier outcome. Stopped half way, the same call goes on; called twice, there is nothing to
    do the second time.

    Args:
        settings: says where everything is.
        bron: of this source alone.
        levering: this delivery alone, or a first part of its identity.
        reden: those with records refused for this reason code alone.

    Returns:
        What became of each delivery that waited for it.

    Raises:
        UsageError: no such delivery, or none of this source.
        LedgerError: the ledger is away.
        StorageError: a file cannot be read or written.
    """
    ledger = ledger_of(settings)
    if levering is not None:
        levering = ledger.resolve(levering)
        if ledger.find(levering) is None:
            raise UsageError(
                f"Delivery {levering} is not loaded; 'iza explain {levering}' says more."
            )
    known = {delivery.bron_id for delivery in ledger.committed()} | sources().keys()
    if bron is not None and bron not in known:
        raise UsageError(f"No delivery of source {bron} is loaded; 'iza status' lists them.")
    found = waiting(ledger, bron=bron, levering=levering, reden=reden)
    return [_replay(delivery, settings) for delivery in found]
