"""Conditions, allergies, alerts and what was agreed about treatment."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir.basis import Kenmerk, PatientGebonden
from schemas.tables.kolom import kolom, verwijzing
from schemas.tables.patronen import AGB, GETAL, TIJDSTIP


class FhirDiagnose(PatientGebonden):
    """Condition x coding."""

    class Config:
        description = "Diagnosen (Condition), één rij per versie en codering."

    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    klinische_status: str = kolom("Klinische status")
    verificatie_status: str = kolom("Verificatiestatus")
    code_stelsel: str = kolom("Codestelsel van de diagnose")
    code: str = kolom("Diagnosecode")
    begin: str = kolom("Begin van de aandoening (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    code_afwezig: str = kolom("Reden waarom de code ontbreekt (data-absent-reason)")
    verificatie_status_zib: str = kolom("Verificatiestatus volgens de zib (SNOMED CT)")
    categorie_stelsel: str = kolom("Codestelsel van de categorie")
    categorie_code: str = kolom("Code van de categorie")
    ernst_stelsel: str = kolom("Codestelsel van de ernst")
    ernst_code: str = kolom("Code van de ernst")
    plaats_stelsel: str = kolom("Codestelsel van de plaats op het lichaam")
    plaats_code: str = kolom("Code van de plaats op het lichaam")
    zijde_stelsel: str = kolom("Codestelsel van de zijde van het lichaam")
    zijde_code: str = kolom("Code van de zijde van het lichaam")
    begin_afwezig: str = kolom("Reden waarom het begin ontbreekt (data-absent-reason)")
    begin_leeftijd: str = kolom("Leeftijd bij het begin", bewerking="getal", str_matches=GETAL)
    begin_leeftijd_eenheid: str = kolom("Eenheid van de leeftijd (UCUM)")
    eind: str = kolom("Einde van de aandoening (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    vastgesteld_door_ref: str = verwijzing(
        "Wie de aandoening vaststelde", "vastgesteld_door_sleutel"
    )


class FhirDiagnoseKenmerk(Kenmerk):
    """Condition x coded element x coding."""

    class Config:
        description = (
            "Gecodeerde kenmerken van diagnosen: eén rij per Condition, kenmerk "
            "(klinische_status, verificatie_status, categorie, ernst, plaats, zijde, stadium, "
            "bevinding) en codering."
        )


class FhirAllergie(PatientGebonden):
    """AllergyIntolerance x coding of the causative agent."""

    class Config:
        description = (
            "Allergieën en intoleranties (AllergyIntolerance), één rij per versie en codering."
        )

    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    klinische_status: str = kolom("Klinische status")
    verificatie_status: str = kolom("Verificatiestatus")
    soort: str = kolom("Soort overgevoeligheid (allergy, intolerance)")
    ernst: str = kolom("Mate van kritiek zijn (low, high, unable-to-assess)")
    ernst_stelsel: str = kolom("Codestelsel van de mate van kritiek zijn volgens de zib")
    ernst_code: str = kolom("Code van de mate van kritiek zijn volgens de zib")
    code_stelsel: str = kolom("Codestelsel van de veroorzaker")
    code: str = kolom("Code van de veroorzaker")
    code_afwezig: str = kolom("Reden waarom de code ontbreekt (data-absent-reason)")
    begin: str = kolom(
        "Begin van de overgevoeligheid (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    begin_afwezig: str = kolom("Reden waarom het begin ontbreekt (data-absent-reason)")
    laatste_reactie_op: str = kolom(
        "Moment van de laatste reactie (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    vastgesteld_door_ref: str = verwijzing(
        "Wie de overgevoeligheid meldde", "vastgesteld_door_sleutel"
    )


class FhirAllergieKenmerk(Kenmerk):
    """AllergyIntolerance x coded element x coding."""

    class Config:
        description = (
            "Gecodeerde kenmerken van allergieën: eén rij per AllergyIntolerance, kenmerk "
            "(klinische_status, verificatie_status, categorie, categorie_zib) en codering."
        )


class FhirAllergieReactie(PatientGebonden):
    """AllergyIntolerance x reaction x coding of the manifestation."""

    class Config:
        description = (
            "Reacties bij allergieën, één rij per versie, reactie en codering van het verschijnsel."
        )

    reactie_nr: int = kolom("Volgnummer van de reactie, vanaf 0")
    stof_stelsel: str = kolom("Codestelsel van de stof")
    stof_code: str = kolom("Code van de stof")
    ernst: str = kolom("Ernst van de reactie (mild, moderate, severe)")
    begin: str = kolom("Begin van de reactie (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    weg_stelsel: str = kolom("Codestelsel van de wijze van blootstelling")
    weg_code: str = kolom("Code van de wijze van blootstelling")
    code_stelsel: str = kolom("Codestelsel van het verschijnsel")
    code: str = kolom("Code van het verschijnsel")


class FhirAlert(PatientGebonden):
    """Flag x coding."""

    class Config:
        description = "Alerts (Flag), één rij per versie en codering."

    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    categorie_stelsel: str = kolom("Codestelsel van de categorie")
    categorie_code: str = kolom("Code van de categorie")
    code_stelsel: str = kolom("Codestelsel van de alert")
    code: str = kolom("Code van de alert")
    code_afwezig: str = kolom("Reden waarom de code ontbreekt (data-absent-reason)")
    aandoening_ref: str = verwijzing("Aandoening waar de alert over gaat", "aandoening_sleutel")
    begin: str = kolom("Begin van de alert (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van de alert (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    auteur_ref: str = verwijzing("Wie de alert vastlegde", "auteur_sleutel")


class FhirBehandelaanwijzing(PatientGebonden):
    """Consent x coding of what was agreed: treatment directive or advance directive."""

    class Config:
        description = (
            "Behandelaanwijzingen en wilsverklaringen (Consent), één rij per versie en codering."
        )

    reikwijdte: str = kolom("Reikwijdte (treatment: behandelaanwijzing, adr: wilsverklaring)")
    categorie_stelsel: str = kolom("Codestelsel van de categorie")
    categorie_code: str = kolom("Code van de categorie")
    beslissing: str = kolom("Beslissing (permit, deny)")
    code_stelsel: str = kolom("Codestelsel van de behandeling of verklaring")
    code: str = kolom("Code van de behandeling of verklaring")
    code_afwezig: str = kolom("Reden waarom de code ontbreekt (data-absent-reason)")
    begin: str = kolom("Begin van de geldigheid (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van de geldigheid (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    geverifieerd: bool = kolom("Of met de patiënt of zijn vertegenwoordiger is geverifieerd")
    geverifieerd_op: str = kolom(
        "Moment van de verificatie (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    aandoening_ref: str = verwijzing(
        "Aandoening waar de verklaring over gaat", "aandoening_sleutel"
    )
    bron_ref: str = verwijzing(
        "Document of wilsverklaring waar de afspraak op berust", "bron_sleutel"
    )


class FhirBehandelaanwijzingBetrokkene(PatientGebonden):
    """Consent x actor x coding of the role."""

    class Config:
        description = (
            "Betrokkenen bij behandelaanwijzingen, één rij per versie, betrokkene en codering "
            "van de rol."
        )

    betrokkene_nr: int = kolom("Volgnummer van de betrokkene, vanaf 0")
    betrokkene_ref: str = verwijzing("Betrokkene", "betrokkene_sleutel")
    betrokkene_id: str = kolom("AGB-code van de betrokkene", str_matches=AGB)
    rol_stelsel: str = kolom("Codestelsel van de rol")
    rol_code: str = kolom("Code van de rol")


TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    "fhir_diagnose": FhirDiagnose,
    "fhir_diagnose_kenmerk": FhirDiagnoseKenmerk,
    "fhir_allergie": FhirAllergie,
    "fhir_allergie_kenmerk": FhirAllergieKenmerk,
    "fhir_allergie_reactie": FhirAllergieReactie,
    "fhir_alert": FhirAlert,
    "fhir_behandelaanwijzing": FhirBehandelaanwijzing,
    "fhir_behandelaanwijzing_betrokkene": FhirBehandelaanwijzingBetrokkene,
}
