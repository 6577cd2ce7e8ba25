"""Finds direct identifiers in a table, by the names of its columns and by their values."""

from __future__ import annotations

import tomllib
from math import comb, erfc, sqrt
from pathlib import Path

import duckdb

from ingest.pseudonym import bsn_valid

_FILE = Path(__file__).with_name("herkenning.toml")
_NINE_DIGITS = "(?:^|[^0-9])([0-9]{9})(?:[^0-9]|$)"
_EXACT = 500  # above this many numbers the normal approximation is used


def find_identifiers(con: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """Look for direct identifiers.

    Args:
        con: connection that knows the table.
        table: table or view to look at.

    Returns:
        One sentence a finding, naming the column; empty when there is none.
    """
    signs = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    columns = con.execute(f"select column_name, column_type from (describe {table})").fetchall()
    findings = []
    for naam, dtype in columns:
        words = [word for word in signs["kolomnamen"] if f"_{word}_" in f"_{naam.lower()}_"]
        if words:
            findings.append(f"column {naam} has the name of a direct identifier ('{words[0]}')")
            continue
        if dtype == "VARCHAR":
            findings += [
                f"column {naam} holds values that look like a {sign['naam']}"
                for sign in signs["waarde"]
                if _matches(con, table, naam, sign["patroon"])
            ]
        if dtype == "VARCHAR" or "INT" in dtype:
            numbers = _nine_digits(con, table, naam)
            if _looks_like_bsn(numbers, signs["bsn"]["kans"]):
                findings.append(f"column {naam} holds values that look like a BSN")
    return findings


def _matches(con: duckdb.DuckDBPyConnection, table: str, column: str, pattern: str) -> bool:
    found = con.execute(
        f'select count(*) from {table} where regexp_full_match("{column}", $patroon)',
        {"patroon": pattern},
    ).fetchone()
    return bool(found and found[0])


def _nine_digits(con: duckdb.DuckDBPyConnection, table: str, column: str) -> list[str]:
    """The distinct runs of exactly nine digits in a column."""
    rows = con.execute(
        f"""
        select distinct regexp_extract(cast("{column}" as varchar), $patroon, 1) as getal
        from {table}
        where regexp_matches(cast("{column}" as varchar), $patroon)
        order by getal
        """,
        {"patroon": _NINE_DIGITS},
    ).fetchall()
    return [row[0] for row in rows]


def _looks_like_bsn(numbers: list[str], kans: float) -> bool:
    """Whether more numbers pass the 11-proef than chance explains (one in eleven passes)."""
    passing = sum(bsn_valid(number) for number in numbers)
    return passing > 0 and _tail(len(numbers), passing) < kans


def _tail(trials: int, hits: int) -> float:
    """Chance of at least ``hits`` successes in ``trials`` draws of one in eleven."""
    if trials > _EXACT:
        deviation = (hits - trials / 11) / sqrt(trials * 10 / 121)
        return erfc(deviation / sqrt(2)) / 2
    below = sum(comb(trials, n) * 10 ** (trials - n) for n in range(hits))
    return 1.0 - below / 11**trials
