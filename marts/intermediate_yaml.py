"""What an intermediate model is for, told to dbt once: by the comment its SQL begins with."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from marts.dbt_run import PROJECT

INTERMEDIATE_FILE = "models/_intermediate.yml"

_HEADER = """\
# Made by 'iza contract write' from the comment each of these models begins with; change that.
version: 2

models:
"""


def intermediate_yaml(project: Path = PROJECT) -> str:
    """The file, with every intermediate model that no hand-written file describes.

    Args:
        project: folder with ``dbt_project.yml``.

    Returns:
        YAML, by name of the model.
    """
    models = project / "models"
    own = project / INTERMEDIATE_FILE
    described = {
        model["name"]
        for path in models.rglob("*.yml")
        if path != own
        for model in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("models") or ()
    }
    paths = {path.stem: path for path in models.rglob("int_*.sql") if path.stem not in described}
    return _HEADER + "".join(
        f"  - name: {naam}\n    description: {json.dumps(opening(path), ensure_ascii=False)}\n"
        for naam, path in sorted(paths.items())
    )


def opening(path: Path) -> str:
    """The comment a model begins with, in one line; empty when it begins with something else."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return " ".join(lines)
