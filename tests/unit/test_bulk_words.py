"""Small parts of the bulk client: waits, words of a server, keys, names of files, periods."""

from __future__ import annotations

import json

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import RemoteRefusedError, SettingsError
from ingest.sources.bulk.clock import Pace, retry_after
from ingest.sources.bulk.fetch import period_of
from ingest.sources.bulk.keys import read_key, thumbprint
from ingest.sources.bulk.manifest import merge, parse_manifest
from ingest.sources.bulk.plain import issues, outcome_text, plain
from ingest.sources.bulk.plan import plan
from tests.bulk_server import TestClock

DATE = "Wed, 21 Oct 2026 07:28:00 GMT"


def answer(**headers: str) -> httpx.Response:
    return httpx.Response(202, headers={k.replace("_", "-"): v for k, v in headers.items()})


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry_After": "120"}, 120),
        ({"Retry_After": " 0 "}, 0),
        ({"Retry_After": "Wed, 21 Oct 2026 07:29:30 GMT", "Date": DATE}, 90),
        ({"Retry_After": "Wed, 21 Oct 2026 07:00:00 GMT", "Date": DATE}, 0),
        ({"Retry_After": "Wednesday, 21-Oct-26 07:29:30 GMT", "Date": DATE}, 90),
        ({"Retry_After": "-5"}, None),
        ({"Retry_After": "1.5"}, None),
        ({"Retry_After": "soon"}, None),
        ({"Retry_After": "٣"}, None),
        ({}, None),
    ],
)
def test_what_a_server_asks_to_wait(headers, seconds) -> None:
    if "٣" in headers.get("Retry_After", ""):
        headers = {"Retry_After": headers["Retry_After"].encode()}
        response = httpx.Response(202, headers={"Retry-After": headers["Retry_After"]})
    else:
        response = answer(**headers)
    assert retry_after(response, TestClock().now()) == seconds


@pytest.mark.parametrize("attempt", [0, 1, 5, 6, 7, 5000])
@pytest.mark.parametrize("seed", ["", "fhir-huisartsen", "x"])
def test_back_off_is_bounded_and_repeats_itself(attempt: int, seed: str) -> None:
    pace = Pace(TestClock(), first=2, longest=120, deadline=60, seed=seed)
    seconds = pace.backoff(attempt)
    assert 1.5 <= seconds <= 120
    assert seconds == Pace(TestClock(), first=2, longest=120, deadline=9, seed=seed).backoff(
        attempt
    )


def test_a_server_that_asks_for_no_wait_is_not_hammered() -> None:
    pace = Pace(TestClock(), first=2, longest=120, deadline=60)
    assert pace.seconds(answer(Retry_After="0"), 0) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Resource Patient/12-ab is not there", "Resource (reference) is not there"),
        ("see https://x.nl/a?sig=b#c now", "see (address) now"),
        ("BSN 123456782, tel. 06-12345678", "BSN (number), tel. (number)"),
        ("born 1950-03-04 or 04-03-1950", "born (date) or (date)"),
        ("mail jan@example.nl", "mail (address)"),
        ("token eyJhbGciOiJFUzM4NCJ9abcdefghijkl123456", "token (long text)"),
        ("\x1b[31mred\x07 [/] \u202e", "(31mred (/)"),
        ("80 % of 12 files", "80 % of 12 files"),
    ],
)
def test_words_of_a_server_lose_what_identifies(text: str, told: str) -> None:
    assert plain(text) == told


def test_an_outcome_of_any_shape_is_told() -> None:
    wrong = [b"", b"[]", b"{}", b'{"resourceType":"OperationOutcome","issue":[1]}', b"\xff"]
    assert [issues(body) for body in wrong] == [[]] * 5
    body = {"resourceType": "OperationOutcome", "issue": [
        {"severity": "error", "code": "no code", "details": {"text": "why"}}, {"code": 3},
    ]}  # fmt: skip
    told = outcome_text(httpx.Response(400, json=body))
    assert told == "status 400, error/unknown, unknown/unknown; why"


@given(st.binary(max_size=60) | st.from_regex(rb'\{"(output|link)":.{0,20}\}'))
def test_no_manifest_is_a_traceback(body: bytes) -> None:
    with pytest.raises(RemoteRefusedError):
        parse_manifest(body, "https://x.nl/")


def page(moment: str, **more) -> bytes:
    return json.dumps({"transactionTime": moment, "requiresAccessToken": False, **more}).encode()


def test_pages_become_one_plan_and_the_earliest_moment_counts() -> None:
    first = page("2026-01-01T00:30:00+01:00", output=[{"type": "Patient", "url": "a"}])
    second = page(
        "2025-12-31T23:45:00Z",
        output=[{"type": "Patient", "url": "/b"}, {"url": "c"}],
        deleted=[{"url": "d"}],
        outcome=[{"url": "e", "count": 3}],  # the name of later versions
    )
    whole = merge([parse_manifest(body, "https://x.nl/q/s") for body in (first, second)])
    assert whole.transactionTime == "2026-01-01T00:30:00+01:00"
    assert [(f.kind, f.name, f.url) for f in plan(whole)] == [
        ("output", "Patient-0001.ndjson", "https://x.nl/q/a"),
        ("output", "Patient-0002.ndjson", "https://x.nl/b"),
        ("output", "Resource-0001.ndjson", "https://x.nl/q/c"),
        ("deleted", "deleted-20251231T233000000000Z-Bundle-0001.ndjson", "https://x.nl/q/d"),
        ("error", "error-OperationOutcome-0001.ndjson", "https://x.nl/q/e"),
    ]
    assert "https" not in repr(plan(whole))
    assert "https" not in repr(whole)


@pytest.mark.parametrize(
    ("kind", "period"), [("year", "2026"), ("quarter", "2026Q1"), ("month", "2026-01")]
)
def test_a_moment_lies_in_a_dutch_period(kind: str, period: str) -> None:
    assert period_of("2025-12-31T23:30:00Z", kind) == period


def test_the_name_of_a_key_is_its_thumbprint() -> None:
    """The example of RFC 7638, section 3.1."""
    modulus = (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCi"
        "FV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnY"
        "b9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0"
        "Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
    )  # fmt: skip
    jwk = {"kty": "RSA", "n": modulus, "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"}
    assert thumbprint(jwk) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


@pytest.mark.parametrize("kind", ["EC", "RSA"])
def test_a_pem_key_does_as_well(tmp_path, kind: str) -> None:
    key = (
        ec.generate_private_key(ec.SECP384R1())
        if kind == "EC"
        else rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    file = tmp_path / "key.pem"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    file.chmod(0o600)
    found = read_key(file, "mine")
    assert (found.algorithm, found.kid) == ({"EC": "ES384", "RSA": "RS384"}[kind], "mine")
    assert "private" not in repr(found)


@pytest.mark.parametrize("text", ["", "hush-hush", '{"kty":"oct","k":"aHVzaA"}', '{"kid":1}', "{"])
def test_what_is_no_key_is_not_quoted(tmp_path, text: str) -> None:
    file = tmp_path / "key"
    file.write_text(text)
    file.chmod(0o600)
    with pytest.raises(SettingsError, match="holds no private key that can be used") as caught:
        read_key(file)
    assert "hush" not in str(caught.value)
    assert caught.value.__cause__ is None
