"""Withdrawal: a whole delivery is taken back, and everything that was made of it follows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ingest.durable import storage_faults
from ingest.errors import LedgerError, UsageError
from ingest.ledger import Ledger, Removal, Withdrawal, ledger_of
from ingest.retention.places import ROOMS
from ingest.retention.removing import carry_out, plan, remove
from ingest.settings import Settings

#: As many digits as a BSN or the number of an insured person has.
_NUMBER = re.compile(r"\d[\d .-]{6,}\d")
_LONGEST = 500


@dataclass(frozen=True)
class Withdrawn:
    """A delivery that was withdrawn, with what was removed of it.

    Attributes:
        intrekking: which delivery, why and when.
        verwijderd: the proof, a row a room; all of it, also of an earlier run.
        herhaling: it was withdrawn before; only what was left of it was removed now.
    """

    intrekking: Withdrawal
    verwijderd: tuple[Removal, ...]
    herhaling: bool

    def as_dict(self) -> dict[str, Any]:
        """The outcome as a JSON object."""
        return self.intrekking.as_dict() | {
            "verwijderd": [removal.as_dict() for removal in self.verwijderd],
            "herhaling": self.herhaling,
        }


def _check_reason(reden: str) -> str:
    reden = " ".join(reden.split())
    if not reden or len(reden) > _LONGEST:
        raise UsageError(f"--reason needs a text of at most {_LONGEST} characters.")
    if _NUMBER.search(reden):
        raise UsageError(
            "--reason holds a number as long as that of a person. The reason is kept for good: "
            "write it without anything that says who it is about."
        )
    return reden


def _planned(settings: Settings, bron_id: str, levering_id: str) -> list[Removal]:
    found = [
        plan(settings.home, ruimte, bron_id, levering_id, dagen=None, aanleiding="intrekking")
        for ruimte in ROOMS
    ]
    return [removal for removal in found if removal is not None]


def _finish(ledger: Ledger, settings: Settings, bron_id: str, levering_id: str) -> None:
    """Remove what is left of a withdrawn delivery."""
    for removal in ledger.removals.all(levering_id):
        if removal.staat == "bezig":
            carry_out(ledger, settings.home, removal)
    for removal in _planned(settings, bron_id, levering_id):
        remove(ledger, settings.home, removal)


def withdraw(levering_id: str, reden: str, settings: Settings) -> Withdrawn:
    """Withdraw a delivery: no build sees it any more, and its files are removed.

    The ledger keeps its identity, the hashes of its files, its counts, the reason and the moment.
    Hidden and put down for removal in one transaction; stopped half way, the same command or the
    next ``iza clean`` goes on.

    Args:
        levering_id: the whole identity of a delivery.
        reden: why, in words that say nothing of a person. Of a delivery that was withdrawn before
            the first reason stays.
        settings: says where everything is.

    Returns:
        What was withdrawn and removed.

    Raises:
        UsageError: no such delivery, or no such reason.
        LedgerError: the ledger is away.
        StorageError: a file cannot be removed.
    """
    reden = _check_reason(reden)
    ledger = ledger_of(settings)
    with (
        storage_faults(f"Not all of delivery {levering_id} could be removed"),
        ledger.hold(levering_id, settings) as claim,
    ):
        history = ledger.history(levering_id)
        if history is None:
            raise UsageError(f"There is no delivery {levering_id}; 'iza status' lists them.")
        before = ledger.withdrawals.of(levering_id)
        if before is None:
            removals = _planned(settings, history.bron_id, levering_id)
            ledger.withdrawals.withdraw(levering_id, claim, reden, removals)
        _finish(ledger, settings, history.bron_id, levering_id)
        found = before or ledger.withdrawals.of(levering_id)
        proof = tuple(r for r in ledger.removals.all(levering_id) if r.aanleiding == "intrekking")
    if found is None:
        raise LedgerError(f"Delivery {levering_id} was loaded again meanwhile.")
    return Withdrawn(found, proof, herhaling=before is not None)
