"""Facts of the example queries for research."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import polars as pl

from marts.dbt_run import PROJECT
from tests.scenario.region import Region
from tests.scenario.voorbeelden_feiten import near, spiegel, truth
from tests.voorbeelden import Row, by


def welvaart(rows: list[Row], region: Region) -> None:
    names = dict(region.mart("ref_indicator").select("naam", "indicator_id").rows())
    found = by(rows, "indicator", "welvaart_kwintiel")
    assert len(found) == 15
    for naam in {row["indicator"] for row in rows}:
        where = {"indicator_id": names[naam], "niveau": "landelijk", "periode": "2025"}
        whole = spiegel(region, uitsplitsing="TOTAAL", **where)
        unknown = spiegel(
            region, uitsplitsing="welvaart_kwintiel", uitsplitsing_waarde="onbekend", **where
        )
        # The quintiles and those of whom it is not known are everybody, each once.
        parts = sum(row["noemer"] for row in rows if row["indicator"] == naam)
        assert parts + sum(unknown["noemer"]) == whole["noemer"].item()
        hits = sum(row["noemer"] * row["waarde"] for row in rows if row["indicator"] == naam)
        assert near(hits + sum(unknown["teller"]), whole["teller"].item())
    costs = {k: row["waarde"] for (n, k), row in found.items() if names[n] == "kosten_per_patient"}
    assert costs["1"] > costs["5"]  # in the demo region illness falls with prosperity


def praktijkvariatie_regio(rows: list[Row], region: Region) -> None:
    names = dict(region.mart("ref_indicator").select("naam", "indicator_id").rows())
    assert [row["sd_onverklaard"] for row in rows] == sorted(
        (row["sd_onverklaard"] for row in rows), reverse=True
    )
    whole = region.mart("praktijkvariatie").filter(
        (pl.col("niveau") == "zorgkantoorregio")
        & (pl.col("diagnosegroep") == "TOTAAL")
        & (pl.col("periode") == "2025")
    )
    assert rows[0]["sd_onverklaard"] == whole["sd_onverklaard"].max()
    for naam, row in by(rows, "indicator").items():
        units = spiegel(
            region, indicator_id=names[naam], niveau="zorgkantoorregio", uitsplitsing="TOTAAL",
            periode="2025",
        ).filter(pl.col("funnel_klasse") != "geen_oordeel")  # fmt: skip
        outside = units.filter(pl.col("funnel_klasse") != "binnen").height
        assert row["n_eenheden"] == units.height
        assert near(row["aandeel_buiten"], outside / units.height)
        assert near(row["landelijke_waarde"], units["teller"].sum() / units["noemer"].sum())
        assert row["oe_p10"] <= row["oe_p90"]


def regionaal_beeld(rows: list[Row], region: Region) -> None:
    found = by(rows, "onderwerp", "onderdeel", "periode")
    assumed = pl.read_csv(PROJECT / "seeds" / "ref_bevolkingsprognose.csv", infer_schema=False)
    old = assumed.filter(pl.col("leeftijdsklasse").is_in(["75-84", "85+"]))
    now = found["bevolking", "75+", "2025"]
    assert old.height == 4
    for jaar in ("2030", "2035"):
        factors = [Decimal(f) for f in old.filter(pl.col("jaar") == jaar)["factor"]]
        later = found["bevolking", "75+", jaar]
        assert later["soort"] == "prognose"
        growth = later["waarde"] / now["waarde"]
        assert min(factors) - Decimal("0.001") <= growth <= max(factors) + Decimal("0.001")
    assert now["soort"] == "realisatie"
    assert {row["eenheid"] for row in rows} == {"inwoners", "euro"}
    assert ("zorgbehoefte", "TOTAAL", "2025") in found


def gemiddelde_van_gemiddelden(rows: list[Row], region: Region) -> None:
    found = by(rows, "indicator_id")
    assert len(found) == 5
    for indicator, row in found.items():
        places = spiegel(
            region, indicator_id=indicator, niveau="gemeente", uitsplitsing="TOTAAL", periode="2025"
        ).filter(pl.col("waarde").is_not_null())
        assert row["n_gemeenten"] == places.height > 100
        mean = sum(places["waarde"].to_list()) / places.height
        assert near(row["gemiddelde_van_gemiddelden"], mean)
        (land,) = truth(region, indicator, "landelijk").values()
        assert near(row["landelijk"], land)
        assert row["buiten_interval"] == (not row["ci_laag"] <= mean <= row["ci_hoog"])


def wachten_op_langdurige_zorg(rows: list[Row], region: Region) -> None:
    found = by(rows, "sector", "peildatum")
    true = (
        region.truth("wlz_wachtlijst")
        .with_columns(pl.col("n_wachtend", "n_boven_norm").cast(pl.Int64, strict=False))
        .group_by("sector", pl.col("peildatum").str.to_date())
        .agg(pl.col("n_wachtend", "n_boven_norm").sum())
    )
    assert {key: (row["n_wachtend"], row["n_boven_norm"]) for key, row in found.items()} == {
        (sector, dag): (waiting, above) for sector, dag, waiting, above in true.rows()
    }
    assert len(found) == 3 * 21


def onderdrukte_cellen(rows: list[Row], region: Region) -> None:
    hidden = 0
    for indicator, row in by(rows, "indicator_id").items():
        cells = spiegel(
            region, indicator_id=indicator, niveau="zorgkantoorregio", uitsplitsing="TOTAAL",
            periode="2025",
        )  # fmt: skip
        assert row["cellen"] == cells.height
        visible = row["som_van_wat_zichtbaar_is"] or 0
        if row["verborgen"]:
            assert visible < cells["noemer"].sum()  # a sum over regions is too low
        else:
            assert visible == cells["noemer"].sum()
        hidden += row["verborgen"]
    assert hidden > 0


ONDERZOEK: dict[str, Callable[[list[Row], Region], None]] = {
    check.__name__: check
    for check in (
        welvaart, praktijkvariatie_regio, regionaal_beeld, gemiddelde_van_gemiddelden,
        wachten_op_langdurige_zorg, onderdrukte_cellen,
    )
}  # fmt: skip
