"""What profiles ask beyond structure: ``schemas/fhir/profielregels.csv``, compiled to JSON Schema.

A rule without profile holds for every resource of its type. ``element`` is a path; only the
elements that are there are followed. The rules:

* ``verplicht``: the last element of the path is there;
* ``code``: if the element is there, a coding of it is the fixed code (or one of several rows);
* ``bevat``: one of the elements at the path has the fixed code (a mandatory slice);
* ``codelijst``: if the element is there, a coding of it is in the list;
* ``eenheid``: a quantity has one of the units; if a code is given, where it stands beside it.

An element whose value is replaced by the data-absent-reason extension counts as there and right.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs

import schemas
from ingest.fhir.view.types import Choice, Element, elements

_FILE = Path(schemas.__file__).parent / "fhir" / "profielregels.csv"
_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_REASONS = {
    "verplicht": "FHIR-PROFIEL-VERPLICHT",
    "bevat": "FHIR-PROFIEL-CODE",
    "code": "FHIR-PROFIEL-CODE",
    "codelijst": "FHIR-CODELIJST",
    "eenheid": "FHIR-EENHEID",
}

Schema = dict[str, Any]


def _has(key: str, schema: Schema) -> Schema:
    return {"required": [key], "properties": {key: schema}}


def _contains(key: str, schema: Schema) -> Schema:
    return _has(key, {"contains": schema})


_IS_ABSENT = _contains("extension", _has("url", {"const": _ABSENT}))


@dataclass(frozen=True)
class Regel:
    """One rule.

    Attributes:
        reden_code: what is said of a resource that does not meet it.
        element: where.
        schema: what a resource that meets it conforms to.
        code: system and code beside the element, when the rule holds for that code alone.
    """

    reden_code: str
    element: str
    schema: Schema
    code: tuple[str, str] | None


@dataclass(frozen=True)
class _Row:
    profiel: str
    resource: str
    regel: str
    element: str
    stelsel: str
    code: str
    eenheid: str
    bron: str


def _element(type_name: str, name: str) -> Element | Choice:
    found = elements(type_name).get(name.removesuffix("[x]"))
    if found is not None:
        return found
    for choice in elements(type_name).values():
        if isinstance(choice, Choice):
            for option in choice.options:
                if option.name == name:
                    return option
    raise AssertionError(f"profielregels.csv: {type_name} has no element {name}")


def _one(type_name: str, name: str) -> Element:
    found = _element(type_name, name)
    if isinstance(found, Choice):
        raise AssertionError(f"profielregels.csv: {type_name}.{name} has several types")
    return found


def _each(type_name: str, path: list[str], schema: Schema) -> Schema:
    """Everything at the path, as far as it is there, meets the schema."""
    if not path:
        return schema
    element = _one(type_name, path[0])
    inner = _each(element.type, path[1:], schema)
    return {"properties": {element.name: {"items": inner} if element.many else inner}}


def _some(type_name: str, path: list[str], schema: Schema) -> Schema:
    """Something at the path is there and meets the schema."""
    if not path:
        return schema
    element = _one(type_name, path[0])
    inner = _some(element.type, path[1:], schema)
    return (_contains if element.many else _has)(element.name, inner)


def _coding(pairs: Iterable[tuple[str, str]]) -> Schema:
    """A CodeableConcept with one of these codes; each pair may name several, between bars."""
    codes: dict[str, list[str]] = defaultdict(list)
    for stelsel, code in pairs:
        codes[stelsel] += code.split("|")
    one: list[Schema] = [
        {
            "required": ["code", "system"],
            "properties": {"code": {"enum": listed}, "system": {"const": stelsel}},
        }
        for stelsel, listed in codes.items()
    ]
    return _contains("coding", one[0] if len(one) == 1 else {"anyOf": one})


def _coded(pairs: Iterable[tuple[str, str]]) -> Schema:
    """A CodeableConcept with one of these codes, or with a reason why it has none."""
    return {"anyOf": [_coding(pairs), _IS_ABSENT]}


def _mandatory(type_name: str, path: list[str]) -> Schema:
    *before, last = path
    inner_type = type_name
    for name in before:
        inner_type = _one(inner_type, name).type
    found = _element(inner_type, last)
    names = [o.name for o in found.options] if isinstance(found, Choice) else [found.name]
    there = [{"required": [n]} for name in names for n in (name, f"_{name}")]
    return _each(type_name, before, {"anyOf": [*there, _IS_ABSENT]})


def _unit(type_name: str, row: _Row) -> Schema:
    """A quantity with a value has one of the units, where the code beside it is the given one."""
    *before, last = row.element.split(".")
    units = {
        "anyOf": [_has("code", {"enum": row.eenheid.split("|")}), {"not": {"required": ["value"]}}]
    }
    holds: Schema = {"properties": {last: units}}
    if row.code:
        beside = _has("code", _coding([(row.stelsel, row.code)]))
        holds = {"if": beside, "then": holds}
    return _each(type_name, before, holds)


def _schema(rows: list[_Row]) -> Schema:
    row = rows[0]
    path = row.element.split(".")
    pairs = [(r.stelsel, r.code) for r in rows]
    if row.regel == "verplicht":
        return _mandatory(row.resource, path)
    if row.regel == "eenheid":
        return _unit(row.resource, row)
    if row.regel == "bevat":
        return _some(row.resource, path, _coded(pairs))
    first = _one(row.resource, path[0])
    if first.many and len(path) == 1:
        return {"anyOf": [_some(row.resource, path, _coded(pairs)), {"not": {"required": path}}]}
    return _each(row.resource, path, _coded(pairs))


@cache
def _rules() -> dict[tuple[str, str], tuple[Regel, ...]]:
    """The rules by profile (empty: every profile) and resource type."""
    groups: dict[tuple[str, ...], list[_Row]] = defaultdict(list)
    with _FILE.open(encoding="utf-8", newline="") as file:
        for values in csv.DictReader(file):
            row = _Row(**values)
            # fixed codes of one element are alternatives; other rules stand alone
            alone = "" if row.regel == "code" else f"{row.stelsel}|{row.code}"
            groups[row.profiel, row.resource, row.regel, row.element, alone].append(row)
    found: dict[tuple[str, str], list[Regel]] = defaultdict(list)
    for (profiel, resource, regel, element, _), rows in groups.items():
        code = (rows[0].stelsel, rows[0].code) if regel == "eenheid" and rows[0].code else None
        rule = Regel(_REASONS[regel], f"{resource}.{element}", _schema(rows), code)
        found[profiel, resource].append(rule)
    return {key: tuple(rules) for key, rules in found.items()}


@cache
def profiles_with_rules() -> frozenset[str]:
    """The canonicals that have rules of their own."""
    return frozenset(profiel for profiel, _ in _rules() if profiel)


@dataclass(frozen=True)
class RuleSet:
    """The rules of a resource type with certain profiles."""

    regels: tuple[tuple[Regel, Any], ...]
    all_of: Any

    def broken(self, inhoud: Any) -> list[Regel]:
        """The rules that a resource does not meet; of a resource that meets all, at little cost."""
        if self.all_of is None or self.all_of.is_valid(inhoud):
            return []
        return [regel for regel, validator in self.regels if not validator.is_valid(inhoud)]


def _together(rules: list[Regel]) -> Schema:
    """All rules as one; those for certain codes are passed by at once by other codes."""
    always = [rule.schema for rule in rules if rule.code is None]
    coded: dict[str, list[Regel]] = defaultdict(list)
    for rule in rules:
        if rule.code is not None:
            coded[rule.element].append(rule)
    for element, some in coded.items():
        naam, *before, _ = element.split(".")
        beside = _has("code", _coding([rule.code for rule in some if rule.code]))
        gate = _some(naam, before, beside)
        always.append({"if": gate, "then": {"allOf": [rule.schema for rule in some]}})
    return {"allOf": always}


@cache
def rule_set(naam: str, profielen: tuple[str, ...]) -> RuleSet:
    """The rules for a resource.

    Args:
        naam: its type.
        profielen: those of its profiles that have rules.
    """
    rules = [r for profiel in ("", *profielen) for r in _rules().get((profiel, naam), ())]
    if not rules:
        return RuleSet((), None)
    return RuleSet(
        tuple((rule, jsonschema_rs.validator_for(rule.schema)) for rule in rules),
        jsonschema_rs.validator_for(_together(rules)),
    )


@lru_cache(maxsize=10_000)
def _rule_set_of(naam: str, *profielen: str) -> RuleSet:
    named = {profiel.partition("|")[0] for profiel in profielen}
    return rule_set(naam, tuple(sorted(named & profiles_with_rules())))


def broken_rules(naam: str, inhoud: dict[str, Any]) -> list[Regel]:
    """The rules that a structurally valid resource does not meet.

    Args:
        naam: its type.
        inhoud: its content; ``meta.profile`` decides which rules there are.
    """
    meta = inhoud.get("meta")
    profielen = meta.get("profile") if isinstance(meta, dict) else None
    if not isinstance(profielen, list):
        return _rule_set_of(naam).broken(inhoud)
    return _rule_set_of(naam, *(p for p in profielen if isinstance(p, str))).broken(inhoud)
