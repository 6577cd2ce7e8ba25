"""Values of the EI records 02, 04, 06 and 16 by element number."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic import adressen, consulten
from synthetic.declaraties import ACTIVITEITEN
from synthetic.ei_boom import within
from synthetic.ei_writer import Waarde
from synthetic.kalender import ei
from synthetic.personen import Personen
from synthetic.prestaties import Prestaties
from synthetic.regels import column, digits
from synthetic.wereld import Wereld

_ACUUT_HARTFALEN = b"301"  # diagnosis code of acute heart failure, see diagnosegroep.csv


def _reference(letter: bytes, nummer: NDArray[np.int64], tail: int = 0) -> NDArray[np.bytes_]:
    """References of one letter and 12 + ``tail`` digits; empty where the number is negative."""
    text = np.char.add(letter, digits(np.maximum(nummer, 0), 12 + tail))
    return np.where(nummer < 0, b"", text)


def insured(persoon: Personen, who: NDArray[np.int64], wereld: Wereld) -> dict[str, Waarde]:
    """Elements of record 02."""
    name, initial, street, house = persoon.adres[who].T
    pc4 = column(wereld.plaatsen.pc4)[persoon.plaats[who]]
    return {
        "0206": b"",
        "0207": ei(persoon.geboren[who]),
        "0208": np.where(persoon.vrouw[who], 2, 1),
        "0209": 1,
        "0210": adressen.ACHTERNAAM_EI[name],
        "0211": adressen.VOORVOEGSEL_EI[name],
        "0215": adressen.VOORLETTER[initial],
        "0217": np.char.add(pc4, adressen.POSTLETTERS[street]),
        "0219": house + 1,
        "0221": b"NL",
    }


def hospital_prestatie(p: Prestaties, persoon: Personen, wereld: Wereld) -> dict[str, Waarde]:
    """Elements of ZH308 record 04 beyond the shared ones; zorgproduct codes are invented."""
    kinds = wereld.soorten
    diagnosis = np.where(p.acuut, _ACUUT_HARTFALEN, kinds.diagnosecode[p.soort])
    path = p.nummer // 10 * 10
    return {
        "0407": 2,
        "0409": 41,
        "0410": np.char.add(b"15D", digits(p.soort + 1, 3)),
        "0411": ei(p.begin),
        "0412": ei(p.eind),
        "0413": p.volgnummer % 100,
        "0414": np.char.add(b"990099", digits(p.soort + 1, 3)),
        "0415": digits(path, 12),
        "0416": ei(p.begin),
        "0419": digits(path + 1, 12),
        "0421": 4,
        "0426": 1,
        "0430": 1,
        "0431": diagnosis,
        "0436": np.where(p.credit, 1, 0),
        "0439": kinds.specialisme[p.soort],
        "0440": column(wereld.zorgaanbieders.agb)[p.aanbieder],
        "0458": _reference(b"P", p.nummer),
        "0459": _reference(b"P", p.vorige),
    }


def gp_prestatie(p: Prestaties) -> dict[str, Waarde]:
    """Elements of HA304 record 04 beyond the shared ones."""
    return {
        "0407": 2,
        "0408": ei(p.begin),
        "0409": ei(p.eind),
        "0410": 8,
        "0411": consulten.CODES[p.soort],
        "0412": 1,
        "0414": p.cent,
        "0415": p.cent,
        "0418": p.cent,
        "0420": _reference(b"H", p.nummer),
        "0421": _reference(b"H", p.vorige),
    }


def tariffs(p: Prestaties) -> dict[str, Waarde]:
    """Elements of ZH308 record 06 beyond the shared ones."""
    van, tail = p.tarief_van, within(p.tarief_van)
    previous = np.where(p.vorige[van] < 0, -1, p.vorige[van] * 10 + tail)
    return {
        "0611": p.tarief_soort,
        "0614": p.tarief_cent,
        "0615": 10000,
        "0617": p.tarief_cent,
        "0620": p.tarief_cent,
        "0622": _reference(b"T", p.nummer[van] * 10 + tail, 1),
        "0623": _reference(b"T", previous, 1),
    }


def activities(p: Prestaties) -> dict[str, Waarde]:
    """Elements of ZH308 record 16 beyond the shared ones."""
    van, tail = p.activiteit_van, within(p.activiteit_van)
    number = p.nummer[van] * 100 + tail
    previous = np.where(p.vorige[van] < 0, -1, p.vorige[van] * 100 + tail)
    return {
        "1610": digits(number, 14),
        "1611": ACTIVITEITEN[p.activiteit_code],
        "1612": ei(p.activiteit_dag),
        "1613": ei(p.activiteit_dag),
        "1614": p.activiteit_aantal,
        "1620": _reference(b"A", number, 2),
        "1621": _reference(b"A", previous, 2),
    }
