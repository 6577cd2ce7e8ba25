"""The shared code tables, and the tables the demo region is made from, agree with one another."""

from __future__ import annotations

from collections import Counter

import pytest

from synthetic.aandoeningen import load_aandoeningen
from synthetic.gegevens import codes, planted, table
from synthetic.plaatsen import load_plaatsen, load_zorgaanbieders

_AGB_BEGIN = {
    "umc": ("06",),
    "stz": ("06",),
    "algemeen_ziekenhuis": ("06",),
    "zbc": ("22",),
    "ggz": ("54",),
    "ghz": ("74",),
    "huisartsenpraktijk": ("010",),
    "vvt": ("45", "75"),
    "paramedisch": ("04",),
    "apotheek": ("02",),
    "mondzorg": ("12",),
}


@pytest.mark.parametrize(
    ("naam", "sleutel"),
    [
        ("gemeente_opvolger", ("gemeente_code",)),
        ("diagnosegroep", ("specialisme", "diagnosecode")),
        ("diagnose_concept", ("stelsel", "code")),
    ],
)
def test_keys_of_code_tables_are_unique(naam: str, sleutel: tuple[str, ...]) -> None:
    keys = Counter(tuple(row[column] for column in sleutel) for row in codes(naam))
    assert [key for key, n in keys.items() if n > 1] == []
    assert all(all(key) for key in keys)


def test_every_gemeente_that_ended_went_on_in_one_that_is_there() -> None:
    now = {row["gemeente_code"] for row in codes("regio_gemeente")}
    ended = {row["gemeente_code"]: row for row in codes("gemeente_opvolger")}
    regions = {row["zorgkantoorregio_code"] for row in codes("regio_gemeente")}
    assert len(ended) == 77
    assert not now & set(ended)
    assert {row["opvolger_code"] for row in ended.values()} <= now | set(ended)
    assert {row["zorgkantoorregio_code"] for row in ended.values()} <= regions
    assert all("[from memory]" in row["status"] for row in ended.values())


def test_every_gemeente_lies_in_one_of_31_regions() -> None:
    rows = codes("regio_gemeente")
    regions = {row["zorgkantoorregio_code"] for row in rows}
    assert len(rows) == 342
    assert regions == {f"ZK{n:02d}" for n in range(1, 32)}
    names = {(row["zorgkantoorregio_code"], row["zorgkantoorregio_naam"]) for row in rows}
    assert len(names) == 31
    assert all(row["status"] for row in rows)
    assert sum("[choice]" in row["status"] for row in rows) == 3
    assert {r["gemeente_code"] for r in table("gemeenten")} == {r["gemeente_code"] for r in rows}


def test_zorgaanbieders_have_codes_of_their_type() -> None:
    rows = [*table("zorgaanbieders"), *table("wlz_aanbieders")]
    assert len(table("zorgaanbieders")) == 49
    assert len({row["zorgaanbieder_id"] for row in rows}) == len(rows)
    assert {row["soort"] for row in rows} == set(_AGB_BEGIN)
    wrong = [
        row for row in rows if not row["zorgaanbieder_id"].startswith(_AGB_BEGIN[row["soort"]])
    ]
    assert wrong == []


def test_every_region_is_served() -> None:
    rows = table("verzorgingsgebied")
    known = {row["zorgaanbieder_id"]: row["soort"] for row in table("zorgaanbieders")}
    assert [row["zorgkantoorregio_code"] for row in rows] == [f"ZK{n:02d}" for n in range(1, 32)]
    assert {known[row["huisartsenpraktijk_id"]] for row in rows} == {"huisartsenpraktijk"}
    assert {known[row["ggz_id"]] for row in rows} == {"ggz"}
    hospitals = {row["ziekenhuis_id"] for row in rows}
    assert len(hospitals) == 13


def test_every_treated_condition_can_be_declared() -> None:
    kinds = load_aandoeningen()
    for i, name in enumerate(kinds.naam):
        assert kinds.snomed[i], name
        assert kinds.icpc[i], name
        assert bool(kinds.diagnosecode[i]) == bool(kinds.ziekenhuis[i]), name


def test_effects_are_planted_at_zorgaanbieders_that_exist() -> None:
    rows = [*table("zorgaanbieders"), *table("wlz_aanbieders")]
    known = {row["zorgaanbieder_id"] for row in rows}
    assert {agb for _, agb in planted()} <= known
    assert len(planted()) >= 6


def test_planned_shares_add_up_to_the_calibrated_one() -> None:
    providers = load_zorgaanbieders()
    size = [float(i + 1) for i in range(len(providers.agb))]
    import numpy as np

    weights = np.array(size)
    ggz = providers.of_type("ggz")
    share = providers.share("ggz_aanmeldwachttijd_treeknorm", ("ggz",), 0.45, weights)
    together = (share[ggz] * weights[ggz]).sum() / weights[ggz].sum()
    assert together == pytest.approx(0.45)
    assert share[providers.position("54000001")] == 0.08


def test_postal_codes_are_four_digits_and_spread_over_all_gemeenten() -> None:
    places = load_plaatsen(5, load_zorgaanbieders())
    assert len(set(places.pc4)) == len(places.pc4)
    assert all(len(code) == 4 and code.isdigit() for code in places.pc4)
    assert len(set(places.gemeente)) == 342
    shares = [places.gewicht[places.kwintiel == q].sum() for q in range(1, 6)]
    assert shares == pytest.approx([0.2] * 5, abs=0.02)


def test_the_tables_of_the_kerngegevens_set_agree() -> None:
    known = set(load_zorgaanbieders().agb)
    kinds = {row["soort"] for row in table("kern_codes")}
    assert {row["soort"] for row in table("kern_lokaal")} <= kinds | {"lab"}
    named = {row["zorgaanbieder_id"] for row in (*table("kern_lokaal"), *table("tijdigheid"))}
    assert named - {""} <= known
    for row in table("kern_kansen"):
        assert all(0 <= float(row[kans]) <= 1 for kans in ("kans_ziekenhuis", "kans_huisarts"))
    assert all(0 < float(row["aandeel"]) < 1 for row in table("tijdigheid"))
    for naam, sleutel in (
        ("kern_codes", ("soort", "stelsel", "code")),
        ("kern_lokaal", ("soort", "zorgaanbieder_id")),
        ("kern_kansen", ("naam",)),
        ("tijdigheid", ("bron_id", "soort", "zorgaanbieder_id")),
        ("labpanels", ("panel", "loinc")),
    ):
        keys = Counter(tuple(row[column] for column in sleutel) for row in table(naam))
        assert max(keys.values()) == 1, naam
