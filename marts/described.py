"""The marts as their dbt contracts describe them, read without dbt."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from marts.dbt_run import PROJECT
from marts.intermediate_yaml import INTERMEDIATE_FILE, intermediate_yaml
from marts.uses_yaml import USES_FILE, uses_yaml
from schemas.contract.afleiding import CODES
from schemas.contract.mart import Mart, MartKolom, Marts
from schemas.contract.mart_afleiding import eenheid, lijst
from schemas.contract.woorden import gloss

_MODELS, _SEEDS = "models", "seeds"


def described_marts(project: Path = PROJECT) -> Marts:
    """Every model and seed with ``meta.mart: true``, by name.

    Args:
        project: folder with ``dbt_project.yml``.

    Returns:
        The marts with their columns, those of a seed being the ones of its file; and the file of
        the models in ``gebruik/``, which is made of the shared mart's description, and that of
        intermediate models, made of the comments they begin with.
    """
    return Marts(
        marts=tuple(sorted(_marts(project), key=lambda mart: mart.naam)),
        bestanden={
            f"{project.name}/{USES_FILE}": uses_yaml(project),
            f"{project.name}/{INTERMEDIATE_FILE}": intermediate_yaml(project),
        },
    )


def _marts(project: Path) -> Iterator[Mart]:
    settings = yaml.safe_load((project / "dbt_project.yml").read_text(encoding="utf-8"))
    doelen = settings["models"]["iza_spiegel"]["+meta"]["doelen"]
    uses = _uses(project)
    for kind, path, node in _nodes(project, _MODELS, _SEEDS):
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
            gebruik=tuple(use for use, marts in uses.items() if node["name"] in marts),
            kolommen=tuple(_column(node["name"], column, columns) for column in columns),
        )


def _uses(project: Path) -> dict[str, set[str]]:
    """The marts each use draws on, as its exposure says."""
    found = {}
    for _kind, _path, exposure in _nodes(project, "exposures"):
        use = exposure["config"]["meta"].get("gebruik")
        if use:
            found[use] = {ref.split("'")[1] for ref in exposure["depends_on"]}
    return dict(sorted(found.items()))


def _nodes(project: Path, *kinds: str) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    for kind in kinds:
        folder = _SEEDS if kind == _SEEDS else _MODELS
        for path in sorted((project / folder).rglob("*.yml")):
            content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
            for node in content.get(kind) or []:
                yield kind, path, node


def _seed_file(folder: Path, naam: str) -> Path:
    """The file of a seed: beside its description, or a code list of the contracts."""
    own = folder / f"{naam}.csv"
    return own if own.is_file() else CODES / f"{naam}.csv"


def _of_file(path: Path, columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    known = {column["name"]: column for column in columns}
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    return [known.get(name, {"name": name}) for name in header]


def _column(mart: str, column: dict[str, Any], columns: list[dict[str, Any]]) -> MartKolom:
    tests = column.get("data_tests") or []
    constraints = [one["type"] for one in column.get("constraints") or []]
    return MartKolom(
        naam=column["name"],
        type=column.get("data_type", ""),
        omschrijving=column.get("description", ""),
        engels=gloss(column["name"]),
        eenheid=eenheid(
            column["name"], column.get("data_type", ""), (one["name"] for one in columns)
        ),
        waarden=tuple(
            str(value)
            for test in tests
            if isinstance(test, dict) and "accepted_values" in test
            for value in test["accepted_values"]["arguments"]["values"]
        ),
        lijst=lijst(column["name"], mart),
        verplicht="not_null" in constraints or "not_null" in tests,
    )
