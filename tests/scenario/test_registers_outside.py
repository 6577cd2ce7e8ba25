"""The open data of Vektis as published, 2011 and 2022. Source: Vektis C.V."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from marts_keten import Keten

from ingest.registers.intake import read
from tests.outside import OUTSIDE, needs_outside
from tests.read_files import lees

ROOT = Path(__file__).parents[2]


@needs_outside
def test_vektis_open_data_agrees_with_the_published_totals(tmp_path) -> None:
    with (OUTSIDE / "expected_vektis_opendata.csv").open(encoding="utf-8", newline="") as file:
        expected = {row["file"].rsplit("/")[-1]: row for row in csv.DictReader(file)}
    files = {name: (OUTSIDE / "vektis-opendata" / name).read_bytes() for name in expected}
    result = lees(read, tmp_path, files, soort="register")
    assert result.redenen() == []
    # Every cost column of both years is in a category.
    assert result.rows("select * from waarschuwing") == []
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


def _published(name: str) -> list[dict[str, str]]:
    path = OUTSIDE / "vektis-opendata" / name
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    return [dict(zip([n.lower() for n in rows[0]], row, strict=True)) for row in rows[1:]]


def _by_category(rows: list[dict[str, str]]) -> dict[str, Decimal]:
    """Published euros per category and in total, added up with plain Python."""
    with (ROOT / "schemas/codes/vektis_kostensoort.csv").open(encoding="utf-8") as file:
        category = {row["kostensoort"]: row["categorie"] for row in csv.DictReader(file)}
    found: dict[str, Decimal] = {}
    for row in rows:
        for name, value in row.items():
            if name.startswith("kosten_"):
                for key in (category[name.removeprefix("kosten_")], "TOTAAL"):
                    found[key] = found.get(key, Decimal(0)) + Decimal(value or 0)
    return found


@needs_outside
def test_vektis_open_data_reaches_the_reconciliation_whole(tmp_path) -> None:
    with (OUTSIDE / "expected_vektis_opendata.csv").open(encoding="utf-8", newline="") as file:
        expected = {row["file"].rsplit("/")[-1]: row for row in csv.DictReader(file)}
    chain = Keten(tmp_path / "home")
    chain.deliver(OUTSIDE / "vektis-opendata", "vektis")
    rows = chain.rows("aansluiting_vektis")
    for name, row in expected.items():
        year, published = int(name.split("_")[1]), _published(name)
        country = {
            r["categorie"]: r for r in rows if r["jaar"] == year and r["niveau"] == "landelijk"
        }
        total = country["TOTAAL"]
        assert total["vektis_eur"] == Decimal(row["sum_all_cost_columns"])
        assert total["vektis_verzekerden"] == int(row["sum_aantal_bsn"])
        assert {k: r["vektis_eur"] for k, r in country.items()} == _by_category(published)
        # Per gemeente the row of groups that were too small is left out, and it alone.
        local = [r for r in rows if r["jaar"] == year and r["niveau"] == "gemeente"]
        known = [r for r in published if r["gemeentenaam"]]
        totals = [r for r in local if r["categorie"] == "TOTAAL"]
        assert sum(r["vektis_eur"] for r in totals) == _by_category(known)["TOTAAL"]
        outside = int(row["bsn_in_those_rows"])
        assert sum(r["vektis_verzekerden"] for r in totals) == total["vektis_verzekerden"] - outside
        unknown = [r for r in totals if r["eenheid_id"] == "ONBEKEND"]
        assert len(unknown) == (1 if year == 2011 else 0)  # Haaren was split
        assert len(totals) == (342 if year == 2022 else len({r["eenheid_id"] for r in totals}))
    negative = chain.con.execute(
        "select jaar, count(*) from fct_vektis_kosten where kosten_eur < 0 group by jaar"
    ).fetchall()
    assert negative == [(2011, 21)]
