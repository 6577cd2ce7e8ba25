"""Which register a file is, by the names in its first line."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from schemas.registers import Register, RegisterKolom, registers

DELIMITERS = (";", ",", "\t", "|")
_LONGEST_HEADER = 100_000  # characters; what is longer names no columns

_LONGEST = 100_000

#: What a column name can look like; anything else in a first line may be data, and is not shown.
_NAME = re.compile(r"[A-Za-z][\w .()/%-]{0,59}")


@dataclass(frozen=True)
class Opmaak:
    """How the lines of a file are to be read as rows of a register.

    Attributes:
        register: the register.
        scheiding: sign between the fields.
        velden: number of fields in a line.
        plaats: position of each column that is there, from 1, by column of the raw table.
        gedraaid: position of each column that becomes rows, by the rest of its name.
        vast: value of the columns that are the same in every row.
        ontbreekt: mandatory columns that are not there.
        dubbel: columns that are there more than once.
        ongelezen: columns that are not read.
    """

    register: Register
    scheiding: str
    velden: int
    plaats: dict[str, int]
    gedraaid: dict[str, int]
    vast: dict[str, str]
    ontbreekt: tuple[str, ...]
    dubbel: tuple[str, ...]
    ongelezen: tuple[str, ...]

    @property
    def is_leesbaar(self) -> bool:
        """Whether rows can be read: every mandatory column is there, and none twice."""
        return not self.ontbreekt and not self.dubbel


def _plain(name: str) -> str:
    return re.sub(r"[\s_]+", "_", name.strip().lower())


def _fields(line: str, delimiter: str) -> list[str]:
    """The fields of a first line; none when it is certainly no header."""
    if len(line) > _LONGEST:
        return []
    if len(line) > _LONGEST_HEADER:
        return []
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def split_header(line: str, delimiter: str) -> list[str]:
    """The names in a header line, in plain form: lower case, one underscore between words."""
    return [_plain(name) for name in _fields(line, delimiter)]


def column_names(line: str) -> str:
    """The names in a header nobody knows, for the report; what is no name is left out."""
    fields = _fields(line, max(DELIMITERS, key=line.count))[:100]
    return ", ".join(f.strip() if _NAME.fullmatch(f.strip()) else "…" for f in fields)


def _position(kolom: RegisterKolom, names: list[str]) -> int | None:
    return next((names.index(n) + 1 for n in map(_plain, kolom.namen) if n in names), None)


def _year(register: Register, bestand: str, periode: str) -> str | None:
    """The year of a file that names it nowhere else: from its name, or of the delivery."""
    if register.jaar_uit_naam is None:
        return None
    found = re.search(register.jaar_uit_naam, PurePosixPath(bestand).name)
    if found:
        return found.group(1)
    return periode[:4] if re.match(r"\d{4}", periode) else None


def _read_as(register: Register, line: str, delimiter: str, bestand: str, periode: str) -> Opmaak:
    names = split_header(line, delimiter)
    places = {k.kolom: p for k in register.kolommen if (p := _position(k, names)) is not None}
    fixed = {k.kolom: k.vast for k in register.kolommen if k.vast and k.kolom not in places}
    turned: dict[str, int] = {}
    missing = [
        k.namen[0]
        for k in register.kolommen
        if k.verplicht and k.kolom not in places and k.kolom not in fixed
    ]
    if register.jaar_uit_naam and "jaar" not in places:
        if (year := _year(register, bestand, periode)) is None:
            missing.append("jaar")
        else:
            fixed["jaar"] = year
    if register.draaiing:
        start = register.draaiing.patroon
        turned = {n.removeprefix(start): i for i, n in enumerate(names, 1) if n.startswith(start)}
        if not turned:
            missing.append(f"{start}*")
    read = {*places.values(), *turned.values()}
    used = {names[place - 1] for place in read}
    twice = tuple(sorted(name for name in used if names.count(name) > 1))
    left = (n for i, n in enumerate(names, 1) if i not in read and n and n not in used)
    unread = tuple(n if _NAME.fullmatch(n) else "…" for n in dict.fromkeys(left))
    fields = len(names)
    return Opmaak(register, delimiter, fields, places, turned, fixed, tuple(missing), twice, unread)


def recognise(line: str, bestand: str, periode: str) -> Opmaak | None:
    """Find the register of a file.

    Args:
        line: its first line.
        bestand: its name, where some registers have their year.
        periode: period of the delivery, for a year that the name does not give.

    Returns:
        How to read it: the register that misses least, and of these the one that finds most. None
        when no register finds at least half of its mandatory columns.
    """
    candidates = [
        _read_as(register, line, delimiter, bestand, periode)
        for register in registers()
        for delimiter in DELIMITERS
    ]
    known = [c for c in candidates if c.plaats and 2 * len(c.ontbreekt) <= len(_mandatory(c))]
    return min(known, key=lambda c: (len(c.ontbreekt), -len(c.plaats)), default=None)


def _mandatory(opmaak: Opmaak) -> list[RegisterKolom]:
    return [kolom for kolom in opmaak.register.kolommen if kolom.verplicht]
