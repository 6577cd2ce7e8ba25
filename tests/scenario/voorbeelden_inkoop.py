"""Facts of the example queries for purchasing."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from tests.scenario.region import Region
from tests.scenario.voorbeelden_feiten import near, truth
from tests.voorbeelden import Row, by


def kosten_naast_kwaliteit(rows: list[Row], region: Region) -> None:
    found = by(rows, "zorgaanbieder_id")
    costs = truth(region, "kosten_per_patient", "zorgaanbieder")
    hearts = truth(region, "hartfalen_acute_opname", "zorgaanbieder")
    again = truth(region, "heropname_30_dagen", "zorgaanbieder")
    assert set(found) == set(costs) & set(hearts) & set(again)
    assert all(near(row["kosten_per_patient_eur"], costs[agb]) for agb, row in found.items())
    assert found["06000010"]["kosten_klasse"] == "ver_hoog"  # planted: E4
    assert found["06000012"]["hartfalen_klasse"] == "ver_hoog"  # planted: E1
    assert found["06000010"]["kosten_oe"] > 1.3 > found["06000012"]["kosten_oe"]


def ggz_binnen_treeknorm(rows: list[Row], region: Region) -> None:
    found = by(rows, "zorgaanbieder_id")
    true = truth(region, "ggz_aanmeldwachttijd_treeknorm", "zorgaanbieder")
    assert set(found) == set(true)
    for agb, row in found.items():
        assert near(row["binnen_treeknorm"], true[agb])
        assert row["afstand_tot_doel"] == row["binnen_treeknorm"] - row["doelwaarde"]
        assert row["ci_laag"] <= row["binnen_treeknorm"] <= row["ci_hoog"]
    assert found["54000001"]["funnel_klasse"] == "ver_laag"  # planted: E2
    assert [agb for agb, row in found.items() if row["funnel_klasse"] == "ver_laag"] == ["54000001"]


def niet_gecontracteerd(rows: list[Row], region: Region) -> None:
    found = by(rows, "indicator_id", "zorgkantoorregio_code")
    for indicator in ("niet_gecontracteerd_wijkverpleging", "niet_gecontracteerd_ggz"):
        true = truth(region, indicator, "zorgkantoorregio")
        (land,) = truth(region, indicator, "landelijk").values()
        regions = {code for name, code in found if name == indicator}
        assert regions == {code for code, value in true.items() if value > land}
        assert all(
            near(found[indicator, code]["aandeel_zonder_contract"], true[code]) for code in regions
        )
    clear = {key for key, row in found.items() if row["duidelijk_meer"]}
    assert {  # planted: R1 and R2
        ("niet_gecontracteerd_wijkverpleging", "ZK21"),
        ("niet_gecontracteerd_ggz", "ZK02"),
    } <= clear
    assert {row["akkoord"] for row in rows} == {"voorstel"}


def dure_geneesmiddelen_groei(rows: list[Row], region: Region) -> None:
    true = truth(region, "dure_geneesmiddelen_groei", "zorgkantoorregio")
    above = sorted(((value, code) for code, value in true.items() if value > 1.05), reverse=True)
    assert [row["zorgkantoorregio_code"] for row in rows] == [code for _v, code in above[:10]]
    for row in rows:
        assert near(row["groei"], true[row["zorgkantoorregio_code"]])
        assert row["boven_grens"] == row["groei"] - row["grens"] > 0
        assert row["is_zeker"] == (row["ci_laag"] > row["grens"])


def volumenorm(rows: list[Row], region: Region) -> None:
    true = truth(region, "volume_darmkankerresectie", "zorgkantoorregio")
    found = {code: int(row["ingrepen_in_de_regio"]) for code, row in by_region(rows).items()}
    assert found == {code: int(value) for code, value in true.items() if value < 100}
    assert {(row["norm_per_instelling"], row["norm_status"]) for row in rows} == {
        (100, "bespreekpunt")
    }


def wlz_per_zorgkantoor(rows: list[Row], region: Region) -> None:
    found = by_region(rows)
    true = region.truth("wlz_wachtlijst")
    last = true.filter(pl.col("peildatum") == true["peildatum"].max())
    land = found.pop("TOTAAL")
    assert len(found) == 31
    for column in ("n_wachtend", "n_boven_norm"):
        planted = last[column].cast(pl.Int64, strict=False).sum()
        assert land[column] == planted == sum(row[column] for row in found.values())
    assert near(land["aandeel_boven_norm"], land["n_boven_norm"] / land["n_wachtend"])
    assert land["n_wachtend_gecorrigeerd"] > land["n_wachtend"]


def verplaatste_zorg(rows: list[Row], region: Region) -> None:
    planted = dict(region.truth("substitutie").select("zorgkantoorregio_code", "patroon").rows())
    words = {"verplaatst": "verplaatst volgens afspraak", "stille_transitie": "stille transitie"}
    found = {code: row["wat_gebeurde"] for code, row in by_region(rows).items()}
    assert found
    for code, what in found.items():
        assert what == words.get(planted[code], planted[code])
    assert all(row["verandering_doelzorg"] < 0 for row in rows)


def vraag_en_aanbod(rows: list[Row], region: Region) -> None:
    picture = region.mart("regiobeeld").filter(pl.col("onderdeel") == "msz")
    gap = {}
    for jaar in ("2025", max(picture["periode"])):
        part = picture.filter(pl.col("periode") == jaar)
        need = dict(_values(part, "zorgbehoefte"))
        care = dict(_values(part, "prestatie"))
        gap[jaar] = {code: need[code] - care[code] for code in need}
    found = by_region(rows)
    assert set(found) == {code for code, value in gap["2025"].items() if value > 0}
    for code, row in found.items():
        assert row["gap_nu_eur"] == gap["2025"][code]
        assert row["gap_straks_eur"] == gap[row["jaar_prognose"]][code]
    # What is asked and what is given are the same care: over the country they are equal.
    assert abs(sum(gap["2025"].values())) < 1


def _values(rows: pl.DataFrame, onderwerp: str) -> list[tuple]:
    part = rows.filter(pl.col("onderwerp") == onderwerp)
    return part.select("zorgkantoorregio_code", "waarde").rows()


def by_region(rows: list[Row]) -> dict[str, Row]:
    return by(rows, "zorgkantoorregio_code")


INKOOP: dict[str, Callable[[list[Row], Region], None]] = {
    check.__name__: check
    for check in (
        kosten_naast_kwaliteit, ggz_binnen_treeknorm, niet_gecontracteerd,
        dure_geneesmiddelen_groei, volumenorm, wlz_per_zorgkantoor, verplaatste_zorg,
        vraag_en_aanbod,
    )
}  # fmt: skip
