"""The fast judge of structure: it accepts only what the reference surely accepts.

A schema compiled from the models of the reference is checked in native code, at about a
twentieth of the time. What it does not accept says nothing: the reference gives the verdict, and
the words. So the two can only differ where the fast judge is more lenient, which tests hunt for.
A text that may be nested as deep as the reference can read is read by its own parser, so that the
limit is the same; of two equal keys both keep the last. Decision 0009 has the measurements.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema_rs
import orjson
from pydantic_core import from_json

from ingest.fhir.validation.judge import element_path
from ingest.fhir.validation.shapes import definitions
from ingest.fhir.view.types import is_resource

_LINEAR = jsonschema_rs.RegexOptions()
#: The parser of the reference refuses 200 levels; fewer brackets cannot be nested as deep.
_SURELY_SHALLOW = 200


@cache
def _validator(type_name: str) -> Any:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": f"#/$defs/{type_name}",
        "$defs": definitions(type_name),
    }
    return jsonschema_rs.validator_for(schema, pattern_options=_LINEAR)


def parse(tekst: str) -> Any | None:
    """The content of a text, or None when it is no JSON."""
    try:
        if tekst.count("{") + tekst.count("[") < _SURELY_SHALLOW:
            return orjson.loads(tekst)
        return from_json(tekst, allow_inf_nan=False, cache_strings="keys")
    except ValueError:
        return None


def surely_valid(naam: str, inhoud: Any) -> bool:
    """Whether the reference accepts this content, as far as can be seen fast.

    Args:
        naam: a resource type.
        inhoud: what ``parse`` made of its text.

    Returns:
        True when it is valid; False when the reference has to look.
    """
    if not is_resource(naam):
        return False
    try:
        return bool(_validator(naam).is_valid(inhoud))
    except (ValueError, OverflowError, RecursionError):  # such as an integer of a thousand digits
        return False


def unknown_codes(naam: str, inhoud: Any) -> list[str]:
    """Where a resource that the reference accepts holds a code outside a required binding.

    Args:
        naam: its type.
        inhoud: its content.

    Returns:
        Paths of elements such as ``Observation.status``.
    """
    faults = _validator(naam).iter_errors(inhoud)
    return [
        element_path(naam, fault.instance_path) for fault in faults if fault.kind.name == "enum"
    ]
