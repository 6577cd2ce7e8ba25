"""Files from outside, some wrong on purpose, pass no threshold: too few, or of too many kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.intake import ingest_path
from ingest.settings import Settings
from tests.outside import OUTSIDE, needs_outside

DELIVERIES = {
    "vektis/gz321": "declaraties-ggz",
    "fhir/nl-core-zib2020": "fhir-ziekenhuizen",
    "fhir/vendor-legacy-zib2017": "fhir-huisartsen",
    "fhir/synthea": "een-andere-bron",
    "vektis-opendata": "register-vektis-opendata",
}


@needs_outside
@pytest.mark.parametrize("folder", DELIVERIES)
def test_no_threshold_is_passed(folder: str, settings: Settings, tmp_path: Path) -> None:
    report = ingest_path(OUTSIDE / folder, DELIVERIES[folder], settings, periode="2025")
    total = report.total()
    assert total.aangeleverd > 0
    assert total.aangeleverd == total.geaccepteerd + total.quarantaine + total.dubbel
    assert report.drempels == []
    assert "LEVERING-DREMPEL" not in {reason.code for reason in report.redenen}
