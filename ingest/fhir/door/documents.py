"""One document as raw texts: a resource, a JSON list of them, several one after another, or XML."""

from __future__ import annotations

import re
from json import JSONDecodeError
from typing import IO

import orjson

from ingest.fhir.door import texts
from ingest.fhir.door.slices import items, sequence
from ingest.fhir.door.texts import BLANK, Texts, UnreadableError, decoded, too_long
from ingest.fhir.door.xml import json_of_xml

#: A line that is an object by itself, in a file that is no NDJSON by its start.
WHOLE_LINE = re.compile(rb"(?m)^\{[^\n]*\}[ \t\r]*$")


def read_all(start: bytes, handle: IO[bytes]) -> bytes:
    """The rest of a stream.

    Raises:
        UnreadableError: it is longer than one text may be, or no line of it can be read and it
            holds more values than can be parsed.
    """
    parts, size, part = [start], len(start), start
    values, in_lines = 0, start.lstrip(BLANK)[:1] == b"<"
    while part:
        values += texts.values_in(part)
        in_lines = in_lines or WHOLE_LINE.search(part) is not None
        if values > texts.MAX_TEXT_VALUES and not in_lines:
            raise texts.crowded()
        part = handle.read(4 << 20)
        parts.append(part)
        size += len(part)
        if size > texts.MAX_TEXT_BYTES:
            raise too_long("a file that is no NDJSON", "een bestand dat geen NDJSON is")
    return b"".join(parts)


def _is_json(text: str) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def document_texts(bestand: str, raw: bytes) -> Texts:
    """The texts in the bytes of one document.

    A JSON list gives its items, with their number as place; values one after another (laid out
    over lines, or without a line between them) give one text each, with their first line as place,
    and what is left after the last whole one as a text of its own.

    Args:
        bestand: name of the file.
        raw: its bytes.

    Returns:
        Its texts; none when it is blank.

    Raises:
        UnreadableError: it is no JSON and no FHIR XML at all.
    """
    stripped = raw.strip(BLANK)
    if not stripped:
        return Texts(bestand, [], [])
    if stripped[:1] == b"<":
        return Texts(bestand, [1], [json_of_xml(stripped)], document=True)
    if texts.is_crowded(stripped):
        raise texts.crowded()
    if stripped[:1] not in (b"{", b"["):
        raise UnreadableError("the file holds no JSON", "het bestand bevat geen JSON")
    text = decoded(stripped)
    if stripped[:1] == b"[":
        return _items(bestand, text)
    if _is_json(text):
        return Texts(bestand, [1], [text], document=True)
    return _one_after_another(bestand, text, _line(decoded(raw), raw.index(stripped[:1])))


def _items(bestand: str, text: str) -> Texts:
    """The items of a list, and what is left where it is broken."""
    found, at, broken = [], 1, False
    try:
        for begin, at in items(text):
            found.append(text[begin:at])
    except (JSONDecodeError, RecursionError):
        rest, broken = text[at:].strip(), bool(found)
        found.append(rest if found else text)
    if not found:
        return Texts(bestand, [1], [text], document=True)
    places = list(range(1, len(found) + 1))
    return Texts(bestand, places, found, document=len(found) == 1, broken=broken)


def _one_after_another(bestand: str, text: str, first: int) -> Texts:
    regels, found, at, line, broken = [], [], 0, first, False
    try:
        for begin, end in sequence(text):
            line += text.count("\n", at, begin)
            regels.append(line)
            found.append(text[begin:end])
            line, at = line + text.count("\n", begin, end), end
    except (JSONDecodeError, RecursionError):
        rest, broken = text[at:], True
        begin = len(rest) - len(rest.lstrip())
        regels.append(line + rest.count("\n", 0, begin))
        found.append(rest.strip())
    return Texts(bestand, regels, found, document=len(found) == 1, broken=broken)
