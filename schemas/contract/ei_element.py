"""Elements of EI records by the column they feed, from the layouts in ``schemas/ei``."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.ei import Element, Layout, alle_layouts
from schemas.tables import Tabel


def voedend(tabel: Tabel) -> Iterator[tuple[Layout, Element]]:
    """The elements that feed the columns of a table, with the layout they are in.

    Args:
        tabel: a declaration table, with the record kinds it is made of.

    Yields:
        Layout and element, by standard and version.
    """
    richting = "retour" if tabel.retour else "heen"
    for layout in alle_layouts():
        if layout.richting != richting:
            continue
        for code in tabel.records:
            if code in layout.records:
                for element in layout.records[code].elementen:
                    if element.kolom:
                        yield layout, element


def ei_elementen(tabel: Tabel) -> dict[str, tuple[str, ...]]:
    """Element numbers and the standards that have them, by name of the column.

    Returns:
        For example ``{"geslacht": ("0208 (alle standaarden)",)}``; a standard whose versions have
        it under several numbers is named with its version.
    """
    found: dict[str, dict[str, set[tuple[str, str]]]] = {}
    standards = set()
    for layout, element in voedend(tabel):
        standards.add(layout.standaard)
        numbers = found.setdefault(element.kolom or "", {})
        numbers.setdefault(element.element, set()).add((layout.standaard, layout.versie))
    whole = frozenset(standards) if len(standards) > 2 else None
    return {
        kolom: tuple(
            f"{number} ({_standards(layouts, numbers, whole)})"
            for number, layouts in sorted(numbers.items())
        )
        for kolom, numbers in found.items()
    }


def _standards(
    layouts: set[tuple[str, str]],
    numbers: dict[str, set[tuple[str, str]]],
    whole: frozenset[str] | None,
) -> str:
    elsewhere = {name for other in numbers.values() if other is not layouts for name, _ in other}
    names = {f"{name} {versie}" if name in elsewhere else name for name, versie in layouts}
    return "alle standaarden" if names == whole else ", ".join(sorted(names))


def ei_codelijsten(tabel: Tabel) -> dict[str, tuple[str, ...]]:
    """Code lists of the elements that feed a column, without the name of their keeper.

    Returns:
        For example ``{"geslacht": ("COD046",)}``.
    """
    found: dict[str, set[str]] = {}
    for _layout, element in voedend(tabel):
        if element.codelijst:
            found.setdefault(element.kolom or "", set()).add(element.codelijst.split("-")[0])
    return {kolom: tuple(sorted(names)) for kolom, names in found.items()}
