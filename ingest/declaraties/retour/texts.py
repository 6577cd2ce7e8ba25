"""The text of some records, read again from the delivered files, and how these were encoded."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

import numpy as np

from ingest.declaraties.stream import numbered_blocks
from ingest.errors import IzaError
from ingest.reading import Delivery
from ingest.textlines import open_texts, told_in_dutch
from ingest.unpacking import Unpacking

_CHUNK = 1 << 20


def texts_at(delivery: Delivery, numbers: np.ndarray) -> Iterator[tuple[int, str]]:
    """The text of some records.

    Args:
        delivery: its files, as they were when they were loaded.
        numbers: ``record_nr`` of each, ascending.

    Yields:
        (``record_nr``, text without line end), in order.
    """
    for first, block in numbered_blocks(delivery):
        low, high = np.searchsorted(numbers, [first, first + len(block.regels)])
        begins = block.begins
        for nr in numbers[low:high].tolist():
            at = nr - first
            yield nr, block.tekst[begins[at] : block.einden[at]].decode()
        if high == len(numbers):
            return


def _encoding(handle: IO[bytes]) -> str:
    """UTF-8 when all of it is; else windows-1252, or latin-1 where that has no character."""
    utf8, cp1252 = codecs.getincrementaldecoder("utf-8")(), codecs.getincrementaldecoder("cp1252")()
    fits = {"utf-8": True, "cp1252": True}
    while chunk := handle.read(_CHUNK):
        for name, decoder in (("utf-8", utf8), ("cp1252", cp1252)):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                fits[name] = False
    return next((name for name, fit in fits.items() if fit), "latin-1")


def encodings(delivery: Delivery) -> dict[str, str]:
    """How each text of a delivery was encoded, by the name its records are under.

    Args:
        delivery: its files; what cannot be read is left out.

    Returns:
        ``utf-8``, ``cp1252`` or ``latin-1`` by name.
    """
    found: dict[str, str] = {}
    unpacking = Unpacking(delivery.limits)
    for file in delivery.files:
        with suppress(OSError, IzaError):
            for name, handle in open_texts(file, unpacking):
                with told_in_dutch(file.name):
                    found[name] = _encoding(handle)
    return found


def encoded(text: str, encoding: str) -> bytes:
    """Text in the encoding of its sender; in UTF-8 when that has no place for a character."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8")
