"""The truth of this room's indicators, from the generator's own arrays.

Rules as in ``docs/indicatoren``; here in numpy over what the writers put on record, so that the
platform's SQL over what it read is compared with something else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthetic.fhir_metingen import BLOEDDRUK
from synthetic.fhir_regels import EM, IMP
from synthetic.gegevens import codes
from synthetic.kalender import JAREN, last_day, year
from synthetic.kern.zorgplan import ROKER
from synthetic.klinisch.opnamen import VAL, VALLEN
from synthetic.klinisch.schrijver import Klinisch
from synthetic.klinisch.vastgelegd import Records, select
from synthetic.klinisch.verblijven import count_readmissions
from synthetic.klinisch.waarheid_prom import count_proms
from synthetic.klinisch.waarheid_seh import count_emergency
from synthetic.plaatsen import ZIEKENHUIS
from synthetic.regels import column
from synthetic.waarheid import Waarheid
from synthetic.wereld import Wereld

_DAG = 1_440
_HBA1C = b"59261-8"
_MIDDELEN = 5


@dataclass(frozen=True)
class Teller:
    """What every count needs.

    Attributes:
        waarheid: the counters.
        klinisch: the block.
        wereld: tables of the region.
    """

    waarheid: Waarheid
    klinisch: Klinisch
    wereld: Wereld

    def known(self, groepen: tuple[str, ...], jaar: int) -> NDArray[np.bool_]:
        """Persons with a diagnosis of one of these groups on record by the end of a year."""
        found = self.klinisch.vastgelegd.all("diagnose")
        wanted = [row["code"].encode() for row in codes("diagnose_concept")
                  if row["diagnosegroep"] in groepen]  # fmt: skip
        rows = np.isin(found["code"], wanted) & (year(found["moment"] // _DAG) <= jaar)
        return self._mask(found["wie"][rows])

    def visitors(self, jaar: int, soorten: tuple[str, ...]) -> NDArray[np.int64]:
        """Unique rows (person, zorgaanbieder) with a contact in a year."""
        found = self.klinisch.vastgelegd.all("contact")
        rows = (year(found["begin"] // _DAG) == jaar) & np.isin(
            found["aanbieder"], self.wereld.zorgaanbieders.of_type(*soorten)
        )
        return np.unique(np.stack([found["wie"][rows], found["aanbieder"][rows]], axis=1), axis=0)

    def count_persons(
        self, indicator: str, jaar: int, paren: NDArray[np.int64], telt: NDArray[np.bool_]
    ) -> None:
        """Count persons who have it or not, at each zorgaanbieder and once in the country."""
        self.waarheid.count(indicator, jaar, paren[:, 1], telt[paren[:, 0]])
        who = np.unique(paren[:, 0])
        self.waarheid.count_country(indicator, jaar, int(telt[who].sum()), len(who))

    def _mask(self, wie: NDArray[np.int64]) -> NDArray[np.bool_]:
        mask = np.zeros(len(self.klinisch.persoon), dtype=bool)
        mask[wie] = True
        return mask


def count_clinical(waarheid: Waarheid, klinisch: Klinisch, wereld: Wereld) -> None:
    """Count all indicators of this room for a block, over all its years."""
    t = Teller(waarheid, klinisch, wereld)
    contacts = klinisch.vastgelegd.all("contact")
    waarheid.see(int((contacts["beschikbaar"] // _DAG).max(initial=0)))
    count_readmissions(waarheid, contacts, wereld)
    count_emergency(waarheid, klinisch, wereld)
    count_proms(waarheid, klinisch, wereld)
    _care_plans(t, contacts)
    for jaar in JAREN:
        _heart_failure(t, contacts, jaar)
        _measured(t, jaar, "hba1c_op_streefwaarde", _HBA1C, ("diabetes_type_2",), 53)
        both = ("diabetes_type_2", "hypertensie")
        _measured(t, jaar, "bloeddruk_op_streefwaarde", BLOEDDRUK.encode(), both, 139)
        _smokers(t, jaar)
        pairs = t.visitors(jaar, ("huisartsenpraktijk",))
        age = klinisch.age(jaar)[pairs[:, 0]]
        t.count_persons("polyfarmacie_65plus", jaar, pairs[age >= 65], _many(t, jaar))
        wish = klinisch.vastgelegd.all("aanwijzing")
        wished = t._mask(wish["wie"][year(wish["moment"] // _DAG) <= jaar])
        name = "behandelaanwijzing_kwetsbare_ouderen"
        t.count_persons(name, jaar, pairs[age >= 75], wished)
        _falls(t, contacts, jaar)


def _heart_failure(t: Teller, contacts: Records, jaar: int) -> None:
    """Acute admissions for heart failure over patients (variant b)."""
    hf = t.wereld.soorten.snomed[t.wereld.soorten.hartfalen]
    pairs = t.visitors(jaar, ZIEKENHUIS)
    pairs = pairs[t.known(("hartfalen",), jaar)[pairs[:, 0]]]
    acute = (contacts["klasse"] == IMP) & (contacts["prioriteit"] == EM)
    acute &= (contacts["reden"] == hf) & (year(contacts["begin"] // _DAG) == jaar)
    n = len(t.klinisch.persoon)
    events = np.bincount(
        contacts["aanbieder"][acute] * n + contacts["wie"][acute],
        minlength=n * len(t.wereld.omvang),
    )[pairs[:, 1] * n + pairs[:, 0]]
    t.waarheid.count_events("hartfalen_opnamen_per_patient", jaar, pairs, events)


def _last_of_year(records: Records, agb: NDArray[np.bytes_], jaar: int) -> Records:
    """The last record of each person in a year; of several, by zorgaanbieder and value."""
    rows = select(records, year(records["moment"] // _DAG) == jaar)
    value = rows.get("waarde", rows["code"])
    rows = select(rows, np.lexsort((value, agb[rows["aanbieder"]], -rows["moment"], rows["wie"])))
    return select(rows, np.r_[True, rows["wie"][1:] != rows["wie"][:-1]][: len(rows["wie"])])


def _measured(
    t: Teller, jaar: int, indicator: str, code: bytes, groepen: tuple[str, ...], grens: int
) -> None:
    """Persons whose last value of the year is at most a limit, where it was measured."""
    found = t.klinisch.vastgelegd.all("meting")
    agb = column(t.wereld.zorgaanbieders.agb)
    rows = _last_of_year(select(found, found["code"] == code), agb, jaar)
    rows = select(rows, t.known(groepen, jaar)[rows["wie"]])
    t.waarheid.count(indicator, jaar, rows["aanbieder"], rows["waarde"] <= grens)


def _smokers(t: Teller, jaar: int) -> None:
    """Persons whose last recorded status of the year is smoker, and by welfare."""
    agb = column(t.wereld.zorgaanbieders.agb)
    rows = _last_of_year(t.klinisch.vastgelegd.all("tabak"), agb, jaar)
    smokes = rows["code"] == ROKER
    t.waarheid.count("roken", jaar, rows["aanbieder"], smokes)
    quintile = t.klinisch.persoon.kwintiel[rows["wie"]]
    t.waarheid.count_parts("roken", jaar, "welvaart_kwintiel", quintile, smokes)


def _many(t: Teller, jaar: int) -> NDArray[np.bool_]:
    """Persons with five or more chronic medicines on the last day of a year."""
    found = t.klinisch.vastgelegd.all("medicatie")
    chronic = tuple(row["atc_begin"].encode() for row in codes("geneesmiddel_chronisch"))
    kinds, kind = np.unique(found["atc"], return_inverse=True)
    counts = np.array([bytes(k).startswith(chronic) for k in kinds], dtype=bool)
    day = last_day(jaar)
    rows = counts[kind] & (found["begin"] // _DAG <= day)
    rows &= (found["eind"] < 0) | (found["eind"] >= day)
    pairs = np.unique(np.stack([found["wie"][rows], kind[rows]], axis=1), axis=0)
    return np.bincount(pairs[:, 0], minlength=len(t.klinisch.persoon)) >= _MIDDELEN


def _falls(t: Teller, contacts: Records, jaar: int) -> None:
    """Inhabitants of 65 and older with a contact for a fall, in the country."""
    rows = (contacts["reden"] == VAL) & (year(contacts["begin"] // _DAG) == jaar)
    old = t.klinisch.age(jaar) >= 65
    fallen = t._mask(contacts["wie"][rows]) & old
    regio = np.array(t.wereld.plaatsen.regio_code)[t.klinisch.persoon.regio]
    t.waarheid.count_inhabitants(VALLEN, jaar, regio[old], fallen[old].astype(np.int64))


def _care_plans(t: Teller, contacts: Records) -> None:
    """Admissions with a care plan of the same hospital on the day itself or one of the next two."""
    plans = t.klinisch.vastgelegd.all("zorgplan")
    rows = select(
        contacts,
        (contacts["klasse"] == IMP)
        & np.isin(contacts["aanbieder"], t.wereld.zorgaanbieders.of_type(*ZIEKENHUIS)),
    )
    n = len(t.wereld.omvang)
    made = np.unique((plans["wie"] * n + plans["aanbieder"]) * 100_000 + plans["moment"] // _DAG)
    day = rows["begin"] // _DAG
    key = (rows["wie"] * n + rows["aanbieder"]) * 100_000 + day
    found = np.isin(key, made) | np.isin(key + 1, made) | np.isin(key + 2, made)
    t.waarheid.count_when_known("zorgplan_binnen_2_dagen", day, day + 2, rows["aanbieder"], found)
