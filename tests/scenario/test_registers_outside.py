"""The open data of Vektis as published, 2011 and 2022. Source: Vektis C.V."""

from __future__ import annotations

import csv
from decimal import Decimal

from ingest.registers.intake import read
from tests.outside import OUTSIDE, needs_outside
from tests.read_files import lees


@needs_outside
def test_vektis_open_data_agrees_with_the_published_totals(tmp_path) -> None:
    with (OUTSIDE / "expected_vektis_opendata.csv").open(encoding="utf-8", newline="") as file:
        expected = {row["file"].rsplit("/")[-1]: row for row in csv.DictReader(file)}
    files = {name: (OUTSIDE / "vektis-opendata" / name).read_bytes() for name in expected}
    result = lees(read, tmp_path, files, soort="register")
    assert result.redenen() == []
    found = result.rows(
        """
        with regels as (
            select
                record_nr,
                jaar,
                gemeentenaam,
                any_value(aantal_verzekerden) as verzekerden,
                count(*) as soorten,
                sum(kosten_cent) as cent,
                count(*) filter (kosten_cent < 0) as negatief
            from proj_reg_vektis_gemeente
            group by all
        )

        select
            'vektis_' || jaar || '_gemeente.csv',
            count(*),
            count(distinct gemeentenaam),
            sum(verzekerden),
            count(*) filter (gemeentenaam is null),
            sum(verzekerden) filter (gemeentenaam is null),
            max(soorten),
            sum(cent),
            sum(negatief)
        from regels
        group by jaar
        order by jaar
        """
    )
    names = (
        "rows", "gemeenten", "sum_aantal_bsn", "rows_without_gemeente", "bsn_in_those_rows",
        "cost_columns", "sum_all_cost_columns", "negative_cost_cells",
    )  # fmt: skip
    assert {row[0] for row in found} == set(expected)
    for name, *figures in found:
        published = [Decimal(expected[name][column]) for column in names]
        published[6] *= 100
        assert [Decimal(figure) for figure in figures] == published
