"""Acute readmissions within thirty days, and visits to the emergency department (SEH)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.aandoeningen import SNOMED
from synthetic.fhir_levering import FhirBlok
from synthetic.fhir_regels import EM, EMER, IMP
from synthetic.gegevens import calibration, effects_by_region, planted
from synthetic.kalender import first_day, in_daytime, last_day, year
from synthetic.kans import quota, quota_counts, rank_in_group
from synthetic.klinisch.schrijver import Klinisch, planned_share
from synthetic.klinisch.vastgelegd import select
from synthetic.personen import LEEFTIJDEN, Personen, age_class
from synthetic.plaatsen import ZIEKENHUIS, Zorgaanbieders
from synthetic.wereld import Wereld

HEROPNAME = "heropname_30_dagen"
SEH = "seh_kwetsbare_ouderen_zonder_opname"
#: SNOMED CT code of a fall, the reason of a contact [from memory].
VAL = b"217082002"
_DAG = 1_440
_LIGDAGEN = 6
_REDENEN = ("botbreuk", "beroerte", "copd", "lage_rugpijn")
#: Indicators about inhabitants, planted in a region.
VALLEN, SEH_INWONERS = "valincident_65plus", "seh_kwetsbare_ouderen"
_OUDST = 2  # position of 75 and older in the ages below
#: Ages for which visits to the SEH are published.
_SEH_LEEFTIJD = (0, 60, 75)


def write_readmissions(schrijver: FhirBlok, rng: np.random.Generator) -> None:
    """Write acute readmissions after admissions of this year, by quota a hospital.

    A readmission begins and ends in the same year. Persons with heart failure come back to the
    same hospital, so that they are a patient of no other.

    Args:
        schrijver: writer of the source ``fhir-ziekenhuizen``.
        rng: generator of this room.
    """
    wereld, persoon, jaar = schrijver.wereld, schrijver.persoon, schrijver.jaar
    stays = schrijver.vastgelegd.all("contact")
    out = stays["eind"] // _DAG
    hospitals = wereld.zorgaanbieders.of_type(*ZIEKENHUIS)
    stays = select(
        stays,
        (stays["klasse"] == IMP)
        & (year(stays["begin"] // _DAG) == jaar)
        & (out + 30 + _LIGDAGEN <= last_day(jaar))
        & np.isin(stays["aanbieder"], hospitals),
    )
    share = planned_share(wereld, HEROPNAME, ZIEKENHUIS, calibration()["heropname"])
    for indicator, agb in planted():
        if indicator == HEROPNAME:
            planned = wereld.zorgaanbieders.position(agb)
            number = float(share[planned] * (stays["aanbieder"] == planned).sum())
            schrijver.waarheid.omvang.add(HEROPNAME, agb, jaar, number, 0)
    back = select(stays, quota(rng, stays["aanbieder"], share))
    n = len(back["wie"])
    other = rng.random(n) < calibration()["heropname_elders"]
    other &= ~persoon.heeft[back["wie"], wereld.soorten.hartfalen]
    where = np.where(other, rng.choice(hospitals, size=n), back["aanbieder"])
    start = in_daytime(rng, back["eind"] // _DAG + rng.integers(2, 31, size=n))
    reason = (SNOMED, back["reden"])
    urgent = np.full(n, EM)
    schrijver.contacts(
        back["wie"], where, np.full(n, EMER), urgent, reason, start, start + 60
    )  # fmt: skip
    begin = start + 90
    end = (begin // _DAG + rng.integers(1, _LIGDAGEN, size=n)) * _DAG + 660
    schrijver.contacts(back["wie"], where, np.full(n, IMP), urgent, reason, begin, end)


def write_emergency_visits(
    schrijver: FhirBlok, klinisch: Klinisch, rng: np.random.Generator
) -> None:
    """Write visits to the SEH without an admission, as many as published for each age.

    Args:
        schrijver: writer of the source ``fhir-ziekenhuizen``.
        klinisch: the block; the falls for the GP are left in it.
        rng: generator of this room.
    """
    wereld, persoon, jaar = schrijver.wereld, schrijver.persoon, schrijver.jaar
    fallen = _fallen(klinisch, wereld, jaar, rng)
    hf = persoon.heeft[:, wereld.soorten.hartfalen]
    c = calibration()
    old = klinisch.age(jaar) >= 65
    chance = c["val_seh_bezoeken"] / (c["inwoners_nl"] * c["aandeel_65plus"])
    chance /= c["val_65plus"] * c["val_hulp"] * max(float((~hf[old]).mean()), 0.1)
    barred = hf | _only_admitted(persoon, wereld.zorgaanbieders)
    at_seh = ~barred[fallen] & (rng.random(len(fallen)) < chance)
    klinisch.gevallen = fallen[~at_seh]
    oldest = int((klinisch.age(jaar)[fallen[at_seh]] >= _SEH_LEEFTIJD[-1]).sum())
    others = _visitors(schrijver, klinisch, barred, oldest, rng)
    who = np.r_[fallen[at_seh], others]
    names = wereld.soorten.naam
    reasons = wereld.soorten.snomed[[names.index(name) for name in _REDENEN]]
    reason = rng.choice(reasons, size=len(who))
    reason = np.where(np.arange(len(who)) < at_seh.sum(), VAL, reason)
    start = in_daytime(rng, first_day(jaar) + rng.integers(0, 363, size=len(who)))
    ends = start + rng.integers(45, 240, size=len(who))
    kinds = (np.full(len(who), EMER), np.full(len(who), EM))
    schrijver.contacts(who, persoon.ziekenhuis[who], *kinds, (SNOMED, reason), start, ends)


def _only_admitted(persoon: Personen, zorgaanbieders: Zorgaanbieders) -> NDArray[np.bool_]:
    """Older persons of hospitals where the planted share at the SEH is not admitted: nobody."""
    mask = np.zeros(len(persoon), dtype=bool)
    for indicator, agb in planted():
        if indicator == SEH:
            mask |= persoon.ziekenhuis == zorgaanbieders.position(agb)
    return mask & (persoon.band >= LEEFTIJDEN.index(65))


def _fallen(
    klinisch: Klinisch, wereld: Wereld, jaar: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Persons of 65 and older who fall and seek help, by quota a region; together as published."""
    persoon, c = klinisch.persoon, calibration()
    old = np.flatnonzero(klinisch.age(jaar) >= 65)
    codes = wereld.plaatsen.regio_code
    size = np.bincount(persoon.regio[old], minlength=len(codes))
    share = np.full(len(codes), np.nan)
    for code, value in effects_by_region(VALLEN).items():
        share[codes.index(code)] = value
    rest = np.isnan(share)
    wanted = c["val_65plus"] * c["val_hulp"] * len(old) - np.nansum(share * size)
    share[rest] = np.clip(wanted / max(int(size[rest].sum()), 1), 0, 1)
    return old[quota(rng, persoon.regio[old], share)]


def _visitors(
    schrijver: FhirBlok,
    klinisch: Klinisch,
    barred: NDArray[np.bool_],
    falls: int,
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Persons of further visits: what is published for their age, less what is there already."""
    persoon, jaar, c = schrijver.persoon, schrijver.jaar, calibration()
    contacts = schrijver.vastgelegd.all("contact")
    here = (contacts["klasse"] == EMER) & (year(contacts["begin"] // _DAG) == jaar)
    group = age_class(persoon, jaar, _SEH_LEEFTIJD)
    known = np.bincount(group[contacts["wie"][here]], minlength=3)
    known[_OUDST] = falls  # of the oldest the visits without an admission are published
    rate = np.array([c["seh_jonger"], c["seh_60_74"], c["seh_75plus_zonder_opname"]])
    wanted = np.rint(rate * np.bincount(group, minlength=3)).astype(np.int64) - known
    group, wanted = _planted_regions(schrijver, group, wanted)
    weight = np.where(barred, 1e-9, persoon.welfare_factor())
    chosen = quota_counts(rng, group, np.clip(wanted, 0, None), weight)
    found = np.flatnonzero(chosen & ~barred)
    # Some come back: every tenth visit is the second of the same person.
    again = found[rank_in_group(np.zeros(len(found), np.int64), rng.random(len(found))) % 10 == 0]
    return np.r_[found, again]


def _planted_regions(
    schrijver: FhirBlok, group: NDArray[np.int64], wanted: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the oldest of regions with a planted rate a group of their own; the sum stays."""
    codes, group = schrijver.wereld.plaatsen.regio_code, group.copy()
    for code, value in effects_by_region(SEH_INWONERS).items():
        here = (schrijver.persoon.regio == codes.index(code)) & (group == _OUDST)
        group[here] = len(wanted)
        more = round(value * int(here.sum()))
        # Every tenth visit is the second of the same person; visits after a fall come on top.
        schrijver.waarheid.omvang.add(SEH_INWONERS, code, schrijver.jaar, 1.1 * more, 0)
        wanted = np.r_[wanted, more]
        wanted[_OUDST] -= more
    return group, wanted
