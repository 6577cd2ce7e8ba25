"""Damaged EI messages and registers, each made from its number alone.

A file begins as a whole file of a small demo region, is damaged in some ways, written in some
encoding, packed in some way, and perhaps damaged again. (``fhir_fuzz`` does so for FHIR, with an
independent count of resources.)
"""

from __future__ import annotations

import bz2
import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pyarrow as pa

from synthetic.region import write_region

_LARGEST = 12_000
_ENCODINGS = ("utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-be", "utf-32", "cp500")
_DELIMITERS = (b";", b",", b"\t", b"|", b":", b"\0")
_SIGNS = (b'"', b"'", b"\\", b"\0", b"\x1a", b"\xff", b"\r", b"\n", b"\x85", b"\xe2\x80\xa8", b"=")
_NAMES = (
    "a.asc",
    "a.csv",
    "a.txt",
    "a",
    "a.json",
    "a.xml",
    "a.zip",
    "a.gz",
    "x;y'z.csv",
    "b ë.ASC",
)
_MEMBERS = ("a.asc", "b.csv", "../c.asc", "/d.csv", "map/", "e.ndjson", "xl/f", "g.zip", "é.csv")

Step = Callable[[bytes, Random], bytes]


@dataclass(frozen=True)
class Seed:
    """A whole file, and the family it is of."""

    soort: str
    raw: bytes


@dataclass(frozen=True)
class Made:
    """A damaged file.

    Attributes:
        number: what it was made from.
        soort: the family it was of before.
        name: what it is called.
        raw: its bytes.
        plain: whether it still is text that nothing packed or recoded.
    """

    number: int
    soort: str
    name: str
    raw: bytes
    plain: bool


def seeds(folder: Path) -> list[Seed]:
    """One small file of every EI standard and of every register.

    Args:
        folder: a region is written here.
    """
    write_region(200, 3, folder, progress=lambda _line: None)
    found: dict[str, Seed] = {}
    for path in sorted(folder.glob("*/2025/*.asc"), key=lambda p: (p.stat().st_size, p.name)):
        key = path.name.split("_")[0] + ("-retour" if path.parts[-3].startswith("retour") else "")
        if path.stat().st_size <= _LARGEST:
            found.setdefault(key, Seed("declaratie", path.read_bytes()))
    for path in sorted(folder.glob("register-*/2025/*.csv")):
        lines = path.read_bytes().splitlines(keepends=True)[:20]
        found[path.name] = Seed("register", b"".join(lines))
    return list(found.values())


def _at(raw: bytes, random: Random) -> int:
    return random.randrange(len(raw) + 1)


def _put(raw: bytes, at: int, more: bytes, gone: int = 0) -> bytes:
    return raw[:at] + more + raw[at + gone :]


def _lines(change: Callable[[list[bytes], Random], list[bytes]]) -> Step:
    def step(raw: bytes, random: Random) -> bytes:
        lines = raw.splitlines(keepends=True)
        return b"".join(change(lines, random)) if lines else raw

    return step


def _repeat_line(lines: list[bytes], random: Random) -> list[bytes]:
    at = random.randrange(len(lines))
    return [*lines[:at], *[lines[at]] * random.choice((2, 3, 40)), *lines[at + 1 :]]


def _drop_lines(lines: list[bytes], random: Random) -> list[bytes]:
    at = random.randrange(len(lines))
    return lines[:at] + lines[at + random.choice((1, 2, 10)) :]


def _swap_lines(lines: list[bytes], random: Random) -> list[bytes]:
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def _head_again(lines: list[bytes], random: Random) -> list[bytes]:
    at = random.randrange(len(lines) + 1)
    return [*lines[:at], lines[0], *lines[at:]]


def _ends(lines: list[bytes], random: Random) -> list[bytes]:
    ends = random.choice(((b"\n",), (b"\r\n",), (b"\r",), (b"\n", b"\r\n", b"\r", b"\n\n", b"")))
    return [line.rstrip(b"\r\n") + random.choice(ends) for line in lines]


def _columns(lines: list[bytes], random: Random) -> list[bytes]:
    """A column more, less, twice or elsewhere, in the first line or in all."""
    first = random.random() < 0.5
    where = random.randrange(6)
    found = []
    for number, line in enumerate(lines):
        fields = line.rstrip(b"\r\n").split(b";")
        if number == 0 or not first:
            at = where % len(fields)
            fields = random.choice(
                ([*fields, fields[at]], fields[:at] + fields[at + 1 :], fields[::-1], fields * 2)
            )
        found.append(b";".join(fields) + b"\n")
    return found


def _flip(raw: bytes, random: Random) -> bytes:
    at = _at(raw, random)
    return _put(raw, at, random.randbytes(1), 1)


def _digits(raw: bytes, random: Random) -> bytes:
    at = _at(raw, random)
    return _put(raw, at, b"%d" % random.choice((0, 7, 99999999, -1)), 1)


def _sign(raw: bytes, random: Random) -> bytes:
    return _put(raw, _at(raw, random), random.choice(_SIGNS) * random.choice((1, 1, 2, 30)))


def _cut(raw: bytes, random: Random) -> bytes:
    return raw[: _at(raw, random)]


def _hole(raw: bytes, random: Random) -> bytes:
    return _put(raw, _at(raw, random), b"", random.choice((1, 5, 310, 1_000)))


def _again(raw: bytes, random: Random) -> bytes:
    begin = _at(raw, random)
    return _put(raw, _at(raw, random), raw[begin : begin + random.choice((3, 200, 2_000))])


def _delimiter(raw: bytes, random: Random) -> bytes:
    return raw.replace(b";", random.choice(_DELIMITERS))


def _long(raw: bytes, random: Random) -> bytes:
    return _put(raw, _at(raw, random), random.choice((b"x", b"1", b" ", b";")) * 150_000)


def _nothing(raw: bytes, random: Random) -> bytes:
    return random.choice((b"", b"\n", b"\r\n\r\n", b"\x1a", b"\xef\xbb\xbf", b" ", raw))


STEPS: tuple[Step, ...] = (
    _flip, _flip, _digits, _digits, _sign, _sign, _cut, _hole, _again, _delimiter, _long, _nothing,
    _lines(_repeat_line), _lines(_drop_lines), _lines(_swap_lines), _lines(_head_again),
    _lines(_ends), _lines(_columns),
)  # fmt: skip


def _recoded(raw: bytes, random: Random) -> bytes:
    return raw.decode("latin-1").encode(random.choice(_ENCODINGS), errors="replace")


def _zip(raw: bytes, random: Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", random.choice((0, zipfile.ZIP_DEFLATED))) as archive:
        for name in random.sample(_MEMBERS, random.choice((1, 1, 3))):
            archive.writestr(name, b"" if name.endswith("/") else raw)
    return made.getvalue()


def _tar(raw: bytes, _random: Random) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        info = tarfile.TarInfo("a.asc")
        info.size = len(raw)
        archive.addfile(info, io.BytesIO(raw))
    return made.getvalue()


PACKING: tuple[Step, ...] = (
    lambda raw, _: gzip.compress(raw, 1), lambda raw, _: gzip.compress(gzip.compress(raw, 1), 1),
    _zip, lambda raw, random: _zip(_zip(raw, random), random), _tar,
    lambda raw, random: gzip.compress(_zip(raw, random), 1),
    lambda raw, _: bz2.compress(raw, 1),
    lambda raw, _: pa.compress(raw, codec="zstd", asbytes=True),
    lambda raw, random: gzip.compress(raw, 1)[: random.randrange(1, 60)],
    lambda raw, _: gzip.compress(raw, 1) + b"and more",
    lambda _raw, random: random.randbytes(random.choice((1, 40, 3_000))),
)  # fmt: skip


def make(number: int, of: list[Seed]) -> Made:
    """The damaged file of a number."""
    random = Random(number)  # noqa: S311 - repeatable on purpose
    soort = random.choice(("declaratie", "register"))
    seed = random.choice([seed for seed in of if seed.soort == soort])
    raw, plain = seed.raw, True
    for _ in range(random.choice((0, 1, 1, 2, 4))):
        raw = random.choice(STEPS)(raw, random)
    if random.random() < 0.15:
        raw, plain = _recoded(raw, random), False
    if random.random() < 0.2:
        raw, plain = random.choice(PACKING)(raw, random), False
        if random.random() < 0.3:
            raw = random.choice((_flip, _cut, _hole, _sign))(raw, random)
    plain = plain and raw[:2] not in (b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b", b"PK")
    return Made(number, seed.soort, f"{number}-{random.choice(_NAMES)}", raw, plain)
