"""An export against a real server: every step of the standard, waits, and refusals."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

import pytest

from ingest.errors import RemoteError, RemoteRefusedError
from ingest.settings import Settings
from tests.bulk_server import Fault, Served, TestClock, ndjson, outcome
from tests.bulk_setup import (
    BRON,
    NAME,
    contents,
    delivered,
    run_export,
    write_source,
)


def test_an_export_of_the_whole_system(server, settings: Settings, clock) -> None:
    write_source(settings, server)
    exported = run_export(settings, clock)
    assert delivered(settings) == contents(server)
    assert exported.moment == "2026-01-10T08:00:00.123Z"
    assert [(f.naam, f.regels) for f in exported.files] == [
        ("Patient-0001.ndjson", 2), ("Patient-0002.ndjson", 400),
        ("deleted-20260110T080000123000Z-Bundle-0001.ndjson", 1),
    ]  # fmt: skip
    _, path, query, headers = server.asked[0]
    assert (path, query) == ("/fhir/$export", {})
    assert headers["accept"] == "application/fhir+json"
    assert headers["prefer"] == "respond-async"


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"level": "patient"}, "/fhir/Patient/$export"),
        ({"level": "group", "group": "all-1"}, "/fhir/Group/all-1/$export"),
    ],
)
def test_levels_and_parameters(server, settings: Settings, clock, given, path) -> None:
    more = {
        "types": ["Patient", "Condition"],
        "type_filters": ["Condition?category=a,b", "Patient?active=true"],
        "associated_data": ["LatestProvenanceResources"],
        "output_format": "application/fhir+ndjson",
    }
    write_source(settings, server, **given, **more)
    run_export(settings, clock, since="2026-01-10T08:00:00.123+01:00")
    assert server.asked[0][1] == path
    assert server.asked[0][2] == {
        "_type": "Patient,Condition",
        "_typeFilter": "Condition?category=a,b,Patient?active=true",
        "includeAssociatedData": "LatestProvenanceResources",
        "_outputFormat": "application/fhir+ndjson",
        "_since": "2026-01-10T08:00:00.123+01:00",
    }


def test_polling_waits_as_long_as_the_server_asks(server, settings: Settings, clock) -> None:
    later = format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=90), usegmt=True)
    server.faults["status"] = [
        Fault(202, {"Retry-After": "17", "X-Progress": "30 % [bold]of 999900006"}),
        Fault(202, {"Retry-After": later}),
        Fault(202), Fault(202), Fault(202),
        Fault(429, {"Retry-After": "40"}),
        Fault(503),
        Fault(500, body=ndjson(outcome("error", "transient"))),
    ]  # fmt: skip
    write_source(settings, server, limits="longest_wait_seconds = 15")
    told: list[str] = []
    run_export(settings, clock, told=told.append)
    asked, date, *own = clock.slept[:5]
    assert asked == 17
    assert 85 <= date <= 91
    assert own[0] < own[1] <= own[2] <= 15
    assert clock.slept[5] == 40
    assert "  30 % (bold)of (number); asking again in 17 s" in told


def test_back_off_doubles_to_its_ceiling_and_repeats_itself(server, settings, clock) -> None:
    write_source(settings, server, limits="longest_wait_seconds = 60")
    server.faults["status"] = [Fault(202)] * 12
    run_export(settings, clock)
    first, second = clock.slept, TestClock()
    assert all(0.75 * 2 * 2**n <= s <= 1.25 * 2 * 2**n for n, s in enumerate(first[:5]))
    assert max(first) == 60
    run_export(settings.model_copy(), clock)
    (settings.home / "ophalen" / BRON / "lopend" / "stand.json").unlink()
    server.faults["status"] = [Fault(202)] * 12
    run_export(settings, second)
    assert second.slept == first


def test_a_deadline_ends_the_run_and_the_next_one_goes_on(server, settings, clock) -> None:
    write_source(settings, server, limits="deadline_hours = 1")
    server.faults["status"] = [Fault(202, {"Retry-After": "1500"})] * 3
    with pytest.raises(RemoteError, match="not ready within 1 hours"):
        run_export(settings, clock)
    assert clock.slept == [1500, 1500]
    run_export(settings, clock)
    assert len(server.kickoffs) == 1
    assert delivered(settings) == contents(server)


def test_a_busy_server_is_asked_to_start_again(server, settings, clock) -> None:
    write_source(settings, server)
    server.faults["kickoff"] = [Fault(429, {"Retry-After": "7"}), Fault(503)]
    run_export(settings, clock)
    assert len(server.kickoffs) == 3
    assert clock.slept[0] == 7


def test_a_refused_start_is_told_in_words(server, settings, clock) -> None:
    write_source(settings, server)
    text = "Group all-1 is unknown, see https://x.nl/?secret=1 or Patient/123 born 1950-03-04"
    server.faults["kickoff"] = [Fault(400, body=ndjson(outcome("error", "not-found", text)))]
    with pytest.raises(RemoteRefusedError) as caught:
        run_export(settings, clock)
    told = str(caught.value)
    assert "error/not-found; Group all-1 is unknown, see (address) or (reference) born" in told
    assert "secret" not in told
    assert "1950" not in told
    assert len(server.kickoffs) == 1


def test_a_failed_export_is_told_without_its_text_and_started_anew(server, settings, clock) -> None:
    write_source(settings, server)
    body = ndjson(outcome("fatal", "processing", f"{NAME} has no identity"))
    server.faults["status"] = [Fault(500, body=body)]
    with pytest.raises(RemoteRefusedError, match="fatal/processing") as caught:
        run_export(settings, clock)
    assert NAME not in str(caught.value)
    run_export(settings, clock)
    assert len(server.kickoffs) == 2


def test_messages_are_kept_out_of_the_delivery(server, settings, clock) -> None:
    write_source(settings, server)
    server.files.append(Served("error", "OperationOutcome", ndjson(outcome("warning", "x"))))
    run_export(settings, clock)
    assert delivered(settings) == contents(server)
    kept = settings.home / "ophalen" / BRON / "lopend" / "meldingen"
    assert [f.name for f in kept.iterdir()] == ["error-OperationOutcome-0001.ndjson"]


def test_the_manifest_may_come_in_pages(server, settings, clock) -> None:
    write_source(settings, server)
    server.pages = True
    server.faults["status"] = [Fault(202), *[]]
    run_export(settings, clock)
    assert delivered(settings) == contents(server)
    assert len(server.paths("GET", "/status/")) == 4


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"transactionTime": "yesterday"}, "transactionTime is no instant"),
        ({"transactionTime": "2026-01-10T08:00:00"}, "transactionTime is no instant"),
        ({"requiresAccessToken": "perhaps"}, "requiresAccessToken: bool_parsing"),
        ({"output": [{"type": "../x", "url": "https://secret"}]}, "output.0.type: string_pattern"),
        ({"link": [{"relation": "next", "url": "/status/e1"}]}, "do not come to an end"),
        ({"output": [{"type": "Patient", "url": "http://example.org/x?sig=secret"}]},
         "not protected by TLS"),
        ({"output": [{"type": "Patient", "url": "ftp://127.0.0.1/x?sig=secret"}]},
         "not protected by TLS"),
        ({"output": [{"type": "Patient", "url": "http://[secret"}]}, "no address"),
    ],
)  # fmt: skip
def test_a_manifest_that_is_not_as_agreed(server, settings, clock, wrong, told) -> None:
    write_source(settings, server)
    server.extra_manifest = wrong
    with pytest.raises(RemoteRefusedError, match=told) as caught:
        run_export(settings, clock)
    assert "secret" not in str(caught.value)


def test_a_server_that_is_away(server, settings, clock) -> None:
    write_source(settings, server, limits="attempts = 3")
    server.base = "http://127.0.0.1:9"
    write_source(settings, server, limits="attempts = 3")
    with pytest.raises(RemoteError, match=r"127\.0\.0\.1 cannot be reached"):
        run_export(settings, clock)
    assert len(clock.slept) == 2


def test_another_question_cancels_the_export_under_way(server, settings, clock) -> None:
    write_source(settings, server, limits="deadline_hours = 0.001")
    server.faults["status"] = [Fault(202)] * 3
    with pytest.raises(RemoteError):
        run_export(settings, clock)
    write_source(settings, server, types=["Patient"])
    run_export(settings, clock)
    assert server.deleted == ["e1"]
    assert [q.get("_type") for q in server.kickoffs] == [None, "Patient"]
