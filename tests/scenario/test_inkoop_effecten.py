"""Effects that show from 20,000 persons on, in the truth of the indicators from declarations."""

from __future__ import annotations

from decimal import Decimal
from math import sqrt

import pytest
from scipy.stats import binomtest

from synthetic.bevolking import make_persons
from synthetic.consulten import gp_declarations
from synthetic.contracten import contracted
from synthetic.declaraties import hospital_declarations
from synthetic.gegevens import table
from synthetic.inkoop_telling import InkoopTelling
from synthetic.inkoop_waarheid import Blok, Staat, count_purchasing
from synthetic.kalender import JAREN
from synthetic.prestaties import join
from synthetic.sectoren import sectors
from synthetic.substitutie import chronic_care
from synthetic.trajecten import make_trajecten
from synthetic.wereld import make_world
from synthetic.zorg import sector_declarations

PERSONEN = 20_000
Cijfers = dict[tuple[str, str, int], tuple[Decimal, Decimal]]


@pytest.fixture(scope="module")
def cijfers() -> Cijfers:
    """Teller and noemer by indicator, unit and year, before anything is credited."""
    world = make_world(1)
    persons = make_persons(0, 0, PERSONEN, world)
    state: Staat = {}
    for year in JAREN:
        paths = make_trajecten(0, year, persons, world)
        consults = gp_declarations(0, year, persons, world)
        state["msz", year] = hospital_declarations(0, persons, paths, world)
        state["huisartsenzorg", year] = join([consults, chronic_care(0, year, persons, world, 0)])
        for name in ("wijkverpleging", "ggz"):
            state[name, year] = sector_declarations(0, year, sectors()[name], persons, world)
    counts = InkoopTelling(world)
    count_purchasing(counts, Blok(persons, state, contracted(world)))
    return {
        (indicator, unit, year): (Decimal(teller), Decimal(noemer))
        for indicator, _, unit, year, _, _, teller, noemer in counts.rows()
    }


def _pooled(cijfers: Cijfers, indicator: str, unit: str) -> tuple[float, float]:
    found = [v for (i, u, _), v in cijfers.items() if (i, u) == (indicator, unit)]
    return float(sum(t for t, _ in found)), float(sum(n for _, n in found))


@pytest.mark.parametrize(
    "effect",
    [e for e in table("effecten") if e["indicator_id"].startswith("praktijkvariatie")],
    ids=lambda e: e["effect_id"],
)
def test_a_planted_variation_stands_out_alone(cijfers: Cijfers, effect: dict[str, str]) -> None:
    indicator = effect["indicator_id"]
    whole = _pooled(cijfers, indicator, "NL")
    p = whole[0] / whole[1]
    units = {u for i, u, _ in cijfers if i == indicator and u.isdigit()}
    scores = {}
    for unit in units:
        teller, noemer = _pooled(cijfers, indicator, unit)
        scores[unit] = (teller / noemer - p) / sqrt(p * (1 - p) / noemer)
    side = 1 if effect["richting"] == "hoog" else -1
    assert scores.pop(effect["zorgaanbieder_id"]) * side > 3.09
    assert max(abs(z) for z in scores.values()) < 3.09
    teller, noemer = _pooled(cijfers, indicator, effect["zorgaanbieder_id"])
    interval = binomtest(round(teller), round(noemer)).proportion_ci(method="wilson")
    assert interval.low <= float(effect["waarde"]) <= interval.high


@pytest.mark.parametrize(
    "effect",
    [e for e in table("effecten_regio") if e["indicator_id"].startswith("niet_gecontracteerd")],
    ids=lambda e: e["effect_id"],
)
def test_a_region_without_contracts_stands_out(cijfers: Cijfers, effect: dict[str, str]) -> None:
    """Planted is the share of clients, which is higher in euros: who has no contract asks more."""
    indicator = effect["indicator_id"]
    units = {u for i, u, _ in cijfers if i == indicator and u.startswith("ZK")}
    shares = {}
    for unit in units:
        teller, noemer = _pooled(cijfers, indicator, unit)
        shares[unit] = teller / noemer
    planted = shares.pop(effect["zorgkantoorregio_code"])
    assert len(shares) > 20
    assert planted > float(effect["waarde"])
    assert planted > max(shares.values())
    country = _pooled(cijfers, indicator, "NL")
    assert planted > 3 * country[0] / country[1]


def test_one_centre_reaches_the_volumenorm_and_nobody_else(cijfers: Cijfers) -> None:
    units = {u for i, u, _ in cijfers if i == "volume_darmkankerresectie"} - {"NL"}
    for year in JAREN:
        volumes = {u: cijfers.get(("volume_darmkankerresectie", u, year)) for u in units}
        above = {u for u, v in volumes.items() if u.isdigit() and v and v[0] >= 100}
        assert above == {"06000003"}, year


def test_a_region_keeps_its_multitrauma(cijfers: Cijfers) -> None:
    shares = {}
    for unit in {u for i, u, _ in cijfers if i == "multitrauma_in_traumacentrum"}:
        teller, noemer = _pooled(cijfers, "multitrauma_in_traumacentrum", unit)
        if noemer >= 15:
            shares[unit] = teller / noemer
    assert shares.pop("ZK29") < 0.6
    assert min(shares.values()) > 0.8


def test_expensive_medicines_take_the_planted_share(cijfers: Cijfers) -> None:
    for effect in table("effecten"):
        if effect["indicator_id"] == "dure_geneesmiddelen_aandeel":
            teller, noemer = cijfers[
                "dure_geneesmiddelen_aandeel", effect["zorgaanbieder_id"], 2023
            ]
            assert teller / noemer == pytest.approx(Decimal(effect["waarde"]), abs=Decimal("0.02"))
    teller, noemer = cijfers["dure_geneesmiddelen_aandeel", "NL", 2023]
    assert teller / noemer == pytest.approx(Decimal("0.116"), abs=Decimal("0.005"))


def test_digital_consults_replace_but_at_one_hospital(cijfers: Cijfers) -> None:
    for year in JAREN[1:]:
        ratios = {
            u: teller / noemer
            for (i, u, y), (teller, noemer) in cijfers.items()
            if i == "vervangratio_digitaal" and y == year and u.startswith("06")
        }
        assert abs(ratios.pop("06000004")) < Decimal("0.2")
        assert "06000001" not in ratios  # its digital care did not rise
        assert all(Decimal("0.5") < ratio < Decimal("1.6") for ratio in ratios.values()), ratios
