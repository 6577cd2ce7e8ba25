"""A SIGTERM ends a command with a word and a code of its own, also in the middle of a long query.

Python handles a signal between two of its own steps, and one query of the engine is one step. So a
thread hears of the signal too, tells at once that the command stops, and ends the process when it
has not come to an end by itself in time. That is as safe as a kill is: nothing half is visible, and
the next run takes the claim over.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.commands.console import messages

TERMINATED = 143  # 128 + SIGTERM, as shells tell it

_GRACE_SECONDS = 5.0
_FROM_THE_START = "Stopped. What was under way is redone by the same command."
_WHERE_IT_WAS = "Stopped. The same command goes on where this one was."

_words = [_FROM_THE_START]
_stopped = threading.Event()


@contextmanager
def goes_on_where_it_was() -> Iterator[None]:
    """Tell who stops the command that nothing of it is redone."""
    _words.append(_WHERE_IT_WAS)
    try:
        yield
    finally:
        _words.pop()


def say_stopped() -> None:
    """Tell that the command was stopped, and what the same command will do."""
    messages.print(_words[-1])


def _raise(*_: object) -> None:
    if not _stopped.is_set():  # the second signal does not disturb what the first one cleans up
        _stopped.set()
        sys.exit(TERMINATED)


def _hear(signals: socket.socket) -> None:
    with signals:
        while heard := signals.recv(64):
            if signal.SIGTERM in heard:
                say_stopped()
                time.sleep(_GRACE_SECONDS)
                os._exit(TERMINATED)


@contextmanager
def told_when_stopped() -> Iterator[None]:
    """A SIGTERM within ends the process: cleaned up when there is time for that.

    What comes of it is ``SystemExit``, whatever the engine makes of a query that was broken off.
    """
    heard, told = socket.socketpair()
    told.setblocking(False)
    earlier = signal.signal(signal.SIGTERM, _raise)
    before = signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=_hear, args=(heard,), daemon=True).start()
    try:
        yield
    except Exception:
        if _stopped.is_set():
            sys.exit(TERMINATED)
        raise
    finally:
        signal.set_wakeup_fd(before)
        signal.signal(signal.SIGTERM, earlier)
        told.close()
