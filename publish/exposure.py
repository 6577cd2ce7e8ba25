"""What is published and for whom: the exposures of the dbt project.

Publication reads nothing else. A new recipient or extract is a new exposure, not a change of code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ingest.errors import PublicationError

_EXTRACT_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

#: Without these an exposure is not published, whatever else it says.
_REQUIRED: dict[str, type[str] | type[list[str]]] = {
    "titel": str,
    "omschrijving": str,
    "doelen": list,
    "grondslag": str,
    "ontvangers": list,
    "bewaartermijn": str,
    "niveaus": list,
    "vertrouwelijkheid": str,
}
VERTROUWELIJKHEID = ("openbaar", "beperkt", "vertrouwelijk")


@dataclass(frozen=True)
class Exposure:
    """One exposure that asks to be published.

    Attributes:
        naam: name of the exposure in dbt.
        extract: id of the extract, or the first part of it when it is split.
        titel: title, in Dutch.
        omschrijving: what it holds, in Dutch.
        doelen: purposes.
        grondslag: legal basis.
        ontvangers: who may receive it.
        bewaartermijn: how long a recipient may keep it.
        niveaus: levels of ``niveau`` it shows.
        vertrouwelijkheid: ``openbaar``, ``beperkt`` or ``vertrouwelijk``.
        drempel: fewest persons in a cell that its recipients ask for; 0 when they do not.
        splits_op: column with one extract a value; none when it is not split.
        model: dbt id of the model it shows.
    """

    naam: str
    extract: str
    titel: str
    omschrijving: str
    doelen: tuple[str, ...]
    grondslag: str
    ontvangers: tuple[str, ...]
    bewaartermijn: str
    niveaus: tuple[str, ...]
    vertrouwelijkheid: str
    drempel: int
    splits_op: str | None
    model: str

    @property
    def is_open(self) -> bool:
        """Whether anybody may have it."""
        return self.vertrouwelijkheid == "openbaar"


def read_exposures(manifest: dict[str, Any]) -> list[Exposure]:
    """The exposures with an ``extract`` in their meta, by extract.

    Args:
        manifest: dbt's manifest.

    Returns:
        The exposures.

    Raises:
        PublicationError: there are none, one lacks what publication needs, or two share an id.
    """
    found = []
    for _, node in sorted(manifest.get("exposures", {}).items()):
        meta = {**node.get("meta", {}), **node.get("config", {}).get("meta", {})}
        if "extract" in meta:
            found.append(_exposure(node, meta))
    if not found:
        raise PublicationError("The build has no exposure with meta 'extract': nothing to publish.")
    found.sort(key=lambda exposure: exposure.extract)
    for first, second in pairwise(found):
        if first.extract == second.extract:
            raise PublicationError(
                f"Exposures {first.naam} and {second.naam} both make extract {first.extract}."
            )
    return found


def _exposure(node: dict[str, Any], meta: dict[str, Any]) -> Exposure:
    naam = node["name"]
    filled: dict[str, Any] = {
        "titel": node.get("label"),
        "omschrijving": node.get("description"),
    } | meta
    for key, kind in _REQUIRED.items():
        value: Any = filled.get(key)
        if not isinstance(value, kind) or not "".join(map(str, value)).strip():
            raise PublicationError(
                f"Exposure {naam} is not published: meta '{key}' is missing or empty. "
                "No purpose, no data."
            )
    if not _EXTRACT_ID.fullmatch(str(meta["extract"])):
        raise PublicationError(
            f"Exposure {naam}: extract id '{meta['extract']}' may hold small letters, digits and "
            "hyphens only."
        )
    if filled["vertrouwelijkheid"] not in VERTROUWELIJKHEID:
        raise PublicationError(
            f"Exposure {naam}: vertrouwelijkheid '{filled['vertrouwelijkheid']}' is none of "
            f"{', '.join(VERTROUWELIJKHEID)}."
        )
    return Exposure(
        naam=naam,
        extract=str(meta["extract"]),
        titel=str(filled["titel"]).strip(),
        omschrijving=" ".join(str(filled["omschrijving"]).split()),
        doelen=tuple(map(str, filled["doelen"])),
        grondslag=str(filled["grondslag"]).strip(),
        ontvangers=tuple(map(str, filled["ontvangers"])),
        bewaartermijn=str(filled["bewaartermijn"]).strip(),
        niveaus=tuple(map(str, filled["niveaus"])),
        vertrouwelijkheid=str(filled["vertrouwelijkheid"]),
        drempel=int(filled.get("drempel") or 0),
        splits_op=filled.get("splits_op") or None,
        model=_model(node),
    )


def _model(node: dict[str, Any]) -> str:
    """The one model an exposure shows."""
    models = [name for name in node["depends_on"]["nodes"] if name.startswith("model.")]
    if len(models) != 1:
        raise PublicationError(
            f"Exposure {node['name']} depends on {len(models)} models; publication needs exactly "
            "one."
        )
    return str(models[0])
