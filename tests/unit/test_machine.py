"""What a task may take: of the machine or the container, shared out among tasks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from demo.airflow_env import TASKS, environment
from demo.place import Place
from ingest import machine
from ingest.machine import cores, engine_memory, memory_bytes
from ingest.settings import Settings

GB = 1_000_000_000
WHOLE = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")

GROUPS = {
    "version 2": ("0::/a/b\n", {"a/memory.max": "300000000", "a/b/memory.max": "max"}, 300_000_000),
    "version 2, in a container": ("0::/host/path\n", {"memory.max": "200000000"}, 200_000_000),
    "version 1": (
        "4:cpu:/x\n3:memory:/a\n0::/\n",
        {"memory/memory.limit_in_bytes": "9223372036854771712",
         "memory/a/memory.limit_in_bytes": "400000000", "cpu/x/memory.limit_in_bytes": "1"},
        400_000_000,
    ),
    "no limit": ("0::/\n", {"memory.max": "max"}, WHOLE),
    "more than there is": ("0::/\n", {"memory.max": str(WHOLE * 2)}, WHOLE),
    "unreadable": ("0::/\n", {"memory.max": ""}, WHOLE),
}  # fmt: skip


@pytest.mark.parametrize("name", GROUPS)
def test_the_narrowest_group_counts(name: str, tmp_path: Path) -> None:
    own, files, expected = GROUPS[name]
    (tmp_path / "own").write_text(own)
    for path, text in files.items():
        file = tmp_path / "root" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n")
    assert memory_bytes(tmp_path / "root", tmp_path / "own") == expected


def test_without_control_groups_the_machine_counts(tmp_path: Path) -> None:
    assert memory_bytes(tmp_path, tmp_path / "nothing") == WHOLE


@pytest.mark.parametrize("tasks", [1, 2, 4, 16])
@pytest.mark.parametrize("memory", [2 * GB, 8 * GB, 64 * GB])
def test_all_tasks_together_fit(memory: int, tasks: int) -> None:
    engine = int(engine_memory(memory, tasks).removesuffix("MB")) * 1_000_000
    assert engine >= 128_000_000
    if engine > 128_000_000:  # the least, with which the engine spills
        assert tasks * (engine + 500_000_000) <= memory


def test_settings_share_out_and_what_is_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "memory_bytes", lambda: 8 * GB)
    machine.own_engine_memory.cache_clear()
    try:
        assert Settings(tasks=4).memory_limit == "1100MB"
        assert Settings().memory_limit == "5900MB"
    finally:
        machine.own_engine_memory.cache_clear()
    assert Settings(memory_limit="1GB").memory_limit == "1GB"
    many = Settings(tasks=1000)
    assert many.threads == 1
    assert many.alone().threads == cores()
    assert many.alone().memory_limit == many.memory_limit
    assert Settings(threads=1).alone().threads == 1


def test_airflow_runs_as_many_tasks_as_the_machine_is_shared_by(tmp_path: Path) -> None:
    found = environment(Place(tmp_path), 1)
    assert found["IZA_TASKS"] == found["AIRFLOW__CORE__PARALLELISM"] == str(TASKS)
    compose = yaml.safe_load((Path(__file__).parents[2] / "docker-compose.yml").read_text())
    shared = compose["x-airflow-common"]["environment"]
    assert shared["IZA_TASKS"] == shared["AIRFLOW__CORE__PARALLELISM"]
