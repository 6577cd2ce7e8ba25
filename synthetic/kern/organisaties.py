"""Who gives and who pays for the care, once a source: organisations, locations, roles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from synthetic.ei_regels import UZOVI, VERZEKERAARS
from synthetic.fhir_levering import FhirBlok
from synthetic.fhir_regels import Kern
from synthetic.gegevens import table
from synthetic.kalender import JAREN, first_day
from synthetic.kern.elementen import concept
from synthetic.kern.profielen import NL_CORE
from synthetic.kern.sjabloon import Sjabloon, joined, resource_lines
from synthetic.regels import column

_AGB = "http://fhir.nl/fhir/NamingSystem/agb-z"
_UZOVI = "http://fhir.nl/fhir/NamingSystem/uzovi"
_SOORT = "http://nictiz.nl/fhir/NamingSystem/organization-type"
_SPECIALISME = "urn:oid:2.16.840.1.113883.2.4.6.7"
_HUISARTS = "huisartsenpraktijk"


def write_organisations(blok: FhirBlok) -> None:
    """Write the organisations of a source with its very first delivery, and never again."""
    if blok.blok or blok.jaar != JAREN[0]:
        return
    kinds = {row["soort"]: row for row in table("kern_organisaties")}
    gp = blok.bron == "fhir-huisartsen"
    who = np.array(
        [
            position
            for position, kind in enumerate(blok.wereld.zorgaanbieders.soort)
            if kind in kinds and (kind == _HUISARTS) == gp
        ]
    )
    rows = [kinds[blok.wereld.zorgaanbieders.soort[position]] for position in who]
    organisations = _organisations(blok, who, rows)
    locations = _locations(blok, who, organisations)
    _roles(blok, who, rows, organisations, locations)
    _insurers(blok)


def _kern(blok: FhirBlok, soort: str, n: int) -> Kern:
    ids = blok.new_ids(soort, n)
    moment = np.full(n, first_day(blok.jaar) * 1440 + 480)
    blok.tally(soort, None, moment)
    return Kern(ids, ids, moment, ids)


def _write(blok: FhirBlok, soort: str, kern: Kern, profiel: str, inhoud: Sjabloon) -> None:
    blok.append(soort, resource_lines(soort, kern, NL_CORE + profiel, inhoud), len(kern))


def _identified(blok: FhirBlok, who: NDArray[np.int64]) -> list[Sjabloon]:
    return [{"system": _AGB, "value": blok.agb[who]}]


def _organisations(
    blok: FhirBlok, who: NDArray[np.int64], rows: list[dict[str, str]]
) -> NDArray[np.bytes_]:
    kern = _kern(blok, "Organization", len(who))
    body = {
        "identifier": _identified(blok, who),
        "active": True,
        "type": [concept(_SOORT, column([row["organisatietype"] for row in rows]))],
        "name": column(blok.wereld.zorgaanbieders.naam)[who],
    }
    _write(blok, "Organization", kern, "HealthcareProvider-Organization", body)
    return kern.id


def _locations(
    blok: FhirBlok, who: NDArray[np.int64], organisaties: NDArray[np.bytes_]
) -> NDArray[np.bytes_]:
    kern = _kern(blok, "Location", len(who))
    places = blok.wereld.plaatsen
    at = [places.gemeente.index(blok.wereld.zorgaanbieders.gemeente[w]) for w in who]
    body = {
        "identifier": _identified(blok, who),
        "status": "active",
        "name": column(blok.wereld.zorgaanbieders.naam)[who],
        "address": {
            "city": column([places.gemeente_naam[a] for a in at]),
            "postalCode": joined(column([places.pc4[a] for a in at]), b" AA"),
        },
        "managingOrganization": {
            "reference": joined(b"Organization/", organisaties),
            "type": "Organization",
        },
    }
    _write(blok, "Location", kern, "HealthcareProvider", body)
    return kern.id


def _roles(
    blok: FhirBlok,
    who: NDArray[np.int64],
    rows: list[dict[str, str]],
    organisaties: NDArray[np.bytes_],
    locaties: NDArray[np.bytes_],
) -> None:
    kern = _kern(blok, "PractitionerRole", len(who))
    body = {
        "active": True,
        "organization": {
            "reference": joined(b"Organization/", organisaties),
            "type": "Organization",
            "identifier": {"system": _AGB, "value": blok.agb[who]},
        },
        "specialty": [concept(_SPECIALISME, column([row["specialisme"] for row in rows]))],
        "location": [{"reference": joined(b"Location/", locaties), "type": "Location"}],
    }
    _write(blok, "PractitionerRole", kern, "HealthProfessional-PractitionerRole", body)


def _insurers(blok: FhirBlok) -> None:
    kern = _kern(blok, "Organization", VERZEKERAARS)
    body = {"identifier": [{"system": _UZOVI, "value": UZOVI}], "active": True}
    _write(blok, "Organization", kern, "Payer-Organization", body)
