"""What FHIR says an element is: type and cardinality, from the R4B models of fhir.resources.

Nothing is guessed from data. The names of the models serve as type names, so an element of a
backbone element has a type such as ``ObservationComponent``.
"""

from __future__ import annotations

import typing
from dataclasses import dataclass
from functools import cache
from typing import Any

from fhir.resources.R4B import fhirtypes, get_fhir_model_class
from fhir.resources.R4B.resource import Resource

#: FHIR primitive type -> DuckDB type. A decimal stays text: 2.00 is not 2.0.
PRIMITIVES: dict[str, str] = {
    "boolean": "BOOLEAN",
    "integer": "INTEGER",
    "integer64": "BIGINT",
    "positiveInt": "INTEGER",
    "unsignedInt": "INTEGER",
    "decimal": "VARCHAR",
    "date": "VARCHAR",
    "dateTime": "VARCHAR",
    "instant": "VARCHAR",
    "time": "VARCHAR",
    "string": "VARCHAR",
    "code": "VARCHAR",
    "id": "VARCHAR",
    "uri": "VARCHAR",
    "url": "VARCHAR",
    "canonical": "VARCHAR",
    "oid": "VARCHAR",
    "uuid": "VARCHAR",
    "markdown": "VARCHAR",
    "base64Binary": "VARCHAR",
    "xhtml": "VARCHAR",
}

#: What can be compared with each other.
FAMILIES: dict[str, str] = {
    "boolean": "boolean",
    "integer": "number",
    "integer64": "number",
    "positiveInt": "number",
    "unsignedInt": "number",
    "decimal": "number",
    "date": "date",
    "dateTime": "date",
    "instant": "date",
    "time": "time",
}

_MARKS = {
    "DateTime": "dateTime", "Date": "date", "Instant": "instant", "Time": "time",
    "String": "string", "Code": "code", "Id": "id", "Uri": "uri", "Url": "url",
    "Canonical": "canonical", "Oid": "oid", "UuidVersion": "uuid", "Markdown": "markdown",
    "Base64Binary": "base64Binary", "Decimal": "decimal", "Integer": "integer",
    "Integer64": "integer64", "PositiveInt": "positiveInt", "UnsignedInt": "unsignedInt",
    "Xhtml": "xhtml",
}  # fmt: skip
_PLAIN = {bool: "boolean", int: "integer", str: "string"}

#: Resource types of R4 (4.0.1) that R4B no longer has, and so have no model here. [from memory]
_R4_ONLY = frozenset(
    [
        "EffectEvidenceSynthesis", "MedicinalProduct", "MedicinalProductAuthorization",
        "MedicinalProductContraindication", "MedicinalProductIndication",
        "MedicinalProductIngredient", "MedicinalProductInteraction",
        "MedicinalProductManufactured", "MedicinalProductPackaged",
        "MedicinalProductPharmaceutical", "MedicinalProductUndesirableEffect",
        "RiskEvidenceSynthesis", "SubstanceNucleicAcid", "SubstancePolymer",
        "SubstanceProtein", "SubstanceReferenceInformation", "SubstanceSourceMaterial",
        "SubstanceSpecification",
    ]
)  # fmt: skip
_ABSTRACT = frozenset({"Resource", "DomainResource"})


@dataclass(frozen=True)
class Element:
    """An element of a type.

    Attributes:
        name: its key in JSON.
        type: FHIR type name.
        many: whether it repeats.
    """

    name: str
    type: str
    many: bool


@dataclass(frozen=True)
class Choice:
    """An element written with ``[x]``: one of several types."""

    name: str
    options: tuple[Element, ...]

    def of_type(self, type_name: str) -> Element | None:
        """The option of that type, or None."""
        return next((o for o in self.options if o.type == type_name), None)


@cache
def model(type_name: str) -> Any | None:
    """The R4B model of a type, or None when there is no such type."""
    if not hasattr(getattr(fhirtypes, f"{type_name}Type", None), "get_model_klass"):
        return None
    return get_fhir_model_class(type_name)


@cache
def is_resource(type_name: str) -> bool:
    """Whether a type is a concrete R4B resource type."""
    found = model(type_name)
    return found is not None and issubclass(found, Resource) and type_name not in _ABSTRACT


def is_r4_resource(type_name: str) -> bool:
    """Whether a resource type exists in FHIR R4 or R4B."""
    return type_name in _R4_ONLY or is_resource(type_name)


def _element_type(annotation: Any) -> tuple[str, bool] | None:
    """Type name and whether it repeats, of the annotation of a model field."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        marks = [_MARKS[name] for m in arguments[1:] if (name := type(m).__name__) in _MARKS]
        return (marks[-1], False) if marks else None
    if origin is list:
        inside = _element_type(arguments[0])
        return (inside[0], True) if inside else None
    if origin is not None:
        inner = [_element_type(a) for a in arguments if a is not type(None)]
        return inner[0] if inner else None
    if annotation in _PLAIN:
        return _PLAIN[annotation], False
    return annotation.__name__.removesuffix("Type"), False


@cache
def elements(type_name: str) -> dict[str, Element | Choice]:
    """The elements of a type by name; a choice element under its name without type."""
    found = model(type_name)
    if found is None:
        return {}
    plain: dict[str, Element | Choice] = {}
    choices: dict[str, list[Element]] = {}
    for key, field in found.model_fields.items():
        typed = _element_type(field.annotation)
        if typed is None or key == "fhir_comments":
            continue
        element = Element(field.alias or key, *typed)
        choice = (field.json_schema_extra or {}).get("one_of_many")
        if choice:
            choices.setdefault(choice, []).append(element)
        else:
            plain[element.name] = element
    return plain | {name: Choice(name, tuple(options)) for name, options in choices.items()}
