"""The ledger: which delivery was claimed, loaded and committed, and what became of its records.

Readers see committed deliveries only. The ledger is written last, in one transaction, so a kill at
any earlier moment leaves nothing behind that a reader could see. SQLite by default, PostgreSQL by
``IZA_LEDGER_URL``; the code is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    DateTime,
    Engine,
    ForeignKey,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from ingest.errors import LedgerError

_METADATA = MetaData()

LEVERING = Table(
    "levering",
    _METADATA,
    Column("levering_id", String(40), primary_key=True),
    Column("bron_id", String(80), nullable=False),
    Column("soort", String(20), nullable=False),
    Column("periode", String(20), nullable=False),
    Column("status", String(20), nullable=False),  # bezig | geaccepteerd | deels | geweigerd
    Column("sleutel_id", String(16), nullable=False),
    Column("geclaimd_op", DateTime(timezone=True), nullable=False),
    Column("afgerond_op", DateTime(timezone=True)),
    Column("rapport", JSON),
)

LEVERING_TABEL = Table(
    "levering_tabel",
    _METADATA,
    Column("levering_id", ForeignKey("levering.levering_id"), primary_key=True),
    Column("tabel", String(80), primary_key=True),
    Column("rijen", BigInteger, nullable=False),
)

OPGEHAALD = Table(
    "opgehaald",
    _METADATA,
    Column("bron_id", String(80), primary_key=True),
    Column("vraag", String(32), primary_key=True),  # identity of what the server was asked
    Column("moment", String(64), nullable=False),  # transactionTime, as the server wrote it
    Column("levering_id", ForeignKey("levering.levering_id"), nullable=False),
    Column("vastgelegd_op", DateTime(timezone=True), nullable=False),
)


# Apart from `levering`, so that a ledger made before there was such a thing has a place for it.
ONTVANGST = Table(
    "ontvangst",
    _METADATA,
    Column("levering_id", ForeignKey("levering.levering_id"), primary_key=True),
    Column("ontvangen_op", DateTime(timezone=True), nullable=False),
)


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
    ontvangen_op: datetime | None = None


def _utc(moment: datetime | None) -> datetime | None:
    # SQLite keeps moments without their zone; all of them are in UTC.
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _set_sqlite_pragmas(connection: Any, _record: Any) -> None:
    # WAL lets readers go on while a task commits; a busy writer is waited for, not failed on.
    cursor = connection.cursor()
    cursor.execute("pragma journal_mode=wal")
    cursor.execute("pragma busy_timeout=30000")
    cursor.execute("pragma foreign_keys=on")
    cursor.close()


def _create_tables(engine: Engine) -> None:
    try:
        _METADATA.create_all(engine)
    except SQLAlchemyError:
        # Another process made them between our look and our making; now they are there.
        _METADATA.create_all(engine)


def _receive(connection: Connection, levering_id: str, moment: datetime) -> None:
    """Note a moment of receipt; the earliest one that was told stays."""
    where = ONTVANGST.c.levering_id == levering_id
    known = _utc(connection.execute(select(ONTVANGST.c.ontvangen_op).where(where)).scalar())
    moment = _utc(moment) or moment
    if known is None:
        connection.execute(insert(ONTVANGST).values(levering_id=levering_id, ontvangen_op=moment))
    elif moment < known:
        connection.execute(update(ONTVANGST).where(where).values(ontvangen_op=moment))


def _why_closed(url: str, error: Exception) -> str:
    """What is wrong with the place of the ledger and what to do, without the driver's links."""
    file = make_url(url).database if url.startswith("sqlite") else None
    if file and not Path(file).parent.is_dir():
        return (
            f"The ledger cannot be opened: there is no folder {Path(file).parent}. Nothing was "
            "loaded there yet; set IZA_HOME to the folder you use, or begin with 'iza ingest'."
        )
    cause = getattr(error, "orig", None) or error
    return f"The ledger cannot be opened: {cause}. Check IZA_HOME and IZA_LEDGER_URL."


class Ledger:
    """Deliveries and their stages.

    Args:
        url: SQLAlchemy URL.
    """

    def __init__(self, url: str) -> None:
        self._url = url

    @cached_property
    def _engine(self) -> Engine:
        try:
            engine = create_engine(self._url)
            if engine.dialect.name == "sqlite":
                event.listen(engine, "connect", _set_sqlite_pragmas)
            _create_tables(engine)
        except (SQLAlchemyError, ModuleNotFoundError) as error:
            raise LedgerError(_why_closed(self._url, error)) from error
        return engine

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise LedgerError(f"The ledger refused a change: {error}") from error

    def claim(
        self, *, levering_id: str, bron_id: str, soort: str, periode: str, sleutel_id: str
    ) -> None:
        """Note that a delivery is being loaded; an earlier unfinished claim is taken over.

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
            "afgerond_op": None,
            "rapport": None,
        }
        with self._transaction() as connection:
            where = LEVERING.c.levering_id == levering_id
            earlier = connection.execute(select(LEVERING.c.afgerond_op).where(where)).scalar()
            if earlier is not None:
                _receive(connection, levering_id, earlier)
            if connection.execute(update(LEVERING).where(where).values(**row)).rowcount == 0:
                connection.execute(insert(LEVERING).values(levering_id=levering_id, **row))

    def commit(
        self,
        levering_id: str,
        rapport: dict[str, Any],
        tabellen: dict[str, int],
        *,
        received: datetime | None = None,
    ) -> None:
        """Make a delivery visible to readers, with its report, in one transaction.

        Args:
            levering_id: a claimed delivery.
            rapport: the intake report; its ``status`` becomes the delivery's.
            tabellen: rows written per raw table.
            received: when it was received, if that was before now.
        """
        now = datetime.now(UTC)
        with self._transaction() as connection:
            _receive(connection, levering_id, min(received or now, now))
            connection.execute(
                delete(LEVERING_TABEL).where(LEVERING_TABEL.c.levering_id == levering_id)
            )
            if tabellen:
                connection.execute(
                    insert(LEVERING_TABEL),
                    [
                        {"levering_id": levering_id, "tabel": tabel, "rijen": rijen}
                        for tabel, rijen in sorted(tabellen.items())
                    ],
                )
            connection.execute(
                update(LEVERING)
                .where(LEVERING.c.levering_id == levering_id)
                .values(status=rapport["status"], rapport=rapport, afgerond_op=now)
            )

    def receive(self, levering_id: str, moment: datetime, *, correct: bool = False) -> None:
        """Note when a delivery of the ledger was received.

        Args:
            levering_id: a claimed or committed delivery.
            moment: in UTC. Of several moments the earliest holds, in whatever order they are told.
            correct: this moment holds, also when it is later than the one that was told before.
        """
        with self._transaction() as connection:
            if correct:
                where = ONTVANGST.c.levering_id == levering_id
                connection.execute(delete(ONTVANGST).where(where))
            _receive(connection, levering_id, min(moment, datetime.now(UTC)))

    def committed(self) -> list[CommittedDelivery]:
        """All committed deliveries, ordered by source, period and identity."""
        query = (
            select(LEVERING)
            .where(LEVERING.c.status != "bezig")
            .order_by(LEVERING.c.bron_id, LEVERING.c.periode, LEVERING.c.levering_id)
        )
        with self._transaction() as connection:
            tabellen: dict[str, dict[str, int]] = {}
            for row in connection.execute(select(LEVERING_TABEL)).mappings():
                tabellen.setdefault(row["levering_id"], {})[row["tabel"]] = row["rijen"]
            received = {
                row["levering_id"]: row["ontvangen_op"]
                for row in connection.execute(select(ONTVANGST)).mappings()
            }
            return [
                CommittedDelivery(
                    bron_id=row["bron_id"],
                    soort=row["soort"],
                    periode=row["periode"],
                    levering_id=row["levering_id"],
                    status=row["status"],
                    sleutel_id=row["sleutel_id"],
                    tabellen=tabellen.get(row["levering_id"], {}),
                    rapport=row["rapport"] or {},
                    ontvangen_op=_utc(received.get(row["levering_id"], row["afgerond_op"])),
                )
                for row in connection.execute(query).mappings()
            ]

    def find(self, levering_id: str) -> CommittedDelivery | None:
        """The committed delivery with this identity, or None."""
        return next((d for d in self.committed() if d.levering_id == levering_id), None)

    def finished_at(self, levering_id: str) -> datetime | None:
        """When a delivery was committed, in UTC; None when it was not."""
        query = select(LEVERING.c.afgerond_op).where(LEVERING.c.levering_id == levering_id)
        with self._transaction() as connection:
            return _utc(connection.execute(query).scalar_one_or_none())

    def unfinished(self) -> list[str]:
        """Identities of deliveries that were claimed and never committed."""
        query = select(LEVERING.c.levering_id).where(LEVERING.c.status == "bezig")
        with self._transaction() as connection:
            return sorted(connection.execute(query).scalars())

    def finished_before(self, moment: datetime) -> list[tuple[str, str]]:
        """(source, identity) of deliveries committed before ``moment``, for retention."""
        query = select(LEVERING.c.bron_id, LEVERING.c.levering_id).where(
            LEVERING.c.afgerond_op < moment
        )
        with self._transaction() as connection:
            return sorted((row[0], row[1]) for row in connection.execute(query))

    def record_export(self, bron_id: str, vraag: str, moment: str, levering_id: str) -> None:
        """Note up to which moment a source was pulled from its server.

        Args:
            bron_id: the source.
            vraag: identity of what was asked.
            moment: moment of the server, as it wrote it.
            levering_id: the committed delivery that came of it.
        """
        row = {"moment": moment, "levering_id": levering_id, "vastgelegd_op": datetime.now(UTC)}
        with self._transaction() as connection:
            where = (OPGEHAALD.c.bron_id == bron_id) & (OPGEHAALD.c.vraag == vraag)
            if connection.execute(update(OPGEHAALD).where(where).values(**row)).rowcount == 0:
                connection.execute(insert(OPGEHAALD).values(bron_id=bron_id, vraag=vraag, **row))

    def last_export(self, bron_id: str, vraag: str) -> str | None:
        """The moment up to which a source was pulled, if the delivery of it is committed."""
        query = (
            select(OPGEHAALD.c.moment)
            .join(LEVERING, LEVERING.c.levering_id == OPGEHAALD.c.levering_id)
            .where(OPGEHAALD.c.bron_id == bron_id, OPGEHAALD.c.vraag == vraag)
            .where(LEVERING.c.status != "bezig")
        )
        with self._transaction() as connection:
            return connection.execute(query).scalar_one_or_none()
