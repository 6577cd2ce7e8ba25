"""What one attempt to load a delivery writes to the ledger: its begin, and its commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from ingest.ledger.claims import Claim
from ingest.ledger.history import FileKept, as_utc, note_files, note_step
from ingest.ledger.tables import (
    LEVERING,
    LEVERING_STAP,
    LEVERING_TABEL,
    LEVERING_TELLING,
    ONTVANGST,
)
from ingest.versions import Versions

_COUNTS = ("aangeleverd", "geaccepteerd", "quarantaine", "dubbel")


@dataclass(frozen=True)
class Attempt:
    """One attempt to load a delivery, as it begins.

    Attributes:
        claim: what its worker holds.
        ontvangen_op: when the delivery was in ``landing/``.
        bestanden: its files, in the order of their names.
        versies: what it is read with.
    """

    claim: Claim
    ontvangen_op: datetime
    bestanden: tuple[FileKept, ...]
    versies: Versions


def note_attempt(connection: Connection, levering_id: str, attempt: Attempt) -> None:
    """Write down what came before the reading of a delivery."""
    houder = attempt.claim.houder
    note_files(connection, levering_id, list(attempt.bestanden))
    note_step(connection, levering_id, houder, "ontvangen", moment=attempt.ontvangen_op)
    if attempt.claim.taken_over:
        note_step(connection, levering_id, houder, "overgenomen", {"van": attempt.claim.taken_over})
    note_step(connection, levering_id, houder, "geclaimd", vars(attempt.versies))


def committed_by(connection: Connection, levering_id: str, houder: str) -> bool:
    """Whether this holder committed it."""
    query = select(LEVERING.c.vastgelegd_door).where(LEVERING.c.levering_id == levering_id)
    return connection.execute(query).scalar_one_or_none() == houder


def write_counts(
    connection: Connection,
    levering_id: str,
    rapport: dict[str, Any],
    tabellen: Mapping[str, int],
    bestanden: Mapping[str, str],
) -> None:
    """Write rows per raw table and records per name; those of an earlier commit are replaced."""
    for table in (LEVERING_TABEL, LEVERING_TELLING):
        connection.execute(delete(table).where(table.c.levering_id == levering_id))
    rows: list[dict[str, Any]] = [
        {
            "levering_id": levering_id,
            "tabel": tabel,
            "rijen": rijen,
            "bestand": bestanden.get(tabel),
        }
        for tabel, rijen in sorted(tabellen.items())
    ]
    if rows:
        connection.execute(insert(LEVERING_TABEL), rows)
    counts: list[dict[str, Any]] = [
        {"levering_id": levering_id, "naam": naam}
        | {name: telling.get(name, 0) for name in _COUNTS}
        for naam, telling in sorted(rapport.get("tabellen", {}).items())
    ]
    if counts:
        connection.execute(insert(LEVERING_TELLING), counts)


def write_delivery(
    connection: Connection,
    levering_id: str,
    rapport: dict[str, Any],
    claim: Claim | None,
    versies: Versions | None,
    now: datetime,
) -> None:
    """Give a delivery its status and its report: from here on readers see it."""
    query = select(LEVERING.c.vastgelegd_door).where(LEVERING.c.levering_id == levering_id)
    earlier = connection.execute(query).scalar_one_or_none()
    if earlier is not None:
        note_step(connection, levering_id, earlier, "vervangen", moment=now)
    row: dict[str, Any] = {"status": rapport["status"], "rapport": rapport}
    row |= {name: rapport[name] for name in ("soort", "periode") if name in rapport}
    row |= vars(versies) if versies else {}
    row["vastgelegd_door"] = claim.houder if claim else None
    row["afgerond_op"] = now
    connection.execute(update(LEVERING).where(LEVERING.c.levering_id == levering_id).values(**row))


def receive(connection: Connection, levering_id: str, moment: datetime) -> None:
    """Note a moment of receipt; the earliest one that was told stays."""
    where = ONTVANGST.c.levering_id == levering_id
    known = connection.execute(select(ONTVANGST.c.ontvangen_op).where(where)).scalar()
    moment = as_utc(moment)
    if known is None:
        connection.execute(insert(ONTVANGST).values(levering_id=levering_id, ontvangen_op=moment))
    elif moment < as_utc(known):
        connection.execute(update(ONTVANGST).where(where).values(ontvangen_op=moment))


def receive_at_commit(connection: Connection, levering_id: str, moment: datetime) -> None:
    """Note the moment of receipt of a commit; one that was committed before keeps its first."""
    query = select(LEVERING.c.afgerond_op).where(LEVERING.c.levering_id == levering_id)
    earlier = connection.execute(query).scalar_one_or_none()
    if earlier is not None:
        receive(connection, levering_id, earlier)
    receive(connection, levering_id, moment)


def not_answered(connection: Connection) -> list[tuple[str, str]]:
    """(source, identity) of committed deliveries that no build renewed the answer of since."""
    steps = LEVERING_STAP.c
    query = select(steps.levering_id, steps.moment).where(steps.stap == "teruggekoppeld")
    done: dict[str, datetime] = {}
    for row in connection.execute(query):
        at = as_utc(row.moment)
        done[row.levering_id] = max(at, done.get(row.levering_id, at))
    committed = (
        select(LEVERING.c.levering_id, LEVERING.c.bron_id, LEVERING.c.afgerond_op)
        .where(LEVERING.c.status.in_(("geaccepteerd", "deels")))
        .order_by(LEVERING.c.bron_id, LEVERING.c.levering_id)
    )
    return [
        (row.bron_id, row.levering_id)
        for row in connection.execute(committed)
        if row.levering_id not in done or done[row.levering_id] < as_utc(row.afgerond_op)
    ]


def finished_before(connection: Connection, moment: datetime) -> list[tuple[str, str]]:
    """(source, identity) of committed deliveries whose last load, replays aside, is that old."""
    steps = LEVERING_STAP.c
    replay = select(steps.houder).where(steps.stap == "herspeeld")
    replays: set[str] = set(connection.execute(replay).scalars())
    query = select(steps.levering_id, steps.houder, steps.moment).where(steps.stap == "vastgelegd")
    loaded: dict[str, datetime] = {}
    for row in connection.execute(query):
        if row.houder not in replays:
            at = as_utc(row.moment)
            loaded[row.levering_id] = max(at, loaded.get(row.levering_id, at))
    committed = select(LEVERING.c.levering_id, LEVERING.c.bron_id, LEVERING.c.afgerond_op).where(
        LEVERING.c.status.not_in(("bezig", "ingetrokken")), LEVERING.c.afgerond_op.is_not(None)
    )
    return sorted(
        (row.bron_id, row.levering_id)
        for row in connection.execute(committed)
        if loaded.get(row.levering_id, as_utc(row.afgerond_op)) < moment
    )
