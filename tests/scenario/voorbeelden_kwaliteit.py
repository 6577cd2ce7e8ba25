"""Facts of the example queries for quality."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import polars as pl

from tests.scenario.region import Region
from tests.scenario.voorbeelden_feiten import accepted, near, spiegel, truth
from tests.voorbeelden import Row, by

OWN = "06000012"


def mijn_cijfers(rows: list[Row], region: Region) -> None:
    names = dict(region.mart("ref_indicator").select("naam", "indicator_id").rows())
    found = {names[naam]: row for naam, row in by(rows, "indicator").items()}
    here = spiegel(
        region, niveau="zorgaanbieder", eenheid_id=OWN, uitsplitsing="TOTAAL", periode="2025"
    )
    assert set(found) == set(here["indicator_id"]) & accepted(region)
    assert set(here["indicator_id"]) - accepted(region)  # a proposal is computed and not shown
    heart = found["hartfalen_acute_opname"]
    assert near(heart["waarde"], truth(region, "hartfalen_acute_opname", "zorgaanbieder")[OWN])
    assert heart["funnel_klasse"] == "ver_hoog"  # planted: E1
    assert heart["ci_laag"] > heart["referentie_peer"]
    assert heart["afstand_tot_doel"] == heart["doelwaarde"] - heart["waarde"]
    ratio = heart["waarde"] * heart["noemer"] / heart["verwacht"]
    assert abs(heart["oe_ratio"] / ratio - 1) < Decimal("0.0005")  # rounded: verwacht


def ontwikkeling(rows: list[Row], region: Region) -> None:
    found = by(rows, "periode")
    assert list(found) == ["2023", "2024", "2025"]
    for periode, row in found.items():
        true = truth(region, "hartfalen_acute_opname", "zorgaanbieder", periode)[OWN]
        assert near(row["waarde"], true)
        if periode == "2023":
            assert row["verschil"] is row["trend"] is None
            continue
        assert row["verschil"] == row["waarde"] - found[str(int(periode) - 1)]["waarde"]
        within = row["verschil_laag"] <= 0 <= row["verschil_hoog"]
        assert (row["trend"] == "gelijk") == within


def kleine_aantallen(rows: list[Row], region: Region) -> None:
    found = by(rows, "zorgaanbieder_id")
    true = truth(region, "hba1c_op_streefwaarde", "zorgaanbieder")
    register = region.mart("ref_indicator").filter(
        pl.col("indicator_id") == "hba1c_op_streefwaarde"
    )
    (least,) = register["minimum_volume"].cast(pl.Int64)
    assert set(found) == set(true)
    for agb, row in found.items():
        assert near(row["waarde"], true[agb])
        assert row["volume_voldoende"] == (row["n_personen"] >= least)
        if row["n_personen"] < least:
            assert (row["funnel_klasse"], row["status"]) == ("geen_oordeel", "indicatief")
            assert row["waarde_krimp"] is None
    assert found["01000003"]["funnel_klasse"] in ("laag", "ver_laag")  # planted: E22


def wachten_boven_treeknorm(rows: list[Row], region: Region) -> None:
    found = by(rows, "fase", "peildatum")
    waits = region.fact(
        """
        select fase, m.dag, count(distinct pseudo_id) as n
        from core.fct_wachttijd
        inner join (
            select last_day(make_date(2025, g, 1)) as dag from generate_series(1, 12) as t (g)
        ) as m
            on begindatum <= m.dag and coalesce(einddatum, date '9999-12-31') > m.dag
        inner join core.dim_persoon using (pseudo_id)
        group by all
        """
    )
    assert len(found) == 24
    assert {key: row["n_wachtend"] for key, row in found.items()} == {
        (fase, dag): n for fase, dag, n in waits.rows()
    }
    for (fase, _dag), row in found.items():
        assert row["treeknorm_weken"] == {"aanmelding": 4, "behandeling": 10}[fase]
        assert near(row["aandeel_boven_norm"], row["n_boven_norm"] / row["n_wachtend"])


def wlz_reden_en_contact(rows: list[Row], region: Region) -> None:
    found = by(rows, "sector", "wachtstatus")
    true = region.truth("wlz_wachtlijst")
    last = true.filter(pl.col("peildatum") == true["peildatum"].max())
    for row in last.iter_rows(named=True):
        here = found[row["sector"], row["wachtstatus"]]
        for column in ("n_wachtend", "n_boven_norm", "n_boven_norm_met_reden"):
            assert here[column] in (int(row[column] or 0), None), (row["sector"], column)
    land = found["TOTAAL", "TOTAAL"]
    assert land["n_boven_norm_met_reden"] == last["n_boven_norm_met_reden"].cast(pl.Int64).sum()
    assert found["vv", "VOORZORG"]["n_boven_norm"] is None  # no norm: empty, not nought


def kerngegevens_op_tijd(rows: list[Row], region: Region) -> None:
    found = by(rows, "onderdeel")
    whole = found.pop("TOTAAL")
    own = region.truth("tijdigheid").filter(
        (pl.col("zorgaanbieder_id") == "22000002")
        & (pl.col("periode") == "2025")
        & (pl.col("tabel") == "TOTAAL")
    )
    assert {naam: (row["n_records"], row["n_binnen_24_uur"]) for naam, row in found.items()} == {
        row["onderdeel"]: (int(row["n_records"]), int(row["n_binnen_24_uur"]))
        for row in own.iter_rows(named=True)
    }
    for column in ("n_records", "n_binnen_24_uur"):
        assert whole[column] == sum(row[column] for row in found.values())
    country = spiegel(
        region, indicator_id="kerngegevens_binnen_24_uur", niveau="landelijk",
        uitsplitsing="TOTAAL", periode="2025",
    )  # fmt: skip
    assert whole["aandeel_binnen_24_uur"] < country["waarde"].item() - Decimal("0.1")  # E6


def waarom_deze_dq_score(rows: list[Row], region: Region) -> None:
    found = by(rows, "regel_id")
    (score,) = {row["dq_score"] for row in rows}
    assert near(sum(row["bijdrage"] for row in rows), 1 - score)
    here = spiegel(
        region, niveau="zorgaanbieder", eenheid_id="06000001", uitsplitsing="TOTAAL",
        periode="2025", indicator_id="kosten_per_patient",
    )  # fmt: skip
    assert here["dq_score"].to_list() == [score]
    assert all(row["bijdrage"] > 0 for row in found.values())


def praktijkvariatie(rows: list[Row], region: Region) -> None:
    names = dict(region.mart("ref_indicator").select("naam", "indicator_id").rows())
    assert rows
    for naam, row in by(rows, "behandeling").items():
        units = spiegel(
            region, indicator_id=names[naam], niveau="zorgaanbieder", uitsplitsing="TOTAAL",
            periode="2025",
        ).filter(pl.col("funnel_klasse") != "geen_oordeel")  # fmt: skip
        assert row["n_eenheden"] == units.height >= 10
        far = units.filter(pl.col("funnel_klasse").str.starts_with("ver_")).height
        assert near(row["aandeel_ver_buiten"], far / units.height)
        assert row["sd_onverklaard"] <= row["sd_ruw"] or row["deel_verklaard"] <= 0


KWALITEIT: dict[str, Callable[[list[Row], Region], None]] = {
    check.__name__: check
    for check in (
        mijn_cijfers, ontwikkeling, kleine_aantallen, wachten_boven_treeknorm,
        wlz_reden_en_contact, kerngegevens_op_tijd, waarom_deze_dq_score, praktijkvariatie,
    )
}  # fmt: skip
