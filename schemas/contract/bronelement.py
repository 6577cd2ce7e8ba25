"""Where a column comes from, as its view, layout or register says it."""

from __future__ import annotations

from collections.abc import Callable

from schemas.contract.ei_element import ei_elementen
from schemas.contract.fhir_element import fhir_elementen
from schemas.contract.register_element import register_elementen
from schemas.tables import Kolom, Tabel
from schemas.tables import kolommen as kolommen_van

_FAMILIES: dict[str, Callable[[Tabel], dict[str, tuple[str, ...]]]] = {
    "fhir": fhir_elementen,
    "decl": ei_elementen,
    "reg": register_elementen,
    "dq": lambda table: {k.naam: ("bepaald bij de intake",) for k in kolommen_van(table.naam)},
}


def bronelementen(tabel: Tabel, kolommen: list[Kolom]) -> dict[str, tuple[str, ...]]:
    """Source elements of every column of a table.

    Args:
        tabel: the table.
        kolommen: its columns.

    Returns:
        By name in the model: FHIR elements, elements of EI records, or names in a register file;
        what the model itself says of a column goes before that. Empty when a source has no
        element for it.
    """
    found = _FAMILIES[tabel.naam.split("_")[0]](tabel)
    result = {}
    for kolom in kolommen:
        said = kolom.beschrijving
        names = said.gevormd_uit or (kolom.naam,)
        derived = tuple(element for name in names for element in found.get(name, ()))
        result[kolom.naam] = (said.bronelement,) if said.bronelement else derived
    return result
