"""What a value of a FHIR primitive type may look like, as JSON Schema: a safe part of each.

Every format here is a part of what the reference judge accepts, never more: what falls outside (a
leap second, 29 February, a code with an accent, ``"true"`` for ``true``) is not wrong, it is left
to the reference. Keeping to plain ASCII classes makes the regular expressions mean the same in
every engine.
"""

from __future__ import annotations

from typing import Any

# Years and zones as in the FHIR R4 datatypes page; days that exist in every year.
_YEAR = r"(?:[0-9](?:[0-9](?:[0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)"
_MONTH = r"(?:0[1-9]|1[0-2])"
_MONTH_DAY = (
    r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    r"|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?"
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"

#: At least one character that no reader takes for white space.
_SOME_TEXT = r"[\t\n\r -~\u00a1-\u167f\u3001-\ud7ff]"

_SIX_BITS = "[A-Za-z0-9+/]"

_PATTERNS = {
    "string": _SOME_TEXT,
    "code": r"^[!-~]+(?: [!-~]+)*$",
    "id": r"^[A-Za-z0-9.-]{1,255}$",
    "oid": r"^urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+$",
    "base64Binary": rf"^(?:{_SIX_BITS}{{4}})*{_SIX_BITS}{{2}}(?:==|{_SIX_BITS}(?:=|{_SIX_BITS}))$",
    "date": rf"^{_YEAR}(?:-{_MONTH}|-{_MONTH_DAY})?$",
    "dateTime": rf"^{_YEAR}(?:-{_MONTH}|-{_MONTH_DAY}(?:T{_TIME}{_ZONE})?)?$",
    "instant": rf"^{_YEAR}-{_MONTH_DAY}T{_TIME}{_ZONE}$",
    "time": rf"^{_TIME}$",
}
_MOST = 2_147_483_647

FORMATS: dict[str, dict[str, Any]] = {
    name: {"type": "string", "pattern": pattern} for name, pattern in _PATTERNS.items()
} | {
    "uri": {"type": "string"},
    "canonical": {"type": "string"},
    "url": {"type": "string"},
    "markdown": {"type": "string"},
    "xhtml": {"type": "string"},
    "boolean": {"type": "boolean"},
    # a number too large for a double is read as infinite, which is no number here
    "decimal": {"type": "number"},
    "integer": {"type": "integer", "minimum": -_MOST - 1, "maximum": _MOST},
    "unsignedInt": {"type": "integer", "minimum": 0, "maximum": _MOST},
    "positiveInt": {"type": "integer", "minimum": 1, "maximum": _MOST},
}
#: Primitive types without a format here: an element of such a type is left to the reference.
LEFT_TO_REFERENCE = frozenset({"uuid", "integer64"})
