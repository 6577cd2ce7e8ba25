"""The analyst's notebook runs without a screen and computes what the marts say."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from tests.scenario.region import Region
from tests.voorbeelden import FOLDER, allowed, connect

pytestmark = pytest.mark.xdist_group("region")

Run = Callable[..., tuple[dict[str, Any], str]]


@pytest.fixture
def notebook(region: Region, tmp_path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the notebook over what quality may see; its definitions, and all it shows as text."""
    connect(region.bouw.map, allowed("kwaliteit"), tmp_path / "serving.duckdb").close()
    monkeypatch.setenv("IZA_HOME", str(tmp_path))
    monkeypatch.syspath_prepend(str(FOLDER))
    spec = importlib.util.spec_from_file_location("nb", FOLDER / "een_cijfer_uitgelegd.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def run(**chosen: str) -> tuple[dict[str, Any], str]:
        defs = {f"kies_{name}": SimpleNamespace(value=value) for name, value in chosen.items()}
        outputs, found = module.app.run(defs=defs)
        return dict(found), "\n".join(getattr(o, "text", "") for o in outputs if o is not None)

    return run


def test_it_explains_the_planted_outlier_step_by_step(notebook: Run) -> None:
    found, shown = notebook()
    cijfer = found["cijfer"]
    # What stands out most of what it opens with was planted: E1.
    assert (cijfer["indicator_id"], cijfer["eenheid_id"]) == ("hartfalen_acute_opname", "06000012")
    assert found["nagerekend"] == pytest.approx(float(cijfer["waarde"]), abs=1e-6)
    assert found["interval"] == pytest.approx(
        (float(cijfer["ci_laag"]), float(cijfer["ci_hoog"])), abs=1e-6
    )
    assert found["verhouding"] == pytest.approx(float(cijfer["oe_ratio"]), rel=1e-4)
    for step in ("waarde", "interval", "verwachting", "trechter", "norm", "verloop", "gegevens"):
        assert f"{step}: " in shown
    assert "boven de grens van 99,8%" in shown
    assert "een voorstel: nog niet afgesproken" in shown
    assert cijfer["bouw_id"] in found["bronvermelding"]


def test_the_funnel_shows_each_unit_against_its_own_limits(notebook: Run, region: Region) -> None:
    found, _shown = notebook()
    words = {"binnen": "zoals verwacht", "laag": "buiten 95%", "hoog": "buiten 95%"}
    judged = [e for e in found["eenheden"] if e["funnel_klasse"] != "geen_oordeel"]
    assert len(found["punten"]) == len(judged) > 10
    for point, unit in zip(found["punten"], judged, strict=True):
        assert point["oordeel"] == words.get(unit["funnel_klasse"], "buiten 99,8%")
        observed = point["geteld / verwacht"]
        outside = observed > point["hoog 99,8"] or observed < point["laag 99,8"]
        assert outside == (unit["funnel_klasse"].startswith("ver_"))
    assert [p["zorgaanbieder"] for p in found["punten"] if p["gekozen"]] == [
        found["cijfer"]["eenheid_naam"]
    ]
    years = {row["periode"]: row["waarde"] for row in found["verloop"]}
    with duckdb.connect() as con:
        mart = str(region.bouw.map / "spiegel_indicator.parquet")
        expected = con.execute(
            f"select periode, waarde from '{mart}' where indicator_id = 'hartfalen_acute_opname' "
            "and eenheid_id = '06000012' and uitsplitsing = 'TOTAAL' and periode_type = 'jaar'"
        ).fetchall()
    assert years == dict(expected)


def test_a_mean_and_a_unit_without_a_judgement_are_told_as_such(notebook: Run) -> None:
    found, shown = notebook(indicator="kosten_per_patient")
    assert found["interval"] is None
    assert "geen deel van een geheel" in shown
    assert "geen norm afgesproken" in shown
    found, shown = notebook(indicator="hba1c_op_streefwaarde", eenheid="06000007")
    assert found["cijfer"]["funnel_klasse"] == "geen_oordeel"
    assert "krijgt <strong>geen oordeel</strong>" in shown
    assert "<strong>indicatief</strong>" in shown
