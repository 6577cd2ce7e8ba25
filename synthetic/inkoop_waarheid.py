"""What must be found from the declarations of one block of persons, indicator by indicator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthetic.behandelingen import interventions
from synthetic.gegevens import codes, table
from synthetic.inkoop_telling import (
    Getallen,
    InkoopTelling,
    Waarnemingen,
    consult_kinds,
    of_nobody,
)
from synthetic.kalender import JAREN
from synthetic.personen import Personen
from synthetic.prestaties import Prestaties
from synthetic.sectoren import sectors
from synthetic.substitutie import in_cohort, target_conditions

_EERSTELIJN = [int(r["verwijzer_soort"]) for r in codes("verwijzersoort")
               if r["herkomst"] == "eerstelijn"]  # fmt: skip
_CHRONISCH = 3  # position of chronic care in ``consulten.CODES``
Staat = dict[tuple[str, int], Prestaties]


@dataclass(frozen=True)
class Blok:
    """A block of persons with the prestaties that stand, by sector and year."""

    persoon: Personen
    staat: Staat
    contract: NDArray[np.bool_]


def count_purchasing(telling: InkoopTelling, blok: Blok) -> None:
    """Count every indicator from declarations for a block of persons."""
    for jaar in JAREN:
        msz, gp = blok.staat["msz", jaar], blok.staat["huisartsenzorg", jaar]
        _own_region(telling, jaar, blok.persoon, (msz, gp))
        _not_contracted(telling, jaar, blok)
        _medicines(telling, jaar, blok.persoon, msz)
        _treatments(telling, jaar, blok.persoon, msz)
        _consults(telling, jaar, blok.persoon, msz)
        _substitution(telling, jaar, blok.persoon, msz, gp)
    _referrals(telling, blok)


def _paths(msz: Prestaties) -> Prestaties:
    return msz.take(np.flatnonzero(msz.middel < 0))


def _own_region(
    telling: InkoopTelling, jaar: int, persoon: Personen, delen: tuple[Prestaties, ...]
) -> None:
    """Hospital care paths and GP prestaties inside the region where somebody lives."""
    for p in (_paths(delen[0]), delen[1]):
        inside = telling.wereld.zorgaanbieders.regio[p.aanbieder] == persoon.regio[p.persoon]
        seen = Waarnemingen(
            p.persoon, of_nobody(p.persoon), inside.astype(np.int64), np.ones(len(p), np.int64)
        )
        telling.count("zorg_in_eigen_regio", jaar, persoon.regio, seen)


def _not_contracted(telling: InkoopTelling, jaar: int, blok: Blok) -> None:
    """Euros of care without a contract with the insurer of that moment."""
    for row in table("zonder_contract"):
        telling.geld.add(row["indicator_id"])
        p = blok.staat[row["sector"], jaar]
        met = blok.contract[sectors()[row["sector"]].nr, JAREN.index(jaar)]
        without = ~met[p.aanbieder, p.verzekeraar]
        seen = Waarnemingen(p.persoon, of_nobody(p.persoon), p.cent * without, p.cent)
        telling.count(row["indicator_id"], jaar, blok.persoon.regio, seen)


def _medicines(telling: InkoopTelling, jaar: int, persoon: Personen, msz: Prestaties) -> None:
    """Euros of expensive medicines: of all hospital care, and of the year before."""
    add_on = np.where(msz.middel >= 0, msz.cent, 0)
    telling.geld |= {"dure_geneesmiddelen_aandeel", "dure_geneesmiddelen_groei"}
    seen = Waarnemingen(msz.persoon, msz.aanbieder, add_on, msz.cent)
    telling.count("dure_geneesmiddelen_aandeel", jaar, persoon.regio, seen)
    rows = np.flatnonzero(msz.middel >= 0)
    who, where, cent = msz.persoon[rows], msz.aanbieder[rows], msz.cent[rows]
    nothing = np.zeros_like(cent)
    if jaar != JAREN[0]:
        now = Waarnemingen(who, where, cent, nothing)
        telling.count("dure_geneesmiddelen_groei", jaar, persoon.regio, now)
    if jaar != JAREN[-1]:
        later = Waarnemingen(who, where, nothing, cent)
        telling.count("dure_geneesmiddelen_groei", jaar + 1, persoon.regio, later)


def _treatments(telling: InkoopTelling, jaar: int, persoon: Personen, msz: Prestaties) -> None:
    """Persons treated among those with the diagnosis, and how often complex care was given."""
    p, names = _paths(msz), np.array(telling.wereld.soorten.naam)
    first = len(codes("consultsoort")) + 1
    umc = telling.wereld.zorgaanbieders.of_type("umc")
    for i, row in enumerate(interventions()):
        van = msz.activiteit_van[msz.activiteit_code == first + i]
        who, where = msz.persoon[van], msz.aanbieder[van]
        ones = np.ones(len(van), np.int64)
        if row["interventie_id"] == "multitrauma":
            level1 = np.isin(where, umc).astype(np.int64)
            seen = Waarnemingen(who, of_nobody(who), level1, ones)
            telling.count("multitrauma_in_traumacentrum", jaar, persoon.regio, seen)
        if not row["indicator_id"]:
            seen = Waarnemingen(who, where, ones, ones)
            telling.count(f"volume_{row['interventie_id']}", jaar, persoon.regio, seen)
            continue
        rows = np.flatnonzero(names[p.soort] == row["diagnosegroep"])
        patient = Waarnemingen(
            np.r_[p.persoon[rows], who],
            np.r_[p.aanbieder[rows], where],
            np.r_[np.zeros(len(rows), np.int64), ones],
            np.ones(len(rows) + len(van), np.int64),
        )
        telling.count(row["indicator_id"], jaar, persoon.regio, patient, eens=True)


def _consults(telling: InkoopTelling, jaar: int, persoon: Personen, msz: Prestaties) -> None:
    """Care paths, physical and digital follow-up consults per provider and region."""
    _, physical, digital = consult_kinds()
    p, year, regions = _paths(msz), JAREN.index(jaar), len(telling.wereld.plaatsen.regio_code)
    sizes = len(telling.wereld.omvang) * regions
    van = msz.activiteit_van

    def per_unit(where: Getallen, who: Getallen, weight: Getallen) -> Getallen:
        key = where * regions + persoon.regio[who]
        return np.rint(np.bincount(key, weight, minlength=sizes)).astype(np.int64)

    counts = [per_unit(p.aanbieder, p.persoon, np.ones(len(p), np.int64))]
    for kind in (physical, digital):
        rows = kind[msz.activiteit_code]
        counts.append(
            per_unit(msz.aanbieder[van[rows]], msz.persoon[van[rows]], msz.activiteit_aantal[rows])
        )
    for key in np.flatnonzero(counts[0]):
        found = telling.consulten[int(key) // regions, int(key) % regions, year]
        for i, count in enumerate(counts):
            found[i] += int(count[key])


def _substitution(
    telling: InkoopTelling, jaar: int, persoon: Personen, msz: Prestaties, gp: Prestaties
) -> None:
    """Care for conditions that can move: that of the first line, of that and the hospital."""
    soorten = telling.wereld.soorten
    cohort = in_cohort(persoon, jaar, soorten)
    p = _paths(msz)
    hospital = p.persoon[target_conditions(soorten)[p.soort] & cohort[p.persoon]]
    first = gp.persoon[(gp.soort == _CHRONISCH) & cohort[gp.persoon]]
    who = np.r_[hospital, first]
    teller = np.r_[np.zeros(len(hospital), np.int64), np.ones(len(first), np.int64)]
    seen = Waarnemingen(who, of_nobody(who), teller, np.ones(len(who), np.int64))
    telling.count("substitutie_eerste_lijn", jaar, persoon.regio, seen)


def _referrals(telling: InkoopTelling, blok: Blok) -> None:
    """Referrals by the first line and how they end, at the practice that somebody goes to most."""
    persoon, n = blok.persoon, len(blok.persoon)
    visited = {jaar: np.zeros(n, dtype=bool) for jaar in JAREN}
    for jaar in JAREN:
        visited[jaar][blok.staat["huisartsenzorg", jaar].persoon] = True
    ever = np.any(list(visited.values()), axis=0)
    practice = np.where(ever, persoon.praktijk, -1)
    consult, _, _ = consult_kinds()
    for jaar in JAREN:
        p = blok.staat["msz", jaar]
        rows = np.flatnonzero((p.middel < 0) & np.isin(p.verwijzer, _EERSTELIJN))
        referrals = np.bincount(p.persoon[rows], minlength=n)
        who = np.flatnonzero(visited[jaar] | (referrals > 0))
        seen = Waarnemingen(who, practice[who], referrals[who], np.ones(len(who), np.int64))
        telling.count("verwijzing_huisarts", jaar, persoon.regio, seen)
        weight = np.where(consult[p.activiteit_code], p.activiteit_aantal, 1_000)
        contacts = np.bincount(p.activiteit_van, weight, minlength=len(p))[rows]
        once = (contacts == 1).astype(np.int64)
        path = Waarnemingen(
            p.persoon[rows], practice[p.persoon[rows]], once, np.ones(len(rows), np.int64)
        )
        telling.count("eenmalig_contact_na_verwijzing", jaar, persoon.regio, path)
