"""The independent reading of claims: Claim and ExplanationOfBenefit, walked with plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fhir_lezer import AGB, Json, Row, codings, key, listed, pick

UZOVI = {"http://fhir.nl/fhir/NamingSystem/uzovi", "urn:oid:2.16.840.1.113883.2.4.6.4"}


def _base(r: Json) -> Row:
    return {
        "resource_ref": f"{r['resourceType']}/{r['id']}",
        "laatst_gewijzigd": r.get("meta", {}).get("lastUpdated"),
        "geregistreerd_op": r.get("created"),
        "patient_ref": key(r.get("patient"), "Patient"),
        "status": r.get("status"),
    }


def _number(identifier: Json | None) -> str | None:
    if not identifier:
        return None
    return f"{identifier.get('system', '')}|{identifier.get('value', '')}"


def _of(identifiers: list[Json], systems: set[str]) -> str | None:
    return next((i.get("value") for i in identifiers if i and i.get("system") in systems), None)


def _insurer(r: Json) -> str | None:
    payers = [
        payer.get("identifier", {})
        for inside in r.get("contained", [])
        if inside["resourceType"] == "Coverage"
        for payer in inside.get("payor", [])
    ]
    return _of([r.get("insurer", {}).get("identifier", {}), *payers], UZOVI)


def _head(r: Json) -> Row:
    insurances = r.get("insurance", [])
    chosen = [i for i in insurances if i.get("focal")] or insurances or [{}]
    return _base(r) | {
        "gebruik": r.get("use"),
        "soort_code": pick(r.get("type"), "http://terminology.hl7.org/CodeSystem/claim-type")[1],
        "begin": r.get("billablePeriod", {}).get("start"),
        "eind": r.get("billablePeriod", {}).get("end"),
        "aanbieder_ref": key(r.get("provider")),
        "zorgaanbieder_id": _of([r.get("provider", {}).get("identifier", {})], AGB),
        "verzekeraar_ref": key(r.get("insurer"), "Organization"),
        "uzovi": _insurer(r),
        "dekking_ref": key(chosen[0].get("coverage"), "Coverage"),
        "aantal_regels": len(r.get("item", [])) + len(r.get("addItem", [])),
    }


def declaratie(r: Json) -> Iterator[Row]:
    """fhir_declaratie."""
    yield _head(r) | {
        "nummer": _number(next(iter(r.get("identifier", [])), None)),
        "prioriteit_code": pick(r.get("priority"))[1],
        "recept_ref": key(r.get("prescription")),
        "voorganger_ref": next((key(x.get("claim")) for x in r.get("related", [])), None),
        "totaal": r.get("total", {}).get("value"),
        "totaal_valuta": r.get("total", {}).get("currency"),
    }


def toekenning(r: Json) -> Iterator[Row]:
    """fhir_toekenning."""
    paid = r.get("payment", {})
    yield _head(r) | {
        "declaratie_ref": key(r.get("claim"), "Claim"),
        "declaratie_nummer": _number(r.get("claim", {}).get("identifier")),
        "uitkomst": r.get("outcome"),
        "betaald_op": paid.get("date"),
        "betaald": paid.get("amount", {}).get("value"),
        "betaald_valuta": paid.get("amount", {}).get("currency"),
    }


def _lines(r: Json, element: str, number: Callable[[Json], object]) -> Iterator[Row]:
    for place, item in enumerate(r.get(element, [])):
        period = item.get("servicedPeriod", {})
        for coding in codings(item.get("productOrService")):
            yield _base(r) | {
                "regel_index": place,
                "regel_nr": number(item),
                "diagnose_nr": next(iter(item.get("diagnosisSequence", [])), None),
                "begin": item.get("servicedDate", period.get("start")),
                "eind": item.get("servicedDate", period.get("end")),
                "aantal": item.get("quantity", {}).get("value"),
                "prijs": item.get("unitPrice", {}).get("value"),
                "prijs_valuta": item.get("unitPrice", {}).get("currency"),
                "factor": item.get("factor"),
                "bedrag": item.get("net", {}).get("value"),
                "valuta": item.get("net", {}).get("currency"),
                "contact_ref": next((key(e) for e in item.get("encounter", [])), None),
                "code_stelsel": coding.get("system"),
                "code": coding.get("code"),
            }


def _own(item: Json) -> object:
    return item.get("sequence")


def _of_claim(item: Json) -> object:
    return next(iter(item.get("itemSequence", [])), None)


def declaratie_regel(r: Json) -> Iterator[Row]:
    """fhir_declaratie_regel."""
    yield from _lines(r, "item", _own)


def toekenning_regel(r: Json) -> Iterator[Row]:
    """fhir_toekenning_regel."""
    for row in _lines(r, "item", _own):
        yield row | {"toegevoegd": False}
    for row in _lines(r, "addItem", _of_claim):
        yield row | {"toegevoegd": True}


def diagnose(r: Json) -> Iterator[Row]:
    """fhir_declaratie_diagnose, fhir_toekenning_diagnose."""
    for part in r.get("diagnosis", []):
        for coding in codings(part.get("diagnosisCodeableConcept")):
            yield _base(r) | {
                "diagnose_nr": part.get("sequence"),
                "aandoening_ref": key(part.get("diagnosisReference"), "Condition"),
                "rol_code": pick(part.get("type"))[1],
                "code_stelsel": coding.get("system"),
                "code": coding.get("code"),
            }


def _amounts(r: Json, place: str, where: Row, found: object) -> Iterator[Row]:
    for number, one in enumerate(listed(found)):
        for coding in codings(one.get("category")):
            yield (
                _base(r)
                | {"plaats": place}
                | where
                | {
                    "bedrag_nr": number,
                    "reden_code": pick(one.get("reason"))[1],
                    "bedrag": one.get("amount", {}).get("value"),
                    "valuta": one.get("amount", {}).get("currency"),
                    "waarde": one.get("value"),
                    "categorie_stelsel": coding.get("system"),
                    "categorie_code": coding.get("code"),
                }
            )


def bedrag(r: Json) -> Iterator[Row]:
    """fhir_toekenning_bedrag."""
    parts = (("regel", "item", _own), ("toegevoegd", "addItem", _of_claim))
    for place, element, number in parts:
        for index, item in enumerate(r.get(element, [])):
            where = {"regel_index": index, "regel_nr": number(item)}
            yield from _amounts(r, place, where, item.get("adjudication"))
    nowhere = {"regel_index": None, "regel_nr": None}
    yield from _amounts(r, "kop", nowhere, r.get("adjudication"))
    yield from _amounts(r, "totaal", nowhere, r.get("total"))


#: Table -> resource type and reading.
TABELLEN: dict[str, tuple[str, Callable[[Json], Iterator[Row]]]] = {
    "fhir_declaratie": ("Claim", declaratie),
    "fhir_declaratie_regel": ("Claim", declaratie_regel),
    "fhir_declaratie_diagnose": ("Claim", diagnose),
    "fhir_toekenning": ("ExplanationOfBenefit", toekenning),
    "fhir_toekenning_regel": ("ExplanationOfBenefit", toekenning_regel),
    "fhir_toekenning_bedrag": ("ExplanationOfBenefit", bedrag),
    "fhir_toekenning_diagnose": ("ExplanationOfBenefit", diagnose),
}
