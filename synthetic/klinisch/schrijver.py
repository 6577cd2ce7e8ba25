"""One block over the years: what is planned, what was decided before, and who writes it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from synthetic.kalender import year
from synthetic.klinisch.vastgelegd import Vastgelegd
from synthetic.personen import Personen
from synthetic.wereld import Wereld


@dataclass
class Vervolg:
    """PROMs that are still to be filled in after an operation.

    Attributes:
        wie: persons.
        aanbieder: zorgaanbieders of the operation.
        moment: when the questionnaire is filled in.
        score: what comes out.
    """

    wie: NDArray[np.int64]
    aanbieder: NDArray[np.int64]
    moment: NDArray[np.int64]
    score: NDArray[np.int64]


@dataclass
class Klinisch:
    """What a block remembers from year to year, beside ``Geheugen``.

    Attributes:
        persoon: the persons.
        vastgelegd: what both sources recorded.
        medicatie_gepland: persons of whom the medicines in use are decided.
        wens_gepland: persons of whom it is decided whether there is a treatment directive.
        gevallen: persons who fall this year and seek help from their GP.
        vervolg: PROMs still to come.
    """

    persoon: Personen
    vastgelegd: Vastgelegd = field(default_factory=Vastgelegd)
    medicatie_gepland: NDArray[np.bool_] = field(init=False)
    wens_gepland: NDArray[np.bool_] = field(init=False)
    gevallen: NDArray[np.int64] = field(init=False)
    vervolg: list[Vervolg] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.medicatie_gepland = np.zeros(len(self.persoon), dtype=bool)
        self.wens_gepland = np.zeros(len(self.persoon), dtype=bool)
        self.gevallen = np.zeros(0, dtype=np.int64)

    def age(self, jaar: int) -> NDArray[np.int64]:
        """Age at the end of a year, from the year of birth."""
        return jaar - year(self.persoon.geboren)


def planned_share(
    wereld: Wereld, indicator_id: str, soorten: tuple[str, ...], basis: float
) -> NDArray[np.float64]:
    """Planned share per zorgaanbieder; see ``Zorgaanbieders.share``."""
    return wereld.zorgaanbieders.share(indicator_id, soorten, basis, wereld.omvang)
