"""Random declarations with random faults, for every standard whose retour layout is held."""

from __future__ import annotations

from random import Random

from schemas.ei import Record
from schemas.ei.retour import retour_forms
from tests.ei_bericht import BSN, BSN_TWEE, EiBericht

#: (standard, version) of declarations that are answered in their own standard.
BEANTWOORD = sorted(key for key, form in retour_forms().items() if not form.ontbreekt)


_CENT = [0, 1, 999, 12_345, 99_999_99]


def _amount(record: Record, teken: str, cent: int, voorgaande: str) -> dict[str, str | int]:
    """What a record says of an amount, as far as it has the elements for it."""
    values: dict[str, str | int] = {
        "bedrag_cent": cent,
        "debet_credit": teken,
        "berekend_cent": cent,
        "berekend_debet_credit": teken,
        "voorgaande_referentie": voorgaande if teken == "C" else "",
    }
    return {kolom: value for kolom, value in values.items() if record.bij_kolom(kolom)}


def willekeurig(standaard: str, versie: str, ei_code: str, random: Random) -> EiBericht:
    """A message of one to four insured persons with one to three prestaties each."""
    bericht = EiBericht(standaard, versie, e0102=ei_code)
    records, number = bericht.layout.records, 0
    for _ in range(random.randint(1, 4)):
        bericht.verzekerde(random.choice([BSN, BSN_TWEE]), nummer=f"V{random.randint(1, 99)}")
        for _ in range(random.randint(1, 3)):
            number += 1
            teken, cent = random.choice("DDDC"), random.choice(_CENT)
            amount = _amount(records["04"], teken, cent, f"Q{number}")
            bericht.prestatie(f"P{number}", prestatiecode="12", **amount)
            if random.random() < 0.2:
                bericht.commentaar()
            for nr in range(random.randint(1, 2) if "06" in records else 0):
                cent = random.choice(_CENT)
                amount = _amount(records["06"], teken, cent, f"R{number}-{nr}")
                bericht.tarief(cent, f"T{number}-{nr}", **amount)
    return bericht.sluit()


#: Ways to break a detail record: by column, characters that no check lets pass.
_FAULTS = {
    "02": [("geslacht", "7"), ("geboortedatum", "20230231"), ("bsn", "123456789")],
    "04": [("begindatum", "20231301"), ("debet_credit", "X"), ("bedrag_cent", "x")],
    "06": [("bedrag_cent", "x"), ("debet_credit", "Q")],
}


def bederf(bericht: EiBericht, random: Random, kans: float) -> EiBericht:
    """Break some of the detail records of a message."""
    for index, tekst in enumerate(bericht.regels):
        choices = _FAULTS.get(tekst[:2])
        if choices is None or random.random() > kans:
            continue
        kolom, waarde = random.choice(choices)
        element = bericht.layout.records[tekst[:2]].bij_kolom(kolom)
        if element is not None:
            bericht.zet(index, element.element, waarde.rjust(element.lengte, "0"))
    return bericht
