"""Planted effects beside the published figures: covered by the interval, and flagged or not.

With intervals of 95% some of a hundred figures miss what was planted, and that is as it should be.
So the rule is that no interval of 99.8% misses, and that those of 95% do not miss more often than
chance allows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from scipy.stats import binom

Rij = dict[str, Any]
#: Normal quantile of 99.8% over that of 95%: by this an interval is made wider.
_WIJDER = 3.090232306167813 / 1.959963984540054


@dataclass(frozen=True)
class Oordeel:
    """One planted effect in one year beside its published figure."""

    effect_id: str
    eenheid_id: str
    indicator_id: str
    periode: str
    gepland: float
    waarde: float
    laag: float
    hoog: float
    klasse: str

    def covered(self, wijder: float = 1.0) -> bool:
        """Whether the interval, made so many times as wide, holds the planted size."""
        low = self.waarde - (self.waarde - self.laag) * wijder
        high = self.waarde + (self.hoog - self.waarde) * wijder
        # What is published and what is planted are rounded to six decimals.
        return low - 1e-6 <= self.gepland <= high + 1e-6

    def line(self) -> str:
        """The row of the table that a test prints."""
        numbers = (self.gepland, self.waarde, self.laag, self.hoog)
        text = "".join(f"{n:>12,.3f}" for n in numbers)
        mark = "" if self.covered() else "  missed at 95%"
        return (
            f"{self.effect_id:4} {self.indicator_id:38.38} {self.eenheid_id:9} {self.periode}"
            f"{text}  {self.klasse}{mark}"
        )


_COLUMNS = ("planted", "published", "95% from", "to")
HEAD = f"{'':4} {'indicator':38} {'unit':9} year" + "".join(f"{name:>12}" for name in _COLUMNS)


def judged(omvang: Iterable[Rij], cijfers: Iterable[Rij]) -> list[Oordeel]:
    """Every planted effect and year that has a published figure with an interval.

    Args:
        omvang: rows of ``waarheid/effecten_omvang.csv``.
        cijfers: rows of ``spiegel_indicator`` that are figures of a year and a unit as a whole.
    """
    known = {(r["indicator_id"], r["niveau"], r["eenheid_id"], r["periode"]): r for r in cijfers}
    found = []
    for plan in omvang:
        row = known[plan["indicator_id"], plan["niveau"], plan["eenheid_id"], plan["periode"]]
        if row["ci_laag"] is None:
            continue
        found.append(
            Oordeel(
                plan["effect_id"], row["eenheid_id"], row["indicator_id"], row["periode"],
                float(plan["verwacht"]), *(float(row[k]) for k in ("waarde", "ci_laag", "ci_hoog")),
                row["funnel_klasse"],
            )
        )  # fmt: skip
    return found


def missed_too_often(oordelen: list[Oordeel]) -> list[str]:
    """What breaks the rule, in words; nothing when every effect is covered."""
    wrong = [f"outside 99.8%: {o.line()}" for o in oordelen if not o.covered(_WIJDER)]
    missed = [o for o in oordelen if not o.covered()]
    allowed = int(binom.ppf(0.999, len(oordelen), 0.05))
    if len(missed) > allowed:
        wrong.append(f"{len(missed)} of {len(oordelen)} outside 95%, more than {allowed}")
    return wrong
