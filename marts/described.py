"""The marts as their dbt contracts describe them, read without dbt."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from marts.dbt_run import PROJECT
from marts.uses_yaml import USES_FILE, uses_yaml
from schemas.contract.afleiding import CODES
from schemas.contract.mart import Mart, MartKolom, Marts
from schemas.contract.woorden import gloss

_MODELS, _SEEDS = "models", "seeds"


def described_marts(project: Path = PROJECT) -> Marts:
    """Every model and seed with ``meta.mart: true``, by name.

    Args:
        project: folder with ``dbt_project.yml``.

    Returns:
        The marts with their columns, those of a seed being the ones of its file; and the file of
        the models in ``gebruik/``, which is made of the shared mart's description.
    """
    return Marts(
        marts=tuple(sorted(_marts(project), key=lambda mart: mart.naam)),
        bestanden={f"{project.name}/{USES_FILE}": uses_yaml(project)},
    )


def _marts(project: Path) -> Iterator[Mart]:
    settings = yaml.safe_load((project / "dbt_project.yml").read_text(encoding="utf-8"))
    doelen = settings["models"]["iza_spiegel"]["+meta"]["doelen"]
    for kind, path, node in _nodes(project):
        meta = (node.get("config") or {}).get("meta") or {}
        if not meta.get("mart") and "gebruik" not in path.parts:
            continue
        columns = node.get("columns") or []
        if kind == _SEEDS:
            columns = _of_file(_seed_file(path.parent, node["name"]), columns)
        yield Mart(
            naam=node["name"],
            omschrijving=" ".join(node["description"].split()),
            sleutel=tuple(meta["sleutel"]),
            doelen=tuple(meta.get("doelen", doelen)),
            kolommen=tuple(_column(column) for column in columns),
        )


def _nodes(project: Path) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    for folder in (_MODELS, _SEEDS):
        for path in sorted((project / folder).rglob("*.yml")):
            content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
            for node in content.get(folder) or []:
                yield folder, path, node


def _seed_file(folder: Path, naam: str) -> Path:
    """The file of a seed: beside its description, or a code list of the contracts."""
    own = folder / f"{naam}.csv"
    return own if own.is_file() else CODES / f"{naam}.csv"


def _of_file(path: Path, columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    known = {column["name"]: column for column in columns}
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    return [known.get(name, {"name": name}) for name in header]


def _column(column: dict[str, Any]) -> MartKolom:
    tests = column.get("data_tests") or []
    constraints = [one["type"] for one in column.get("constraints") or []]
    return MartKolom(
        naam=column["name"],
        type=column.get("data_type", ""),
        omschrijving=column.get("description", ""),
        engels=gloss(column["name"]),
        waarden=tuple(
            str(value)
            for test in tests
            if isinstance(test, dict) and "accepted_values" in test
            for value in test["accepted_values"]["arguments"]["values"]
        ),
        verplicht="not_null" in constraints or "not_null" in tests,
    )
