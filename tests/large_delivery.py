"""Large deliveries: those of a small demo region, repeated under other numbers.

Every copy has numbers of its own where the standard knows a record by them, so nothing is a
repetition of something else; the rest is what the writers of the region made of it, planted faults
included.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from synthetic.region import write_region

#: Element 0116, the number of the invoice: the same place in the head of every EI standard.
_INVOICE = slice(80, 92)
_HEAD = re.compile(rb"^01", re.MULTILINE)
#: The number of a FHIR resource ends behind these: its own, or that of one it refers to.
_FHIR_NUMBER = re.compile(rb'((?:"id":"|"reference":"[A-Z][A-Za-z]+/)[^"]+)')

Copy = Callable[[int], bytes]


def _messages(template: bytes) -> Copy:
    heads = [match.start() for match in _HEAD.finditer(template)]
    text = bytearray(template)

    def copy(number: int) -> bytes:
        for at, head in enumerate(heads):
            text[head + _INVOICE.start : head + _INVOICE.stop] = b"%05d%07d" % (number, at)
        return bytes(text)

    return copy


def _resources(template: bytes) -> Copy:
    parts = _FHIR_NUMBER.split(template)
    ending_in_a_number = [a + b for a, b in zip(parts[0:-1:2], parts[1::2], strict=True)]
    return lambda number: (b"-%05d" % number).join([*ending_in_a_number, parts[-1]])


def _rows(template: bytes) -> Copy:
    head, *rows = template.splitlines(keepends=True)

    def copy(number: int) -> bytes:
        mark = b"K%05d" % number
        return (head if number == 1 else b"") + mark + mark.join(rows)

    return copy


@dataclass(frozen=True)
class Kind:
    """What can be delivered in large.

    Attributes:
        bron: its source in the region.
        pattern: its files there; those in ``together`` become one.
        together: whether all files become one.
        copies: how a file is copied.
    """

    bron: str
    pattern: str
    together: bool
    copies: Callable[[bytes], Copy]


KINDS = {
    "HA304": Kind("declaraties-huisartsen", "HA304*.asc", True, _messages),
    "FHIR": Kind("fhir-ziekenhuizen", "*.ndjson", False, _resources),
    "register": Kind("register-ggz-wachttijden", "*.csv", False, _rows),
}


def write_large(kind: str, size: int, folder: Path, personen: int = 5_000) -> int:
    """Write a delivery of at least a size.

    Args:
        kind: one of ``KINDS``.
        size: bytes.
        folder: made here; the files of the delivery go into it.
        personen: size of the region that is repeated.

    Returns:
        The number of lines in its files.
    """
    what = KINDS[kind]
    with tempfile.TemporaryDirectory() as inbox:
        write_region(personen, 1, Path(inbox), progress=lambda _line: None)
        found = sorted((Path(inbox) / what.bron / "2024").glob(what.pattern))
        texts = {file.name: file.read_bytes() for file in found}
    if what.together:
        texts = {f"{kind}.asc": b"".join(texts.values())}
    folder.mkdir(parents=True)
    made = {folder / name: what.copies(text) for name, text in texts.items()}
    written = lines = number = 0
    while written < size:
        number += 1
        for file, copy in made.items():
            text = copy(number)
            with file.open("ab") as out:
                out.write(text)
            written += len(text)
            lines += text.count(b"\n")
    return lines
