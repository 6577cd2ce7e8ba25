"""Declaration messages by the million: those of a demo region, repeated under other invoices.

Every copy of a message has an invoice number of its own, so it is another message with another
key; the rest is what the writers of the demo region made of it, planted faults included.
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from synthetic.region import write_region

_FACTUUR = slice(80, 92)  # element 0116, the same place in every standard
_KOP = re.compile(rb"^01", re.MULTILINE)
_ASCII = bytes(octet if octet < 0x80 else ord("x") for octet in range(256))


@dataclass(frozen=True)
class Bestanden:
    """Messages of one standard, as files in a folder.

    Attributes:
        standaard: standard and version.
        folder: where they are.
        records: lines in all of them.
        megabytes: their size, in millions of bytes.
        encoding: what the engine has to be told about them.
    """

    standaard: str
    folder: Path
    records: int
    megabytes: float
    encoding: str

    @property
    def files(self) -> list[Path]:
        """The files, in order."""
        return sorted(self.folder.iterdir())


def region(personen: int, bronnen: dict[str, str]) -> dict[str, bytes]:
    """All messages of one year of a region, by standard.

    Args:
        personen: size of the region.
        bronnen: the source whose messages are taken, by standard.
    """
    with tempfile.TemporaryDirectory() as folder:
        write_region(personen, 1, Path(folder), progress=lambda _line: None)
        return {
            standaard: b"".join(
                file.read_bytes() for file in sorted((Path(folder) / bron / "2023").iterdir())
            )
            for standaard, bron in bronnen.items()
        }


def _renumbered(messages: bytearray, heads: list[int], copy: int) -> bytes:
    """The same messages under other invoice numbers, in place."""
    for number, head in enumerate(heads):
        invoice = b"%05d%07d" % (copy, number)
        messages[head + _FACTUUR.start : head + _FACTUUR.stop] = invoice
    return bytes(messages)


def write_copies(
    standaard: str, messages: bytes, records: int, folder: Path, *, ascii_only: bool = False
) -> Bestanden:
    """Write copies of messages until there are enough records, one file a copy.

    Args:
        standaard: their standard and version.
        messages: whole messages, latin-1.
        records: at least so many lines are written.
        folder: made here.
        ascii_only: with another letter in the place of every one with a diacritic, so that the
            engine can read the file as UTF-8, which it does much faster.
    """
    folder.mkdir(parents=True)
    template = bytearray(messages.translate(_ASCII) if ascii_only else messages)
    heads = [match.start() for match in _KOP.finditer(template)]
    each = template.count(b"\n")
    copies = -(-records // each)
    for copy in range(copies):
        path = folder / f"deel-{copy:05d}.asc"
        path.write_bytes(_renumbered(template, heads, copy))
    size = copies * len(template) / 1e6
    encoding = "utf-8" if ascii_only else "latin-1"
    return Bestanden(standaard, folder, copies * each, size, encoding)
