"""Ggz waits: from registration to first interview, and from there to treatment.

A path is made backwards from the start of treatment, so that the share within the norm can be
planned per zorgaanbieder and per year in which a wait ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import calibration
from synthetic.kalender import JAREN, day, iso, year
from synthetic.kans import generator, quota, round_randomly
from synthetic.kenmerken import mixed
from synthetic.leveringen import Leveringen
from synthetic.personen import Personen, own_conditions
from synthetic.regels import Deel, column, digits, hexadecimal, lines
from synthetic.waarheid import Waarheid
from synthetic.wereld import Wereld

BRON = "register-ggz-wachttijden"
BESTAND = "wachttijden.csv"
KOP = b"wachtregistratie_id;bsn;zorgaanbieder_id;echelon;fase;diagnosegroep;begin;eind\n"
_EERSTE, _LAATSTE = day("2023-01-01"), day("2026-06-30")
_SOORT_ID = 60  # keeps ids of waits apart from those of resources
_BELAST = 6.0  # relative chance of a wait for persons with a mental condition
_FASEN = ("aanmelding", "behandeling")


@dataclass(frozen=True)
class Wachttijden:
    """Paths through the ggz, one a person.

    Attributes:
        persoon: position in the block.
        aanbieder: ggz institution.
        aandoening: position of the mental condition, -1 for another complaint.
        basis: whether it is basis-ggz.
        aanmelding: day of registration.
        intake: day of the first interview, end of the first wait.
        behandeling: day treatment starts, end of the second wait.
    """

    persoon: NDArray[np.int64]
    aanbieder: NDArray[np.int64]
    aandoening: NDArray[np.int64]
    basis: NDArray[np.bool_]
    aanmelding: NDArray[np.int64]
    intake: NDArray[np.int64]
    behandeling: NDArray[np.int64]


def _days(
    rng: np.random.Generator,
    aanbieder: NDArray[np.int64],
    eind: NDArray[np.int64],
    aandeel: NDArray[np.float64],
    grenzen: tuple[int, int, int],
) -> NDArray[np.int64]:
    """Waits in days: the planned share up to the norm, per zorgaanbieder and year of the end."""
    shortest, norm, longest = grenzen
    years = year(eind) - 2022
    group = aanbieder * 5 + years
    within = quota(rng, group, np.repeat(aandeel, 5))
    n = len(eind)
    return np.where(
        within,
        rng.integers(shortest, norm + 1, size=n),
        rng.integers(norm + 1, longest + 1, size=n),
    )


def make_waits(blok: int, persoon: Personen, wereld: Wereld) -> Wachttijden:
    """Make the ggz waits of a block of persons.

    Args:
        blok: number of the block.
        persoon: the persons.
        wereld: tables of the region.

    Returns:
        Paths whose treatment starts between January 2023 and June 2026.
    """
    rng, c = generator(wereld.seed, "wachttijden", blok), calibration()
    names = wereld.soorten.naam
    mental = [names.index("depressie"), names.index("angststoornis")]
    burdened = persoon.heeft[:, mental].any(axis=1)
    rate = c["ggz_patienten"] / c["inwoners_nl"] * (_LAATSTE - _EERSTE + 1) / 365.25
    n = int(round_randomly(rng, np.array([len(persoon) * rate]))[0])
    key = rng.gumbel(size=len(persoon)) + np.log(np.where(burdened, _BELAST, 1.0))
    key[persoon.band == 0] -= 50
    who = np.sort(np.argsort(-key, kind="stable")[:n])
    only = np.zeros_like(persoon.heeft)
    only[:, mental] = persoon.heeft[:, mental]
    where = persoon.ggz[who]
    share = wereld.zorgaanbieders.share
    size = np.bincount(where, minlength=len(wereld.omvang)).astype(float)
    behandeling = rng.integers(_EERSTE, _LAATSTE + 1, size=n)
    indicator, basis = "ggz_behandelwachttijd_treeknorm", c["ggz_behandel_binnen_norm"]
    bounds = (14, int(c["treeknorm_behandel_weken"]) * 7, int(c["behandel_dagen_max"]))
    treat = share(indicator, ("ggz",), basis, size)
    intake = behandeling - _days(rng, where, behandeling, treat, bounds)
    indicator, basis = "ggz_aanmeldwachttijd_treeknorm", c["ggz_aanmeld_binnen_norm"]
    bounds = (3, int(c["treeknorm_aanmeld_weken"]) * 7, int(c["aanmeld_dagen_max"]))
    talk = share(indicator, ("ggz",), basis, size)
    return Wachttijden(
        persoon=who,
        aanbieder=where,
        aandoening=own_conditions(rng, only[who]),
        basis=rng.random(n) < 0.55,
        aanmelding=intake - _days(rng, where, intake, talk, bounds),
        intake=intake,
        behandeling=behandeling,
    )


def write_waits(
    leveringen: Leveringen, waarheid: Waarheid, w: Wachttijden, persoon: Personen, wereld: Wereld
) -> None:
    """Append the waits to the register, once a year in which they run or end.

    A wait that runs on at the end of a year is delivered without an end, and again when it ended.
    """
    groups = np.array([b"overige_psychische_klachten", *column(wereld.soorten.naam)])
    first = persoon.eerste + w.persoon
    for fase, naam in enumerate(_FASEN):
        begin, eind = ((w.aanmelding, w.intake), (w.intake, w.behandeling))[fase]
        ids = hexadecimal(mixed(wereld.seed, _SOORT_ID, first * 2 + fase))
        for jaar in JAREN:
            ended = year(eind) == jaar
            rows = np.flatnonzero(ended | ((year(begin) <= jaar) & (year(eind) > jaar)))
            end_text = np.where(ended[rows], iso(eind[rows]), b"")
            parts: list[Deel] = [
                *(b"W", ids[rows], b";", digits(persoon.bsn[w.persoon[rows]], 9), b";"),
                *(column(wereld.zorgaanbieders.agb)[w.aanbieder[rows]], b";"),
                np.where(w.basis[rows], b"basis", b"specialistisch"),
                b";" + naam.encode() + b";",
                *(groups[w.aandoening[rows] + 1], b";"),
                *(iso(begin[rows]), b";", end_text),
            ]
            leveringen.append_rows(BRON, jaar, BESTAND, KOP, lines(parts, len(rows)), len(rows))
            leveringen.count(BRON, jaar, "reg_ggz_wachttijd", len(rows))
            norm = ("treeknorm_aanmeld_weken", "treeknorm_behandel_weken")[fase]
            weeks = -(-(eind - begin)[ended] // 7)
            within = weeks <= calibration()[norm]
            indicator = f"ggz_{('aanmeld', 'behandel')[fase]}wachttijd_treeknorm"
            waarheid.count(indicator, jaar, w.aanbieder[ended], within)
