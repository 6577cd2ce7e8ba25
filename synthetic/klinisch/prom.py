"""PROMs around operations: one before, one six months after.

The questionnaire is invented; no existing instrument is meant. Its score is a whole number from 0
(worst) to 100.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.fhir_levering import FhirBlok
from synthetic.gegevens import calibration, codes, planted
from synthetic.kalender import first_day, last_day, year
from synthetic.kans import quota
from synthetic.kern.basis import KernBlok, Rijen, aanbieder, patient
from synthetic.kern.profielen import FHIR
from synthetic.kern.sjabloon import Getal, Moment
from synthetic.klinisch.schrijver import Klinisch, Vervolg, planned_share
from synthetic.klinisch.vastgelegd import select
from synthetic.plaatsen import ZIEKENHUIS
from synthetic.regels import column, numbers

PROM = "https://vragenlijsten.example/prom-ingreep|1.0"
RESPONS, VERSCHIL = "prom_respons", "prom_verschil"
_DAG = 1_440
_VOORAF, _GEMIDDELD, _SPREIDING = (1, 31), 45, 12
_NA = (150, 211)


def operations() -> NDArray[np.bytes_]:
    """Codes of the operations around which the PROM is asked."""
    return column([row["code"] for row in codes("prom_ingreep")])


def write_proms(schrijver: FhirBlok, klinisch: Klinisch, rng: np.random.Generator) -> None:
    """Write the PROMs before operations of this year, and those after that fall in this year.

    Args:
        schrijver: writer of the source ``fhir-ziekenhuizen``.
        klinisch: the block; PROMs of a later year are left in it.
        rng: generator of this room.
    """
    wereld, jaar = schrijver.wereld, schrijver.jaar
    done = schrijver.vastgelegd.all("verrichting")
    this_year = year(done["moment"] // _DAG) == jaar
    done = select(done, this_year & np.isin(done["code"], operations()))
    n = len(done["wie"])
    share = planned_share(wereld, RESPONS, (*ZIEKENHUIS, "zbc"), calibration()["prom_respons"])
    both = quota(rng, done["aanbieder"], share)
    before = both | (rng.random(n) < calibration()["prom_alleen_vooraf"])
    score = _score(rng.normal(_GEMIDDELD, _SPREIDING, size=n))
    gain = np.full(len(wereld.zorgaanbieders.agb), calibration()["prom_verschil"])
    for indicator, agb in planted():
        if indicator == VERSCHIL:
            gain[wereld.zorgaanbieders.position(agb)] = planted()[indicator, agb]
    later = _score(score + rng.normal(gain[done["aanbieder"]], _SPREIDING / 2))
    day = done["moment"] // _DAG
    minute = 600 + rng.integers(0, 300, size=n)
    asked = np.maximum(day - rng.integers(*_VOORAF, size=n), first_day(jaar)) * _DAG + minute
    asked = np.minimum(asked, done["moment"])
    after = (day + rng.integers(*_NA, size=n)) * _DAG + minute
    first = Vervolg(*(c[before] for c in (done["wie"], done["aanbieder"], asked, score)))
    second = Vervolg(*(c[both] for c in (done["wie"], done["aanbieder"], after, later)))
    klinisch.vervolg.append(second)
    _write(schrijver, rng, first)
    for part in klinisch.vervolg:
        due = (part.moment // _DAG <= last_day(jaar)) & (part.moment // _DAG >= first_day(jaar))
        _write(schrijver, rng, Vervolg(*(c[due] for c in vars(part).values())))


def _score(waarden: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.clip(np.rint(waarden), 0, 100).astype(np.int64)


def _write(schrijver: FhirBlok, rng: np.random.Generator, lijst: Vervolg) -> None:
    """Write filled-in questionnaires; they hang on no contact."""
    kern = KernBlok(schrijver, rng)
    none = np.zeros(len(lijst.wie), dtype="S1")
    rows = Rijen(lijst.wie, lijst.aanbieder, none, np.zeros(len(none), np.int64), lijst.moment)
    new = kern.new("QuestionnaireResponse", rows, lijst.moment)
    schrijver.vastgelegd.add("prom", lijst.wie, lijst.aanbieder, lijst.moment, lijst.score)
    body = {
        "questionnaire": PROM,
        "status": "completed",
        "subject": patient(new),
        "authored": Moment(lijst.moment),
        "author": aanbieder(new),
        "source": patient(new),
        "item": [{"linkId": "score", "answer": [{"valueInteger": Getal(numbers(lijst.score))}]}],
    }
    kern.write("QuestionnaireResponse", new, FHIR + "QuestionnaireResponse", body)
