"""Hiding further cells, so that no hidden cell follows from what is shown.

Two steps alternate until neither finds anything. *Settle* looks at one relation at a time: a single
hidden cell in it can be subtracted, and so can the sum of several, so both must be more than one
cell and a group that may be shown itself. *Solve* looks at all relations together, for cells that
only a combination gives away. The next cell to hide is always the part with the fewest persons, so
large cells and national totals go last.
"""

from __future__ import annotations

import numpy as np

from publish.disclosure.cells import Flags, Ints
from publish.disclosure.family import Family, Structure
from publish.disclosure.primary import Redenen, primary
from publish.disclosure.rules import Rules
from publish.disclosure.solve import given_away

AFLEIDBAAR = "afleidbaar"
_NONE = np.iinfo(np.int64).max


class Protection:
    """The state of hiding further cells.

    A restpost is never shown, so a reader does not know it unless it follows from what is shown.
    One that may be shown needs no protection; the others are protected like hidden cells.

    Args:
        structure: cells and relations; restposten come after the cells of the release.
        redenen: reason by cell, empty where it may be shown; changed in place.
        rules: the rules.
    """

    def __init__(self, structure: Structure, redenen: Redenen, rules: Rules) -> None:
        self._structure = structure
        self._redenen = redenen
        self._rules = rules
        self._in_release = np.arange(len(redenen)) < len(structure.indicator)
        self._protected: Flags = redenen != ""
        self._unknown: Flags = self._protected | ~self._in_release
        self._by_rank = _order(structure)
        self._rank = np.argsort(self._by_rank)

    def run(self) -> None:
        """Hide until nothing is given away."""
        self._settle()
        while True:
            solved = np.zeros(len(self._unknown), dtype=np.bool_)
            solved[given_away(self._structure.families, self._unknown)] = True
            if not (solved & self._protected).any() or not self._free(solved):
                break
            self._settle()

    def _settle(self) -> None:
        """Make every relation safe by itself."""
        changed = True
        while changed:
            changed = False
            for family in self._structure.families:
                while self._hide_next(family):
                    changed = True

    def _hide_next(self, family: Family) -> bool:
        """Hide one more cell in each relation of a family that gives something away."""
        unsafe = self._gives_away(family)
        cells = self._next(family)[unsafe]
        cells = np.unique(cells[cells != _NONE])
        self._hide(cells)
        return len(cells) > 0

    def _gives_away(self, family: Family) -> Flags:
        """Relations that by themselves tell more of hidden cells than may be shown."""
        away = family.count(self._unknown)
        secret = family.count(self._protected)
        total = self._unknown[family.totaal]
        alone = ~total & (away == 1) & (secret == 1)
        # All parts hidden: their sum is the total itself, which was judged as a cell.
        some = ~total & (secret > 0) & (away < np.diff(family.begin))
        together = primary(family.sums(self._structure.cells, self._unknown), self._rules) != ""
        return (total & (away == 0)) | alone | (some & together)

    def _next(self, family: Family) -> Ints:
        """By relation the cell to hide next: the smallest part left, else the total."""
        free = ~self._unknown
        rank = np.where(free, self._rank, _NONE)
        best = np.minimum.reduceat(rank[family.delen], family.begin[:-1])
        best = np.where(best == _NONE, rank[family.totaal], best)
        return np.where(best == _NONE, _NONE, self._by_rank[np.where(best == _NONE, 0, best)])

    def _free(self, solved: Flags) -> bool:
        """Hide more, so that fewer of the solved cells are given away.

        Most of them are pinned by a relation in which everything unknown is solved; there one more
        cell must go. Cells that only a longer chain gives away get one more hidden cell near them;
        where everything near is hidden, near grows to what hangs together with it.
        """
        secret = solved & self._protected
        wanted = secret & ~self._hide_in(secret, pinned_by=solved)
        if (secret & ~wanted).any():
            return True
        while not self._hide_in(wanted).any():
            wider = wanted.copy()
            for family in self._structure.families:
                near = (family.count(wanted) > 0) | wanted[family.totaal]
                wider[family.delen[near[family.nummer]]] = True
                wider[family.totaal[near]] = True
            if np.array_equal(wider, wanted):
                return False
            wanted = wider
        return True

    def _hide_in(self, wanted: Flags, pinned_by: Flags | None = None) -> Flags:
        """Hide one cell in each relation of a wanted cell that has one to hide.

        With ``pinned_by`` only in relations in which every unknown cell is flagged. Otherwise a
        cell is served along one kind of relation, which often frees it along the others too.

        Returns:
            The cells in whose relations something was hidden.
        """
        served = np.zeros(len(wanted), dtype=np.bool_)
        for family in self._structure.families:
            left = wanted if pinned_by is not None else wanted & ~served
            near = (family.count(left) > 0) | left[family.totaal]
            if pinned_by is not None:
                loose = self._unknown & ~pinned_by
                near &= (family.count(loose) == 0) & ~loose[family.totaal]
            found = self._next(family)
            near &= found != _NONE
            self._hide(np.unique(found[near]))
            served[family.delen[near[family.nummer]]] = True
            served[family.totaal[near]] = True
        return served

    def _hide(self, cells: Ints) -> None:
        self._redenen[cells] = AFLEIDBAAR
        self._protected[cells] = True
        self._unknown[cells] = True


def _order(structure: Structure) -> Ints:
    """Cells in the order they are given up: fewest persons first, ties by number, empty ones last.

    An empty cell protects nobody: hiding it adds nothing to the sum of what is hidden.
    """
    personen = np.nan_to_num(structure.cells.personen)
    return np.lexsort((np.arange(len(personen)), personen, personen == 0))
