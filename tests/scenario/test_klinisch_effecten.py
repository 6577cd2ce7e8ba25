"""Planted effects of the clinical indicators at the full size of the demo region."""

from __future__ import annotations

import csv
from collections import defaultdict
from math import sqrt
from pathlib import Path

import pytest

from synthetic.region import write_region

pytestmark = pytest.mark.xdist_group("klinisch")
PERSONEN = 20_000
#: Ids of the effects of this room.
EERSTE, LAATSTE = 21, 30
REGIOS = ("R21", "R22")


@pytest.fixture(scope="module")
def waarheid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("klinisch")
    write_region(PERSONEN, 1, out, progress=lambda _line: None)
    return out / "waarheid"


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


@pytest.fixture(scope="module")
def figures(waarheid: Path) -> dict[str, dict[tuple[str, str], tuple[float, float]]]:
    found: dict[str, dict[tuple[str, str], tuple[float, float]]] = defaultdict(dict)
    for row in _rows(waarheid / "indicatoren.csv"):
        if row["uitsplitsing"] == "TOTAAL":
            place = (row["eenheid_id"], row["periode"])
            found[row["indicator_id"]][place] = (float(row["teller"]), float(row["noemer"]))
    return found


def test_every_planted_share_stands_out_in_a_full_year(waarheid: Path, figures: dict) -> None:
    effects = [
        e
        for e in _rows(waarheid / "effecten.csv")
        if e["effect_id"][0] == "E" and EERSTE <= int(e["effect_id"][1:]) < LAATSTE
    ]
    assert len(effects) == 9
    for effect in effects:
        found = figures[effect["indicator_id"]]
        for jaar in ("2023", "2024"):
            teller, noemer = found[effect["zorgaanbieder_id"], jaar]
            rest = [a - b for a, b in zip(found["NL", jaar], (teller, noemer), strict=True)]
            p = rest[0] / rest[1]
            z = (teller / noemer - p) / sqrt(p * (1 - p) / noemer)
            assert z * (1 if effect["richting"] == "hoog" else -1) > 3.09, (effect, jaar)


def test_every_planted_region_stands_out(waarheid: Path, figures: dict) -> None:
    effects = [e for e in _rows(waarheid / "effecten_regio.csv") if e["effect_id"] in REGIOS]
    assert len(effects) == len(REGIOS)
    for effect in effects:
        found = figures[effect["indicator_id"]]
        for jaar in ("2023", "2024", "2025"):
            regions = {k[0]: t / n for k, (t, n) in found.items() if k[1] == jaar and n > 30}
            planted = regions.pop(effect["zorgkantoorregio_code"])
            country = regions.pop("NL")
            _, n = found[effect["zorgkantoorregio_code"], jaar]
            assert (planted - country) / sqrt(country / n) > 3.09, (effect, jaar)
            assert planted > max(regions.values())


def test_the_gain_after_an_operation_is_planted_at_one_hospital(figures: dict) -> None:
    gain = {k: t / n for k, (t, n) in figures["prom_verschil"].items() if k[1] == "2024" and n > 9}
    little = gain.pop(("06000003", "2024"))
    assert little < 6
    assert min(gain.values()) > 12


def test_published_figures_are_met(figures: dict) -> None:
    """Falls (K35 x K36), visits without an admission, admissions for heart failure."""
    for jaar in ("2023", "2024", "2025"):
        teller, noemer = figures["valincident_65plus"]["NL", jaar]
        assert teller / noemer == pytest.approx(0.34 * 0.71, abs=0.005)
        teller, noemer = figures["seh_kwetsbare_ouderen"]["NL", jaar]
        assert teller / noemer == pytest.approx(0.2453, abs=0.04)
        once, _ = figures["hartfalen_acute_opname"]["NL", jaar]
        every, noemer = figures["hartfalen_opnamen_per_patient"]["NL", jaar]
        assert once <= every
        assert every / noemer == pytest.approx(0.13, abs=0.03)


def test_smoking_falls_with_welfare(waarheid: Path) -> None:
    by_quintile: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in _rows(waarheid / "indicatoren.csv"):
        if row["indicator_id"] == "roken" and row["uitsplitsing"] == "welvaart_kwintiel":
            by_quintile[row["uitsplitsing_waarde"]][0] += int(row["teller"])
            by_quintile[row["uitsplitsing_waarde"]][1] += int(row["noemer"])
    share = [t / n for _, (t, n) in sorted(by_quintile.items())]
    assert len(share) == 5
    assert share[0] > 2 * share[4]
    # One practice with many smokers stands in one place, so neighbours may change places.
    assert min(share[:2]) > max(share[2:])
