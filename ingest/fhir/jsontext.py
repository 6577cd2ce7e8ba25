"""JSON text in which a number keeps the digits it was written with."""

from __future__ import annotations

import json
from typing import Any


class Digits(str):
    """A number as it was written."""

    __slots__ = ()


def json_text(value: Any) -> str:
    """Write a value as JSON.

    Args:
        value: objects, lists, text, true, false, null; numbers as ``Digits``.

    Returns:
        The text, keys in the order they have.
    """
    if isinstance(value, Digits):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(k)}:{json_text(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(json_text, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
