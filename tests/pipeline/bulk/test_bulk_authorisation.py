"""Who may talk to whom: certificates, signed assertions, tokens, and nothing secret in a log."""

from __future__ import annotations

import logging
import ssl
from pathlib import Path

import pytest

from ingest.errors import RemoteError, RemoteRefusedError, SettingsError
from ingest.settings import Settings
from tests.bulk_authority import make_authority
from tests.bulk_server import BulkServer, Fault
from tests.bulk_setup import (
    BRON,
    NAME,
    contents,
    delivered,
    patients,
    register_key,
    run_export,
    write_source,
)


def test_the_certificate_is_checked(settings: Settings, clock, tmp_path: Path) -> None:
    ca, context = make_authority(tmp_path)
    (tmp_path / "other").mkdir()
    other, _ = make_authority(tmp_path / "other")
    with BulkServer(context) as server:
        server.files = [patients("a")]
        for wrong in (None, other):
            write_source(settings, server, ca=wrong)
            with pytest.raises(RemoteRefusedError, match=r"certificate of 127\.0\.0\.1 is not"):
                run_export(settings, clock)
        assert server.asked == []
        named = server.base
        server.base = named.replace("127.0.0.1", "localhost")  # not in the certificate
        write_source(settings, server, ca=ca)
        with pytest.raises(RemoteRefusedError, match="certificate of localhost is not trusted"):
            run_export(settings, clock)
        server.base = named
        write_source(settings, server, ca=ca)
        run_export(settings, clock)
        assert len(delivered(settings)) == 1


def test_a_redirect_to_a_place_without_tls_is_not_followed(server, settings, clock) -> None:
    write_source(settings, server)
    server.faults["kickoff"] = [Fault(307, {"Location": "http://example.org/$export"})]
    with pytest.raises(RemoteRefusedError, match=r"address at example\.org is not protected"):
        run_export(settings, clock)


@pytest.mark.parametrize("algorithm", ["ES384", "RS384"])
def test_a_signed_assertion_opens_the_door(server, settings, clock, algorithm) -> None:
    key = register_key(server, settings.room("bulk") / "sleutel.jwk", algorithm)
    write_source(settings, server, client=True)
    run_export(settings, clock)
    assert delivered(settings) == contents(server)
    (header, claims), *more = server.assertions
    assert more == []  # one token was enough
    assert header == {"alg": algorithm, "typ": "JWT", "kid": key.kid}
    assert claims["aud"] == f"{server.root}/token"
    assert set(claims) == {"iss", "sub", "aud", "jti", "exp"}


def test_a_key_the_server_does_not_know_is_refused(server, settings, clock, tmp_path) -> None:
    register_key(server, settings.room("bulk") / "sleutel.jwk")
    register_key(server, tmp_path / "another.jwk")  # the server now knows this one alone
    server.jwks["iza"]["keys"][0]["kid"] = "same-name"
    write_source(settings, server, client=True)
    file = settings.home / "bulk" / f"{BRON}.toml"
    file.write_text(file.read_text() + 'kid = "same-name"\n')
    with pytest.raises(RemoteRefusedError, match=r"gives client 'iza' no token.*invalid_client"):
        run_export(settings, clock)
    assert server.refused_assertions == 1
    assert server.kickoffs == []


def test_an_algorithm_the_server_does_not_take(server, settings, clock) -> None:
    register_key(server, settings.room("bulk") / "sleutel.jwk")
    server.algorithms = ["RS384"]
    write_source(settings, server, client=True)
    with pytest.raises(RemoteRefusedError, match="no assertion signed with ES384"):
        run_export(settings, clock)


def test_tokens_are_renewed_before_they_end_and_when_they_are_refused(
    server, settings, clock
) -> None:
    register_key(server, settings.room("bulk") / "sleutel.jwk")
    write_source(settings, server, client=True)
    server.faults["status"] = [
        Fault(202, {"Retry-After": "280"}),  # 20 s before the end: shortly before expiry
        Fault(202, {"Retry-After": "10"}),
        Fault(expire_tokens=True),
    ]
    server.faults["file"] = [Fault(), Fault(expire_tokens=True), Fault(), Fault(expire_tokens=True)]
    run_export(settings, clock)
    assert delivered(settings) == contents(server)
    assert len(server.kickoffs) == 1
    assert len(server.given) == 5  # first, shortly before its end, and one for every refusal
    assert len(server.jtis) == 5
    assert len(server.paths("GET", "/status/")) == 4  # a new token needs no new addresses


def test_a_server_that_asks_a_token_we_have_not(server, settings, clock, tmp_path) -> None:
    register_key(server, tmp_path / "key.jwk")
    write_source(settings, server)
    with pytest.raises(RemoteRefusedError, match=r"add a \[client\] part"):
        run_export(settings, clock)


def test_signed_addresses_get_no_token(server, settings, clock) -> None:
    register_key(server, settings.room("bulk") / "sleutel.jwk")
    server.needs_token = False
    write_source(settings, server, client=True)
    run_export(settings, clock)
    sent = [h for _, path, _, h in server.asked if path.startswith("/file/")]
    assert len(sent) == 3
    assert not any("authorization" in headers for headers in sent)


def test_nothing_secret_is_logged_or_told(server, settings, clock, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.DEBUG)
    logging.getLogger("httpcore").setLevel(logging.DEBUG)
    register_key(server, settings.room("bulk") / "sleutel.jwk")
    write_source(settings, server, client=True)
    server.faults["file"] = [Fault(403, expire_links=True), Fault(500), Fault(cut=10)]
    told: list[str] = []
    run_export(settings, clock, told=told.append)
    text = caplog.text + "\n".join(told)
    assert "Patient-0001.ndjson" in text
    for secret in (*server.given, *server.links, NAME, "999900006", "sig=", "eyJ"):
        assert secret not in text


def test_work_in_progress_is_for_the_service_alone(server, settings, clock) -> None:
    write_source(settings, server)
    run_export(settings, clock)
    assert (settings.home / "ophalen").stat().st_mode & 0o077 == 0
    stand = settings.home / "ophalen" / BRON / "lopend" / "stand.json"
    assert stand.stat().st_mode & 0o077 == 0


def test_a_server_that_wants_to_see_our_certificate(settings, clock, tmp_path: Path) -> None:
    ca, context = make_authority(tmp_path)
    context.load_verify_locations(ca)
    context.verify_mode = ssl.CERT_REQUIRED
    ours = tmp_path / "server.pem"  # of the same authority, so it does for a client as well
    ours.chmod(0o644)
    with BulkServer(context) as server:
        server.files = [patients("a")]
        write_source(settings, server, ca=ca, limits="attempts = 1")
        with pytest.raises(RemoteError):
            run_export(settings, clock)
        write_source(settings, server, ca=ca, cert_file=str(ours))
        with pytest.raises(SettingsError, match="chmod 600"):
            run_export(settings, clock)
        ours.chmod(0o600)
        run_export(settings, clock)
        assert len(delivered(settings)) == 1
        ca.chmod(0o600)
        write_source(settings, server, ca=ca, cert_file=str(ca))  # a certificate without its key
        with pytest.raises(SettingsError, match="no certificate with its private key"):
            run_export(settings, clock)
