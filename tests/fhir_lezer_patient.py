"""Tables of the patient summary and how the independent reading makes their rows."""

from __future__ import annotations

from fhir_lezer_resources import (
    allergy,
    condition,
    consent,
    contact,
    contact_reasons,
    dispense,
    episode,
    flag,
    functioning,
    ingredient,
    mp,
    named,
    patient,
    payer,
    procedure,
    product,
    start,
    team_reasons,
    use,
)
from fhir_lezer_samenvatting import (
    AGB,
    Reading,
    absent,
    coded,
    dosage,
    features,
    identified,
    key,
    nested,
    one,
    substance,
    substance_part,
)

CONCEPT = "valueCodeableConcept"

#: Table -> resource type and reading.
TABELLEN: dict[str, tuple[str, Reading]] = {
    "fhir_patient": ("Patient", patient),
    "fhir_contact": ("Encounter", contact),
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
            named("deelnemer_ref", "deelnemer_id"),
        ),
    ),
    "fhir_zorgepisode": ("EpisodeOfCare", episode),
    "fhir_contactpersoon": ("RelatedPerson", coded("patient", "relationship", lambda _: {})),
    "fhir_betaler": ("Coverage", payer),
    "fhir_zorgteam": (
        "CareTeam",
        nested(
            "subject", "participant", "role", "deelnemer_nr",
            named("deelnemer_ref", "deelnemer_id"),
        ),
    ),
    "fhir_diagnose": ("Condition", coded("subject", "code", condition)),
    "fhir_diagnose_kenmerk": (
        "Condition",
        features(
            "subject", klinische_status="clinicalStatus", verificatie_status="verificationStatus",
            categorie="category", ernst="severity", plaats="bodySite", bevinding="evidence.code",
            stadium="stage.summary",
        ),
    ),
    "fhir_allergie": ("AllergyIntolerance", coded("patient", "code", allergy)),
    "fhir_allergie_reactie": (
        "AllergyIntolerance",
        nested(
            "patient", "reaction", "manifestation", "reactie_nr",
            lambda item: {"ernst": item.get("severity"), "begin": item.get("onset")},
        ),
    ),
    "fhir_alert": ("Flag", coded("subject", "code", flag)),
    "fhir_behandelaanwijzing": ("Consent", coded("patient", "provision.code", consent)),
    "fhir_medicatie": (
        "MedicationRequest",
        coded(
            "subject", "medicationCodeableConcept",
            lambda r: mp(r) | {
                "intentie": r.get("intent"),
                "geregistreerd_op": r.get("authoredOn"),
                "zorgaanbieder_id": identified(r, "requester", AGB),
                "voorschrijver_ref": key(r, "requester"),
            },
        ),
    ),
    "fhir_medicatie_dosering": ("MedicationRequest", dosage("subject", "dosageInstruction")),
    "fhir_medicatiegebruik": (
        "MedicationStatement", coded("subject", "medicationCodeableConcept", mp)
    ),
    "fhir_medicatiegebruik_dosering": ("MedicationStatement", dosage("subject", "dosage")),
    "fhir_verstrekking": (
        "MedicationDispense", coded("subject", "medicationCodeableConcept", dispense)
    ),
    "fhir_toediening": (
        "MedicationAdministration",
        coded(
            "subject", "medicationCodeableConcept",
            lambda r: {"status": r.get("status"), "begin": start(r, "effective")},
        ),
    ),
    "fhir_verrichting": ("Procedure", coded("subject", "code", procedure)),
    "fhir_verrichting_uitvoerder": (
        "Procedure",
        nested(
            "subject", "performer", "function", "uitvoerder_nr",
            named("uitvoerder_ref", "uitvoerder_id"),
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
    "fhir_hulpmiddel_gebruik": ("DeviceUseStatement", use),
    "fhir_leefstijl": ("Observation", substance),
    "fhir_leefstijl_onderdeel": ("Observation", substance_part),
    "fhir_voedingsadvies": (
        "NutritionOrder",
        coded(
            "patient", "oralDiet.type",
            lambda r: {"status": r.get("status"), "geregistreerd_op": r.get("dateTime")},
        ),
    ),
    "fhir_geneesmiddel": ("Medication", product),
    "fhir_geneesmiddel_bestanddeel": ("Medication", ingredient),
    "fhir_zorgteam_reden": ("CareTeam", team_reasons),
    "fhir_contact_diagnose": ("Encounter", contact_reasons),
    "fhir_functionele_status": ("Observation", functioning),
    "fhir_behandelaanwijzing_betrokkene": (
        "Consent",
        nested(
            "patient", "provision.actor", "role", "betrokkene_nr",
            lambda item: {"betrokkene_ref": key(item, "reference")},
        ),
    ),
    "fhir_verstrekking_dosering": ("MedicationDispense", dosage("subject", "dosageInstruction")),
    "fhir_medicatie_kenmerk": (
        "MedicationRequest",
        features(
            "subject", categorie="category", reden="reasonCode", statusreden="statusReason",
            stoptype=f"modifierExtension.{CONCEPT}",
        ),
    ),
    "fhir_verrichting_kenmerk": (
        "Procedure",
        features(
            "subject", categorie="category", plaats="bodySite", reden="reasonCode",
            hulpmiddel="usedCode", complicatie="complication", uitkomst="outcome",
        ),
    ),
    "fhir_aanvraag_kenmerk": (
        "ServiceRequest",
        features(
            "subject", categorie="category", reden="reasonCode", plaats="bodySite",
            detail="orderDetail",
        ),
    ),
    "fhir_vaccinatie_kenmerk": (
        "Immunization",
        features(
            "patient", doelziekte="protocolApplied.targetDisease", reden="reasonCode",
            programma="programEligibility", rol="performer.function",
        ),
    ),
    "fhir_hulpmiddel_gebruik_kenmerk": (
        "DeviceUseStatement",
        features("subject", reden="reasonCode", plaats="bodySite"),
    ),
    "fhir_voedingsadvies_kenmerk": (
        "NutritionOrder",
        features(
            "patient", dieet="oralDiet.type", consistentie="oralDiet.texture.modifier",
            dikte="oralDiet.fluidConsistencyType",
        ),
    ),
    "fhir_allergie_kenmerk": (
        "AllergyIntolerance",
        features(
            "patient", klinische_status="clinicalStatus",
            verificatie_status="verificationStatus",
        ),
    ),
}  # fmt: skip
