"""Raw tables of reports and documents: metadata and codes, never their text."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir.basis import PatientGebonden
from schemas.tables.kolom import kolom, verwijzing
from schemas.tables.patronen import AGB, TIJDSTIP


class FhirVerslag(PatientGebonden):
    """DiagnosticReport x coding: metadata and codes, no text."""

    class Config:
        description = (
            "Verslagen en labrapporten (DiagnosticReport), één rij per versie en codering."
        )

    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    categorie_stelsel: str = kolom("Codestelsel van de categorie")
    categorie_code: str = kolom("De categorie")
    code_stelsel: str = kolom("Codestelsel van het verslag")
    code: str = kolom("Code van het verslag")
    onderzocht_op: str = kolom(
        "Moment waar het verslag over gaat (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    conclusie_stelsel: str = kolom("Codestelsel van de conclusie")
    conclusie_code: str = kolom("De conclusie")
    heeft_conclusie: bool = kolom("Of er een conclusie in tekst is")
    heeft_bijlage: bool = kolom("Of er een opgemaakt verslag bij is")
    zib_status_code: str = kolom("Status zoals de zib die kent, naast de FHIR-status")
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)
    uitvoerder_ref: str = verwijzing(
        "Uitvoerder: organisatie, anders rol, anders zorgverlener", "uitvoerder_sleutel"
    )
    aanvraag_ref: str = verwijzing("Aanvraag", "aanvraag_sleutel")


class FhirVerslagCodering(PatientGebonden):
    """DiagnosticReport x role x coding."""

    class Config:
        description = "Alle coderingen van categorie en conclusie van verslagen."

    rol: str = kolom("Wat de codering zegt: categorie of conclusie")
    stelsel: str = kolom("Codestelsel")
    code: str = kolom("Code")


class FhirVerslagLid(PatientGebonden):
    """DiagnosticReport x reference."""

    class Config:
        description = "Uitslagen, monsters en beelden waar verslagen naar verwijzen."

    soort: str = kolom("Soort band: uitslag, monster, beeldonderzoek of beeld")
    lid_ref: str = verwijzing("Record waar het om gaat", "lid_sleutel")


class FhirVerslagSamenstelling(PatientGebonden):
    """Composition x section: codes and the reason why a section is empty."""

    class Config:
        description = "Samengestelde verslagen (Composition), één rij per versie en onderdeel."

    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    soort_stelsel: str = kolom("Codestelsel van het soort verslag")
    soort_code: str = kolom("Het soort verslag")
    categorie_stelsel: str = kolom("Codestelsel van de categorie")
    categorie_code: str = kolom("De categorie")
    beheerder_ref: str = verwijzing("Organisatie die het verslag beheert", "beheerder_sleutel")
    uitvoerder_ref: str = verwijzing(
        "Opsteller: organisatie, anders rol, anders zorgverlener", "uitvoerder_sleutel"
    )
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)
    onderdeel_nr: int = kolom("Volgnummer van het onderdeel in de tekst, vanaf 0")
    onderdeel_stelsel: str = kolom("Codestelsel van het onderdeel")
    onderdeel_code: str = kolom("Het onderdeel")
    leeg_reden_stelsel: str = kolom("Codestelsel van de reden dat een onderdeel leeg is")
    leeg_reden_code: str = kolom("De reden dat een onderdeel leeg is")
    heeft_inhoud: bool = kolom("Of het onderdeel naar gecodeerde gegevens verwijst")
    heeft_tekst: bool = kolom("Of het onderdeel tekst heeft; de tekst zelf wordt niet gelezen")


class FhirDocument(PatientGebonden):
    """DocumentReference x type coding x content: metadata only."""

    class Config:
        description = "Documenten (DocumentReference), één rij per versie, codering en inhoud."

    document_status: str = kolom("Status van het document zelf")
    code_stelsel: str = kolom("Codestelsel van het soort document")
    code: str = kolom("Code van het soort document")
    categorie_stelsel: str = kolom("Codestelsel van de categorie")
    categorie_code: str = kolom("De categorie")
    beheerder_ref: str = verwijzing("Organisatie die het document beheert", "beheerder_sleutel")
    uitvoerder_ref: str = verwijzing(
        "Opsteller: organisatie, anders rol, anders zorgverlener", "uitvoerder_sleutel"
    )
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)
    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    gebeurtenis_stelsel: str = kolom("Codestelsel van de gebeurtenis")
    gebeurtenis_code: str = kolom("De gebeurtenis")
    setting_stelsel: str = kolom("Codestelsel van het vakgebied")
    setting_code: str = kolom("Het vakgebied")
    instelling_stelsel: str = kolom("Codestelsel van het soort instelling")
    instelling_code: str = kolom("Het soort instelling")
    begin: str = kolom(
        "Begin van de zorg waar het document over gaat (UTC)",
        bewerking="tijdstip",
        str_matches=TIJDSTIP,
    )
    eind: str = kolom(
        "Einde van de zorg waar het document over gaat (UTC)",
        bewerking="tijdstip",
        str_matches=TIJDSTIP,
    )
    inhoud_nr: int = kolom("Volgnummer van de inhoud, vanaf 0")
    formaat_stelsel: str = kolom("Codestelsel van het formaat")
    formaat_code: str = kolom("Formaat")
    media_type: str = kolom("Bestandssoort")
    taal: str = kolom("Taal")
    grootte: int = kolom("Grootte in bytes", eenheid="bytes")
    gemaakt_op: str = kolom(
        "Moment waarop het bestand is gemaakt (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )


TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    "fhir_verslag": FhirVerslag,
    "fhir_verslag_codering": FhirVerslagCodering,
    "fhir_verslag_lid": FhirVerslagLid,
    "fhir_verslag_samenstelling": FhirVerslagSamenstelling,
    "fhir_document": FhirDocument,
}
