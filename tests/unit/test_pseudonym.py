"""Pseudonyms: the SQL macro is HMAC, the key stays secret, the 11-proef agrees with itself."""

from __future__ import annotations

import hashlib
import hmac

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import SettingsError
from ingest.pseudonym import (
    BSN_VALID_SQL,
    PseudonymKey,
    bsn_valid,
    load_key,
    register_hmac,
    write_key,
)
from ingest.settings import Settings

CON = duckdb.connect()
CON.execute(BSN_VALID_SQL)


@settings(max_examples=60, deadline=None)
@given(key=st.binary(min_size=32, max_size=200), value=st.text(max_size=60))
def test_sql_macro_is_hmac_sha256(key: bytes, value: str) -> None:
    value = value.replace("\0", "")
    register_hmac(CON, PseudonymKey(key))
    found = CON.execute("select pseudoniem('persoon', ?)", [value]).fetchone()
    expected = hmac.new(key, f"persoon|{value}".encode(), hashlib.sha256).hexdigest()[:32]
    assert found == ("p" + expected,)
    assert PseudonymKey(key).pseudonym("persoon", value) == "p" + expected


def test_domains_do_not_meet() -> None:
    key = PseudonymKey(b"k" * 32)
    assert key.pseudonym("resource", "1")[1:] != key.pseudonym("verzekerde", "1")[1:]


@pytest.mark.parametrize("bsn", ["111222333", "600000291", "288902294", "999900006"])
def test_known_test_numbers_pass(bsn: str) -> None:
    assert bsn_valid(bsn)


@pytest.mark.parametrize("bsn", ["999999999", "000000000", "111222334", "11122233", "11122233x"])
def test_dummy_zero_and_wrong_numbers_fail(bsn: str) -> None:
    assert not bsn_valid(bsn)


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"[0-9a-z]{7,10}", fullmatch=True))
def test_sql_and_python_agree_on_the_11_proef(bsn: str) -> None:
    assert CON.execute("select bsn_geldig(?)", [bsn]).fetchone() == (bsn_valid(bsn),)


def test_key_never_shows(tmp_path) -> None:
    key = PseudonymKey(b"zeer-geheim-" * 4)
    assert "zeer-geheim" not in repr(key)
    assert "zeer-geheim" not in key.key_id


def test_missing_and_short_keys_say_what_to_do(tmp_path) -> None:
    with pytest.raises(SettingsError, match="iza key new"):
        load_key(Settings(home=tmp_path))
    with pytest.raises(SettingsError, match="32"):
        load_key(Settings(home=tmp_path, pseudonym_key="kort"))


def test_written_key_is_private_and_stays(tmp_path) -> None:
    home = Settings(home=tmp_path)
    file = write_key(home)
    first = file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    assert write_key(home).read_text() == first
    assert len(first) == 64
