"""Elements that return in many resources: codes, references, quantities."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.aandoeningen import SNOMED
from synthetic.kern.sjabloon import Getal, Sjabloon, joined

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
_HL7 = "http://terminology.hl7.org/CodeSystem/"

Code = str | NDArray[np.bytes_]


def coding(stelsel: Code, code: Code) -> Sjabloon:
    """One coding."""
    return {"system": stelsel, "code": code}


def concept(stelsel: Code, code: Code) -> Sjabloon:
    """A CodeableConcept with one coding."""
    return {"coding": [coding(stelsel, code)]}


def snomed(code: Code) -> Sjabloon:
    """A CodeableConcept of SNOMED CT."""
    return concept(SNOMED, code)


def hl7(stelsel: str, code: Code) -> Sjabloon:
    """A CodeableConcept of one of the code systems of HL7 terminology."""
    return concept(_HL7 + stelsel, code)


def reference(soort: str, ids: NDArray[np.bytes_]) -> Sjabloon:
    """A reference to a resource of the same source."""
    return {"reference": joined(f"{soort}/".encode(), ids), "type": soort}


def agb_reference(agb: NDArray[np.bytes_]) -> Sjabloon:
    """A reference to a zorgaanbieder by its AGB code alone."""
    identifier = {"system": "http://fhir.nl/fhir/NamingSystem/agb-z", "value": agb}
    return {"identifier": identifier, "type": "Organization"}


def quantity(waarde: NDArray[np.bytes_], eenheid: str, ucum: str, teken: str = "") -> Sjabloon:
    """A Quantity in UCUM, with a comparator when ``teken`` is given."""
    sign = {"comparator": teken} if teken else {}
    return {"value": Getal(waarde), **sign, "unit": eenheid, "system": UCUM, "code": ucum}


def narrative(tekst: str) -> Sjabloon:
    """A text that intake must leave behind."""
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{tekst}</div>'
    return {"status": "generated", "div": div}
