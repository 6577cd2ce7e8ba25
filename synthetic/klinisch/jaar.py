"""Writes this room's part of the delivery of one source, block and year."""

from __future__ import annotations

import numpy as np

from synthetic.fhir_levering import FhirBlok
from synthetic.kalender import JAREN
from synthetic.kans import generator
from synthetic.klinisch.opnamen import write_emergency_visits, write_readmissions
from synthetic.klinisch.ouderen import write_falls, write_medicines, write_wishes
from synthetic.klinisch.prom import write_proms
from synthetic.klinisch.schrijver import Klinisch


def _rng(schrijver: FhirBlok, onderdeel: str) -> np.random.Generator:
    part = schrijver.blok * len(JAREN) + JAREN.index(schrijver.jaar)
    return generator(schrijver.wereld.seed, onderdeel, part)


def write_hospital_care(schrijver: FhirBlok, klinisch: Klinisch) -> None:
    """Write readmissions, visits to the SEH and PROMs, behind the care paths of the year."""
    rng = _rng(schrijver, "klinisch-ziekenhuizen")
    write_readmissions(schrijver, rng)
    write_emergency_visits(schrijver, klinisch, rng)
    write_proms(schrijver, klinisch, rng)


def write_gp_care(schrijver: FhirBlok, klinisch: Klinisch) -> None:
    """Write falls, medicines in use and treatment directives, behind the consults of the year."""
    rng = _rng(schrijver, "klinisch-huisartsen")
    write_falls(schrijver, klinisch, rng)
    write_medicines(schrijver, klinisch, rng)
    write_wishes(schrijver, klinisch, rng)
