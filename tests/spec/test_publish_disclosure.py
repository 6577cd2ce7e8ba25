"""Promise 8: small cells stay hidden, also from arithmetic, judged by an independent auditor."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from publish_auditor import Cell, solvable, sums_of

from publish.disclosure.control import decide
from publish.disclosure.rules import load_rules

K = 10
GENERATE = (Phase.explicit, Phase.generate)  # shrinking takes minutes and the tables are small
REGIO = {"a": "R1", "b": "R1", "c": "R2", "d": "R2", "e": "R3"}


def cube(atoms: dict[tuple[str, str, str], tuple[int, int]]) -> list[Cell]:
    """All margins of (provider, sex, quarter) → (persons, numerator); empty cells are absent."""
    sums: dict[tuple[str, ...], list[Any]] = defaultdict(lambda: [0, 0, set()])
    for (aanbieder, geslacht, kwartaal), (personen, teller) in atoms.items():
        if not personen:
            continue
        for niveau, eenheid in (
            ("zorgaanbieder", aanbieder),
            ("zorgkantoorregio", REGIO[aanbieder]),
            ("landelijk", "NL"),
        ):
            for soort, waarde in (("TOTAAL", "TOTAAL"), ("geslacht", geslacht)):
                for periode in (kwartaal, kwartaal[:4]):
                    cell = sums[(niveau, eenheid, soort, waarde, periode)]
                    cell[0] += personen
                    cell[1] += teller
                    cell[2].add(aanbieder)
    names = ("niveau", "eenheid", "soort", "waarde", "periode")
    return [
        dict(zip(names, key, strict=True))
        | {
            "personen": personen,
            "teller": teller,
            "aanbieders": len(providers),
            "regio": REGIO.get(key[1], key[1]),
        }
        for key, (personen, teller, providers) in sorted(sums.items())
    ]


def judge(cells: list[Cell], euro: float = 0) -> list[Cell]:
    """The cells that are listed, with their reason; with ``euro`` the numerator is money."""
    rows = [
        {
            "cel_id": number,
            "nummer": number,
            "indicator_id": "i",
            "definitie_versie": "1",
            "niveau": cell["niveau"],
            "eenheid_id": cell["eenheid"],
            "uitsplitsing": cell["soort"],
            "uitsplitsing_waarde": cell["waarde"],
            "periode_type": "kwartaal" if "Q" in cell["periode"] else "jaar",
            "periode": cell["periode"],
            "teller": float(cell["personen"] * euro if euro else cell["teller"]),
            "noemer": float(cell["personen"]),
            "n_personen": cell["personen"],
            "n_zorgaanbieders": cell["aanbieders"],
            "eenheid_regio_code": cell["regio"],
        }
        for number, cell in enumerate(cells)
    ]
    with duckdb.connect() as con:
        con.execute("set threads = 1")
        con.register("rijen", pa.Table.from_pylist(rows))
        con.execute("create table cel as select * from rijen")
        decide(con, load_rules(K))
        listed = con.execute(
            "select nummer, reden from cel left join besluit using (cel_id) order by nummer"
        ).fetchall()
    return [cells[number] | {"reden": reden} for number, reden in listed]


def assert_safe(cells: list[Cell]) -> None:
    """Fail when a hidden cell, or a small sum of what is not shown, can be computed."""
    hidden = {number for number, cell in enumerate(cells) if cell["reden"]}
    sums, rests = with_rests(sums_of(cells), cells)
    secret = hidden | {rest for rest, personen in rests.items() if personen < K}
    known = solvable(sums, hidden | set(rests)) & secret
    assert not known, [cells[n] if n < len(cells) else rests[n] for n in sorted(known)]
    size = {number: cell["personen"] for number, cell in enumerate(cells)} | rests
    for total, parts in sums:
        away = [part for part in parts if part in hidden or part in rests]
        if secret & set(away) and total not in hidden and len(away) < len(parts):
            assert sum(size[part] for part in away) >= K, cells[total]


def with_rests(
    sums: list[tuple[int, list[int]]], cells: list[Cell]
) -> tuple[list[tuple[int, list[int]]], dict[int, int]]:
    """Parts that are not listed are one more unknown part; its size is known to this test only."""
    rests: dict[int, int] = {}
    result = []
    for total, parts in sums:
        missing = cells[total]["personen"] - sum(cells[part]["personen"] for part in parts)
        if missing:
            number = len(cells) + len(rests)
            rests[number] = missing
            parts = [*parts, number]
        result.append((total, parts))
    return result, rests


ATOM = st.one_of(st.just((0, 0)), st.integers(1, 9), st.integers(10, 60)).map(
    lambda n: n if isinstance(n, tuple) else (n, n // 2)
)
TABLES = st.dictionaries(
    st.tuples(
        st.sampled_from("abcde"),
        st.sampled_from(["man", "vrouw", "x"]),
        st.sampled_from(["2025Q1", "2025Q2", "2025Q3"]),
    ),
    ATOM,
    min_size=1,
    max_size=25,
)


@settings(max_examples=40, deadline=None, derandomize=True, phases=GENERATE)
@given(TABLES, st.sampled_from([0, 100.5]))
def test_no_hidden_cell_can_be_computed(
    atoms: dict[tuple[str, str, str], tuple[int, int]], euro: float
) -> None:
    cells = cube(atoms)
    if cells:
        assert_safe(judge(cells, euro))


@settings(max_examples=15, deadline=None, derandomize=True, phases=GENERATE)
@given(TABLES)
def test_every_cell_that_is_shown_is_large_enough(
    atoms: dict[tuple[str, str, str], tuple[int, int]],
) -> None:
    cells = cube(atoms)
    for cell in judge(cells) if cells else []:
        rest = cell["personen"] - cell["teller"]
        if cell["reden"] is None:
            assert cell["personen"] >= K
            assert cell["teller"] == 0 or cell["teller"] >= K
            assert rest >= K


@settings(max_examples=15, deadline=None, derandomize=True, phases=GENERATE)
@given(TABLES)
def test_what_is_left_out_is_part_of_a_small_total(
    atoms: dict[tuple[str, str, str], tuple[int, int]],
) -> None:
    cells = cube(atoms)
    if not cells:
        return
    small = set()
    for total, parts in sums_of(cells, by_place=False):
        if cells[total]["personen"] < K:
            small.update(parts)
    listed = [{k: v for k, v in cell.items() if k != "reden"} for cell in judge(cells)]
    assert listed == [cell for number, cell in enumerate(cells) if number not in small]


def test_the_attack_finds_what_hiding_small_cells_alone_gives_away() -> None:
    cells = cube({("a", "man", "2025Q1"): (4, 2), ("a", "vrouw", "2025Q1"): (60, 30)})
    for cell in cells:
        cell["reden"] = None if cell["personen"] >= K else "klein_aantal"
    with pytest.raises(AssertionError):
        assert_safe(cells)


def test_a_pattern_that_only_all_relations_together_give_away() -> None:
    # Every row and column has two hidden cells or none, yet one cell links two closed squares, so
    # that it follows from the margins: looking at one relation at a time sees nothing.
    hidden = {
        (r, c) for r, c in ((0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3))
    }
    cells = [
        {"niveau": "zorgaanbieder", "eenheid": f"p{r}", "regio": f"p{r}", "soort": "geslacht",
         "waarde": f"w{c}", "periode": "2025", "personen": 5 if (r, c) in hidden else 50,
         "teller": 0, "aanbieders": 1}
        for r in range(4) for c in range(4)
    ]  # fmt: skip
    rows = [
        cells[4 * r] | {"soort": "TOTAAL", "waarde": "TOTAAL", "personen": 500} for r in range(4)
    ]
    columns = [
        cells[c] | {"niveau": "landelijk", "eenheid": "NL", "personen": 500} for c in range(4)
    ]
    table = cells + rows + columns
    for total, parts in sums_of(table):
        table[total]["personen"] = sum(table[part]["personen"] for part in parts)
    small = {number for number, cell in enumerate(table) if cell["personen"] < K}
    assert solvable(sums_of(table), small) == {6}
    assert_safe(judge(table))


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    cells = cube(
        {
            (a, g, q): (60, 30)
            for a in "abcde"
            for g in ("man", "vrouw")
            for q in ("2025Q1", "2025Q2")
        }
    )
    assert {cell["reden"] for cell in judge(cells)} == {None}


def test_one_small_cell_costs_few_others_and_no_total() -> None:
    atoms = {
        (a, g, q): (60 + ord(a), 30)
        for a in "abcde"
        for g in ("man", "vrouw")
        for q in ("2025Q1", "2025Q2")
    }
    atoms[("a", "man", "2025Q1")] = (4, 2)
    cells = cube(atoms)
    hidden = [cell for cell in judge(cells) if cell["reden"]]
    assert len(hidden) == 8  # the smallest closed pattern in three dimensions: two by two by two
    assert all(cell["niveau"] == "zorgaanbieder" for cell in hidden)
    assert all(cell["waarde"] != "TOTAAL" for cell in hidden)


def test_a_difference_between_total_and_parts_is_guarded_as_a_cell() -> None:
    cells = cube({(a, g, "2025Q1"): (60, 30) for a in "ac" for g in ("man", "vrouw")})
    for cell in cells:
        if cell["niveau"] == "landelijk":
            cell["personen"] += 3  # three persons live nowhere
    regions = {cell["reden"] for cell in judge(cells) if cell["niveau"] == "zorgkantoorregio"}
    assert "afleidbaar" in regions


def test_providers_are_no_partition_of_regions_people_live_in() -> None:
    at = {(a, g, "2025"): (60, 30) for a in "abcde" for g in ("man", "vrouw")}
    at[("e", "man", "2025")] = (4, 2)
    living = {
        ("a", "man", "2025"): (100, 50), ("a", "vrouw", "2025"): (110, 55),
        ("c", "man", "2025"): (90, 45), ("c", "vrouw", "2025"): (125, 62),
        ("e", "man", "2025"): (54, 27), ("e", "vrouw", "2025"): (65, 33),
    }  # fmt: skip
    cells = [c for c in cube(at) if c["niveau"] != "zorgkantoorregio"]
    cells += [c for c in cube(living) if c["niveau"] == "zorgkantoorregio"]
    hidden = {(c["eenheid"], c["waarde"]) for c in judge(cells) if c["reden"]}
    assert ("e", "man") in hidden
    assert not any(eenheid.startswith("R") for eenheid, _ in hidden)


@pytest.mark.parametrize(
    ("personen", "teller", "reden"),
    [
        (9, 4, "klein_aantal"),
        (10, 0, None),
        (100, 50, None),
        (100, 9, "klein_aantal"),
        (100, 91, "klein_aantal"),
        (100, 100, "klein_aantal"),
        (100, 90, None),
        (100, 10, None),
        (100, 0, None),
    ],
)
def test_share_of_persons(personen: int, teller: int, reden: str | None) -> None:
    cell = {
        "niveau": "landelijk", "eenheid": "NL", "regio": "NL", "soort": "TOTAAL",
        "waarde": "TOTAAL", "periode": "2025", "personen": personen, "teller": teller,
        "aanbieders": 1,
    }  # fmt: skip
    assert judge([cell])[0]["reden"] == reden


@pytest.mark.parametrize(
    ("niveau", "aanbieders", "reden"),
    [
        ("zorgkantoorregio", 2, "dominantie"),
        ("zorgkantoorregio", 3, None),
        ("zorgaanbieder", 1, None),
    ],
)
def test_money_of_few_providers(niveau: str, aanbieders: int, reden: str | None) -> None:
    cell = {
        "niveau": niveau, "eenheid": "x", "regio": "x", "soort": "TOTAAL", "waarde": "TOTAAL",
        "periode": "2025", "personen": 100, "teller": 0, "aanbieders": aanbieders,
    }  # fmt: skip
    assert judge([cell], euro=120.0)[0]["reden"] == reden


@pytest.mark.parametrize("soorten", [("proportie_personen", "gemiddelde_per_persoon"),
                                     ("gemiddelde_per_persoon", "proportie_personen")],
                         ids=["an amount now", "an amount before"])  # fmt: skip
def test_a_version_is_judged_by_its_own_definition(soorten: tuple[str, str]) -> None:
    """An amount of two providers is hidden, a share of persons is not, whichever came first."""
    rows = [
        {
            "cel_id": number, "indicator_id": "i", "definitie_versie": versie,
            "niveau": "zorgkantoorregio", "eenheid_id": "R1", "uitsplitsing": "TOTAAL",
            "uitsplitsing_waarde": "TOTAAL", "periode_type": "jaar", "periode": "2025",
            "teller": 40.0, "noemer": 80.0, "n_personen": 80, "n_zorgaanbieders": 2,
            "eenheid_regio_code": "R1",
        }
        for number, versie in enumerate(("1", "2"))
    ]  # fmt: skip
    with duckdb.connect() as con:
        con.register("rijen", pa.Table.from_pylist(rows))
        con.execute("create table cel as select * from rijen")
        decision = decide(con, load_rules(K), dict(zip(("i", "i_v2"), soorten, strict=True)))
        hidden = con.execute(
            "select definitie_versie, reden from cel inner join besluit using (cel_id)"
        ).fetchall()
    amount = "1" if soorten[0] == "gemiddelde_per_persoon" else "2"
    assert hidden == [(amount, "dominantie")]
    assert decision.soorten.keys() == {"i", "i_v2"}
