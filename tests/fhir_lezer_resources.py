"""What the independent reading finds in resources whose rows take more than one coded element."""

from __future__ import annotations

from fhir_lezer_samenvatting import (
    AGB,
    NICTIZ,
    SNOMED,
    TERMINOLOGY,
    UZOVI,
    Json,
    Row,
    absent,
    base,
    codings,
    extensions,
    identified,
    key,
    of_system,
    one,
    walk,
)

STOP = f"{NICTIZ}ext-StopType"


def start(resource: Json, name: str) -> str | None:
    return one(resource, f"{name}DateTime", f"{name}Period.start")


def mp(resource: Json) -> Row:
    period = extensions(resource, f"{NICTIZ}ext-TimeInterval.Period", "valuePeriod")
    treatment = extensions(
        resource, f"{NICTIZ}ext-PharmaceuticalTreatment.Identifier", "valueIdentifier"
    )
    parts = [treatment[0][n] for n in ("system", "value") if n in treatment[0]] if treatment else []
    stop = [c for e in walk(resource, "modifierExtension") if e["url"] == STOP for c in [e]]
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


def patient(resource: Json) -> list[Row]:
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


def contact(resource: Json) -> list[Row]:
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


def payer(resource: Json) -> list[Row]:
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


def episode(resource: Json) -> list[Row]:
    return [
        {
            **base(resource, "patient"),
            "status": resource.get("status"),
            "aandoening_ref": key({"d": diagnosis}, "d.condition", "Condition"),
            "begin": one(resource, "period.start"),
        }
        for diagnosis in walk(resource, "diagnosis") or [{}]
    ]


def use(resource: Json) -> list[Row]:
    return [
        {
            **base(resource, "subject"),
            "status": resource.get("status"),
            "hulpmiddel_ref": key(resource, "device", "Device"),
            "begin": start(resource, "timing"),
            "eind": one(resource, "timingPeriod.end"),
        }
    ]


def condition(r: Json) -> Row:
    return {
        "klinische_status": of_system(r, "clinicalStatus", f"{TERMINOLOGY}condition-clinical"),
        "verificatie_status": of_system(
            r, "verificationStatus", f"{TERMINOLOGY}condition-ver-status"
        ),
        "verificatie_status_zib": of_system(r, "verificationStatus", SNOMED),
        "begin": start(r, "onset"),
        "eind": start(r, "abatement"),
        "begin_afwezig": absent(r.get("_onsetDateTime")),
        "geregistreerd_op": r.get("recordedDate"),
        "code_afwezig": absent(r.get("code")),
    }


def allergy(r: Json) -> Row:
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
        "begin": start(r, "onset"),
        "begin_afwezig": absent(r.get("_onsetDateTime")),
        "laatste_reactie_op": r.get("lastOccurrence"),
    }


def procedure(r: Json) -> Row:
    return {
        "status": r.get("status"),
        "uitgevoerd_op": start(r, "performed"),
        "uitgevoerd_tot": one(r, "performedPeriod.end"),
        "plaats_code": of_system(r, "bodySite", SNOMED) or one(r, "bodySite.coding.code"),
        "code_afwezig": absent(r.get("code")),
    }


def consent(r: Json) -> Row:
    return {
        "status": r.get("status"),
        "reikwijdte": of_system(r, "scope", f"{TERMINOLOGY}consentscope"),
        "categorie_code": of_system(r, "category", SNOMED) or one(r, "category.coding.code"),
        "beslissing": one(r, "provision.type"),
        "eind": one(r, "provision.period.end"),
        "geregistreerd_op": r.get("dateTime"),
    }


def flag(r: Json) -> Row:
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


def named(ref: str, agb: str) -> object:
    def more(item: Json) -> Row:
        found = _who(item)
        return {ref: found["ref"], agb: found["agb"]}

    return more


def dispense(r: Json) -> Row:
    return {
        **mp(r),
        "verstrekt_op": r.get("whenHandedOver"),
        "verstrekt_waarde": one(r, "quantity.value"),
        "zorgaanbieder_id": identified(r, "performer.actor", AGB),
    }


def product(resource: Json) -> list[Row]:
    own = {
        "resource_ref": f"Medication/{resource['id']}",
        "status": resource.get("status"),
        "vorm_code": of_system(resource, "form", SNOMED) or one(resource, "form.coding.code"),
    }
    found = codings(resource, "code") or [(None, None)]
    return [{**own, "code_stelsel": system, "code": code} for system, code in found]


def ingredient(resource: Json) -> list[Row]:
    return [
        {
            "resource_ref": f"Medication/{resource['id']}",
            "bestanddeel_nr": n,
            "sterkte_teller": one(item, "strength.numerator.value"),
            "sterkte_noemer_eenheid": one(item, "strength.denominator.code"),
            "code_stelsel": system,
            "code": code,
        }
        for n, item in enumerate(walk(resource, "ingredient"))
        for system, code in codings(item, "itemCodeableConcept") or [(None, None)]
    ]


def team_reasons(resource: Json) -> list[Row]:
    own = base(resource, "subject")
    referred = [
        {
            **own,
            "aandoening_ref": key({"r": r}, "r", "Condition"),
            "code_stelsel": None,
            "code": None,
        }
        for r in walk(resource, "reasonReference")
    ]
    coded_ones = codings(resource, "reasonCode")
    return referred + [
        {**own, "aandoening_ref": None, "code_stelsel": s, "code": c} for s, c in coded_ones
    ]


def contact_reasons(resource: Json) -> list[Row]:
    own = base(resource, "subject")
    diagnoses = [
        {
            **own,
            "soort": "diagnose",
            "aandoening_ref": key(item, "condition"),
            "gebruik_code": one(item, "use.coding.code"),
            "rang": item.get("rank"),
        }
        for item in walk(resource, "diagnosis")
    ]
    reasons = [
        {
            **own,
            "soort": "reden",
            "aandoening_ref": key({"r": r}, "r"),
            "gebruik_code": None,
            "rang": None,
        }
        for r in walk(resource, "reasonReference")
    ]
    return diagnoses + reasons


#: Categories and codes of functioning: one of each kind that files are known to hold.
FUNCTIONING = {
    "365508006", "118871000146108", "272497004", "224249004", "301438001", "282869009",
    "301587001", "249868004", "364666007", "282097004",
}  # fmt: skip


def functioning(resource: Json) -> list[Row]:
    codes = {code for system, code in codings(resource, "code") if system == SNOMED}
    category = {code for _, code in codings(resource, "category")} & {"118228005", "384821006"}
    if not (codes & FUNCTIONING or category):
        return []
    return [
        {
            **base(resource, "subject"),
            "status": resource.get("status"),
            "code": of_system(resource, "code", SNOMED) or one(resource, "code.coding.code"),
            "waarde_stelsel": system,
            "waarde_code": code,
            "waarde": one(resource, "valueQuantity.value", "valueInteger"),
            "begin": one(resource, "effectiveDateTime", "effectivePeriod.start"),
        }
        for system, code in codings(resource, "valueCodeableConcept") or [(None, None)]
    ]
