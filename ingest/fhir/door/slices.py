"""Where values begin and end in JSON text, so that each can be cut out as it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any


def _integer(digits: str) -> int | float:
    # Python refuses to read thousands of digits as an integer; JSON does not mind them.
    return int(digits) if len(digits) < 1_000 else float(digits)


_DECODER = json.JSONDecoder(parse_int=_integer)
_SPACE = re.compile(r"[ \t\r\n]*")


class Cursor:
    """A position in valid JSON text that moves over values one by one."""

    def __init__(self, text: str) -> None:
        """Stand at the first value."""
        self.text = text
        self.at = 0
        self.skip()

    def skip(self) -> None:
        """Move over white space."""
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def sees(self, character: str) -> bool:
        """Whether this character is next."""
        return self.text.startswith(character, self.at)

    def step(self, character: str) -> None:
        """Move over this character, which must be next, and the white space after it.

        Raises:
            JSONDecodeError: something else is next.
        """
        if not self.sees(character):
            raise json.JSONDecodeError(f"{character} expected", self.text, self.at)
        self.at += 1
        self.skip()

    def expect_more(self) -> None:
        """Refuse the end of a list here: a comma went before."""
        if self.sees("]"):
            raise json.JSONDecodeError("another item expected", self.text, self.at)

    def expect_end(self) -> None:
        """Refuse anything that follows."""
        if self.at < len(self.text):
            raise json.JSONDecodeError("the end expected", self.text, self.at)

    def value(self) -> Any:
        """Parse the value that begins here and move past it."""
        value, self.at = _DECODER.raw_decode(self.text, self.at)
        return value

    def _next(self) -> None:
        self.skip()
        if self.sees(","):
            self.at += 1
            self.skip()

    def each_key(self) -> Iterator[str]:
        """Keys of the object that begins here; who asks moves over the value of each."""
        self.at += 1
        self.skip()
        while not self.sees("}"):
            key = self.value()
            self.skip()
            self.at += 1
            self.skip()
            yield key
            self._next()
        self.at += 1

    def each_item(self) -> Iterator[None]:
        """Stops at every item of the list that begins here; who asks moves over the item."""
        self.at += 1
        self.skip()
        while not self.sees("]"):
            yield
            self._next()
        self.at += 1


def sequence(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each value in a text of values one after another.

    Yields:
        Begin and end, in order.

    Raises:
        JSONDecodeError: what comes next is no value.
        RecursionError: a value is nested too deep.
    """
    cursor = Cursor(text)
    while cursor.at < len(text):
        begin = cursor.at
        cursor.value()
        yield begin, cursor.at
        cursor.skip()


def items(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each item of the list that a text is.

    Yields:
        Begin and end, in order.

    Raises:
        JSONDecodeError: what comes next is no item, or something follows the list.
        RecursionError: an item is nested too deep.
    """
    cursor = Cursor(text)
    cursor.step("[")
    while not cursor.sees("]"):
        begin = cursor.at
        cursor.value()
        yield begin, cursor.at
        cursor.skip()
        if not cursor.sees("]"):
            cursor.step(",")
            cursor.expect_more()
    cursor.step("]")
    cursor.expect_end()
