"""The picture of a figure: its value and uncertainty, beside before, what was expected, a norm."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ingest.terugkoppeling.beeld.staven import REGEL, SCHAAL, STAAF, WIT, short
from ingest.terugkoppeling.beeld.svg import Sleutel, line, mark, percent, picture, shape, text
from ingest.terugkoppeling.html import Html

NU = Sleutel("rond", "v-nu", "uw cijfer, met de onzekerheid als streep (95%)")
VOOR = Sleutel("ring", "l-toen", "uw cijfer vóór deze bouw")
VERWACHT = Sleutel("streep", "l-verwacht", "wat bij uw patiënten te verwachten was")
NORM = Sleutel("ruit", "l-norm", "norm")


@dataclass(frozen=True)
class Punt:
    """A row of the picture; values that are not known, or not told, are None."""

    naam: str
    woorden: str
    nu: float | None
    laag: float | None
    hoog: float | None
    voor: float | None
    verwacht: float | None
    norm: float | None


@dataclass(frozen=True)
class As:
    """The range of the picture, and how its values are written."""

    van: float
    tot: float

    def place(self, value: float) -> float:
        """Where a value is across."""
        return 0.012 + 0.976 * (value - self.van) / (self.tot - self.van)


def axis(values: list[float], *, is_share: bool) -> As:
    """A range of round numbers that holds all values.

    Args:
        values: what must be in it.
        is_share: nothing lies below 0 or above 1.
    """
    low, high = min(values, default=0.0), max(values, default=1.0)
    span = max(high - low, abs(high) * 0.05, 1e-6)
    unit = 10 ** math.floor(math.log10(span))
    step = next(unit * m for m in (0.2, 0.5, 1, 2, 5) if span / (unit * m) <= 5)
    van, tot = math.floor(low / step - 0.25) * step, math.ceil(high / step + 0.25) * step
    if low >= 0:
        van = max(0.0, van)
    return As(van, min(1.0, tot) if is_share and high <= 1 else tot)


def _values(rij: Punt) -> list[float]:
    return [v for v in (rij.nu, rij.laag, rij.hoog, rij.voor, rij.verwacht, rij.norm)
            if v is not None]  # fmt: skip


def _row(rij: Punt, y: int, scale: As) -> list[Html]:
    middle = y + REGEL + 8
    drawn = [
        text("0", y + 12, short(rij.naam, 40), "naam"),
        text("100%", y + 12, rij.woorden, "waarde", "end"),
        line(0, middle, 1, middle, "s-baan"),
    ]
    if rij.laag is not None and rij.hoog is not None:
        drawn.append(line(scale.place(rij.laag), middle, scale.place(rij.hoog), middle, "s-nu"))
    marks = [(VERWACHT, rij.verwacht), (NORM, rij.norm), (VOOR, rij.voor), (NU, rij.nu)]
    drawn += [
        shape(key.vorm, scale.place(value), middle, key.klasse)
        for key, value in marks
        if value is not None
    ]
    return drawn


def places(
    naam: str, titel: str, uitleg: str, rijen: list[Punt], ends: tuple[str, str], scale: As
) -> Html:
    """A row for each figure.

    Args:
        naam: of the picture.
        titel: what it shows.
        uitleg: what there is to see, in words.
        rijen: the figures.
        ends: both ends of the axis as text.
        scale: the axis.
    """
    step = REGEL + STAAF + WIT
    hoogte = SCHAAL + len(rijen) * step
    drawn = [
        text("0", 12, ends[0], "schaal"),
        text("100%", 12, ends[1], "schaal", "end"),
        mark("line", klasse="s-as", x1=percent(0), y1=SCHAAL - 8, x2=percent(1), y2=SCHAAL - 8),
    ]
    for n, rij in enumerate(rijen):
        drawn += _row(rij, SCHAAL + n * step, scale)
    return picture(naam, titel, uitleg, hoogte, drawn)


def axis_of(rijen: list[Punt], *, is_share: bool) -> As:
    """The axis that holds all that is drawn of these rows."""
    return axis([v for rij in rijen for v in _values(rij)], is_share=is_share)
