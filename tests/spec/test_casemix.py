"""An older and sicker population alone is not flagged; an effect that a young one hides is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import marts_sql
import numpy as np
import pyarrow as pa
import pytest
from marts_indeling import Lagen
from test_spiegel import (
    BOUW,
    CHRONISCH,
    DEFINITIE,
    INDELING,
    LID,
    PERSOON,
    RESULTAAT,
    TOTAAL,
    WAARNEMING,
)

AANBIEDERS = 1_200
#: Providers with an older and sicker, and with a younger and healthier population; no effect.
OUD, JONG = range(200), range(200, 400)
#: Young, with twice the chance its patients should have; old, with half of it.
VERBORGEN, GOED = AANBIEDERS, AANBIEDERS + 1
EFFECT = {VERBORGEN: 2.0, GOED: 0.5}
PERSONEN = 120
MODELLEN = {"1": "lgcw-1", "2": "geen-1"}
KLASSE = ("2010", "1990", "1970", "1955", "1945", "1935")
#: Chance per age class and number of chronic conditions: both matter, the provider does not.
KANS = np.outer([0.02, 0.04, 0.08, 0.14, 0.20, 0.26], [0.7, 1.0, 1.4, 1.9])
LEEFTIJD = {"oud": [1, 2, 6, 20, 38, 33], "jong": [30, 40, 18, 7, 3, 2],
            "gewoon": [15, 28, 25, 15, 11, 6]}  # fmt: skip
ZIEK = {"oud": [1, 2, 3, 4], "jong": [6, 2, 1, 1], "gewoon": [4, 3, 2, 1]}


@dataclass(frozen=True)
class Proef:
    """Rows of spiegel_indicator of 2025, of all providers, by model."""

    rijen: dict[str, dict[int, dict[str, Any]]]

    def share_flagged(self, model: str, who: range) -> float:
        """Share outside the 95% limits."""
        klassen = [self.rijen[model][i]["funnel_klasse"] for i in who]
        assert "geen_oordeel" not in klassen
        return float(np.mean([klasse != "binnen" for klasse in klassen]))


def _draw(rng: np.random.Generator, soort: str, n: int) -> tuple[np.ndarray, np.ndarray]:
    leeftijd, ziek = (np.array(kansen[soort], dtype=float) for kansen in (LEEFTIJD, ZIEK))
    return (rng.choice(6, n, p=leeftijd / leeftijd.sum()),
            rng.choice(4, n, p=ziek / ziek.sum()))  # fmt: skip


@pytest.fixture(scope="module", params=[1, 2], ids=["seed 1", "seed 2"])
def proef(request: pytest.FixtureRequest) -> Proef:
    rng = np.random.default_rng(request.param)
    soorten = ["gewoon"] * (AANBIEDERS + 2)
    for wie, soort in ((OUD, "oud"), (JONG, "jong")):
        soorten[wie.start : wie.stop] = [soort] * len(wie)
    soorten[VERBORGEN], soorten[GOED] = "jong", "oud"
    grootte = np.where(np.arange(AANBIEDERS + 2) < AANBIEDERS, PERSONEN, 10 * PERSONEN)
    getrokken = [_draw(rng, soort, n) for soort, n in zip(soorten, grootte, strict=True)]
    leeftijd, ziek = (np.concatenate([g[i] for g in getrokken]) for i in range(2))
    wie = np.repeat(np.arange(AANBIEDERS + 2), grootte)
    effect = np.array([EFFECT.get(i, 1.0) for i in range(AANBIEDERS + 2)])
    teller = rng.random(len(wie)) < KANS[leeftijd, ziek] * effect[wie]
    rijen = _mirror(rng, wie, leeftijd, ziek, teller)
    result: dict[str, dict[int, dict[str, Any]]] = {m: {} for m in MODELLEN.values()}
    for rij in rijen:
        result[rij["casemix_versie"]][int(rij["eenheid_id"])] = rij
    return Proef(result)


def _mirror(
    rng: np.random.Generator,
    wie: np.ndarray,
    leeftijd: np.ndarray,
    ziek: np.ndarray,
    teller: np.ndarray,
) -> list[dict[str, Any]]:
    n = len(wie)
    ids = np.char.add("p", np.arange(n).astype(str))
    personen = pa.table({
        "pseudo_id": ids, "geboortejaar": np.array(KLASSE)[leeftijd].astype(int),
        "geslacht": ["vrouw"] * n, "welvaart_kwintiel": rng.choice(list("15"), n),
        "pc4": ["1000"] * n, "uzovi": ["9901"] * n,
    })  # fmt: skip
    aantal = pa.table({
        "pseudo_id": ids, "van": [date(1, 1, 1)] * n, "tot": [date(9999, 12, 31)] * n,
        "aantal": ziek.astype(np.int32),
    })  # fmt: skip
    waarneming = pa.table({
        "indicator_id": ["proef"] * n, "zorgaanbieder_id": wie.astype(str), "pseudo_id": ids,
        "peildatum": [date(2025, 3, 1)] * n, "diagnosegroep": ["TOTAAL"] * n,
        "teller": teller.astype(int), "noemer": np.ones(n, dtype=int),
    })  # fmt: skip
    register = [
        DEFINITIE | {"definitie_versie": versie, "casemix": model, "minimum_volume": "10",
                     "soort_meting": "proportie_personen", "niveaus": "landelijk;zorgaanbieder"}
        for versie, model in MODELLEN.items()
    ]  # fmt: skip
    namen = ["proef", "proef_v2"]
    voor = marts_sql._variables()["indicatoren"]
    marts_sql._variables()["indicatoren"] = namen
    try:
        made = Lagen(
            lijsten={"ref_indicator": register, "ref_norm": [], "ref_indicator_akkoord": []},
            modellen={f"ind_{naam}": (WAARNEMING, waarneming) for naam in namen}
            | {
                "dim_persoon": (PERSOON, personen),
                "int_chronisch_aantal": (CHRONISCH, aantal),
                "int_postcode_indeling": (INDELING, []),
                "int_doelgroep_lid": (LID, []),
                "int_dq_totaal": (TOTAAL, []),
                "dq_resultaat": (RESULTAAT, []),
                "bouw": (BOUW, [{"bouw_id": "b0"}]),
            },
        )
        return made.rows(
            "from {spiegel_indicator} where niveau = 'zorgaanbieder' and uitsplitsing = 'TOTAAL'"
        )
    finally:
        marts_sql._variables()["indicatoren"] = voor


def test_an_older_and_sicker_population_alone_is_not_flagged(proef: Proef) -> None:
    """Of providers without effect at most the promised share is, of the old ones no more."""
    for wie in (range(AANBIEDERS), OUD, JONG):
        fout = 3 * np.sqrt(0.05 * 0.95 / len(wie))
        assert proef.share_flagged("lgcw-1", wie) <= 0.05 + fout, wie
    # and the test can fail: without case-mix they stand out
    assert proef.share_flagged("geen-1", OUD) > 0.5


@pytest.mark.parametrize(("wie", "klasse"), [(VERBORGEN, "ver_hoog"), (GOED, "ver_laag")])
def test_an_effect_that_the_population_hides_is_found(proef: Proef, wie: int, klasse: str) -> None:
    rij = proef.rijen["lgcw-1"][wie]
    assert rij["funnel_klasse"] == klasse
    assert rij["oe_laag"] <= EFFECT[wie] <= rij["oe_hoog"]
    # its value is that of others: who compares values sees nothing, or the opposite
    assert proef.rijen["geen-1"][wie]["funnel_klasse"] != klasse


def test_every_model_is_told_and_the_plain_one_stands_beside_it(proef: Proef) -> None:
    gekozen, geen = (proef.rijen[m] for m in ("lgcw-1", "geen-1"))
    assert len(gekozen) == len(geen) == AANBIEDERS + 2
    for i, rij in gekozen.items():
        assert float(rij["oe_basis"]) == pytest.approx(float(geen[i]["oe_basis"]), abs=2e-6)
    # age and sex explain most of what the old ones have more, and leave what conditions explain
    verhouding = {
        naam: np.mean([float(gekozen[i][naam]) for i in OUD]) for naam in ("oe_ratio", "oe_basis")
    }
    crude = np.mean([float(geen[i]["oe_ratio"]) for i in OUD])
    assert verhouding["oe_ratio"] == pytest.approx(1, abs=0.03)
    assert 1.08 < verhouding["oe_basis"] < crude
