"""Days and moments as integers, and their texts by table look-up.

A day is a number of days since 1970-01-01, a moment a number of minutes of Dutch local time since
1970-01-01 00:00. Events happen between 07:00 and 22:00 local time, so the year of a moment is the
same in UTC and in Europe/Amsterdam.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

JAREN = (2023, 2024, 2025)
_EERSTE = int(np.datetime64("1900-01-01", "D").astype(int))
_DAGEN = np.arange(np.datetime64("1900-01-01"), np.datetime64("2031-01-01"))
_JAAR = (_DAGEN.astype("datetime64[Y]").astype(int) + 1970).astype(np.int64)
_ISO = _DAGEN.astype("S10")
_EI = np.char.replace(_ISO, b"-", b"").astype("S8")
_KLOK = np.array([f"{m // 60:02d}:{m % 60:02d}:00" for m in range(1440)], dtype="S8")


def day(text: str) -> int:
    """Number of a day written as ``2025-01-31``."""
    return int(np.datetime64(text, "D").astype(int))


def first_day(jaar: int) -> int:
    """Number of 1 January."""
    return day(f"{jaar}-01-01")


def last_day(jaar: int) -> int:
    """Number of 31 December."""
    return day(f"{jaar}-12-31")


def year(dagen: NDArray[np.int64]) -> NDArray[np.int64]:
    """Calendar year of each day."""
    return _JAAR[dagen - _EERSTE]


def iso(dagen: NDArray[np.int64]) -> NDArray[np.bytes_]:
    """Days as ``2025-01-31``."""
    return _ISO[dagen - _EERSTE]


def ei(dagen: NDArray[np.int64]) -> NDArray[np.bytes_]:
    """Days as ``20250131`` (EEJJMMDD)."""
    return _EI[dagen - _EERSTE]


def _offsets() -> NDArray[np.int64]:
    """Hours ahead of UTC per day: summer time from the last Sunday of March to that of October."""
    offset = np.ones(len(_DAGEN), dtype=np.int64)
    for jaar in range(2020, 2031):
        ends = [np.datetime64(f"{jaar}-{maand}-31") for maand in ("03", "10")]
        # 1970-01-04 was a Sunday, so a day number modulo 7 equal to 3 is a Sunday.
        sundays = [int(e.astype(int)) - (int(e.astype(int)) - 3) % 7 for e in ends]
        offset[sundays[0] - _EERSTE : sundays[1] - _EERSTE] = 2
    return offset


_OFFSET = _offsets()
_OFFSET_TEKST = np.array([b"", b"+01:00", b"+02:00"], dtype="S6")

Delen = list[bytes | NDArray[np.bytes_]]


def local_text(momenten: NDArray[np.int64]) -> Delen:
    """Parts of ``2025-01-31T10:15:00+01:00``, to be written side by side."""
    dagen = momenten // 1440
    zone = _OFFSET_TEKST[_OFFSET[dagen - _EERSTE]]
    return [iso(dagen), b"T", _KLOK[momenten % 1440], zone]


def utc_text(momenten: NDArray[np.int64]) -> Delen:
    """Parts of ``2025-01-31T09:15:00Z`` for moments given in local time."""
    utc = momenten - 60 * _OFFSET[momenten // 1440 - _EERSTE]
    return [iso(utc // 1440), b"T", _KLOK[utc % 1440], b"Z"]


def in_daytime(rng: np.random.Generator, dagen: NDArray[np.int64]) -> NDArray[np.int64]:
    """A moment between 07:00 and 18:00 on each day."""
    return dagen * 1440 + rng.integers(7 * 60, 18 * 60, size=len(dagen))
