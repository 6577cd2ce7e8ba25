"""Planted effects in the marts: each is found, where it is, by an interval that covers its size."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from scipy.stats import binom, binomtest, combine_pvalues

from synthetic.gegevens import table
from tests.scenario.effecten import HEAD, judged, missed_too_often
from tests.scenario.region import Region

pytestmark = pytest.mark.xdist_group("region")

#: Units without an effect that are outside the limits of 99.8% and 95%: what the classes promise.
NOMINAAL_998, NOMINAAL_95 = 0.002, 0.05


@pytest.fixture(scope="module")
def cijfers(region: Region) -> pl.DataFrame:
    """Figures of a year and a unit as a whole."""
    return region.mart("spiegel_indicator").filter(
        (pl.col("uitsplitsing") == "TOTAAL") & (pl.col("periode_type") == "jaar")
    )


@pytest.fixture(scope="module")
def effecten(region: Region) -> list[dict[str, str]]:
    """All planted effects with a figure, at care providers and in regions."""
    found = []
    for naam, niveau, kolom in (
        ("effecten", "zorgaanbieder", "zorgaanbieder_id"),
        ("effecten_regio", "zorgkantoorregio", "zorgkantoorregio_code"),
    ):
        for row in region.truth(naam).filter(pl.col("indicator_id") != "").to_dicts():
            vondst = row.get("vondst", "funnel")
            found.append({**row, "niveau": niveau, "eenheid_id": row[kolom], "vondst": vondst})
    return found


def _of(cijfers: pl.DataFrame, effect: dict[str, str]) -> list[dict]:
    keys = ("indicator_id", "niveau", "eenheid_id")
    return cijfers.filter(*(pl.col(k) == effect[k] for k in keys)).sort("periode").to_dicts()


def test_the_interval_of_every_planted_effect_covers_its_size(
    region: Region,
    cijfers: pl.DataFrame,
    effecten: list[dict[str, str]],
    record_property: Callable[[str, object], None],
) -> None:
    oordelen = judged(region.truth("effecten_omvang").to_dicts(), cijfers.to_dicts())
    record_property("printed", "\n".join([HEAD, *(o.line() for o in oordelen)]))
    assert {o.effect_id for o in oordelen} == {e["effect_id"] for e in effecten}
    assert missed_too_often(oordelen) == []
    # and the rule can fail: a fifth more or less than planted is seen
    moved = [{**row, "verwacht": str(1.25 * float(row["verwacht"]))}
             for row in region.truth("effecten_omvang").to_dicts()]  # fmt: skip
    assert missed_too_often(judged(moved, cijfers.to_dicts())) != []


def test_every_planted_effect_is_found(
    cijfers: pl.DataFrame, effecten: list[dict[str, str]]
) -> None:
    """In no year on the other side, and all years together beyond the limits of 99.8%.

    Chances of years (``kans``) are joined by Fisher's method; one is rounded to six decimals.
    """
    found = [e for e in effecten if e["vondst"] == "funnel"]
    assert len(found) >= 28
    wrong = []
    for effect in found:
        rows = [r for r in _of(cijfers, effect) if r["funnel_klasse"] != "geen_oordeel"]
        klassen = [row["funnel_klasse"] for row in rows]
        right = {f"ver_{effect['richting']}", effect["richting"], "binnen"}
        chances = [max(float(row["kans"]), 1e-6) for row in rows]
        together = combine_pvalues(chances, method="fisher").pvalue if chances else 1.0
        if together >= NOMINAAL_998 or not set(klassen) <= right:
            wrong.append((effect["effect_id"], klassen, together))
    assert wrong == []


def test_the_one_centre_is_the_only_one_near_the_volumenorm(
    cijfers: pl.DataFrame, effecten: list[dict[str, str]]
) -> None:
    """It reaches the norm of 100 from 20,000 persons on; see ``test_inkoop_effecten``."""
    (effect,) = [e for e in effecten if e["vondst"] == "norm"]
    rows = cijfers.filter(
        (pl.col("indicator_id") == effect["indicator_id"]) & (pl.col("niveau") == "zorgaanbieder")
    )
    for row in _of(cijfers, effect):
        others = rows.filter(
            (pl.col("periode") == row["periode"]) & (pl.col("eenheid_id") != row["eenheid_id"])
        )
        assert row["ci_laag"] > others["ci_hoog"].max(), row


def test_a_kind_of_care_provider_that_differs_is_seen_and_not_called_an_outlier(
    cijfers: pl.DataFrame, effecten: list[dict[str, str]]
) -> None:
    """UMCs give more expensive medicines and clinics none: a third of all providers.

    That much is no outlier but how providers differ (``tussen_sd``), so the funnel makes room for
    it. Their intervals leave no doubt.
    """
    kinds = [e for e in effecten if e["vondst"] == "soort"]
    assert len(kinds) == 5
    for effect in kinds:
        for row in _of(cijfers, effect):
            low, high = float(row["ci_laag"]), float(row["ci_hoog"])
            country = float(row["referentie_landelijk"])
            assert low > country if effect["richting"] == "hoog" else high < country, row
            assert not row["funnel_klasse"].startswith("ver_"), row
            assert float(row["tussen_sd"]) > 0.2


def _others(
    cijfers: pl.DataFrame, effecten: list[dict[str, str]], niveau: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Judged figures of units where nothing is planted, and those that are outside 99.8%."""
    planted = {(e["indicator_id"], e["eenheid_id"]) for e in effecten}
    planted |= {(r["indicator_id"], r["zorgaanbieder_id"]) for r in table("effecten_gevolg")}
    if niveau == "zorgkantoorregio":  # what a provider does shows in the regions that it serves
        for kind in ("ziekenhuis_id", "huisartsenpraktijk_id", "ggz_id"):
            planted |= {
                (indicator, area["zorgkantoorregio_code"])
                for area in table("verzorgingsgebied")
                for indicator, unit in list(planted)
                if unit == area[kind]
            }
    judged_ = cijfers.filter(
        (pl.col("niveau") == niveau) & (pl.col("funnel_klasse") != "geen_oordeel")
    )
    rest = judged_.filter(
        ~pl.concat_list("indicator_id", "eenheid_id").is_in([list(p) for p in planted])
    )
    return rest, rest.filter(pl.col("funnel_klasse").str.starts_with("ver_"))


def test_nobody_else_is_flagged_more_often_than_is_said(
    cijfers: pl.DataFrame, effecten: list[dict[str, str]]
) -> None:
    rest, far = _others(cijfers, effecten, "zorgaanbieder")
    assert rest.height > 800
    told = far.select("indicator_id", "eenheid_id", "periode", "funnel_klasse").rows()
    assert far.height <= binom.ppf(0.999, rest.height, NOMINAAL_998), told


def test_an_older_practice_has_other_figures_and_is_not_flagged(
    region: Region, cijfers: pl.DataFrame, record_property: Callable[[str, object], None]
) -> None:
    (effect,) = region.truth("effecten").filter(pl.col("vondst") == "geen").to_dicts()
    unit = effect["zorgaanbieder_id"]
    persons = pl.read_parquet(region.settings.home / "waarheid" / "persoon.parquet")
    old = persons.with_columns(
        (pl.col("geboortedatum").str.slice(0, 4).cast(pl.Int32) <= 1949).alias("75plus")
    )
    here = old.filter(pl.col("huisartsenpraktijk_id") == unit)
    assert here["75plus"].mean() > 2.5 * old["75plus"].mean()
    compared = cijfers.filter(pl.col("casemix_versie") != "geen-1")
    own = compared.filter((pl.col("niveau") == "zorgaanbieder") & (pl.col("eenheid_id") == unit))
    country = {
        (r["indicator_id"], r["periode"]): r
        for r in compared.filter(pl.col("niveau") == "landelijk").to_dicts()
    }
    lines, crude = [], []
    for indicator in own["indicator_id"].unique().sort():
        rows = own.filter(pl.col("indicator_id") == indicator).sort("periode").to_dicts()
        teller, noemer = (sum(float(r[k]) for r in rows) for k in ("teller", "noemer"))
        rates = [country[indicator, r["periode"]] for r in rows]
        share = sum(float(r["teller"]) for r in rates) / sum(float(r["noemer"]) for r in rates)
        ruw = teller / noemer / share
        p = 1.0
        if share < 1 and teller <= noemer:
            p = binomtest(round(teller), round(noemer), share).pvalue
        crude.append(p)
        oe = teller / sum(float(r["verwacht"]) for r in rows)
        klassen = [r["funnel_klasse"] for r in rows]
        lines.append(f"{indicator:40} crude {ruw:6.3f} (p {p:7.5f})  O/E {oe:6.3f}  {klassen}")
    record_property("printed", "\n".join(lines))
    # Who compares values would call it an outlier …
    assert sum(p < NOMINAAL_998 for p in crude) >= 2, lines
    assert sum(p < NOMINAAL_95 for p in crude) >= 3, lines
    # … and who compares the same persons does not.
    klassen = own.filter(pl.col("funnel_klasse") != "geen_oordeel")["funnel_klasse"].to_list()
    assert len(klassen) >= 12
    assert not [k for k in klassen if k.startswith("ver_")], lines
    outside = sum(k != "binnen" for k in klassen)
    assert outside <= binom.ppf(0.999, len(klassen), NOMINAAL_95), lines
