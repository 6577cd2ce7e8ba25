"""The class of a figure and its limits in plain Dutch."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

_CLASS = {
    "ver_laag": "veel lager dan verwacht: onder de 99,8%-grens",
    "laag": "lager dan verwacht: onder de 95%-grens",
    "binnen": "niet anders dan door toeval te verwachten is: binnen de 95%-grenzen",
    "hoog": "hoger dan verwacht: boven de 95%-grens",
    "ver_hoog": "veel hoger dan verwacht: boven de 99,8%-grens",
}


def in_words(figure: dict[str, Any]) -> str:
    """One or two sentences about where a figure lies (docs/statistiek.md).

    Args:
        figure: ``funnel_klasse``, ``volume_voldoende``, the four ``funnel_*`` limits, ``kans`` and
            ``overdispersie`` of a row of spiegel_indicator; numbers as text or Decimal.

    Returns:
        Dutch, without any identifier.
    """
    klasse = figure["funnel_klasse"]
    if klasse not in _CLASS:
        if not figure["volume_voldoende"]:
            return "Geen oordeel: er zijn te weinig mensen om toeval uit te sluiten."
        return "Geen oordeel: er is niets om dit cijfer mee te vergelijken."
    limits = [_number(figure[f"funnel_{side}"]) for side in ("laag_95", "hoog_95")]
    wide = [_number(figure[f"funnel_{side}"]) for side in ("laag_998", "hoog_998")]
    text = (
        f"Het cijfer is {_CLASS[klasse]}. Zonder eigen effect ligt het in 95% van de gevallen "
        f"tussen {limits[0]} en {limits[1]}, in 99,8% tussen {wide[0]} en {wide[1]}."
    )
    if figure["overdispersie"] is not None and Decimal(figure["overdispersie"]) > 1:
        text += (
            " Eenheden verschillen meer dan door toeval; waar nodig zijn de grenzen daarom ruimer."
        )
    return text


def _number(value: Any) -> str:
    return f"{Decimal(value):.4g}".replace(".", ",") if abs(Decimal(value)) < 1 else (
        f"{Decimal(value):.2f}".replace(".", ",")
    )  # fmt: skip
