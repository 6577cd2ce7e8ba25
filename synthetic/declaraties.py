"""Hospital declarations: one prestatie a care path, with its amount and care activities."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.behandelingen import MSZ, centre
from synthetic.gegevens import calibration, codes, planted
from synthetic.geneesmiddelen import expensive_medicines
from synthetic.kalender import JAREN
from synthetic.kans import generator, quota, rank_in_group
from synthetic.personen import Personen
from synthetic.prestaties import Prestaties, join, reference_numbers
from synthetic.regels import column
from synthetic.trajecten import Trajecten
from synthetic.wereld import Wereld

VERPLEEGDAG = b"190218"  # clinical day of nursing [from memory]
#: Care activities in use, by number: the consult codes, the day of nursing and the interventions.
CONSULTEN = tuple(row["zorgactiviteitcode"] for row in codes("consultsoort"))
INTERVENTIES = tuple(row["zorgactiviteitcode"] for row in codes("interventie"))
ACTIVITEITEN = column([*CONSULTEN, VERPLEEGDAG.decode(), *INTERVENTIES])
_VERPLEEGDAG = len(CONSULTEN)
_ACUUT, _EERSTELIJN, _EIGEN = 3, 4, 7  # COD327, see verwijzersoort.csv
_PRIJS_LIGDAG = 40_000  # eurocents a day of nursing; invented
_SPREIDING = 0.25  # of amounts, on a logarithmic scale; invented
_EERSTE_CONSULT = 0.55
_HONORARIUM = 0.35  # care paths with a separate fee of the specialist


def _activities(
    rng: np.random.Generator, t: Trajecten, wereld: Wereld
) -> dict[str, NDArray[np.int64]]:
    """Consults and days of nursing of the care paths."""
    kind = np.array([f"{r['soort']}-{r['kanaal']}" for r in codes("consultsoort")])
    first = np.flatnonzero((rng.random(len(t)) < _EERSTE_CONSULT) | t.verwezen)
    follow = np.repeat(np.arange(len(t)), t.vervolg)
    digital = quota(rng, t.aanbieder[follow], _digital_share(t.jaar, wereld))
    added = _digital_on_top(rng, t, follow, wereld)
    follow, digital = np.r_[follow, added], np.r_[digital, np.ones(len(added), dtype=bool)]
    physical_code = rng.choice(np.flatnonzero(kind == "vervolg-fysiek"), size=len(follow))
    digital_code = rng.choice(np.flatnonzero(kind == "vervolg-digitaal"), size=len(follow))
    first_code = rng.choice(np.flatnonzero(kind == "eerste-fysiek"), size=len(first))
    by_phone = rng.random(len(first)) < 0.05
    first_digital = rng.choice(np.flatnonzero(kind == "eerste-digitaal"), size=len(first))
    lying = np.flatnonzero(t.opname >= 0)
    done = np.flatnonzero(t.verrichting)
    number = {row["diagnosegroep"]: i for i, row in enumerate(codes("interventie"))}
    which = np.array([number.get(name, 0) for name in wereld.soorten.naam])[t.aandoening[done]]
    van = np.r_[first, follow, lying, done]
    span = (t.eind - t.begin)[follow]
    dag = np.r_[
        t.begin[first],
        t.begin[follow] + (rng.random(len(follow)) * (span + 1)).astype(np.int64),
        np.minimum(t.opname[lying], t.eind[lying]),
        np.where(t.opname[done] >= 0, np.minimum(t.opname[done], t.eind[done]), t.begin[done]),
    ]
    code = np.r_[
        np.where(by_phone, first_digital, first_code),
        np.where(digital, digital_code, physical_code),
        np.full(len(lying), _VERPLEEGDAG),
        _VERPLEEGDAG + 1 + which,
    ]
    once = np.ones(len(first) + len(follow), dtype=np.int64)
    aantal = np.r_[once, t.ligdagen[lying], np.ones(len(done), dtype=np.int64)]
    order = np.lexsort((code, dag, van))
    return {
        "activiteit_van": van[order],
        "activiteit_code": code[order],
        "activiteit_dag": dag[order],
        "activiteit_aantal": aantal[order],
    }


def _digital_share(jaar: int, wereld: Wereld) -> NDArray[np.float64]:
    """Share of the follow-up consults of each zorgaanbieder that is digital.

    It rises by the year, and then replaces physical consults. A zorgaanbieder that adds digital
    consults keeps its first share of the others; see ``_digital_on_top``.
    """
    c, year = calibration(), JAREN.index(jaar)
    indicator, group = "vervolgconsult_digitaal", wereld.zorgaanbieders
    now, then = (
        group.share(indicator, MSZ, c["digitaal_vervolg"] + c["digitaal_groei"] * y, wereld.omvang)
        for y in (year - 1, -1)
    )
    return np.where(_adds(wereld), then, now)


def _adds(wereld: Wereld) -> NDArray[np.bool_]:
    """Which zorgaanbieders give digital consults on top of physical ones."""
    names = [agb for indicator, agb in planted() if indicator == "vervangratio_digitaal"]
    return np.isin(wereld.zorgaanbieders.agb, names)


def _digital_on_top(
    rng: np.random.Generator, t: Trajecten, follow: NDArray[np.int64], wereld: Wereld
) -> NDArray[np.int64]:
    """Care paths of extra digital consults: as many as give the share that others have."""
    rows = follow[_adds(wereld)[t.aanbieder[follow]]]
    c = calibration()
    year = JAREN.index(t.jaar)
    then, now = (c["digitaal_vervolg"] + c["digitaal_groei"] * y for y in (-1, year - 1))
    n = round(len(rows) * (now - then) / (1 - now))
    return rng.choice(rows, size=n) if n else rows[:0]


def _referrer(t: Trajecten) -> NDArray[np.int64]:
    """Who referred (COD327): the first line, nobody for a known patient, or acute."""
    return np.where(t.eigen, _EIGEN, np.where(t.acuut, _ACUUT, _EERSTELIJN))


def _amounts(rng: np.random.Generator, t: Trajecten, wereld: Wereld) -> NDArray[np.int64]:
    """Amount per care path in eurocents."""
    spread = rng.lognormal(-(_SPREIDING**2) / 2, _SPREIDING, size=len(t))
    return np.maximum(np.rint(expected_amounts(t, wereld, spread)), 100).astype(np.int64)


def expected_amounts(
    t: Trajecten, wereld: Wereld, spreiding: NDArray[np.float64] | float = 1.0
) -> NDArray[np.float64]:
    """Amount per care path in eurocents, with the planted price level of the zorgaanbieder.

    Args:
        t: care paths of a year.
        wereld: tables of the region.
        spreiding: how much each price differs from the mean; 1 gives the expected amount.
    """
    c = calibration()
    year = JAREN.index(t.jaar)
    factor = c["msz_prijs_factor"] * (1 + c["msz_groei"]) ** year
    if year:
        factor /= 1 - c["msz_verschuiving"]
    price = wereld.soorten.prijs[t.aandoening] * 100 * factor * spreiding
    cent = price + _PRIJS_LIGDAG * t.ligdagen
    level = np.ones(len(wereld.omvang))
    level[wereld.zorgaanbieders.of_type("zbc")] = c["zbc_prijs_factor"]
    for (indicator, agb), factor_ in planted().items():
        if indicator == "kosten_per_patient":
            level[wereld.zorgaanbieders.position(agb)] = factor_
    factor_of = level[t.aanbieder]
    bowel = np.array(wereld.soorten.naam)[t.aandoening] == "darmkanker"
    at_centre = bowel & (t.aanbieder == wereld.zorgaanbieders.position(centre()))
    factor_of = np.where(at_centre, factor_of * c["centrum_prijs_factor"], factor_of)
    return np.asarray(cent * factor_of)


def hospital_declarations(blok: int, persoon: Personen, t: Trajecten, wereld: Wereld) -> Prestaties:
    """One prestatie a care path, with one or two tariffs and its activities, and the add-ons."""
    year = JAREN.index(t.jaar)
    rng = generator(wereld.seed, "declaraties-msz", blok * len(JAREN) + year)
    n = len(t)
    cent, medicines = expensive_medicines(blok, persoon, t, _amounts(rng, t, wereld), wereld)
    fee = np.where(rng.random(n) < _HONORARIUM, cent // 4, 0)
    rows = np.arange(n)
    van = np.r_[rows, rows[fee > 0]]
    order = np.argsort(van, kind="stable")
    tarief_cent = np.r_[cent - fee, fee[fee > 0]][order]
    tarief_soort = np.r_[np.full(n, 2), np.full((fee > 0).sum(), 4)][order]
    paths = Prestaties(
        persoon=t.persoon,
        verzekeraar=persoon.verzekeraar[t.persoon, year],
        aanbieder=t.aanbieder,
        begin=t.begin,
        eind=t.eind,
        soort=t.aandoening,
        acuut=t.acuut & (t.aandoening == wereld.soorten.hartfalen),
        volgnummer=rank_in_group(t.persoon, rows.astype(float)) + 1,
        cent=cent,
        credit=np.zeros(n, dtype=bool),
        nummer=reference_numbers(blok, t.jaar, n),
        vorige=np.full(n, -1),
        tarief_van=van[order],
        tarief_soort=tarief_soort,
        tarief_cent=tarief_cent,
        verwijzer=_referrer(t),
        **_activities(rng, t, wereld),
    )
    return join([paths, medicines])
