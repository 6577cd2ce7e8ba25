"""Faults in the wider kerngegevens set, and resources that their source takes back."""

from __future__ import annotations

import json

from synthetic.fouten import INGETROKKEN
from synthetic.fouten_levering import Levering, Resource, meta, observation
from synthetic.kalender import JAREN

_FHIR = "http://hl7.org/fhir/StructureDefinition/"
_NICTIZ = "http://nictiz.nl/fhir/StructureDefinition/"
_AGB = {"fhir-ziekenhuizen": "06000003", "fhir-huisartsen": "01000003"}
_VERWIJDERING = "verwijdering"


def plant_set(levering: Levering) -> None:
    """Plant an allergy in STU3, an answer of the wrong type and a plan that is no structure."""
    jaar, patient = levering.jaar, levering.known_patient()
    subject = {"reference": f"Patient/{patient}", "type": "Patient"}
    allergy: Resource = {
        "resourceType": "AllergyIntolerance",
        "id": f"fout-allergie-{jaar}",
        "meta": meta(_NICTIZ + "zib-AllergyIntolerance", jaar),
        "verificationStatus": "confirmed",
        "patient": subject,
        "assertedDate": f"{jaar}-06-02",
    }
    levering.add(allergy, "FHIR-GENERATIE-STU3")
    answers: Resource = {
        "resourceType": "QuestionnaireResponse",
        "id": f"fout-antwoord-{jaar}",
        "meta": meta(_FHIR + "QuestionnaireResponse", jaar),
        "status": "completed",
        "subject": subject,
        "authored": f"{jaar}-06-02T09:30:00+02:00",
        "item": [{"linkId": "1", "answer": [{"valueInteger": "zeven"}]}],
    }
    levering.add(answers, "FHIR-STRUCTUUR")
    plan: Resource = {
        "resourceType": "CarePlan",
        "id": f"fout-plan-{jaar}",
        "meta": meta(_NICTIZ + "nl-core-NursingIntervention", jaar),
        "status": "active",
        "intent": "plan",
        "subject": subject,
        "activity": "wassen",
    }
    levering.add(plan, "FHIR-STRUCTUUR")


def plant_deletions(levering: Levering) -> None:
    """Plant a measurement that its source takes back, and a deletion that names nothing.

    The measurement is accepted and must be in no fact: it is deleted in the next delivery, that of
    the last year in the same one.
    """
    fouten, bron, jaar = levering.fouten, levering.bron, levering.jaar
    number = f"ingetrokken-meting-{jaar}"
    levering.add(observation(number, jaar, levering.known_patient(), _AGB[bron]), "", INGETROKKEN)
    later = min(jaar + 1, JAREN[-1])
    place = (bron, later, f"{_VERWIJDERING}.ndjson")
    fouten.add_line(place, _VERWIJDERING, number, _deletion(f"Observation/{number}", number, later))
    name = f"fout-verwijdering-{jaar}"
    text = _deletion("Observation?code=718-7", name, jaar)
    plek = fouten.add_line((bron, jaar, place[2]), _VERWIJDERING, f"Bundle/{name}", text)
    fouten.plant(plek, "FHIR-VERWIJDERING-ONBEKEND")


def _deletion(url: str, naam: str, jaar: int) -> bytes:
    """A Bundle on one line that deletes one resource at the end of a year."""
    entry = {
        "request": {"method": "DELETE", "url": url},
        "response": {"status": "204", "lastModified": f"{jaar}-12-30T10:00:00Z"},
    }
    bundle: Resource = {"resourceType": "Bundle", "id": naam, "type": "history", "entry": [entry]}
    return json.dumps(bundle, separators=(",", ":")).encode()
