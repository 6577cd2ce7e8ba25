"""What the records of an EI message say again of the records above them; read off the layout."""

from __future__ import annotations

from schemas.ei import Element, Layout
from synthetic.ei_boom import KINDEREN

#: Which records stand under a 02 or a 04.
UNDER = {"02": ("04", *KINDEREN), "04": KINDEREN}
#: What detail records repeat from the 02 above them (ZH308 0403 to 0405, 0408; AW319 0408, 0409).
_VAN_VERZEKERDE = (
    "burgerservicenummer", "uzovi-nummer", "verzekerdennummer", "datum geboorte verzekerde",
    "code indicatieorgaan", "cliëntnummer indicatieorgaan",
)  # fmt: skip
#: What 06, 16 and 17 repeat from the 04 above them (ZH308 0606 to 0610, GZ321 0606 to 0609).
_VAN_PRESTATIE = (
    "aanduiding prestatiecodelijst", "prestatiecode/dbc declaratiecode", "declaratiecode",
    "begindatum prestatie", "prestatievolgnummer",
)  # fmt: skip
_TEKEN = "indicatie debet/credit"


def _plain(element: Element) -> str:
    return element.naam.lower().removesuffix("(01)").strip()


def repeated(layout: Layout, code: str) -> dict[str, tuple[str, str]]:
    """Which elements of a record repeat one above it.

    Args:
        layout: the standard.
        code: record code.

    Returns:
        By element number the record code and element number it repeats.
    """
    found: dict[str, tuple[str, str]] = {}
    for above, names in (("02", _VAN_VERZEKERDE), ("04", _VAN_PRESTATIE)):
        if code not in UNDER[above]:
            continue
        there = {_plain(e): e.element for e in layout.records[above].elementen}
        for element in layout.records[code].elementen:
            naam = _plain(element)
            if naam.startswith(names) and naam in there:
                found[element.element] = (above, there[naam])
    return found


def signs(layout: Layout, code: str) -> list[Element]:
    """The debet/credit indicators of a record; within one prestatie all are equal (8064).

    One that must stay empty (AP304 v7.2 0434) is none.
    """
    elements = layout.records[code].elementen
    return [e for e in elements if e.naam.lower().startswith(_TEKEN) and not e.vorm.leeg]


def money_code(layout: Layout) -> str:
    """The record that carries the declaratiebedrag: 06 where the standard has one, else 04."""
    return "06" if "06" in layout.records else "04"
