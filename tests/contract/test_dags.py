"""The DAGs as Airflow reads them: whole, documented, tagged, and the same at every reading."""

from __future__ import annotations

import csv
import hashlib
import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

pytestmark = [pytest.mark.airflow, pytest.mark.xdist_group("airflow")]

ROOT = Path(__file__).parents[2]
DAGS = ROOT / "dags"
CHAIN = ("aanlevering", "spiegel", "publicatie")
LOADING = ("aanlevering", "ophalen")
IDS = (*CHAIN, "ophalen", "onderhoud")
TAG_CLASSES = {"fase", "impact", "schrijft"}
PERIODS = {"2025": True, "2025Q4": True, "2025-12": True, "2025-13": False, "25": False, "": False}

READ = """
import json, logging, sys
logging.disable(logging.CRITICAL)
from airflow.dag_processing.dagbag import DagBag
from airflow.serialization.serialized_objects import DagSerialization
bag = DagBag(sys.argv[1])
print(json.dumps({k: DagSerialization.to_dict(v) for k, v in bag.dags.items()}, sort_keys=True))
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("airflow")
    given = {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__API_AUTH__JWT_SECRET": "x" * 64,
    }
    os.environ.update(given)  # Airflow reads it once, at its first import
    sys.path.append(str(DAGS))
    return {k: v for k, v in os.environ.items() if not k.startswith("AIRFLOW")} | given


@pytest.fixture(scope="module")
def bag(environment: dict[str, str]):
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(DAGS))


@pytest.fixture(params=IDS)
def each(request: pytest.FixtureRequest, bag):
    return bag.dags[request.param]


def serialized(bag) -> dict:
    from airflow.serialization.serialized_objects import DagSerialization

    return {k: DagSerialization.to_dict(v) for k, v in bag.dags.items()}


def digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def test_every_file_is_read_and_none_fails(bag) -> None:
    assert bag.import_errors == {}
    assert sorted(bag.dags) == sorted(IDS)
    for dag_id, dag in bag.dags.items():
        assert Path(dag.fileloc).stem == dag_id


def test_safe_discovery_sees_every_file_with_a_dag() -> None:
    for dag_id in IDS:
        docstring = (DAGS / f"{dag_id}.py").read_text(encoding="utf-8").split('"""')[1].lower()
        assert "dag" in docstring
        assert "airflow" in docstring


def test_tags_name_phase_impact_and_what_is_written(each) -> None:
    assert {tag.split("/")[0] for tag in each.tags} == TAG_CLASSES
    assert len(each.tags) == len(TAG_CLASSES)


def test_dag_and_tasks_are_documented_and_owned(each) -> None:
    assert each.doc_md
    assert len(each.doc_md.split()) > 40
    for task in each.tasks:
        assert task.doc_md or task.is_mapped, task.task_id
        assert task.owner == "data-engineering"


def test_writers_have_one_run_at_a_time(each) -> None:
    assert each.max_active_runs == 1
    for task_id in ("marts.bouw", "uitgifte.publiceer", "opruimen"):
        if task_id in each.task_dict:
            assert each.task_dict[task_id].max_active_tis_per_dag == 1


def test_only_upkeep_follows_a_clock(bag) -> None:
    kinds = {dag_id: type(dag.timetable).__name__ for dag_id, dag in bag.dags.items()}
    assert kinds == {
        "aanlevering": "PartitionedAtRuntime",
        "ophalen": "PartitionedAtRuntime",
        "spiegel": "PartitionedAssetTimetable",
        "publicatie": "PartitionedAssetTimetable",
        "onderhoud": "CronTriggerTimetable",
    }
    assert not bag.dags["onderhoud"].catchup


def test_build_waits_for_every_required_source_and_publication_for_the_build(bag) -> None:
    from airflow.sdk import AssetAll

    with (ROOT / "schemas" / "bronnen.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    condition = bag.dags["spiegel"].timetable.asset_condition
    waits = {asset.uri for asset in condition.objects}
    required = {f"x-iza://bron/{row['bron_id']}" for row in rows if row["bouw_wacht"] == "ja"}
    assert waits == required
    assert isinstance(condition, AssetAll)
    for dag_id in LOADING:
        outlets = {outlet.uri for task in bag.dags[dag_id].tasks for outlet in task.outlets}
        assert outlets == {f"x-iza://bron/{row['bron_id']}" for row in rows}
    assert bag.dags["publicatie"].timetable.asset_condition.uri == "x-iza://marts/spiegel"


def test_every_announcement_has_one_asset(bag) -> None:
    # A task announces all its assets when it succeeds, with a period or without one.
    for dag in bag.dags.values():
        for task in dag.tasks:
            assert len(task.outlets) <= 1, task.task_id


@pytest.mark.parametrize(("dag_id", "loading"), [("aanlevering", "laad"), ("ophalen", "haal")])
def test_a_refused_delivery_holds_up_no_announcement_but_fails_the_run(
    bag, dag_id: str, loading: str
) -> None:
    dag = bag.dags[dag_id]
    announcing = [task for task in dag.tasks if task.outlets]
    assert {task.trigger_rule.value for task in announcing} == {"all_done"}
    leaves = [task for task in dag.tasks if not task.downstream_task_ids]
    assert [task.task_id for task in leaves] == ["afsluiting"]
    assert leaves[0].trigger_rule.value == "none_failed"
    assert loading in leaves[0].upstream_task_ids
    assert loading in announcing[0].upstream_task_ids


def test_deliveries_are_loaded_by_one_mapped_task_with_readable_names(bag) -> None:
    laad = bag.dags["aanlevering"].task_dict["laad"]
    assert laad.is_mapped
    assert "bron_id" in laad.partial_kwargs["map_index_template"]
    haal = bag.dags["ophalen"].task_dict["haal"]
    assert haal.is_mapped
    assert "bron_id" in haal.partial_kwargs["map_index_template"]


def test_both_ways_in_announce_in_the_same_way(bag) -> None:
    def announcing(dag_id: str) -> list[tuple[str, list[str], str]]:
        return [
            (task.task_id, [outlet.uri for outlet in task.outlets], task.trigger_rule.value)
            for task in bag.dags[dag_id].tasks
            if task.outlets
        ]

    assert announcing("ophalen") == announcing("aanlevering")


def test_pulling_takes_the_sources_that_have_a_file(bag, settings, caplog) -> None:
    task = bag.dags["ophalen"].task_dict["bronnen"].python_callable
    asked = {"bron": None, "periode": "2026", "volledig": False}
    caplog.set_level("INFO")
    assert task(asked) == []
    assert "No source has a server" in caplog.text
    for bron_id in ("fhir-ziekenhuizen", "fhir-huisartsen"):
        (settings.room("bulk") / f"{bron_id}.toml").touch()
    found = task(asked)
    assert [bron["bron_id"] for bron in found] == ["fhir-huisartsen", "fhir-ziekenhuizen"]
    assert {(bron["periode"], bron["volledig"]) for bron in found} == {("2026", False)}
    one = task(asked | {"bron": "fhir-ziekenhuizen", "volledig": True})
    assert one == [{"bron_id": "fhir-ziekenhuizen", "periode": "2026", "volledig": True}]


def test_params_make_a_form(each) -> None:
    for name in each.params:
        schema = each.params.get_param(name).schema
        assert schema["title"], name
        assert schema["type"], name
        assert each.params.get_param(name).description
        each.params.get_param(name).resolve()


@pytest.mark.parametrize("dag_id", ["aanlevering", "ophalen", "spiegel"])
@pytest.mark.parametrize(("text", "right"), PERIODS.items())
def test_period_param_takes_periods_only(bag, dag_id: str, text: str, right: bool) -> None:
    from airflow.sdk.exceptions import AirflowException

    param = bag.dags[dag_id].params.get_param("periode")
    if right:
        assert param.__copy__().resolve(text) == text
    else:
        with pytest.raises((AirflowException, ValueError)):
            param.__copy__().resolve(text)


def test_source_param_knows_the_register(bag) -> None:
    param = bag.dags["aanlevering"].params.get_param("bron")
    assert "fhir-huisartsen" in param.schema["enum"]
    pulled = bag.dags["ophalen"].params.get_param("bron").schema["enum"]
    assert pulled == [None, "declaraties-fhir", "fhir-huisartsen", "fhir-ziekenhuizen"]
    with pytest.raises(Exception, match="verzonnen"):
        param.__copy__().resolve("verzonnen")


def faults() -> list[tuple[BaseException, str]]:
    from sqlalchemy.exc import OperationalError

    from ingest import errors

    again = [OSError("disk"), TimeoutError(), OperationalError("select", {}, Exception("away")),
             errors.StorageError("x"), errors.LedgerError("x"),
             errors.RemoteError("x")]  # fmt: skip
    never = [errors.DataRefusedError("x"), errors.BuildError("x"), errors.PublicationError("x"),
             errors.VerificationError("x"), errors.UsageError("x"), errors.SettingsError("x"),
             errors.ViewError("x"), errors.RemoteRefusedError("x"), ValueError("x"), KeyError("x"),
             AssertionError()]  # fmt: skip
    return [(fault, "retry") for fault in again] + [(fault, "fail") for fault in never]


def test_input_and_output_are_tried_again_and_a_contract_never(each) -> None:
    for task in each.tasks:
        assert task.retries == 2, task.task_id
        policy = task.retry_policy
        decided = [
            (type(fault).__name__, policy.evaluate(fault, 1, 2).action.value)
            for fault, _ in faults()
        ]
        assert decided == [(type(fault).__name__, action) for fault, action in faults()]


def test_every_fault_of_ours_is_named_by_the_policy(bag) -> None:
    from ingest import errors

    rules = bag.dags["spiegel"].tasks[0].retry_policy.rules
    given = [rule.serialize()["exception"] for rule in rules]
    named = {path for e in given for path in ([e] if isinstance(e, str) else e)}
    ours = {
        f"ingest.errors.{name}"
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.IzaError)
        and value is not errors.IzaError
    }  # fmt: skip
    assert ours <= named


def test_reading_twice_gives_the_same(bag, environment: dict[str, str]) -> None:
    """Another process with another hash seed finds set orders that one process cannot."""
    result = subprocess.run(
        [sys.executable, "-c", READ, str(DAGS)],
        env=environment | {"PYTHONHASHSEED": "12345", "PYTHONPATH": str(DAGS)},
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    other = json.loads(result.stdout.splitlines()[-1])
    mine = json.loads(json.dumps(serialized(bag), sort_keys=True))
    assert {k: digest(v) for k, v in mine.items()} == {k: digest(v) for k, v in other.items()}


def test_airflow_finds_nothing_that_varies_at_reading() -> None:
    from airflow.utils.dag_version_inflation_checker import check_dag_file_stability

    for dag_id in IDS:
        found = check_dag_file_stability(str(DAGS / f"{dag_id}.py"))
        assert not found.warnings, dag_id


def test_files_import_the_sdk_only_and_ours_inside_tasks() -> None:
    for file in sorted(DAGS.glob("*.py")):
        text = file.read_text(encoding="utf-8")
        airflow = set(re.findall(r"^\s*from (airflow[\w.]*)", text, re.M))
        assert airflow <= {"airflow.sdk", "airflow.sdk.exceptions"}, file.name
        assert not re.search(r"^(from|import) (ingest|marts|publish|duckdb|polars)", text, re.M)


def test_a_withdrawn_delivery_is_skipped_and_a_refused_one_fails(
    environment: dict[str, str], monkeypatch
) -> None:
    from airflow.sdk.exceptions import AirflowSkipException

    from ingest import intake
    from ingest.errors import DataRefusedError, WithdrawnError

    monkeypatch.syspath_prepend(str(DAGS))
    module = importlib.import_module("aanlevering")
    row = {"pad": "x", "bron_id": "b", "soort": None, "periode": "2025", "ontvangen": None}
    for fault, expected in (
        (WithdrawnError("was withdrawn"), AirflowSkipException),
        (DataRefusedError("nothing accepted"), DataRefusedError),
    ):
        monkeypatch.setattr(intake, "ingest_path", Mock(side_effect=fault))
        with pytest.raises(expected, match=str(fault)):
            module.laad.function(row)
