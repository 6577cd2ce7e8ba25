"""All measures of the mirror in plain Python, from observations: the other half of the oracle."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from statistics import NormalDist, variance
from typing import Any

import numpy as np
from marts_orakel import Waarneming, Wereld
from marts_orakel_casemix import BASIS, Stratum, chronic, compared_with, model, model_of
from marts_orakel_dq import BRON, Verlies, per_provider
from marts_orakel_oordeel import Eenheid, by_group, judge
from scipy import stats

Z95 = NormalDist().inv_cdf(0.975)
KLASSEN = [(0, 17, "00-17"), (18, 44, "18-44"), (45, 64, "45-64"), (65, 74, "65-74"),
           (75, 84, "75-84"), (85, 200, "85+")]  # fmt: skip
MAAT = {"personen": "proportie_personen", "gemiddelde": "gemiddelde_per_persoon"}
SOORT = {"hartfalen_acute_opname": "personen", "kosten_per_patient": "gemiddelde"}
ALLEEN_JAAR = {"hartfalen_acute_opname", "kosten_per_patient"}
NORMEN = {
    "ggz_aanmeldwachttijd_treeknorm": (0.80, 1), "ggz_behandelwachttijd_treeknorm": (0.80, 1),
    "hartfalen_acute_opname": (0.10, -1), "kerngegevens_binnen_24_uur": (1.0, 1),
}  # fmt: skip

#: indicator, niveau, eenheid, uitsplitsing, waarde, periode
Sleutel = tuple[str, str, str, str, str, str]
#: provider, year -> records and how much of them is lost
Quality = dict[tuple[str, str], Verlies]


@dataclass
class Cel:
    """One cell with its observations, and what is computed of it."""

    waarnemingen: list[tuple[Waarneming, Stratum]] = field(default_factory=list)
    maten: dict[str, Any] = field(default_factory=dict)


def mirror(wereld: Wereld) -> dict[Sleutel, dict[str, object]]:
    """Every cell of the mirror with its measures."""
    cellen: dict[Sleutel, Cel] = defaultdict(Cel)
    for waarneming in wereld.waarnemingen:
        persoon = wereld.personen[waarneming.persoon]
        jaar = waarneming.dag.year
        stratum = (_age(persoon["geboortejaar"], jaar), persoon["geslacht"],
                   persoon["welvaart_kwintiel"],
                   chronic(wereld.diagnosen.get(waarneming.persoon), jaar))  # fmt: skip
        for sleutel in _cells_of(waarneming, persoon, stratum):
            cellen[sleutel].waarnemingen.append((waarneming, stratum))
    quality = {naam: per_provider(wereld.gegevens, naam) for naam in BRON}
    for sleutel, cel in cellen.items():
        cel.maten = _own(sleutel, cel, quality[sleutel[0]])
    pools = _pool(cellen)
    for sleutel, cel in cellen.items():
        indicator, niveau, _eenheid, *rest = sleutel
        land = cellen[(indicator, "landelijk", "NL", *sleutel[3:])].maten
        _against_level(sleutel, cel, pools[(indicator, niveau, *rest)], land)
    _judged(cellen)
    _against_peers(cellen, wereld)
    return {sleutel: cel.maten for sleutel, cel in cellen.items()}


def _age(geboortejaar: int | None, jaar: int) -> str:
    if geboortejaar is None:
        return "onbekend"
    leeftijd = jaar - geboortejaar
    return next((naam for van, tot, naam in KLASSEN if van <= leeftijd <= tot), "onbekend")


def _cells_of(waarneming: Waarneming, persoon: dict, stratum: Stratum) -> list[Sleutel]:
    eenheden = {
        "landelijk": "NL", "zorgkantoorregio": persoon["zorgkantoorregio"],
        "gemeente": persoon["gemeente"], "verzekeraar": persoon["verzekeraar"],
        "zorgaanbieder": waarneming.aanbieder or "ONBEKEND",
    }  # fmt: skip
    namen = ("leeftijdsklasse", "geslacht", "welvaart_kwintiel")
    delen = [("TOTAAL", "TOTAAL"), *zip(namen, stratum[:3], strict=True)]
    if waarneming.groep != "TOTAAL":
        delen.append(("diagnosegroep", waarneming.groep))
    jaar = str(waarneming.dag.year)
    perioden = [jaar]
    if waarneming.indicator not in ALLEEN_JAAR:
        perioden.append(f"{jaar}Q{(waarneming.dag.month + 2) // 3}")
    return [
        (waarneming.indicator, niveau, eenheid, uitsplitsing, waarde, periode)
        for niveau, eenheid in eenheden.items()
        if eenheid != "ONBEKEND"
        for uitsplitsing, waarde in delen
        for periode in perioden
    ]


def _per_person(indicator: str, cel: Cel) -> dict[str, tuple[Stratum, Decimal, Decimal]]:
    """Stratum, teller and noemer of every person in a cell."""
    found: dict[str, list[Waarneming]] = defaultdict(list)
    strata = {}
    for waarneming, stratum in cel.waarnemingen:
        found[waarneming.persoon].append(waarneming)
        strata[waarneming.persoon] = stratum
    soort = SOORT.get(indicator, "som")
    result = {}
    for persoon, rows in found.items():
        tellers, noemers = [w.teller for w in rows], [w.noemer for w in rows]
        teller = max(tellers) if soort == "personen" else sum(tellers, Decimal(0))
        noemer = sum(noemers, Decimal(0)) if soort == "som" else Decimal(1)
        result[persoon] = (strata[persoon], teller, noemer)
    return result


def _own(sleutel: Sleutel, cel: Cel, quality: Quality) -> dict[str, object]:
    indicator, periode = sleutel[0], sleutel[5]
    personen = _per_person(indicator, cel)
    tellers = [teller for _s, teller, _n in personen.values()]
    noemer = sum((n for _s, _t, n in personen.values()), Decimal(0))
    strata: dict[Stratum, list[Fraction]] = defaultdict(lambda: [Fraction(0)] * 3)
    for stratum, teller, deel in personen.values():
        for i, bij in enumerate((teller, deel, 1)):
            strata[stratum][i] += Fraction(bij)
    teller = sum(tellers, Decimal(0))
    waarde = float(teller) / float(noemer) if noemer else None
    maten: dict[str, object] = {
        "teller": teller,
        "noemer": noemer,
        "waarde": waarde,
        "n_personen": len(personen),
        "n_zorgaanbieders": len({w.aanbieder for w, _s in cel.waarnemingen} - {None}),
        "dq_score": _quality(indicator, periode[:4], cel, quality),
        "strata": strata,
        "tellers": [float(teller) for teller in tellers],
        "variantie": variance(map(float, tellers)) if len(tellers) > 1 else None,
    }
    maten["ci_laag"], maten["ci_hoog"] = _interval(indicator, maten)
    doel, richting = NORMEN.get(indicator, (None, 0))
    maten["doelwaarde"] = doel
    maten["afstand_tot_doel"] = (
        None if doel is None or waarde is None else richting * (waarde - doel)
    )
    return maten


def _quality(indicator: str, jaar: str, cel: Cel, quality: Quality) -> float:
    """Score of the providers' records, weighted by their part of the noemer."""
    weights: dict[tuple[str | None, str], Decimal] = defaultdict(Decimal)
    for waarneming, _stratum in cel.waarnemingen:
        key = (waarneming.aanbieder, waarneming.persoon)
        som = indicator not in SOORT
        weights[key] = weights[key] + waarneming.noemer if som else Decimal(1)
    score = 0.0
    for (aanbieder, _persoon), weight in weights.items():
        records, lost = quality.get((aanbieder or "", jaar), (0, Decimal(0)))
        score += float(weight) * (1 - float(lost) / records if records else 0.0)
    return score / float(sum(weights.values()))


def _interval(indicator: str, maten: dict) -> tuple[float | None, float | None]:
    waarde, n = maten["waarde"], float(maten["noemer"])
    if waarde is None:
        return None, None
    if indicator == "kosten_per_patient":
        personen = maten["n_personen"]
        if personen < 2:
            return None, None
        half = float(stats.t.ppf(0.975, personen - 1)) * sqrt(maten["variantie"] / personen)
        # Costs are not below nought, whatever the interval of a mean says (decision 0041).
        return max(waarde - half, min(0.0, waarde)), waarde + half
    midden = (waarde + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
    half = Z95 / (1 + Z95**2 / n) * sqrt(waarde * (1 - waarde) / n + Z95**2 / (4 * n * n))
    return max(midden - half, 0.0), min(midden + half, 1.0)


def _pool(cellen: dict[Sleutel, Cel]) -> dict[tuple, dict[str, Any]]:
    """All units of a level together, per breakdown and period: strata and spread of persons."""
    pools: dict[tuple, dict[str, Any]] = {}
    for (indicator, niveau, _eenheid, *rest), cel in cellen.items():
        pool = pools.setdefault(
            (indicator, niveau, *rest),
            {"strata": defaultdict(lambda: [Fraction(0)] * 3), "tellers": []},
        )
        pool["tellers"] += cel.maten["tellers"]
        for stratum, sommen in cel.maten["strata"].items():
            for i, som in enumerate(sommen):
                pool["strata"][stratum][i] += som
    for (indicator, *_), pool in pools.items():
        pool["gekozen"] = compared_with(pool["strata"], *model_of(indicator))
        pool["basis"] = compared_with(pool["strata"], *model(BASIS))
    return pools


def _against_level(sleutel: Sleutel, cel: Cel, pool: dict[str, Any], land: dict[str, Any]) -> None:
    maten = cel.maten
    for naam, soort in (("oe_ratio", "gekozen"), ("oe_basis", "basis")):
        verwacht = 0.0
        for stratum, (_teller, noemer, _n) in maten["strata"].items():
            alle_teller, alle_noemer = pool[soort][stratum]
            verwacht += float(noemer * alle_teller / alle_noemer)
        maten[naam] = float(maten["teller"]) / verwacht if verwacht else None
        maten.setdefault("verwacht", verwacht)
    maten["referentie_landelijk"] = land["waarde"]
    goed = maten["n_personen"] >= 10 and round(maten["dq_score"], 6) >= 0.95
    maten["status"] = "definitief" if goed else "indicatief"


def _judged(cellen: dict[Sleutel, Cel]) -> None:
    """Limits, class and shrinkage of every unit against those of its level."""
    rijen = []
    for (indicator, niveau, eenheid, *rest), cel in cellen.items():
        soort = MAAT.get(SOORT.get(indicator, "som"), "proportie_som")
        t = np.array(cel.maten["tellers"]) if soort == "gemiddelde_per_persoon" else None
        maten = cel.maten
        rijen.append(((indicator, niveau, *rest), Eenheid(
            eenheid, soort, maten["n_personen"], float(maten["teller"]), float(maten["noemer"]),
            maten["verwacht"], t, None if t is None else np.ones(len(t)),
        )))  # fmt: skip
    for (indicator, niveau, *rest), groep in by_group(rijen).items():
        oordelen = {} if niveau == "landelijk" else judge(groep)
        for eenheid in groep:
            maten = cellen[(indicator, niveau, eenheid.naam, *rest)].maten
            oordeel = oordelen.get(eenheid.naam)
            maten["volume_voldoende"] = eenheid.personen >= 10
            maten |= {"funnel_klasse": "geen_oordeel"} if oordeel is None else oordeel
            if oordeel is not None and eenheid.tellers is not None:
                schaal = eenheid.n / eenheid.mu
                maten["oe_laag"] = maten["ci_laag"] * schaal
                maten["oe_hoog"] = maten["ci_hoog"] * schaal


def _against_peers(cellen: dict[Sleutel, Cel], wereld: Wereld) -> None:
    groepen: dict[tuple, list[Cel]] = defaultdict(list)
    for (indicator, niveau, eenheid, *rest), cel in cellen.items():
        peer = wereld.aanbieders[eenheid]["soort"] if niveau == "zorgaanbieder" else niveau
        cel.maten["peergroep"] = peer
        groepen[(indicator, niveau, peer, *rest)].append(cel)
    for groep in groepen.values():
        teller = sum((c.maten["teller"] for c in groep), Decimal(0))
        noemer = sum((c.maten["noemer"] for c in groep), Decimal(0))
        waarden = [round(c.maten["waarde"], 6) for c in groep if c.maten["waarde"] is not None]
        for cel in groep:
            cel.maten["referentie_peer"] = float(teller) / float(noemer) if noemer else None
            if cel.maten["waarde"] is not None:
                eigen = round(cel.maten["waarde"], 6)
                lager = sum(w < eigen for w in waarden)
                gelijk = sum(w == eigen for w in waarden)
                cel.maten["percentiel"] = 100 * (lager + gelijk / 2) / len(waarden)
