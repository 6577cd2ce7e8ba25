"""The second half of the independent reading: reports, care plans, organisations, provenance."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fhir_lezer import (
    LOINC,
    SNOMED,
    Json,
    Row,
    agb,
    codering,
    codings,
    component,
    key,
    links,
    meting,
    monster,
    performer,
    pick,
    shared,
)


def verslag(r: Json) -> Iterator[Row]:
    """fhir_verslag."""
    for coding in codings(r.get("code")):
        yield shared(r, "issued") | {
            "contact_ref": key(r.get("encounter"), "Encounter"),
            "categorie_code": pick(r.get("category"))[1],
            "code_stelsel": coding.get("system"),
            "code": coding.get("code"),
            "onderzocht_op": r.get("effectiveDateTime", r.get("effectivePeriod", {}).get("start")),
            "conclusie_code": pick(r.get("conclusionCode"), SNOMED)[1],
            "heeft_conclusie": "conclusion" in r,
            "heeft_bijlage": "presentedForm" in r,
            "zib_status_code": next(
                (
                    pick(e.get("valueCodeableConcept"))[1]
                    for e in r.get("_status", {}).get("extension", [])
                    if e["url"].endswith("/ext-CodeSpecification")
                ),
                None,
            ),
            "uitvoerder_ref": performer(r.get("performer")),
        }


def samenstelling(r: Json) -> Iterator[Row]:
    """fhir_verslag_samenstelling."""
    for section in _sections(r) or [{}]:
        yield shared(r, "date") | {
            "soort_stelsel": pick(r.get("type"), LOINC)[0],
            "soort_code": pick(r.get("type"), LOINC)[1],
            "beheerder_ref": key(r.get("custodian"), "Organization"),
            "onderdeel_stelsel": pick(section.get("code"), LOINC)[0],
            "onderdeel_code": pick(section.get("code"), LOINC)[1],
            "leeg_reden_code": pick(section.get("emptyReason"))[1],
            "heeft_inhoud": ("entry" in section) if section else None,
            "heeft_tekst": ("text" in section) if section else None,
        }


def _sections(node: Json) -> list[Json]:
    found = []
    for section in node.get("section", []):
        found += [section, *_sections(section)]
    return found


def zorgplan(r: Json) -> Iterator[Row]:
    """fhir_zorgplan."""
    for coding in [c for concept in r.get("category", []) for c in concept.get("coding", [])] or [
        {}
    ]:
        yield shared(r, "created") | {
            "intentie": r.get("intent"),
            "categorie_stelsel": coding.get("system"),
            "categorie_code": coding.get("code"),
            "begin": r.get("period", {}).get("start"),
            "eind": r.get("period", {}).get("end"),
        }


def activiteit(r: Json) -> Iterator[Row]:
    """fhir_zorgplan_activiteit."""
    for activity in r.get("activity", []):
        detail = activity.get("detail", {})
        for coding in codings(detail.get("code")):
            yield shared(r, "created") | {
                "code_stelsel": coding.get("system"),
                "code": coding.get("code"),
                "activiteit_status": detail.get("status"),
                "reden_code": pick(detail.get("reasonCode"), SNOMED)[1],
                "opdracht_ref": key(activity.get("reference")),
                "uitvoerder_ref": performer(detail.get("performer")),
            }


def doel(r: Json) -> Iterator[Row]:
    """fhir_behandeldoel."""
    for coding in codings(r.get("description")):
        for target in r.get("target") or [{}]:
            value = {k.replace("detail", "value", 1): v for k, v in target.items()}
            number = value.get("valueQuantity", {}).get("value", value.get("valueInteger"))
            yield shared(r, None) | {
                "code_stelsel": coding.get("system"),
                "code": coding.get("code"),
                "bereikt_code": pick(r.get("achievementStatus"))[1],
                "maat_stelsel": pick(target.get("measure"), SNOMED)[0],
                "maat_code": pick(target.get("measure"), SNOMED)[1],
                "waarde_tekst": number,
                "eenheid_code": value.get("valueQuantity", {}).get("code"),
                "waarde_code": pick(value.get("valueCodeableConcept"), SNOMED)[1],
                "uiterlijk_op": target.get("dueDate"),
            }


def herkomst(r: Json) -> Iterator[Row]:
    """fhir_herkomst."""
    for target in r.get("target", []):
        yield {
            "resource_ref": f"Provenance/{r['id']}",
            "geregistreerd_op": r.get("recorded"),
            "doel_ref": key(target),
            "activiteit_code": pick(r.get("activity"))[1],
        }


def organisatie(r: Json) -> Iterator[Row]:
    """fhir_organisatie."""
    for coding in [c for concept in r.get("type", []) for c in concept.get("coding", [])] or [{}]:
        yield {
            "resource_ref": f"Organization/{r['id']}",
            "zorgaanbieder_id": agb(r.get("identifier")),
            "soort_stelsel": coding.get("system"),
            "soort_code": coding.get("code"),
        }


def rol(r: Json) -> Iterator[Row]:
    """fhir_zorgverlener_rol."""
    kinds = [c for concept in r.get("specialty", []) for c in concept.get("coding", [])] or [{}]
    for coding in kinds:
        yield {
            "resource_ref": f"PractitionerRole/{r['id']}",
            "specialisme_stelsel": coding.get("system"),
            "specialisme_code": coding.get("code"),
            "zorgverlener_ref": key(r.get("practitioner"), "Practitioner"),
            "organisatie_ref": key(r.get("organization"), "Organization"),
        }


#: Table: the resource type it reads, and its rows.
TABELLEN: dict[str, tuple[str, Callable[[Json], Iterator[Row]]]] = {
    "fhir_meting": ("Observation", meting),
    "fhir_meting_component": ("Observation", component),
    "fhir_meting_codering": ("Observation", codering),
    "fhir_meting_lid": (
        "Observation",
        links(("lid", "hasMember"), ("afgeleid_van", "derivedFrom"), recorded="issued"),
    ),
    "fhir_monster": ("Specimen", monster),
    "fhir_verslag": ("DiagnosticReport", verslag),
    "fhir_verslag_lid": (
        "DiagnosticReport",
        links(
            ("uitslag", "result"),
            ("monster", "specimen"),
            ("beeldonderzoek", "imagingStudy"),
            ("beeld", "media.link"),
            recorded="issued",
        ),
    ),
    "fhir_verslag_samenstelling": ("Composition", samenstelling),
    "fhir_zorgplan": ("CarePlan", zorgplan),
    "fhir_zorgplan_activiteit": ("CarePlan", activiteit),
    "fhir_zorgplan_lid": (
        "CarePlan",
        links(
            ("probleem", "addresses"),
            ("doel", "goal"),
            ("zorgteam", "careTeam"),
            ("onderdeel_van", "partOf"),
            recorded="created",
        ),
    ),
    "fhir_behandeldoel": ("Goal", doel),
    "fhir_organisatie": ("Organization", organisatie),
    "fhir_zorgverlener_rol": ("PractitionerRole", rol),
    "fhir_herkomst": ("Provenance", herkomst),
}
