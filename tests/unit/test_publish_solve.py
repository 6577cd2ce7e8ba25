"""The projection that finds given-away cells against plain elimination in fractions."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from publish.disclosure.family import Family
from publish.disclosure.solve import given_away

Sum = tuple[int, list[int]]


def family(sums: list[Sum]) -> Family:
    sizes = [len(parts) for _, parts in sums]
    return Family(
        soort="toets",
        apart=True,
        totaal=np.array([total for total, _ in sums], dtype=np.int64),
        begin=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        delen=np.array([part for _, parts in sums for part in parts], dtype=np.int64),
        sluit=np.ones(len(sums), dtype=np.bool_),
        geldt=np.ones((3, len(sums)), dtype=np.bool_),
    )


def by_rank(sums: list[Sum], hidden: list[int]) -> set[int]:
    """A hidden cell is fixed when its unit vector adds nothing to the rank of the equations."""
    place = {cell: number for number, cell in enumerate(hidden)}
    rows = []
    for total, parts in sums:
        row = [Fraction(0)] * len(hidden)
        for cell, sign in [*((part, 1) for part in parts), (total, -1)]:
            if cell in place:
                row[place[cell]] += sign
        rows.append(row)
    full = _rank(rows)
    units = [[Fraction(int(i == j)) for i in range(len(hidden))] for j in range(len(hidden))]
    return {cell for cell in hidden if _rank([*rows, units[place[cell]]]) == full}


def _rank(rows: list[list[Fraction]]) -> int:
    rows = [row[:] for row in rows]
    rank = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in range(rank, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for other in range(rank + 1, len(rows)):
            factor = rows[other][column] / rows[rank][column]
            rows[other] = [x - factor * y for x, y in zip(rows[other], rows[rank], strict=True)]
        rank += 1
    return rank


@pytest.mark.parametrize("seed", range(40))
def test_equals_elimination_on_random_systems(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - a draw that can be repeated
    count = draw.randint(4, 14)
    sums = []
    for _ in range(draw.randint(1, 10)):
        cells = draw.sample(range(count), draw.randint(2, min(5, count)))
        sums.append((cells[0], cells[1:]))
    hidden = sorted(draw.sample(range(count), draw.randint(1, count - 1)))
    flags = np.zeros(count, dtype=np.bool_)
    flags[hidden] = True
    used = {cell for total, parts in sums for cell in (total, *parts)}
    expected = by_rank(sums, [cell for cell in hidden if cell in used])
    found = set(given_away([family(sums)], flags).tolist())
    # Cells that hang together with nothing published are left out on purpose.
    assert found <= expected
    assert all(_alone(sums, cell, set(hidden)) for cell in expected - found)


def _alone(sums: list[Sum], start: int, hidden: set[int]) -> bool:
    """Whether nothing published can be reached from a hidden cell."""
    seen, waiting = {start}, [start]
    while waiting:
        cell = waiting.pop()
        for total, parts in sums:
            members = {total, *parts}
            if cell in members:
                if members - hidden:
                    return False
                waiting += members - seen
                seen |= members
    return True


def test_one_hidden_part_is_given_away() -> None:
    flags = np.array([False, True, False])
    assert given_away([family([(0, [1, 2])])], flags).tolist() == [1]


def test_two_hidden_parts_are_not() -> None:
    flags = np.array([False, True, True])
    assert given_away([family([(0, [1, 2])])], flags).tolist() == []


def test_two_relations_together_give_away_what_each_keeps() -> None:
    # 0 = 1 + 2 and 3 = 1 + 2 + 4: subtracting them gives 4.
    flags = np.array([False, True, True, False, True])
    assert given_away([family([(0, [1, 2]), (3, [1, 2, 4])])], flags).tolist() == [4]


def test_a_long_chain_converges() -> None:
    length = 3000
    sums = [(2 * i + 1, [2 * i, 2 * i + 2]) for i in range(length)]
    flags = np.zeros(2 * length + 1, dtype=np.bool_)
    flags[::2] = True
    assert given_away([family(sums)], flags).tolist() == []
    flags[0] = False
    assert len(given_away([family(sums)], flags)) == length
