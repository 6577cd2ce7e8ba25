"""Add faulty resources to one FHIR delivery."""

from __future__ import annotations

import json
from typing import Any

from synthetic.fhir_regels import PROFIELEN
from synthetic.fouten import BOUW, Fouten

Resource = dict[str, Any]
#: Name the planted measurements are counted under.
_GEMETEN = "Observation/laboratory"


def meta(profiel: str | None, jaar: int) -> Resource:
    """The ``meta`` of a planted resource: available on 2 June, with or without a profile."""
    known: Resource = {"versionId": "1", "lastUpdated": f"{jaar}-06-02T10:00:00Z"}
    return known if profiel is None else known | {"profile": [profiel]}


def observation(nummer: str, jaar: int, patient: str, agb: str, **anders: Any) -> Resource:
    """A laboratory result of 2 June, faultless but for what ``anders`` replaces."""
    category = "http://terminology.hl7.org/CodeSystem/observation-category"
    return {
        "resourceType": "Observation",
        "id": nummer,
        "meta": meta(PROFIELEN["Laboratorium"], jaar),
        "status": "final",
        "category": [{"coding": [{"system": category, "code": "laboratory"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": "14682-9"}]},
        "subject": {"reference": f"Patient/{patient}", "type": "Patient"},
        "effectiveDateTime": f"{jaar}-06-02T09:00:00+02:00",
        "issued": f"{jaar}-06-02T09:30:00+02:00",
        "performer": [
            {"identifier": {"system": "http://fhir.nl/fhir/NamingSystem/agb-z", "value": agb}}
        ],
        "valueQuantity": {
            "value": 80,
            "unit": "umol/L",
            "system": "http://unitsofmeasure.org",
            "code": "umol/L",
        },
    } | anders


class Levering:
    """Faults of one delivery."""

    def __init__(self, fouten: Fouten, bron: str, jaar: int) -> None:
        self.fouten, self.bron, self.jaar = fouten, bron, jaar

    def add(self, resource: Resource, reden: str, waar: str = "intake") -> None:
        """Append a faulty resource to the file of its type."""
        soort = resource["resourceType"]
        text = json.dumps(resource, ensure_ascii=False, separators=(",", ":")).encode()
        file = (self.bron, self.jaar, f"{soort}.ndjson")
        plek = self.fouten.add_line(file, soort, f"{soort}/{resource['id']}", text)
        self.fouten.plant(plek, reden, waar)
        if waar == BOUW:
            # only the build refuses it, so its code is among those of the source
            for code in resource["code"]["coding"]:
                self.fouten.tellingen.count_codes(
                    self.bron, _GEMETEN, code["system"], code["code"].encode(), 1
                )

    def broken(self, resource: Resource) -> None:
        """Append a line that stops halfway."""
        text = json.dumps(resource, separators=(",", ":")).encode()
        file = (self.bron, self.jaar, "Observation.ndjson")
        plek = self.fouten.add_line(file, "onleesbaar", "afgebroken regel", text[: len(text) // 2])
        self.fouten.plant(plek, "REGEL-ONLEESBAAR")

    def known_patient(self) -> str:
        """Id of a patient that is delivered."""
        with self.fouten.leveringen.path(self.bron, self.jaar, "Patient.ndjson").open() as file:
            return str(json.loads(file.readline())["id"])
