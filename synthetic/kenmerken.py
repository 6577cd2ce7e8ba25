"""Identifiers of the demo region: BSNs, resource ids and postal codes.

BSNs pass the 11-proef and lie between 900000000 and 998999999. Numbers that are handed out do not
start with 9, and the test numbers of the Dutch authority for identity data begin with 9999
[from memory]; the range touches neither. 999999999 ("no BSN" in declarations) is outside it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.regels import hexadecimal

BSN_EERSTE = 900_000_000
BSN_LAATSTE = 998_999_999
_REEKS = (BSN_LAATSTE - BSN_EERSTE + 1) // 10  # number of first eight digits
_STAP = 6_180_341  # coprime with the number of prefixes, so the walk meets each prefix once
_RUIMTE = 8  # a block reserves 9/8 of its size: one prefix in eleven has no valid last digit
MAX_PERSONEN = 6_500_000
WLZ_EERSTE = MAX_PERSONEN + 25_000  # persons with a Wlz indication come behind those of the region
_MAX_NUMMERS = 7_500_000


def bsn_numbers(seed: int, eerste: int, aantal: int) -> NDArray[np.int64]:
    """BSNs of consecutive persons; every person of a region has another one.

    Args:
        seed: seed of the region; it moves the start of the walk.
        eerste: number of the first person, a multiple of the block size.
        aantal: number of persons.

    Returns:
        Valid numbers of nine digits, shape (aantal,).

    Raises:
        ValueError: the range has no room for so many persons.
    """
    limit = MAX_PERSONEN if eerste < WLZ_EERSTE else _MAX_NUMMERS
    if eerste + aantal > limit:
        raise ValueError(f"at most {MAX_PERSONEN:,} persons have a number in the range")
    begin = eerste + eerste // _RUIMTE
    steps = begin + np.arange(aantal + aantal // _RUIMTE + 16, dtype=np.int64)
    prefix = BSN_EERSTE // 10 + (seed % _REEKS + steps * _STAP) % _REEKS
    total = np.zeros(len(prefix), dtype=np.int64)
    rest = prefix.copy()
    for weight in (2, 3, 4, 5, 6, 7, 8, 9):
        rest, digit = np.divmod(rest, 10)
        total += weight * digit
    last = total % 11
    valid = (prefix * 10 + last)[last < 10]
    return valid[:aantal]


def invalid_bsn(bsn: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same numbers with another last digit, so that the 11-proef fails."""
    return bsn - bsn % 10 + (bsn % 10 + 1) % 10


def mixed(seed: int, soort: int, nummers: NDArray[np.integer]) -> NDArray[np.uint64]:
    """A one-to-one scramble of numbers, so that an id tells nothing about person or order.

    The finaliser of splitmix64 (public domain); ``soort`` keeps kinds of things apart.
    """
    start = np.uint64(0x9E3779B97F4A7C15 * (seed * 2 + 1) % 2**64)
    x = nummers.astype(np.uint64) | (np.uint64(soort) << np.uint64(56))
    x = x + start
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def resource_ids(seed: int, soort: int, nummers: NDArray[np.integer]) -> NDArray[np.bytes_]:
    """FHIR ids of sixteen hex digits."""
    return hexadecimal(mixed(seed, soort, nummers))
