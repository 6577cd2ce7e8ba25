"""The five parts of the kerngegevens set in the demo region, counted again from the files alone."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from synthetic.fhir_levering import KERNTYPEN, TYPEN
from synthetic.gegevens import codes
from synthetic.kern.verslagen import VERZONNEN_TEKST
from synthetic.kern.vragenlijsten import VERZONNEN_ANTWOORD
from synthetic.region import write_region
from tests.outside import OUTSIDE, needs_outside
from tests.synthetic_bestanden import Gebied, agb, moment

BRONNEN = ("fhir-ziekenhuizen", "fhir-huisartsen")
#: The element that holds the moment of registration, where FHIR has one.
MOMENT = {
    "Condition": "recordedDate",
    "Observation": "issued",
    "MedicationRequest": "authoredOn",
    "AllergyIntolerance": "recordedDate",
    "MedicationStatement": "dateAsserted",
    "Immunization": "recorded",
    "Consent": "dateTime",
    "DiagnosticReport": "issued",
    "Composition": "date",
    "CarePlan": "created",
    "QuestionnaireResponse": "authored",
}
#: The element with the code.
CODE = {
    "MedicationRequest": "medicationCodeableConcept",
    "MedicationStatement": "medicationCodeableConcept",
    "MedicationDispense": "medicationCodeableConcept",
    "Immunization": "vaccineCode",
    "Encounter": "reasonCode",
    "Composition": "type",
    "ImagingStudy": "procedureCode",
    "Goal": "description",
}
SCORES = {"414648004", "8881000146104", "225908003", "273302005"}
#: Raw table and part of the set, where the type alone tells.
TABEL = {
    "Condition": ("fhir_diagnose", "patientsamenvatting"),
    "Encounter": ("fhir_contact", "patientsamenvatting"),
    "MedicationRequest": ("fhir_medicatie", "patientsamenvatting"),
    "Procedure": ("fhir_verrichting", "patientsamenvatting"),
    "AllergyIntolerance": ("fhir_allergie", "patientsamenvatting"),
    "MedicationStatement": ("fhir_medicatiegebruik", "patientsamenvatting"),
    "MedicationDispense": ("fhir_verstrekking", "patientsamenvatting"),
    "Immunization": ("fhir_vaccinatie", "patientsamenvatting"),
    "Consent": ("fhir_behandelaanwijzing", "patientsamenvatting"),
    "Flag": ("fhir_alert", "patientsamenvatting"),
    "CareTeam": ("fhir_zorgteam", "zorgplannen"),
    "ImagingStudy": ("fhir_beeldonderzoek", "beelden"),
    "Composition": ("fhir_verslag_samenstelling", "verslagen"),
    "CarePlan": ("fhir_zorgplan", "zorgplannen"),
    "Goal": ("fhir_behandeldoel", "zorgplannen"),
    "QuestionnaireResponse": ("fhir_vragenlijst", "prom_prem"),
}
#: Part and domain of the unity of language.
TAAL = {
    "Condition": ("diagnose", "diagnose"),
    "Encounter": ("contactreden", "diagnose"),
    "MedicationRequest": ("medicatie", "medicatie"),
    "Procedure": ("verrichting", "verrichting"),
    "Observation": ("meting", "meting"),
    "AllergyIntolerance": ("allergie", "allergie"),
    "MedicationStatement": ("medicatiegebruik", "medicatie"),
    "MedicationDispense": ("verstrekking", "medicatie"),
    "Immunization": ("vaccinatie", "vaccinatie"),
    "Consent": ("behandelaanwijzing", "behandelaanwijzing"),
    "Flag": ("alert", "alert"),
}
LAAT = {
    ("fhir-ziekenhuizen", "DiagnosticReport"): {"06000007"},
    ("fhir-huisartsen", "AllergyIntolerance"): {"01000007", "01000008", "01000009"},
}


@pytest.fixture(scope="module")
def gebied(tmp_path_factory: pytest.TempPathFactory) -> Gebied:
    out = tmp_path_factory.mktemp("kern")
    write_region(4_000, 7, out, progress=lambda _line: None)
    return Gebied(out)


@pytest.fixture(scope="module")
def resources(gebied: Gebied) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Faultless resources, newest version, by source and type."""
    return {
        (bron, soort): gebied.geldig(bron, soort)
        for bron in BRONNEN
        for soort in (*TYPEN, *KERNTYPEN)
    }


def _table(soort: str, resource: dict[str, Any]) -> tuple[str, str] | None:
    """Raw table and part of the set that a resource belongs to on the clock."""
    if soort == "Observation":
        kinds = {c["code"] for each in resource.get("category", []) for c in each["coding"]}
        if _code(soort, resource)[1] in SCORES:
            return "fhir_meting", "zorgplannen"
        return "fhir_meting", "labuitslagen" if "laboratory" in kinds else "patientsamenvatting"
    if soort == "DiagnosticReport":
        laboratory = resource["category"][0]["coding"][0]["code"] == "LAB"
        return "fhir_verslag", "labuitslagen" if laboratory else "verslagen"
    return TABEL.get(soort)


def _unit(soort: str, resource: dict[str, Any], at: dict[str, str]) -> str:
    """The zorgaanbieder of a resource: that of its contact, or who asked for it."""
    if soort == "Encounter":
        return agb(resource["serviceProvider"])
    contact = resource.get("encounter", resource.get("context"))
    if contact is None:
        who = resource.get("requester", resource.get("author"))
        return "ONBEKEND" if who is None else agb(who)
    return at[contact["reference"]]


def _recorded(soort: str, resource: dict[str, Any]) -> str | None:
    if soort == "MedicationDispense":
        return str(resource["extension"][0]["valueDateTime"])
    return resource[MOMENT[soort]] if soort in MOMENT else None


def _code(soort: str, resource: dict[str, Any]) -> tuple[str, str] | None:
    if soort == "Consent":
        (concept,) = resource["provision"]["code"]
    elif soort == "CarePlan":
        concept = resource["activity"][0]["detail"]["code"]
    else:
        concept = resource.get(CODE.get(soort, "code"))
    if concept is None:
        return None
    concept = concept[0] if isinstance(concept, list) else concept
    return concept["coding"][0]["system"], concept["coding"][0]["code"]


def _first_available(gebied: Gebied) -> dict[tuple[str, str], str]:
    """Moment at which the first version of every resource became available."""
    found: dict[tuple[str, str], str] = {}
    for bron in BRONNEN:
        for soort in (*TYPEN, *KERNTYPEN):
            for _, _, resource in gebied.resources(bron, soort):
                key = (bron, f"{soort}/{resource['id']}")
                moved = resource["meta"]["lastUpdated"]
                found[key] = min(found.get(key, moved), moved)
    return found


def test_all_five_parts_are_there(resources: dict) -> None:
    missing = [key for key, found in resources.items() if not found]
    assert missing == [("fhir-huisartsen", "Procedure")]


def test_the_truth_of_the_clock(gebied: Gebied, resources: dict) -> None:
    first = _first_available(gebied)
    at = {
        f"Encounter/{r['id']}": agb(r["serviceProvider"])
        for bron in BRONNEN
        for r in resources[bron, "Encounter"]
    }
    found: dict[tuple, list[int]] = defaultdict(lambda: [0, 0, 0])
    for (bron, soort), several in resources.items():
        for resource in several:
            place = _table(soort, resource)
            if place is None:
                continue
            available = moment(first[bron, f"{soort}/{resource['id']}"])
            text = _recorded(soort, resource)
            recorded = None if text is None else moment(text)
            assert recorded is None or available > recorded
            year = str((recorded or available).year)
            unit = _unit(soort, resource, at)
            for key in ((place[0], "TOTAAL"), ("TOTAAL", unit), ("TOTAAL", "TOTAAL")):
                count = found[bron, place[1], *key, year]
                count[0] += 1
                count[1] += recorded is not None
                count[2] += recorded is not None and available - recorded <= timedelta(hours=24)
    truth = {
        tuple(row.values())[:5]: [int(n) for n in tuple(row.values())[5:]]
        for row in gebied.waarheid("tijdigheid")
    }
    assert len(truth) > 300
    assert truth == found


def test_the_truth_of_the_codes(gebied: Gebied, resources: dict) -> None:
    standards = {(r["domein"], r["codestelsel"]) for r in codes("codestelsel_standaard")}
    concepts = {(r["domein"], r["codestelsel"], r["code"]) for r in codes("begrip")}
    concepts |= {("diagnose", r["stelsel"], r["code"]) for r in codes("diagnose_concept")}
    refused = {
        (f["bron_id"], f["record_kenmerk"])
        for f in gebied.waarheid("fouten")
        if f["waar"] == "bouw"
    }
    found: dict[tuple, list[int]] = defaultdict(lambda: [0, 0, 0])
    for (bron, soort), several in resources.items():
        if soort not in TAAL:
            continue
        part, domain = TAAL[soort]
        accepted = [
            r
            for _, _, r in gebied.resources(bron, soort)
            if (bron, f"{soort}/{r['id']}") in refused
        ]
        for resource in (*several, *accepted):
            system, code = _code(soort, resource)
            for label in (system, "TOTAAL"):
                count = found[bron, part, label]
                count[0] += 1
                count[1] += (domain, system) in standards
                count[2] += (domain, system, code) in concepts
    truth = {
        tuple(row.values())[:3]: [int(n) for n in tuple(row.values())[3:]]
        for row in gebied.waarheid("eenheid_van_taal")
    }
    assert any(n[0] > n[1] for n in truth.values())
    assert truth == found


def test_planted_lateness_stands_out(resources: dict) -> None:
    for (bron, soort), late in LAAT.items():
        count: dict[bool, list[int]] = {True: [0, 0], False: [0, 0]}
        at = {f"Encounter/{r['id']}": agb(r["serviceProvider"])
              for r in resources[bron, "Encounter"]}  # fmt: skip
        for resource in resources[bron, soort]:
            where = at[resource["encounter"]["reference"]]
            delay = moment(resource["meta"]["lastUpdated"]) - moment(_recorded(soort, resource))
            figures = count[where in late]
            figures[0] += delay <= timedelta(hours=24)
            figures[1] += 1
        assert count[True][0] / count[True][1] < 0.6
        assert count[False][0] / count[False][1] > 0.8


def test_panels_hold_their_members_and_specimen(resources: dict) -> None:
    units, signs, values = defaultdict(set), Counter(), Counter()
    for bron in BRONNEN:
        results = {f"Observation/{r['id']}": r for r in resources[bron, "Observation"]}
        specimens = {f"Specimen/{r['id']}": r for r in resources[bron, "Specimen"]}
        panels = [r for r in results.values() if "hasMember" in r]
        assert len(panels) == len(specimens) > 20
        for panel in panels:
            members = [results[each["reference"]] for each in panel["hasMember"]]
            assert len(members) >= 2
            for one in (*members, specimens[panel["specimen"]["reference"]]):
                assert one["subject"] == panel["subject"]
            for member in members:
                assert member["specimen"] == panel["specimen"]
                quantity = member.get("valueQuantity")
                values[quantity is not None] += 1
                if quantity:
                    units[bron].add(quantity["code"])
                    signs[quantity.get("comparator")] += 1
                else:
                    assert member["valueCodeableConcept"]["coding"][0]["code"]
    assert min(signs["<"], signs[">"], signs[None], values[False]) > 10
    assert "mmol/L" in units["fhir-ziekenhuizen"]
    assert "mmol/l" in units["fhir-huisartsen"]


def test_local_codes_come_from_their_zorgaanbieder_alone(resources: dict) -> None:
    where: dict[str, set[str]] = defaultdict(set)
    for bron in BRONNEN:
        at = {f"Encounter/{r['id']}": agb(r["serviceProvider"])
              for r in resources[bron, "Encounter"]}  # fmt: skip
        for soort in ("AllergyIntolerance", "Observation", "ImagingStudy"):
            for resource in resources[bron, soort]:
                system, _ = _code(soort, resource)
                where[system].add(at[resource["encounter"]["reference"]])
    local = {system: at for system, at in where.items() if ".example/" in system}
    assert local == {
        "https://hisblauw.example/allergie": {"01000007", "01000008", "01000009"},
        "https://lab.duinrust.example/bepaling": {"06000008"},
        "https://pacs.duinoord.example/onderzoek": {"06000011"},
    }


def test_organisations_come_once(gebied: Gebied, resources: dict) -> None:
    for bron, care in (("fhir-ziekenhuizen", 23), ("fhir-huisartsen", 12)):
        for soort in ("Organization", "Location", "PractitionerRole"):
            assert {year for year, _, _ in gebied.resources(bron, soort)} == {2023}
        assert len(resources[bron, "Organization"]) == care + 5
        assert len(resources[bron, "Location"]) == len(resources[bron, "PractitionerRole"]) == care


def test_questionnaires_are_nested(resources: dict) -> None:
    questions: set[str] = set()

    def walk(items: list[dict]) -> None:
        for item in items:
            questions.add(item["linkId"])
            walk(item.get("item", []))
            for answer in item.get("answer", []):
                walk(answer.get("item", []))

    for bron in BRONNEN:
        for resource in resources[bron, "QuestionnaireResponse"]:
            walk(resource["item"])
    assert {"1", "1.1", "1.1.1", "1.2", "2.1", "2.2", "A.1", "A.2", "A.3"} <= questions


def test_every_reference_resolves_within_the_source(resources: dict) -> None:
    for bron in BRONNEN:
        known = {
            f"{soort}/{r['id']}"
            for (of, soort), several in resources.items()
            if of == bron
            for r in several
        }
        for (of, _), several in resources.items():
            if of == bron:
                assert [r for one in several for r in _references(one) if r not in known] == []


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("reference"), str):
            yield value["reference"]
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)


def test_words_that_must_never_pass_are_there(gebied: Gebied) -> None:
    text = b"".join(file.read_bytes() for file in gebied.pad.glob("fhir-*/*/*.ndjson"))
    assert text.count(VERZONNEN_TEKST.encode()) > 100
    assert text.count(VERZONNEN_ANTWOORD.encode()) > 50


@needs_outside
def test_profiles_have_what_they_require(resources: dict) -> None:
    """Mandatory elements and fixed codes of nl-core (zib2020), as far as they stand on top."""
    with (OUTSIDE / "codes" / "nl_core_profielen_zib2020.csv").open(encoding="utf-8") as file:
        profiles = {row["canonical"]: row for row in csv.DictReader(file)}
    checked = set()
    for several in resources.values():
        for resource in several:
            profile = profiles.get(resource["meta"]["profile"][0])
            if profile is None:
                continue
            checked.add(profile["profiel"])
            extra = profile["verplicht_extra_profiel(min>=1 in nl-core/zib differential)"]
            needed = f"{profile['verplicht_R4_basis']}; {extra}".replace(",", ";").split(";")
            for element in (e.strip() for e in needed):
                if element and not set(element) & set(".:"):
                    name = element.removesuffix("[x]")
                    assert any(key.startswith(name) for key in resource), (element, resource)
            for fixed in profile["vaste_codes(system|code)"].split("; "):
                path, _, code = fixed.partition("=")
                if path in ("code", "scope", "type"):
                    assert code in _codings(resource[path])
                elif path.startswith("category:") and "category" in resource:
                    # one of the fixed slices of the category: the others are alternatives
                    wanted = {
                        each.partition("=")[2]
                        for each in profile["vaste_codes(system|code)"].split("; ")
                        if each.startswith("category:")
                    }
                    assert wanted & _codings(resource["category"])
    assert len(checked) >= 25


def _codings(concept: Any) -> set[str]:
    several = concept if isinstance(concept, list) else [concept]
    return {f"{c['system']}|{c['code']}" for each in several for c in each["coding"]}
