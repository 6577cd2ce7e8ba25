"""A change against the year before gives that year's figure away."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet as pq
from publish_fixture import SLEUTEL, spiegel_rows, write_build

from ingest.settings import Settings
from publish.check_figures import _previous_problems
from publish.release import publish
from publish.verify import verify


def test_what_tells_of_the_year_before_is_hidden_with_it(tmp_path: Path) -> None:
    rows = spiegel_rows()
    for row in rows:
        if row["niveau"] == "landelijk" and row["periode"] == "2024Q4" and row["teller"] < 1000:
            row["teller"] = 5
    before = {tuple(row[name] for name in SLEUTEL): row["waarde"] for row in rows}
    for row in rows:
        earlier = f"{int(row['periode'][:4]) - 1}{row['periode'][4:]}"
        row["waarde_vorige"] = before.get(tuple((row | {"periode": earlier})[n] for n in SLEUTEL))
        known = row["waarde_vorige"] is not None
        row["verschil"] = row["waarde"] - row["waarde_vorige"] if known else None
        row["trend"] = "gelijk" if known else None
    write_build(tmp_path, rows)
    results = publish(Settings(home=tmp_path, threads=1))
    told, silent = 0, 0
    for result in results:
        found = pq.read_table(result.map / "data.parquet").to_pylist()
        state = {tuple(row[name] for name in SLEUTEL): row["onderdrukt"] for row in found}
        for row in found:
            earlier = f"{int(row['periode'][:4]) - 1}{row['periode'][4:]}"
            hidden = state.get(tuple((row | {"periode": earlier})[n] for n in SLEUTEL), True)
            if hidden or row["onderdrukt"]:
                assert (row["waarde_vorige"], row["verschil"], row["trend"]) == (None, None, None)
                silent += not row["onderdrukt"] and row["periode"] == "2025Q4"
            else:
                told += row["waarde_vorige"] is not None
        assert verify(result.map).problems == []
    assert told > 50
    assert silent > 0


def test_verify_sees_a_change_that_gives_a_hidden_figure_away() -> None:
    con = duckdb.connect()
    con.execute(
        """
        create table data as
        select 'i' as indicator_id, 'landelijk' as niveau, 'NL' as eenheid_id, '2024' as periode,
            null::decimal(18, 6) as waarde_vorige, true as onderdrukt
        union all
        select 'i', 'landelijk', 'NL', '2025', 0.5, false
        """
    )
    manifest = {
        "sleutel": ["indicator_id", "niveau", "eenheid_id", "periode"],
        "schema": [{"naam": "waarde_vorige"}],
    }
    assert _previous_problems(con, manifest) == [
        "1 rows tell a figure of the year before that is hidden."
    ]
    con.execute("update data set onderdrukt = false")
    assert _previous_problems(con, manifest) == []
