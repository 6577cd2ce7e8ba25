"""Marts after a withdrawal equal, byte for byte, those of a home that never had the delivery."""

from __future__ import annotations

from pathlib import Path

import pytest
from marts_bouw import gebouwd, opname  # noqa: F401 - fixtures
from marts_levering import Levering, Record, by_period, deliver
from marts_regio import region

from ingest.ledger import ledger_of
from ingest.retention import withdraw
from ingest.settings import Settings
from marts.build import BuildResult, build
from marts.dbt_run import committed_index
from marts.export import file_hash
from tests.compiled_dbt import compiled_dbt

pytestmark = pytest.mark.slow

BRON = "fhir-ziekenhuizen"


def unwanted() -> Levering:
    """What would change marts: contacts of the region that a source took back."""
    rows = [{"resource_sleutel": f"s-con-{nummer}-0"} for nummer in range(40)]
    records = [Record(BRON, "fhir", "2025", (("fhir_verwijdering", row),)) for row in rows]
    return Levering("verkeerd", tuple(records))


def test_marts_are_those_without_it(
    tmp_path: Path,
    gebouwd: BuildResult,  # noqa: F811
    opname: Path,  # noqa: F811
) -> None:
    settings = Settings(home=tmp_path / "home", threads=2)
    batches = by_period(region())
    half = len(batches) // 2
    deliver(settings, [*batches[:half], unwanted(), *batches[half:]])
    ledger = ledger_of(settings)
    (gone,) = [d for d in ledger.committed() if "fhir_verwijdering" in d.tabellen
               and d.tabellen["fhir_verwijdering"] == 40]  # fmt: skip
    assert gone.bron_id == BRON
    withdraw(gone.levering_id, "Sent by mistake.", settings)
    assert gone.levering_id not in str(committed_index(settings).bestanden)
    with compiled_dbt(opname):
        built = build(settings)
    assert built.bouw_id == gebouwd.bouw_id
    files = sorted(gebouwd.map.glob("*.parquet"))
    assert files
    assert [file_hash(built.map / file.name) for file in files] == list(map(file_hash, files))
