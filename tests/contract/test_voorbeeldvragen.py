"""The example queries: enough of them, with a question, over what their use may see, no ranks."""

from __future__ import annotations

import re

import duckdb
import pytest

from tests.voorbeelden import USES, Voorbeeld, allowed, voorbeelden

ALL = [one for use in USES for one in voorbeelden(use)]


def _name(one: Voorbeeld) -> str:
    return f"{one.gebruik}-{one.naam}"


@pytest.mark.parametrize("use", USES)
def test_every_use_has_at_least_five_examples(use: str) -> None:
    assert len(voorbeelden(use)) >= 5


@pytest.mark.parametrize("one", ALL, ids=_name)
def test_an_example_reads_only_what_its_use_may_see(one: Voorbeeld) -> None:
    published = "read_parquet(getvariable('extract'))"  # what is published may be read by all
    read = duckdb.connect().get_table_names(one.sql.replace(published, f"{one.gebruik}_spiegel"))
    assert read
    assert read <= allowed(one.gebruik)


@pytest.mark.parametrize("one", ALL, ids=_name)
def test_an_example_is_in_order_and_makes_no_ranking(one: Voorbeeld) -> None:
    code = re.sub(r"--.*", "", one.sql)
    assert "order by" in code
    assert not re.search(r"\brank\(|row_number|percentiel|select\s+\*", code)
    assert len(one.let_op) > 40
    assert all(len(line) <= 120 for line in one.sql.splitlines())


def test_a_mart_of_another_use_would_be_seen() -> None:
    assert "kwaliteit_spiegel" not in allowed("inkoop")
    assert "spiegel_indicator" not in frozenset.union(*map(allowed, USES))
    assert duckdb.connect().get_table_names("with a as (from b) select 1 from a") == {"b"}
