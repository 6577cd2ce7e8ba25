"""What the independent reading of ``fhir_lezer_samenvatting`` expects of each table."""

from __future__ import annotations

from fhir_lezer_samenvatting import (
    AGB,
    NICTIZ,
    SNOMED,
    TERMINOLOGY,
    UZOVI,
    Json,
    Reading,
    Row,
    absent,
    base,
    coded,
    codings,
    dosage,
    extensions,
    features,
    identified,
    key,
    nested,
    of_system,
    one,
    substance,
    substance_part,
    walk,
)

Stop = f"{NICTIZ}ext-StopType"


def _start(resource: Json, name: str) -> str | None:
    return one(resource, f"{name}DateTime", f"{name}Period.start")


def _mp(resource: Json) -> Row:
    period = extensions(resource, f"{NICTIZ}ext-TimeInterval.Period", "valuePeriod")
    treatment = extensions(
        resource, f"{NICTIZ}ext-PharmaceuticalTreatment.Identifier", "valueIdentifier"
    )
    parts = [treatment[0][n] for n in ("system", "value") if n in treatment[0]] if treatment else []
    stop = [c for e in walk(resource, "modifierExtension") if e["url"] == Stop for c in [e]]
    return {
        "begin": one(resource, "effectiveDateTime", "effectivePeriod.start")
        or one(period, "start")
        or one({"p": period}, "p.start"),
        "eind": one(resource, "effectivePeriod.end") or one({"p": period}, "p.end"),
        "behandeling_ref": "|".join(parts) or None,
        "stoptype_code": one({"s": stop}, "s.valueCodeableConcept.coding.code"),
        "geneesmiddel_ref": key(resource, "medicationReference", "Medication"),
        "categorie_code": of_system(resource, "category", SNOMED)
        or one(resource, "category.coding.code"),
        "status": resource.get("status"),
    }


def _patient(resource: Json) -> list[Row]:
    gender = resource.get("_gender", {})
    dates = resource.get("_birthDate", {})
    return [
        {
            "resource_ref": f"Patient/{resource['id']}",
            "geslacht": resource.get("gender"),
            "geslacht_code": one(
                {"v": extensions(gender, f"{NICTIZ}ext-CodeSpecification", "valueCodeableConcept")},
                "v.coding.code",
            ),
            "geboortedatum": resource.get("birthDate"),
            "geboortedatum_afwezig": absent({"extension": dates.get("extension", [])}),
            "overlijdensdatum": resource.get("deceasedDateTime"),
            "overleden": bool(resource.get("deceasedBoolean") or resource.get("deceasedDateTime")),
            "beheerder_ref": key(resource, "managingOrganization", "Organization"),
            "huisarts_ref": key(resource, "generalPractitioner"),
        }
    ]


def _contact(resource: Json) -> list[Row]:
    return [
        {
            **base(resource, "subject"),
            "status": resource.get("status"),
            "klasse": one(resource, "class.code"),
            "begin": one(resource, "period.start"),
            "eind": one(resource, "period.end"),
            "herkomst_code": one(resource, "hospitalization.admitSource.coding.code"),
            "bestemming_code": one(resource, "hospitalization.dischargeDisposition.coding.code"),
        }
    ]


def _payer(resource: Json) -> list[Row]:
    return [
        {
            **base(resource, "beneficiary"),
            "status": resource.get("status"),
            "code_stelsel": system,
            "code": code,
            "betaler_ref": key({"payor": payor}, "payor"),
            "uzovi": identified({"payor": payor}, "payor", UZOVI),
            "begin": one(resource, "period.start"),
            "eind": one(resource, "period.end"),
        }
        for payor in walk(resource, "payor") or [{}]
        for system, code in codings(resource, "type") or [(None, None)]
    ]


def _episode(resource: Json) -> list[Row]:
    return [
        {
            **base(resource, "patient"),
            "status": resource.get("status"),
            "aandoening_ref": key({"d": diagnosis}, "d.condition", "Condition"),
            "begin": one(resource, "period.start"),
        }
        for diagnosis in walk(resource, "diagnosis") or [{}]
    ]


def _use(resource: Json) -> list[Row]:
    return [
        {
            **base(resource, "subject"),
            "status": resource.get("status"),
            "hulpmiddel_ref": key(resource, "device", "Device"),
            "begin": _start(resource, "timing"),
            "eind": one(resource, "timingPeriod.end"),
        }
    ]


def _condition(r: Json) -> Row:
    return {
        "klinische_status": of_system(r, "clinicalStatus", f"{TERMINOLOGY}condition-clinical"),
        "verificatie_status": of_system(
            r, "verificationStatus", f"{TERMINOLOGY}condition-ver-status"
        ),
        "verificatie_status_zib": of_system(r, "verificationStatus", SNOMED),
        "begin": _start(r, "onset"),
        "eind": _start(r, "abatement"),
        "begin_afwezig": absent(r.get("_onsetDateTime")),
        "geregistreerd_op": r.get("recordedDate"),
        "code_afwezig": absent(r.get("code")),
    }


def _allergy(r: Json) -> Row:
    ext = extensions(
        r.get("_criticality", {}), f"{NICTIZ}ext-CodeSpecification", "valueCodeableConcept"
    )
    return {
        "klinische_status": of_system(
            r, "clinicalStatus", f"{TERMINOLOGY}allergyintolerance-clinical"
        ),
        "verificatie_status": of_system(
            r, "verificationStatus", f"{TERMINOLOGY}allergyintolerance-verification"
        ),
        "soort": r.get("type"),
        "ernst": r.get("criticality"),
        "ernst_code": one({"v": ext}, "v.coding.code"),
        "begin": _start(r, "onset"),
        "begin_afwezig": absent(r.get("_onsetDateTime")),
        "laatste_reactie_op": r.get("lastOccurrence"),
    }


def _procedure(r: Json) -> Row:
    return {
        "status": r.get("status"),
        "uitgevoerd_op": _start(r, "performed"),
        "uitgevoerd_tot": one(r, "performedPeriod.end"),
        "plaats_code": of_system(r, "bodySite", SNOMED) or one(r, "bodySite.coding.code"),
        "code_afwezig": absent(r.get("code")),
    }


def _consent(r: Json) -> Row:
    return {
        "status": r.get("status"),
        "reikwijdte": of_system(r, "scope", f"{TERMINOLOGY}consentscope"),
        "categorie_code": of_system(r, "category", SNOMED) or one(r, "category.coding.code"),
        "beslissing": one(r, "provision.type"),
        "eind": one(r, "provision.period.end"),
        "geregistreerd_op": r.get("dateTime"),
    }


def _flag(r: Json) -> Row:
    detail = extensions(r, "http://hl7.org/fhir/StructureDefinition/flag-detail", "valueReference")
    return {
        "status": r.get("status"),
        "code_afwezig": absent(r.get("code")),
        "aandoening_ref": key({"d": detail}, "d", "Condition"),
        "begin": one(r, "period.start"),
        "eind": one(r, "period.end"),
    }


def _who(item: Json) -> Row:
    member = "member" if "member" in item else "individual" if "individual" in item else "actor"
    return {"ref": key(item, member), "agb": identified(item, member, AGB)}


def _named(ref: str, agb: str) -> object:
    def more(item: Json) -> Row:
        found = _who(item)
        return {ref: found["ref"], agb: found["agb"]}

    return more


def _dispense(r: Json) -> Row:
    return {
        **_mp(r),
        "verstrekt_op": r.get("whenHandedOver"),
        "verstrekt_waarde": one(r, "quantity.value"),
        "zorgaanbieder_id": identified(r, "performer.actor", AGB),
    }


#: Table -> resource type and reading.
TABELLEN: dict[str, tuple[str, Reading]] = {
    "fhir_patient": ("Patient", _patient),
    "fhir_contact": ("Encounter", _contact),
    "fhir_contact_kenmerk": (
        "Encounter",
        features(
            "subject", type="type", reden="reasonCode", dienst="serviceType", prioriteit="priority",
            herkomst="hospitalization.admitSource",
            bestemming="hospitalization.dischargeDisposition",
        ),
    ),
    "fhir_contact_deelnemer": (
        "Encounter",
        nested(
            "subject", "participant", "type", "deelnemer_nr",
            _named("deelnemer_ref", "deelnemer_id"),
        ),
    ),
    "fhir_zorgepisode": ("EpisodeOfCare", _episode),
    "fhir_contactpersoon": ("RelatedPerson", coded("patient", "relationship", lambda _: {})),
    "fhir_betaler": ("Coverage", _payer),
    "fhir_zorgteam": (
        "CareTeam",
        nested(
            "subject", "participant", "role", "deelnemer_nr",
            _named("deelnemer_ref", "deelnemer_id"),
        ),
    ),
    "fhir_diagnose": ("Condition", coded("subject", "code", _condition)),
    "fhir_diagnose_kenmerk": (
        "Condition",
        features(
            "subject", klinische_status="clinicalStatus", verificatie_status="verificationStatus",
            categorie="category", ernst="severity", plaats="bodySite", bevinding="evidence.code",
            stadium="stage.summary",
        ),
    ),
    "fhir_allergie": ("AllergyIntolerance", coded("patient", "code", _allergy)),
    "fhir_allergie_reactie": (
        "AllergyIntolerance",
        nested(
            "patient", "reaction", "manifestation", "reactie_nr",
            lambda item: {"ernst": item.get("severity"), "begin": item.get("onset")},
        ),
    ),
    "fhir_alert": ("Flag", coded("subject", "code", _flag)),
    "fhir_behandelaanwijzing": ("Consent", coded("patient", "provision.code", _consent)),
    "fhir_medicatie": (
        "MedicationRequest",
        coded(
            "subject", "medicationCodeableConcept",
            lambda r: _mp(r) | {
                "intentie": r.get("intent"),
                "geregistreerd_op": r.get("authoredOn"),
                "zorgaanbieder_id": identified(r, "requester", AGB),
                "voorschrijver_ref": key(r, "requester"),
            },
        ),
    ),
    "fhir_medicatie_dosering": ("MedicationRequest", dosage("subject", "dosageInstruction")),
    "fhir_medicatiegebruik": (
        "MedicationStatement", coded("subject", "medicationCodeableConcept", _mp)
    ),
    "fhir_medicatiegebruik_dosering": ("MedicationStatement", dosage("subject", "dosage")),
    "fhir_verstrekking": (
        "MedicationDispense", coded("subject", "medicationCodeableConcept", _dispense)
    ),
    "fhir_toediening": (
        "MedicationAdministration",
        coded(
            "subject", "medicationCodeableConcept",
            lambda r: {"status": r.get("status"), "begin": _start(r, "effective")},
        ),
    ),
    "fhir_verrichting": ("Procedure", coded("subject", "code", _procedure)),
    "fhir_verrichting_uitvoerder": (
        "Procedure",
        nested(
            "subject", "performer", "function", "uitvoerder_nr",
            _named("uitvoerder_ref", "uitvoerder_id"),
        ),
    ),
    "fhir_aanvraag": (
        "ServiceRequest",
        coded(
            "subject", "code", lambda r: {"status": r.get("status"), "intentie": r.get("intent")}
        ),
    ),
    "fhir_vaccinatie": (
        "Immunization",
        coded(
            "patient", "vaccineCode",
            lambda r: {
                "status": r.get("status"),
                "toegediend_op": r.get("occurrenceDateTime"),
                "toegediend_op_afwezig": absent(r.get("_occurrenceDateTime")),
            },
        ),
    ),
    "fhir_vaccinatie_advies": (
        "ImmunizationRecommendation",
        nested(
            "patient", "recommendation", "vaccineCode", "advies_nr",
            lambda item: {"advies_code": one(item, "forecastStatus.coding.code")},
        ),
    ),
    "fhir_hulpmiddel": (
        "Device", coded("patient", "type", lambda r: {"status": r.get("status")})
    ),
    "fhir_hulpmiddel_gebruik": ("DeviceUseStatement", _use),
    "fhir_leefstijl": ("Observation", substance),
    "fhir_leefstijl_onderdeel": ("Observation", substance_part),
    "fhir_voedingsadvies": (
        "NutritionOrder",
        coded(
            "patient", "oralDiet.type",
            lambda r: {"status": r.get("status"), "geregistreerd_op": r.get("dateTime")},
        ),
    ),
}  # fmt: skip
