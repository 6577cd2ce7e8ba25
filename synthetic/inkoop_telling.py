"""The truth of the indicators from declarations: teller and noemer per country, region, provider.

Counted from the prestaties that stand in the end, never from written files.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from numpy.typing import NDArray

from synthetic.gegevens import codes, table
from synthetic.kalender import JAREN
from synthetic.wereld import Wereld

LANDELIJK = "NL"
_STIJGING = Decimal("0.05")  # digital consults a care path that must have come; ref_basisjaar.csv
_TOTAAL = "TOTAAL"
Getallen = NDArray[np.int64]
Rij = tuple[str, str, str, int, str, str, str, str]


@dataclass(frozen=True)
class Waarnemingen:
    """Observations of one indicator and year, one position each.

    Attributes:
        persoon: position in the block of persons.
        aanbieder: position of the zorgaanbieder that answers for it, -1 for none.
        teller: numerator; eurocents where the indicator is about money.
        noemer: denominator.
    """

    persoon: Getallen
    aanbieder: Getallen
    teller: Getallen
    noemer: Getallen


def of_nobody(persoon: Getallen) -> Getallen:
    """No zorgaanbieder for each of these."""
    return np.full(len(persoon), -1)


@dataclass
class InkoopTelling:
    """Counters by indicator, level, unit and year.

    Attributes:
        wereld: tables of the region.
        som: teller and noemer.
        geld: indicators that are in eurocents.
        consulten: by (provider, region, year) care paths, physical and digital follow-up consults.
    """

    wereld: Wereld
    som: dict[tuple[str, str, str, int], list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0, 0])
    )
    geld: set[str] = field(default_factory=set)
    consulten: dict[tuple[int, int, int], list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0, 0, 0])
    )

    def _add(self, key: tuple[str, str, int], unit: Getallen, waar: Waarnemingen) -> None:
        """Add sums per unit; ``key`` is indicator, level and year."""
        names = {
            "landelijk": (LANDELIJK,),
            "zorgkantoorregio": self.wereld.plaatsen.regio_code,
        }.get(key[1], self.wereld.zorgaanbieders.agb)
        rows = unit >= 0
        seen = np.bincount(unit[rows], minlength=len(names))
        # Whole numbers below 2^53, so that a sum of doubles is exact.
        sums = [
            np.bincount(unit[rows], part[rows], minlength=len(names))
            for part in (waar.teller, waar.noemer)
        ]
        indicator, niveau, jaar = key
        for u in np.flatnonzero(seen):
            found = self.som[indicator, niveau, names[u], jaar]
            found[0] += int(sums[0][u])
            found[1] += int(sums[1][u])

    def count(
        self, indicator: str, jaar: int, regio: Getallen, waar: Waarnemingen, *, eens: bool = False
    ) -> None:
        """Count the observations of a block of persons for all levels.

        Args:
            indicator: which.
            jaar: year.
            regio: region of each person of the block.
            waar: the observations.
            eens: whether a person counts once in a unit, with the highest teller and noemer.
        """
        where = regio[waar.persoon]
        units = {
            "landelijk": np.zeros(len(where), dtype=np.int64),
            "zorgkantoorregio": where,
            "zorgaanbieder": waar.aanbieder,
        }
        for niveau, unit in units.items():
            part, of = (waar, unit) if not eens else _once(waar, unit)
            self._add((indicator, niveau, jaar), of, part)

    def lower(self, sector: str, jaar: int, regio: int, cent: int, *, met: bool) -> None:
        """Take an amount off what was declared: a message was replaced.

        Args:
            sector: name.
            jaar: year of the care.
            regio: region of the person.
            cent: amount in eurocents.
            met: whether declarant and insurer have a contract.
        """
        code = self.wereld.plaatsen.regio_code[regio]
        for row in table("zonder_contract"):
            if row["sector"] == sector:
                for unit in (("landelijk", LANDELIJK), ("zorgkantoorregio", code)):
                    found = self.som[(row["indicator_id"], *unit, jaar)]
                    found[0] -= 0 if met else cent
                    found[1] -= cent

    def rows(self) -> list[Rij]:
        """Rows of ``indicatoren.csv``; units without observations are left out."""
        found: list[Rij] = []
        for (indicator, niveau, unit, jaar), (teller, noemer) in sorted(self.som.items()):
            if noemer:
                texts = [
                    f"{n / 100:.2f}" if indicator in self.geld else str(n) for n in (teller, noemer)
                ]
                found.append((indicator, niveau, unit, jaar, _TOTAAL, _TOTAAL, texts[0], texts[1]))
        return found + self._replacement_rows()

    def _replacement_rows(self) -> list[Rij]:
        """Physical consults that went and digital ones that came, against the first year.

        What a provider would have had by its number of care paths and its rates of the first year,
        four decimals, is compared with what it had.
        """
        base: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
        for (a, _, year), numbers in self.consulten.items():
            if year == 0:
                base[a] = [x + y for x, y in zip(base[a], numbers, strict=True)]
        whole: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
        for (a, _, year), numbers in self.consulten.items():
            whole[a, year] = [x + y for x, y in zip(whole[a, year], numbers, strict=True)]
        sums: dict[tuple[str, str, int], list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 2)
        for (a, r, year), (paths, physical, digital) in self.consulten.items():
            if year == 0 or not base[a][0]:
                continue
            rate = [_rate(base[a][i], base[a][0]) for i in (1, 2)]
            rise = whole[a, year][2] - whole[a, year][0] * rate[1]
            if rise < _STIJGING * whole[a, year][0]:
                continue
            gone, came = paths * rate[0] - physical, digital - paths * rate[1]
            for unit in (
                ("landelijk", LANDELIJK),
                ("zorgkantoorregio", self.wereld.plaatsen.regio_code[r]),
                ("zorgaanbieder", self.wereld.zorgaanbieders.agb[a]),
            ):
                old = sums[(*unit, JAREN[year])]
                sums[(*unit, JAREN[year])] = [old[0] + gone, old[1] + came]
        return [
            ("vervangratio_digitaal", *key, _TOTAAL, _TOTAAL, str(gone), str(came))
            for key, (gone, came) in sorted(sums.items())
        ]


def _rate(teller: int, noemer: int) -> Decimal:
    return (Decimal(teller) / noemer).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def _once(waar: Waarnemingen, unit: Getallen) -> tuple[Waarnemingen, Getallen]:
    """One observation a unit and person, with the highest teller and noemer."""
    rows = np.flatnonzero(unit >= 0)
    order = rows[np.lexsort((waar.persoon[rows], unit[rows]))]
    if not len(order):
        empty = np.zeros(0, dtype=np.int64)
        return Waarnemingen(empty, empty, empty, empty), empty
    u, p = unit[order], waar.persoon[order]
    start = np.flatnonzero(np.r_[True, (u[1:] != u[:-1]) | (p[1:] != p[:-1])])
    teller = np.maximum.reduceat(waar.teller[order], start)
    noemer = np.maximum.reduceat(waar.noemer[order], start)
    return Waarnemingen(p[start], u[start], teller, noemer), u[start]


def consult_kinds() -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """By care activity: any consult, physical follow-up, digital follow-up."""
    rows = codes("consultsoort")
    other = [False] * (1 + len(codes("interventie")))
    follow = [row["soort"] == "vervolg" for row in rows]
    digital = [row["kanaal"] == "digitaal" for row in rows]
    return (
        np.array([True] * len(rows) + other),
        np.array([f and not d for f, d in zip(follow, digital, strict=True)] + other),
        np.array([f and d for f, d in zip(follow, digital, strict=True)] + other),
    )
