"""What is known of a person is what was known last, in whatever order it came."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random

import duckdb
import pytest
from marts_sql import render_with

Statement = tuple[str, date | None, str | None]


def last_known(statements: list[Statement]) -> dict[str, str | None]:
    """By plain Python: a value before none, a later day before an earlier and before none."""
    found: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for person, day, value in statements:
        found[person] += [(day or date.min, value)] if value is not None else []
    return {person: max(found[person])[1] if found[person] else None for person, *_ in statements}


def by_macro(statements: list[Statement]) -> dict[str, str | None]:
    sql = render_with("{{ laatst_bekend('waarde', 'dag') }}", str, lambda _, naam: naam)
    with duckdb.connect() as con:
        con.execute("create table t (persoon text, dag date, waarde text)")
        con.executemany("insert into t values (?, ?, ?)", statements)
        return dict(con.execute(f"select persoon, {sql} from t group by persoon").fetchall())


@pytest.mark.parametrize("seed", range(8))
def test_the_last_day_decides_and_on_one_day_the_greatest(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    days = [None, *(date(2019, 12, 30) + timedelta(days=n) for n in range(4))]
    values = [None, "", "1950", "1951", "man", "vrouw"]
    statements = [
        (f"p{random.randrange(30)}", random.choice(days), random.choice(values)) for _ in range(150)
    ]
    assert by_macro(statements) == last_known(statements)
    random.shuffle(statements)
    assert by_macro(statements) == last_known(statements)


def test_a_value_without_a_day_counts_when_there_is_no_other() -> None:
    assert by_macro([("p", None, "1950")]) == {"p": "1950"}
    assert by_macro([("p", None, "1951"), ("p", date(2020, 1, 1), "1950")]) == {"p": "1950"}
    assert by_macro([("p", date(2020, 1, 1), None), ("p", None, "1950")]) == {"p": "1950"}
