"""Which standard and version a message is in, as its first line says (record 01, positions 1-10).

These positions are the same in every EI standard we know the layout of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from schemas.ei import Layout, layouts, retour_layouts

KOP_LENGTE = 10

_KOP = re.compile(r"01(?P<ei_code>[0-9]{3})(?P<versie>[0-9]{2})(?P<subversie>[0-9]{2})(?P<soort>.)")
_VOORLOOP_ONTBREEKT = "het bericht begint niet met een voorlooprecord (01)"
_ONLEESBAAR = {
    "0102": (slice(2, 5), "de berichtcode (positie 3-5) is geen getal"),
    "0103": (slice(5, 7), "het versienummer (positie 6-7) is geen getal"),
    "0104": (slice(7, 9), "het subversienummer (positie 8-9) is geen getal"),
}


@dataclass(frozen=True, eq=False)
class Herkenning:
    """What the first line of a message says about the whole of it.

    Attributes:
        voorvoegsel: what its records are counted under (``ZH308``; ``EI-106`` when only the
            code of the standard is known), or None when it is no EI message.
        layout: the layout of that standard and version, or None when there is none.
        ei_code: the message code as sent; one layout can travel under several.
        reden: reason to refuse the message as a whole, or None.
        element: Vektis number of the element that gives the reason.
        toelichting: the reason in Dutch.

    Equal only to itself: ``recognise`` gives one object for each distinct first line.
    """

    voorvoegsel: str | None
    layout: Layout | None
    ei_code: str | None = None
    reden: str | None = None
    element: str | None = None
    toelichting: str | None = None


@cache
def _known() -> dict[tuple[str, str], Layout]:
    return layouts() | retour_layouts()


@cache
def _standaarden() -> dict[str, str]:
    return {code: layout.standaard for (code, _), layout in _known().items()}


def _soort_bericht(soort: str) -> tuple[str, str, str] | None:
    """Judge element 0105: only P passes (COD856: P production, T test)."""
    if soort == "P":
        return None
    if soort == "T":
        return "EI-TESTBERICHT", "0105", "soort bericht is T"
    return "CODE-ONBEKEND", "0105", "soort bericht is geen P of T"


def _onleesbaar(kop: str) -> tuple[str, str, str]:
    for element, (place, told) in _ONLEESBAAR.items():
        if re.fullmatch("[0-9]+", kop[place], re.ASCII) is None:
            return "EI-STANDAARD-ONBEKEND", element, told
    return "CODE-ONBEKEND", "0105", "soort bericht is geen P of T"


def _onbekend(ei_code: str, versie: str) -> tuple[str, str, str]:
    if ei_code not in _standaarden():
        return "EI-STANDAARD-ONBEKEND", "0102", f"geen indeling voor berichtcode {ei_code}"
    naam, hoofd = _standaarden()[ei_code], versie.split(".")[0]
    known = any(code == ei_code and held.split(".")[0] == hoofd for code, held in _known())
    element = "0104" if known else "0103"
    return "EI-STANDAARD-ONBEKEND", element, f"geen indeling voor {naam} versie {versie}"


@cache
def recognise(kop: str) -> Herkenning:
    """Recognise a message.

    Args:
        kop: the first ten characters of its first line, or fewer.

    Returns:
        Standard and layout, or the reason to refuse the message.
    """
    if not kop.startswith("01"):
        return Herkenning(None, None, None, "EI-VOORLOOP-ONTBREEKT", "0101", _VOORLOOP_ONTBREEKT)
    match = _KOP.match(kop)
    if match is None:
        return Herkenning(None, None, None, *_onleesbaar(kop))
    ei_code = match["ei_code"]
    versie = f"{int(match['versie'])}.{int(match['subversie'])}"
    voorvoegsel = _standaarden().get(ei_code, f"EI-{ei_code}")
    layout = _known().get((ei_code, versie))
    if layout is None:
        return Herkenning(voorvoegsel, None, ei_code, *_onbekend(ei_code, versie))
    return Herkenning(voorvoegsel, layout, ei_code, *(_soort_bericht(match["soort"]) or ()))
