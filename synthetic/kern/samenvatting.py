"""The patient summary: allergies, medicines in use, vaccinations, directives, alerts and more."""

from __future__ import annotations

import numpy as np

from synthetic.ei_regels import UZOVI
from synthetic.kalender import JAREN, first_day, iso
from synthetic.kern.basis import KernBlok, Rijen, aanbieder, contact, patient
from synthetic.kern.elementen import concept, hl7, reference, snomed
from synthetic.kern.profielen import MP, NL_CORE
from synthetic.kern.sjabloon import Moment
from synthetic.personen import LEEFTIJDEN

_DAG = 1_440
_POLIS = "urn:oid:2.16.840.1.113883.2.4.3.11.60.101.5.1"
_UZOVI = "http://fhir.nl/fhir/NamingSystem/uzovi"
_AFGESPROKEN = "http://nictiz.nl/fhir/StructureDefinition/ext-AdministrationAgreement.AuthoredOn"
_GEPRIKT = LEEFTIJDEN.index(65)
_OUD = LEEFTIJDEN.index(75)


def write_summary(kern: KernBlok) -> None:
    """Write the patient summary of one source, block and year."""
    _allergies(kern)
    _statements(kern)
    _dispenses(kern)
    _vaccinations(kern)
    _directives(kern)
    _alerts(kern)
    _teams(kern)
    _insurance(kern)
    _episodes(kern)


def _allergies(kern: KernBlok) -> None:
    rows = kern.chosen("allergie")
    codes, registered = kern.drawn("allergie", rows), kern.registered(rows)
    new = kern.new("AllergyIntolerance", rows, registered)
    since = np.maximum(
        registered // _DAG - kern.rng.integers(30, 6_000, size=len(rows)),
        kern.blok.persoon.geboren[rows.wie],
    )
    grave = kern.rng.random(len(rows)) < 0.3
    body = {
        "clinicalStatus": hl7("allergyintolerance-clinical", "active"),
        "verificationStatus": hl7("allergyintolerance-verification", "confirmed"),
        "type": "allergy",
        "category": [np.array([b"medication", b"food", b"environment"])[codes.keuze % 3]],
        "criticality": np.where(grave, b"high", b"low"),
        "code": concept(codes.stelsel, codes.code),
        "patient": patient(new),
        "encounter": contact(rows),
        "onsetDateTime": iso(since),
        "recordedDate": Moment(registered),
    }
    kern.write("AllergyIntolerance", new, NL_CORE + "AllergyIntolerance", body, codes)


def _statements(kern: KernBlok) -> None:
    rows = kern.chosen("medicatiegebruik")
    codes, registered = kern.drawn("medicatie", rows), kern.registered(rows)
    new = kern.new("MedicationStatement", rows, registered)
    begin = registered - _DAG * kern.rng.integers(1, 400, size=len(rows))
    body = {
        "status": "active",
        "category": snomed("422979000"),
        "medicationCodeableConcept": concept(codes.stelsel, codes.code),
        "subject": patient(new),
        "context": contact(rows),
        "effectivePeriod": {"start": Moment(begin)},
        "dateAsserted": Moment(registered),
        "informationSource": patient(new),
    }
    kern.write("MedicationStatement", new, MP + "MedicationUse2", body, codes)


def _dispenses(kern: KernBlok) -> None:
    rows = kern.chosen("verstrekking")
    codes, registered = kern.drawn("medicatie", rows), kern.registered(rows)
    new = kern.new("MedicationDispense", rows, registered)
    body = {
        "extension": [{"url": _AFGESPROKEN, "valueDateTime": Moment(registered)}],
        "status": "completed",
        "category": snomed("422037009"),
        "medicationCodeableConcept": concept(codes.stelsel, codes.code),
        "subject": patient(new),
        "context": contact(rows),
        "performer": [{"actor": aanbieder(new)}],
        "whenHandedOver": Moment(registered),
    }
    kern.write("MedicationDispense", new, MP + "AdministrationAgreement", body, codes)


def _vaccinations(kern: KernBlok) -> None:
    rows = kern.older(kern.chosen("vaccinatie"), _GEPRIKT)
    codes, registered = kern.drawn("vaccinatie", rows), kern.registered(rows)
    new = kern.new("Immunization", rows, registered)
    body = {
        "status": "completed",
        "vaccineCode": concept(codes.stelsel, codes.code),
        "patient": patient(new),
        "encounter": contact(rows),
        "occurrenceDateTime": Moment(rows.begin),
        "recorded": Moment(registered),
        "primarySource": True,
        "performer": [{"function": hl7("v2-0443", "AP"), "actor": aanbieder(new)}],
    }
    kern.write("Immunization", new, NL_CORE + "Vaccination-event", body, codes)


def _directives(kern: KernBlok) -> None:
    write_directives(kern, kern.older(kern.chosen("behandelaanwijzing"), _OUD))


def write_directives(kern: KernBlok, rows: Rijen) -> None:
    """Write a treatment directive at each of these contacts.

    Args:
        kern: writer.
        rows: the contacts.
    """
    codes, registered = kern.drawn("behandelaanwijzing", rows), kern.registered(rows)
    new = kern.new("Consent", rows, registered)
    kern.blok.vastgelegd.add("aanwijzing", rows.wie, registered)
    deny = kern.rng.random(len(rows)) < 0.7
    body = {
        "status": "active",
        "scope": hl7("consentscope", "treatment"),
        "category": [snomed("129125009")],
        "patient": patient(new),
        "dateTime": Moment(registered),
        "policy": [{"uri": "https://wetten.overheid.nl/"}],
        "provision": {
            "type": np.where(deny, b"deny", b"permit"),
            "code": [concept(codes.stelsel, codes.code)],
        },
    }
    kern.write("Consent", new, NL_CORE + "TreatmentDirective2", body, codes)


def _alerts(kern: KernBlok) -> None:
    rows = kern.chosen("alert")
    codes, registered = kern.drawn("alert", rows), kern.registered(rows)
    new = kern.new("Flag", rows, registered, klok=False)
    body = {
        "status": "active",
        "category": [concept("http://loinc.org", "75323-6")],
        "code": concept(codes.stelsel, codes.code),
        "subject": patient(new),
        "period": {"start": Moment(registered)},
        "encounter": contact(rows),
        "author": aanbieder(new),
    }
    kern.write("Flag", new, NL_CORE + "Alert", body, codes)


def _teams(kern: KernBlok) -> None:
    rows = kern.chosen("zorgteam")
    registered = kern.registered(rows)
    new = kern.new("CareTeam", rows, registered, klok=False)
    body = {
        "status": "active",
        "subject": patient(new),
        "encounter": contact(rows),
        "period": {"start": Moment(registered)},
        "participant": [{"member": patient(new)}, {"member": aanbieder(new)}],
    }
    kern.write("CareTeam", new, NL_CORE + "CareTeam", body)


def _insurance(kern: KernBlok) -> None:
    rows = kern.chosen("betaler")
    new = kern.new("Coverage", rows, kern.registered(rows), klok=False)
    insurer = kern.blok.persoon.verzekeraar[rows.wie, JAREN.index(kern.blok.jaar)]
    payor = {"identifier": {"system": _UZOVI, "value": UZOVI[insurer]}, "type": "Organization"}
    body = {
        "status": "active",
        "type": concept(_POLIS, "B"),
        "beneficiary": patient(new),
        "period": {"start": iso(np.full(len(rows), first_day(kern.blok.jaar)))},
        "payor": [payor],
    }
    kern.write("Coverage", new, NL_CORE + "Payer.InsuranceCompany", body)


def _episodes(kern: KernBlok) -> None:
    """Episodes of care around diagnoses of the year."""
    diagnoses = kern.diagnoses()
    rows = kern.chosen("zorgepisode", diagnoses)
    new = kern.new("EpisodeOfCare", rows, kern.registered(rows), klok=False)
    body = {
        "status": "active",
        "diagnosis": [{"condition": reference("Condition", rows.contact)}],
        "patient": patient(new),
        "managingOrganization": aanbieder(new),
        "period": {"start": iso(rows.begin // _DAG)},
    }
    kern.write("EpisodeOfCare", new, NL_CORE + "EpisodeOfCare", body)
