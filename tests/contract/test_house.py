"""The house rules a machine can see: rooms, one-way imports, sizes, names, addresses."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ["schemas", "ingest", "marts", "publish", "synthetic", "demo", "dags"]

#: What a room may import of the others; ``ingest.commands`` and ``demo`` sit on top of all.
MAY_IMPORT = {
    "schemas": set(),
    "ingest": {"schemas"},
    "marts": {"schemas", "ingest"},
    "publish": {"schemas", "ingest", "marts"},
    "synthetic": {"schemas"},
    "dags": {"schemas", "ingest", "marts", "publish"},
}


def tracked(*suffixes: str) -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    return [ROOT / n for n in names if n.endswith(suffixes) and (ROOT / n).is_file()]


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_imports_run_one_way(room: str) -> None:
    wrong = []
    for file in sorted((ROOT / room).rglob("*.py")):
        if file.is_relative_to(ROOT / "ingest" / "commands"):
            continue
        for module in imports(file):
            top = module.split(".")[0]
            if top in ROOMS and top != room and top not in MAY_IMPORT[room]:
                wrong.append(f"{file.relative_to(ROOT)} imports {module}")
            if module.startswith("ingest.commands") and file.name != "cli.py":
                wrong.append(f"{file.relative_to(ROOT)} imports {module}")
    assert wrong == []


def test_no_file_passes_400_lines() -> None:
    long = {
        str(file.relative_to(ROOT)): lines
        for file in tracked(".py", ".sql", ".html", ".js", ".css")
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_no_room_without_a_name_of_its_own() -> None:
    nameless = re.compile(r"(^|/)(utils?|helpers?|common|misc)(\.py|/)", re.IGNORECASE)
    assert [str(f) for f in tracked("") if nameless.search(str(f.relative_to(ROOT)))] == []


def test_no_download_address_is_recorded() -> None:
    hosts = re.compile("files[.]pythonhosted|pypi[.]org/simple|registry[.]npmjs")
    found = [
        str(file.relative_to(ROOT))
        for file in tracked(".lock", ".txt", ".toml", ".json", ".yml", ".yaml", ".in", "Makefile")
        if hosts.search(file.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []
    assert not (ROOT / "uv.lock").exists()


def test_only_the_r4b_models_of_fhir_resources() -> None:
    wrong = [
        f"{file.relative_to(ROOT)}: {module}"
        for file in tracked(".py")
        for module in imports(file)
        if module.startswith("fhir.resources") and not module.startswith("fhir.resources.R4B")
    ]
    assert wrong == []


def test_every_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    start = text.index("\ndependencies = [")
    block = text[start : text.index("[project.scripts]")]
    lines = [line for line in block.splitlines() if line.strip().startswith('"')]
    assert len(lines) > 10
    assert [line for line in lines if "#" not in line] == []


def test_tests_assert_something() -> None:
    empty = []
    for file in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
                body = ast.dump(node)
                if not any(w in body for w in ("Assert(", "raises", "assert_", "verify", "check")):
                    empty.append(f"{file.name}:{node.lineno} {node.name}")
    assert empty == []
