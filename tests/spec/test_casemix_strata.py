"""Expected tellers of random populations and models equal plain Python to 1e-9."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from random import Random
from typing import Any

import pytest
from marts_indeling import Lagen
from marts_orakel_casemix import KENMERKEN, Stratum, compared_with

STRATUM = (
    "reeks_nr integer, eenheid_id text, stratum_nr integer, n_personen bigint, teller "
    "decimal(18, 4), noemer decimal(18, 4), teller_kwadraat decimal(38, 8), teller_noemer "
    "decimal(38, 8), noemer_kwadraat decimal(38, 8), teller_kubus decimal(38, 6), "
    "teller2_noemer decimal(38, 6), teller_noemer2 decimal(38, 6), noemer_kubus decimal(38, 6)"
)
REEKS = "reeks_nr integer, definitie_nr integer, basis text"
DEFINITIE = "definitie_nr integer, kenmerken text, minimum_personen integer"
KENMERK = (
    "stratum_nr integer, chronisch_nr integer, leeftijdsklasse text, geslacht text, "
    "welvaart_kwintiel text"
)
WAARDEN = (("00-17", "18-44", "85+", "onbekend"), ("man", "vrouw"), ("1", "2", "onbekend"),
           ("0", "1", "3+"))  # fmt: skip
MODELLEN = [
    (), ("leeftijdsklasse",), ("leeftijdsklasse", "geslacht"), ("chronisch", "leeftijdsklasse"),
    *permutations(KENMERKEN, 3), *permutations(KENMERKEN, 4),
]  # fmt: skip
#: Units, with the persons, teller and noemer of each stratum.
Bevolking = dict[str, dict[Stratum, tuple[int, Decimal, Decimal]]]


def _population(random: Random, met_chronisch: bool) -> Bevolking:
    strata: list[Stratum] = [
        (leeftijd, geslacht, welvaart, chronisch)
        for leeftijd in WAARDEN[0] for geslacht in WAARDEN[1] for welvaart in WAARDEN[2]
        for chronisch in (WAARDEN[3] if met_chronisch else ("",))
    ]  # fmt: skip
    result: Bevolking = {}
    for unit in "abcdef":
        result[unit] = {}
        for stratum in random.sample(strata, random.randint(1, len(strata))):
            n = random.choice([1, 1, 2, 3, 8, 40])
            noemer = Decimal(n if random.random() < 0.9 else 0)
            result[unit][stratum] = (n, Decimal(random.randint(0, 3 * n)), noemer)
    return result


def _numbers(stratum: Stratum) -> tuple[int, int]:
    """Number of a stratum without chronic conditions, and that of the conditions; 0 is none."""
    nr = 0
    for value, values in zip(stratum[:3], WAARDEN, strict=False):
        nr = nr * 10 + values.index(value)
    return 100 * (nr + 1), WAARDEN[3].index(stratum[3]) + 1 if stratum[3] else 0


def _breakdowns(stratum: Stratum) -> list[tuple[str, str]]:
    return [("TOTAAL", "TOTAAL"), *zip(KENMERKEN[:3], stratum[:3], strict=True)]


def _expected(
    bevolking: Bevolking, namen: tuple[str, ...], minimum: int
) -> dict[tuple[str, str, str], Fraction]:
    result: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
    delen = {deel for unit in bevolking.values() for s in unit for deel in _breakdowns(s)}
    for deel in delen:
        totals: dict[Stratum, list[Fraction]] = defaultdict(lambda: [Fraction(0)] * 3)
        for unit in bevolking.values():
            for stratum, (n, teller, noemer) in unit.items():
                if deel in _breakdowns(stratum):
                    for i, bij in enumerate((teller, noemer, n)):
                        totals[stratum][i] += Fraction(bij)
        tarief = compared_with(totals, namen, minimum)
        for naam, unit in bevolking.items():
            for stratum, (_n, teller, noemer) in unit.items():
                if deel in _breakdowns(stratum):
                    t, m = tarief[stratum]
                    result[naam, *deel] += Fraction(noemer) * t / m if m else Fraction(teller)
    return result


def _built(
    bevolking: Bevolking, namen: tuple[str, ...], minimum: int
) -> dict[tuple[str, str, str], dict[str, Any]]:
    leeg = ("teller_kwadraat", "teller_noemer", "noemer_kwadraat", "teller_kubus",
            "teller2_noemer", "teller_noemer2", "noemer_kubus")  # fmt: skip
    rijen, kenmerken = [], {}
    for unit, strata in bevolking.items():
        for stratum, (n, teller, noemer) in strata.items():
            nr, chronisch = _numbers(stratum)
            zonder = 0 if stratum[3] else 1
            rijen.append(
                {"reeks_nr": 1, "eenheid_id": unit, "stratum_nr": nr + chronisch, "n_personen": n,
                 "teller": teller, "noemer": noemer} | dict.fromkeys(leeg, 0)
            )  # fmt: skip
            leesbaar = dict(zip(KENMERKEN[:3], stratum[:3], strict=True))
            kenmerken[nr, chronisch] = {
                "stratum_nr": nr, "chronisch_nr": chronisch + zonder, **leesbaar
            }  # fmt: skip
    made = Lagen(
        modellen={
            "int_spiegel_stratum": (STRATUM, rijen),
            "int_spiegel_kenmerk": (KENMERK, list(kenmerken.values())),
            "int_spiegel_reeks": (REEKS, [{"reeks_nr": 1, "definitie_nr": 1, "basis": "TOTAAL"}]),
            "int_spiegel_definitie": (
                DEFINITIE,
                [{"definitie_nr": 1, "kenmerken": ";".join(namen), "minimum_personen": minimum}],
            ),
        }
    )
    found = made.rows(
        "select distinct t.*, uitsplitsing, uitsplitsing_waarde from {int_spiegel_telling} as t "
        "inner join {int_spiegel_uitsplitsing} as u on t.groep_nr = 1000 + u.uitsplitsing_nr"
    )
    return {(r["eenheid_id"], r["uitsplitsing"], r["uitsplitsing_waarde"]): r for r in found}


@pytest.mark.parametrize("seed", range(12))
def test_expected_tellers_equal_plain_python(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    namen, minimum = random.choice(MODELLEN), random.choice([1, 5, 30, 200])
    bevolking = _population(random, "chronisch" in namen)
    built = _built(bevolking, namen, minimum)
    expected = _expected(bevolking, namen, minimum)
    plain = _expected(bevolking, KENMERKEN[:2], 30)
    assert built.keys() == expected.keys()
    for key, row in built.items():
        schaal = max(1, float(expected[key]))
        for maat, exact in (("verwacht", expected[key]), ("verwacht_basis", plain[key])):
            assert float(row[maat]) == pytest.approx(float(exact), abs=1e-9 * schaal), (key, maat)
    delen = {key[1:] for key in built}
    for deel in delen:
        rows = [row for key, row in built.items() if key[1:] == deel]
        assert float(sum(r["verwacht"] - r["teller"] for r in rows)) == pytest.approx(0, abs=1e-9)


def test_a_stratum_that_is_too_small_joins_others_that_are_alike() -> None:
    """Two old men of one unit would be compared with themselves; they join the old women."""
    oud_man, oud_vrouw = ("85+", "man", "1", ""), ("85+", "vrouw", "1", "")
    jong = ("18-44", "man", "1", "")
    bevolking: Bevolking = {
        "a": {oud_man: (2, Decimal(2), Decimal(2)), jong: (50, Decimal(5), Decimal(50))},
        "b": {oud_vrouw: (38, Decimal(10), Decimal(38)), jong: (50, Decimal(5), Decimal(50))},
    }
    namen = ("leeftijdsklasse", "geslacht")
    waarden = {
        minimum: _built(bevolking, namen, minimum)["a", "TOTAAL", "TOTAAL"]["verwacht"]
        for minimum in (1, 30, 39, 41)
    }
    assert waarden[1] == Decimal(7)  # its own two, and a tenth of fifty
    for minimum in (30, 39):
        assert waarden[minimum] == Decimal("5.6")  # 12 of 40 old persons: 2 x 0.3, and 5
    assert float(waarden[41]) == pytest.approx(52 * 22 / 140)


def test_what_is_left_of_terms_that_cancel_is_nought() -> None:
    """Three growths of a third and a fall of one: rounded, they do not add up to nought."""
    bevolking: Bevolking = {"a": {}, "b": {}}
    for leeftijd in WAARDEN[0][:3]:
        bevolking["a"][leeftijd, "man", "1", ""] = (40, Decimal(0), Decimal(1))
        bevolking["b"][leeftijd, "man", "1", ""] = (40, Decimal(1), Decimal(2))
    bevolking["a"][WAARDEN[0][3], "man", "1", ""] = (40, Decimal(-1), Decimal(1))
    built = _built(bevolking, ("leeftijdsklasse",), 1)
    for maat in ("verwacht", "verwacht_basis"):
        assert built["a", "TOTAAL", "TOTAAL"][maat] == 0
        assert built["b", "TOTAAL", "TOTAAL"][maat] == Decimal("2.000000000001")
