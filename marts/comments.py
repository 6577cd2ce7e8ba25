"""What a reader of the serving file is told beside each mart and column, made of dbt's manifest."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from schemas.contract.mart_afleiding import eenheid, lijst


@dataclass(frozen=True)
class Comments:
    """Comments in plain Dutch: description, unit, values, and what a row is.

    Attributes:
        gebruik: by dbt id of a mart, the uses whose exposure draws on it.
        extracten: by dbt id of a mart, the extracts that are published of it.
        waarden: by dbt id and column, the only values the contract allows.
    """

    gebruik: dict[str, list[str]]
    extracten: dict[str, list[str]]
    waarden: dict[tuple[str, str], list[str]]

    @classmethod
    def of(cls, manifest: dict[str, Any]) -> Comments:
        """What the exposures and tests of a manifest say.

        Args:
            manifest: dbt's ``manifest.json``.
        """
        waarden = {}
        for node in manifest["nodes"].values():
            test = node.get("test_metadata") or {}
            if test.get("name") == "accepted_values" and not node.get("config", {}).get("where"):
                column = (node["attached_node"], node["column_name"])
                waarden[column] = [str(value) for value in test["kwargs"]["values"]]
        return cls(_exposed(manifest, "gebruik"), _exposed(manifest, "extract"), waarden)

    def mart(self, node: dict[str, Any]) -> str:
        """What a mart holds, which columns name a row, and for which use it is.

        Args:
            node: a model or seed of the manifest, with ``meta.sleutel``.
        """
        parts = [
            _sentence(node["description"]),
            f"Eén rij per {_listed(node['config']['meta']['sleutel'])}.",
        ]
        uses = self.gebruik.get(node["unique_id"])
        extracts = self.extracten.get(node["unique_id"])
        if uses:
            parts.append(f"Voor {_listed(uses)}.")
        if extracts:
            parts.append(f"Wordt gepubliceerd als extract {_listed(extracts)}.")
        if not uses and not extracts:
            parts.append("Voor beheer.")
        return " ".join(parts)

    def columns(self, node: dict[str, Any]) -> dict[str, str]:
        """Of each described column what it holds, its unit and its values.

        Args:
            node: a model or seed of the manifest.
        """
        return {naam: self._column(node, naam) for naam in node["columns"]}

    def _column(self, node: dict[str, Any], naam: str) -> str:
        column = node["columns"][naam]
        text = _sentence(column["description"])
        parts = [text]
        unit = eenheid(naam, column.get("data_type") or "", node["columns"])
        if unit:
            parts.append(f"Eenheid: {unit}.")
        values = self.waarden.get((node["unique_id"], naam), [])
        if not all(value in text for value in values):
            parts.append(f"Waarden: {', '.join(values)}.")
        codes = lijst(naam, node["name"])
        if codes and codes not in text:
            parts.append(f"Zie {codes}.")
        return " ".join(parts)


def _exposed(manifest: dict[str, Any], key: str) -> dict[str, list[str]]:
    """By dbt id of a mart, what the exposures that draw on it have in their meta under a key."""
    found = defaultdict(set)
    for exposure in manifest.get("exposures", {}).values():
        meta = {**exposure.get("meta", {}), **exposure.get("config", {}).get("meta", {})}
        for unique_id in exposure["depends_on"]["nodes"] if key in meta else ():
            found[unique_id].add(str(meta[key]))
    return {unique_id: sorted(names) for unique_id, names in found.items()}


def _sentence(text: str) -> str:
    line = " ".join(text.split())
    return line if line.endswith((".", "?")) else f"{line}."


def _listed(names: list[str]) -> str:
    return " en ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
