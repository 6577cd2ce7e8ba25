"""Withdrawal of a whole delivery: what the ledger keeps of it and what it lets go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from ingest.ledger import claims
from ingest.ledger.claims import Claim
from ingest.ledger.history import as_utc, note_step
from ingest.ledger.removals import Removal, begin_removal
from ingest.ledger.running import Runner
from ingest.ledger.tables import LEVERING, LEVERING_STAP, LEVERING_TABEL

#: The status of a withdrawn delivery; no reader of committed deliveries sees it.
INGETROKKEN = "ingetrokken"


@dataclass(frozen=True)
class Withdrawal:
    """A delivery that was withdrawn.

    Attributes:
        levering_id: the delivery.
        bron_id: its source.
        periode: its period.
        reden: why.
        moment: when, in UTC.
    """

    levering_id: str
    bron_id: str
    periode: str
    reden: str
    moment: datetime

    def as_dict(self) -> dict[str, Any]:
        """The withdrawal as a JSON object."""
        return {
            "levering": self.levering_id,
            "bron": self.bron_id,
            "periode": self.periode,
            "reden": self.reden,
            "moment": self.moment.isoformat(),
        }


def counts_alone(rapport: dict[str, Any] | None) -> dict[str, Any]:
    """What stays of a report: counts. Reasons name files, and files may be named after persons."""
    if not rapport:
        return {}
    kept = ("levering", "bron", "soort", "periode", "tabellen", "rijen")
    return {name: rapport[name] for name in kept if name in rapport} | {
        "status": INGETROKKEN, "redenen": [], "bijzonder": {}, "herhaling": False,
    }  # fmt: skip


class Withdrawals:
    """The withdrawals of one ledger.

    Args:
        runner: of the ledger.
    """

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    def withdraw(
        self, levering_id: str, claim: Claim, reden: str, removals: Iterable[Removal]
    ) -> None:
        """Hide a delivery from every reader, and write down what is going to be removed of it.

        Both in one transaction: what is hidden is also going to be gone.

        Args:
            levering_id: a delivery of the ledger.
            claim: what this worker holds.
            reden: why, in words that name no person.
            removals: its files, room by room.

        Raises:
            LedgerError: another worker took the delivery over, or the ledger cannot be written.
        """
        planned = list(removals)
        where = LEVERING.c.levering_id == levering_id

        def work(connection: Connection) -> None:
            if not claims.still_holds(connection, claim):
                raise claims.lost(levering_id)
            rapport: dict[str, Any] | None = connection.execute(
                select(LEVERING.c.rapport).where(where)
            ).scalar_one()
            row = {"status": INGETROKKEN, "rapport": counts_alone(rapport) or None}
            connection.execute(update(LEVERING).where(where).values(**row))
            tables = LEVERING_TABEL.c.levering_id == levering_id
            connection.execute(delete(LEVERING_TABEL).where(tables))
            note_step(connection, levering_id, claim.houder, INGETROKKEN, {"reden": reden})
            for removal in planned:
                begin_removal(connection, removal)

        self._runner.write(work)

    def all(self) -> list[Withdrawal]:
        """The deliveries that are withdrawn, by source, period and identity."""
        query = (
            select(LEVERING, LEVERING_STAP.c.moment, LEVERING_STAP.c.bijzonder)
            .join(LEVERING_STAP, LEVERING_STAP.c.levering_id == LEVERING.c.levering_id)
            .where(LEVERING.c.status == INGETROKKEN, LEVERING_STAP.c.stap == INGETROKKEN)
            .order_by(LEVERING_STAP.c.moment)
        )
        rows = self._runner.read(lambda c: list(c.execute(query).mappings()))
        last = {  # one that was loaded again and withdrawn once more: the last time counts
            row["levering_id"]: Withdrawal(
                row["levering_id"], row["bron_id"], row["periode"],
                row["bijzonder"]["reden"], as_utc(row["moment"]),
            )
            for row in rows
        }  # fmt: skip
        return sorted(last.values(), key=lambda w: (w.bron_id, w.periode, w.levering_id))

    def of(self, levering_id: str) -> Withdrawal | None:
        """The withdrawal of a delivery; None when it is not withdrawn."""
        return next((w for w in self.all() if w.levering_id == levering_id), None)
