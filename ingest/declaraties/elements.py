"""What an element may hold: its kind, its pattern, and its SQL expression over a record.

The pattern is the whole truth of one element by itself (levels 3 and 4): obligation, alignment,
dates, code lists, reserve. The pattern of a record is those of its elements, one after another.
"""

from __future__ import annotations

import re
from typing import Literal

from schemas.ei import Element

Aard = Literal["kenmerk", "datum", "debet_credit", "geslacht", "getal", "tekst", "reserve"]

#: N elements in which only zeros mean that the element is empty; elsewhere zero is a value.
_NUL_IS_LEEG = re.compile(
    r"identificatie detailrecord|burgerservicenummer|uzovi-nummer|aanduiding prestatiecodelijst"
    r"|prestatiecode|code externe-integratiebericht|identificatiecode betaling aan",
    re.IGNORECASE,
)

#: What these hold in a layout without rules, such as one of a retour message.
_ALTIJD: dict[str, tuple[str, ...]] = {"debet_credit": ("C", "D"), "geslacht": ("0", "1", "2")}

_LEAP = "(?:(?:19|20)(?:0[48]|[2468][048]|[13579][26])|2000)0229"
_MONTH_DAY = (
    "(?:(?:0[13578]|1[02])(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)(?:0[1-9]|[12][0-9]|30)"
    "|02(?:0[1-9]|1[0-9]|2[0-8]))"
)
_DATE = f"(?:(?:19|20)[0-9]{{2}}{_MONTH_DAY}|{_LEAP})"


def aard(element: Element) -> Aard:
    """What kind of value an element holds; the layouts say it in type, length and name."""
    naam = element.naam.lower()
    if element.verplicht == "S":
        return "reserve"
    if naam.startswith("indicatie debet/credit"):
        return "debet_credit"
    if naam.startswith("code geslacht verzekerde"):
        return "geslacht"
    if naam == "kenmerk record":
        return "kenmerk"
    if element.type == "N":
        is_date = element.lengte == 8 and ("datum" in naam or naam.startswith("dagtekening"))
        return "datum" if is_date else "getal"
    return "tekst"


def zeros_are_empty(element: Element) -> bool:
    """Whether only zeros in this element mean that it is not filled."""
    return element.type == "N" and (
        aard(element) == "datum"
        or element.vorm.nul_is_leeg
        or bool(_NUL_IS_LEEG.match(element.naam))
    )


def empty(element: Element) -> str:
    """The characters of an element that is not filled."""
    return ("0" if element.type == "N" else " ") * element.lengte


def _digits(length: int, *, not_zeros: bool, not_nines: bool) -> str:
    """A pattern of ``length`` digits, on request not all zero and not all nine."""
    if length == 0:
        return "[]" if not_zeros or not_nines else ""
    if not (not_zeros or not_nines):
        return f"[0-9]{{{length}}}"
    low, high = ("1" if not_zeros else "0"), ("8" if not_nines else "9")
    more = f"[0-9]{{{length - 1}}}" if length > 1 else ""
    options = [f"[{low}-{high}]{more}"]
    if length > 1:
        if not_zeros:
            options.append("0" + _digits(length - 1, not_zeros=True, not_nines=False))
        if not_nines:
            options.append("9" + _digits(length - 1, not_zeros=False, not_nines=True))
    return f"(?:{'|'.join(options)})"


def is_code_not_held(element: Element) -> bool:
    """Whether an N element has a code of a list that is not held: then only nines are no code."""
    return (
        element.type == "N"
        and element.codelijst is not None
        and element.lengte > 1
        and not (element.vorm.waarden or element.vorm.formaat)
    )


def allowed_values(element: Element) -> tuple[str, ...]:
    """The values that fill an element, in full width, when they are known; else none."""
    values = element.vorm.waarden or _ALTIJD.get(aard(element), ())
    if element.type == "N":
        return tuple(value.zfill(element.lengte) for value in values)
    return tuple(value.ljust(element.lengte) for value in values)


def _filled(element: Element) -> str:
    """A pattern for the values that fill an element."""
    if aard(element) == "datum":
        return _DATE
    if values := allowed_values(element):
        return f"(?:{'|'.join(map(re.escape, values))})"
    if element.vorm.formaat:
        return f"(?:{element.vorm.formaat})"
    if element.type == "N":
        return _digits(
            element.lengte,
            not_zeros=element.verplicht == "M" and zeros_are_empty(element),
            not_nines=is_code_not_held(element),
        )
    return "[^ ]" + (f".{{{element.lengte - 1}}}" if element.lengte > 1 else "")


def pattern(element: Element) -> str:
    """A regular expression for exactly the characters an element may hold.

    Args:
        element: of a layout to an insurer, with its narrowing.

    Returns:
        A pattern over ``lengte`` characters: filled as its type, code list and rules ask, or left
        empty where its obligation allows that. A reserve holds spaces (TEC007 in the layouts).
    """
    kind = aard(element)
    if element.vorm.vrij:
        return f".{{{element.lengte}}}"
    if kind == "kenmerk":
        return element.element[:2]
    if kind == "reserve":
        return f" {{{element.lengte}}}"
    blank = f"{empty(element)[0]}{{{element.lengte}}}"
    if element.vorm.leeg:
        return blank
    if element.verplicht == "M":
        return _filled(element)
    if (
        element.type == "N"
        and kind == "getal"
        and not (element.vorm.waarden or element.vorm.formaat)
    ):
        return _filled(element)
    return f"(?:{blank}|{_filled(element)})"


def expected(element: Element) -> str:
    """What an element should hold, in Dutch, for whom it holds something else."""
    vorm = element.vorm
    if vorm.leeg or aard(element) == "reserve":
        return "nullen" if element.type == "N" else "spaties"
    if aard(element) == "datum":
        return "een bestaande datum als EEJJMMDD"
    if 0 < len(vorm.waarden) <= 12:
        return " of ".join([", ".join(vorm.waarden[:-1]), vorm.waarden[-1]]).removeprefix(" of ")
    if vorm.waarden:
        return f"een code uit {element.codelijst}"
    if element.type == "N":
        return "een getal, met nullen aangevuld"
    return "tekst, links aangesloten"


def characters(element: Element) -> str:
    """The positions of an element, as they are."""
    return f"substring(tekst, {element.begin}, {element.lengte})"


def value(element: Element) -> str:
    """The value of an element as text: trimmed, empty is null.

    Zeros in an N element that may be empty mean that it is (an empty N element is all zeros). In a
    mandatory one they are a value, such as ``00`` of code herdeclaratie, or a reason to refuse the
    record; so nothing is turned into null there.
    """
    if element.type == "AN":
        trimmed = f"rtrim({characters(element)})"
        return trimmed if element.verplicht == "M" else f"nullif({trimmed}, '')"
    if element.verplicht == "M":
        return characters(element)
    return f"nullif({characters(element)}, '{'0' * element.lengte}')"


def number(element: Element) -> str:
    """The value of an N element as a whole number; null when it is no number."""
    return f"try_cast({characters(element)} as bigint)"


def signed(bedrag: Element, teken: Element) -> str:
    """An amount in eurocents with the sign of its debet/credit indicator (C is negative)."""
    return f"case {characters(teken)} when 'D' then 1 when 'C' then -1 end * {number(bedrag)}"
