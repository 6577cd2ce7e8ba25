"""Raw tables of measurements and laboratory results (Observation, Specimen).

Grain: one row a resource x coding, component, member or role; the class says which. Numbers keep
all their digits in ``..._tekst``; units are kept as delivered and normalised in the build
(decision 0015).
"""

from __future__ import annotations

from functools import partial
from typing import Any

import pandera.polars as pa

from schemas.tables.fhir.basis import PatientGebonden
from schemas.tables.kolom import kolom, verwijzing
from schemas.tables.patronen import AGB, GETAL, TIJD, TIJDSTIP

#: Columns of a value that the two tables have in another order.
_WAARDE = {
    "comparator": partial(kolom, "Vergelijkingsteken bij de waarde"),
    "waarde": partial(kolom, "Gemeten waarde", bewerking="getal", str_matches=GETAL),
    "eenheid": partial(kolom, "Eenheid (UCUM)", codelijst="eenheid_ucum"),
    "waarde_stelsel": partial(kolom, "Codestelsel van een gecodeerde waarde"),
    "waarde_code": partial(kolom, "Een gecodeerde waarde"),
}


def _waarde(naam: str) -> Any:
    return _WAARDE[naam]()


class Waarde(pa.DataFrameModel):
    """What is known of a value, of the whole or of a component, beside ``_WAARDE``."""

    waarde_tekst: str = kolom(
        "Gemeten waarde met alle cijfers van de bron (2.00 is niet 2)", str_matches=GETAL
    )
    eenheid_stelsel: str = kolom("Codestelsel van de eenheid van de waarde")
    eenheid_code: str = kolom(
        "Eenheid van de waarde zoals gecodeerd, van welk stelsel ook", bewerking="eenheid"
    )
    eenheid_tekst: str = kolom("Eenheid van de waarde zoals geschreven", bewerking="eenheid")
    waarde_ja_nee: bool = kolom("Waarde ja of nee")
    waarde_moment: str = kolom(
        "Moment of begin van een tijdvak als waarde (UTC), geen geboortedatum",
        bewerking="tijdstip",
        str_matches=TIJDSTIP,
    )
    waarde_moment_eind: str = kolom(
        "Einde van een tijdvak als waarde (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    waarde_tijd: str = kolom("Waarde die een tijd van de dag is", str_matches=TIJD)
    waarde_laag: str = kolom(
        "Ondergrens van een bereik als waarde", bewerking="getal", str_matches=GETAL
    )
    waarde_hoog: str = kolom(
        "Bovengrens van een bereik als waarde", bewerking="getal", str_matches=GETAL
    )
    waarde_bereik_eenheid: str = kolom("Eenheid van een bereik als waarde", bewerking="eenheid")
    waarde_teller: str = kolom(
        "Teller van een verhouding als waarde", bewerking="getal", str_matches=GETAL
    )
    waarde_teller_comparator: str = kolom("Vergelijkingsteken bij de teller")
    waarde_teller_eenheid: str = kolom("Eenheid van de teller", bewerking="eenheid")
    waarde_noemer: str = kolom(
        "Noemer van een verhouding als waarde", bewerking="getal", str_matches=GETAL
    )
    waarde_noemer_comparator: str = kolom("Vergelijkingsteken bij de noemer")
    waarde_noemer_eenheid: str = kolom("Eenheid van de noemer", bewerking="eenheid")
    heeft_tekstwaarde: bool = kolom("Of de waarde vrije tekst is; de tekst zelf wordt niet gelezen")
    heeft_signaal: bool = kolom("Of de waarde een signaal is; het signaal zelf wordt niet gelezen")
    reden_leeg_stelsel: str = kolom("Codestelsel van de reden dat een waarde ontbreekt")
    reden_leeg_code: str = kolom("Reden dat een waarde ontbreekt")
    interpretatie_stelsel: str = kolom("Codestelsel van de interpretatie")
    interpretatie_code: str = kolom("Interpretatie (H, L, N ...)")
    referentie_laag: str = kolom(
        "Ondergrens van het eerste referentie-interval met grenzen",
        bewerking="getal",
        str_matches=GETAL,
    )
    referentie_hoog: str = kolom(
        "Bovengrens van het eerste referentie-interval met grenzen",
        bewerking="getal",
        str_matches=GETAL,
    )
    referentie_eenheid: str = kolom("Eenheid van het referentie-interval", bewerking="eenheid")
    referentie_meer: bool = kolom(
        "Of er meer referentie-intervallen zijn dan het ene dat hier staat"
    )


class MetingBegin(PatientGebonden):
    """Columns of an Observation before those of its value."""

    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    categorie: str = kolom("Categorie (laboratory, vital-signs ...)")
    code_stelsel: str = kolom("Codestelsel van de meting")
    code: str = kolom("Code van de meting")
    comparator: str = _waarde("comparator")
    waarde: str = _waarde("waarde")
    eenheid: str = _waarde("eenheid")
    waarde_stelsel: str = _waarde("waarde_stelsel")
    waarde_code: str = _waarde("waarde_code")
    afgenomen_op: str = kolom("Moment van meting (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)


class FhirMeting(Waarde, MetingBegin):
    """Observation x coding: vital signs, laboratory results and scores."""

    class Config:
        description = "Metingen en labuitslagen (Observation), één rij per versie en codering."

    methode_stelsel: str = kolom("Codestelsel van de methode")
    methode_code: str = kolom("De methode")
    lichaamsdeel_stelsel: str = kolom("Codestelsel van het lichaamsdeel")
    lichaamsdeel_code: str = kolom("Het lichaamsdeel")
    monster_ref: str = verwijzing("Monster", "monster_sleutel")
    uitvoerder_ref: str = verwijzing(
        "Uitvoerder: organisatie, anders rol, anders zorgverlener", "uitvoerder_sleutel"
    )
    zib_status_code: str = kolom("Status zoals de zib die kent, naast de FHIR-status")


class ComponentBegin(PatientGebonden):
    """Columns of a component before those of its value."""

    onderdeel_nr: int = kolom("Volgnummer van het onderdeel, vanaf 0")
    code_stelsel: str = kolom("Codestelsel van het onderdeel")
    code: str = kolom("Code van het onderdeel")
    waarde: str = _waarde("waarde")
    eenheid: str = _waarde("eenheid")
    comparator: str = _waarde("comparator")
    waarde_stelsel: str = _waarde("waarde_stelsel")
    waarde_code: str = _waarde("waarde_code")


class FhirMetingComponent(Waarde, ComponentBegin):
    """Observation x component x coding, such as the two values of a blood pressure."""

    class Config:
        description = "Onderdelen van metingen, zoals de twee waarden van een bloeddruk."


class FhirMetingLid(PatientGebonden):
    """Observation x member: what a panel holds, and what a result is derived from."""

    class Config:
        description = "Leden van panels en waar metingen van zijn afgeleid."

    soort: str = kolom("Soort band: lid (van een panel) of afgeleid_van")
    lid_ref: str = verwijzing("Record waar het om gaat", "lid_sleutel")


class FhirMetingCodering(PatientGebonden):
    """Observation x role x coding: every coding of a value, interpretation, method and so on."""

    class Config:
        description = "Alle coderingen bij metingen, behalve die van wat gemeten is."

    rol: str = kolom("Waar de codering bij hoort: categorie, waarde, interpretatie, methode ...")
    onderdeel_nr: int = kolom(
        "Volgnummer van het onderdeel waar de codering bij hoort; leeg voor de meting zelf"
    )
    stelsel: str = kolom("Codestelsel")
    code: str = kolom("Code")


class FhirMonster(PatientGebonden):
    """Specimen x coding of its type."""

    class Config:
        description = "Monsters (Specimen), één rij per versie en codering."

    code_stelsel: str = kolom("Codestelsel van het materiaal")
    code: str = kolom("Code van het materiaal")
    afgenomen_op: str = kolom("Moment van afname (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    ontvangen_op: str = kolom(
        "Moment van ontvangst in het laboratorium (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    methode_stelsel: str = kolom("Codestelsel van de afnamemethode")
    methode_code: str = kolom("De afnamemethode")
    lichaamsdeel_stelsel: str = kolom("Codestelsel van het lichaamsdeel")
    lichaamsdeel_code: str = kolom("Het lichaamsdeel")
    herkomst_ref: str = verwijzing("Monster waar dit van is genomen", "herkomst_sleutel")
    aanvraag_ref: str = verwijzing("Aanvraag", "aanvraag_sleutel")


TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    "fhir_meting": FhirMeting,
    "fhir_meting_component": FhirMetingComponent,
    "fhir_meting_lid": FhirMetingLid,
    "fhir_meting_codering": FhirMetingCodering,
    "fhir_monster": FhirMonster,
}
