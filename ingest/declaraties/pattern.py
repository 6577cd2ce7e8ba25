"""One pattern a record kind, so that a good record is judged in a single go."""

from __future__ import annotations

from ingest.declaraties.elements import aard, zeros_are_empty
from ingest.declaraties.kinds import RecordSoort
from schemas.ei import Element

_MONTH_DAY = (
    "(?:(?:0[13578]|1[02])(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)(?:0[1-9]|[12][0-9]|30)"
    "|02(?:0[1-9]|1[0-9]|2[0-8]))"
)
_DATE = f"(?:19|20)[0-9]{{2}}{_MONTH_DAY}"


def _filled_number(length: int) -> str:
    """``length`` digits, not all zero."""
    pattern = "[1-9]"
    for more in range(1, length):
        pattern = f"(?:[1-9][0-9]{{{more}}}|0{pattern})"
    return pattern


def _number_pattern(element: Element) -> str:
    if element.verplicht == "M" and zeros_are_empty(element):
        return _filled_number(element.lengte)
    return f"[0-9]{{{element.lengte}}}"


def _text_pattern(element: Element) -> str:
    if element.verplicht == "M":
        return "[^ ]" + (f".{{{element.lengte - 1}}}" if element.lengte > 1 else "")
    return f".{{{element.lengte}}}"


def _element_pattern(element: Element) -> str:
    mandatory = element.verplicht == "M"
    match aard(element):
        case "datum":
            return _DATE if mandatory else f"(?:0{{8}}|{_DATE})"
        case "debet_credit":
            return "[DC]" if mandatory else "[DC ]"
        case "geslacht":
            return "[012]"
        case "getal":
            return _number_pattern(element)
        case _:
            return _text_pattern(element)


def record_pattern(kind: RecordSoort) -> str:
    """One regular expression for the elements of a record kind.

    Args:
        kind: the record kind.

    Returns:
        A pattern for the start of the record, up to its last element that is judged. Whatever it
        matches is in order; what it does not match may still be (29 February, leading spaces).
    """
    elements = [_element_pattern(element) for element in kind.record.elementen]
    while elements and elements[-1].startswith("."):
        elements.pop()
    return "^" + "".join(elements)
