"""Random declarations with random faults, for every standard whose retour layout is held."""

from __future__ import annotations

from random import Random

from schemas.ei.retour import retour_forms
from tests.ei_bericht import BSN, BSN_TWEE, EiBericht

#: (standard, version) of declarations that are answered in their own standard.
BEANTWOORD = sorted(key for key, form in retour_forms().items() if not form.ontbreekt)


def _amount(random: Random) -> tuple[int, str]:
    return random.choice([0, 1, 999, 12_345, 99_999_99]), random.choice("DDDC")


def willekeurig(standaard: str, versie: str, ei_code: str, random: Random) -> EiBericht:
    """A message of one to four insured persons with one to three prestaties each."""
    bericht = EiBericht(standaard, versie, e0102=ei_code)
    money = "06" in bericht.layout.records
    number = 0
    for _ in range(random.randint(1, 4)):
        bericht.verzekerde(random.choice([BSN, BSN_TWEE]), nummer=f"V{random.randint(1, 99)}")
        for _ in range(random.randint(1, 3)):
            number += 1
            cent, teken = _amount(random)
            amount = {} if money else {"bedrag_cent": cent}
            bericht.prestatie(f"P{number}", prestatiecode="12", debet_credit=teken, **amount)
            if random.random() < 0.2:
                bericht.commentaar()
            for nr in range(random.randint(1, 2) if money else 0):
                cent, teken = _amount(random)
                bericht.tarief(-cent if teken == "C" else cent, f"T{number}-{nr}")
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
