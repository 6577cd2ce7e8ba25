"""What fhir.resources says of one resource: the R4B models judge, and no value leaks.

A fault is told as the path of an element and a short sentence; the value that is wrong may
identify a person and never goes along. R4B (4.3.0) stands in for R4 (4.0.1), which has no models.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pydantic import ValidationError

from ingest.fhir.view.types import model

_MOST_FAULTS = 5
_ELEMENT = re.compile(r"[A-Za-z_]\w{0,63}")
_WORDS = (
    ("missing", "verplicht element ontbreekt"),
    ("extra_forbidden", "element bestaat niet in FHIR R4"),
    ("value_error", "waarde voldoet niet aan de regel voor dit element"),
    ("", "waarde heeft niet het type of formaat van dit element"),
)


class Item(NamedTuple):
    """A resource to judge."""

    record_nr: int
    naam: str
    tekst: str


class Wrong(NamedTuple):
    """One fault, of structure unless the reason says otherwise."""

    record_nr: int
    element: str
    toelichting: str
    reden_code: str = "FHIR-STRUCTUUR"


def element_path(naam: str, location: Iterable[int | str]) -> str:
    """The path of an element from the steps to it, without steps that are no element names."""
    path = naam
    for step in location:
        if isinstance(step, int):
            path += f"[{step}]"
        elif _ELEMENT.fullmatch(step):
            path += f".{step}"
    return path


def _words(kind: str) -> str:
    return next(words for prefix, words in _WORDS if kind.startswith(prefix))


def judge(item: Item) -> list[Wrong]:
    """Judge one resource.

    Args:
        item: its type is one the R4B models know.

    Returns:
        Its first faults; none when it is valid.
    """
    judged_by = model(item.naam)
    if judged_by is None:
        raise AssertionError(f"{item.naam} has no R4B model")
    try:
        judged_by.model_validate_json(item.tekst)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        faults = {
            Wrong(item.record_nr, element_path(item.naam, e["loc"]), _words(e["type"]))
            for e in found
        }
        return sorted(faults)[:_MOST_FAULTS]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        # what the models trip over instead of judging, such as a contained resource of no type
        return [Wrong(item.record_nr, item.naam, _words(""))]
    return []
