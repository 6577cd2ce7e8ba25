"""The chain under a real Airflow: one small demonstration from nothing to verified extracts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import schemas
from demo.lifecycle import find_running
from demo.place import Place
from ingest.ledger import Ledger
from ingest.settings import Settings
from publish.verify import verify
from tests.demo_process import demo_environment, recorded, run_demo, stop_demo

SCHEMAS = Path(schemas.__file__).parent
YEARS = 3
YEARS_WLZ = 2  # the lists of long-term care end in September 2024

pytestmark = [pytest.mark.airflow, pytest.mark.slow]


def test_the_chain_runs_under_airflow(tmp_path: Path) -> None:
    home = tmp_path / "een huis met spaties"
    environment = demo_environment(home)
    try:
        told = run_demo(environment)
    finally:
        stop_demo(environment)
    assert "Airflow has on record one successful run of each" in told
    runs = recorded(home)
    assert runs["aanlevering", "manual", "success"] == 1
    assert runs["spiegel", "asset_triggered", "success"] == 1
    assert runs["publicatie", "asset_triggered", "success"] == 1
    assert runs["onderhoud", "manual", "success"] == 1
    assert find_running(Place(home)) is None
    result = verify(home / "publicatie")
    assert result.problems == []
    assert result.releases >= 3
    with (SCHEMAS / "bronnen.csv").open(encoding="utf-8", newline="") as file:
        in_demo = [row for row in csv.DictReader(file) if row["in_demo"] == "ja"]
    deliveries = Ledger(Settings(home=home).ledger_address).committed()
    every_year = [row for row in in_demo if row["bouw_wacht"] == "ja"]
    assert len(in_demo) - len(every_year) == 4
    assert len(deliveries) == YEARS * len(every_year) + YEARS_WLZ * 4
    for delivery in deliveries:
        for t in delivery.rapport["tabellen"].values():
            assert t["aangeleverd"] == t["geaccepteerd"] + t["quarantaine"] + t["dubbel"]
