"""Periods in order, and which earlier ones a delivery is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PERIOD = re.compile(r"(\d{4})(?:(Q)([1-4])|(-)(\d{2}))?")

#: Parts of a year, by what stands behind the year.
_DELEN = {"": 1, "Q": 4, "-": 12}


@dataclass(frozen=True, order=True)
class Periode:
    """A year, quarter or month; those of one kind are in order.

    Attributes:
        delen: parts of a year of its kind: 1, 4 or 12.
        jaar: the year.
        deel: the part, from 1.
        naam: as it was delivered.
    """

    delen: int
    jaar: int
    deel: int
    naam: str

    @property
    def is_year(self) -> bool:
        """Whether it is a whole year."""
        return self.delen == 1


def read_period(naam: str) -> Periode | None:
    """A period by its name; None for ``onbekend``."""
    found = _PERIOD.fullmatch(naam)
    if found is None:
        return None
    sign = found[2] or found[4] or ""
    return Periode(_DELEN[sign], int(found[1]), int(found[3] or found[5] or 1), naam)


@dataclass(frozen=True)
class Vergelijking:
    """A period to compare with.

    Attributes:
        periode: which.
        is_season: another part of the year, so that a season may show.
    """

    periode: Periode
    is_season: bool


def references(
    nu: Periode, bekend: Iterable[Periode], *, zonder_eerste: bool
) -> list[Vergelijking]:
    """The last period before this one, and the same part of the year before.

    Args:
        nu: period of the delivery.
        bekend: periods the source delivered for.
        zonder_eerste: the first period of the source is no reference.

    Returns:
        None, one or two; one when they are the same.
    """
    alike = sorted({p for p in bekend if p.delen == nu.delen})
    if zonder_eerste:
        alike = alike[1:]
    before = [p for p in alike if p < nu]
    year_ago = [p for p in before if (p.jaar, p.deel) == (nu.jaar - 1, nu.deel)]
    last = [p for p in before[-1:] if p not in year_ago]
    return [
        *(Vergelijking(p, p.deel != nu.deel) for p in last),
        *(Vergelijking(p, is_season=False) for p in year_ago),
    ]
