"""Pictures of numbers: bars that are divided, and bars that are compared."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.terugkoppeling.beeld.svg import Sleutel, box, picture, text
from ingest.terugkoppeling.html import Html, number

#: Height of a row of words, of a bar, of what lies between rows, and of a scale above them.
REGEL, STAAF, WIT, SCHAAL = 18, 14, 12, 26

UITKOMSTEN = [
    Sleutel("vlak", "v-goed", "geaccepteerd"),
    Sleutel("vlak", "v-weg", "geweigerd"),
    Sleutel("vlak", "v-twee", "dubbel, overgeslagen"),
]


def short(words: str, most: int) -> str:
    """Words cut to a length, at a space when there is one."""
    if len(words) <= most:
        return words
    cut = words[: most - 1]
    return cut[: cut.rfind(" ")] + " …" if " " in cut[most // 2 :] else cut + "…"


@dataclass(frozen=True)
class Verdeeld:
    """A row of divided bars: what it is, and its parts in the order of ``UITKOMSTEN``."""

    naam: str
    delen: tuple[int, int, int]


def _divided(rij: Verdeeld, y: int) -> list[Html]:
    total = sum(rij.delen)
    words = f"{number(rij.delen[0])} van {number(total)}"
    parts = [
        text("0", y + 12, short(rij.naam, 40), "naam"),
        text("100%", y + 12, words, "waarde", "end"),
    ]
    start = 0.0
    for count, key in zip(rij.delen, UITKOMSTEN, strict=True):
        if count:
            end = start + count / total
            parts.append(box(start, end, y + REGEL, STAAF, key.klasse))
            start = end
    return parts


def divided(naam: str, titel: str, rijen: list[Verdeeld]) -> Html:
    """Bars of one length, divided over accepted, refused and duplicate.

    A part that is there is seen, also when it is smaller than a bar can show; the table has it
    exactly.

    Args:
        naam: of the picture.
        titel: what it shows.
        rijen: one a bar; none of them empty.
    """
    step = REGEL + STAAF + WIT
    drawn = [part for n, rij in enumerate(rijen) for part in _divided(rij, n * step)]
    told = "; ".join(
        f"{rij.naam}: {number(rij.delen[0])} geaccepteerd, {number(rij.delen[1])} geweigerd, "
        f"{number(rij.delen[2])} dubbel"
        for rij in rijen
    )
    return picture(naam, titel, told + ".", len(rijen) * step, drawn)


@dataclass(frozen=True)
class Staaf:
    """A bar: its name, what it is about in words, and how long it is."""

    naam: str
    woorden: str
    aantal: int
    klasse: str = "v-weg"


def bars(naam: str, titel: str, rijen: list[Staaf]) -> Html:
    """Bars from one side, the longest as wide as the picture.

    Args:
        naam: of the picture.
        titel: what it shows.
        rijen: in the order of the picture.
    """
    step = 2 * REGEL + STAAF + WIT
    longest = max((rij.aantal for rij in rijen), default=1) or 1
    drawn = []
    for n, rij in enumerate(rijen):
        y = n * step
        drawn += [
            text("0", y + 12, rij.naam, "naam"),
            text("100%", y + 12, number(rij.aantal), "waarde", "end"),
            # the same words twice: as long as a wide page shows, and as long as a narrow one does
            text("0", y + 12 + REGEL, short(rij.woorden, 86), "bij"),
            text("0", y + 12 + REGEL, short(rij.woorden, 50), "kort"),
            box(0, rij.aantal / longest, y + 2 * REGEL, STAAF, rij.klasse),
        ]
    told = "; ".join(f"{rij.naam}: {number(rij.aantal)}" for rij in rijen)
    return picture(naam, titel, told + ".", len(rijen) * step, drawn)
