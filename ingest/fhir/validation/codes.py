"""Which codes an element of type ``code`` may hold: the required bindings of FHIR R4.

The models of ``fhir.resources`` list them and do not check them. Some lists are cut off (``+``) or
are no required binding; ``schemas/fhir/codes_r4.csv`` goes before the models there.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import schemas
from ingest.fhir.view.types import model

_FILE = Path(schemas.__file__).parent / "fhir" / "codes_r4.csv"


@cache
def _corrections() -> dict[tuple[str, str], tuple[str, ...]]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {
            (row["type"], row["element"]): tuple(row["codes"].split("|")) if row["codes"] else ()
            for row in csv.DictReader(file)
        }


@cache
def listed(type_name: str) -> dict[str, tuple[str, ...]]:
    """The codes that the models list, by element of a type; lists may be cut off."""
    found = model(type_name)
    if found is None:
        return {}
    return {
        field.alias or key: tuple(field.json_schema_extra["enum_values"])
        for key, field in found.model_fields.items()
        if "enum_values" in (field.json_schema_extra or {})
    }


def allowed_codes(type_name: str, element: str) -> tuple[str, ...]:
    """The codes that an element may hold.

    Args:
        type_name: such as ``Observation`` or ``TimingRepeat``.
        element: its key in JSON.

    Returns:
        The codes; empty when every code will do.
    """
    corrected = _corrections().get((type_name, element))
    return listed(type_name).get(element, ()) if corrected is None else corrected
