"""Keyed pseudonyms: HMAC-SHA-256 of an identifier, in Python and as DuckDB SQL.

A plain hash of a BSN is no pseudonym: all of some 91 million valid numbers can be hashed in
minutes. Every pseudonym is therefore keyed, carries a letter for what it stands for, and is cut to
128 bits. The key never reaches a log, a row or a manifest; ``key_id`` names it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.durable import storage_faults, write_new
from ingest.errors import SettingsError
from ingest.settings import Settings

_BLOK = 64  # block length of SHA-256 in bytes
DEMO_KEY = "demonstratie-sleutel-alleen-voor-verzonnen-personen-0123456789"

#: First letter of the pseudonyms of a domain; a digit-only value can then never be a BSN.
LETTER = {"persoon": "p"}


@dataclass(frozen=True)
class PseudonymKey:
    """The secret key. Its representation never shows it."""

    value: bytes

    def __repr__(self) -> str:
        return f"PseudonymKey(key_id={self.key_id})"

    @property
    def key_id(self) -> str:
        """Public name of the key: eight hex digits of an HMAC over a fixed text."""
        return hmac.digest(self.value, b"iza-spiegel/key-id", "sha256").hex()[:8]

    def pseudonym(self, domein: str, waarde: str) -> str:
        """Pseudonym of ``waarde`` within ``domein``: a letter and 32 hex digits."""
        text = f"{domein}|{waarde}".encode()
        return LETTER.get(domein, "s") + hmac.digest(self.value, text, "sha256").hex()[:32]


def load_key(settings: Settings) -> PseudonymKey:
    """Find the secret key.

    Args:
        settings: looked at are ``pseudonym_key``, ``pseudonym_key_file``, ``<home>/sleutel``.

    Returns:
        The key.

    Raises:
        SettingsError: no key, or one shorter than 32 characters.
    """
    if settings.pseudonym_key is not None:
        text = settings.pseudonym_key.get_secret_value()
    else:
        file = settings.pseudonym_key_file or settings.home / "sleutel"
        if not file.is_file():
            raise SettingsError(
                "There is no pseudonym key. Set IZA_PSEUDONYM_KEY or IZA_PSEUDONYM_KEY_FILE, or "
                f"make one with 'iza key new' (it writes {settings.home / 'sleutel'})."
            )
        text = file.read_text(encoding="utf-8").strip()
    if len(text) < 32:
        raise SettingsError("The pseudonym key is too short: at least 32 characters are needed.")
    return PseudonymKey(text.encode())


def write_key(settings: Settings, *, demo: bool = False) -> Path:
    """Write a key to ``<home>/sleutel``, readable by its owner alone, unless one is there.

    Args:
        settings: says where ``home`` is.
        demo: write the public demonstration key, so that a demo gives the same bytes everywhere.

    Returns:
        The path of the key file.

    Raises:
        StorageError: it cannot be written; there is then no key file, and never half of one.
    """
    file = settings.room(".") / "sleutel"
    if not file.exists():
        with storage_faults("The key file cannot be written"):
            write_new(file, (DEMO_KEY if demo else secrets.token_hex(32)).encode())
    return file


def register_hmac(con: duckdb.DuckDBPyConnection, key: PseudonymKey) -> None:
    """Make the SQL macro ``pseudoniem(domein, waarde)`` in this connection.

    It is HMAC-SHA-256 written out (RFC 2104) over DuckDB's ``sha256``; the two padded keys are
    session variables, so they are in no query text. Null stays null.

    Args:
        con: the connection of one delivery.
        key: the secret key.
    """
    block = key.value if len(key.value) <= _BLOK else hashlib.sha256(key.value).digest()
    block = block.ljust(_BLOK, b"\0")
    inner = bytes(byte ^ 0x36 for byte in block)
    outer = bytes(byte ^ 0x5C for byte in block)
    con.execute("set variable iza_inner = ?::blob", [inner])
    con.execute("set variable iza_outer = ?::blob", [outer])
    letters = " ".join(f"when '{domein}' then '{letter}'" for domein, letter in LETTER.items())
    con.execute(
        f"""
        create or replace macro pseudoniem(domein, waarde) as
            case domein {letters} else 's' end
            || left(sha256(getvariable('iza_outer') || unhex(sha256(
                getvariable('iza_inner') || encode(domein || '|' || waarde)))), 32)
        """
    )


def bsn_valid(bsn: str) -> bool:
    """Whether a BSN passes the 11-proef (nine digits, not all zero).

    Weights 9 8 7 6 5 4 3 2 -1; the sum is divisible by 11. 999999999 fails it: in declarations it
    means "no BSN".
    """
    if len(bsn) != 9 or not bsn.isdigit() or bsn == "000000000":
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, bsn, strict=True)) % 11 == 0


#: DuckDB macro with the same rule as ``bsn_valid``.
BSN_VALID_SQL = """
create or replace macro bsn_geldig(bsn) as
    regexp_full_match(bsn, '[0-9]{9}') and bsn <> '000000000' and coalesce((
        9 * try_cast(bsn[1] as integer)
        + 8 * try_cast(bsn[2] as integer)
        + 7 * try_cast(bsn[3] as integer)
        + 6 * try_cast(bsn[4] as integer)
        + 5 * try_cast(bsn[5] as integer)
        + 4 * try_cast(bsn[6] as integer)
        + 3 * try_cast(bsn[7] as integer)
        + 2 * try_cast(bsn[8] as integer)
        - try_cast(bsn[9] as integer)
    ) % 11 = 0, false)
"""
