"""Substance use, functioning, living situation and nutrition."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir.basis import Kenmerk, PatientGebonden
from schemas.tables.kolom import kolom
from schemas.tables.patronen import GETAL, TIJDSTIP


class FhirLeefstijl(PatientGebonden):
    """Observation of drug, alcohol or tobacco use x coding of the value."""

    class Config:
        description = (
            "Leefstijl: drugs, alcohol en tabak: eén rij per Observation over gebruik van "
            "drugs, alcohol of tabak en codering van de waarde."
        )

    contact_ref: str = kolom(
        "Contact", bewerking="sleutel", naar="contact_sleutel", domein="resource"
    )
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

    contact_ref: str = kolom(
        "Contact", bewerking="sleutel", naar="contact_sleutel", domein="resource"
    )
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
    hulpmiddel_ref: str = kolom(
        "Hulpmiddel dat erbij gebruikt wordt",
        bewerking="sleutel",
        naar="hulpmiddel_sleutel",
        domein="resource",
    )


class FhirVoedingsadvies(PatientGebonden):
    """NutritionOrder x coding of the diet."""

    class Config:
        description = "Voedingsadviezen (NutritionOrder), één rij per versie en codering."

    contact_ref: str = kolom(
        "Contact", bewerking="sleutel", naar="contact_sleutel", domein="resource"
    )
    intentie: str = kolom("Intentie (order, plan ...)")
    code_stelsel: str = kolom("Codestelsel van het dieet")
    code: str = kolom("Code van het dieet")
    consistentie_stelsel: str = kolom("Codestelsel van de consistentie")
    consistentie_code: str = kolom("Code van de consistentie")
    aandoening_ref: str = kolom(
        "Aandoening waarvoor het advies geldt",
        bewerking="sleutel",
        naar="aandoening_sleutel",
        domein="resource",
    )
    auteur_ref: str = kolom(
        "Wie het advies gaf", bewerking="sleutel", naar="auteur_sleutel", domein="resource"
    )


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
