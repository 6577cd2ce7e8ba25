"""Transactions on the ledger that outlive a database that is away for a while.

A transaction is a function of a connection. It may run more than once: a connection that breaks
during a commit does not tell whether the commit was done, so every function given here leaves the
same state when it is run again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from ingest.errors import IzaError, LedgerError, StorageError
from ingest.ledger.opening import WRITES, make_engine, sqlite_file, update_layout

log = logging.getLogger("iza.grootboek")

Result = TypeVar("Result")

_FIRST_WAIT, _LONGEST_WAIT = 0.5, 5.0

#: Classes of SQLSTATE that pass by themselves: connection lost (08), server going down or coming
#: up (57P), no connection free (53300), a conflict between transactions (40).
_PASSING = ("08", "57P", "53300", "40")
_STARTING = ("starting up", "shutting down", "recovery", "too many", "not yet accepting")


class KeyInUseError(LedgerError):
    """Another worker wrote a row with the same key first."""


def _is_away(error: DBAPIError) -> bool:
    """Whether trying again can help: no connection, or a lock of another process."""
    if error.connection_invalidated:
        return True
    cause = error.orig
    name = getattr(cause, "sqlite_errorname", None)
    if name is not None:
        return bool(name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")))
    code = getattr(cause, "pgcode", None)
    if code is not None:
        return bool(code.startswith(_PASSING))
    text = str(cause)
    if "FATAL" in text:  # the server answered; most of its refusals are final
        return any(words in text for words in _STARTING)
    return "onnection" in text and "translate host name" not in text


def _is_full(error: DBAPIError) -> bool:
    name = getattr(error.orig, "sqlite_errorname", "")
    return name.startswith(("SQLITE_FULL", "SQLITE_IOERR")) or (
        getattr(error.orig, "pgcode", None) == "53100"
    )


def _cause(error: Exception) -> str:
    """What the driver says, in one line and without its links."""
    text = str(getattr(error, "orig", None) or error)
    return " ".join(text.split()).removeprefix("connection to server ") or type(error).__name__


class Runner:
    """Runs transactions on one ledger.

    Args:
        url: SQLAlchemy URL.
        patience: seconds to keep trying while the database is away or locked.
    """

    def __init__(self, url: str, patience: float) -> None:
        self._url = url
        self._patience = patience

    @cached_property
    def _engine(self) -> Engine:
        engine = make_engine(self._url)
        update_layout(engine)
        return engine

    def read(self, work: Callable[[Connection], Result]) -> Result:
        """Run ``work`` on one state of the ledger, whatever others commit meanwhile.

        Raises:
            LedgerError: the ledger cannot be read, also not after waiting.
        """
        return self._keep_trying(lambda: self._once(work, writes=False))

    def write(
        self, work: Callable[[Connection], Result], *, patience: float | None = None
    ) -> Result:
        """Run ``work`` in one transaction; see the module on running it more than once.

        Raises:
            KeyInUseError: a key is in use.
            LedgerError: the ledger cannot be written, also not after waiting.
            StorageError: the disk of the ledger is full.
        """
        return self._keep_trying(lambda: self._once(work, writes=True), patience)

    def _once(self, work: Callable[[Connection], Result], *, writes: bool) -> Result:
        options: dict[str, object] = {WRITES: writes}
        if not writes and self._engine.dialect.name == "postgresql":
            options["isolation_level"] = "REPEATABLE READ"
        with self._engine.connect() as plain:
            connection = plain.execution_options(**options)
            with connection.begin():
                return work(connection)

    def _keep_trying(self, once: Callable[[], Result], patience: float | None = None) -> Result:
        until = time.monotonic() + (self._patience if patience is None else patience)
        wait = _FIRST_WAIT
        waited = False
        while True:
            try:
                result = once()
            except IntegrityError as error:
                raise KeyInUseError(f"The ledger refused a change: {_cause(error)}") from error
            except DBAPIError as error:
                left = until - time.monotonic()
                if not _is_away(error) or left <= 0:
                    raise self._refusal(error) from error
                log.warning(
                    "The ledger does not answer (%s). Waiting, for at most %d seconds more; "
                    "nothing is lost.", _cause(error), max(1, left),
                )  # fmt: skip
                waited = True
                time.sleep(min(wait, max(left, 0.1)))
                wait = min(wait * 2, _LONGEST_WAIT)
            except (SQLAlchemyError, ModuleNotFoundError) as error:
                raise self._refusal(error) from error
            else:
                if waited:
                    log.warning("The ledger answers again.")
                return result

    def _refusal(self, error: Exception) -> IzaError:
        if isinstance(error, DBAPIError) and _is_full(error):
            return StorageError(
                f"The ledger cannot be written: {_cause(error)}. Make room on its disk and run the "
                "same command again; what was under way is redone."
            )
        file = sqlite_file(self._url)
        if file is not None and not file.parent.is_dir():
            return LedgerError(
                f"The ledger cannot be opened: there is no folder {file.parent}. Nothing was "
                "loaded there yet; set IZA_HOME to the folder you use, or begin with 'iza ingest'."
            )
        if "_engine" in self.__dict__:
            return LedgerError(f"The ledger refused a change: {_cause(error)}")
        return LedgerError(
            f"The ledger cannot be opened: {_cause(error)}. Check IZA_HOME and IZA_LEDGER_URL."
        )
