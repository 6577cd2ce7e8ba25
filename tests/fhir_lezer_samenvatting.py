"""An independent reading of the patient summary: rows each table should hold, by plain Python.

It walks parsed JSON and knows nothing of views or SQL. ``TABELLEN`` gives for every table the
resource type and a function from a resource to its rows; a row holds the columns compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]
Row = dict[str, Any]
Reading = Callable[[Json], list[Row]]

SNOMED = "http://snomed.info/sct"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
NICTIZ = "http://nictiz.nl/fhir/StructureDefinition/"
BSN = ("http://fhir.nl/fhir/NamingSystem/bsn", "urn:oid:2.16.840.1.113883.2.4.6.3")
AGB = ("http://fhir.nl/fhir/NamingSystem/agb-z", "urn:oid:2.16.840.1.113883.2.4.6.1")
UZOVI = ("http://fhir.nl/fhir/NamingSystem/uzovi", "urn:oid:2.16.840.1.113883.2.4.6.4")


def walk(node: Any, path: str) -> list[Any]:
    """Everything at a dotted path; lists are entered, what is missing is left out."""
    found = [node]
    for name in path.split("."):
        deeper = [one[name] for one in found if isinstance(one, dict) and name in one]
        found = [x for one in deeper for x in (one if isinstance(one, list) else [one])]
    return [one for one in found if one is not None]


def one(node: Any, *paths: str) -> Any:
    """The first value at the first path that has any."""
    return next((value for path in paths for value in walk(node, path)), None)


def codings(node: Any, path: str) -> list[tuple[str | None, str | None]]:
    """System and code of every coding of the concepts at a path."""
    return [(c.get("system"), c.get("code")) for c in walk(node, f"{path}.coding")]


def of_system(node: Any, path: str, system: str) -> str | None:
    """First code of a system, wherever it stands."""
    return next((code for found, code in codings(node, path) if found == system), None)


def key(node: Any, path: str, *kinds: str) -> str | None:
    """``Type/id`` of the first reference at a path, if it is to one of the kinds."""
    for text in walk(node, f"{path}.reference"):
        parts = str(text).split("/_history/")[0].split("/")
        good = len(parts) > 1 and parts[-2][:1].isupper() and parts[-1]
        if good and (not kinds or parts[-2] in kinds):
            return "/".join(parts[-2:])
    return None


def extensions(node: Any, url: str, value: str) -> list[Any]:
    """Values of the extensions with a URL."""
    return [v for e in walk(node, "extension") if e.get("url") == url for v in walk(e, value)]


def identified(node: Any, path: str, systems: tuple[str, ...]) -> str | None:
    """Value of the first identifier of one of the systems."""
    found = walk(node, f"{path}.identifier")
    return next((i.get("value") for i in found if i.get("system") in systems), None)


def absent(concept: Any) -> str | None:
    """Why a concept has no code."""
    said = extensions(concept or {}, ABSENT, "valueCode")
    system = f"{TERMINOLOGY}data-absent-reason"
    said += [c.get("code") for c in walk(concept, "coding") if c.get("system") == system]
    return next(iter(said), None)


def base(resource: Json, who: str) -> Row:
    """Identity and patient."""
    return {
        "resource_ref": f"{resource['resourceType']}/{resource['id']}",
        "profiel": one(resource, "meta.profile"),
        "patient_ref": key(resource, who, "Patient"),
        "patient_bsn": identified(resource, who, BSN),
    }


def coded(who: str, concept: str, more: Callable[[Json], Row]) -> Reading:
    """Rows of a table with a row a coding of one concept, or one row without a code."""

    def reading(resource: Json) -> list[Row]:
        found = codings(resource, concept) or _contained(resource, concept) or [(None, None)]
        rest = base(resource, who) | more(resource)
        return [{**rest, "code_stelsel": system, "code": code} for system, code in found]

    return reading


def _contained(resource: Json, concept: str) -> list[tuple[str | None, str | None]]:
    """Codings of a contained Medication where an element may be a code or a reference."""
    name = str(one(resource, concept.replace("CodeableConcept", "Reference") + ".reference") or "")
    inside = [c for c in walk(resource, "contained") if f"#{c.get('id')}" == name]
    return codings({"c": inside}, "c.code") if concept.startswith("medication") else []


def features(who: str, **paths: str) -> Reading:
    """Rows of a table with a row a coding of several elements."""

    def reading(resource: Json) -> list[Row]:
        return [
            {**base(resource, who), "soort": soort, "code_stelsel": system, "code": code}
            for soort, path in paths.items()
            for system, code in codings(resource, path)
        ]

    return reading


def nested(who: str, path: str, concept: str, nr: str, more: Callable[[Json], Row]) -> Reading:
    """Rows of a table with a row an item of a list and a coding of the item."""
    name = {"code": ("code_stelsel", "code")}

    def reading(resource: Json) -> list[Row]:
        kind = "code" if concept in ("manifestation", "vaccineCode", "itemCodeableConcept") else ""
        system_name, code_name = name.get(kind, ("rol_stelsel", "rol_code"))
        return [
            {**base(resource, who), nr: n, **more(item), system_name: system, code_name: code}
            for n, item in enumerate(walk(resource, path))
            for system, code in codings(item, concept) or [(None, None)]
        ]

    return reading


def dosage(who: str, path: str) -> Reading:
    """Rows of a dosage table: dosage instruction x dose."""

    def reading(resource: Json) -> list[Row]:
        return [
            {
                **base(resource, who),
                "dosering_nr": n,
                "dosis_nr": m,
                "frequentie": one(item, "timing.repeat.frequency"),
                "periode_duur": one(item, "timing.repeat.period"),
                "periode_eenheid": one(item, "timing.repeat.periodUnit"),
                "weg_code": of_system(item, "route", SNOMED) or one(item, "route.coding.code"),
                "dosis_waarde": one(dose, "doseQuantity.value"),
                "dosis_stelsel": one(dose, "doseQuantity.system"),
                "dosis_eenheid": one(dose, "doseQuantity.code"),
            }
            for n, item in enumerate(walk(resource, path))
            for m, dose in enumerate(walk(item, "doseAndRate") or [{}])
        ]

    return reading


def _valued(item: Json) -> Iterator[Row]:
    for system, code in codings(item, "valueCodeableConcept") or [(None, None)]:
        yield {
            "code": of_system(item, "code", SNOMED) or one(item, "code.coding.code"),
            "waarde_stelsel": system,
            "waarde_code": code,
            "waarde": one(item, "valueQuantity.value", "valueInteger"),
        }


SUBSTANCES = {
    (SNOMED, "228366006"), (SNOMED, "228273003"), (SNOMED, "365980008"),
    *(("http://loinc.org", c) for c in ("72166-2", "74013-4", "11331-6", "11367-0", "11343-1")),
}  # fmt: skip


def substance(resource: Json) -> list[Row]:
    """An observation of drugs, alcohol or tobacco."""
    if not SUBSTANCES & set(codings(resource, "code")):
        return []
    times = {
        "status": resource.get("status"),
        "begin": one(resource, "effectiveDateTime", "effectiveInstant", "effectivePeriod.start"),
        "eind": one(resource, "effectivePeriod.end"),
    }
    return [{**base(resource, "subject"), **times, **row} for row in _valued(resource)]


def substance_part(resource: Json) -> list[Row]:
    """Its components."""
    parts = walk(resource, "component") if SUBSTANCES & set(codings(resource, "code")) else []
    return [
        {**base(resource, "subject"), "onderdeel_nr": n, **row}
        for n, item in enumerate(parts)
        for row in _valued(item)
    ]
