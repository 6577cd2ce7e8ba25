"""What kind of value an element holds, and its SQL expression over the text of a record."""

from __future__ import annotations

import re
from typing import Literal

from schemas.ei import Element

Aard = Literal["datum", "debet_credit", "geslacht", "getal", "tekst", "reserve"]

#: N elements in which only zeros mean that the element is empty; elsewhere zero is a value.
_NUL_IS_LEEG = re.compile(
    r"identificatie detailrecord|burgerservicenummer|uzovi-nummer|aanduiding prestatiecodelijst"
    r"|prestatiecode|code externe-integratiebericht|identificatiecode betaling aan",
    re.IGNORECASE,
)


def aard(element: Element) -> Aard:
    """What kind of value an element holds; the layouts say it in type, length and name."""
    naam = element.naam.lower()
    if element.verplicht == "S":
        return "reserve"
    if naam.startswith("indicatie debet/credit"):
        return "debet_credit"
    if naam.startswith("code geslacht verzekerde"):
        return "geslacht"
    if element.type == "N":
        is_date = element.lengte == 8 and ("datum" in naam or naam.startswith("dagtekening"))
        return "datum" if is_date else "getal"
    return "tekst"


def zeros_are_empty(element: Element) -> bool:
    """Whether only zeros in this element mean that it is not filled."""
    return element.type == "N" and (
        aard(element) == "datum" or bool(_NUL_IS_LEEG.match(element.naam))
    )


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
