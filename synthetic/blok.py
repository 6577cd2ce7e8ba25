"""Everything about one block of persons: registers, declarations, kerngegevens and truth."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from synthetic import registers
from synthetic.berichten import Berichten
from synthetic.consulten import gp_declarations
from synthetic.correcties import deliver
from synthetic.declaraties import hospital_declarations
from synthetic.fhir_huisartsen import write_gp_year
from synthetic.fhir_levering import FhirBlok, share_in_time
from synthetic.fhir_ziekenhuizen import Geheugen, write_hospital_year
from synthetic.inkoop_telling import InkoopTelling
from synthetic.inkoop_waarheid import Blok, Staat, count_purchasing
from synthetic.kalender import JAREN
from synthetic.kans import generator
from synthetic.kern.schrijven import write_set
from synthetic.klinisch.schrijver import Klinisch
from synthetic.klinisch.waarheid import count_clinical
from synthetic.leveringen import Leveringen
from synthetic.personen import LEEFTIJDEN, Personen
from synthetic.prestaties import Prestaties, join
from synthetic.sectoren import Sector, sectors
from synthetic.substitutie import chronic_care
from synthetic.trajecten import Trajecten, heart_failure_pairs, make_trajecten
from synthetic.waarheid import Waarheid
from synthetic.wachttijden import make_waits, write_waits
from synthetic.wereld import Wereld
from synthetic.zorg import sector_declarations


@dataclass
class Regio:
    """Everything that grows while the region is written.

    Attributes:
        wereld: tables of the region.
        leveringen: the folder.
        waarheid: the truth.
        berichten: EI messages by (sector, year of care, year of delivery).
        inwoners: counters of the population register.
        contract: who has a contract with whom; see ``contracten.contracted``.
        inkoop: truth of the indicators from declarations.
        gecrediteerd: numbers of the prestaties that are credited, by sector.
        regio_van: region of the persons so far, block by block.
    """

    wereld: Wereld
    leveringen: Leveringen
    waarheid: Waarheid
    berichten: dict[tuple[str, int, int], Berichten]
    inwoners: NDArray[np.int64]
    contract: NDArray[np.bool_]
    inkoop: InkoopTelling
    gecrediteerd: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    regio_van: list[NDArray[np.int64]] = field(default_factory=list)


def write_block(regio: Regio, blok: int, persoon: Personen) -> None:
    """Write everything about one block of persons.

    Args:
        regio: what grows; files are appended to.
        blok: number of the block.
        persoon: its persons.
    """
    wereld, n = regio.wereld, len(persoon)
    registers.count_population(regio.inwoners, persoon)
    waits = make_waits(blok, persoon, wereld)
    write_waits(regio.leveringen, regio.waarheid, waits, persoon, wereld)
    memory = [Geheugen(np.zeros_like(persoon.heeft), np.zeros(n, dtype=np.int64)) for _ in range(2)]
    klinisch = Klinisch(persoon)
    stands: Staat = {}
    regio.regio_van.append(persoon.regio)
    for jaar in JAREN:
        paths = make_trajecten(blok, jaar, persoon, wereld)
        consults = gp_declarations(blok, jaar, persoon, wereld)
        care = {
            "msz": hospital_declarations(blok, persoon, paths, wereld),
            "huisartsenzorg": join(
                [consults, chronic_care(blok, jaar, persoon, wereld, len(consults))]
            ),
        }
        for sector in sectors().values():
            if sector.care_is_drawn:
                care[sector.naam] = sector_declarations(blok, jaar, sector, persoon, wereld)
        for naam, prestaties in care.items():
            sector = sectors()[naam]
            stands[naam, jaar] = _declare(regio, blok, jaar, sector, prestaties, persoon)
        _count_heart_failure(regio, paths, persoon)
        regio.waarheid.omvang.count_hospital_care(paths, persoon, wereld)
        _count_figures(regio, persoon, paths, consults)
        writers = [
            _writer(regio, blok, jaar, bron, klinisch)
            for bron in ("fhir-ziekenhuizen", "fhir-huisartsen")
        ]
        write_hospital_year(writers[0], paths, waits, memory[0], klinisch)
        write_gp_year(writers[1], consults, memory[1], klinisch)
        for writer in writers:
            write_set(writer)
    count_clinical(regio.waarheid, klinisch, wereld)
    count_purchasing(regio.inkoop, Blok(persoon, stands, regio.contract))
    visited = np.zeros(n, dtype=bool)
    for jaar in JAREN:
        visited[stands["huisartsenzorg", jaar].persoon] = True
    for jaar in JAREN:
        regio.waarheid.omvang.count_referrals(jaar, persoon, visited, wereld)


def _writer(regio: Regio, blok: int, jaar: int, bron: str, klinisch: Klinisch) -> FhirBlok:
    rng = generator(regio.wereld.seed, bron, blok * len(JAREN) + JAREN.index(jaar))
    share = share_in_time(regio.wereld)
    who = klinisch.persoon
    writer = FhirBlok(
        regio.wereld, regio.leveringen, regio.waarheid, bron, jaar, blok, who, rng, share
    )
    writer.vastgelegd = klinisch.vastgelegd
    return writer


def _declare(
    regio: Regio, blok: int, jaar: int, sector: Sector, prestaties: Prestaties, persoon: Personen
) -> Prestaties:
    """Deliver prestaties, some a year late or corrected; count and return what is valid."""
    seed, part = regio.wereld.seed, blok * len(JAREN) + JAREN.index(jaar)
    if sector.care_is_drawn:
        number = sector.nr * 100_000 + part
        delivered = deliver(seed, number, jaar, prestaties, "correcties-sectoren")
    else:
        delivered = deliver(seed, part * 2 + sector.nr, jaar, prestaties)
    regio.berichten[sector.naam, jaar, jaar].write(delivered.regulier, persoon)
    if (sector.naam, jaar, jaar + 1) in regio.berichten:
        regio.berichten[sector.naam, jaar, jaar + 1].write(delivered.nagekomen, persoon)
    regio.waarheid.count_money(sector.bron, jaar, delivered)
    contract = regio.contract[sector.nr, JAREN.index(jaar)]
    regio.waarheid.count_declared(sector.naam, jaar, delivered, contract)
    for sent in (delivered.regulier, delivered.nagekomen):
        regio.gecrediteerd[sector.naam].update(sent.vorige[sent.credit].tolist())
    if sector.naam == "msz":
        regio.waarheid.count_costs(jaar, delivered)
    return delivered.geldig


def _count_heart_failure(regio: Regio, paths: Trajecten, persoon: Personen) -> None:
    """Count heart-failure patients per hospital and in the country, and who was admitted."""
    soorten = regio.wereld.soorten
    pairs = heart_failure_pairs(persoon, paths, regio.wereld)
    acute = paths.acuut & (paths.aandoening == soorten.hartfalen)
    admitted = np.zeros((len(persoon), len(regio.wereld.omvang)), dtype=bool)
    admitted[paths.persoon[acute], paths.aanbieder[acute]] = True
    hit = admitted[pairs[:, 0], pairs[:, 1]]
    indicator = "hartfalen_acute_opname"
    regio.waarheid.count(indicator, paths.jaar, pairs[:, 1], hit)
    persons = np.unique(pairs[:, 0])
    found = int(admitted[persons].any(axis=1).sum())
    regio.waarheid.count_country(indicator, paths.jaar, found, len(persons))


def _count_figures(regio: Regio, persoon: Personen, paths: Trajecten, consults: Prestaties) -> None:
    """Count what the calibration fixed, to hold beside it."""
    count, n = regio.waarheid.count_figure, len(persoon)
    for part in (paths, consults):
        inside = regio.wereld.zorgaanbieders.regio[part.aanbieder] == persoon.regio[part.persoon]
        count("eigen_regio", int(inside.sum()), len(inside))
    count("consulten_per_verzekerde", len(consults), n)
    if paths.jaar != JAREN[0]:
        return
    conditions = persoon.heeft.sum(axis=1)
    chronic, hf = conditions > 0, persoon.heeft[:, regio.wereld.soorten.hartfalen]
    count("aandeel_65plus", int((persoon.band >= LEEFTIJDEN.index(65)).sum()), n)
    count("aandeel_chronisch", int(chronic.sum()), n)
    count("aandeel_multimorbide", int((conditions > 1).sum()), int(chronic.sum()))
    count("aandeel_hartfalen", int(hf.sum()), n)
