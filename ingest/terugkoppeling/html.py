"""Pieces of HTML: every text is escaped, numbers are written the Dutch way."""

from __future__ import annotations

import re
from decimal import Decimal
from html import escape

#: A number, a share or a difference as the page writes them.
_NUMBER = re.compile(r"[+−]?[0-9][0-9.]*(,[0-9]+)?%?")

#: A table of so many columns is not drawn out over the page.
_NARROW = 2


class Html:
    """An element with its contents.

    Args:
        tag: its name.
        inhoud: texts, which are escaped, and elements; None is left out.
        klasse: its class, if any.
        attributen: further attributes, ready to be written.
    """

    def __init__(
        self, tag: str, *inhoud: str | Html | None, klasse: str = "", attributen: str = ""
    ) -> None:
        self._tag, self._inhoud = tag, [part for part in inhoud if part is not None]
        self._attributes = (f' class="{escape(klasse)}"' if klasse else "") + attributen

    def __str__(self) -> str:
        """The element as text, ended by a line feed."""
        parts = "".join(str(p) if isinstance(p, Html) else escape(p) for p in self._inhoud)
        return f"<{self._tag}{self._attributes}>{parts}</{self._tag}>\n"


def number(value: int) -> str:
    """A whole number with points between thousands, such as ``12.345``."""
    return f"{value:,}".replace(",", ".")


def euro(amount: str) -> str:
    """An amount such as ``-1234.50`` as ``€ -1.234,50``."""
    text = f"{Decimal(amount):,.2f}"
    return "€ " + text.translate(str.maketrans(",.", ".,"))


def percentage(share: float, digits: int = 1) -> str:
    """A share such as ``0.0833`` as ``8,3%``."""
    return f"{100 * share:.{digits}f}".replace(".", ",") + "%"


def listing(facts: dict[str, str]) -> Html:
    """Names with their values."""
    pairs = [part for k, v in facts.items() for part in (Html("dt", k), Html("dd", v))]
    return Html("dl", *pairs)


def _is_number(text: str) -> bool:
    return text.startswith("€ ") or _NUMBER.fullmatch(text) is not None


def _row(cells: list[str]) -> Html:
    first = Html("th", cells[0], attributen=' scope="row"')
    rest = [Html("td", c, klasse="getal" if _is_number(c) else "") for c in cells[1:]]
    return Html("tr", first, *rest)


def table(caption: str, heads: list[str], rows: list[list[str]], *, total: bool = False) -> Html:
    """A table; its first column names the row.

    Args:
        caption: what it shows.
        heads: names of the columns.
        rows: cells as text; a number is set right.
        total: the last row is the total of those above it.
    """
    numeric = [bool(rows) and _is_number(rows[0][i]) for i in range(len(heads))]
    head = [
        Html("th", h, klasse="getal" if n else "", attributen=' scope="col"')
        for h, n in zip(heads, numeric, strict=True)
    ]
    body = rows[:-1] if total else rows
    return Html(
        "div",
        Html(
            "table",
            Html("caption", caption),
            Html("thead", Html("tr", *head)),
            Html("tbody", *(_row(cells) for cells in body)),
            Html("tfoot", _row(rows[-1])) if total else None,
        ),
        klasse="tabel smal" if len(heads) == _NARROW else "tabel",
        attributen=f' role="region" tabindex="0" aria-label="{escape(caption)}"',
    )
