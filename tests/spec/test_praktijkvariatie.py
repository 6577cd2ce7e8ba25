"""Practice variation equals an independent computation, and finds the spread that was planted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from marts_orakel_oordeel import Eenheid, judge
from spiegel_oordeel import beoordeeld, unrounded

#: Spread between units by themselves and by their population: deviations of the logarithm.
GROEPEN = {"alleen_toeval": (0.0, 0.0), "eigen": (0.35, 0.0), "bevolking": (0.0, 0.35),
           "beide": (0.25, 0.25), "te_weinig": (0.5, 0.0)}  # fmt: skip


def _groep(rng: np.random.Generator, naam: str) -> list[Eenheid]:
    eigen, bevolking = GROEPEN[naam]
    result = []
    for i in range(9 if naam == "te_weinig" else 150):
        n = float(rng.integers(2000, 20000))
        mu = round(n * 0.02 * float(np.exp(bevolking * rng.normal())), 8)
        o = float(rng.poisson(mu * np.exp(eigen * rng.normal())))
        result.append(Eenheid(str(i), "aantal_per_persoon", int(n), o, n, mu))
    return result


def _between(log: np.ndarray, w: np.ndarray) -> float:
    q = float((w * (log - (w * log).sum() / w.sum()) ** 2).sum())
    return max(0.0, (q - (len(w) - 1)) / (w.sum() - (w**2).sum() / w.sum()))


@pytest.fixture(scope="module")
def gevonden() -> tuple[dict[str, dict[str, Any]], dict[str, list[Eenheid]]]:
    rng = np.random.default_rng(13)
    groepen = {naam: _groep(rng, naam) for naam in GROEPEN}
    rijen = [
        {"definitie_id": naam, "soort_meting": e.soort, "eenheid_id": e.naam, "teller": e.o,
         "n_personen": e.personen, "noemer": e.n, "verwacht": e.mu}
        for naam, groep in groepen.items() for e in groep
    ]  # fmt: skip
    with beoordeeld(pa.Table.from_pylist(rijen), exact=False) as con:
        cursor = con.execute(unrounded("praktijkvariatie"))
        namen = [kolom[0] for kolom in cursor.description]
        rows = [dict(zip(namen, rij, strict=True)) for rij in cursor.fetchall()]
    return {r["indicator_id"]: r for r in rows}, groepen


def test_equals_an_independent_computation(gevonden: tuple) -> None:
    rows, groepen = gevonden
    assert sorted(rows) == sorted(set(GROEPEN) - {"te_weinig"})  # nine units are too few
    for naam, row in rows.items():
        groep = groepen[naam]
        o, n, mu = (np.array([getattr(e, veld) for e in groep]) for veld in ("o", "n", "mu"))
        oe, klassen = o / mu, [v["funnel_klasse"] for v in judge(groep).values()]
        eigen = _between(np.log(oe), mu)
        ruw = _between(np.log(o / (n * o.sum() / n.sum())), mu)
        gesorteerd = np.sort(oe)
        expected = {
            "waarde": o.sum() / n.sum(), "sd_onverklaard": eigen**0.5, "sd_ruw": ruw**0.5,
            "deel_verklaard": max(0, 1 - eigen / ruw) if ruw else None,
            "oe_p10": gesorteerd[14], "oe_p90": gesorteerd[134],
            "p90_p10": gesorteerd[134] / gesorteerd[14],
            "aandeel_buiten": np.mean([k != "binnen" for k in klassen]),
            "aandeel_ver_buiten": np.mean([k.startswith("ver_") for k in klassen]),
        }  # fmt: skip
        for maat, waarde in expected.items():
            if waarde is None:
                assert row[maat] is None, (naam, maat)
            else:
                assert float(row[maat]) == pytest.approx(waarde, abs=1e-9), (naam, maat)


def test_finds_the_planted_spread(gevonden: tuple) -> None:
    rows, _ = gevonden
    sd = {naam: (float(r["sd_onverklaard"]), float(r["sd_ruw"])) for naam, r in rows.items()}
    assert sd["alleen_toeval"][0] < 0.05
    assert sd["eigen"][0] == pytest.approx(0.35, abs=0.08)
    assert sd["bevolking"][0] < 0.05
    assert sd["bevolking"][1] == pytest.approx(0.35, abs=0.08)
    assert float(rows["bevolking"]["deel_verklaard"]) > 0.95
    assert float(rows["eigen"]["deel_verklaard"]) < 0.1
    assert 0.2 < float(rows["beide"]["deel_verklaard"]) < 0.8
    assert float(rows["alleen_toeval"]["aandeel_ver_buiten"]) < 0.03
