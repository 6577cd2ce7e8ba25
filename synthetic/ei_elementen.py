"""Values of the EI records 02, 04, 06, 16 and 17 by element number.

What all standards have in common is found in the layout by the column it feeds or by its name;
what one standard asks beyond that is in ``ei_bijzonder``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from schemas.ei import Element, Layout
from synthetic import adressen
from synthetic.declaraties import ACTIVITEITEN
from synthetic.ei_bijzonder import BIJZONDER
from synthetic.ei_boom import within
from synthetic.ei_writer import Waarde
from synthetic.kalender import ei
from synthetic.personen import Personen
from synthetic.prestaties import Prestaties
from synthetic.regels import column, digits
from synthetic.sectoren import Sector
from synthetic.wereld import Wereld


def _reference(letter: bytes, nummer: NDArray[np.int64], tail: int = 0) -> NDArray[np.bytes_]:
    """References of one letter and 12 + ``tail`` digits; empty where the number is negative."""
    text = np.char.add(letter, digits(np.maximum(nummer, 0), 12 + tail))
    return np.where(nummer < 0, b"", text)


def _named(layout: Layout, code: str, naam: str) -> Element | None:
    """First element of a record whose name starts like this."""
    elements = layout.records[code].elementen
    return next((e for e in elements if e.naam.lower().startswith(naam)), None)


def _filled(layout: Layout, code: str, waarden: dict[str, Waarde]) -> dict[str, Waarde]:
    """Values by element number, from values by column or, with a ``~`` before it, by name."""
    found: dict[str, Waarde] = {}
    for key, value in waarden.items():
        element = (
            _named(layout, code, key[1:]) if key[0] == "~" else layout.records[code].bij_kolom(key)
        )
        if element is not None:
            found[element.element] = value
    return found


def insured(
    layout: Layout, persoon: Personen, who: NDArray[np.int64], wereld: Wereld
) -> dict[str, Waarde]:
    """Elements of record 02; the country is filled for persons abroad alone."""
    name, initial, street, house = persoon.adres[who].T
    pc4 = column(wereld.plaatsen.pc4)[persoon.plaats[who]]
    fixed: dict[str, Waarde] = {
        "0207": ei(persoon.geboren[who]),
        "0208": np.where(persoon.vrouw[who], 2, 1),
        "0209": 1,
        "0210": adressen.ACHTERNAAM_EI[name],
        "0211": adressen.VOORVOEGSEL_EI[name],
        "0215": adressen.VOORLETTER[initial],
        "0217": np.char.add(pc4, adressen.POSTLETTERS[street]),
        "0219": house + 1,
    }
    more: dict[str, Waarde] = {
        "~indicatie client overleden": 2,
        "~verzekerdenregistratie": b"1",
    }
    return fixed | _filled(layout, "02", more)


def prestatie(sector: Sector, p: Prestaties, persoon: Personen, w: Wereld) -> dict[str, Waarde]:
    """Elements of record 04, but for what a record repeats and its sign."""
    layout = sector.layout
    common: dict[str, Waarde] = {
        "~doorsturen toegestaan": 1,
        "~aanduiding prestatiecodelijst": sector.lijst,
        "prestatiecode": sector.codes[p.soort] if sector.care_is_drawn else b"",
        "begindatum": ei(p.begin),
        "einddatum": ei(p.eind),
        "volgnummer": p.volgnummer % 100,
        "aantal": p.aantal,
        "~tarief prestatie": p.cent // p.aantal,
        "berekend_cent": p.cent,
        "bedrag_cent": p.cent,
        "referentie": _reference(sector.letter, p.nummer),
        "voorgaande_referentie": _reference(sector.letter, p.vorige),
        "~code herdeclaratie": np.where(p.credit, 2, 1),
    }
    special = BIJZONDER[layout.standaard](sector, p, persoon, w)
    return _filled(layout, "04", common) | special


def tariffs(sector: Sector, p: Prestaties, elementen: dict[str, Waarde]) -> dict[str, Waarde]:
    """Elements of record 06; ``elementen`` are those of the prestaties above."""
    van, tail = p.tarief_van, within(p.tarief_van)
    previous = np.where(p.vorige[van] < 0, -1, p.vorige[van] * 10 + tail)
    common: dict[str, Waarde] = {
        "soort_tarief": p.tarief_soort,
        "~tarief prestatie": p.tarief_cent,
        "berekend_cent": p.tarief_cent,
        "bedrag_cent": p.tarief_cent,
        "referentie": _reference(b"T", p.nummer[van] * 10 + tail, 1),
        "voorgaande_referentie": _reference(b"T", previous, 1),
    }
    found = _filled(sector.layout, "06", common)
    if sector.layout.standaard == "ZH308":
        return found | {"0615": 10000}
    code = elementen["0409"]
    return found | {
        "0612": code if isinstance(code, (bytes, int)) else code[van],
        "0613": np.where(p.tarief_soort == 10, 329, 0),
        "0614": np.full(len(van), 94900001),
        "0616": ei(p.begin[van]),
        "0617": ei(p.eind[van]),
        "0618": 1,
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


def time_spent(p: Prestaties) -> dict[str, Waarde]:
    """Elements of GZ321 record 17: one hoofdbehandelaar over the whole course."""
    van = p.tijd_van
    previous = np.where(p.vorige[van] < 0, -1, p.vorige[van] * 10)
    return {
        "1710": 1,
        "1711": np.full(len(van), 94900001),
        "1713": ei(p.begin[van]),
        "1714": ei(p.eind[van]),
        "1715": 1,
        "1716": p.tijd_direct,
        "1719": _reference(b"U", p.nummer[van] * 10, 1),
        "1720": _reference(b"U", previous, 1),
    }
