"""The patients of a FHIR delivery: everybody who has anything in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic import adressen, fhir_regels
from synthetic.fhir_levering import FhirBlok
from synthetic.fhir_regels import Kern
from synthetic.kalender import iso, last_day
from synthetic.regels import column, digits, numbers


def write_patients(blok: FhirBlok, eerder: NDArray[np.int64]) -> None:
    """Write the patients of this delivery.

    Args:
        blok: writer of the source, block and year.
        eerder: in how many earlier deliveries each person was; raised by one where present.
    """
    who = np.flatnonzero(blok.aanwezig)
    eerder[who] += 1
    p, places = blok.persoon, blok.wereld.plaatsen
    name, initial, street, house = p.adres[who].T
    minute = last_day(blok.jaar) * 1440 + 480 + who % 600
    kern = Kern(
        blok.patient[who], blok.patient[who], minute, blok.patient[who],
        numbers(eerder[who]),
    )  # fmt: skip
    text = fhir_regels.patient_lines(
        kern,
        digits(p.bsn[who], 9),
        p.vrouw[who],
        iso(p.geboren[who]),
        (adressen.VOORLETTER[initial], adressen.ACHTERNAAM[name]),
        (
            adressen.STRAAT[street],
            numbers(house + 1),
            column(places.pc4)[p.plaats[who]],
            adressen.POSTLETTERS[street],
            column(places.gemeente_naam)[p.plaats[who]],
        ),
    )
    blok.append("Patient", text, len(who))
    first = eerder[who] == 1
    blok.tally("Patient", None, minute[first])
