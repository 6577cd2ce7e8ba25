"""EI record layouts as data: one TOML file a standard and version.

The file says what its positions rest on (``herkomst``). ``kolom`` names the column of the raw
table an element feeds; an element without it is checked but not loaded.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from schemas.ei.regels import VRIJ_VAN_REGELS, Vorm, vorm

_ROOM = Path(__file__).parent


@dataclass(frozen=True)
class Element:
    """One element of a record.

    Attributes:
        element: Vektis element number, for example ``0403``.
        naam: Dutch name.
        type: ``N`` (zero-filled left) or ``AN`` (space-filled right).
        begin: first position, counted from 1.
        lengte: number of positions.
        verplicht: M mandatory, C conditional, O optional, S reserve.
        codelijst: Vektis code list, if any.
        kolom: column of the raw table it feeds, if any.
        vorm: what its code list and the rules in ``regels`` say of its value.
    """

    element: str
    naam: str
    type: str
    begin: int
    lengte: int
    verplicht: str
    codelijst: str | None = None
    kolom: str | None = None
    vorm: Vorm = VRIJ_VAN_REGELS

    @property
    def eind(self) -> int:
        """Last position, counted from 1."""
        return self.begin + self.lengte - 1


@dataclass(frozen=True)
class Record:
    """One record kind of a standard."""

    code: str
    naam: str
    elementen: tuple[Element, ...]

    def bij_kolom(self, kolom: str) -> Element | None:
        """The element that feeds ``kolom``, or None."""
        return next((e for e in self.elementen if e.kolom == kolom), None)

    def bij_element(self, element: str) -> Element:
        """The element with this Vektis number.

        Raises:
            KeyError: the record has no such element.
        """
        for kandidaat in self.elementen:
            if kandidaat.element == element:
                return kandidaat
        raise KeyError(f"record {self.code} has no element {element}")


@dataclass(frozen=True)
class Layout:
    """A standard in one version.

    Attributes:
        standaard: for example ``ZH308``.
        versie: version and subversion, ``9.0``.
        ei_codes: the codes of COD002 it travels under.
        richting: ``heen`` (to the insurer) or ``retour``.
        recordlengte: positions a record, line end not counted.
        herkomst: what positions and obligations rest on, and what was not checked.
        records: by two-digit code.
        ook_versies: other versions a message in this layout may call itself.
    """

    standaard: str
    versie: str
    ei_codes: tuple[str, ...]
    richting: str
    recordlengte: int
    herkomst: str
    records: dict[str, Record]
    ook_versies: tuple[str, ...] = ()

    @property
    def ei_code(self) -> str:
        """The message code it is best known by; AW319 travels under three."""
        return self.ei_codes[0]


def _element(ruw: dict[str, Any], gelezen: dict[str, Any]) -> Element:
    narrowed = gelezen["richting"] == "heen"
    return Element(
        **ruw,
        vorm=vorm(gelezen["standaard"], gelezen["versie"], ruw) if narrowed else VRIJ_VAN_REGELS,
    )


def lees_layout(pad: Path) -> Layout:
    """Read one layout file.

    Args:
        pad: a TOML file in this room's form.

    Returns:
        The layout, records by two-digit code.
    """
    ruw = tomllib.loads(pad.read_text(encoding="utf-8"))
    records = {
        code: Record(code, record["naam"], tuple(_element(e, ruw) for e in record["elementen"]))
        for code, record in ruw.pop("records").items()
    }
    codes, ook = (tuple(ruw.pop(name, ())) for name in ("ei_codes", "ook_versies"))
    return Layout(records=records, ei_codes=codes, ook_versies=ook, **ruw)


@cache
def alle_layouts() -> tuple[Layout, ...]:
    """Every layout, of both directions, by standard and version."""
    return tuple(lees_layout(pad) for pad in sorted(_ROOM.glob("*.toml")))


def _van(richting: str) -> dict[tuple[str, str], Layout]:
    return {
        (code, versie): layout
        for layout in alle_layouts()
        if layout.richting == richting
        for code in layout.ei_codes
        for versie in (layout.versie, *layout.ook_versies)
    }


@cache
def layouts() -> dict[tuple[str, str], Layout]:
    """The layouts of messages to the insurer, by (EI code, version such as ``9.0``)."""
    return _van("heen")


@cache
def retour_layouts() -> dict[tuple[str, str], Layout]:
    """The layouts of messages back to the sender, by (EI code, version)."""
    return _van("retour")


def layout(standaard: str, versie: str) -> Layout:
    """One layout by the name of its standard, in either direction.

    Raises:
        KeyError: no file for that standard and version.
    """
    for kandidaat in alle_layouts():
        if (kandidaat.standaard, kandidaat.versie) == (standaard, versie):
            return kandidaat
    raise KeyError(f"no layout for {standaard} v{versie} in schemas/ei")
