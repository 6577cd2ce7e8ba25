"""Pictures of now beside then: how much more or less, and shares that moved."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ingest.terugkoppeling.beeld.staven import REGEL, SCHAAL, STAAF, WIT, short
from ingest.terugkoppeling.beeld.svg import Sleutel, box, line, picture, shape, text
from ingest.terugkoppeling.html import Html

NU = Sleutel("rond", "v-nu", "nu")
OPVALT = Sleutel("driehoek", "v-let", "valt op")
VORIG_VERSCHIL = Sleutel("vlak", "v-nu", "tegenover de vorige periode")
JAAR_VERSCHIL = Sleutel("vlak", "v-jaar", "tegenover vorig jaar")
VORIG_PUNT = Sleutel("ring", "l-toen", "vorige periode")
JAAR_PUNT = Sleutel("ruit", "l-jaar", "vorig jaar")

#: Half of the width is this much more or less, the first that is enough; what is more is cut off.
_SCALES = (0.1, 0.25, 0.5, 1.0)


def change(share: float) -> str:
    """A relative difference in words of the page, such as ``-12%`` or ``+0,4%``."""
    digits = 0 if abs(share) >= 0.1 else 1
    written = f"{100 * share:+.{digits}f}".replace(".", ",")
    return "gelijk" if float(written.replace(",", ".")) == 0 else f"{written.replace('-', '−')}%"


@dataclass(frozen=True)
class Verschil:
    """A row: its name, and by period (class of its bar, words, difference, whether it stands out).

    A difference of None could not be made: there was nothing then.
    """

    naam: str
    delen: list[tuple[Sleutel, float | None, bool]]


def differences(naam: str, titel: str, rijen: list[Verschil]) -> Html:
    """Bars to the left for less and to the right for more than then.

    Args:
        naam: of the picture.
        titel: what it shows.
        rijen: in the order of the picture.
    """
    found = [abs(d) for rij in rijen for _, d, _ in rij.delen if d is not None]
    scale = next((s for s in _SCALES if s >= max(found, default=0)), _SCALES[-1])
    deep = max((len(rij.delen) for rij in rijen), default=1)
    step = REGEL + deep * (STAAF + 2) + WIT
    hoogte = SCHAAL + len(rijen) * step
    drawn = [
        line(0.5, SCHAAL - 8, 0.5, hoogte, "s-as"),
        text("0", 12, f"minder: {change(-scale)}", "schaal"),
        text("50%", 12, "gelijk", "schaal", "middle"),
        text("100%", 12, f"meer: {change(scale)}", "schaal", "end"),
    ]
    for n, rij in enumerate(rijen):
        drawn += _row(rij, SCHAAL + n * step, scale)
    told = "; ".join(
        f"{rij.naam}: "
        + ", ".join(
            f"{'niet te vergelijken' if d is None else change(d)} {key.woorden}"
            + (" (valt op)" if out else "")
            for key, d, out in rij.delen
        )
        for rij in rijen
    )
    return picture(naam, titel, told + ".", hoogte, drawn)


def _row(rij: Verschil, y: int, scale: float) -> list[Html]:
    words = " / ".join("nieuw" if d is None else change(d) for _, d, _ in rij.delen)
    drawn = [
        text("0", y + 12, short(rij.naam, 40), "naam"),
        text("100%", y + 12, words, "waarde", "end"),
    ]
    for n, (key, found, out) in enumerate(rij.delen):
        top = y + REGEL + n * (STAAF + 2)
        if not found:
            continue
        end = 0.5 + 0.5 * max(-1.0, min(1.0, found / scale))
        drawn.append(box(min(0.5, end), max(0.5, end), top, STAAF, key.klasse))
        if out:
            drawn.append(shape("driehoek", min(0.98, max(0.02, end)), top + 7, "v-let"))
    return drawn


@dataclass(frozen=True)
class Schuif:
    """A row of shares: its name, now, by period then, whether it stands out.

    A share of None is that of records too few to be told apart.
    """

    naam: str
    nu: float | None
    toen: list[tuple[Sleutel, float]]
    valt_op: bool


def _top(shares: list[float]) -> float:
    """The end of the axis: the next whole tenth above all shares, at most all of it."""
    return min(1.0, math.ceil(10 * max(shares, default=1.0) + 1e-9) / 10) or 0.1


def shares(naam: str, titel: str, rijen: list[Schuif], *, whole: bool) -> Html:
    """Points on a line: now, and then.

    Args:
        naam: of the picture.
        titel: what it shows.
        rijen: in the order of the picture.
        whole: the axis runs to 100%; else to just above the highest share.
    """
    every = [s for rij in rijen for s in (rij.nu or 0.0, *(s for _, s in rij.toen))]
    top = 1.0 if whole else _top(every)
    step = REGEL + STAAF + WIT
    hoogte = SCHAAL + len(rijen) * step
    drawn = [
        text("0", 12, "0%", "schaal"),
        text("50%", 12, _share(top / 2), "schaal", "middle"),
        text("100%", 12, _share(top), "schaal", "end"),
    ]
    for n, rij in enumerate(rijen):
        y = SCHAAL + n * step
        middle = y + REGEL + 7
        seen = [_place(rij.nu or 0.0, top), *(_place(s, top) for _, s in rij.toen)]
        drawn += [
            text("0", y + 12, short(rij.naam, 44), "naam"),
            text("100%", y + 12, _share(rij.nu), "waarde", "end"),
            line(0, middle, 1, middle, "s-baan"),
            line(min(seen), middle, max(seen), middle, "s-weg"),
        ]
        drawn += [shape(key.vorm, _place(s, top), middle, key.klasse) for key, s in rij.toen]
        vorm, klasse = ("driehoek", "v-let") if rij.valt_op else ("rond", "v-nu")
        if rij.nu is not None:
            drawn.append(shape(vorm, _place(rij.nu, top), middle, klasse))
    told = "; ".join(
        f"{rij.naam}: nu {_share(rij.nu)}"
        + "".join(f", {key.woorden} {_share(s)}" for key, s in rij.toen)
        + (" (valt op)" if rij.valt_op else "")
        for rij in rijen
    )
    return picture(naam, titel, told + ".", hoogte, drawn)


def _place(share: float, top: float) -> float:
    return 0.012 + 0.976 * min(share, top) / top


def _share(value: float | None) -> str:
    if value is None:
        return "te weinig"
    return f"{100 * value:.1f}".replace(".", ",") + "%"
