"""What a source stopped sending: no record is wrong, but the delivery is unlike those before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from synthetic.fouten import Fouten


@dataclass(frozen=True)
class Weggevallen:
    """An element that a source leaves out of all resources of one delivery.

    Attributes:
        bron: source.
        jaar: year of the delivery.
        bestand: file of the resources.
        element: the element as it is written, with the comma before it; a pattern.
        tabel: raw table that has it.
        kolom: its column.
    """

    bron: str
    jaar: int
    bestand: str
    element: bytes
    tabel: str
    kolom: str


#: After a change of system the GP practices no longer tell at which contact they prescribed.
_WEGGEVALLEN = (
    Weggevallen(
        "fhir-huisartsen",
        2025,
        "MedicationRequest.ndjson",
        rb',"encounter":\{"reference":"Encounter/[^"]*","type":"Encounter"\}',
        "fhir_medicatie",
        "contact_sleutel",
    ),
)


def plant_dropped_elements(fouten: Fouten) -> None:
    """Leave elements out of whole deliveries; call when their files are complete.

    Args:
        fouten: collects what must stand out.
    """
    for dropped in _WEGGEVALLEN:
        path = fouten.leveringen.path(dropped.bron, dropped.jaar, dropped.bestand)
        if not path.exists():
            continue
        pattern, beside = re.compile(dropped.element), path.with_suffix(".tmp")
        with path.open("rb") as old, beside.open("wb") as new:
            new.writelines(pattern.sub(b"", line) for line in old)
        beside.replace(path)
        fouten.afwijkingen.append(
            (dropped.bron, dropped.jaar, "ANALYSE-VULLING", dropped.tabel, dropped.kolom)
        )
