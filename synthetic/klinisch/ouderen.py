"""Care of older persons at the GP: falls, medicines in use, treatment directives."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.aandoeningen import SNOMED
from synthetic.fhir_levering import FhirBlok
from synthetic.fhir_regels import AMB, ROUTINE
from synthetic.gegevens import calibration, table
from synthetic.kalender import first_day, in_daytime
from synthetic.kans import quota
from synthetic.kern.basis import KernBlok, Rijen
from synthetic.kern.samenvatting import write_directives
from synthetic.klinisch.opnamen import VAL
from synthetic.klinisch.schrijver import Klinisch, planned_share
from synthetic.leeftijd import quota_by_age
from synthetic.regels import column

POLYFARMACIE, AANWIJZING = "polyfarmacie_65plus", "behandelaanwijzing_kwetsbare_ouderen"
_PRAKTIJK = ("huisartsenpraktijk",)
_DAG = 1_440
_KORT = 0.15  # persons with many medicines of which some ended, so that five never go together
_EINDE = 60


def write_falls(schrijver: FhirBlok, klinisch: Klinisch, rng: np.random.Generator) -> None:
    """Write the contacts after a fall at the GP."""
    who = klinisch.gevallen
    start = in_daytime(rng, first_day(schrijver.jaar) + rng.integers(0, 363, size=len(who)))
    reason = (SNOMED, np.full(len(who), VAL))
    kinds = (np.full(len(who), AMB), np.full(len(who), ROUTINE))
    schrijver.contacts(who, klinisch.persoon.praktijk[who], *kinds, reason, start, start + 15)


def _first_contacts(schrijver: FhirBlok, mag: NDArray[np.bool_]) -> Rijen:
    """The first contact of the year of each person who may."""
    parts = zip(*schrijver.contacten, strict=True)
    rows = Rijen(*(np.concatenate(part) for part in parts))
    rows = rows.take(np.lexsort((rows.begin, rows.wie)))
    first = np.r_[True, rows.wie[1:] != rows.wie[:-1]][: len(rows)]
    return rows.take(first & mag[rows.wie])


def write_medicines(schrijver: FhirBlok, klinisch: Klinisch, rng: np.random.Generator) -> None:
    """Write the chronic medicines of persons of 65 and older, once a person."""
    may = (klinisch.age(schrijver.jaar) >= 65) & ~klinisch.medicatie_gepland
    rows = _first_contacts(schrijver, may)
    klinisch.medicatie_gepland[rows.wie] = True
    c = calibration()["polyfarmacie_65plus"]
    share = planned_share(schrijver.wereld, POLYFARMACIE, _PRAKTIJK, c)
    age = klinisch.age(schrijver.jaar)[rows.wie]
    many = quota_by_age(rng, rows.aanbieder, age, share, POLYFARMACIE, schrijver.wereld)
    short = ~many & (rng.random(len(rows)) < _KORT)
    number = np.where(many, 5, np.where(short, 6, 0)) + rng.integers(0, 2, size=len(rows))
    atc = column([row["atc"] for row in table("chronische_medicatie")])
    order = np.argsort(rng.random((len(rows), len(atc))), axis=1)
    row, nth = np.nonzero(np.arange(len(atc)) < number[:, None])
    ended = short[row] & (nth < 4)
    begin = rows.begin[row]
    until = np.where(ended, begin // _DAG + _EINDE, -1)
    schrijver.medications(
        rows.wie[row], rows.aanbieder[row], rows.contact[row], atc[order[row, nth]], begin, until
    )  # fmt: skip


def write_wishes(schrijver: FhirBlok, klinisch: Klinisch, rng: np.random.Generator) -> None:
    """Write treatment directives of persons of 75 and older, decided once a person."""
    may = (klinisch.age(schrijver.jaar) >= 75) & ~klinisch.wens_gepland
    rows = _first_contacts(schrijver, may)
    klinisch.wens_gepland[rows.wie] = True
    c = calibration()["behandelaanwijzing_75plus"]
    share = planned_share(schrijver.wereld, AANWIJZING, _PRAKTIJK, c)
    write_directives(KernBlok(schrijver, rng), rows.take(quota(rng, rows.aanbieder, share)))
