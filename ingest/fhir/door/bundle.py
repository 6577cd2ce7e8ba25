"""What is in a Bundle: resources, each as its own slice of the text, and deletions.

No digit of a decimal is lost, because nothing is parsed and written again. References that only
make sense inside the Bundle (``urn:uuid:…``, or the ``fullUrl`` of a server that does not end in
``Type/id``) are resolved to ``Type/id`` through the map of ``fullUrl``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.fhir.door.slices import Cursor

_REFERENCE = re.compile(r'("reference"\s*:\s*)("(?:[^"\\]|\\.)+")')
_UUID = re.compile(r"urn:(?:uuid|oid):([A-Za-z0-9.-]{1,64})")
_ID = re.compile(r"[\w.-]{1,64}")
_ADDRESS = re.compile(r"(?:.*/)?([A-Z][A-Za-z]{1,63}/[\w.-]{1,64})(?:/_history(?:/([\w.-]*))?)?")
_ETAG = re.compile(r'(?:W/)?"?([A-Za-z0-9.-]{1,64})"?')


#: A Bundle with more entries that hold nothing is no Bundle of a care system, but of a program
#: that went wrong or that wants to fill a memory; each of them takes some hundreds of bytes.
MAX_EMPTY = 10_000


class EmptyEntriesError(Exception):
    """A Bundle has too many entries that hold nothing; the message is in Dutch."""

    def __init__(self) -> None:
        """Say how many are too many."""
        super().__init__(f"de Bundle heeft meer dan {MAX_EMPTY} lege entries")


@dataclass(frozen=True)
class Verwijdering:
    """A deletion of a resource.

    Attributes:
        resource_ref: ``Type/id``; None when the entry does not name one resource.
        versie_id: version the deletion made, if it is told.
        verwijderd_op: when, if the entry or its Bundle tells.
    """

    resource_ref: str | None
    versie_id: str | None
    verwijderd_op: str | None


@dataclass(frozen=True)
class Entry:
    """One resource, or one deletion, of a Bundle.

    Attributes:
        nummer: place of its entry, counted from 1.
        tekst: its text as it stands in the Bundle; of a deletion that of the whole entry.
        inhoud: the same, parsed.
        te_lezen: its text with references resolved; None when there is nothing to resolve.
        verwijdering: the deletion; None for a resource.
        leeg: whether it holds nothing at all, which FHIR forbids (constraint bdl-5).
    """

    nummer: int
    tekst: str
    inhoud: dict[str, Any]
    te_lezen: str | None = None
    verwijdering: Verwijdering | None = None
    leeg: bool = False


@dataclass(frozen=True)
class Contents:
    """A Bundle taken apart.

    Attributes:
        entries: what it holds, in order.
        leeg: entries without a resource that are a request or response and delete nothing.
        adressen: ``fullUrl`` to ``Type/id``, also those of the Bundles around it.
    """

    entries: list[Entry]
    leeg: int
    adressen: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Found:
    nummer: int
    tekst: str
    waarden: dict[str, Any]
    resource_tekst: str | None

    @property
    def resource(self) -> dict[str, Any]:
        return self.waarden["resource"] if self.resource_tekst is not None else {}

    @property
    def empty(self) -> bool:
        asked = [self.waarden.get(key) for key in ("request", "response")]
        return self.resource_tekst is None and not any(isinstance(one, dict) for one in asked)

    @property
    def full_url(self) -> str | None:
        return _text(self.waarden, "fullUrl")

    @property
    def deletes(self) -> bool:
        return _text(self.waarden.get("request"), "method") == "DELETE"


def _text(values: Any, key: str) -> str | None:
    """The text under a key of an object; None when it is no object, or no text."""
    value = values.get(key) if isinstance(values, dict) else None
    return value if isinstance(value, str) and value else None


def _entry(cursor: Cursor, nummer: int) -> _Found:
    """The entry that begins here, with the slice of its resource if it has one."""
    begin, text = cursor.at, None
    if not cursor.sees("{"):
        cursor.value()
        return _Found(nummer, cursor.text[begin : cursor.at], {}, None)
    values: dict[str, Any] = {}
    for key in cursor.each_key():
        at = cursor.at
        values[key] = cursor.value()
        if key == "resource":
            text = cursor.text[at : cursor.at] if isinstance(values[key], dict) else None
    return _Found(nummer, cursor.text[begin : cursor.at], values, text)


def _entries(cursor: Cursor) -> list[_Found]:
    """The entries of the list that begins here."""
    found, empty = [], 0
    for number, _ in enumerate(cursor.each_item(), start=1):
        found.append(_entry(cursor, number))
        empty += found[-1].empty
        if empty > MAX_EMPTY:
            raise EmptyEntriesError
    return found


def _found(text: str) -> tuple[list[_Found], dict[str, Any]]:
    """The entries of a Bundle, and its other elements."""
    cursor, found, others = Cursor(text), [], {}
    for key in cursor.each_key():
        if key == "entry" and cursor.sees("["):
            found = _entries(cursor)
        else:
            others[key] = cursor.value()
    return found, others


def _identity(found: _Found) -> str | None:
    """The id of a resource; that of its ``urn:uuid:`` where it has none yet."""
    own = _text(found.resource, "id")
    match = None if own else _UUID.fullmatch(found.full_url or "")
    return match.group(1) if match else own


def _addresses(all_found: list[_Found]) -> dict[str, str]:
    """``fullUrl`` to ``Type/id``, for those that do not say so themselves."""
    addresses = {}
    for found in all_found:
        kind, identity = _text(found.resource, "resourceType"), _identity(found)
        if found.full_url and kind and _ID.fullmatch(identity or ""):
            reference = f"{kind}/{identity}"
            if found.full_url != reference and not found.full_url.endswith(f"/{reference}"):
                addresses[found.full_url] = reference
    return addresses


def _resolved(found: _Found, text: str, addresses: Mapping[str, str]) -> str | None:
    resolved = text
    if addresses:

        def put(match: re.Match[str]) -> str:
            written = match.group(2)
            meant = written[1:-1] if "\\" not in written else json.loads(written)
            return match.group(1) + (f'"{addresses[meant]}"' if meant in addresses else written)

        resolved = _REFERENCE.sub(put, resolved)
    identity = _identity(found)
    if identity and "id" not in found.resource:
        rest = resolved[1:].lstrip()
        comma = "" if rest.startswith("}") else ","
        resolved = f'{{"id":"{identity}"{comma}{rest}'
    return None if resolved == text else resolved


def _deletion(found: _Found, bundle: dict[str, Any]) -> Verwijdering:
    request, response = found.waarden.get("request"), found.waarden.get("response")
    named = (_text(request, "url"), found.full_url)
    matches = (_ADDRESS.fullmatch(url) for url in named if url)
    address = next((match for match in matches if match), None)
    etag = _ETAG.fullmatch(_text(response, "etag") or "")
    version = etag.group(1) if etag else address.group(2) if address else None
    return Verwijdering(
        resource_ref=address.group(1) if address else None,
        versie_id=version or None,
        verwijderd_op=_text(response, "lastModified")
        or _text(bundle.get("meta"), "lastUpdated")
        or _text(bundle, "timestamp"),
    )


def _parts(
    all_found: list[_Found], bundle: dict[str, Any], addresses: Mapping[str, str]
) -> Iterator[Entry]:
    for found in all_found:
        if found.deletes:
            deletion = _deletion(found, bundle)
            yield Entry(found.nummer, found.tekst, found.waarden, verwijdering=deletion)
        elif found.resource_tekst is not None:
            text = found.resource_tekst
            resolved = _resolved(found, text, addresses)
            yield Entry(found.nummer, text, found.resource, resolved)
        elif found.empty:
            yield Entry(found.nummer, found.tekst, {}, leeg=True)


def contents(text: str, around: Mapping[str, str] | None = None) -> Contents:
    """Take a Bundle apart.

    Args:
        text: a Bundle of any type, known to be valid JSON.
        around: addresses of the Bundles it is itself an entry of.

    Returns:
        Its resources, deletions and entries that hold nothing, in order. An entry whose request is
        DELETE is a deletion, also when it shows the resource that went. A Bundle within the Bundle
        is an entry like any other.

    Raises:
        RecursionError: it is nested too deep.
        EmptyEntriesError: too many of its entries hold nothing.
    """
    all_found, others = _found(text)
    addresses = dict(around or {}) | _addresses(all_found)
    found = list(_parts(all_found, others, addresses))
    return Contents(found, len(all_found) - len(found), addresses)


def entries(text: str) -> list[Entry]:
    """The resources of a Bundle, in order; entries without a resource give none.

    Args:
        text: a Bundle, known to be valid JSON.

    Returns:
        One entry a resource.
    """
    return [entry for entry in contents(text).entries if not (entry.verwijdering or entry.leeg)]


def _light(found: _Found) -> _Found:
    """An entry without its parsed content, but for what addresses are made of."""
    waarden = {key: found.waarden[key] for key in ("fullUrl", "request") if key in found.waarden}
    header = {key: found.resource[key] for key in ("resourceType", "id") if key in found.resource}
    return replace(found, tekst="", waarden=waarden | {"resource": header})


def resource_texts(text: str) -> Iterator[str]:
    """The texts to read of a Bundle, one at a time: of its content one entry is held.

    Args:
        text: a Bundle, known to be valid JSON; it may be hundreds of megabytes.

    Yields:
        The text of each resource in order, references resolved; deletions give none.
    """
    cursor, found = Cursor(text), []
    for key in cursor.each_key():
        if key == "entry" and cursor.sees("["):
            found = [_light(_entry(cursor, n)) for n, _ in enumerate(cursor.each_item(), start=1)]
        else:
            cursor.value()
    for entry in _parts(found, {}, _addresses(found)):
        if not (entry.verwijdering or entry.leeg):
            yield entry.te_lezen or entry.tekst
