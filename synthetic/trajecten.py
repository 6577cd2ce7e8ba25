"""Hospital care of one year: care paths, admissions, and the acute admissions for heart failure."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from synthetic.aandoeningen import Aandoeningen
from synthetic.behandelingen import follow_ups, operations, place_complex_care, single_contacts
from synthetic.gegevens import calibration
from synthetic.kalender import JAREN, first_day, last_day
from synthetic.kans import choose_per_row, generator, quota_counts, round_randomly
from synthetic.personen import Personen, own_conditions
from synthetic.plaatsen import ZIEKENHUIS, Zorgaanbieders
from synthetic.substitutie import Paden, shift_hospital_care
from synthetic.wereld import Wereld

#: Relative use of hospital care per age band [from memory].
_GEBRUIK = np.array([0.35, 0.7, 1.1, 1.6, 2.0])
_EIGEN_AANDOENING = 0.6  # care paths for a condition the person is known with
_HARTFALEN_TRAJECT = 0.9  # heart-failure patients with a care path for it in a year


@dataclass(frozen=True)
class Trajecten:
    """Care paths of one year, one position each.

    Attributes:
        jaar: calendar year; a path begins and ends in it.
        persoon: position in the block of persons.
        aanbieder: position of the zorgaanbieder.
        aandoening: position of the condition.
        begin: first day.
        eind: last day.
        opname: day of admission, -1 without one.
        ligdagen: length of stay in days, 0 without an admission.
        acuut: whether the admission is acute.
        vervolg: number of follow-up consults.
        eigen: whether the patient was known with the condition, and so is not referred.
        verrichting: whether the path holds the intervention of its condition.
        eenmalig: whether it is one consult after a referral and nothing else.
    """

    jaar: int
    persoon: NDArray[np.int64]
    aanbieder: NDArray[np.int64]
    aandoening: NDArray[np.int64]
    begin: NDArray[np.int64]
    eind: NDArray[np.int64]
    opname: NDArray[np.int64]
    ligdagen: NDArray[np.int64]
    acuut: NDArray[np.bool_]
    vervolg: NDArray[np.int64]
    eigen: NDArray[np.bool_]
    verrichting: NDArray[np.bool_]
    eenmalig: NDArray[np.bool_]

    @property
    def verwezen(self) -> NDArray[np.bool_]:
        """Whether a path began with a referral by the first line."""
        return ~self.eigen & ~self.acuut

    def __len__(self) -> int:
        return len(self.persoon)


def _rates(
    persoon: Personen, jaar: int, soorten: Aandoeningen
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Expected care paths of each person besides heart failure, and the conditions treated."""
    treated = persoon.heeft & soorten.ziekenhuis & (persoon.bekend <= JAREN.index(jaar))
    treated[:, soorten.hartfalen] = False
    rate = _GEBRUIK[persoon.band] * persoon.welfare_factor() * (1 + 0.25 * treated.sum(axis=1))
    return rate * (calibration()["msz_trajecten_per_persoon"] / rate.mean()), treated


def _new_conditions(persoon: Personen, soorten: Aandoeningen) -> NDArray[np.float64]:
    """Relative chance of each condition that nobody has for good, by person."""
    weight = np.where(soorten.chronisch, 0.0, soorten.gewicht)[persoon.band]
    for sex, is_sex in (("v", ~persoon.vrouw), ("m", persoon.vrouw)):
        columns = np.flatnonzero(np.array(soorten.geslacht) == sex)
        weight[np.ix_(np.flatnonzero(is_sex), columns)] = 0
    return weight


def expected_referrals(
    persoon: Personen, jaar: int, maal: float, wereld: Wereld
) -> NDArray[np.float64]:
    """Referrals by the first line that chance gives each person in a year.

    A care path for a condition that was known, and an acute one, is no referral. A practice that
    refers more often does so for conditions that men and women have; see ``substitutie``.

    Args:
        persoon: the persons.
        jaar: calendar year.
        maal: how many times as often their practice refers.
        wereld: tables of the region.
    """
    soorten = wereld.soorten
    rate, treated = _rates(persoon, jaar, soorten)
    new = 1 - _EIGEN_AANDOENING * treated.any(axis=1)
    weight = _new_conditions(persoon, soorten)
    both = np.array([not sex for sex in soorten.geslacht])
    times = np.where(both, maal, 1.0) * (1 - soorten.opname * soorten.acuut)
    return rate * new * (weight @ times) / weight.sum(axis=1)


def _who(rng: np.random.Generator, persoon: Personen, jaar: int, soorten: Aandoeningen) -> Paden:
    """Person and condition of each care path, and whether it was known; heart failure first."""
    year = JAREN.index(jaar)
    hf = soorten.hartfalen
    known = persoon.heeft[:, hf] & (persoon.bekend[:, hf] <= year)
    with_path = np.flatnonzero(known & (rng.random(len(persoon)) < _HARTFALEN_TRAJECT))
    rate, treated = _rates(persoon, jaar, soorten)
    who = np.repeat(np.arange(len(persoon)), rng.poisson(rate))
    own = own_conditions(rng, treated[who])
    new = choose_per_row(rng, _new_conditions(persoon, soorten)[who])
    known_before = (own >= 0) & (rng.random(len(who)) < _EIGEN_AANDOENING)
    return (
        np.r_[with_path, who],
        np.r_[np.full(len(with_path), hf), np.where(known_before, own, new)],
        np.r_[np.ones(len(with_path), dtype=bool), known_before],
    )


def _where(
    rng: np.random.Generator,
    persoon: Personen,
    who: NDArray[np.int64],
    what: NDArray[np.int64],
    zorgaanbieders: Zorgaanbieders,
    soorten: Aandoeningen,
) -> NDArray[np.int64]:
    """Zorgaanbieder of each care path; heart failure always at the home hospital.

    A person who goes to another hospital goes there for every path of the year: few persons are
    patients of two hospitals. Heart-failure patients stay at home.
    """
    c, n = calibration(), len(who)
    home = persoon.ziekenhuis[who]
    other = rng.choice(zorgaanbieders.of_type(*ZIEKENHUIS), size=len(persoon))
    loyal = rng.random(len(persoon)) < c["trouw_ziekenhuis"]
    loyal |= persoon.heeft[:, soorten.hartfalen]
    where = np.where(loyal[who], home, other[who])
    umc = soorten.umc[what] & (rng.random(n) < c["umc_aandeel"])
    where = np.where(umc, rng.choice(zorgaanbieders.of_type("umc"), size=n), where)
    zbc = soorten.zbc[what] & (rng.random(n) < c["zbc_aandeel"])
    where = np.where(zbc, rng.choice(zorgaanbieders.of_type("zbc"), size=n), where)
    return np.where(what == soorten.hartfalen, home, where)


def heart_failure_pairs(
    persoon: Personen, trajecten: Trajecten, wereld: Wereld
) -> NDArray[np.int64]:
    """Heart-failure patients with a contact at a hospital: unique rows (person, hospital)."""
    hf, year = wereld.soorten.hartfalen, JAREN.index(trajecten.jaar)
    known = persoon.heeft[:, hf] & (persoon.bekend[:, hf] <= year)
    hospital = np.isin(trajecten.aanbieder, wereld.zorgaanbieders.of_type(*ZIEKENHUIS))
    rows = known[trajecten.persoon] & hospital
    pairs = np.stack([trajecten.persoon[rows], trajecten.aanbieder[rows]], axis=1)
    return np.unique(pairs, axis=0)


def _admit_heart_failure(
    blok: int, persoon: Personen, trajecten: Trajecten, wereld: Wereld
) -> Trajecten:
    """Give each hospital its planned share of heart-failure patients with an acute admission."""
    soorten, jaar = wereld.soorten, JAREN.index(trajecten.jaar)
    rng = generator(wereld.seed, "hartfalen", blok * len(JAREN) + jaar)
    pairs = heart_failure_pairs(persoon, trajecten, wereld)
    patients = np.bincount(pairs[:, 1], minlength=len(wereld.omvang)).astype(float)
    # Patients of two hospitals count once in the country but twice here.
    overlap = len(pairs) / max(len(np.unique(pairs[:, 0])), 1)
    basis = calibration()["hartfalen_acute_opname"] / overlap
    share = wereld.zorgaanbieders.share("hartfalen_acute_opname", ZIEKENHUIS, basis, wereld.omvang)
    rows = np.flatnonzero(trajecten.aandoening == soorten.hartfalen)
    factor = persoon.welfare_factor()[trajecten.persoon[rows]]
    wanted = round_randomly(rng, patients * share)
    chosen = rows[quota_counts(rng, trajecten.aanbieder[rows], wanted, factor)]
    acuut, opname = trajecten.acuut.copy(), trajecten.opname.copy()
    lig = trajecten.ligdagen.copy()
    acuut[chosen] = True
    opname[chosen] = trajecten.begin[chosen]
    lig[chosen] = 1 + rng.poisson(soorten.ligdagen[soorten.hartfalen] - 1, size=len(chosen))
    return replace(trajecten, acuut=acuut, opname=opname, ligdagen=lig)


def make_trajecten(blok: int, jaar: int, persoon: Personen, wereld: Wereld) -> Trajecten:
    """Make the hospital care of a block of persons in one year.

    Args:
        blok: number of the block.
        jaar: calendar year.
        persoon: the persons.
        wereld: tables of the region.

    Returns:
        The care paths; at most one for heart failure a person.
    """
    rng = generator(wereld.seed, "trajecten", blok * len(JAREN) + JAREN.index(jaar))
    soorten = wereld.soorten
    paden = _who(rng, persoon, jaar, soorten)
    who, what, eigen = shift_hospital_care(blok, jaar, persoon, paden, wereld)
    n = len(who)
    where = _where(rng, persoon, who, what, wereld.zorgaanbieders, soorten)
    inside = generator(wereld.seed, "behandelingen", blok * len(JAREN) + JAREN.index(jaar))
    where, certain = place_complex_care(inside, persoon, who, what, where, wereld)
    verrichting = operations(inside, where, what, certain, wereld)
    begin = first_day(jaar) + rng.integers(0, 351, size=n)
    eind = np.minimum(begin + rng.integers(14, 121, size=n), last_day(jaar))
    admitted = rng.random(n) < soorten.opname[what]
    acuut = admitted & (rng.random(n) < soorten.acuut[what])
    planned = begin + (rng.random(n) * (eind - begin)).astype(np.int64)
    verwezen = ~eigen & ~acuut
    eenmalig = single_contacts(
        inside, persoon.praktijk[who], verwezen, verrichting | admitted, wereld
    )
    trajecten = Trajecten(
        jaar=jaar,
        persoon=who,
        aanbieder=where,
        aandoening=what,
        begin=begin,
        eind=eind,
        opname=np.where(admitted, np.where(acuut, begin, planned), -1),
        ligdagen=np.where(admitted, 1 + rng.poisson(np.maximum(soorten.ligdagen[what] - 1, 0)), 0),
        acuut=acuut,
        vervolg=follow_ups(inside, where, verwezen, eenmalig),
        eigen=eigen,
        verrichting=verrichting,
        eenmalig=eenmalig,
    )
    return _admit_heart_failure(blok, persoon, trajecten, wereld)
