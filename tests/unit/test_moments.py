"""Days and moments at the door are those of the Netherlands; inside they are in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.errors import UsageError
from ingest.moments import read_moment, show_moment

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20", "2026-11-20T22:59:59.999999+00:00"),
        ("2026-07-01", "2026-07-01T21:59:59.999999+00:00"),
        ("2026-03-29", "2026-03-29T21:59:59.999999+00:00"),  # a day of 23 hours
        ("2026-10-25", "2026-10-25T22:59:59.999999+00:00"),  # a day of 25 hours
        (" 2026-11-26 ", "2026-11-26T22:59:59.999999+00:00"),  # today: what is known by now
        ("2026-11-20T14:00", "2026-11-20T13:00:00+00:00"),
        ("2026-07-01 14:00:05", "2026-07-01T12:00:05+00:00"),
        ("2026-11-20T14:00Z", "2026-11-20T14:00:00+00:00"),
        ("2026-10-25T02:30+01:00", "2026-10-25T01:30:00+00:00"),
    ],
)
def test_a_day_ends_and_a_moment_is_in_the_netherlands(text: str, expected: str) -> None:
    assert read_moment(text, "--as-of", now=NOW).isoformat() == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("20-11-2026", "no day or moment; write a day"),
        ("2026-02-30", "no day or moment"),
        ("gisteren", "no day or moment"),
        ("2026-W48-1", "no day or moment"),
        ("9999-12-31", "no day or moment"),
        ("", "no day or moment"),
        ("2026-11-27", "still to come"),
        ("2026-11-26T13:01", "still to come"),
        ("2026-10-25T02:30", "write it with its zone"),  # twice
        ("2026-03-29T02:30", "write it with its zone"),  # not at all
    ],
)
def test_what_is_no_moment_that_has_been_is_wrong_use(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as error:
        read_moment(text, "--as-of", now=NOW)
    assert text in str(error.value)


def test_a_moment_is_shown_as_it_was_meant() -> None:
    assert show_moment(read_moment("2026-11-20", "", now=NOW)) == "2026-11-20 23:59:59 CET"
