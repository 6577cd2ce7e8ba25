"""Nursing care plans: interventions, goals and scores of admissions; lifestyle and function."""

from __future__ import annotations

import numpy as np

from synthetic.fhir_regels import Kern
from synthetic.kalender import iso
from synthetic.kern.basis import Codes, KernBlok, Rijen, aanbieder, contact, patient
from synthetic.kern.elementen import concept, reference, snomed
from synthetic.kern.profielen import NL_CORE
from synthetic.kern.sjabloon import Getal, Moment, Sjabloon
from synthetic.regels import column, numbers

_DAG = 1_440
_SNOMED = "http://snomed.info/sct"
#: Names that scores, and lifestyle and functions, are counted under.
SCORE, LEEFSTIJL = "Observation/score", "Observation/leefstijl"
#: Scores of an admission: profile, SNOMED CT code, highest value.
_SCORES = (("MUSTScore", "414648004", 6), ("PainScore", "225908003", 10))
_SNAQ = ("SNAQScore", "8881000146104", 5)
_BARTHEL = ("BarthelADLIndex", "273302005", 20)


def write_care(kern: KernBlok) -> None:
    """Write care plans, goals, scores and lifestyle of one source, block and year."""
    rows = kern.chosen("zorgplan", _planned(kern))
    _plans(kern, rows, _goals(kern, rows))
    for score in _SCORES if kern.blok.bron == "fhir-ziekenhuizen" else (_SNAQ,):
        _scores(kern, rows, *score)
    _scores(kern, rows.take(kern.rng.random(len(rows)) < 0.5), *_BARTHEL)
    _coded(kern, "tabak", "TobaccoUse", {})
    _coded(kern, "functie", "FunctionalOrMentalStatus", {"category": [snomed("118228005")]})


def _planned(kern: KernBlok) -> Rijen:
    """Contacts that may have a plan: admissions in hospital, any contact at a GP."""
    return kern.admissions() if kern.blok.bron == "fhir-ziekenhuizen" else kern.contacten


def _goals(kern: KernBlok, rows: Rijen) -> Kern:
    codes, registered = kern.drawn("doel", rows), kern.registered(rows)
    new = kern.new("Goal", rows, registered, klok=False)
    day = registered // _DAG
    body = {
        "lifecycleStatus": "active",
        "description": concept(codes.stelsel, codes.code),
        "subject": patient(new),
        "startDate": iso(day),
        "target": [
            {
                "measure": concept(codes.stelsel, codes.code),
                "detailCodeableConcept": snomed("161043008"),
                "dueDate": iso(day + 42),
            }
        ],
    }
    kern.write("Goal", new, NL_CORE + "TreatmentObjective", body, codes)
    return new


def _plans(kern: KernBlok, rows: Rijen, goals: Kern) -> None:
    codes, registered = kern.drawn("interventie", rows), kern.registered(rows)
    new = kern.new("CarePlan", rows, registered)
    body = {
        "status": "active",
        "intent": "plan",
        "category": [snomed("9632001")],
        "subject": patient(new),
        "encounter": contact(rows),
        "period": {"start": Moment(registered)},
        "created": Moment(registered),
        "author": aanbieder(new),
        "goal": [reference("Goal", goals.id)],
        "activity": [
            {
                "detail": {
                    "code": concept(codes.stelsel, codes.code),
                    "status": "in-progress",
                    "scheduledPeriod": {"start": Moment(registered)},
                }
            }
        ],
    }
    kern.write("CarePlan", new, NL_CORE + "NursingIntervention", body, codes)


def _scores(kern: KernBlok, rows: Rijen, profiel: str, code: str, hoogste: int) -> None:
    """Whole numbers on a scale."""
    value = Getal(numbers(kern.rng.integers(0, hoogste + 1, size=len(rows))))
    n = len(rows)
    codes = Codes(column([_SNOMED]).repeat(n), column([code]).repeat(n), np.zeros(n, np.int64))
    _observation(kern, rows, NL_CORE + profiel, codes, {"valueInteger": value}, SCORE)


def _coded(kern: KernBlok, naam: str, profiel: str, meer: Sjabloon) -> None:
    """Observations with a coded value: lifestyle and functions."""
    rows = kern.chosen(naam)
    codes, value = kern.drawn(naam, rows), kern.drawn(f"{naam}waarde", rows)
    body = meer | {"valueCodeableConcept": concept(value.stelsel, value.code)}
    _observation(kern, rows, NL_CORE + profiel, codes, body, LEEFSTIJL)


def _observation(
    kern: KernBlok, rows: Rijen, profiel: str, codes: Codes, waarde: Sjabloon, onderdeel: str
) -> None:
    registered = kern.registered(rows)
    new = kern.new("Observation", rows, registered, onderdeel=onderdeel)
    body = {
        "status": "final",
        "code": concept(codes.stelsel, codes.code),
        "subject": patient(new),
        "encounter": contact(rows),
        "effectiveDateTime": Moment(rows.begin + 5),
        "issued": Moment(registered),
        "performer": [aanbieder(new)],
        **waarde,
    }
    kern.write("Observation", new, profiel, body, codes, onderdeel=onderdeel)
