"""Published figures on long-term care come out of the models at full scale, by data alone."""

from __future__ import annotations

import csv
import math
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from marts_sql import PROJECT, render
from wlz_keten import WlzKeten, make_chain

from synthetic.gegevens import codes, planted, table
from synthetic.wlz.stroom import MAANDEN
from synthetic.wlz.waarheid import BEVINDINGEN, indicator_rows, list_rows, write_wlz_truth

pytestmark = pytest.mark.xdist_group("wlz")
TOTAAL = "wachtstatus = 'TOTAAL' and zorgkantoorregio_code = 'TOTAAL'"
#: code, sector, share of those waiting above the norm, tolerance in percentage points (K05-K07)
BOVEN = (("K05", "ghz", 40.2, 1.5), ("K06", "ggz_wlz", 37.4, 1.5), ("K07", "vv", 17.8, 0.5))


INDICATOREN = (
    "wlz_boven_streefnorm", "wlz_overbrugging", "wlz_overschrijding_met_reden",
    "wlz_overschrijding_met_contact", "wlz_wachtend",
)  # fmt: skip


@pytest.fixture(scope="module")
def keten(tmp_path_factory: pytest.TempPathFactory) -> WlzKeten:
    return make_chain(20_000, 1, tmp_path_factory.mktemp("wlz"))


@pytest.mark.parametrize("dag", ["2023-12-01", "2024-09-01"])
@pytest.mark.parametrize(("code", "sector", "share", "tolerance"), BOVEN)
def test_share_above_the_streefnorm(keten, code, sector, share, tolerance, dag) -> None:
    """K05-K07, and K12: nearly the same nine months later."""
    [(found,)] = keten.rows(
        f"select 100 * aandeel_boven_norm from wlz_wachtlijst "
        f"where {TOTAAL} and sector = '{sector}' and peildatum = '{dag}'"
    )
    assert abs(float(found) - share) <= tolerance, code


def test_numbers_and_shares_of_those_waiting(keten) -> None:
    """K01, K02, K08, K09, K10."""
    [(n, indicated, share)] = keten.rows(
        f"select n_wachtend, n_geindiceerd, 100 * aandeel_wachtend from wlz_wachtlijst "
        f"where {TOTAAL} and sector = 'TOTAAL' and peildatum = '2023-12-01'"
    )
    assert abs(n - 24_831) <= 120
    assert abs(indicated - 382_000) <= 3_000
    assert abs(float(share) - 6.5) <= 0.5
    assert abs(100 - float(share) - 93.5) <= 0.5
    mix = dict(
        keten.rows(
            f"select sector, n_wachtend from wlz_wachtlijst "
            f"where {TOTAAL} and sector <> 'TOTAAL' and peildatum = '2023-12-01'"
        )
    )
    shares = {sector: round(100 * k / n, 1) for sector, k in mix.items()}
    assert shares == {"vv": 89.9, "ghz": 7.2, "ggz_wlz": 2.9}


def test_the_trend_of_the_list(keten) -> None:
    """K04: level in 2023, down early in 2024, up from July 2024."""
    rows = keten.rows(
        f"select peildatum, n_wachtend from wlz_wachtlijst "
        f"where {TOTAAL} and sector = 'TOTAAL' order by peildatum"
    )
    assert [str(day) for day, _ in rows] == list(MAANDEN)
    n = [k for _, k in rows]
    mean = sum(n[:12]) / 12
    assert all(abs(k - mean) <= 0.05 * mean for k in n[:12])
    assert all(a > b for a, b in pairwise(n[12:18]))
    assert all(a < b for a, b in pairwise(n[17:21]))


def test_the_order_of_statuses_on_every_day_and_in_every_sector(keten) -> None:
    """K11: wacht op voorkeur, then actief, then urgent; voorzorg never counts."""
    wrong = keten.rows(
        """
        select peildatum, sector from wlz_wachtlijst
        where zorgkantoorregio_code = 'TOTAAL' and wachtstatus <> 'TOTAAL'
        group by peildatum, sector
        having not (
            max(n_wachtend) filter (wachtstatus = 'VOORKEUR')
            > max(n_wachtend) filter (wachtstatus = 'ACTIEF')
            and max(n_wachtend) filter (wachtstatus = 'ACTIEF')
            > max(n_wachtend) filter (wachtstatus = 'URGENT')
        ) or max(n_wachtend) filter (wachtstatus = 'VOORZORG') <> 0
        """
    )
    assert wrong == []
    [(counted, judged)] = keten.rows(
        "select count(*), count(boven_norm) from fct_wlz_wachtlijst where wachtstatus = 'VOORZORG'"
    )
    assert counted > 0
    assert judged == 0


def test_the_mart_equals_the_truth_and_its_totals_are_sums(keten) -> None:
    found = keten.rows(
        """
        select cast(peildatum as varchar), sector, wachtstatus, n_registraties, n_wachtend,
            coalesce(n_boven_norm, 0), n_boven_norm_met_reden, n_overbrugging
        from wlz_wachtlijst
        where zorgkantoorregio_code = 'TOTAAL' and wachtstatus <> 'TOTAAL' and sector <> 'TOTAAL'
        """
    )
    assert set(found) == set(list_rows(keten.gebied.standen, keten.gebied.personen))
    [(regions, executors)] = keten.rows(
        "select count(distinct zorgkantoorregio_code), count(distinct uitvoerder_id) "
        "from wlz_wachtlijst where zorgkantoorregio_code <> 'TOTAAL'"
    )
    assert (regions, executors) == (31, 9)  # K13
    [(apart, whole)] = keten.rows(
        "select sum(n_wachtend) filter (zorgkantoorregio_code <> 'TOTAAL'), "
        "sum(n_wachtend) filter (zorgkantoorregio_code = 'TOTAAL') from wlz_wachtlijst"
    )
    assert apart == whole


def test_another_norm_changes_the_outcome_without_a_change_of_a_model(keten) -> None:
    """Also one that holds from a day on, for one sector and classificatie alone."""
    query = (
        f"select cast(peildatum as varchar), sector, n_boven_norm from wlz_wachtlijst "
        f"where {TOTAAL} and peildatum in ('2023-12-01', '2024-09-01') order by all"
    )
    before = {row[:2]: row[2] for row in keten.rows(query)}
    models = ("fct_wlz_wachtlijst", "int_wlz_stand", "wlz_wachtlijst")
    keten.con.execute("create table bewaard as from ref_streefnorm")
    try:
        keten.con.execute(
            "insert into ref_streefnorm by name select 'ghz' as sector, 'VOORKEUR' as wachtstatus, "
            "'partneropname' as classificatie, '1' as weken, 'ja' as telt_mee, "
            "'2024-01-01' as geldig_van"
        )
        keten.run(models)
        narrow = {row[:2]: row[2] for row in keten.rows(query)}
        changed = {key for key in before if narrow[key] != before[key]}
        assert changed == {("2024-09-01", "ghz"), ("2024-09-01", "TOTAAL")}
        keten.con.execute("update ref_streefnorm set weken = '2000' where telt_mee = 'ja'")
        keten.run(models)
        assert {row[2] for row in keten.rows(query)} == {0}
    finally:
        keten.con.execute("create or replace table ref_streefnorm as from bewaard")
        keten.con.execute("drop table bewaard")
        keten.run(models)
    assert {row[:2]: row[2] for row in keten.rows(query)} == before


def test_duplicates_and_stale_statuses_are_found(keten, tmp_path: Path, record_property) -> None:
    """Recall and precision of the findings beside what was planted, by rule."""
    g = keten.gebied
    write_wlz_truth(tmp_path, g.standen, g.schaduw, g.personen)
    with (tmp_path / "wlz_bevindingen.csv").open(encoding="utf-8", newline="") as file:
        planted = {tuple(row[k] for k in BEVINDINGEN) for row in csv.DictReader(file)}
    found = set(
        keten.rows("select regel_id, cast(peildatum as varchar), pseudo_id from fct_wlz_bevinding")
    )
    rules = {rule for rule, *_ in planted}
    assert len(rules) == 4
    for rule in sorted(rules):
        expected = {row for row in planted if row[0] == rule}
        given = {row for row in found if row[0] == rule}
        recall, precision = (len(expected & given) / len(each) for each in (expected, given))
        record_property(
            "printed", f"{rule}: {len(expected)} planted, {recall:.3f} / {precision:.3f}"
        )
        assert recall >= 0.95
        assert precision >= 0.9


def test_the_formal_count_stands_beside_the_corrected_one(keten) -> None:
    s = keten.gebied.schaduw
    rows = keten.rows(
        f"select cast(peildatum as varchar), n_wachtend, n_wachtend_gecorrigeerd, volledigheid "
        f"from wlz_wachtlijst where {TOTAAL} and sector = 'TOTAAL' order by peildatum"
    )
    with_lists = [row for row in rows if row[2] is not None]
    assert [row[0] for row in with_lists] == ["2023-12-01", "2024-09-01"]
    extra = int((~s.dubbel).sum()) // 2
    for _, formal, corrected, share in with_lists:
        assert abs(corrected - formal - extra) <= 5
        assert abs(Decimal(formal) / Decimal(corrected) - share) < Decimal("0.000001")


def test_lawfulness_equals_table_1(keten) -> None:
    """K14 to K17 to one million, K18 within half a point."""
    published = {
        (2022, "rechtmatig"): 28_236, (2022, "onrechtmatig"): 72, (2022, "onzeker"): 2_098,
        (2022, "TOTAAL"): 30_406, (2023, "rechtmatig"): 29_793, (2023, "onrechtmatig"): 33,
        (2023, "onzeker"): 3_124, (2023, "TOTAAL"): 32_950,
    }  # fmt: skip
    found = keten.rows(
        "select jaar, oordeel, bedrag_mln_eur from wlz_rechtmatigheid "
        "where uitvoerder_id = 'TOTAAL' and leveringsvorm = 'TOTAAL'"
    )
    assert {(jaar, oordeel): mln for jaar, oordeel, mln in found} == published
    pgb = dict(
        keten.rows(
            "select oordeel, 100 * aandeel_van_oordeel from wlz_rechtmatigheid "
            "where uitvoerder_id = 'TOTAAL' and leveringsvorm = 'pgb' and jaar = 2023"
        )
    )
    assert abs(float(pgb["onrechtmatig"]) - 48.5) <= 0.5
    assert abs(float(pgb["onzeker"]) - 96) <= 0.5


@pytest.mark.parametrize("indicator", INDICATOREN)
def test_observations_add_up_to_the_truth(keten, indicator) -> None:
    g = keten.gebied
    planted = {
        (row[3], row[5]): (int(row[6]), row[7])
        for row in indicator_rows(g.standen, g.personen, g.aanbieders)
        if row[0] == indicator and row[1] == "landelijk"
    }
    found = keten.rows(
        f"""
        with waarneming as ({render("ind_" + indicator)})
        select year(peildatum), diagnosegroep, cast(sum(teller) as bigint),
            cast(sum(noemer) as bigint), count(*) - count(distinct pseudo_id)
        from waarneming group by all
        """
    )
    for year, sector, teller, noemer, twice in found:
        assert (teller, noemer) == planted[year, sector]
        assert twice == 0
    by_sector = {key for key in planted if key[1] != "TOTAAL"}
    assert len(found) == len(by_sector or planted)


def test_every_published_figure_of_the_register_comes_out(keten, record_property) -> None:
    """The list of kerncijfers, beside what the models make of the region at full scale."""
    found = dict(keten.rows(render("int_kerncijfer_wlz")))
    with (PROJECT / "seeds" / "ref_kerncijfer.csv").open(encoding="utf-8", newline="") as file:
        asked = [row for row in csv.DictReader(file) if row["onderwerp"] == "wlz"]
    assert {row["code"] for row in asked} == set(found)
    assert len(asked) == 21
    for row in asked:
        came = found[row["code"]]
        record_property("printed", f"{row['code']:<5} {row['naam']:<26} {row['waarde']:>8} {came}")
        if row["toets"] != "info":
            assert abs(came - Decimal(row["waarde"])) <= Decimal(row["tolerantie"]), row["code"]


def test_planted_providers_are_far_from_the_others(keten) -> None:
    """The share is the planted one, and more than the 99.8% limits away from the rest."""
    columns = {"wlz_boven_streefnorm": "boven_norm", "wlz_overbrugging": "heeft_overbrugging"}
    for (indicator, agb), value in planted().items():
        if indicator not in columns:
            continue
        rows = keten.rows(
            f"select zorgaanbieder_id = '{agb}' as eigen, count(*), "
            f"count(case when {columns[indicator]} then 1 end) from fct_wlz_wachtlijst "
            "where is_wachtend and peildatum = '2023-12-01' group by eigen order by eigen"
        )
        (_, n, k), (_, own_n, own_k) = rows
        rest = k / n
        z = (own_k - own_n * rest) / math.sqrt(own_n * rest * (1 - rest))
        assert abs(own_k / own_n - value) < 0.03, (indicator, own_k / own_n)
        assert abs(z) > 3.09
        columns.pop(indicator)
    assert columns == {}


def test_the_norm_of_the_generator_is_that_of_the_register() -> None:
    with (PROJECT / "seeds" / "ref_streefnorm.csv").open(encoding="utf-8", newline="") as file:
        weeks = {row["wachtstatus"]: row["weken"] for row in csv.DictReader(file)}
    for row in table("wlz_wachtstroom"):
        assert row["norm_weken"] == weeks[row["wachtstatus"]]
    assert weeks["VOORZORG"] == ""
    regions = {row["zorgkantoorregio_code"] for row in codes("regio_gemeente")}
    assert {row["zorgkantoorregio_code"] for row in codes("wlz_zorgkantoor")} == regions
