"""Hospital declarations: one prestatie a care path, with its amount and care activities."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import calibration, codes, planted
from synthetic.kalender import JAREN
from synthetic.kans import generator, quota, rank_in_group
from synthetic.personen import Personen
from synthetic.prestaties import Prestaties, reference_numbers
from synthetic.regels import column
from synthetic.trajecten import Trajecten
from synthetic.wereld import Wereld

VERPLEEGDAG = b"190218"  # clinical day of nursing [from memory]
#: Care activities in use, by number: the consult codes and the day of nursing.
CONSULTEN = tuple(row["zorgactiviteitcode"] for row in codes("consultsoort"))
ACTIVITEITEN = column([*CONSULTEN, VERPLEEGDAG.decode()])
_VERPLEEGDAG = len(CONSULTEN)
_PRIJS_LIGDAG = 40_000  # eurocents a day of nursing; invented
_SPREIDING = 0.25  # of amounts, on a logarithmic scale; invented
_EERSTE_CONSULT = 0.55
_HONORARIUM = 0.35  # care paths with a separate fee of the specialist


def _activities(
    rng: np.random.Generator, t: Trajecten, wereld: Wereld
) -> dict[str, NDArray[np.int64]]:
    """Consults and days of nursing of the care paths."""
    kind = np.array([f"{r['soort']}-{r['kanaal']}" for r in codes("consultsoort")])
    msz = ("umc", "stz", "algemeen_ziekenhuis", "zbc")
    basis = calibration()["digitaal_vervolg"]
    share = wereld.zorgaanbieders.share("vervolgconsult_digitaal", msz, basis, wereld.omvang)
    first = np.flatnonzero(rng.random(len(t)) < _EERSTE_CONSULT)
    follow = np.repeat(np.arange(len(t)), t.vervolg)
    digital = quota(rng, t.aanbieder[follow], share)
    physical_code = rng.choice(np.flatnonzero(kind == "vervolg-fysiek"), size=len(follow))
    digital_code = rng.choice(np.flatnonzero(kind == "vervolg-digitaal"), size=len(follow))
    first_code = rng.choice(np.flatnonzero(kind == "eerste-fysiek"), size=len(first))
    by_phone = rng.random(len(first)) < 0.05
    first_digital = rng.choice(np.flatnonzero(kind == "eerste-digitaal"), size=len(first))
    lying = np.flatnonzero(t.opname >= 0)
    van = np.r_[first, follow, lying]
    span = (t.eind - t.begin)[follow]
    dag = np.r_[
        t.begin[first],
        t.begin[follow] + (rng.random(len(follow)) * (span + 1)).astype(np.int64),
        np.minimum(t.opname[lying], t.eind[lying]),
    ]
    code = np.r_[
        np.where(by_phone, first_digital, first_code),
        np.where(digital, digital_code, physical_code),
        np.full(len(lying), _VERPLEEGDAG),
    ]
    aantal = np.r_[np.ones(len(first) + len(follow), dtype=np.int64), t.ligdagen[lying]]
    order = np.lexsort((code, dag, van))
    return {
        "activiteit_van": van[order],
        "activiteit_code": code[order],
        "activiteit_dag": dag[order],
        "activiteit_aantal": aantal[order],
    }


def _amounts(rng: np.random.Generator, t: Trajecten, wereld: Wereld) -> NDArray[np.int64]:
    """Amount per care path in eurocents, with the planted price level of the zorgaanbieder."""
    c = calibration()
    factor = c["msz_prijs_factor"] * (1 + c["msz_groei"]) ** JAREN.index(t.jaar)
    spread = rng.lognormal(-(_SPREIDING**2) / 2, _SPREIDING, size=len(t))
    cent = wereld.soorten.prijs[t.aandoening] * 100 * factor * spread + _PRIJS_LIGDAG * t.ligdagen
    level = np.ones(len(wereld.omvang))
    level[wereld.zorgaanbieders.of_type("zbc")] = c["zbc_prijs_factor"]
    for (indicator, agb), factor_ in planted().items():
        if indicator == "kosten_per_patient":
            level[wereld.zorgaanbieders.position(agb)] = factor_
    return np.maximum(np.rint(cent * level[t.aanbieder]), 100).astype(np.int64)


def hospital_declarations(blok: int, persoon: Personen, t: Trajecten, wereld: Wereld) -> Prestaties:
    """One prestatie a care path, with one or two tariffs and its care activities."""
    year = JAREN.index(t.jaar)
    rng = generator(wereld.seed, "declaraties-msz", blok * len(JAREN) + year)
    n = len(t)
    cent = _amounts(rng, t, wereld)
    fee = np.where(rng.random(n) < _HONORARIUM, cent // 4, 0)
    rows = np.arange(n)
    van = np.r_[rows, rows[fee > 0]]
    order = np.argsort(van, kind="stable")
    tarief_cent = np.r_[cent - fee, fee[fee > 0]][order]
    tarief_soort = np.r_[np.full(n, 2), np.full((fee > 0).sum(), 4)][order]
    return Prestaties(
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
        **_activities(rng, t, wereld),
    )
