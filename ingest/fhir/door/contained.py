"""Contained resources: read within their parent, of which they are a part.

A contained resource has no life of its own: it is no record, has no key and goes when its parent
goes. What others need of it is brought to the reference that points at it (``#x``): its type, its
business identifier, and its code where the element may also hold a code.
"""

from __future__ import annotations

from typing import Any

from ingest.fhir.door.jsontext import json_text, parsed
from ingest.fhir.view.types import Choice, elements

#: Identifiers a reference is read by, BSN and AGB; the OID forms are unchecked [from memory].
_SYSTEMS = (
    "http://fhir.nl/fhir/NamingSystem/bsn",
    "http://fhir.nl/fhir/NamingSystem/agb-z",
    "urn:oid:2.16.840.1.113883.2.4.6.3",
    "urn:oid:2.16.840.1.113883.2.4.6.1",
)


def _identifier(resource: dict[str, Any]) -> dict[str, Any] | None:
    listed = resource.get("identifier")
    found = [i for i in (listed if isinstance(listed, list) else [listed]) if isinstance(i, dict)]
    known = (i for system in _SYSTEMS for i in found if i.get("system") == system)
    return next(known, found[0] if found else None)


def _target(value: Any, inside: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    reference = value.get("reference") if isinstance(value, dict) else None
    if not isinstance(reference, str) or not reference.startswith("#"):
        return None
    return inside.get(reference[1:])


def _complete(value: Any, inside: dict[str, dict[str, Any]]) -> None:
    """Bring type and identifier to every reference below a value."""
    if isinstance(value, list):
        for item in value:
            _complete(item, inside)
    elif isinstance(value, dict):
        target = _target(value, inside)
        if target is not None:
            value.setdefault("type", target.get("resourceType"))
            identifier = _identifier(target)
            if identifier is not None:
                value.setdefault("identifier", identifier)
        for below in value.values():
            _complete(below, inside)


def _codes(resource: dict[str, Any], inside: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Elements of the parent that may also be a code, with the code of what they refer to."""
    found = {}
    for element in elements(str(resource.get("resourceType"))).values():
        if not isinstance(element, Choice):
            continue
        coded, referred = element.of_type("CodeableConcept"), element.of_type("Reference")
        if coded and referred and coded.name not in resource:
            target = _target(resource.get(referred.name), inside)
            code = target.get("code") if target else None
            if isinstance(code, dict):
                found[coded.name] = code
    return found


def with_contained(text: str) -> str | None:
    """A resource with what its references to contained resources need.

    Args:
        text: a resource, known to be valid JSON.

    Returns:
        The text to read it by, every number with its own digits; None when it refers to none.
    """
    try:
        resource = parsed(text)
        listed = resource.get("contained")
        inside = {
            item["id"]: item
            for item in (listed if isinstance(listed, list) else [])
            if isinstance(item, dict) and isinstance(item.get("id"), str)
        }
        if not inside:
            return None
        parent = {k: v for k, v in resource.items() if k != "contained"}
        _complete(parent, inside)
        return json_text(parent | _codes(parent, inside) | {"contained": listed})
    except RecursionError:
        return None
