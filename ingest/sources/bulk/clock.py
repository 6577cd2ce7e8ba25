"""Waiting: what time it is, how long to wait, and when to give up."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol

import httpx

from ingest.errors import RemoteError

_SHORTEST_SECONDS = 1.0
_JITTER = 0.25


class Clock(Protocol):
    """Time as an export sees it; tests bring one that does not really wait."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


def retry_after(response: httpx.Response, now: datetime) -> float | None:
    """Seconds that a server asks to wait, given in seconds or as an HTTP date.

    A date is compared with the ``Date`` of the same answer, so two clocks that differ do no harm.

    Returns:
        The seconds, not below 0; None when the server asks nothing intelligible.
    """
    text = response.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    moment, sent = _http_date(text), _http_date(response.headers.get("Date", ""))
    if moment is None:
        return None
    return max(0.0, (moment - (sent or now)).total_seconds())


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Pace:
    """How an export waits.

    Attributes:
        clock: the time.
        first: seconds of the first wait when a server asks nothing; each next one doubles.
        longest: no wait of our own choice is longer, in seconds.
        deadline: seconds from now after which this run gives up.
        seed: text the jitter is drawn from, so that sources differ and a rerun does not.
    """

    clock: Clock
    first: float
    longest: float
    deadline: float
    seed: str = ""
    _begin: list[float] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self._begin.append(self.clock.monotonic())

    def backoff(self, attempt: int) -> float:
        """Seconds before attempt ``attempt`` (from 0): exponential, bounded, a quarter jittered."""
        plain = min(self.longest, self.first * 2.0 ** min(attempt, 30))
        drawn = hashlib.sha256(f"{self.seed}|{attempt}".encode()).digest()
        share = int.from_bytes(drawn[:8], "big") / 2**64
        return min(self.longest, plain * (1 - _JITTER + 2 * _JITTER * share))

    def seconds(self, response: httpx.Response | None, attempt: int) -> float:
        """Seconds to wait: what the server asks, or else our own back-off."""
        asked = None if response is None else retry_after(response, self.clock.now())
        if asked is None:
            return self.backoff(attempt)
        return max(asked, min(self.first, _SHORTEST_SECONDS))

    def wait(self, seconds: float) -> None:
        """Wait, unless the deadline of this run lies before the end of the wait.

        Raises:
            RemoteError: the deadline would pass; what was reached is kept for the next run.
        """
        left = self._begin[0] + self.deadline - self.clock.monotonic()
        if seconds > left:
            raise RemoteError(
                f"The server is not ready within {self.deadline / 3600:g} hours "
                f"(it takes {seconds:.0f} seconds more to ask again). Run the same command again "
                "to go on waiting, or raise limits.deadline_hours in the file of this source."
            )
        if seconds:
            self.clock.sleep(seconds)
