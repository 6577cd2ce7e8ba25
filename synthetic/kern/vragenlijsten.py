"""Questionnaires: what patients say of their health (PROM) and of their care (PREM).

The lists are invented: their questions are link ids, and no existing instrument is meant.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.kern.basis import KernBlok, aanbieder, contact, patient
from synthetic.kern.elementen import coding
from synthetic.kern.profielen import FHIR
from synthetic.kern.sjabloon import Getal, Moment, Sjabloon
from synthetic.regels import decimals, numbers

PROM = "https://vragenlijsten.example/prom-bewegen|1.0"
PREM = "https://vragenlijsten.example/prem-ervaring|1.0"
_ANTWOORD = "https://vragenlijsten.example/antwoord"
_SCHAAL = np.array([b"geen", b"licht", b"matig", b"veel"])
#: Words of an answer; they mean nothing and may never be seen behind intake.
VERZONNEN_ANTWOORD = "Lorumantwoord dat niemand ooit gaf"


def write_questionnaires(kern: KernBlok) -> None:
    """Write answered questionnaires of one source, block and year."""
    prom = kern.blok.bron == "fhir-ziekenhuizen"
    rows = kern.chosen("vragenlijst")
    registered = kern.registered(rows)
    new = kern.new("QuestionnaireResponse", rows, registered)
    body = {
        "questionnaire": PROM if prom else PREM,
        "status": "completed",
        "subject": patient(new),
        "encounter": contact(rows),
        "authored": Moment(registered),
        "author": aanbieder(new),
        "source": patient(new),
        "item": _health(kern, len(rows)) if prom else _experience(kern, len(rows)),
    }
    kern.write("QuestionnaireResponse", new, FHIR + "QuestionnaireResponse", body)


def _answer(vraag: str, waarde: Sjabloon, onder: list[Sjabloon] | None = None) -> Sjabloon:
    """A question with one answer, and questions that hang on that answer."""
    return {"linkId": vraag, "answer": [waarde | ({"item": onder} if onder else {})]}


def _scale(kern: KernBlok, n: int) -> Sjabloon:
    answer: NDArray[np.bytes_] = _SCHAAL[kern.rng.integers(0, len(_SCHAAL), size=n)]
    return {"valueCoding": coding(_ANTWOORD, answer)}


def _health(kern: KernBlok, n: int) -> list[Sjabloon]:
    """Pain and walking, and a mark for one's health."""
    rng = kern.rng
    mark = decimals(rng.integers(10, 101, size=n))
    steps = numbers(rng.integers(0, 9_000, size=n))
    return [
        {
            "linkId": "1",
            "text": VERZONNEN_ANTWOORD,
            "item": [
                _answer("1.1", _scale(kern, n), [_answer("1.1.1", _scale(kern, n))]),
                _answer("1.2", {"valueInteger": Getal(steps)}),
            ],
        },
        {
            "linkId": "2",
            "item": [
                _answer("2.1", {"valueDecimal": Getal(mark)}),
                _answer("2.2", {"valueString": VERZONNEN_ANTWOORD}),
            ],
        },
    ]


def _experience(kern: KernBlok, n: int) -> list[Sjabloon]:
    """How the care was met, and whether one would recommend it."""
    again = np.where(kern.rng.random(n) < 0.85, b"true", b"false")
    mark = numbers(kern.rng.integers(1, 11, size=n))
    return [
        {
            "linkId": "A",
            "item": [
                _answer("A.1", _scale(kern, n)),
                _answer("A.2", {"valueBoolean": Getal(again)}),
                _answer("A.3", {"valueInteger": Getal(mark)}),
            ],
        }
    ]
