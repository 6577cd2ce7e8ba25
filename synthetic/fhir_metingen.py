"""Measurements that go with a contact: laboratory results and vital signs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic import fhir_feiten
from synthetic.fhir_levering import FhirBlok
from synthetic.fhir_regels import Kern
from synthetic.gegevens import calibration, table
from synthetic.leeftijd import age_at_end, quota_by_age
from synthetic.plaatsen import ZIEKENHUIS
from synthetic.regels import decimals, numbers

BLOEDDRUK = "85354-9"
#: Kinds of zorgaanbieder that measure.
METERS = (*ZIEKENHUIS, "zbc", "huisartsenpraktijk")


def write_measurements(
    blok: FhirBlok,
    who: NDArray[np.int64],
    aanbieder: NDArray[np.int64],
    contact: NDArray[np.bytes_],
    heeft: NDArray[np.bool_],
    moment: NDArray[np.int64],
    kans: str,
) -> None:
    """Write the measurements that fit the conditions of each contact.

    Args:
        blok: writer of the source, block and year.
        who: persons.
        aanbieder: zorgaanbieders.
        contact: ids of the contacts.
        heeft: conditions that matter at the contact, shape (n, conditions).
        moment: start of the contact.
        kans: column of ``metingen.csv`` with the chance of the measurement.
    """
    names = blok.wereld.soorten.naam
    for row in table("metingen"):
        groups = [names.index(name) for name in row["groepen"].split(";")]
        fits = heeft[:, groups].any(axis=1)
        rows = np.flatnonzero(fits & (blok.rng.random(len(who)) < float(row[kans])))
        taken = moment[rows] + 5
        registered = taken + blok.rng.integers(1, 90, size=len(rows))
        available = blok.available(aanbieder[rows], registered)
        kern = blok.new_kern("Observation", who[rows], aanbieder[rows], available)
        value = _values(blok, row, who[rows], aanbieder[rows])
        text = _lines(row, kern, contact[rows], value, taken, registered)
        code = np.full(len(rows), row["loinc"].encode())
        blok.vastgelegd.add("meting", who[rows], aanbieder[rows], code, taken, np.rint(value))
        blok.append("Observation", text, len(rows))
        label = f"Observation/{row['categorie']}"
        loinc = ("http://loinc.org", row["loinc"].encode())
        blok.tally(label, registered, available, aanbieder[rows], loinc)


def _values(
    blok: FhirBlok, row: dict[str, str], who: NDArray[np.int64], aanbieder: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Normally distributed values; where there is a target, by quota on either side of it.

    The older, the fewer reach it; see ``leeftijd``.
    """
    mean, spread, n = float(row["gemiddelde"]), float(row["spreiding"]), len(aanbieder)
    if not row["indicator_id"]:
        return np.maximum(blok.rng.normal(mean, spread, size=n), mean / 5)
    goal, wereld = float(row["grens"]), blok.wereld
    share = wereld.zorgaanbieders.share(
        row["indicator_id"], METERS, calibration()[row["indicator_id"]], wereld.omvang
    )
    age = age_at_end(blok.persoon, blok.jaar)[who]
    reached = quota_by_age(blok.rng, aanbieder, age, share, row["indicator_id"], wereld)
    away = np.minimum(np.abs(blok.rng.normal(0, spread, size=n)), goal / 2)
    return np.where(reached, goal - away, goal + 1 + away)


def _lines(
    row: dict[str, str],
    kern: Kern,
    contact: NDArray[np.bytes_],
    value: NDArray[np.float64],
    taken: NDArray[np.int64],
    registered: NDArray[np.int64],
) -> bytes:
    """Lines of one kind of measurement."""
    if row["loinc"] == BLOEDDRUK:
        upper = np.rint(value).astype(np.int64)
        lower = np.rint(value * 0.55 + 6).astype(np.int64)
        texts = (numbers(upper), numbers(lower))
        return fhir_feiten.blood_pressure_lines(kern, contact, *texts, taken, registered)
    tenths = np.rint(value * 10).astype(np.int64)
    text = decimals(tenths) if row["decimalen"] == "1" else numbers(np.rint(value).astype(np.int64))
    kind = "Gewicht" if row["categorie"] == "vital-signs" else "Laboratorium"
    fixed = [row[k].encode() for k in ("categorie", "loinc", "eenheid", "ucum")]
    meting = (kind, fixed[0], fixed[1], fixed[2], fixed[3])
    return fhir_feiten.measurement_lines(kern, meting, contact, text, taken, registered)
