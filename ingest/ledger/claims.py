"""Exclusive claims: two workers never load one delivery, also not on two machines.

A claim is a row whose primary key is the name of what is claimed. Its holder raises a counter
(``slag``) as long as it lives. Who waits watches that counter and takes over when it has stood
still for the whole term, counted by its own looks: no two clocks are compared, and a database that
was away is not held against the holder. On one machine a lock of the operating system tells at
once: who has that lock knows that a holder on the same machine is gone.

A holder that was taken over (a machine that was suspended, a network that was cut) finds out
before it puts anything in its place, and cannot commit: the commit asks for the claim.
"""

from __future__ import annotations

import fcntl
import logging
import os
import platform
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from ingest.durable import storage_faults
from ingest.errors import IzaError, LedgerError
from ingest.ledger.running import KeyInUseError, Runner
from ingest.ledger.tables import CLAIM

log = logging.getLogger("iza.grootboek")

_FIRST_LOOK, _LOOK = 0.05, 1.0  # seconds between two looks at a claim of another


@dataclass
class Claim:
    """A claim this process holds.

    Attributes:
        naam: what is claimed.
        houder: this attempt; every attempt has a name of its own.
        machine: where it runs.
        taken_over: the holder that was found dead, if there was one.
    """

    naam: str
    houder: str
    machine: str
    taken_over: str | None = None
    _lost: threading.Event = field(default_factory=threading.Event)
    _ended: threading.Event = field(default_factory=threading.Event)

    def check(self) -> None:
        """Make sure that nobody took over.

        Raises:
            LedgerError: another worker did, because this one was not heard of in time.
        """
        if self._lost.is_set():
            raise lost(self.naam)


def lost(naam: str) -> LedgerError:
    """The fault of a holder that another worker took over from."""
    return LedgerError(
        f"Another worker took {naam} over while this one was not heard of. Nothing of this attempt "
        "was made visible; 'iza status' shows what the other made of it."
    )


@contextmanager
def machine_lock(folder: Path, machine: str, naam: str) -> Iterator[None]:
    """Hold a name on this machine; another process waits. A killed process lets go by itself.

    Every machine has lock files of its own, so what the file system does with locks between
    machines does not matter.

    Raises:
        StorageError: the lock file cannot be made.
    """
    room = folder / sha256(machine.encode()).hexdigest()[:12]
    with storage_faults("The lock of a delivery cannot be made"):
        room.mkdir(parents=True, exist_ok=True)
        handle = os.open(room / f"{naam}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            log.warning("Another process on this machine is at work on %s; waiting for it.", naam)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def new_claim(naam: str, machine: str, locks: Path) -> Claim:
    """A claim that is not taken yet.

    Args:
        naam: what is claimed.
        machine: identity of this machine.
        locks: folder of its lock files; holders with other lock files are not known to be gone.

    Returns:
        The claim, with a holder of its own.
    """
    houder = f"{platform.node()[:60]}:{os.getpid()}:{uuid4().hex[:12]}"
    place = locks.stat()
    return Claim(naam, houder, f"{machine[:80]}:{place.st_dev}:{place.st_ino}")


def _look(connection: Connection, claim: Claim) -> tuple[str, str, int] | None:
    """Take a free claim; else who has it: holder, machine, counter."""
    query = select(CLAIM.c.houder, CLAIM.c.machine, CLAIM.c.slag).where(CLAIM.c.naam == claim.naam)
    found = connection.execute(query).one_or_none()
    if found is None:
        row = {"naam": claim.naam, "houder": claim.houder, "machine": claim.machine}
        now = datetime.now(UTC)
        connection.execute(insert(CLAIM).values(**row, slag=1, begonnen_op=now))
        return None
    return None if found[0] == claim.houder else (found[0], found[1], found[2])


def _take_over(connection: Connection, claim: Claim, found: tuple[str, str, int]) -> None:
    # Both conditions: of several that wait one gets it, and a holder that moves keeps it.
    where = (CLAIM.c.naam == claim.naam) & (CLAIM.c.houder == found[0]) & (CLAIM.c.slag == found[2])
    row = {"houder": claim.houder, "machine": claim.machine, "slag": found[2] + 1}
    connection.execute(update(CLAIM).where(where).values(**row, begonnen_op=datetime.now(UTC)))


def _acquire(runner: Runner, claim: Claim, term: float, *, patient: bool = True) -> None:
    seen: tuple[str, str, int] | None = None
    still, wait = 0.0, _FIRST_LOOK
    while True:
        try:
            found = runner.write(partial(_look, claim=claim))
        except KeyInUseError:  # another one was first, between our look and our row
            continue
        if found is None:
            return
        if found[1] == claim.machine or still >= term:
            runner.write(partial(_take_over, claim=claim, found=found))
            claim.taken_over = found[0]
            continue
        if not patient and seen is not None and found != seen:
            raise LedgerError(f"{claim.naam} is being worked on by {found[0]}; let it finish.")
        if seen is None:
            log.warning("%s is being loaded by %s; waiting for it.", claim.naam, found[0])
        still = still + wait if found == seen else 0.0
        wait = wait if seen is None else min(wait * 1.5, _LOOK)
        seen = found
        time.sleep(wait)


def _beat(runner: Runner, claim: Claim, term: float) -> None:
    where = (CLAIM.c.naam == claim.naam) & (CLAIM.c.houder == claim.houder)
    while not claim._ended.wait(term / 6):
        # A database that is away for a while is no reason to give up; the next beat finds out.
        with suppress(IzaError):
            beaten = runner.write(
                lambda c: c.execute(update(CLAIM).where(where).values(slag=CLAIM.c.slag + 1)),
                patience=0,
            )
            if beaten.rowcount == 0 and not claim._ended.is_set():
                claim._lost.set()
                return


def release(connection: Connection, claim: Claim) -> None:
    """Give a claim back, if it is still ours."""
    where = (CLAIM.c.naam == claim.naam) & (CLAIM.c.houder == claim.houder)
    connection.execute(delete(CLAIM).where(where))


def still_holds(connection: Connection, claim: Claim) -> bool:
    """Whether a claim is ours; until the end of the transaction nobody can take it over."""
    query = select(CLAIM.c.houder).where(CLAIM.c.naam == claim.naam).with_for_update()
    return connection.execute(query).scalar_one_or_none() == claim.houder


@contextmanager
def held(runner: Runner, claim: Claim, term: float, *, patient: bool = True) -> Iterator[Claim]:
    """Hold a claim; wait for a living holder, take over from a dead one.

    Args:
        runner: of the ledger.
        claim: as ``new_claim`` made it; this process has its ``machine_lock``.
        term: seconds without a sign of life after which a holder counts as dead.
        patient: wait for a living holder; else it is a fault, as soon as it shows that it lives.

    Yields:
        The claim, which beats by itself until it is given back.

    Raises:
        LedgerError: the ledger is away, or somebody else is at work and is not waited for.
    """
    _acquire(runner, claim, term, patient=patient)
    pulse = threading.Thread(target=_beat, args=(runner, claim, term), daemon=True)
    pulse.start()
    try:
        yield claim
    finally:
        claim._ended.set()
        # What cannot be given back now is taken over later.
        with suppress(IzaError):
            runner.write(lambda connection: release(connection, claim), patience=0)
        pulse.join(timeout=2)
