"""A merger by a delivery, a succession and a layout of regions by a row: figures run across."""

from __future__ import annotations

import shutil
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from marts_bouw import gebouwd, opname  # noqa: F401 - fixtures
from marts_levering import Record, by_period, deliver
from marts_regio import HOSPITALS, region

from ingest.settings import Settings
from marts.build import BuildResult, build
from tests.compiled_dbt import compiled_dbt
from tests.recorded_dbt import DATABASE

pytestmark = pytest.mark.slow

CODES = Path(__file__).parents[2] / "schemas" / "codes"

OUD, NIEUW = HOSPITALS[1], HOSPITALS[2]
Cells = dict[tuple[str, str, str], tuple[Decimal, Decimal]]


def merger() -> Record:
    """The address book says that one hospital goes on in another from 1 July 2025."""
    row = {
        "zorgaanbieder_id": OUD, "naam": "Aanbieder 1 nieuw", "soort": "algemeen_ziekenhuis",
        "gemeente_code": "GM0037", "geldig_van": "2020-01-01", "geldig_tot": "2025-06-30",
        "opvolger_id": NIEUW,
    }  # fmt: skip
    return Record("register-zorgaanbieders", "register", "2025Q3", (("reg_zorgaanbieder", row),))


#: Code list -> a row more, in the order of its columns.
ROWS = {
    "gemeente_opvolger": ("GM0344", "Utrecht", "ZK09", "GM0363", "2025-07-01", "planted"),
    "regio_gemeente": ("GM0037", "Stadskanaal", "ZK03", "Drenthe", "2025-01-01", None, "planted"),
}


def with_rows(recording: Path, place: Path) -> Path:
    """What dbt made of the project, with two rows added to its code lists."""
    shutil.copytree(recording, place)
    with duckdb.connect(place / DATABASE) as con:
        for name, row in ROWS.items():
            columns = con.execute(f"describe codes.{name}").fetchall()
            head = (CODES / f"{name}.csv").read_text(encoding="utf-8").partition("\n")[0]
            assert [column[0] for column in columns] == head.split(",")
            con.execute(f"insert into codes.{name} values ({', '.join('?' * len(row))})", row)
    return place


def cells(result: BuildResult, niveau: str) -> Cells:
    """Teller and noemer of measures that are sums: they can be added up over units.

    Care in the own region is left out: it asks where borders run, which is what moves here.
    """
    rows = duckdb.execute(
        f"""
        select indicator_id, eenheid_id, periode, teller, noemer
        from '{result.map}/spiegel_indicator.parquet'
        where niveau = ? and uitsplitsing = 'TOTAAL'
          and indicator_id in (select indicator_id from '{result.map}/ref_indicator.parquet'
                               where soort_meting = 'proportie_som')
          and indicator_id <> 'zorg_in_eigen_regio'
        """,
        [niveau],
    ).fetchall()
    return {(i, e, p): (teller, noemer) for i, e, p, teller, noemer in rows}


def totals(found: Cells) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    total: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(), Decimal()])
    for (indicator, _unit, periode), amounts in found.items():
        for place, amount in enumerate(amounts):
            total[indicator, periode][place] += amount
    return {key: (teller, noemer) for key, (teller, noemer) in total.items()}


@pytest.fixture(scope="module")
def gefuseerd(opname: Path, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:  # noqa: F811
    root = tmp_path_factory.mktemp("fusie")
    settings = Settings(home=root / "home", threads=2)
    deliver(settings, by_period([*region(), merger()]))
    with compiled_dbt(with_rows(opname, root / "recording")):
        return build(settings)


def test_totals_are_equal_and_every_row_is_in_one_unit(
    gebouwd: BuildResult,  # noqa: F811
    gefuseerd: BuildResult,
) -> None:
    for niveau in ("landelijk", "zorgaanbieder", "gemeente", "zorgkantoorregio"):
        before, after = cells(gebouwd, niveau), cells(gefuseerd, niveau)
        assert totals(after) == totals(before), niveau
        assert (after == before) == (niveau == "landelijk")
    assert gefuseerd.geweigerd == gebouwd.geweigerd


def test_the_successor_has_the_sum_of_the_year_of_the_merger(
    gebouwd: BuildResult,  # noqa: F811
    gefuseerd: BuildResult,
) -> None:
    before, after = cells(gebouwd, "zorgaanbieder"), cells(gefuseerd, "zorgaanbieder")
    nothing = (Decimal(), Decimal())
    moved = 0
    for indicator, unit, periode in before:
        if unit != OUD:
            continue
        if periode >= "2025" and periode not in ("2025Q1", "2025Q2"):
            key = (indicator, NIEUW, periode)
            other = before.get(key, nothing)
            mine = before[indicator, OUD, periode]
            assert after[key] == (mine[0] + other[0], mine[1] + other[1])
            assert (indicator, OUD, periode) not in after
            moved += 1
        else:
            assert after[indicator, OUD, periode] == before[indicator, OUD, periode]
    assert moved >= 3


def test_regions_follow_their_layout_from_its_day_on(
    gebouwd: BuildResult,  # noqa: F811
    gefuseerd: BuildResult,
) -> None:
    before, after = cells(gebouwd, "gemeente"), cells(gefuseerd, "gemeente")
    assert {p for _i, unit, p in before if unit == "GM0344"} >= {"2024", "2025", "2025Q3"}
    assert {p[:4] for _i, unit, p in after if unit == "GM0344"} == {"2024", "2025"}
    assert not {p for _i, u, p in after if u == "GM0344"} & {"2025", "2025Q3", "2025Q4"}
    regions = cells(gefuseerd, "zorgkantoorregio")
    moved = {p for _i, unit, p in regions if unit == "ZK03"}
    assert {"2025", "2025Q1"} <= moved
    assert not [p for p in moved if p < "2025"]
    assert not [1 for _i, unit, _p in cells(gebouwd, "zorgkantoorregio") if unit == "ZK03"]


def test_the_histories_tell_what_happened(gefuseerd: BuildResult) -> None:
    with duckdb.connect() as con:
        provider = con.execute(
            f"select cast(geldig_tot as varchar), opvolger_id "
            f"from '{gefuseerd.map}/dim_zorgaanbieder_historie.parquet' where zorgaanbieder_id = ?",
            [OUD],
        ).fetchall()
        region_rows = con.execute(
            f"select regio_code, zorgkantoorregio_code, cast(geldig_van as varchar), "
            f"cast(geldig_tot as varchar) from '{gefuseerd.map}/dim_regio_historie.parquet' "
            "where regio_code in ('GM0037', 'GM0344') order by all"
        ).fetchall()
    assert provider == [("2025-06-30", NIEUW)]
    assert region_rows == [
        ("GM0037", "ZK01", "0001-01-01", "2024-12-31"),
        ("GM0037", "ZK03", "2025-01-01", "9999-12-31"),
        ("GM0344", "ZK09", "0001-01-01", "2025-06-30"),
    ]
