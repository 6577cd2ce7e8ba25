"""Files of an export that break, end early, expire or are not as promised, on a real server."""

from __future__ import annotations

import gzip

import pytest

from ingest.errors import RemoteError, RemoteRefusedError
from tests.bulk_server import Fault, Served
from tests.bulk_setup import (
    BRON,
    contents,
    deletions,
    delivered,
    many,
    patients,
    run_export,
    write_source,
)


@pytest.mark.parametrize("ranges", [True, False])
def test_a_connection_that_breaks_in_a_file(server, settings, clock, ranges) -> None:
    server.files[1].ranges = ranges
    server.faults["file"] = [Fault(), Fault(cut=900), Fault(500), Fault(503, {"Retry-After": "9"})]
    write_source(settings, server)
    run_export(settings, clock)
    assert delivered(settings) == contents(server)
    assert clock.slept[-1] == 9
    asked = [headers.get("range") for _, path, _, headers in server.asked if path.endswith("/1")]
    assert asked == ([None, *["bytes=900-"] * 3] if ranges else [None] * 4)


def test_a_half_file_of_other_content_is_fetched_anew(server, settings, clock) -> None:
    write_source(settings, server)

    def other(text: str) -> None:  # the file changes while we wait
        if "trying again" in text:
            server.files[1].content = many(401).content

    server.faults["file"] = [Fault(), Fault(cut=900)]
    server.files[1].count = None
    run_export(settings, clock, told=other)
    assert delivered(settings)["Patient-0002.ndjson"] == many(401).content


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_file_without_length_that_is_cut_off(server, settings, clock, gzipped) -> None:
    server.faults["file"] = [Fault(), Fault(cut=1000, unsized=True)]
    server.files[1].count = None  # so only the last line can tell
    write_source(settings, server, gzip=gzipped)
    run_export(settings, clock)
    assert delivered(settings) == contents(server)
    assert len(server.paths("GET", "/file/e1/1")) == 2
    sent = {h["accept-encoding"] for _, path, _, h in server.asked if path.startswith("/file")}
    assert sent == {"gzip" if gzipped else "identity"}


def test_a_file_that_is_always_cut_off_is_a_fault_that_can_be_gone_on_from(
    server, settings, clock
) -> None:
    write_source(settings, server, limits="attempts = 3")
    server.files[1].ranges = False
    server.faults["file"] = [Fault(), *[Fault(cut=1000)] * 3]
    with pytest.raises(RemoteError, match=r"127\.0\.0\.1 cannot be reached or does not end"):
        run_export(settings, clock)
    run_export(settings, clock)
    assert len(server.kickoffs) == 1
    assert len(server.paths("GET", "/file/e1/0")) == 1
    assert delivered(settings) == contents(server)


def test_a_gzip_file_is_unpacked_without_a_header(server, settings, clock) -> None:
    write_source(settings, server, gzip=False)
    plain = server.files[1].content
    server.files[1] = Served("output", "Patient", gzip.compress(plain), 400)
    run_export(settings, clock)
    assert delivered(settings)["Patient-0002.ndjson"] == plain


def test_a_wrong_count_is_a_fault_and_the_file_is_kept_apart(server, settings, clock) -> None:
    write_source(settings, server)
    server.files[1].count = 401
    with pytest.raises(RemoteRefusedError, match="holds 400 resources and the manifest promises"):
        run_export(settings, clock)
    assert len(server.paths("GET", "/file/e1/1")) == 2  # it was fetched once more first
    apart = settings.home / "ophalen" / BRON / "apart" / "Patient-0002.ndjson"
    assert apart.read_bytes() == server.files[1].content
    assert "Patient-0002.ndjson" not in delivered(settings)


def test_the_right_count_with_a_last_line_that_is_no_json_is_for_intake(
    server, settings, clock
) -> None:
    write_source(settings, server)
    server.files[0] = Served("output", "Patient", b'{"resourceType":"Patient"}\n{"resou', 2)
    run_export(settings, clock)
    assert delivered(settings)["Patient-0001.ndjson"].endswith(b'\n{"resou')


def test_empty_files_and_blank_lines_count_nothing(server, settings, clock) -> None:
    write_source(settings, server)
    server.files = [
        Served("output", "Patient", b"", 0),
        Served("output", "Patient", b"\n\r\n{}", 1),
    ]
    assert [f.regels for f in run_export(settings, clock).files] == [0, 1]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_an_expired_link_is_asked_again_of_the_same_export(server, settings, clock, status) -> None:
    write_source(settings, server)
    server.faults["file"] = [Fault(), Fault(status, expire_links=True)]
    run_export(settings, clock)
    assert delivered(settings) == contents(server)
    assert len(server.kickoffs) == 1
    assert len(server.paths("GET", "/status/")) == 2
    assert len(server.paths("GET", "/file/e1/0")) == 1  # what is in is not fetched again


def test_an_export_the_server_has_lost_is_asked_anew(server, settings, clock) -> None:
    write_source(settings, server)
    server.faults["file"] = [Fault(), Fault(404)]
    server.faults["status"] = [Fault(202), Fault(202)]
    told: list[str] = []

    def lose(text: str) -> None:
        told.append(text)
        if "expired" in text:
            server.deleted.append("e1")

    run_export(settings, clock, told=lose)
    assert len(server.kickoffs) == 2
    assert delivered(settings) == contents(server)
    assert any(
        "no longer gives this export (the export itself: status 404)" in text for text in told
    )


def test_a_server_that_loses_every_export_is_no_endless_loop(server, settings, clock) -> None:
    write_source(settings, server)
    server.faults["status"] = [Fault(404)] * 9
    with pytest.raises(RemoteError, match=r"nor those of a new one"):
        run_export(settings, clock)
    assert len(server.kickoffs) == 2


@pytest.mark.parametrize(("count", "right"), [(1, True), (3, True), (2, False)])
def test_deletions_may_be_counted_by_bundle_or_by_entry(
    server, settings, clock, count: int, right: bool
) -> None:
    write_source(settings, server)
    server.files[2] = deletions("Patient/a", "Patient/b", "Patient/c")
    server.files[2].count = count
    if right:
        assert run_export(settings, clock).files[2].regels == 1
    else:
        with pytest.raises(RemoteRefusedError, match="promises 2"):
            run_export(settings, clock)


def test_files_that_are_never_given_are_no_endless_loop(server, settings, clock) -> None:
    write_source(settings, server)
    server.faults["file"] = [Fault(403)] * 20
    with pytest.raises(RemoteError, match=r"Patient-0001.ndjson: status 403.*check the scope"):
        run_export(settings, clock)
    assert len(server.kickoffs) == 2
    assert server.deleted == ["e1", "e2"]


def test_a_manifest_that_keeps_changing_is_no_endless_loop(server, settings, clock) -> None:
    write_source(settings, server)
    server.faults["file"] = [Fault(), Fault(403)] * 20

    def change(text: str) -> None:
        if "expired" in text:
            for number, export in enumerate(server.exports.values()):
                export["moment"] = f"2026-01-{len(server.asked) % 20 + 10}T08:00:0{number}Z"

    with pytest.raises(RemoteError, match="its manifest keeps changing"):
        run_export(settings, clock, told=change)
    assert len(server.kickoffs) == 2


def test_new_addresses_of_another_content_start_the_files_anew(server, settings, clock) -> None:
    write_source(settings, server)
    server.faults["file"] = [Fault(), Fault(410)]

    def change(text: str) -> None:
        if "expired" in text:
            server.files[0] = patients("z")
            server.exports["e1"] |= {"moment": "2026-01-11T08:00:00Z", "files": server.files[:]}

    exported = run_export(settings, clock, told=change)
    assert exported.moment == "2026-01-11T08:00:00Z"
    assert delivered(settings)["Patient-0001.ndjson"] == patients("z").content
    assert len(server.kickoffs) == 1
