"""A dimension whose columns are not what its description says stops the build: dbt checks it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).parents[2] / "dbt_project"
CORE = PROJECT / "models/core"
BOUW = ("ruim_andere_soort", "table", "view")

#: What two dimensions are made of, in one row.
_BELOW = {
    "dim_regio_historie": """
        select
            'gemeente' as regio_type, 'GM0363' as regio_code, 'Amsterdam' as regio_naam,
            'ZK01' as zorgkantoorregio_code, date '0001-01-01' as geldig_van,
            date '9999-12-31' as geldig_tot
    """,
    "dim_verzekeraar_historie": """
        select
            'V1' as verzekeraar_id, 'Naam' as naam, date '0001-01-01' as geldig_van,
            date '9999-12-31' as geldig_tot
    """,
}


def described() -> dict[str, dict[str, Any]]:
    """What the project says of its dimensions."""
    models = yaml.safe_load((CORE / "_dimensies.yml").read_text(encoding="utf-8"))["models"]
    return {model["name"]: model for model in models}


def make_project(folder: Path, changed: dict[str, str], kind: str = "table") -> None:
    """A project of two dimensions as they are, what they are made of, and one model above each."""
    (folder / "models").mkdir(parents=True)
    (folder / "macros").mkdir()
    for macro in (*(f"bouw/{n}.sql" for n in BOUW), "contract/toets_contract.sql"):
        shutil.copy(PROJECT / "macros" / macro, folder / "macros")
    settings = {"name": "klein", "version": "1.0.0", "profile": "klein", "model-paths": ["models"]}
    tables = {"models": {"klein": {"+materialized": kind}}}
    (folder / "dbt_project.yml").write_text(yaml.safe_dump(settings | tables))
    output = {"type": "duckdb", "path": str(folder / "klein.duckdb"), "threads": 1}
    profile = {"klein": {"target": "d", "outputs": {"d": output}}}
    (folder / "profiles.yml").write_text(yaml.safe_dump(profile))
    models = []
    for below, sql in _BELOW.items():
        name = below.removesuffix("_historie")
        model = described()[name]
        models.append({key: model[key] for key in ("name", "config", "columns")})
        own = (CORE / f"{name}.sql").read_text(encoding="utf-8")
        files = {
            below: sql, name: changed.get(name, own),
            f"boven_{name}": f"select * from {{{{ ref('{name}') }}}}",
        }  # fmt: skip
        for file, text in files.items():
            (folder / "models" / f"{file}.sql").write_text(text, encoding="utf-8")
    (folder / "models/m.yml").write_text(yaml.safe_dump({"version": 2, "models": models}))


def test_every_dimension_has_an_enforced_contract_with_a_type_for_each_column() -> None:
    assert set(described()) == {file.stem for file in CORE.glob("dim_*.sql")}
    for name, model in described().items():
        assert model["config"]["contract"] == {"enforced": True}, name
        assert all(column.get("data_type") for column in model["columns"]), name


def run_dbt(folder: Path) -> tuple[dict[str, str], str]:
    """What became of each model, and all that dbt said."""
    ran = subprocess.run(
        [sys.executable, "-m", "marts.dbt_process", "dbt", "build", "--no-use-colors"],
        cwd=folder, capture_output=True, text=True, check=False,
        env=os.environ | {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
                          "PYTHONPATH": str(PROJECT.parent)},
    )  # fmt: skip
    assert ran.returncode == 1, ran.stdout + ran.stderr
    said = re.findall(r"(OK created|ERROR creating|SKIP) .*?main\.(\w+)", ran.stdout)
    return {name: outcome for outcome, name in said}, ran.stdout


@pytest.mark.parametrize("kind", ["table", "view"])
def test_a_changed_column_stops_the_build(tmp_path: Path, kind: str) -> None:
    sql = (CORE / "dim_verzekeraar.sql").read_text(encoding="utf-8")
    changed = sql.replace("max(geldig_tot) as geldig_tot", "max(naam) as geldig_tot")
    assert changed != sql
    make_project(tmp_path, {"dim_verzekeraar": changed}, kind)
    outcomes, said = run_dbt(tmp_path)
    assert outcomes["dim_regio"] == outcomes["boven_dim_regio"] == "OK created"
    assert outcomes["dim_verzekeraar"] == "ERROR creating"
    assert outcomes["boven_dim_verzekeraar"] == "SKIP"
    assert "enforced contract that failed" in said
    assert re.search(r"geldig_tot .*VARCHAR.*DATE", said)


def test_an_empty_cell_that_may_not_be_stops_the_build(tmp_path: Path) -> None:
    sql = (CORE / "dim_verzekeraar.sql").read_text(encoding="utf-8")
    empty = sql.replace("min(naam) as naam", "cast(null as varchar) as naam")
    assert empty != sql
    make_project(tmp_path, {"dim_verzekeraar": empty})
    path = tmp_path / "models/m.yml"
    described = yaml.safe_load(path.read_text())
    for model in described["models"]:
        for column in model["columns"]:
            column["constraints"] = [{"type": "not_null"}] * (column["name"] == "naam")
    path.write_text(yaml.safe_dump(described))
    outcomes, said = run_dbt(tmp_path)
    assert outcomes["dim_regio"] == "OK created"
    assert outcomes["boven_dim_verzekeraar"] == "SKIP"
    assert "column naam is empty in 1 rows" in said
