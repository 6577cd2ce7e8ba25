"""The R4B models of ``fhir.resources`` as JSON Schema: elements, cardinalities, choices, types.

Nothing is written by hand: names, types, what repeats, what is required and which elements exclude
each other come from the models, as ``ingest.fhir.view.types`` reads them. The codes of required
bindings go along: the schema then asks more than the reference, never less.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from ingest.fhir.validation.codes import allowed_codes
from ingest.fhir.validation.formats import FORMATS, LEFT_TO_REFERENCE
from ingest.fhir.view.types import Choice, Element, elements, is_resource, model

Schema = dict[str, Any]

_PRIMITIVE_EXTENSION = "FHIRPrimitiveExtension"
_ANY_RESOURCE = "Resource"
#: Resources that are contained as a rule, most usual first. Loading the models of all types takes
#: two seconds, so a contained resource of another type is left to the reference.
_OFTEN_CONTAINED = (
    "Patient", "Practitioner", "PractitionerRole", "Organization", "Medication", "Observation",
    "Location", "Device", "Condition", "RelatedPerson", "ServiceRequest", "Coverage", "Specimen",
    "Substance", "Procedure", "Encounter",
)  # fmt: skip


def _plain(type_name: str) -> Iterator[Element]:
    for element in elements(type_name).values():
        yield from element.options if isinstance(element, Choice) else (element,)


def _reference(type_name: str) -> Schema:
    return {"$ref": f"#/$defs/{type_name}"}


def _value(type_name: str, element: Element) -> Schema:
    codes = allowed_codes(type_name, element.name) if element.type == "code" else ()
    if codes:
        # one list of codes, with the null of a list, so that a wrong code is one fault
        one: Schema = {"enum": [*codes, None] if element.many else list(codes)}
        return {"type": "array", "items": one} if element.many else one
    one = FORMATS.get(element.type) or _reference(element.type)
    if not element.many:
        return one
    if element.type in FORMATS or element.type == _PRIMITIVE_EXTENSION:
        # a null keeps the values in step with their extensions
        one = {"anyOf": [one, {"type": "null"}]}
    return {"type": "array", "items": one}


def _required(type_name: str) -> list[str]:
    """Names that must be there; a value replaced by an extension is left to the reference."""
    found = model(type_name)
    if found is None:
        return []
    fields = found.model_fields.items()
    names = {field.alias or key for key, field in fields if field.is_required()}
    return sorted(names | {name for name, _ in found.model_construct().get_required_fields()})


def _is_required_choice(type_name: str, choice: Choice) -> bool:
    found = model(type_name)
    option = choice.options[0].name
    extra = next(
        field.json_schema_extra
        for key, field in found.model_fields.items()  # type: ignore[union-attr]
        if (field.alias or key) == option
    )
    return bool(extra["one_of_many_required"])


def _choice(type_name: str, choice: Choice) -> list[Schema]:
    """At most one of the options, and one when it is required."""
    names = [option.name for option in choice.options]
    alone: Schema = {
        "dependentSchemas": {
            name: {"properties": {other: False for other in names if other != name}}
            for name in names
        }
    }
    if _is_required_choice(type_name, choice):
        return [alone, {"anyOf": [{"required": [name]} for name in names]}]
    return [alone]


def _object(type_name: str) -> Schema:
    properties = {
        element.name: _value(type_name, element)
        for element in _plain(type_name)
        if element.type not in LEFT_TO_REFERENCE
    }
    required = _required(type_name)
    if is_resource(type_name):
        properties["resourceType"] = {"const": type_name}
        required = ["resourceType", *required]
    schema: Schema = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "required": required,
    }
    rules = [
        rule
        for choice in elements(type_name).values()
        if isinstance(choice, Choice)
        for rule in _choice(type_name, choice)
    ]
    if type_name == _PRIMITIVE_EXTENSION:
        rules = [{"anyOf": [{"required": ["extension"]}, {"required": ["id"]}]}]
    if type_name == "Extension":
        # nearly all: a url and one thing more, so no two values
        rules = [{"anyOf": [{"maxProperties": 2}, {"allOf": rules}]}]
    return schema | {"allOf": rules} if rules else schema


def _any_resource() -> Schema:
    schema: Schema = {"not": {}}
    for name in reversed(_OFTEN_CONTAINED):
        schema = {
            "if": {"properties": {"resourceType": {"const": name}}},
            "then": _reference(name),
            "else": schema,
        }
    return {"type": "object", "required": ["resourceType"], **schema}


@cache
def _definition(type_name: str) -> Schema:
    return _any_resource() if type_name == _ANY_RESOURCE else _object(type_name)


def _used_by(type_name: str) -> list[str]:
    if type_name == _ANY_RESOURCE:
        return list(_OFTEN_CONTAINED)
    types = {element.type for element in _plain(type_name)}
    return sorted(types - FORMATS.keys() - LEFT_TO_REFERENCE)


def definitions(type_name: str) -> dict[str, Schema]:
    """A JSON Schema definition of a type and of every type it can hold, by type name."""
    found: dict[str, Schema] = {}
    waiting = [type_name]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = _definition(name)
            waiting += _used_by(name)
    return found
