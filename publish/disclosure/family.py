"""The shape of a table: its cells, and which of them add up to which."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from publish.disclosure.cells import Cells, Flags, Floats, Ints


@dataclass(frozen=True)
class Family:
    """All relations of one kind; ``totaal[i]`` is the sum of the parts of relation ``i``.

    Attributes:
        soort: name of the kind.
        apart: the parts of a relation have different providers.
        totaal: cell number of the total, by relation.
        begin: position in ``delen`` of the first part, by relation, and one past the last.
        delen: cell numbers of the parts, relation after relation.
        sluit: numerators, denominators and persons add up exactly, without a restpost.
        geldt: for numerators, denominators and persons (rows) whether a relation holds. It does
            not where the parts are more than the total: persons at two providers, amounts of
            two groups. A reader can then subtract, but what comes out is no cell.
    """

    soort: str
    apart: bool
    totaal: Ints
    begin: Ints
    delen: Ints
    sluit: Flags
    geldt: Flags

    def __len__(self) -> int:
        return len(self.totaal)

    @property
    def nummer(self) -> Ints:
        """Relation of each position in ``delen``."""
        return np.repeat(np.arange(len(self)), np.diff(self.begin))

    def count(self, flags: Flags) -> Ints:
        """How many parts of each relation have their flag set."""
        return np.bincount(self.nummer[flags[self.delen]], minlength=len(self))

    def sums(self, cells: Cells, flags: Flags) -> Cells:
        """The flagged parts of each relation as one cell a relation; unknown counts as zero.

        Providers add up where the parts have different ones; elsewhere the largest part counts.
        """
        chosen = flags[self.delen]
        delen, nummer = self.delen[chosen], self.nummer[chosen]

        def added(values: Floats) -> Floats:
            summed = np.bincount(nummer, np.nan_to_num(values[delen]), minlength=len(self))
            return np.asarray(summed, dtype=np.float64)

        if self.apart:
            providers = added(cells.zorgaanbieders)
        else:
            providers = np.zeros(len(self))
            np.maximum.at(providers, nummer, np.nan_to_num(cells.zorgaanbieders[delen]))
        return Cells(
            teller=added(cells.teller),
            noemer=added(cells.noemer),
            personen=added(cells.personen),
            zorgaanbieders=providers,
            boven=cells.boven[self.delen[self.begin[:-1]]],
            soort=cells.soort[self.totaal],
        )


@dataclass(frozen=True)
class Structure:
    """The shape of a table.

    Attributes:
        families: the relations between its cells, by kind.
        cells: the cells of table ``cel``, followed by the restposten that relations refer to.
        indicator: indicator by cell number, restposten left out.
        partition: indicators that ``sluitend`` kinds of relation were taken to hold for.
    """

    families: list[Family]
    cells: Cells
    indicator: list[str]
    partition: dict[str, list[str]]
