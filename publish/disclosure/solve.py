"""Which hidden cells the relations give away, taken all together.

Every relation is an equation: parts minus total is zero. Published cells move to the known side, so
what is left is a linear system in the hidden cells. A hidden cell is given away when the system has
one answer for it, whatever the figures are; that is, when no change of the hidden cells that leaves
every published figure as it is changes this cell.

Such a change is drawn at random: a random vector, projected on the null space of the system with
conjugate gradients. A cell with one answer is zero in it, another is not, except by a chance that
two draws make negligible. The work is a few passes over the relations, however large the table.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ingest.errors import PublicationError
from publish.disclosure.cells import Flags, Floats, Ints
from publish.disclosure.family import Family

_MEASURES = 3  # numerator, denominator, persons: each has its own relations that hold
_DRAWS = 2
_ZERO = 1e-6  # far above rounding after convergence, far below what a free cell is
_CONVERGED = 1e-12  # of the first residue
_ROUNDS = 20_000


def given_away(families: Sequence[Family], hidden: Flags) -> Ints:
    """Find hidden cells whose value follows from what is published.

    Args:
        families: the relations between cells.
        hidden: by cell number, whether it is hidden.

    Returns:
        Numbers of the hidden cells that are given away, sorted. Cells near which nothing at all is
        published are left out: their equations only say that zero is zero.

    Raises:
        PublicationError: the computation did not converge, so nothing is known.
    """
    found = [
        _given_away(_System(families, hidden, measure))
        for measure in range(_MEASURES)
        if not any(_alike(families, measure, other) for other in range(measure))
    ]
    return np.unique(np.concatenate(found))


def _alike(families: Sequence[Family], one: int, other: int) -> bool:
    """Whether the same relations hold for two measures, so that one answer does for both."""
    return all(np.array_equal(family.geldt[one], family.geldt[other]) for family in families)


def _given_away(system: _System) -> Ints:
    if not len(system.cells):
        return system.cells
    fixed = np.ones(len(system.cells), dtype=np.bool_)
    for draw in range(_DRAWS):
        start = np.random.default_rng(draw).standard_normal(len(system.cells))
        fixed &= np.abs(system.project(start)) < _ZERO
    return system.cells[fixed & system.anchored()]


class _System:
    """The equations of the hidden cells for one measure.

    Attributes:
        cells: numbers of the hidden cells that are in an equation; the unknowns.
    """

    def __init__(self, families: Sequence[Family], hidden: Flags, measure: int) -> None:
        rows, cells, signs, known = [], [], [], []
        count = 0
        for family in families:
            holds = family.geldt[measure]
            part = hidden[family.delen] & holds[family.nummer]
            total = hidden[family.totaal] & holds
            rows += [family.nummer[part] + count, np.flatnonzero(total) + count]
            cells += [family.delen[part], family.totaal[total]]
            signs += [np.ones(part.sum()), -np.ones(total.sum())]
            known.append((family.count(hidden) < np.diff(family.begin)) | ~hidden[family.totaal])
            count += len(family)
        none = np.zeros(0, dtype=np.int64)
        used, self._row = np.unique(np.concatenate([none, *rows]), return_inverse=True)
        self.cells, self._unknown = np.unique(np.concatenate([none, *cells]), return_inverse=True)
        self._sign = np.concatenate([np.zeros(0), *signs])
        self._known = np.concatenate([np.zeros(0, dtype=np.bool_), *known])[used]
        self._rows = len(used)

    def _apply(self, x: Floats) -> Floats:
        """Left-hand sides of the equations."""
        return _sums(self._row, self._sign * x[self._unknown], self._rows)

    def _transposed(self, y: Floats) -> Floats:
        return _sums(self._unknown, self._sign * y[self._row], len(self.cells))

    def project(self, x: Floats) -> Floats:
        """The part of ``x`` that leaves every equation at zero."""
        rest = self._apply(x)
        direction = rest
        size = _square(rest)
        aim = _CONVERGED**2 * size
        for _ in range(_ROUNDS):
            if size <= aim:
                return x
            step = self._transposed(direction)
            factor = size / _square(step)
            x = x - factor * step
            rest = rest - factor * self._apply(step)
            previous, size = size, _square(rest)
            direction = rest + (size / previous) * direction
        raise PublicationError(
            "Disclosure control could not decide which hidden cells can be computed; nothing was "
            "published. Publish fewer breakdowns or levels together."
        )

    def anchored(self) -> Flags:
        """Unknowns that hang together with at least one published cell."""
        reached = self._known.astype(np.float64)
        while True:
            cells = np.bincount(self._unknown, reached[self._row], minlength=len(self.cells)) > 0
            spread = np.bincount(self._row, cells[self._unknown], minlength=self._rows) > 0
            wider = (spread | (reached > 0)).astype(np.float64)
            if np.array_equal(wider, reached):
                return cells
            reached = wider


def _sums(places: Ints, values: Floats, count: int) -> Floats:
    """Sum of the values by place; the order of adding is fixed."""
    return np.asarray(np.bincount(places, values, minlength=count), dtype=np.float64)


def _square(values: Floats) -> float:
    """Squared length; not by a linear-algebra library, whose threads add in any order."""
    return float(np.sum(values * values))
