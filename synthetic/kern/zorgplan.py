"""Nursing care plans: interventions, goals and scores of admissions; lifestyle and function."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.fhir_regels import Kern
from synthetic.gegevens import calibration
from synthetic.kalender import iso, last_day
from synthetic.kans import quota
from synthetic.kern.basis import Codes, KernBlok, Rijen, aanbieder, contact, patient
from synthetic.kern.elementen import concept, reference, snomed
from synthetic.kern.profielen import NL_CORE
from synthetic.kern.sjabloon import Getal, Moment, Sjabloon
from synthetic.plaatsen import ZIEKENHUIS
from synthetic.regels import column, numbers

_DAG = 1_440
_SNOMED = "http://snomed.info/sct"
#: Names that scores, and lifestyle and functions, are counted under.
SCORE, LEEFSTIJL = "Observation/score", "Observation/leefstijl"
#: Scores of an admission: profile, SNOMED CT code, highest value.
_SCORES = (("MUSTScore", "414648004", 6), ("PainScore", "225908003", 10))
_SNAQ = ("SNAQScore", "8881000146104", 5)
_ZORGAANBIEDERS = (*ZIEKENHUIS, "zbc", "ggz", "huisartsenpraktijk")
_OP_TIJD = "zorgplan_binnen_2_dagen"
_LAATSTE = 6  # days after which no plan is made any more
#: SNOMED CT codes of smoker and ex-smoker, as in ``kern_codes.csv``.
ROKER, _EX_ROKER = b"77176002", b"8517006"
_BARTHEL = ("BarthelADLIndex", "273302005", 20)


def write_care(kern: KernBlok) -> None:
    """Write care plans, goals, scores and lifestyle of one source, block and year."""
    rows, late = _planned(kern)
    _plans(kern, rows, _goals(kern, rows), late)
    for score in _SCORES if kern.blok.bron == "fhir-ziekenhuizen" else (_SNAQ,):
        _scores(kern, rows, *score)
    _scores(kern, rows.take(kern.rng.random(len(rows)) < 0.5), *_BARTHEL)
    _coded(kern, "tabak", "TobaccoUse", {})
    _coded(kern, "functie", "FunctionalOrMentalStatus", {"category": [snomed("118228005")]})


def _planned(kern: KernBlok) -> tuple[Rijen, NDArray[np.int64]]:
    """Contacts with a plan, and how many days later it is made.

    At a GP any contact may have one. Of the admissions of a hospital the planned share has one at
    once; some others get one after more than two days.
    """
    if kern.blok.bron == "fhir-huisartsen":
        rows = kern.chosen("zorgplan")
        return rows, np.zeros(len(rows), dtype=np.int64)
    rows, wereld = kern.admissions(), kern.blok.wereld
    basis = calibration()["zorgplan_op_tijd"]
    share = wereld.zorgaanbieders.share(_OP_TIJD, ZIEKENHUIS, basis, wereld.omvang)
    in_time = quota(kern.rng, rows.aanbieder, share)
    ends = rows.begin // _DAG + _LAATSTE <= last_day(kern.blok.jaar)
    late = ~in_time & ends & (kern.rng.random(len(rows)) < calibration()["zorgplan_te_laat"])
    days = np.where(late, kern.rng.integers(3, _LAATSTE, size=len(rows)), 0)
    return rows.take(in_time | late), days[in_time | late]


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


def _plans(kern: KernBlok, rows: Rijen, goals: Kern, later: NDArray[np.int64]) -> None:
    codes, registered = kern.drawn("interventie", rows), kern.registered(rows) + later * _DAG
    new = kern.new("CarePlan", rows, registered)
    kern.blok.vastgelegd.add("zorgplan", rows.wie, rows.aanbieder, registered)
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
    if naam == "tabak":
        value = _smokers(kern, rows, value)
    body = meer | {"valueCodeableConcept": concept(value.stelsel, value.code)}
    _observation(kern, rows, NL_CORE + profiel, codes, body, LEEFSTIJL)


def _smokers(kern: KernBlok, rows: Rijen, drawn: Codes) -> Codes:
    """Make the planned share of every zorgaanbieder smokers, more where welfare is low."""
    wereld, persoon = kern.blok.wereld, kern.blok.persoon
    share = wereld.zorgaanbieders.share(
        "roken", _ZORGAANBIEDERS, calibration()["roken"], wereld.omvang
    )
    smokes = quota(kern.rng, rows.aanbieder, share, persoon.welfare_factor()[rows.wie] ** 3)
    ex = drawn.code == ROKER
    code = np.where(smokes, ROKER, np.where(ex, _EX_ROKER, drawn.code))
    kern.blok.vastgelegd.add("tabak", rows.wie, rows.aanbieder, code, rows.begin + 5)
    return Codes(drawn.stelsel, code, drawn.keuze)


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
