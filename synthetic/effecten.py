"""How large planted effects are in the unit of the figure that shows them.

Most are planted as the figure itself: a share, a gain in points. Others are planted as something
else, such as a price level, and what the figure is expected to be then follows from the arrays and
chances of the generator: never from what it wrote, nor from what was drawn for the figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from synthetic.behandelingen import centre, interventions
from synthetic.declaraties import expected_amounts
from synthetic.gegevens import calibration, planted, table
from synthetic.geneesmiddelen import medicine_rise
from synthetic.personen import Personen
from synthetic.trajecten import Trajecten, expected_referrals
from synthetic.wereld import Wereld

KOP = (
    "effect_id", "indicator_id", "niveau", "eenheid_id", "periode", "verwacht", "herleiding",
)  # fmt: skip
KOSTEN, VERWIJZING, CENTRUM = (
    "kosten_per_patient", "verwijzing_huisarts", "volume_darmkankerresectie",
)  # fmt: skip
Plek = tuple[str, str, int]


@dataclass
class Omvang:
    """Expected teller and noemer of figures, by (indicator, unit, year).

    Attributes:
        som: teller and noemer; a noemer of 0 is that of the figure itself.
    """

    som: dict[Plek, NDArray[np.float64]] = field(
        default_factory=lambda: defaultdict(lambda: np.zeros(2))
    )

    def add(self, indicator: str, eenheid: str, jaar: int, teller: float, noemer: float) -> None:
        """Add to what is expected of a figure."""
        self.som[indicator, eenheid, jaar] += (teller, noemer)

    def count_hospital_care(self, t: Trajecten, persoon: Personen, wereld: Wereld) -> None:
        """Costs at the planted price level, and operations of the one centre."""
        cent = expected_amounts(t, wereld)
        for indicator, agb in planted():
            where = wereld.zorgaanbieders.position(agb) if indicator == KOSTEN else -1
            rows = t.aanbieder == where
            if rows.any():
                people = len(np.unique(t.persoon[rows]))
                self.add(KOSTEN, agb, t.jaar, float(cent[rows].sum()) / 100, people)
        bowel = np.array(wereld.soorten.naam)[t.aandoening] == "darmkanker"
        home = persoon.ziekenhuis[t.persoon] == wereld.zorgaanbieders.position(centre())
        sent = calibration()["darmkanker_centrum"]
        rest = next(
            float(row["aandeel"])
            for row in interventions()
            if row["interventie_id"] == CENTRUM.removeprefix("volume_")
        )
        number = sent * int(bowel.sum()) + (1 - sent) * rest * int((bowel & home).sum())
        self.add(CENTRUM, centre(), t.jaar, number, 1)

    def count_referrals(
        self, jaar: int, persoon: Personen, bezocht: NDArray[np.bool_], wereld: Wereld
    ) -> None:
        """Referrals of the practice that refers more often, of persons who ever visited it."""
        for (indicator, agb), value in planted().items():
            if indicator == VERWIJZING:
                own = bezocht & (persoon.praktijk == wereld.zorgaanbieders.position(agb))
                chance = expected_referrals(persoon, jaar, value, wereld)
                self.add(VERWIJZING, agb, jaar, float(chance[own].sum()), 0)

    def rows(self, cijfers: dict[Plek, float]) -> Iterator[tuple[object, ...]]:
        """Rows of ``effecten_omvang.csv``.

        Args:
            cijfers: noemer of every figure by (indicator, unit, year).
        """
        effects = [
            (e, niveau, e[column])
            for naam, niveau, column in (
                ("effecten", "zorgaanbieder", "zorgaanbieder_id"),
                ("effecten_regio", "zorgkantoorregio", "zorgkantoorregio_code"),
            )
            for e in table(naam)
            if e["indicator_id"]
        ]
        for e, niveau, unit in effects:
            indicator = e["indicator_id"]
            for _, _, jaar in sorted(p for p in cijfers if p[:2] == (indicator, unit)):
                place = (indicator, unit, jaar)
                value, how = self._expected(place, float(e["waarde"]), cijfers[place])
                yield (e["effect_id"], indicator, niveau, unit, jaar, f"{value:.6f}", how)

    def _expected(self, plek: Plek, waarde: float, noemer: float) -> tuple[float, str]:
        indicator, _, jaar = plek
        if plek in self.som:
            teller, own = self.som[plek]
            return teller / (own or noemer), "geteld"
        if indicator == "dure_geneesmiddelen_aandeel":
            return waarde * medicine_rise(jaar), "aandeel maal groei"
        if indicator.startswith("niet_gecontracteerd_"):
            dear = waarde * calibration()["niet_gecontracteerd_prijs"]
            return dear / (dear + 1 - waarde), "aandeel maal prijs"
        return waarde, "zoals geplant"
