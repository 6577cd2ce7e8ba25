"""What follows from the name of a column of a mart: its unit, and the list of its codes."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Types of columns that are numbers, and so have a unit.
NUMBERS = re.compile(r"bigint|integer|double|decimal\(.*\)")

_SHARE = "deel van 1 (0,25 is 25%)"
_OF_INDICATOR = "eenheid van de indicator (ref_indicator)"

#: Name patterns with their unit, in order; the first that fits holds.
_RULES: tuple[tuple[str, str], ...] = (
    (r".*_mln_eur", "miljoen euro"),
    (r".*_eur", "euro"),
    (r"n_.*|(vektis_)?verzekerden|doelzorg|eerstelijn|wlz|overig|minimum_volume", "aantal"),
    (r".*dagen(_totaal)?", "dagen"),
    (r".*_weken", "weken"),
    (r".*_uren", "uren"),
    (r"jaar|.*jaar", "jaar"),
    (r"verandering_.*", "deel van 1 (0,20 is 20% meer)"),
    (r"percentiel", "0 tot 100"),
    (r"oe_.*|overdispersie|tussen_sd|p90_p10", "verhouding (1 is gelijk)"),
    (r"sd_.*", "standaarddeviatie van logaritmen"),
    (r"aandeel.*|deel_.*|volledigheid|dq_score|kans|gewicht|bijdrage", _SHARE),
    (r"teller|verwacht", "zoals de teller van de indicator (ref_indicator)"),
    (r"noemer", "zoals de noemer van de indicator (ref_indicator)"),
)
#: Marts that tell what a code means, wherever a column of that name occurs.
LISTS = {
    "indicator_id": "ref_indicator",
    "norm_id": "ref_norm",
    "zorgaanbieder_id": "dim_zorgaanbieder",
    "zorgkantoorregio_code": "dim_regio",
    "gemeente_code": "dim_regio",
}

_VALUE = re.compile(
    r"waarde|waarde_.*|ci_.*|referentie_.*|funnel_.*|verschil.*|doelwaarde|basiswaarde|"
    r"padwaarde|afstand_tot_doel|gepubliceerd|gerealiseerd|afwijking|tolerantie"
)
_TEMPO = re.compile(r".*tempo.*")


def eenheid(naam: str, type_: str, kolommen: Iterable[str]) -> str | None:
    """Unit of a column of a mart.

    Args:
        naam: its name.
        type_: its data type; empty for a column of a list, which may be a number.
        kolommen: all columns of the mart: a value may have its unit in a column beside it.

    Returns:
        The unit in Dutch; None for what is no number, and for a number of which none is known.
    """
    if type_ and not NUMBERS.fullmatch(type_.lower()):
        return None
    if _VALUE.fullmatch(naam):
        return "zie kolom eenheid" if "eenheid" in set(kolommen) else _OF_INDICATOR
    if _TEMPO.fullmatch(naam):
        return f"{_OF_INDICATOR}, per jaar"
    return next((unit for pattern, unit in _RULES if re.fullmatch(pattern, naam)), None)


def lijst(naam: str, mart: str) -> str | None:
    """Mart that tells what the codes in a column mean; None when there is none or it is this one.

    Args:
        naam: name of the column.
        mart: name of its mart.
    """
    found = LISTS.get(naam)
    return None if found in (None, mart) else found
