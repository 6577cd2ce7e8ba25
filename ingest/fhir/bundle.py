"""Resources out of a Bundle, each as its own slice of the text: no digit of a decimal is lost.

References that only make sense inside the Bundle (``urn:uuid:…``, or the ``fullUrl`` of a server
that does not end in ``Type/id``) are resolved to ``Type/id`` through the map of ``fullUrl``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.fhir.slices import Cursor

_REFERENCE = re.compile(r'("reference"\s*:\s*")([^"\\]+)(")')
_UUID = re.compile(r"urn:(?:uuid|oid):([A-Za-z0-9.-]{1,64})")
_ID = re.compile(r"[\w.-]{1,64}")


@dataclass(frozen=True)
class Entry:
    """One resource of a Bundle.

    Attributes:
        nummer: place of its entry, counted from 1.
        tekst: its text as it stands in the Bundle.
        inhoud: the same, parsed.
        te_lezen: its text with references resolved; None when there is nothing to resolve.
    """

    nummer: int
    tekst: str
    inhoud: dict[str, Any]
    te_lezen: str | None = None


@dataclass(frozen=True)
class _Found:
    nummer: int
    full_url: str | None
    tekst: str
    inhoud: dict[str, Any]


def _entry(cursor: Cursor, nummer: int) -> _Found | None:
    """The resource of the entry that begins here, if it has one."""
    if not cursor.sees("{"):
        cursor.value()
        return None
    full_url, text, content = None, None, None
    for key in cursor.each_key():
        begin = cursor.at
        value = cursor.value()
        if key == "fullUrl" and isinstance(value, str):
            full_url = value
        elif key == "resource" and isinstance(value, dict):
            text, content = cursor.text[begin : cursor.at], value
    if text is None or content is None:
        return None
    return _Found(nummer, full_url, text, content)


def _found(text: str) -> Iterator[_Found]:
    cursor = Cursor(text)
    for key in cursor.each_key():
        if key != "entry" or not cursor.sees("["):
            cursor.value()
            continue
        for nummer, _ in enumerate(cursor.each_item(), start=1):
            found = _entry(cursor, nummer)
            if found:
                yield found


def _identity(found: _Found) -> str | None:
    """The id of a resource; that of its ``urn:uuid:`` where it has none yet."""
    own = found.inhoud.get("id")
    if isinstance(own, str) and own:
        return own
    match = _UUID.fullmatch(found.full_url or "")
    return match.group(1) if match else None


def _addresses(all_found: list[_Found]) -> dict[str, str]:
    """``fullUrl`` to ``Type/id``, for those that do not say so themselves."""
    addresses = {}
    for found in all_found:
        kind, identity = found.inhoud.get("resourceType"), _identity(found)
        if found.full_url and isinstance(kind, str) and _ID.fullmatch(identity or ""):
            reference = f"{kind}/{identity}"
            if found.full_url != reference and not found.full_url.endswith(f"/{reference}"):
                addresses[found.full_url] = reference
    return addresses


def _resolved(found: _Found, addresses: dict[str, str]) -> str | None:
    text = found.tekst
    if addresses:
        text = _REFERENCE.sub(
            lambda m: m.group(1) + addresses.get(m.group(2), m.group(2)) + m.group(3), text
        )
    identity = _identity(found)
    if identity and "id" not in found.inhoud:
        text = f'{{"id":"{identity}",{text[1:]}'
    return None if text == found.tekst else text


def entries(text: str) -> list[Entry]:
    """The resources of a Bundle, in order; entries without a resource give none.

    Args:
        text: a Bundle, known to be valid JSON.

    Returns:
        One entry a resource. A Bundle within the Bundle is an entry like any other.
    """
    all_found = list(_found(text))
    addresses = _addresses(all_found)
    return [
        Entry(found.nummer, found.tekst, found.inhoud, _resolved(found, addresses))
        for found in all_found
    ]
