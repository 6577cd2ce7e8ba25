"""Holding the profile of a delivery beside that of an earlier period.

What has several deliveries in a period makes the comparison harder: a period may still grow, and a
supplement is smaller and of another make than the whole. So "fewer" is said of all of the period so
far, and only when it has as many deliveries as the earlier one had; "more" is said of this delivery
alone; shares are compared when the delivery is no supplement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.oordeel.chances import chance_of_counts, chance_of_shares
from ingest.oordeel.parameters import AANTAL, VERDELING, VULLING, Parameters, Toets
from ingest.oordeel.profile import MAAND, Profiel, TabelProfiel, add_up

#: Chances are not told finer than this.
_FINEST = 1e-12


@dataclass(frozen=True)
class Zijde:
    """One side of a comparison.

    Attributes:
        profiel: all deliveries of a period together.
        leveringen: how many those are.
    """

    profiel: Profiel
    leveringen: int

    @classmethod
    def of(cls, profielen: list[Profiel]) -> Zijde:
        """The side of these deliveries."""
        return cls(add_up(profielen), len(profielen))


@dataclass(frozen=True)
class Afwijking:
    """A difference that is too large for a source that did not change.

    Attributes:
        code: the rule.
        tabel: kind of record, or raw table.
        element: column, with a code or month behind ``=``; None for a number of records.
        periode: what it is compared with.
        nu: records now, or a share.
        toen: records then, or a share.
        kans: how likely so large a difference is when nothing changed.
    """

    code: str
    tabel: str
    element: str | None
    periode: str
    nu: float
    toen: float
    kans: float


@dataclass(frozen=True)
class Uitslag:
    """One comparison that was made; ``groot`` tells whether the difference matters at all."""

    afwijking: Afwijking
    groot: bool


Spread = Callable[[Toets], float]


@dataclass(frozen=True)
class Paar:
    """A delivery and the earlier period it is compared with.

    Attributes:
        levering: the delivery alone.
        nu: all of its period so far, the delivery included.
        toen: the earlier period.
        periode: name of the earlier period.
        is_season: another part of the year.
        is_year: months of the year are comparable.
        bron_id: the source.
    """

    levering: Profiel
    nu: Zijde
    toen: Zijde
    periode: str
    is_season: bool
    is_year: bool
    bron_id: str

    def spread(self, rule: Toets) -> float:
        """How much the source may vary between these two periods."""
        return rule.spreiding_seizoen if self.is_season else rule.spreiding


def compare_counts(pair: Paar, numbers: Parameters) -> Iterator[Uitslag]:
    """Numbers of records by kind."""
    rule = numbers.of(AANTAL, pair.bron_id)
    now, then = pair.nu.profiel.records, pair.toen.profiel.records
    for naam in sorted({*now, *then}):
        whole, alone = now.get(naam, 0), pair.levering.records.get(naam, 0)
        before = then.get(naam, 0)
        if whole + before < 2 * rule.minimaal or not numbers.is_counted(naam):
            continue
        if whole < before and pair.nu.leveringen < pair.toen.leveringen:
            continue
        # more in all, but not in this delivery alone, may be one that takes the place of another
        n = alone if alone > before else min(whole, before)
        chance = chance_of_counts(n, before, pair.spread(rule))
        large = abs(n - before) > rule.verschil * before
        yield Uitslag(_difference(AANTAL, naam, None, pair, (n, before), chance), large)


def _difference(
    code: str,
    tabel: str,
    element: str | None,
    pair: Paar,
    values: tuple[float, float],
    chance: float,
) -> Afwijking:
    nu, toen = values
    return Afwijking(code, tabel, element, pair.periode, nu, toen, max(chance, _FINEST))


def _comparable(
    pair: Paar, numbers: Parameters
) -> Iterator[tuple[str, TabelProfiel, TabelProfiel]]:
    """Tables that both sides hold, unless the delivery is a supplement of the table."""
    share = numbers.kleinste_omvang / pair.toen.leveringen
    delivered = sum(pair.levering.records.values())
    is_whole = delivered >= share * sum(pair.toen.profiel.records.values())
    for tabel, now in sorted(pair.levering.tabellen.items()):
        then = pair.toen.profiel.tabellen.get(tabel)
        if then is None:
            continue
        if is_whole or now.rijen >= share * then.rijen:
            yield tabel, now, then


def compare_filled(pair: Paar, numbers: Parameters) -> Iterator[Uitslag]:
    """The share of rows that have a value, by column."""
    rule = numbers.of(VULLING, pair.bron_id)
    for tabel, now, then in _comparable(pair, numbers):
        if min(now.rijen, then.rijen) < rule.minimaal:
            continue
        for column in sorted({*now.gevuld} & {*then.gevuld}):
            k1, k0 = now.gevuld[column], then.gevuld[column]
            if k1 + k0 == 0:
                continue
            shares = (k1 / now.rijen, k0 / then.rijen)
            chance = chance_of_shares(k1, now.rijen, k0, then.rijen, pair.spread(rule))
            large = abs(shares[0] - shares[1]) > rule.verschil
            yield Uitslag(_difference(VULLING, tabel, column, pair, shares, chance), large)


def _nearest(now: tuple[int, int], n1: int, then: tuple[int, int], n0: int) -> tuple[int, int]:
    """Numbers within what is known of both sides that differ least."""
    if now[1] / n1 < then[0] / n0:
        return now[1], then[0]
    if now[0] / n1 > then[1] / n0:
        return now[0], then[1]
    return 0, 0


def _is_large(k1: int, n1: int, k0: int, n0: int, rule: Toets) -> bool:
    if abs(k1 / n1 - k0 / n0) > rule.verschil:
        return True
    expected = max(k0 * n1 / n0, k1 * n0 / n1)
    gone = min(k1 / n1, k0 / n0) < 0.1 * max(k1 / n1, k0 / n0)
    return bool(rule.verdwenen) and gone and expected >= rule.verdwenen


def compare_codes(pair: Paar, numbers: Parameters) -> Iterator[Uitslag]:
    """The share of each code among the filled values of a column, and of each month."""
    rule = numbers.of(VERDELING, pair.bron_id)
    for tabel, now, then in _comparable(pair, numbers):
        for name in sorted({*now.verdeling} & {*then.verdeling}):
            column = name.removeprefix(MAAND)
            n1, n0 = now.gevuld[column], then.gevuld[column]
            if min(n1, n0) < rule.minimaal or (column != name and not pair.is_year):
                continue
            spread = now.verdeling[name], then.verdeling[name]
            for code in sorted({*spread[0].codes} | {*spread[1].codes}):
                k1, k0 = _nearest(spread[0].of(code), n1, spread[1].of(code), n0)
                chance = chance_of_shares(k1, n1, k0, n0, pair.spread(rule))
                element = f"{name}={code}"
                values = (k1 / n1, k0 / n0)
                yield Uitslag(
                    _difference(VERDELING, tabel, element, pair, values, chance),
                    _is_large(k1, n1, k0, n0, rule),
                )


RULES = {AANTAL: compare_counts, VERDELING: compare_codes, VULLING: compare_filled}


def differences(
    pairs: list[Paar], numbers: Parameters, bron_id: str
) -> tuple[int, list[Afwijking]]:
    """All differences between a delivery and the periods it is compared with.

    The chance of each rule is divided over all comparisons it makes (Bonferroni), which holds
    whatever the comparisons have to do with each other.

    Args:
        pairs: none, one or two.
        numbers: of the rules.
        bron_id: the source.

    Returns:
        How many comparisons were made, and the differences: per rule, the least likely first.
    """
    made, result = 0, []
    for code, rule in RULES.items():
        found = [outcome for pair in pairs for outcome in rule(pair, numbers)]
        made += len(found)
        limit = numbers.marge * numbers.of(code, bron_id).kans / max(len(found), 1)
        result += sorted(
            (o.afwijking for o in found if o.groot and o.afwijking.kans <= limit),
            key=lambda a: (a.kans, a.tabel, a.element or "", a.periode),
        )
    return made, result
