"""The contracts of the models in ``gebruik/``: the columns of the shared mart as it says them.

A use selects, filters and renames; what its columns mean is said once, by ``spiegel_indicator``.
Its own part of the file (name, description, key) is kept as it is written.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from marts.dbt_run import PROJECT

USES_FILE = "models/gebruik/_gebruik.yml"
_SHARED_FILE = "models/spiegel/_spiegel_indicator.yml"

_HEADER = """\
# Columns are made by 'iza contract write' from models/spiegel/_spiegel_indicator.yml; change them
# there. Names, descriptions and keys of the models are written here.
version: 2

models:
"""


def uses_yaml(project: Path = PROJECT) -> str:
    """The file, with the columns as the shared mart describes them now.

    Args:
        project: folder with ``dbt_project.yml``.

    Returns:
        YAML; writing it and reading it again gives the same.
    """
    models = yaml.safe_load((project / USES_FILE).read_text(encoding="utf-8"))["models"]
    shared = yaml.safe_load((project / _SHARED_FILE).read_text(encoding="utf-8"))["models"][0]
    columns = "".join(
        f"      - {_column(column)}\n" for column in shared["columns"] if _in_uses(column)
    )
    return _HEADER + "".join(_head(model) + columns for model in models)


def _in_uses(column: dict[str, Any]) -> bool:
    """Whether uses have a column too: all but those that the shared mart keeps to itself."""
    return not column.get("config", {}).get("meta", {}).get("alleen_spiegel", False)


def _column(column: dict[str, Any]) -> str:
    return (
        f"{{name: {column['name']}, data_type: {_text(column['data_type'])}, "
        f"description: {_text(column['description'])}}}"
    )


def _head(model: dict[str, Any]) -> str:
    meta = model["config"]["meta"]
    return (
        f"  - name: {model['name']}\n"
        f"    description: {_text(model['description'])}\n"
        f"    access: {model['access']}\n"
        f"    config:\n"
        f"      meta: {json.dumps(meta, ensure_ascii=False)}\n"
        f"    columns:\n"
    )


def _text(value: str) -> str:
    return json.dumps(" ".join(value.split()), ensure_ascii=False)
