"""Kerngegevens of hospitals, clinics and ggz institutions of one block and year."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from synthetic.aandoeningen import SNOMED, Aandoeningen
from synthetic.behandelingen import by_condition
from synthetic.fhir_levering import FhirBlok
from synthetic.fhir_metingen import write_measurements
from synthetic.fhir_patienten import write_patients
from synthetic.fhir_regels import AMB, EL, EM, EMER, IMP, ROUTINE, VR
from synthetic.kalender import in_daytime, last_day, year
from synthetic.klinisch.jaar import write_hospital_care
from synthetic.klinisch.schrijver import Klinisch
from synthetic.trajecten import Trajecten
from synthetic.wachttijden import Wachttijden

_DIGITAAL = 0.1  # first contacts at a distance
_VERVOLG = 0.15  # care paths with a second contact among the kerngegevens
_MEDICATIE = 0.55
_HERHAALRECEPT = 0.1
_GGZ_DIAGNOSE = 0.6
_GGZ_MEDICATIE = 0.3
_VERWORPEN = 3_000  # one refuted diagnosis of heart failure a number of persons


@dataclass
class Opnamen:
    """Admissions that go on after the end of a year; they are delivered again, then finished."""

    wie: NDArray[np.int64]
    aanbieder: NDArray[np.int64]
    acuut: NDArray[np.bool_]
    reden: NDArray[np.bytes_]
    begin: NDArray[np.int64]
    eind: NDArray[np.int64]
    id: NDArray[np.bytes_]


@dataclass
class Geheugen:
    """What a block remembers from year to year.

    Attributes:
        gezien: conditions a source already recorded, shape (persons, conditions).
        leveringen: number of deliveries a person was in, shape (persons,).
        opnamen: admissions still going on.
    """

    gezien: NDArray[np.bool_]
    leveringen: NDArray[np.int64]
    opnamen: Opnamen | None = field(default=None)


def _admissions(
    schrijver: FhirBlok, t: Trajecten, start: NDArray[np.int64], soorten: Aandoeningen
) -> Opnamen | None:
    """Write the admissions of the year; return those that end in the next one."""
    rows = np.flatnonzero(t.opname >= 0)
    acuut = t.acuut[rows]
    begin = np.where(acuut, start[rows] + 90, t.opname[rows] * 1440 + 480)
    eind = (begin // 1440 + t.ligdagen[rows]) * 1440 + 660
    reden = soorten.snomed[t.aandoening[rows]]
    ids = schrijver.contacts(
        t.persoon[rows],
        t.aanbieder[rows],
        np.full(len(rows), IMP),
        np.where(acuut, EM, EL),
        (SNOMED, reden),
        begin,
        eind,
    )
    over = year(eind // 1440) > t.jaar
    if not over.any():
        return None
    return Opnamen(
        wie=t.persoon[rows][over],
        aanbieder=t.aanbieder[rows][over],
        acuut=acuut[over],
        reden=reden[over],
        begin=begin[over],
        eind=eind[over],
        id=ids[over],
    )


def _finished(schrijver: FhirBlok, opnamen: Opnamen) -> None:
    """Deliver last year's open admissions again, as version 2 with an end."""
    schrijver.contacts(
        opnamen.wie,
        opnamen.aanbieder,
        np.full(len(opnamen.wie), IMP),
        np.where(opnamen.acuut, EM, EL),
        (SNOMED, opnamen.reden),
        opnamen.begin,
        opnamen.eind,
        (opnamen.id, b"2"),
    )


def _first_contacts(
    schrijver: FhirBlok, t: Trajecten, soorten: Aandoeningen
) -> tuple[NDArray[np.int64], NDArray[np.bytes_]]:
    """Write the contact each care path begins with; return its moment and id."""
    start = in_daytime(schrijver.rng, t.begin)
    digital = schrijver.rng.random(len(t)) < _DIGITAAL
    klasse = np.where(t.acuut, EMER, np.where(digital, VR, AMB))
    ids = schrijver.contacts(
        t.persoon,
        t.aanbieder,
        klasse,
        np.where(t.acuut, EM, ROUTINE),
        (SNOMED, soorten.snomed[t.aandoening]),
        start,
        start + schrijver.rng.integers(10, 80, size=len(t)),
    )
    again = np.flatnonzero((t.vervolg > 0) & (schrijver.rng.random(len(t)) < _VERVOLG))
    later = in_daytime(schrijver.rng, np.minimum(t.begin[again] + 10, t.eind[again]))
    schrijver.contacts(
        t.persoon[again],
        t.aanbieder[again],
        np.where(digital[again], VR, AMB),
        np.full(len(again), ROUTINE),
        (SNOMED, soorten.snomed[t.aandoening[again]]),
        later,
        later + 15,
    )
    return start, ids


def _refute(
    schrijver: FhirBlok, t: Trajecten, start: NDArray[np.int64], contact: NDArray[np.bytes_]
) -> None:
    """Write a few refuted diagnoses of heart failure of persons who do not have it."""
    soorten, hf = schrijver.wereld.soorten, schrijver.wereld.soorten.hartfalen
    without = np.flatnonzero(~schrijver.persoon.heeft[t.persoon, hf])
    rows = without[: max(len(schrijver.persoon) // _VERWORPEN, 1)]
    code = np.repeat(soorten.snomed[hf : hf + 1], len(rows))
    schrijver.conditions(
        t.persoon[rows],
        t.aanbieder[rows],
        contact[rows],
        (SNOMED, code),
        start[rows],
        verworpen=True,
    )


def _mental_care(schrijver: FhirBlok, w: Wachttijden, geheugen: Geheugen) -> None:
    """First interview and start of treatment at a ggz institution, with diagnosis and medicine."""
    soorten, rng = schrijver.wereld.soorten, schrijver.rng
    for dag, intake in ((w.intake, True), (w.behandeling, False)):
        rows = np.flatnonzero((year(dag) == schrijver.jaar) & (w.aandoening >= 0))
        who, where, what = w.persoon[rows], w.aanbieder[rows], w.aandoening[rows]
        start = in_daytime(rng, dag[rows])
        klasse = np.where(rng.random(len(rows)) < 2 * _DIGITAAL, VR, AMB)
        routine = np.full(len(rows), ROUTINE)
        reden = (SNOMED, soorten.snomed[what])
        contact = schrijver.contacts(who, where, klasse, routine, reden, start, start + 45)
        if intake:
            new = rng.random(len(rows)) < _GGZ_DIAGNOSE
            schrijver.conditions(
                who[new], where[new], contact[new], (SNOMED, soorten.snomed[what[new]]), start[new]
            )
            geheugen.gezien[who[new], what[new]] = True
        else:
            some = rng.random(len(rows)) < _GGZ_MEDICATIE
            atc = np.where(some, soorten.atc[what], b"")
            schrijver.medications(who, where, contact, atc, start)


def write_hospital_year(
    schrijver: FhirBlok, t: Trajecten, w: Wachttijden, geheugen: Geheugen, klinisch: Klinisch
) -> None:
    """Write the deliveries of hospitals and ggz for one block and year.

    Args:
        schrijver: writer of the source ``fhir-ziekenhuizen``.
        t: hospital care of the year.
        w: ggz waits of the block.
        geheugen: what was delivered before; updated.
        klinisch: the block over the years; updated.
    """
    soorten, rng = schrijver.wereld.soorten, schrijver.rng
    if geheugen.opnamen is not None:
        _finished(schrijver, geheugen.opnamen)
    start, contact = _first_contacts(schrijver, t, soorten)
    geheugen.opnamen = _admissions(schrijver, t, start, soorten)
    key = t.persoon * len(soorten.naam) + t.aandoening
    first = np.zeros(len(t), dtype=bool)
    first[np.unique(key, return_index=True)[1]] = True
    new = first & ~geheugen.gezien[t.persoon, t.aandoening]
    geheugen.gezien[t.persoon[new], t.aandoening[new]] = True
    schrijver.conditions(
        t.persoon[new],
        t.aanbieder[new],
        contact[new],
        (SNOMED, soorten.snomed[t.aandoening[new]]),
        start[new],
    )
    _refute(schrijver, t, start, contact)
    chance = np.where(new, _MEDICATIE, _HERHAALRECEPT)
    atc = np.where(rng.random(len(t)) < chance, soorten.atc[t.aandoening], b"")
    schrijver.medications(t.persoon, t.aanbieder, contact, atc, start)
    here = np.zeros((len(t), len(soorten.naam)), dtype=bool)
    here[np.arange(len(t)), t.aandoening] = True
    write_measurements(schrijver, t.persoon, t.aanbieder, contact, here, start, "kans_ziekenhuis")
    declared = by_condition(schrijver.wereld, "in_kerngegevens")[t.aandoening] == "ja"
    drawn = rng.random(len(t)) < soorten.verrichting_kans[t.aandoening]
    done = np.where(declared, t.verrichting, drawn & ~t.eenmalig)
    code = np.where(done, soorten.verrichting[t.aandoening], b"")
    day = np.where(t.opname >= 0, t.opname, t.begin)
    schrijver.procedures(t.persoon, t.aanbieder, contact, code, np.minimum(day, last_day(t.jaar)))
    _mental_care(schrijver, w, geheugen)
    write_hospital_care(schrijver, klinisch)
    write_patients(schrijver, geheugen.leveringen)
