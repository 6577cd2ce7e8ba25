"""What the serving file tells beside its marts: meaning, unit, values, what a row is, for whom."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from ingest.cli import app
from ingest.errors import UsageError
from ingest.settings import Settings
from marts.export import find_marts
from marts.serving import read_described, write_serving

MART = "model.p.wachtlijst"


def _manifest() -> dict[str, Any]:
    columns = {
        "zorgkantoorregio_code": ("varchar", "Regio"),
        "fase": ("varchar", "Fase van het wachten"),
        "status": ("varchar", "open of dicht"),
        "n_wachtend": ("bigint", "Mensen die wachten"),
        "aandeel": ("decimal(18,6)", "Wat 'aandeel' is, staat hier"),
    }

    def accepted(column: str, values: list[str]) -> dict[str, Any]:
        return {
            "resource_type": "test", "name": column, "config": {}, "column_name": column,
            "attached_node": MART, "test_metadata": {
                "name": "accepted_values", "kwargs": {"values": values}
            },
        }  # fmt: skip

    return {
        "nodes": {
            MART: {
                "resource_type": "model", "unique_id": MART, "name": "wachtlijst", "schema": "s",
                "description": "Wie wacht,\n per regio", "config": {"meta": {
                    "mart": True, "sleutel": ["zorgkantoorregio_code", "fase"]
                }},
                "columns": {
                    name: {"name": name, "data_type": kind, "description": text}
                    for name, (kind, text) in columns.items()
                },
            },
            "fase": accepted("fase", ["aanmelding", "behandeling"]),
            "status": accepted("status", ["open", "dicht"]),
        },
        "exposures": {
            "b": {"depends_on": {"nodes": [MART]}, "config": {"meta": {"gebruik": "onderzoek"}}},
            "a": {"depends_on": {"nodes": [MART]}, "config": {"meta": {"gebruik": "inkoop"}}},
            "c": {"depends_on": {"nodes": [MART]}, "config": {"meta": {"extract": "open"}}},
        },
    }  # fmt: skip


@pytest.fixture
def serving(settings: Settings) -> Path:
    settings.home.mkdir(parents=True, exist_ok=True)
    (settings.home / "manifest.json").write_text(json.dumps(_manifest()), encoding="utf-8")
    duckdb.sql(
        "select '31' as zorgkantoorregio_code, 'aanmelding' as fase, 'open' as status, "
        "1::bigint as n_wachtend, 0.5::decimal(18,6) as aandeel"
    ).write_parquet(str(settings.home / "wachtlijst.parquet"))
    path = settings.home / "serving.duckdb"
    write_serving(path, settings.home, find_marts(settings.home))
    return path


def test_a_mart_tells_what_it_holds_what_a_row_is_and_who_it_is_for(serving: Path) -> None:
    (mart,) = read_described(serving)
    assert mart.omschrijving == (
        "Wie wacht, per regio. Eén rij per zorgkantoorregio_code en fase. Voor inkoop en "
        "onderzoek. Wordt gepubliceerd als extract open."
    )


def test_a_column_tells_its_unit_its_values_and_its_list(serving: Path) -> None:
    _mart, *columns = read_described(serving, "wachtlijst")
    assert [(c.naam, c.omschrijving) for c in columns] == [
        ("zorgkantoorregio_code", "Regio. Zie dim_regio."),
        ("fase", "Fase van het wachten. Waarden: aanmelding, behandeling."),
        ("status", "open of dicht."),
        ("n_wachtend", "Mensen die wachten. Eenheid: aantal."),
        ("aandeel", "Wat 'aandeel' is, staat hier. Eenheid: deel van 1 (0,25 is 25%)."),
    ]


def test_a_mart_without_a_use_is_for_those_who_run_the_platform() -> None:
    from marts.comments import Comments

    manifest = _manifest() | {"exposures": {}}
    text = Comments.of(manifest).mart(manifest["nodes"][MART])
    assert text.endswith("Eén rij per zorgkantoorregio_code en fase. Voor beheer.")


def test_the_command_line_shows_them(serving: Path) -> None:
    run = CliRunner().invoke
    found = json.loads(run(app, ["marts", "--json"]).stdout)
    assert [mart["naam"] for mart in found["marts"]] == ["wachtlijst"]
    shown = " ".join(run(app, ["marts"]).stdout.split())
    assert "Wie wacht, per regio." in shown
    assert "inkoop en onderzoek" in shown
    one = " ".join(run(app, ["marts", "wachtlijst"]).stdout.split())
    assert "Eén rij per zorgkantoorregio_code en fase." in one
    assert "Waarden: aanmelding, behandeling." in one
    assert serving.is_file()


def test_a_mart_that_is_not_there_is_named(serving: Path) -> None:
    with pytest.raises(UsageError, match=r"no mart wachtijd.*'iza marts' lists them"):
        read_described(serving, "wachtijd")


def test_before_the_first_build_it_says_what_to_do(settings: Settings) -> None:
    result = CliRunner().invoke(app, ["marts"])
    assert result.exit_code != 0
    assert "iza build" in str(result.exception)
    assert not (settings.home / "serving.duckdb").exists()
