"""Substance use, functioning, living situation and nutrition."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir.basis import Kenmerk, PatientGebonden
from schemas.tables.kolom import kolom, verwijzing
from schemas.tables.patronen import GETAL, TIJDSTIP


class FhirLeefstijl(PatientGebonden):
    """Observation of drug, alcohol or tobacco use x coding of the value."""

    class Config:
        description = (
            "Leefstijl: drugs, alcohol en tabak: eén rij per Observation over gebruik van "
            "drugs, alcohol of tabak en codering van de waarde."
        )

    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    stelsel: str = kolom("Codestelsel van de waarneming")
    code: str = kolom("Code van de waarneming")
    waarde_stelsel: str = kolom("Codestelsel van de waarde")
    waarde_code: str = kolom("Gecodeerde waarde")
    waarde: str = kolom("Waarde als getal", bewerking="getal", str_matches=GETAL)
    eenheid: str = kolom("Eenheid (UCUM)")
    waarde_afwezig: str = kolom("Reden waarom de waarde ontbreekt (data-absent-reason)")
    begin: str = kolom(
        "Moment of begin van de waarneming (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    eind: str = kolom("Einde van de waarneming (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)


class FhirLeefstijlOnderdeel(PatientGebonden):
    """Observation of drug, alcohol or tobacco use x component x coding of the value."""

    class Config:
        description = (
            "Onderdelen van leefstijl, één rij per versie, onderdeel en codering van de waarde."
        )

    onderdeel_nr: int = kolom("Volgnummer van het onderdeel, vanaf 0")
    stelsel: str = kolom("Codestelsel van het onderdeel")
    code: str = kolom("Code van het onderdeel")
    waarde_stelsel: str = kolom("Codestelsel van de waarde")
    waarde_code: str = kolom("Gecodeerde waarde")
    waarde: str = kolom("Waarde als getal", bewerking="getal", str_matches=GETAL)
    eenheid: str = kolom("Eenheid (UCUM)")
    waarde_afwezig: str = kolom("Reden waarom de waarde ontbreekt (data-absent-reason)")


class FhirFunctioneleStatus(PatientGebonden):
    """Observation of functioning or living situation x coding of the value."""

    class Config:
        description = (
            "Functionele status en woonsituatie: eén rij per Observation over functioneren "
            "(categorie functionele of mentale status, mobiliteit, zelfzorg, horen, zien, "
            "participatie) of wonen en codering van de waarde."
        )

    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    stelsel: str = kolom("Codestelsel van de waarneming")
    code: str = kolom("Code van de waarneming")
    waarde_stelsel: str = kolom("Codestelsel van de waarde")
    waarde_code: str = kolom("Gecodeerde waarde")
    waarde: str = kolom("Waarde als getal", bewerking="getal", str_matches=GETAL)
    eenheid: str = kolom("Eenheid (UCUM)")
    waarde_afwezig: str = kolom("Reden waarom de waarde ontbreekt (data-absent-reason)")
    begin: str = kolom(
        "Moment of begin van de waarneming (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    eind: str = kolom("Einde van de waarneming (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    hulpmiddel_ref: str = verwijzing("Hulpmiddel dat erbij gebruikt wordt", "hulpmiddel_sleutel")


class FhirVoedingsadvies(PatientGebonden):
    """NutritionOrder x coding of the diet."""

    class Config:
        description = "Voedingsadviezen (NutritionOrder), één rij per versie en codering."

    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    intentie: str = kolom("Intentie (order, plan ...)")
    code_stelsel: str = kolom("Codestelsel van het dieet")
    code: str = kolom("Code van het dieet")
    consistentie_stelsel: str = kolom("Codestelsel van de consistentie")
    consistentie_code: str = kolom("Code van de consistentie")
    aandoening_ref: str = verwijzing("Aandoening waarvoor het advies geldt", "aandoening_sleutel")
    auteur_ref: str = verwijzing("Wie het advies gaf", "auteur_sleutel")


class FhirVoedingsadviesKenmerk(Kenmerk):
    """NutritionOrder x coded element x coding."""

    class Config:
        description = (
            "Gecodeerde kenmerken van voedingsadviezen: eén rij per NutritionOrder, kenmerk "
            "(dieet, consistentie, dikte, voorkeur, uitsluiting, supplement, sondevoeding) en "
            "codering."
        )


TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    "fhir_leefstijl": FhirLeefstijl,
    "fhir_leefstijl_onderdeel": FhirLeefstijlOnderdeel,
    "fhir_functionele_status": FhirFunctioneleStatus,
    "fhir_voedingsadvies": FhirVoedingsadvies,
    "fhir_voedingsadvies_kenmerk": FhirVoedingsadviesKenmerk,
}
