"""The stated false-alarm rate of the analytical rules, and what they find, by simulation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ingest.oordeel.comparing import Paar, Zijde, differences
from ingest.oordeel.parameters import AANTAL, VERDELING, VULLING, Parameters, parameters
from ingest.oordeel.profile import Profiel, TabelProfiel, Verdeling

PAREN = 2_000
MEANS = (90, 150, 400, 2_000, 10_000, 100_000, 3_000_000)
FILLED = (0.0, 0.002, 0.01, 0.05, 0.2, 0.5, 0.8, 0.97, 0.999, 1.0)
ROWS = (300, 5_000, 400_000)


def shares_of_codes(number: int) -> np.ndarray:
    """Few codes that are frequent, many that are rare."""
    weight = 1 / np.arange(1, number + 1) ** 1.2
    return weight / weight.sum()


CODES = shares_of_codes(30)


def beta(rng: np.random.Generator, share: float, correlation: float) -> float:
    """The true share in one period, of a source that did not change."""
    if share in (0.0, 1.0):
        return share
    size = 1 / correlation - 1
    return float(rng.beta(share * size, (1 - share) * size))


def drawn(rng: np.random.Generator, rule: Parameters) -> Profiel:
    """One period of a source that varies as much as the rules allow for."""
    counts, codes, filled = (rule.regels[code] for code in (AANTAL, VERDELING, VULLING))
    size = 1 / counts.spreiding**2
    records = {
        f"soort{i}": int(rng.poisson(rng.gamma(size, mean / size))) for i, mean in enumerate(MEANS)
    }
    tables = {}
    for i, rows in enumerate(ROWS):
        has = {
            f"k{j}": int(rng.binomial(rows, beta(rng, share, filled.spreiding)))
            for j, share in enumerate(FILLED)
        }
        mix = rng.dirichlet(CODES * (1 / codes.spreiding - 1))
        found = rng.multinomial(rows, mix)
        listed = {f"c{j}": (int(n), int(n)) for j, n in enumerate(found) if n >= 10}
        has["code"] = rows
        tables[f"t{i}"] = TabelProfiel(rows, has, {"code": Verdeling(listed, 9)})
    return Profiel(records, tables)


def pair(now: Profiel, then: Profiel) -> Paar:
    return Paar(now, Zijde(now, 1), Zijde(then, 1), "2024", False, True, "bron")


def without_floors() -> Parameters:
    """The rules without the differences below which nothing is said: the chances alone decide."""
    numbers = parameters()
    bare = {code: replace(r, verschil=0.0, verdwenen=0) for code, r in numbers.regels.items()}
    return replace(numbers, regels=bare)


def alarms(numbers: Parameters, pairs: int, seed: int, change=None) -> dict[str, int]:
    """In how many of so many pairs each rule warned, or any did."""
    rng = np.random.default_rng(seed)
    found = dict.fromkeys([*numbers.regels, "een regel"], 0)
    for _ in range(pairs):
        then, now = drawn(rng, numbers), drawn(rng, numbers)
        _, told = differences([pair(change(now) if change else now, then)], numbers, "bron")
        for code in {each.code for each in told}:
            found[code] += 1
        found["een regel"] += bool(told)
    return found


def test_a_source_that_did_not_change_seldom_gets_a_warning(record_property) -> None:
    numbers = without_floors()
    found = alarms(numbers, PAREN, seed=20_251_126)
    stated = {code: rule.kans for code, rule in numbers.regels.items()} | {
        "een regel": numbers.kans
    }
    for code, number in found.items():
        shown = f"{code:20} stated {stated[code]:.2%}, found {number / PAREN:.2%} of {PAREN}"
        record_property("printed", f"false alarms: {shown}")
    for code, number in found.items():
        assert number <= stated[code] * PAREN, (code, number)


def test_the_simulation_can_fail() -> None:
    """A source that varies three times as much as stated does get warnings."""
    numbers = without_floors()
    wild = {code: replace(r, spreiding=r.spreiding * 9) for code, r in numbers.regels.items()}
    rng = np.random.default_rng(1)
    warned = 0
    for _ in range(60):
        then, now = (drawn(rng, replace(numbers, regels=wild)) for _ in range(2))
        warned += bool(differences([pair(now, then)], numbers, "bron")[1])
    assert warned > 20


def fewer(now: Profiel) -> Profiel:
    """Of one kind 30% is missing."""
    return replace(now, records=now.records | {"soort3": round(now.records["soort3"] * 0.7)})


def _table(now: Profiel, tabel: str, changed: TabelProfiel) -> Profiel:
    return replace(now, tabellen=now.tabellen | {tabel: changed})


def emptied(now: Profiel) -> Profiel:
    """A column that was filled in four of five rows is empty."""
    table = now.tabellen["t1"]
    return _table(now, "t1", replace(table, gevuld=table.gevuld | {"k6": 0}))


def vanished(now: Profiel) -> Profiel:
    """One code of some 3% is gone, and its records with it."""
    table = now.tabellen["t1"]
    codes = dict(table.verdeling["code"].codes)
    rows = table.rijen - codes.pop("c5")[0]
    filled = {name: round(n * rows / table.rijen) for name, n in table.gevuld.items()}
    left = TabelProfiel(rows, filled | {"code": rows}, {"code": Verdeling(codes, 9)})
    return _table(now, "t1", left)


@pytest.mark.parametrize(
    ("change", "code", "element"),
    [(fewer, AANTAL, None), (emptied, VULLING, "k6"), (vanished, VERDELING, "code=c5")],
    ids=["minus-30-percent", "emptied-column", "vanished-code"],
)
def test_what_is_planted_is_found(change, code: str, element: str | None, record_property) -> None:
    numbers, pairs = parameters(), 200
    rng = np.random.default_rng(7)
    hits = 0
    for _ in range(pairs):
        then, now = drawn(rng, numbers), drawn(rng, numbers)
        _, told = differences([pair(change(now), then)], numbers, "bron")
        hits += any(each.code == code and each.element == element for each in told)
    record_property("printed", f"{code}, {change.__name__}: found in {hits} of {pairs}")
    assert hits >= 0.9 * pairs
