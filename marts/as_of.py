"""What the platform knew at a moment: the deliveries received by then (docs/decisions/0026)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from ingest.errors import BuildError, UsageError
from ingest.ledger import CommittedDelivery
from ingest.moments import dutch_day, read_moment, show_moment
from ingest.settings import Settings


@dataclass(frozen=True)
class AsOf:
    """A build of what was known at a moment, beside the current one.

    Attributes:
        moment: in UTC; deliveries received up to and including it take part, and definitions are
            accepted as they were on its day.
        serve: where an analyst's file of views over its marts goes; none when left out.
    """

    moment: datetime
    serve: Path | None = None

    @property
    def day(self) -> date:
        """The day of the moment in the Netherlands, on which definitions had to be accepted."""
        return dutch_day(self.moment)

    @property
    def name(self) -> str:
        """The moment as the name of a folder: the same for every way to write it."""
        return self.moment.strftime("%Y%m%dT%H%M%S.%fZ")


def read_as_of(text: str, settings: Settings, serve: Path | None = None) -> AsOf:
    """What ``--as-of`` and ``--serve`` ask for.

    Args:
        text: a day or a moment; see ``ingest.moments``.
        settings: says where the files of the current build are.
        serve: where the file of views goes.

    Returns:
        The moment and the place.

    Raises:
        UsageError: no moment, one to come, or a place that is taken.
    """
    moment = read_moment(text, "--as-of")
    if serve is not None:
        serve = serve.expanduser().resolve()
        if serve == settings.home.resolve() / "serving.duckdb" or serve.exists():
            raise UsageError(f"--serve {serve}: that file exists; name one that does not.")
        if not serve.parent.is_dir():
            raise UsageError(f"--serve {serve}: there is no folder {serve.parent}.")
    return AsOf(moment, serve)


def known_at(deliveries: Iterable[CommittedDelivery], moment: datetime) -> list[CommittedDelivery]:
    """The deliveries that the platform had received at a moment, in their order.

    Args:
        deliveries: what the ledger says is committed.
        moment: in UTC.

    Returns:
        Those received up to and including the moment.

    Raises:
        BuildError: none was.
    """
    received = [
        (delivery.ontvangen_op or datetime.max.replace(tzinfo=UTC), delivery)
        for delivery in deliveries
    ]
    known = [delivery for when, delivery in received if when <= moment]
    if known:
        return known
    if not received:
        raise BuildError("Nothing has been received yet; begin with 'iza ingest'.")
    first = min(when for when, _delivery in received)
    raise BuildError(
        f"Nothing had been received by {show_moment(moment)}; the first delivery came on "
        f"{show_moment(first)}. 'iza status' lists when each was received."
    )
