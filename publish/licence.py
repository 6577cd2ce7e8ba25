"""Under which conditions an extract may be used."""

from __future__ import annotations

from typing import Any

from publish.exposure import Exposure

#: Everybody may use open figures when they say where they come from: a figure that travels without
#: its version and definition cannot be checked. Hence attribution, not CC0.
_OPEN = {
    "code": "CC-BY-4.0",
    "naam": "Creative Commons Naamsvermelding 4.0 Internationaal",
    "adres": "https://creativecommons.org/licenses/by/4.0/deed.nl",
    "voorwaarden": ["Noem bij gebruik de titel en de versie van dit extract."],
}


def licence(exposure: Exposure) -> dict[str, Any]:
    """The licence of an open extract, or the conditions of a restricted one.

    Args:
        exposure: says who may have it and what for.

    Returns:
        ``code``, ``naam``, ``adres`` and ``voorwaarden``, as they stand in the manifest.
    """
    if exposure.is_open:
        return _OPEN
    return {
        "code": "beperkt",
        "naam": "Beperkt gebruik",
        "adres": None,
        "voorwaarden": [
            f"Alleen voor: {', '.join(exposure.doelen)}.",
            f"Alleen door: {', '.join(exposure.ontvangers)}.",
            f"Bewaartermijn: {exposure.bewaartermijn}.",
            "Niet doorleveren.",
            "Niet proberen personen of verborgen cijfers te achterhalen.",
            "Niet gebruiken om verzekerden te selecteren, te weigeren of ongelijk te behandelen.",
        ],
    }
