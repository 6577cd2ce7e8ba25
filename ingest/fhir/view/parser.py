"""From tokens to a syntax tree: operator precedence as in the FHIRPath grammar."""

from __future__ import annotations

from ingest.fhir.view.lexer import Place, Token, tokens
from ingest.fhir.view.tree import (
    Binary,
    Call,
    ConstantUse,
    Index,
    Literal,
    Member,
    Nothing,
    Path,
    Position,
    Syntax,
    This,
    Unary,
)

#: How tightly a binary operator binds; a higher number binds tighter.
BINDING = {
    "implies": 1, "or": 2, "xor": 2, "and": 3, "in": 4, "contains": 4,
    "=": 5, "!=": 5, "~": 5, "!~": 5, "<": 6, ">": 6, "<=": 6, ">=": 6,
    "|": 7, "is": 8, "as": 8, "+": 9, "-": 9, "&": 9, "*": 10, "/": 10, "div": 10, "mod": 10,
}  # fmt: skip
_TIGHTEST = 11
_UNITS = frozenset({"year", "month", "week", "day", "hour", "minute", "second", "millisecond"})


class _Parser:
    def __init__(self, place: Place) -> None:
        self.place = place
        self.tokens = tokens(place)
        self.next = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.next]

    def take(self) -> Token:
        token = self.token
        self.next += 1
        return token

    def sees(self, symbol: str) -> bool:
        return self.token.kind == "symbol" and self.token.text == symbol

    def expect(self, symbol: str) -> Token:
        if not self.sees(symbol):
            what = self.token.text or "the end"
            raise self.place.fault(f"'{symbol}' expected, found '{what}'", self.token.position)
        return self.take()

    def operator(self) -> Token | None:
        """The binary operator that comes next, if any."""
        token = self.token
        if token.kind not in ("symbol", "name"):
            return None
        return token if token.text in BINDING else None

    def expression(self, binding: int = 0) -> Syntax:
        left = self.unary()
        while (operator := self.operator()) and BINDING[operator.text] > binding:
            self.take()
            right = self.expression(BINDING[operator.text])
            left = Binary(operator.position, operator.text, left, right)
        return left

    def unary(self) -> Syntax:
        if self.sees("+") or self.sees("-"):
            sign = self.take()
            return Unary(sign.position, sign.text, self.expression(_TIGHTEST))
        return self.postfix(self.term())

    def postfix(self, base: Syntax) -> Syntax:
        while True:
            if self.sees("."):
                self.take()
                base = self.invocation(base)
            elif self.sees("["):
                bracket = self.take()
                base = Index(bracket.position, base, self.expression())
                self.expect("]")
            else:
                return base

    def invocation(self, base: Syntax) -> Syntax:
        token = self.take()
        if token.kind not in ("name", "delimited"):
            raise self.place.fault("the name of an element or function expected", token.position)
        if not self.sees("("):
            return Member(token.position, base, token.text)
        self.take()
        arguments = []
        if not self.sees(")"):
            arguments.append(self.expression())
            while self.sees(","):
                self.take()
                arguments.append(self.expression())
        self.expect(")")
        return Call(token.position, base, token.text, tuple(arguments))

    def term(self) -> Syntax:
        token = self.token
        if token.kind == "symbol":
            return self.enclosed()
        if token.kind == "name" and token.text in ("true", "false"):
            return Literal(self.take().position, "boolean", token.text)
        if token.kind in ("name", "delimited"):
            return self.invocation(This(token.position))
        return self.value()

    def enclosed(self) -> Syntax:
        position = self.token.position
        if self.sees("{"):
            self.take()
            self.expect("}")
            return Nothing(position)
        self.expect("(")
        inside = self.expression()
        self.expect(")")
        return inside

    def value(self) -> Syntax:
        token = self.take()
        if token.kind == "string":
            return Literal(token.position, "string", token.text)
        if token.kind == "number":
            if self.token.kind == "string" or self.token.text.removesuffix("s") in _UNITS:
                raise self.place.fault("quantities are not supported", token.position)
            kind = "decimal" if "." in token.text else "integer"
            return Literal(token.position, kind, token.text)
        if token.kind == "datetime":
            kind = "dateTime" if "T" in token.text else "date"
            return Literal(token.position, kind, token.text[1:].removesuffix("T"))
        if token.kind == "time":
            return Literal(token.position, "time", token.text[2:])
        if token.kind == "constant":
            return ConstantUse(token.position, token.text)
        if token.kind == "special":
            return self.special(token)
        what = token.text or "the end"
        raise self.place.fault(f"an expression expected, found '{what}'", token.position)

    def special(self, token: Token) -> Syntax:
        if token.text == "$this":
            return This(token.position)
        if token.text == "$index":
            return Position(token.position)
        raise self.place.fault(f"'{token.text}' is not supported", token.position)


def parse(place: Place) -> Path:
    """Parse one FHIRPath expression.

    Args:
        place: the expression and where it stands in the view.

    Returns:
        The syntax tree.

    Raises:
        ViewError: the expression is malformed, or uses an operator that is not supported.
    """
    parser = _Parser(place)
    root = parser.expression()
    if parser.token.kind != "end":
        token = parser.token
        raise place.fault(f"'{token.text}' is not expected here", token.position)
    return Path(place, root)
