"""Laboratory results: panels with their members and specimen, comparators and coded values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from synthetic.fhir_regels import Kern
from synthetic.gegevens import table
from synthetic.kern.basis import Codes, KernBlok, Rijen, aanbieder, contact, patient
from synthetic.kern.elementen import LOINC, concept, hl7, quantity, reference, snomed
from synthetic.kern.profielen import FHIR, NL_CORE
from synthetic.kern.sjabloon import Moment, Sjabloon
from synthetic.regels import column, decimals, numbers

_LABORATORIUM = {"category": [hl7("observation-category", "laboratory")]}
#: Names that results and their reports are counted under.
ONDERDEEL, _VERSLAG = "Observation/laboratory", "DiagnosticReport/LAB"


@dataclass(frozen=True)
class Aanvraag:
    """Panels of one kind: the contacts they belong to, when they were taken and recorded."""

    rijen: Rijen
    afgenomen: NDArray[np.int64]
    geregistreerd: NDArray[np.int64]
    monster: NDArray[np.bytes_]

    def take(self, rijen: NDArray) -> Aanvraag:
        """The panels of a mask."""
        return Aanvraag(
            self.rijen.take(rijen),
            self.afgenomen[rijen],
            self.geregistreerd[rijen],
            self.monster[rijen],
        )


def write_laboratory(kern: KernBlok) -> None:
    """Write panels, their members, specimens and reports of one source, block and year."""
    chosen = kern.chosen("labpanel")
    kinds = sorted({row["panel"] for row in table("labpanels")})
    kind = kern.rng.integers(0, len(kinds), size=len(chosen))
    for position, panel in enumerate(kinds):
        _panel(kern, panel, chosen.take(kind == position))


def _panel(kern: KernBlok, panel: str, rijen: Rijen) -> None:
    """Write all panels of one kind."""
    members = [row for row in table("labpanels") if row["panel"] == panel]
    taken = rijen.begin + 10
    registered = taken + kern.rng.integers(20, 90, size=len(rijen))
    specimen = _specimens(kern, rijen, taken, members[0]["monster"])
    asked = Aanvraag(rijen, taken, registered, specimen)
    ids = [_member(kern, row, asked) for row in members]
    new = kern.new("Observation", rijen, registered, onderdeel=ONDERDEEL)
    code = _codes(kern, panel, members[0]["panel_lokaal"], rijen)
    body = _head(asked, new, code) | {
        "specimen": reference("Specimen", specimen),
        "hasMember": [reference("Observation", each) for each in ids],
    }
    kern.write(
        "Observation", new, NL_CORE + "LaboratoryTestResult", body, code, onderdeel=ONDERDEEL
    )
    _reports(kern, asked, new)


def _specimens(
    kern: KernBlok, rijen: Rijen, afgenomen: NDArray[np.int64], materiaal: str
) -> NDArray[np.bytes_]:
    new = kern.new("Specimen", rijen, afgenomen, klok=False)
    body = {
        "status": "available",
        "type": snomed(materiaal),
        "subject": patient(new),
        "receivedTime": Moment(afgenomen + 15),
        "collection": {"collectedDateTime": Moment(afgenomen)},
    }
    kern.write("Specimen", new, NL_CORE + "LaboratoryTestResult.Specimen", body)
    return new.id


def _codes(kern: KernBlok, loinc: str, lokaal: str, rijen: Rijen) -> Codes:
    """LOINC, or the code of the laboratory itself where it uses its own."""
    systems = np.full(len(rijen), LOINC.encode(), dtype="S64")
    found = np.full(len(rijen), loinc.encode(), dtype="S16")
    for where, system in kern.local("lab"):
        here = rijen.aanbieder == where
        systems[here] = system
        found[here] = lokaal.encode()
    return Codes(systems, found, np.zeros(len(rijen), dtype=np.int64))


def _head(asked: Aanvraag, new: Kern, code: Codes) -> Sjabloon:
    """What a result has before its value."""
    return {
        "status": "final",
        **_LABORATORIUM,
        "code": concept(code.stelsel, code.code),
        "subject": patient(new),
        "encounter": contact(asked.rijen),
        "effectiveDateTime": Moment(asked.afgenomen),
        "issued": Moment(asked.geregistreerd),
        "performer": [aanbieder(new)],
    }


def _member(kern: KernBlok, row: dict[str, str], asked: Aanvraag) -> NDArray[np.bytes_]:
    """Write one test of all panels; return the ids in the order of the panels."""
    n = len(asked.rijen)
    if row["waarde"] == "code":
        first = kern.rng.random(n) < 0.7
        return _written(kern, row, asked, [(first, _coded(0)), (~first, _coded(1))])
    value = kern.rng.normal(float(row["gemiddelde"]), float(row["spreiding"]), size=n)
    low, high = _limits(row)
    under, over = value < low, value > high
    between = ~(under | over)
    texts = _texts(row, np.clip(value, low, high))
    parts = [
        (under, _measured(row, texts[under], "<", kern)),
        (over, _measured(row, texts[over], ">", kern)),
        (between, _measured(row, texts[between], "", kern)),
    ]
    return _written(kern, row, asked, parts)


def _limits(row: dict[str, str]) -> tuple[float, float]:
    """What the analyser can tell: below and above it gives a comparator."""
    low = float(row["ondergrens"] or float(row["gemiddelde"]) / 10)
    return low, float(row["bovengrens"] or float(row["gemiddelde"]) * 10)


def _texts(row: dict[str, str], value: NDArray[np.float64]) -> NDArray[np.bytes_]:
    tenths = np.rint(value * 10).astype(np.int64)
    return decimals(tenths) if row["decimalen"] == "1" else numbers(tenths // 10)


def _measured(
    row: dict[str, str], texts: NDArray[np.bytes_], teken: str, kern: KernBlok
) -> Sjabloon:
    """A number with its unit; the litre is spelled as the source does."""
    unit, ucum = row["eenheid"], row["ucum"]
    if kern.blok.bron == "fhir-huisartsen":
        unit, ucum = (text.replace("/L", "/l") for text in (unit, ucum))
    return {"valueQuantity": quantity(texts, unit, ucum, teken)}


@cache
def _values() -> tuple[dict[str, str], ...]:
    return tuple(row for row in table("kern_codes") if row["soort"] == "labwaarde")


def _coded(keuze: int) -> Sjabloon:
    value = _values()[keuze]
    return {"valueCodeableConcept": concept(value["stelsel"], value["code"])}


def _written(
    kern: KernBlok,
    row: dict[str, str],
    asked: Aanvraag,
    parts: list[tuple[NDArray[np.bool_], Sjabloon]],
) -> NDArray[np.bytes_]:
    ids = np.zeros(len(asked.rijen), dtype="S16")
    for mask, value in parts:
        some = asked.take(mask)
        new = kern.new("Observation", some.rijen, some.geregistreerd, onderdeel=ONDERDEEL)
        code = _codes(kern, row["loinc"], row["lokaal"], some.rijen)
        body = _head(some, new, code) | value | {"specimen": reference("Specimen", some.monster)}
        kern.write(
            "Observation", new, NL_CORE + "LaboratoryTestResult", body, code, onderdeel=ONDERDEEL
        )
        ids[mask] = new.id
    return ids


def _reports(kern: KernBlok, asked: Aanvraag, panels: Kern) -> None:
    """Half of the panels come with a report that binds them."""
    some = kern.rng.random(len(panels)) < 0.5
    part = asked.take(some)
    new = kern.new("DiagnosticReport", part.rijen, part.geregistreerd, onderdeel=_VERSLAG)
    code = Codes(
        column([LOINC]).repeat(len(new)), column(["11502-2"]).repeat(len(new)), part.afgenomen
    )
    body = {
        "status": "final",
        "category": [hl7("v2-0074", "LAB")],
        "code": concept(code.stelsel, code.code),
        "subject": patient(new),
        "encounter": contact(part.rijen),
        "effectiveDateTime": Moment(part.afgenomen),
        "issued": Moment(part.geregistreerd),
        "performer": [aanbieder(new)],
        "specimen": [reference("Specimen", part.monster)],
        "result": [reference("Observation", panels.id[some])],
    }
    kern.write("DiagnosticReport", new, FHIR + "DiagnosticReport", body, code, onderdeel=_VERSLAG)
