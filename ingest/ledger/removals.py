"""The proof of what was removed: written before the first file goes, closed when the last is gone.

Rows are added and closed, never changed otherwise and never removed. None holds a name of a file:
senders put numbers and names of persons in them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update

from ingest.ledger.history import as_utc
from ingest.ledger.running import Runner
from ingest.ledger.tables import VERWIJDERING


@dataclass(frozen=True)
class Removal:
    """Files of one room that are removed for one reason.

    Attributes:
        ruimte: landing, quarantaine, retour, ophalen; of a withdrawal also raw, terugkoppeling,
            rapport and profiel.
        bron_id: the source they came from.
        levering_id: the delivery; None for what a pull kept.
        aanleiding: ``termijn`` or ``intrekking``.
        termijn_dagen: the term that was over, in days; None when there was no term to wait for.
        bestanden: number of files.
        records: source records in them, or rows of raw tables; None when they were not counted.
        bytes: size of the files together.
        hashes: SHA-256 of every file, sorted.
        verwijdering_id: identity of this removal.
        staat: ``bezig`` until all is gone, then ``gereed``.
        begonnen_op: when it began, in UTC.
        gereed_op: when all was gone, in UTC.
    """

    ruimte: str
    bron_id: str
    levering_id: str | None
    aanleiding: str
    termijn_dagen: int | None
    bestanden: int
    records: int | None
    bytes: int
    hashes: tuple[str, ...]
    verwijdering_id: str = field(default_factory=lambda: uuid4().hex)
    staat: str = "bezig"
    begonnen_op: datetime = field(default_factory=lambda: datetime.now(UTC))
    gereed_op: datetime | None = None

    def as_dict(self) -> dict[str, Any]:
        """The removal as a JSON object."""
        moments = {
            "begonnen_op": self.begonnen_op.isoformat(),
            "gereed_op": self.gereed_op.isoformat() if self.gereed_op else None,
        }
        return vars(self) | moments | {"hashes": list(self.hashes)}


def begin_removal(connection: Connection, removal: Removal) -> None:
    """Write a removal down, once."""
    key = VERWIJDERING.c.verwijdering_id == removal.verwijdering_id
    if connection.execute(select(VERWIJDERING.c.staat).where(key)).first() is None:
        row = vars(removal) | {"hashes": list(removal.hashes)}
        connection.execute(insert(VERWIJDERING).values(**row))


class Removals:
    """The removals of one ledger.

    Args:
        runner: of the ledger.
    """

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    def begin(self, removal: Removal) -> None:
        """Write down what is about to be removed."""
        self._runner.write(lambda connection: begin_removal(connection, removal))

    def finish(self, removal: Removal) -> Removal:
        """Close a removal: everything it names is gone.

        Returns:
            The removal as it is closed.
        """
        done = replace(removal, staat="gereed", gereed_op=datetime.now(UTC))
        where = (VERWIJDERING.c.verwijdering_id == removal.verwijdering_id) & (
            VERWIJDERING.c.staat == "bezig"
        )
        row = {"staat": done.staat, "gereed_op": done.gereed_op}
        self._runner.write(lambda c: c.execute(update(VERWIJDERING).where(where).values(**row)))
        return done

    def all(self, levering_id: str | None = None) -> list[Removal]:
        """Every removal, or those of one delivery, in the order in which they began."""
        query = select(VERWIJDERING).order_by(
            VERWIJDERING.c.begonnen_op, VERWIJDERING.c.verwijdering_id
        )
        if levering_id is not None:
            query = query.where(VERWIJDERING.c.levering_id == levering_id)
        rows = self._runner.read(lambda c: list(c.execute(query).mappings()))
        return [
            Removal(
                **dict(row)
                | {
                    "hashes": tuple(row["hashes"]),
                    "begonnen_op": as_utc(row["begonnen_op"]),
                    "gereed_op": as_utc(row["gereed_op"]) if row["gereed_op"] else None,
                }
            )
            for row in rows
        ]

    def pending(self) -> list[Removal]:
        """The removals that were begun and not finished."""
        return [removal for removal in self.all() if removal.staat == "bezig"]
