"""Days and moments as people write them at the door: ``Europe/Amsterdam`` there, UTC inside."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ingest.errors import UsageError

NEDERLAND = ZoneInfo("Europe/Amsterdam")

_HOW = "write a day (2026-11-20) or a moment (2026-11-20T14:00, 2026-11-20T14:00+01:00)"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:")


def read_moment(text: str, option: str, *, now: datetime | None = None) -> datetime:
    """The moment that a person means.

    A day means its last moment in the Netherlands: what is known at the end of that day, or was
    received by then. A moment without a zone is one in the Netherlands.

    Args:
        text: a day or a moment in the forms of ISO 8601.
        option: what asked for it, named in the errors.
        now: the present; the clock's when left out.

    Returns:
        The moment, in UTC.

    Raises:
        UsageError: no day or moment, one that the clock passed twice or not at all, or one to come.
    """
    text = text.strip()
    now = now or datetime.now(UTC)
    try:
        begin, moment = _day(text) if _DAY.fullmatch(text) else _moment(text)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{option} {text}: that is no day or moment; {_HOW}.") from error
    if begin > now:
        raise UsageError(f"{option} {text} is still to come; name a day or moment that has been.")
    return moment


def _day(text: str) -> tuple[datetime, datetime]:
    day = date.fromisoformat(text)
    begin, end = (
        datetime.combine(each, time(), NEDERLAND).astimezone(UTC)
        for each in (day, day + timedelta(days=1))
    )
    return begin, end - timedelta(microseconds=1)


def _moment(text: str) -> tuple[datetime, datetime]:
    if not _MOMENT.match(text):
        raise ValueError(text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = _in_the_netherlands(moment, text)
    return moment.astimezone(UTC), moment.astimezone(UTC)


def _in_the_netherlands(moment: datetime, text: str) -> datetime:
    first, second = (moment.replace(tzinfo=NEDERLAND, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        raise UsageError(
            f"{text} is in the hour in which the clock is moved; write it with its zone, such as "
            f"{text}+01:00."
        )
    return first


def dutch_day(moment: datetime | None = None) -> date:
    """The day it is in the Netherlands.

    Args:
        moment: in UTC; the clock's when left out.

    Returns:
        The day.
    """
    return (moment or datetime.now(UTC)).astimezone(NEDERLAND).date()


def show_moment(moment: datetime) -> str:
    """A moment as people in the Netherlands read it, to the second, with its zone."""
    return moment.astimezone(NEDERLAND).strftime("%Y-%m-%d %H:%M:%S %Z")
