"""The containers layout: valid Compose, no secret in the file, Airflow's own set of services."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "docker-compose.yml"
TEXT = COMPOSE.read_text(encoding="utf-8")
FILE = yaml.safe_load(TEXT)
SCHEMA = json.loads((Path(__file__).parent / "compose-spec.json").read_text(encoding="utf-8"))
ALWAYS = {
    "postgres",
    "airflow-init",
    "airflow-apiserver",
    "airflow-scheduler",
    "airflow-dag-processor",
    "airflow-triggerer",
}
AIRFLOW = sorted(name for name in FILE["services"] if name.startswith("airflow-"))


def faults(document: dict) -> list[str]:
    validator = jsonschema.Draft7Validator(SCHEMA)
    return [error.json_path for error in validator.iter_errors(document)]


def variables() -> dict[str, set[str]]:
    """Every ``${NAME...}`` of the file and what follows the name: '' , ':-default', ':?message'."""
    found: dict[str, set[str]] = {}
    for name, rest in re.findall(r"(?<!\$)\$\{([A-Z_]+)([^}]*)\}", TEXT):
        found.setdefault(name, set()).add(rest[:2])
    return found


def test_file_follows_the_compose_schema() -> None:
    assert faults(FILE) == []


@pytest.mark.parametrize(
    ("service", "key", "value"),
    [("postgres", "healtcheck", {}), ("redis", "profiles", "celery"), ("airflow-init", "image", 1)],
)
def test_schema_refuses_a_wrong_file(service: str, key: str, value: object) -> None:
    wrong = json.loads(json.dumps(FILE))
    wrong["services"][service][key] = value
    assert faults(wrong) != []


def test_services_without_a_profile_are_those_of_the_local_executor() -> None:
    plain = {name for name, service in FILE["services"].items() if "profiles" not in service}
    assert plain == ALWAYS
    assert FILE["services"]["airflow-worker"]["profiles"] == ["celery"]
    assert FILE["services"]["redis"]["profiles"] == ["celery"]


def test_every_secret_comes_from_outside_and_is_required() -> None:
    for name, forms in variables().items():
        if re.search("PASSWORD|SECRET|FERNET|KEY", name):
            assert forms == {":?"}, name
    values = [
        value
        for service in FILE["services"].values()
        for name, value in service.get("environment", {}).items()
        if re.search("PASSWORD|SECRET|FERNET|_KEY$", name) and not name.endswith("_FILE")
    ]
    assert values
    assert [value for value in values if "${" not in value] == []


def test_one_secret_for_all_components() -> None:
    for name in ("AIRFLOW__API_AUTH__JWT_SECRET", "AIRFLOW__CORE__FERNET_KEY"):
        assert len({FILE["services"][s]["environment"][name] for s in AIRFLOW}) == 1


def test_ports_are_on_the_loopback_address() -> None:
    ports = [port for service in FILE["services"].values() for port in service.get("ports", [])]
    assert ports
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


def test_long_running_services_have_a_health_check_and_wait_for_the_database() -> None:
    for name, service in FILE["services"].items():
        if name in {"airflow-init", "iza"}:
            continue
        assert "healthcheck" in service, name
        if name.startswith("airflow-"):
            assert service["depends_on"]["postgres"] == {"condition": "service_healthy"}
            assert service["depends_on"]["airflow-init"] == {
                "condition": "service_completed_successfully"
            }


def test_volumes_and_mounted_files_exist() -> None:
    for service in FILE["services"].values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (ROOT / source).is_file(), source
            else:
                assert source in FILE["volumes"], source


def test_image_copies_nothing_that_is_ignored_or_missing() -> None:
    kept = re.findall(r"^!(.+)$", (ROOT / "docker/Dockerfile.dockerignore").read_text(), re.M)
    assert {"dags", "ingest", "marts", "publish", "schemas", "dbt_project"} <= set(kept)
    # LICENSE and README are written by others of the house; the rest must be there now.
    assert [name for name in kept if not (ROOT / name).exists()] == []


def pins(file: Path) -> dict[str, str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", "\n".join(lines), re.M))


def test_image_locks_do_not_overlap_and_carry_hashes() -> None:
    own = ROOT / "docker" / "requirements.lock"
    extra = pins(own)
    house = pins(ROOT / "requirements.lock")
    assert {"psycopg2-binary", "asyncpg", "celery", "redis"} <= extra.keys() | house.keys()
    assert extra.keys() & house.keys() == set()
    assert own.read_text(encoding="utf-8").count("--hash=sha256:") >= len(extra)


def test_make_env_fills_every_required_variable_once(tmp_path: Path) -> None:
    script = tmp_path / "make_env.py"
    shutil.copy(ROOT / "docker" / "make_env.py", script)
    subprocess.run([sys.executable, str(script)], check=True, capture_output=True)
    env = (tmp_path / ".env").read_text(encoding="utf-8")
    given = dict(line.split("=", 1) for line in env.splitlines())
    required = {name for name, forms in variables().items() if ":?" in forms}
    assert required <= given.keys()
    assert all(given.values())
    assert len(given["AIRFLOW_JWT_SECRET"]) >= 64
    for secret in (tmp_path / ".env", tmp_path / "sleutel"):
        assert secret.stat().st_mode & 0o077 == 0
    subprocess.run([sys.executable, str(script)], check=True, capture_output=True)
    assert (tmp_path / ".env").read_text(encoding="utf-8") == env


def has_compose() -> bool:
    if shutil.which("docker") is None:
        return False
    asked = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    return asked.returncode == 0


@pytest.mark.skipif(not has_compose(), reason="SKIPPED FOR LACK OF 'docker compose'")
def test_docker_compose_accepts_it(tmp_path: Path) -> None:
    env = tmp_path / "env"
    env.write_text("\n".join(f"{name}=x" for name in variables()), encoding="utf-8")
    command = ["docker", "compose", "--env-file", str(env), "config", "--quiet"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
