"""Declared care as arrays: prestaties with the tariffs and care activities under them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

from synthetic.kalender import JAREN


def _none() -> NDArray[np.int64]:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Prestaties:
    """Prestaties and the records under them, one position each.

    Attributes:
        persoon: position in the block of persons.
        verzekeraar: position of the insurer.
        aanbieder: position of the declarant.
        begin: first day.
        eind: last day.
        soort: condition (hospital) or position in ``consulten.CODES``.
        acuut: whether an acute admission for the condition is part of it.
        volgnummer: number within person, year and declarant.
        cent: amount in eurocents, positive also on credit lines.
        credit: whether it is a credit line.
        nummer: number behind the references; unique in a source.
        vorige: number of the prestatie it reverses, -1 for none.
        tarief_van: prestatie of each tariff, ascending.
        tarief_soort: kind of tariff, 2 institution or 4 fee of the specialist.
        tarief_cent: amount in eurocents.
        activiteit_van: prestatie of each care activity, ascending.
        activiteit_code: position in ``declaraties.ACTIVITEITEN``.
        activiteit_dag: day.
        activiteit_aantal: how often.
        tijd_van: prestatie of each record of time spent, ascending.
        tijd_direct: direct minutes.
        aantal: quantity of a prestatie; 1 where it is left out.
        verwijzer: who referred (COD327); 4, the first line, where it is left out.
        middel: position of an expensive medicine, -1 for other care.
    """

    persoon: NDArray[np.int64]
    verzekeraar: NDArray[np.int64]
    aanbieder: NDArray[np.int64]
    begin: NDArray[np.int64]
    eind: NDArray[np.int64]
    soort: NDArray[np.int64]
    acuut: NDArray[np.bool_]
    volgnummer: NDArray[np.int64]
    cent: NDArray[np.int64]
    credit: NDArray[np.bool_]
    nummer: NDArray[np.int64]
    vorige: NDArray[np.int64]
    tarief_van: NDArray[np.int64] = field(default_factory=_none)
    tarief_soort: NDArray[np.int64] = field(default_factory=_none)
    tarief_cent: NDArray[np.int64] = field(default_factory=_none)
    activiteit_van: NDArray[np.int64] = field(default_factory=_none)
    activiteit_code: NDArray[np.int64] = field(default_factory=_none)
    activiteit_dag: NDArray[np.int64] = field(default_factory=_none)
    activiteit_aantal: NDArray[np.int64] = field(default_factory=_none)
    tijd_van: NDArray[np.int64] = field(default_factory=_none)
    tijd_direct: NDArray[np.int64] = field(default_factory=_none)
    aantal: NDArray[np.int64] = field(default_factory=_none)
    verwijzer: NDArray[np.int64] = field(default_factory=_none)
    middel: NDArray[np.int64] = field(default_factory=_none)

    def __post_init__(self) -> None:
        for name, value in (("aantal", 1), ("verwijzer", 4), ("middel", -1)):
            if len(getattr(self, name)) != len(self.persoon):
                filled = np.full(len(self.persoon), value, dtype=np.int64)
                object.__setattr__(self, name, filled)

    def __len__(self) -> int:
        return len(self.persoon)

    def take(self, rows: NDArray[np.int64]) -> Prestaties:
        """The prestaties at these positions, in this order, with their records."""
        values = {}
        for kind in ("tarief", "activiteit", "tijd"):
            parent = getattr(self, f"{kind}_van")
            start = np.searchsorted(parent, rows)
            count = np.searchsorted(parent, rows, side="right") - start
            new_parent = np.repeat(np.arange(len(rows)), count)
            offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
            child = np.repeat(start, count) + offset
            for column in fields(self):
                if column.name.startswith(f"{kind}_"):
                    values[column.name] = getattr(self, column.name)[child]
            values[f"{kind}_van"] = new_parent
        for column in fields(self):
            if column.name not in values:
                values[column.name] = getattr(self, column.name)[rows]
        return Prestaties(**values)


def join(delen: list[Prestaties]) -> Prestaties:
    """Several sets behind one another."""
    values = {}
    offsets = np.cumsum([0] + [len(deel) for deel in delen[:-1]])
    for column in fields(Prestaties):
        arrays = [getattr(deel, column.name) for deel in delen]
        if column.name.endswith("_van"):
            arrays = [a + offset for a, offset in zip(arrays, offsets, strict=True)]
        values[column.name] = np.concatenate(arrays)
    return Prestaties(**values)


def reference_numbers(blok: int, jaar: int, n: int) -> NDArray[np.int64]:
    """Numbers behind the references; the last digit is free for credit and new debit."""
    return ((blok * len(JAREN) + JAREN.index(jaar)) * 10_000_000 + np.arange(n)) * 10
