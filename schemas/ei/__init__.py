"""EI record layouts as data: one TOML file a standard and version.

The file says what its positions rest on (``herkomst``). ``kolom`` names the column of the raw
table an element feeds; an element without it is checked but not loaded.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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
    """

    element: str
    naam: str
    type: str
    begin: int
    lengte: int
    verplicht: str
    codelijst: str | None = None
    kolom: str | None = None

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
    """A standard in one version."""

    standaard: str
    versie: str
    ei_code: str
    richting: str
    recordlengte: int
    herkomst: str
    records: dict[str, Record]


def lees_layout(pad: Path) -> Layout:
    """Read one layout file.

    Args:
        pad: a TOML file in this room's form.

    Returns:
        The layout, records by two-digit code.
    """
    ruw = tomllib.loads(pad.read_text(encoding="utf-8"))
    records = {
        code: Record(code, record["naam"], tuple(Element(**e) for e in record["elementen"]))
        for code, record in ruw.pop("records").items()
    }
    return Layout(records=records, **ruw)


@cache
def layouts() -> dict[tuple[str, str], Layout]:
    """All layouts, by (EI code, version such as ``9.0``)."""
    alle = [lees_layout(pad) for pad in sorted(_ROOM.glob("*.toml"))]
    return {(layout.ei_code, layout.versie): layout for layout in alle}


def layout(standaard: str, versie: str) -> Layout:
    """One layout by the name of its standard.

    Raises:
        KeyError: no file for that standard and version.
    """
    for kandidaat in layouts().values():
        if (kandidaat.standaard, kandidaat.versie) == (standaard, versie):
            return kandidaat
    raise KeyError(f"no layout for {standaard} v{versie} in schemas/ei")
