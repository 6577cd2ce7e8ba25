"""A block of inhabitants as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import calibration
from synthetic.kalender import first_day
from synthetic.kans import rank_in_group

#: Lower bound of the age bands on 1 January 2024.
LEEFTIJDEN = (0, 18, 45, 65, 75)


@dataclass(frozen=True)
class Personen:
    """A block of persons, one position each.

    Attributes:
        eerste: number of the first person in the region.
        bsn: burgerservicenummer.
        geboren: birth day.
        vrouw: whether the person is a woman.
        band: age band, position in ``LEEFTIJDEN``.
        plaats: position in ``Plaatsen``.
        kwintiel: welfare quintile of the home.
        regio: number of the zorgkantoorregio of the home.
        adres: four small numbers for name, initial, street and house number, shape (n, 4).
        verzekeraar: position of the insurer in 2023, 2024 and 2025, shape (n, 3).
        heeft: chronic conditions, shape (n, conditions).
        bekend: year (0, 1 or 2) in which a condition is first recorded, shape (n, conditions).
        praktijk: GP practice.
        ziekenhuis: home hospital.
        ggz: ggz institution.
    """

    eerste: int
    bsn: NDArray[np.int64]
    geboren: NDArray[np.int64]
    vrouw: NDArray[np.bool_]
    band: NDArray[np.int64]
    plaats: NDArray[np.int64]
    kwintiel: NDArray[np.int64]
    regio: NDArray[np.int64]
    adres: NDArray[np.int64]
    verzekeraar: NDArray[np.int64]
    heeft: NDArray[np.bool_]
    bekend: NDArray[np.int64]
    praktijk: NDArray[np.int64]
    ziekenhuis: NDArray[np.int64]
    ggz: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.bsn)

    def first(self, n: int) -> Personen:
        """The first ``n`` persons of the block."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return Personen(**{k: v if k == "eerste" else v[:n] for k, v in values.items()})

    def welfare_factor(self) -> NDArray[np.float64]:
        """Relative care use by welfare: above 1 in the lower quintiles, 1 on average."""
        return 1 + calibration()["welvaart_gradient"] * (3 - self.kwintiel) / 2


def age_class(
    persoon: Personen, jaar: int, grenzen: tuple[int, ...] = LEEFTIJDEN
) -> NDArray[np.int64]:
    """Age class on 1 January of a year, as a position in ``grenzen``."""
    age = (first_day(jaar) - persoon.geboren) / 365.2425
    return np.searchsorted(np.array(grenzen), age, side="right") - 1


def own_conditions(rng: np.random.Generator, heeft: NDArray[np.bool_]) -> NDArray[np.int64]:
    """One random condition out of those each row has; -1 where there is none."""
    row, column = np.nonzero(heeft)
    out = np.full(len(heeft), -1, dtype=np.int64)
    first = rank_in_group(row, rng.random(len(row))) == 0
    out[row[first]] = column[first]
    return out
