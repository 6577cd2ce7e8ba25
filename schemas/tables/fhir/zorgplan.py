"""Raw tables of care plans and their goals."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir.basis import PatientGebonden
from schemas.tables.kolom import kolom, verwijzing
from schemas.tables.patronen import AGB, GETAL, TIJDSTIP


class FhirZorgplan(PatientGebonden):
    """CarePlan x coding of its category, nursing intervention and help from others included."""

    class Config:
        description = "Zorgplannen (CarePlan), één rij per versie en codering."

    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    intentie: str = kolom("Intentie (plan, order ...)")
    categorie_stelsel: str = kolom("Codestelsel van de categorie")
    categorie_code: str = kolom("Code van de categorie")
    begin: str = kolom("Begin van het plan (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van het plan (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)
    uitvoerder_ref: str = verwijzing(
        "Opsteller: organisatie, anders rol, anders zorgverlener", "uitvoerder_sleutel"
    )


class FhirZorgplanActiviteit(PatientGebonden):
    """CarePlan x activity x coding."""

    class Config:
        description = "Activiteiten in zorgplannen, één rij per versie, activiteit en codering."

    activiteit_nr: int = kolom("Volgnummer van de activiteit, vanaf 0")
    code_stelsel: str = kolom("Codestelsel van de activiteit")
    code: str = kolom("Code van de activiteit")
    activiteit_soort: str = kolom("Soort opdracht waar de activiteit voor staat")
    activiteit_status: str = kolom("Status van de activiteit")
    status_reden_stelsel: str = kolom("Codestelsel van de reden van de status")
    status_reden_code: str = kolom("De reden van de status")
    reden_stelsel: str = kolom("Codestelsel van de reden van de activiteit")
    reden_code: str = kolom("De reden van de activiteit")
    begin: str = kolom("Begin van de activiteit (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van de activiteit (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    niet_doen: bool = kolom("Of de activiteit juist niet mag gebeuren")
    hoeveelheid: str = kolom("Hoeveelheid", bewerking="getal", str_matches=GETAL)
    hoeveelheid_eenheid: str = kolom("Eenheid van de hoeveelheid", bewerking="eenheid")
    dagelijks: str = kolom("Hoeveelheid per dag", bewerking="getal", str_matches=GETAL)
    dagelijks_eenheid: str = kolom("Eenheid van de hoeveelheid per dag", bewerking="eenheid")
    opdracht_ref: str = verwijzing("Opdracht waar de activiteit naar verwijst", "opdracht_sleutel")
    uitvoerder_ref: str = verwijzing(
        "Uitvoerder: organisatie, anders rol, anders zorgverlener", "uitvoerder_sleutel"
    )


class FhirZorgplanLid(PatientGebonden):
    """CarePlan x reference."""

    class Config:
        description = "Problemen, doelen en zorgteams bij zorgplannen."

    soort: str = kolom("Soort band: probleem, doel, zorgteam of onderdeel_van")
    lid_ref: str = verwijzing("Record waar het om gaat", "lid_sleutel")


class FhirBehandeldoel(PatientGebonden):
    """Goal x coding x target."""

    class Config:
        description = "Behandeldoelen (Goal), één rij per versie, codering en streefwaarde."

    code_stelsel: str = kolom("Codestelsel van het doel")
    code: str = kolom("Code van het doel")
    bereikt_stelsel: str = kolom("Codestelsel van hoe ver het doel bereikt is")
    bereikt_code: str = kolom("Hoe ver het doel bereikt is")
    prioriteit_stelsel: str = kolom("Codestelsel van de prioriteit")
    prioriteit_code: str = kolom("De prioriteit")
    categorie_stelsel: str = kolom("Codestelsel van de categorie")
    categorie_code: str = kolom("De categorie")
    begin: str = kolom("Begin (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    status_op: str = kolom(
        "Moment waarop de status inging (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    uitkomst_stelsel: str = kolom("Codestelsel van de uitkomst")
    uitkomst_code: str = kolom("De uitkomst")
    probleem_ref: str = verwijzing("Probleem waar het doel bij hoort", "probleem_sleutel")
    streefwaarde_nr: int = kolom("Volgnummer van de streefwaarde, vanaf 0")
    maat_stelsel: str = kolom("Codestelsel van wat er gemeten wordt")
    maat_code: str = kolom("Wat er gemeten wordt")
    comparator: str = kolom("Vergelijkingsteken bij de streefwaarde")
    waarde: str = kolom("Streefwaarde", bewerking="getal", str_matches=GETAL)
    waarde_tekst: str = kolom("Streefwaarde met alle cijfers van de bron", str_matches=GETAL)
    eenheid_stelsel: str = kolom("Codestelsel van de eenheid van de streefwaarde")
    eenheid_code: str = kolom(
        "Eenheid van de streefwaarde zoals gecodeerd, van welk stelsel ook", bewerking="eenheid"
    )
    eenheid_tekst: str = kolom("Eenheid van de streefwaarde zoals geschreven", bewerking="eenheid")
    waarde_laag: str = kolom("Ondergrens van de streefwaarde", bewerking="getal", str_matches=GETAL)
    waarde_hoog: str = kolom("Bovengrens van de streefwaarde", bewerking="getal", str_matches=GETAL)
    waarde_bereik_eenheid: str = kolom("Eenheid van de grenzen", bewerking="eenheid")
    waarde_teller: str = kolom(
        "Teller van een verhouding als streefwaarde",
        bewerking="getal",
        eenheid="wordt niet gelezen",
        str_matches=GETAL,
    )
    waarde_noemer: str = kolom(
        "Noemer van een verhouding als streefwaarde",
        bewerking="getal",
        eenheid="wordt niet gelezen",
        str_matches=GETAL,
    )
    waarde_stelsel: str = kolom("Codestelsel van een gecodeerde streefwaarde")
    waarde_code: str = kolom("Een gecodeerde streefwaarde")
    waarde_ja_nee: bool = kolom("Streefwaarde ja of nee")
    heeft_tekstwaarde: bool = kolom("Of de streefwaarde vrije tekst is")
    uiterlijk_op: str = kolom("Uiterste datum (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)


TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    "fhir_zorgplan": FhirZorgplan,
    "fhir_zorgplan_activiteit": FhirZorgplanActiviteit,
    "fhir_zorgplan_lid": FhirZorgplanLid,
    "fhir_behandeldoel": FhirBehandeldoel,
}
