"""Pieces of SVG whose places along the page are percentages, so that text keeps its size.

A picture as wide as the page, on a telephone or on paper, cannot scale its text along. So nothing
has a ``viewBox``: across, places are percentages; down, pixels. Colours come from the style of the
page, by class, so that they follow dark mode and print.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from ingest.terugkoppeling.html import Html

#: What a value of an attribute may be; a number is written without needless digits.
Waarde = str | int | float


def _plain(value: Waarde) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def mark(tag: str, *inhoud: str | Html | None, klasse: str = "", **places: Waarde) -> Html:
    """An element of a picture.

    Args:
        tag: its name.
        inhoud: texts, which are escaped, and elements.
        klasse: decides its colours.
        places: attributes; ``_`` in a name stands for ``-``.
    """
    written = "".join(
        f' {name.replace("_", "-")}="{escape(_plain(value))}"' for name, value in places.items()
    )
    return Html(tag, *inhoud, klasse=klasse, attributen=written)


def percent(share: float) -> str:
    """A place across, from a share of the width; held within the picture."""
    return f"{_plain(100 * min(1.0, max(0.0, share)))}%"


def text(x: str, y: int, words: str, klasse: str = "", anchor: str = "start") -> Html:
    """Words at a place; ``anchor`` is start, middle or end."""
    return mark("text", words, klasse=klasse, x=x, y=y, text_anchor=anchor)


def box(share_from: float, share_to: float, y: int, height: int, klasse: str) -> Html:
    """A bar between two places across; one that would not be seen gets the least width there is."""
    wide = max(share_to - share_from, 0.006)
    start = min(share_from, 1 - wide)
    return mark(
        "rect", klasse=klasse, x=percent(start), y=y, width=percent(wide), height=height
    )  # fmt: skip


def line(x1: float, y1: int, x2: float, y2: int, klasse: str) -> Html:
    """A line between two places."""
    return mark("line", klasse=klasse, x1=percent(x1), y1=y1, x2=percent(x2), y2=y2)


#: Shapes around the point they mark, apart without colour too.
_SHAPES = {
    "rond": '<circle r="6"/>',
    "ring": '<circle r="5"/>',
    "ruit": '<path d="M0 -6 L6 0 L0 6 L-6 0 Z"/>',
    "driehoek": '<path d="M0 -7 L7 6 L-7 6 Z"/>',
    "streep": '<path d="M0 -9 L0 9"/>',
}


class _Shape(Html):
    """A shape, drawn at the origin of a place of its own."""

    def __init__(self, vorm: str, klasse: str, x: str, y: int) -> None:
        super().__init__("svg")
        self._drawn = (
            f'<svg class="{escape(klasse)}" x="{x}" y="{y}" overflow="visible" width="1" '
            f'height="1">{_SHAPES[vorm]}</svg>\n'
        )

    def __str__(self) -> str:
        """The shape as text."""
        return self._drawn


def shape(vorm: str, share: float, y: int, klasse: str) -> Html:
    """A shape (rond, ring, ruit, driehoek, streep) whose middle is at a place."""
    return _Shape(vorm, klasse, percent(share), y)


@dataclass(frozen=True)
class Sleutel:
    """One entry of a legend: a shape or ``vlak``, its class and its words."""

    vorm: str
    klasse: str
    woorden: str


def legend(sleutels: list[Sleutel]) -> Html:
    """What shapes and colours mean."""
    entries = []
    for key in sleutels:
        drawn = (
            mark("rect", klasse=key.klasse, x=1, y=2, width=14, height=12)
            if key.vorm == "vlak"
            else _Shape(key.vorm, key.klasse, "8", 8)
        )
        icon = Html("svg", drawn, attributen=' width="16" height="16" aria-hidden="true"')
        entries.append(Html("li", icon, key.woorden))
    return Html("ul", *entries, klasse="legenda")


def picture(naam: str, titel: str, beschrijving: str, hoogte: int, delen: list[Html]) -> Html:
    """A picture with the words that stand for it.

    Args:
        naam: of the picture within the page; its words are found by it.
        titel: what it shows.
        beschrijving: what there is to see in it, for who does not see it.
        hoogte: in pixels.
        delen: what is drawn.
    """
    places = (
        f' id="{naam}" role="img" aria-labelledby="{naam}-titel {naam}-uitleg" width="100%" '
        f'height="{hoogte}"'
    )
    return Html(
        "svg",
        mark("title", titel, id=f"{naam}-titel"),
        mark("desc", beschrijving, id=f"{naam}-uitleg"),
        *delen,
        klasse="beeld",
        attributen=places,
    )


def beside(
    titel: str, sleutels: list[Sleutel], drawn: Html, tabel: Html, *, klasse: str = ""
) -> Html:
    """A picture with its legend, and the table of its figures beside it (``onder``: below it)."""
    return Html(
        "figure",
        Html("figcaption", titel),
        Html("div", legend(sleutels) if sleutels else None, drawn, klasse="kijk"),
        tabel,
        klasse=klasse,
    )


#: Hatching for what must differ without colour, once a page.
PATTERNS = """\
<svg width="0" height="0" aria-hidden="true" focusable="false" class="patronen"><defs>\
<pattern id="p-fout" width="6" height="6" patternUnits="userSpaceOnUse" \
patternTransform="rotate(45)"><rect width="6" height="6" class="v-fout"/>\
<line x1="0" y1="0" x2="0" y2="6" class="s-vlak"/></pattern>\
<pattern id="p-dubbel" width="5" height="5" patternUnits="userSpaceOnUse">\
<rect width="5" height="5" class="v-dubbel"/><circle cx="2.5" cy="2.5" r="1" class="v-papier"/>\
</pattern></defs></svg>
"""
