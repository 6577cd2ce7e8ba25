"""Names in a register file by the column they feed, from ``schemas/registers``."""

from __future__ import annotations

from schemas.registers import registers
from schemas.tables import Tabel


def register_elementen(tabel: Tabel) -> dict[str, tuple[str, ...]]:
    """The names a column may have in the file, by name of the column.

    Returns:
        For example ``{"pc4": ("pc4", "postcode4")}``.
    """
    register = next(r for r in registers() if r.tabel == tabel.naam)
    found = {kolom.kolom: kolom.namen for kolom in register.kolommen}
    if register.jaar_uit_naam:
        found["jaar"] = (*found.get("jaar", ()), "jaartal in de naam van het bestand")
    if register.draaiing:
        start = register.draaiing.patroon
        found[register.draaiing.naam_kolom] = (f"naam van de kolom, na {start}",)
        found[register.draaiing.waarde_kolom] = (f"waarde in de kolom {start}…",)
    return found
