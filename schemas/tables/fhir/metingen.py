"""Raw tables of measurements and laboratory results (Observation, Specimen).

Grain: one row a resource x coding, component, member or role; the class says which. Numbers keep
all their digits in ``..._tekst``; units are kept as delivered and normalised in the build
(decision 0015).
"""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir.basis import PatientGebonden
from schemas.tables.kolom import kolom
from schemas.tables.patronen import AGB, GETAL, TIJD, TIJDSTIP


class FhirMeting(PatientGebonden):
    """Observation x coding: vital signs, laboratory results and scores."""

    class Config:
        description = "Metingen en labuitslagen (Observation), één rij per versie en codering."

    contact_ref: str = kolom(
        "Contact", bewerking="sleutel", naar="contact_sleutel", domein="resource"
    )
    categorie: str = kolom("Categorie (laboratory, vital-signs ...)")
    code_stelsel: str = kolom("Codestelsel van de meting")
    code: str = kolom("Code van de meting")
    comparator: str = kolom("Vergelijkingsteken bij de waarde")
    waarde: str = kolom("Gemeten waarde", bewerking="getal", str_matches=GETAL)
    eenheid: str = kolom("Eenheid (UCUM)", codelijst="eenheid_ucum")
    waarde_stelsel: str = kolom("Codestelsel van een gecodeerde waarde")
    waarde_code: str = kolom("Een gecodeerde waarde")
    afgenomen_op: str = kolom("Moment van meting (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)
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
    methode_stelsel: str = kolom("Codestelsel van de methode")
    methode_code: str = kolom("De methode")
    lichaamsdeel_stelsel: str = kolom("Codestelsel van het lichaamsdeel")
    lichaamsdeel_code: str = kolom("Het lichaamsdeel")
    monster_ref: str = kolom(
        "Monster", bewerking="sleutel", naar="monster_sleutel", domein="resource"
    )
    uitvoerder_ref: str = kolom(
        "Uitvoerder: organisatie, anders rol, anders zorgverlener",
        bewerking="sleutel",
        naar="uitvoerder_sleutel",
        domein="resource",
    )
    zib_status_code: str = kolom("Status zoals de zib die kent, naast de FHIR-status")


class FhirMetingComponent(PatientGebonden):
    """Observation x component x coding, such as the two values of a blood pressure."""

    class Config:
        description = "Onderdelen van metingen, zoals de twee waarden van een bloeddruk."

    onderdeel_nr: int = kolom("Volgnummer van het onderdeel, vanaf 0")
    code_stelsel: str = kolom("Codestelsel van het onderdeel")
    code: str = kolom("Code van het onderdeel")
    waarde: str = kolom("Gemeten waarde", bewerking="getal", str_matches=GETAL)
    eenheid: str = kolom("Eenheid (UCUM)", codelijst="eenheid_ucum")
    comparator: str = kolom("Vergelijkingsteken bij de waarde")
    waarde_stelsel: str = kolom("Codestelsel van een gecodeerde waarde")
    waarde_code: str = kolom("Een gecodeerde waarde")
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


class FhirMetingLid(PatientGebonden):
    """Observation x member: what a panel holds, and what a result is derived from."""

    class Config:
        description = "Leden van panels en waar metingen van zijn afgeleid."

    soort: str = kolom("Soort band: lid (van een panel) of afgeleid_van")
    lid_ref: str = kolom(
        "Record waar het om gaat", bewerking="sleutel", naar="lid_sleutel", domein="resource"
    )


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
    herkomst_ref: str = kolom(
        "Monster waar dit van is genomen",
        bewerking="sleutel",
        naar="herkomst_sleutel",
        domein="resource",
    )
    aanvraag_ref: str = kolom(
        "Aanvraag", bewerking="sleutel", naar="aanvraag_sleutel", domein="resource"
    )


TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    "fhir_meting": FhirMeting,
    "fhir_meting_component": FhirMetingComponent,
    "fhir_meting_lid": FhirMetingLid,
    "fhir_meting_codering": FhirMetingCodering,
    "fhir_monster": FhirMonster,
}
