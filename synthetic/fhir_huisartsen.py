"""Kerngegevens of GP practices of one block and year."""

from __future__ import annotations

import numpy as np

from synthetic.aandoeningen import ICPC
from synthetic.fhir_levering import FhirBlok
from synthetic.fhir_metingen import write_measurements
from synthetic.fhir_patienten import write_patients
from synthetic.fhir_regels import AMB, ROUTINE, VR
from synthetic.fhir_ziekenhuizen import Geheugen
from synthetic.gegevens import codes
from synthetic.kalender import JAREN, in_daytime
from synthetic.klinisch.jaar import write_gp_care
from synthetic.klinisch.schrijver import Klinisch
from synthetic.personen import own_conditions
from synthetic.prestaties import Prestaties
from synthetic.regels import column

_CONTACT = 0.25  # persons with a consult, of whom one is among the kerngegevens
_OP_AFSTAND = 0.2
_HERHAALRECEPT = 0.35
_MEDICATIE = 0.6
_KORT = 0.4  # contacts for a passing complaint that leave a diagnosis
#: Passing complaints, ICPC codes of groups that hospitals do not treat.
_KLACHTEN = column(
    [
        row["code"]
        for row in codes("diagnose_concept")
        if row["stelsel"] == ICPC
        and row["diagnosegroep"] in ("luchtweginfectie", "urineweginfectie")
    ]
)


def write_gp_year(
    schrijver: FhirBlok, consulten: Prestaties, geheugen: Geheugen, klinisch: Klinisch
) -> None:
    """Write the delivery of GP practices for one block and year.

    A person with a condition first recorded in this year always has a contact; others may.

    Args:
        schrijver: writer of the source ``fhir-huisartsen``.
        consulten: GP consults of the year.
        geheugen: what was delivered before; updated.
        klinisch: the block over the years; updated.
    """
    persoon, soorten, rng = schrijver.persoon, schrijver.wereld.soorten, schrijver.rng
    jaar = JAREN.index(schrijver.jaar)
    new = persoon.heeft & (persoon.bekend == jaar)
    known = persoon.heeft & (persoon.bekend <= jaar)
    consulted, at = np.unique(consulten.persoon, return_index=True)
    chosen = new[consulted].any(axis=1) | (rng.random(len(consulted)) < _CONTACT)
    who, at = consulted[chosen], at[chosen]
    where = consulten.aanbieder[at]
    start = in_daytime(rng, consulten.begin[at])
    own = own_conditions(rng, known[who])
    complaint = rng.choice(_KLACHTEN, size=len(who))
    reason = np.where(own >= 0, soorten.icpc[own], complaint)
    klasse = np.where(rng.random(len(who)) < _OP_AFSTAND, VR, AMB)
    routine = np.full(len(who), ROUTINE)
    contact = schrijver.contacts(who, where, klasse, routine, (ICPC, reason), start, start + 12)
    row, what = np.nonzero(new[who])
    schrijver.conditions(who[row], where[row], contact[row], (ICPC, soorten.icpc[what]), start[row])
    brief = np.flatnonzero((own < 0) & (rng.random(len(who)) < _KORT))
    schrijver.conditions(
        who[brief], where[brief], contact[brief], (ICPC, complaint[brief]), start[brief]
    )
    row, what = np.nonzero(known[who])
    chance = np.where(new[who[row], what], _MEDICATIE, _HERHAALRECEPT)
    atc = np.where(rng.random(len(row)) < chance, soorten.atc[what], b"")
    schrijver.medications(who[row], where[row], contact[row], atc, start[row])
    write_measurements(schrijver, who, where, contact, known[who], start, "kans_huisarts")
    write_gp_care(schrijver, klinisch)
    write_patients(schrijver, geheugen.leveringen)
