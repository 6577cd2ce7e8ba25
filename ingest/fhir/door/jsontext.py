"""JSON text in which a number keeps the digits it was written with."""

from __future__ import annotations

import json
from typing import Any

import orjson


def digits(text: str) -> orjson.Fragment:
    """A number as it was written."""
    return orjson.Fragment(text)


def parsed(text: str) -> Any:
    """Parse valid JSON; numbers become ``digits``.

    Raises:
        RecursionError: it is nested too deep.
    """
    return json.loads(text, parse_float=digits, parse_int=digits)


def json_text(value: Any) -> str:
    """Write a value as JSON.

    Args:
        value: objects, lists, text, true, false, null; numbers as ``digits``.

    Returns:
        The text, keys in the order they have.

    Raises:
        RecursionError: it is nested deeper than some 250 levels.
    """
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError as error:
        raise RecursionError(str(error)) from error
