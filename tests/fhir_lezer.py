"""An independent reading of FHIR JSON: what each table should hold, written without views or SQL.

It walks parsed JSON with plain Python. Numbers stay text, so a digit that gets lost shows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Row = dict[str, Any]

SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
INTERPRETATIE = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
CATEGORIE = {
    "http://terminology.hl7.org/CodeSystem/observation-category",
    "http://hl7.org/fhir/observation-category",
}
AGB = {"http://fhir.nl/fhir/NamingSystem/agb-z", "urn:oid:2.16.840.1.113883.2.4.6.1"}


def resources(path: Path) -> Iterator[Json]:
    """Every resource of a JSON or NDJSON file, Bundles taken apart, references resolved."""
    text = path.read_text(encoding="utf-8-sig")
    texts = text.splitlines() if path.suffix == ".ndjson" else [text]
    for one in texts:
        if one.strip():
            yield from _apart(json.loads(one, parse_float=str, parse_int=str))


def _apart(content: Json) -> Iterator[Json]:
    if content["resourceType"] != "Bundle":
        yield content
        return
    entries = [entry for entry in content.get("entry", []) if "resource" in entry]
    known = {
        e.get("fullUrl"): f"{e['resource']['resourceType']}/{e['resource'].get('id')}"
        for e in entries
    }
    for entry in entries:
        yield _resolved(entry["resource"], known)


def _resolved(node: Any, known: dict[str | None, str]) -> Any:
    if isinstance(node, list):
        return [_resolved(one, known) for one in node]
    if not isinstance(node, dict):
        return node
    found = {key: _resolved(value, known) for key, value in node.items()}
    if isinstance(node.get("reference"), str):
        found["reference"] = known.get(node["reference"], node["reference"])
    return found


def key(reference: Any, *kinds: str) -> str | None:
    """``Type/id`` of a reference, when it is to one of ``kinds`` (any, when none is named)."""
    text = (reference or {}).get("reference", "") if isinstance(reference, dict) else ""
    parts = text.split("/_history/")[0].split("/")
    if len(parts) < 2 or not parts[-2][:1].isupper() or (kinds and parts[-2] not in kinds):
        return None
    return "/".join(parts[-2:])


def listed(value: Any) -> list[Any]:
    """A list of what may be one, many or nothing."""
    return value if isinstance(value, list) else [] if value is None else [value]


def pick(concepts: Any, system: str | None = None) -> tuple[str | None, str | None]:
    """System and code of the preferred coding of concepts, or else of the first."""
    codings = [c for concept in listed(concepts) for c in concept.get("coding", [])]
    chosen = next((c for c in codings if system and c.get("system") == system), None)
    chosen = chosen or next(iter(codings), {})
    return chosen.get("system"), chosen.get("code")


def codings(concept: Any) -> list[Json]:
    """All codings of a concept; one empty one when it has none."""
    return (concept or {}).get("coding") or [{}]


def performer(references: Any) -> str | None:
    """Who did it: an organisation, else a role, else a professional."""
    for kind in ("Organization", "PractitionerRole", "Practitioner"):
        for reference in listed(references):
            if found := key(reference, kind):
                return found
    return None


def agb(identifiers: Any) -> str | None:
    """The AGB code among identifiers."""
    return next((i.get("value") for i in listed(identifiers) if i.get("system") in AGB), None)


def shared(resource: Json, recorded: str | None) -> Row:
    """What every table has of a resource that belongs to a patient."""
    return {
        "resource_ref": f"{resource['resourceType']}/{resource['id']}",
        "laatst_gewijzigd": resource.get("meta", {}).get("lastUpdated"),
        "geregistreerd_op": resource.get(recorded) if recorded else None,
        "patient_ref": key(resource.get("subject"), "Patient"),
        "status": resource.get(
            "lifecycleStatus" if resource["resourceType"] == "Goal" else "status"
        ),
    }


def _quantity(value: Any) -> Row:
    quantity = value.get("valueQuantity", {})
    number = quantity.get("value", value.get("valueInteger"))
    ratio, span = value.get("valueRatio", {}), value.get("valueRange", {})
    limits = [r for r in value.get("referenceRange", []) if "low" in r or "high" in r]
    limit = limits[0] if limits else {}
    moment = value.get("valueDateTime", value.get("valuePeriod", {}).get("start"))
    sides = (limit.get("low", {}), limit.get("high", {}))
    return {
        "comparator": quantity.get("comparator"),
        "waarde": number,
        "waarde_tekst": number,
        "eenheid": quantity.get("code") if quantity.get("system") == UCUM else None,
        "eenheid_stelsel": quantity.get("system"),
        "eenheid_code": quantity.get("code"),
        "eenheid_tekst": quantity.get("unit"),
        "waarde_stelsel": pick(value.get("valueCodeableConcept"), SNOMED)[0],
        "waarde_code": pick(value.get("valueCodeableConcept"), SNOMED)[1],
        "waarde_ja_nee": value.get("valueBoolean"),
        "waarde_moment": moment,
        "waarde_tijd": value.get("valueTime"),
        "waarde_laag": span.get("low", {}).get("value"),
        "waarde_hoog": span.get("high", {}).get("value"),
        "waarde_teller": ratio.get("numerator", {}).get("value"),
        "waarde_teller_comparator": ratio.get("numerator", {}).get("comparator"),
        "waarde_noemer": ratio.get("denominator", {}).get("value"),
        "heeft_tekstwaarde": "valueString" in value,
        "heeft_signaal": "valueSampledData" in value,
        "reden_leeg_stelsel": pick(value.get("dataAbsentReason"))[0],
        "reden_leeg_code": pick(value.get("dataAbsentReason"))[1],
        "interpretatie_stelsel": pick(value.get("interpretation"), INTERPRETATIE)[0],
        "interpretatie_code": pick(value.get("interpretation"), INTERPRETATIE)[1],
        "referentie_laag": sides[0].get("value"),
        "referentie_hoog": sides[1].get("value"),
        "referentie_eenheid": next(
            (s[k] for s in sides for k in ("code", "unit") if s.get(k)), None
        ),
        "referentie_meer": len(value.get("referenceRange", [])) > 1,
    }


def meting(r: Json) -> Iterator[Row]:
    """fhir_meting."""
    kinds = [c for concept in r.get("category", []) for c in concept.get("coding", [])]
    taken = r.get("effectiveDateTime", r.get("effectiveInstant"))
    for coding in codings(r.get("code")):
        yield (
            shared(r, "issued")
            | _quantity(r)
            | {
                "contact_ref": key(r.get("encounter"), "Encounter"),
                "categorie": next((c["code"] for c in kinds if c.get("system") in CATEGORIE), None),
                "code_stelsel": coding.get("system"),
                "code": coding.get("code"),
                "afgenomen_op": taken or r.get("effectivePeriod", {}).get("start"),
                "zorgaanbieder_id": agb([p.get("identifier", {}) for p in r.get("performer", [])]),
                "methode_code": pick(r.get("method"), SNOMED)[1],
                "lichaamsdeel_code": pick(r.get("bodySite"), SNOMED)[1],
                "monster_ref": key(r.get("specimen"), "Specimen"),
                "uitvoerder_ref": performer(r.get("performer")),
            }
        )


def component(r: Json) -> Iterator[Row]:
    """fhir_meting_component."""
    for number, part in enumerate(r.get("component", [])):
        for coding in codings(part.get("code")):
            own = {
                "onderdeel_nr": number,
                "code_stelsel": coding.get("system"),
                "code": coding.get("code"),
            }
            yield shared(r, "issued") | _quantity(part) | own


def _roles(part: Json, prefix: str, names: tuple[tuple[str, str], ...]) -> Iterator[Row]:
    for name, element in names:
        for concept in listed(part.get(element)):
            for coding in concept.get("coding", []):
                yield {
                    "rol": prefix + name,
                    "stelsel": coding.get("system"),
                    "code": coding.get("code"),
                }


_VALUES = (
    ("waarde", "valueCodeableConcept"),
    ("interpretatie", "interpretation"),
    ("reden_leeg", "dataAbsentReason"),
)


def codering(r: Json) -> Iterator[Row]:
    """fhir_meting_codering."""
    own = (("categorie", "category"), *_VALUES, ("methode", "method"), ("lichaamsdeel", "bodySite"))
    for row in _roles(r, "", own):
        yield shared(r, "issued") | {"onderdeel_nr": None} | row
    for number, part in enumerate(r.get("component", [])):
        for row in _roles(part, "onderdeel_", _VALUES):
            yield shared(r, "issued") | {"onderdeel_nr": number} | row


def links(*kinds: tuple[str, str], recorded: str | None) -> Callable[[Json], Iterator[Row]]:
    def of(r: Json) -> Iterator[Row]:
        for soort, element in kinds:
            first, _, second = element.partition(".")
            for found in r.get(first, []):
                reference = found.get(second) if second else found
                yield shared(r, recorded) | {"soort": soort, "lid_ref": key(reference)}

    return of


def monster(r: Json) -> Iterator[Row]:
    """fhir_monster."""
    taken = r.get("collection", {})
    for coding in codings(r.get("type")):
        yield shared(r, None) | {
            "code_stelsel": coding.get("system"),
            "code": coding.get("code"),
            "afgenomen_op": taken.get(
                "collectedDateTime", taken.get("collectedPeriod", {}).get("start")
            ),
            "ontvangen_op": r.get("receivedTime"),
            "lichaamsdeel_code": pick(taken.get("bodySite"), SNOMED)[1],
        }
