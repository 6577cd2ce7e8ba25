"""Drawn values are nearer to the truth for small providers, and clear outliers stay put."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pytest
from spiegel_oordeel import beoordeeld

GROEPEN, EENHEDEN = 200, 40
NOEMER, TARIEF = 400, 0.05
#: The last unit of each group does so many times what is expected of it.
UITSCHIETER = 2.5


@dataclass(frozen=True)
class Proef:
    """True rates, values and drawn values, shape (groups, units)."""

    waar: np.ndarray
    waarde: np.ndarray
    krimp: np.ndarray

    def fout(self, naam: str, wie: slice) -> float:
        """Mean squared error of ``waarde`` or ``krimp``."""
        return float(np.mean((getattr(self, naam) - self.waar)[:, wie] ** 2))


@pytest.fixture(scope="module", params=[0.0, 0.2], ids=["alike", "different"])
def proef(request: pytest.FixtureRequest) -> Proef:
    rng = np.random.default_rng(41)
    vorm = (GROEPEN, EENHEDEN)
    effect = np.exp(request.param * rng.normal(size=vorm))
    effect[:, -1] = UITSCHIETER
    noemer = np.full(vorm, NOEMER) * rng.integers(1, 4, size=vorm)
    noemer[:, -1] = 3 * NOEMER
    waar = TARIEF * effect
    teller = rng.poisson(noemer * waar)
    verwacht = noemer * TARIEF
    cellen = pa.table({
        "definitie_id": np.repeat(np.char.add("g", np.arange(GROEPEN).astype(str)), EENHEDEN),
        "soort_meting": ["aantal_per_persoon"] * waar.size,
        "eenheid_id": np.tile(np.arange(EENHEDEN).astype(str), GROEPEN),
        "n_personen": noemer.ravel(), "teller": teller.ravel(), "noemer": noemer.ravel(),
        "verwacht": verwacht.ravel(),
    })  # fmt: skip
    with beoordeeld(cellen, exact=False) as con:
        rijen = con.execute(
            "select cast(right(definitie_id, length(definitie_id) - 1) as int), "
            "cast(eenheid_id as int), waarde_krimp from int_spiegel_funnel "
            "inner join int_spiegel_groep using (groep_nr)"
        ).fetchall()
    krimp = np.zeros(vorm)
    for groep, eenheid, waarde in rijen:
        krimp[groep, eenheid] = waarde
    return Proef(waar, teller / noemer, krimp)


def test_small_providers_are_nearer_to_the_truth(proef: Proef) -> None:
    gewoon = slice(0, EENHEDEN - 1)
    assert proef.fout("krimp", gewoon) < 0.75 * proef.fout("waarde", gewoon)


def test_a_clear_outlier_stays_where_it_is(proef: Proef) -> None:
    """Eight standard errors away: hardly worse than its own value."""
    uit = slice(EENHEDEN - 1, EENHEDEN)
    assert proef.fout("krimp", uit) < 1.1 * proef.fout("waarde", uit)
    # and drawn as others are it would be much worse
    gewicht = 0.5
    midden = TARIEF * (1 + gewicht * (UITSCHIETER - 1))
    assert (midden - TARIEF * UITSCHIETER) ** 2 > 5 * proef.fout("krimp", uit)
    assert np.mean(np.abs(proef.krimp - proef.waarde)[:, -1]) < 0.1 * TARIEF
