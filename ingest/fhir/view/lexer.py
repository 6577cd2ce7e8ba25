"""From the text of a FHIRPath expression to tokens that know their position."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.errors import ViewError

_TOKEN = re.compile(
    r"""
      (?P<space>\s+|//[^\n]*|/\*.*?\*/)
    | (?P<datetime>@\d{4}(-\d{2}(-\d{2})?)?
        (T(\d{2}(:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}:\d{2})?)?)?)
    | (?P<time>@T\d{2}(:\d{2}(:\d{2}(\.\d+)?)?)?)
    | (?P<number>\d+(\.\d+)?)
    | (?P<string>'(?:[^'\\]|\\.)*')
    | (?P<constant>%(?:[A-Za-z_]\w*|`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*'))
    | (?P<special>\$[A-Za-z]+)
    | (?P<delimited>`(?:[^`\\]|\\.)*`)
    | (?P<name>[A-Za-z_]\w*)
    | (?P<symbol><=|>=|!=|!~|[=~<>+\-*/&|().,{}\[\]])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "f": "\f"}


@dataclass(frozen=True)
class Place:
    """Where an expression stands in a ViewDefinition; every fault is told with it.

    Attributes:
        path: path within the view, such as ``select[0].column[2].path``.
        expression: the FHIRPath expression itself.
    """

    path: str
    expression: str

    def fault(self, message: str, position: int) -> ViewError:
        """A fault at a position (counted from 0) in the expression."""
        return ViewError(f"{self.path}: '{self.expression}', position {position + 1}: {message}")


@dataclass(frozen=True)
class Token:
    """One token: its kind, its text without quotes and escapes, and where it begins."""

    kind: str
    text: str
    position: int


def unescape(text: str) -> str:
    """The characters a FHIRPath string or delimited name stands for."""

    def character(match: re.Match[str]) -> str:
        code = match.group(1)
        if len(code) == 5:
            return chr(int(code[1:], 16))
        return _ESCAPED.get(code, code)

    return _ESCAPE.sub(character, text)


def tokens(place: Place) -> list[Token]:
    """Cut an expression into tokens; the last one has kind ``end``.

    Args:
        place: the expression and where it stands.

    Raises:
        ViewError: a character that begins no token.
    """
    text, position, found = place.expression, 0, []
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise place.fault(f"'{text[position]}' is not understood here", position)
        kind = match.lastgroup or ""
        if kind != "space":
            found.append(Token(kind, _plain(kind, match.group(kind)), position))
        position = match.end()
    return [*found, Token("end", "", len(text))]


def _plain(kind: str, text: str) -> str:
    if kind in ("string", "delimited"):
        return unescape(text[1:-1])
    if kind == "constant":
        return unescape(text[2:-1]) if text[1] in "`'" else text[1:]
    return text
