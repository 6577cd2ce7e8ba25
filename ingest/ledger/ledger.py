"""What intake writes to the ledger, and what its readers ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from ingest.errors import IzaError, UsageError
from ingest.ledger import claims, committing
from ingest.ledger.claims import Claim
from ingest.ledger.committing import Attempt
from ingest.ledger.history import History, as_utc, note_step, read_history
from ingest.ledger.removals import Removals
from ingest.ledger.running import Runner
from ingest.ledger.tables import LEVERING, LEVERING_TABEL, ONTVANGST, OPGEHAALD
from ingest.ledger.withdrawals import INGETROKKEN, Withdrawals
from ingest.machine import this_machine
from ingest.settings import Settings
from ingest.versions import Versions

#: A delivery of such a status is not seen by readers.
HIDDEN = ("bezig", INGETROKKEN)


@dataclass(frozen=True)
class CommittedDelivery:
    """A delivery that readers may see.

    Attributes:
        bron_id: the source.
        soort: fhir, declaratie or register.
        periode: period the sender named.
        levering_id: content identity.
        status: geaccepteerd, deels or geweigerd.
        sleutel_id: public name of the pseudonym key it was loaded with.
        tabellen: rows written per raw table.
        rapport: the intake report as it was given to the sender.
        bestanden: per raw table the one file that holds its rows, where the ledger knows it.
        ontvangen_op: since when the platform knows it, in UTC: the moment it was committed first,
            or the earlier one that was told. Loading it again does not move it.
    """

    bron_id: str
    soort: str
    periode: str
    levering_id: str
    status: str
    sleutel_id: str
    tabellen: dict[str, int] = field(default_factory=dict)
    rapport: dict[str, Any] = field(default_factory=dict)
    bestanden: dict[str, str] = field(default_factory=dict)
    ontvangen_op: datetime | None = None


def _delivery(
    row: RowMapping, tables: Iterable[RowMapping], received: datetime | None
) -> CommittedDelivery:
    tables = list(tables)
    moment = received or row["afgerond_op"]
    return CommittedDelivery(
        bron_id=row["bron_id"],
        soort=row["soort"],
        periode=row["periode"],
        levering_id=row["levering_id"],
        status=row["status"],
        sleutel_id=row["sleutel_id"],
        tabellen={table["tabel"]: table["rijen"] for table in tables},
        rapport=row["rapport"] or {},
        bestanden={table["tabel"]: table["bestand"] for table in tables if table["bestand"]},
        ontvangen_op=as_utc(moment) if moment else None,
    )


class Ledger:
    """Deliveries and their stages.

    Args:
        url: SQLAlchemy URL.
        patience: seconds to keep trying while the database is away.

    Attributes:
        removals: the proof of what was removed.
        withdrawals: the deliveries that were withdrawn.
    """

    def __init__(self, url: str, patience: float = 120) -> None:
        self._runner = Runner(url, patience)
        self.removals = Removals(self._runner)
        self.withdrawals = Withdrawals(self._runner)

    @contextmanager
    def hold(self, naam: str, settings: Settings, *, patient: bool = True) -> Iterator[Claim]:
        """Hold a delivery for this worker; another one waits, here and on other machines.

        Args:
            naam: the delivery, or another name that is worked on by one at a time.
            settings: name of the machine, term of a claim, folder of locks.
            patient: wait for a worker on another machine; else that is a fault.

        Yields:
            The claim. A holder that died is taken over from.

        Raises:
            LedgerError: the ledger is away, or the worker that is not waited for is at work.
            StorageError: the lock file cannot be made.
        """
        machine = settings.machine or this_machine()
        locks = settings.room("locks")
        with ExitStack() as stack:
            stack.enter_context(claims.machine_lock(locks, machine, naam))
            claim = claims.new_claim(naam, machine, locks)
            term = settings.claim_seconds
            yield stack.enter_context(claims.held(self._runner, claim, term, patient=patient))

    def claim(
        self,
        *,
        levering_id: str,
        bron_id: str,
        soort: str,
        periode: str,
        sleutel_id: str,
        attempt: Attempt | None = None,
    ) -> None:
        """Note that a delivery is being loaded.

        One that is committed stays as it is, and visible, until it is committed anew.

        Args:
            levering_id: the delivery.
            bron_id: the source.
            soort: fhir, declaratie or register.
            periode: period the sender named.
            sleutel_id: public name of the pseudonym key.
            attempt: which attempt this is, to write down what came before it.

        Raises:
            LedgerError: the ledger cannot be written.
        """
        row = {
            "bron_id": bron_id,
            "soort": soort,
            "periode": periode,
            "status": "bezig",
            "sleutel_id": sleutel_id,
            "geclaimd_op": datetime.now(UTC),
        }
        where = LEVERING.c.levering_id == levering_id

        def work(connection: Connection) -> None:
            status = connection.execute(select(LEVERING.c.status).where(where)).scalar_one_or_none()
            if status is None:
                connection.execute(insert(LEVERING).values(levering_id=levering_id, **row))
            elif status == "bezig":
                connection.execute(update(LEVERING).where(where).values(**row))
            if attempt is not None:
                committing.note_attempt(connection, levering_id, attempt)

        self._runner.write(work)

    def note(
        self, levering_id: str, houder: str, stap: str, bijzonder: dict[str, Any] | None = None
    ) -> None:
        """Write down a step of one attempt; see ``history.STAPPEN``."""
        self._runner.write(lambda c: note_step(c, levering_id, houder, stap, bijzonder))

    def note_failure(self, levering_id: str, claim: Claim, error: BaseException) -> None:
        """Write down that an attempt failed: the class of the fault, never its words."""
        bijzonder = {"fout": type(error).__name__}
        with suppress(IzaError):  # the fault itself is what the user is to hear
            self._runner.write(
                lambda c: note_step(c, levering_id, claim.houder, "mislukt", bijzonder), patience=0
            )

    def commit(
        self,
        levering_id: str,
        rapport: dict[str, Any],
        tabellen: dict[str, int],
        *,
        bestanden: Mapping[str, str] = MappingProxyType({}),
        received: datetime | None = None,
        claim: Claim | None = None,
        versies: Versions | None = None,
    ) -> None:
        """Make a delivery visible to readers, with its report, in one transaction.

        Args:
            levering_id: a claimed delivery.
            rapport: the intake report; its ``status`` becomes the delivery's.
            tabellen: rows written per raw table.
            bestanden: per raw table the file that holds the rows; the others of its folder are
                no longer, or not yet, part of it.
            received: when it was received, if that was before now.
            claim: what the worker holds; only its holder commits, and gives it back by it.
            versies: what the rows were made with.

        Raises:
            LedgerError: the ledger cannot be written, or another worker took the delivery over.
        """

        def work(connection: Connection) -> None:
            if claim is not None and not claims.still_holds(connection, claim):
                if committing.committed_by(connection, levering_id, claim.houder):
                    return  # done, only its confirmation was lost
                raise claims.lost(levering_id)
            now = datetime.now(UTC)
            committing.receive_at_commit(connection, levering_id, min(received or now, now))
            committing.write_counts(connection, levering_id, rapport, tabellen, bestanden)
            committing.write_delivery(connection, levering_id, rapport, claim, versies, now)
            if claim is not None:
                note_step(connection, levering_id, claim.houder, "vastgelegd")
                claims.release(connection, claim)

        self._runner.write(work)

    def receive(self, levering_id: str, moment: datetime, *, correct: bool = False) -> None:
        """Note when a delivery of the ledger was received.

        Args:
            levering_id: a claimed or committed delivery.
            moment: in UTC. Of several moments the earliest holds, in whatever order they are told.
            correct: this moment holds, also when it is later than the one that was told before.
        """

        def work(connection: Connection) -> None:
            if correct:
                where = ONTVANGST.c.levering_id == levering_id
                connection.execute(delete(ONTVANGST).where(where))
            committing.receive(connection, levering_id, min(moment, datetime.now(UTC)))

        self._runner.write(work)

    def committed(self) -> list[CommittedDelivery]:
        """All committed deliveries, ordered by source, period and identity."""
        query = (
            select(LEVERING)
            .where(LEVERING.c.status.not_in(HIDDEN))
            .order_by(LEVERING.c.bron_id, LEVERING.c.periode, LEVERING.c.levering_id)
        )

        def work(connection: Connection) -> list[CommittedDelivery]:
            tables: dict[str, list[RowMapping]] = {}
            for row in connection.execute(select(LEVERING_TABEL)).mappings():
                tables.setdefault(row["levering_id"], []).append(row)
            received = {row[0]: row[1] for row in connection.execute(select(ONTVANGST))}
            found = connection.execute(query).mappings().all()
            return [
                _delivery(row, tables.get(row["levering_id"], []), received.get(row["levering_id"]))
                for row in found
            ]

        return self._runner.read(work)

    def find(self, levering_id: str) -> CommittedDelivery | None:
        """The committed delivery with this identity, or None."""
        query = select(LEVERING).where(
            LEVERING.c.levering_id == levering_id, LEVERING.c.status.not_in(HIDDEN)
        )
        received = select(ONTVANGST.c.ontvangen_op).where(ONTVANGST.c.levering_id == levering_id)
        tables = select(LEVERING_TABEL).where(LEVERING_TABEL.c.levering_id == levering_id)

        def work(connection: Connection) -> CommittedDelivery | None:
            row = connection.execute(query).mappings().one_or_none()
            if row is None:
                return None
            found = connection.execute(tables).mappings().all()
            return _delivery(row, found, connection.execute(received).scalar_one_or_none())

        return self._runner.read(work)

    def accepted_of(self, bron_id: str, soort: str) -> list[tuple[str, str]]:
        """(period, identity) of the committed deliveries of a source that were not refused."""
        query = (
            select(LEVERING.c.periode, LEVERING.c.levering_id)
            .where(LEVERING.c.bron_id == bron_id, LEVERING.c.soort == soort)
            .where(LEVERING.c.status.not_in((*HIDDEN, "geweigerd")))
            .order_by(LEVERING.c.periode, LEVERING.c.levering_id)
        )
        return self._runner.read(lambda c: [(r[0], r[1]) for r in c.execute(query)])

    def other_key(self, sleutel_id: str) -> tuple[str, str] | None:
        """A committed delivery that was loaded with another pseudonym key: identity, its key."""
        query = (
            select(LEVERING.c.levering_id, LEVERING.c.sleutel_id)
            .where(LEVERING.c.status.not_in(HIDDEN), LEVERING.c.sleutel_id != sleutel_id)
            .order_by(LEVERING.c.levering_id)
            .limit(1)
        )
        row = self._runner.read(lambda connection: connection.execute(query).first())
        return None if row is None else (row[0], row[1])

    def resolve(self, start: str) -> str:
        """The identity that begins with ``start``.

        Raises:
            UsageError: there is none, or there are several.
        """
        query = (
            select(LEVERING.c.levering_id)
            .where(LEVERING.c.levering_id.startswith(start, autoescape=True))
            .order_by(LEVERING.c.levering_id)
            .limit(6)
        )
        found: list[str] = self._runner.read(lambda c: list(c.execute(query).scalars()))
        if not found:
            raise UsageError(f"There is no delivery {start}; 'iza status' lists them.")
        if len(found) > 1 and start not in found:
            shown = ", ".join(found[:5]) + (" and more" if len(found) > 5 else "")
            raise UsageError(f"Several deliveries begin with {start}: {shown}. Write more of it.")
        return start if start in found else found[0]

    def history(self, levering_id: str) -> History | None:
        """All the ledger knows of one delivery, also of one that was never committed."""
        return self._runner.read(lambda connection: read_history(connection, levering_id))

    def finished_at(self, levering_id: str) -> datetime | None:
        """When a delivery was committed, in UTC; None when it was not."""
        query = select(LEVERING.c.afgerond_op).where(LEVERING.c.levering_id == levering_id)
        moment = self._runner.read(lambda c: c.execute(query).scalar_one_or_none())
        return as_utc(moment) if moment else None

    def unfinished(self) -> list[str]:
        """Identities of deliveries that were claimed and never committed."""
        query = select(LEVERING.c.levering_id).where(LEVERING.c.status == "bezig")
        return self._runner.read(lambda c: sorted(c.execute(query).scalars()))

    def not_answered(self) -> list[tuple[str, str]]:
        """(source, identity) of what was accepted since a build last renewed its answer."""
        return self._runner.read(committing.not_answered)

    def finished_before(self, moment: datetime) -> list[tuple[str, str]]:
        """(source, identity) of deliveries committed before ``moment``, for retention.

        A replay does not make the term begin anew.
        """
        return self._runner.read(lambda c: committing.finished_before(c, moment))

    def record_export(self, bron_id: str, vraag: str, moment: str, levering_id: str) -> None:
        """Note up to which moment a source was pulled from its server.

        Args:
            bron_id: the source.
            vraag: identity of what was asked.
            moment: moment of the server, as it wrote it.
            levering_id: the committed delivery that came of it.
        """
        row = {"moment": moment, "levering_id": levering_id, "vastgelegd_op": datetime.now(UTC)}
        where = (OPGEHAALD.c.bron_id == bron_id) & (OPGEHAALD.c.vraag == vraag)

        def work(connection: Connection) -> None:
            if connection.execute(update(OPGEHAALD).where(where).values(**row)).rowcount == 0:
                connection.execute(insert(OPGEHAALD).values(bron_id=bron_id, vraag=vraag, **row))

        self._runner.write(work)

    def last_export(self, bron_id: str, vraag: str) -> str | None:
        """The moment up to which a source was pulled, if the delivery of it is committed."""
        query = (
            select(OPGEHAALD.c.moment)
            .join(LEVERING, LEVERING.c.levering_id == OPGEHAALD.c.levering_id)
            .where(OPGEHAALD.c.bron_id == bron_id, OPGEHAALD.c.vraag == vraag)
            .where(LEVERING.c.status.not_in(HIDDEN))
        )
        return self._runner.read(lambda c: c.execute(query).scalar_one_or_none())


def ledger_of(settings: Settings) -> Ledger:
    """The ledger of an installation."""
    return Ledger(settings.ledger_address, settings.ledger_patience_seconds)
