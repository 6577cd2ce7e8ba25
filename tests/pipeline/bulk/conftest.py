"""Fixtures of the tests of the bulk client: a clock that does not wait, and a server with data."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bulk_server import BulkServer, TestClock
from tests.bulk_setup import deletions, many, patients


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def server(clock: TestClock) -> Iterator[BulkServer]:
    with BulkServer(clock=clock) as running:
        running.files = [patients("a", "b"), many(400), deletions("Patient/old")]
        yield running
