"""Procedures, requests, vaccinations and devices."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir.basis import Kenmerk, PatientGebonden
from schemas.tables.kolom import kolom, verwijzing
from schemas.tables.patronen import AGB, GETAL, TIJDSTIP


class FhirVerrichting(PatientGebonden):
    """Procedure x coding."""

    class Config:
        description = "Verrichtingen (Procedure), één rij per versie en codering."

    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    code_stelsel: str = kolom("Codestelsel van de verrichting")
    code: str = kolom("Code van de verrichting")
    uitgevoerd_op: str = kolom(
        "Moment van uitvoering (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)
    code_afwezig: str = kolom("Reden waarom de code ontbreekt (data-absent-reason)")
    uitgevoerd_tot: str = kolom(
        "Einde van de uitvoering (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    categorie_stelsel: str = kolom("Codestelsel van de categorie")
    categorie_code: str = kolom("Code van de categorie")
    statusreden_stelsel: str = kolom("Codestelsel van de reden van de status")
    statusreden_code: str = kolom("Code van de reden van de status")
    plaats_stelsel: str = kolom("Codestelsel van de plaats op het lichaam")
    plaats_code: str = kolom("Code van de plaats op het lichaam")
    zijde_stelsel: str = kolom("Codestelsel van de zijde van het lichaam")
    zijde_code: str = kolom("Code van de zijde van het lichaam")
    uitkomst_stelsel: str = kolom("Codestelsel van de uitkomst")
    uitkomst_code: str = kolom("Code van de uitkomst")
    locatie_ref: str = verwijzing("Locatie van uitvoering", "locatie_sleutel")
    aanvraag_ref: str = verwijzing("Aanvraag", "aanvraag_sleutel")
    onderdeel_van_ref: str = verwijzing("Verrichting waar dit deel van is", "onderdeel_van_sleutel")
    wilsbekwaam: bool = kolom("Of de persoon wilsbekwaam is (vrijheidsbeperking)")
    instemming_stelsel: str = kolom("Codestelsel van de instemming (vrijheidsbeperking)")
    instemming_code: str = kolom("Code van de instemming (vrijheidsbeperking)")


class FhirVerrichtingKenmerk(Kenmerk):
    """Procedure x coded element x coding."""

    class Config:
        description = (
            "Gecodeerde kenmerken van verrichtingen: eén rij per Procedure, kenmerk "
            "(categorie, plaats, zijde, reden, hulpmiddel, complicatie, uitkomst) en "
            "codering."
        )


class FhirVerrichtingUitvoerder(PatientGebonden):
    """Procedure x performer x coding of the function."""

    class Config:
        description = (
            "Uitvoerders van verrichtingen, één rij per versie, uitvoerder en codering van de "
            "functie."
        )

    uitvoerder_nr: int = kolom("Volgnummer van de uitvoerder, vanaf 0")
    uitvoerder_ref: str = verwijzing("Uitvoerder", "uitvoerder_sleutel")
    uitvoerder_id: str = kolom("AGB-code van de uitvoerder", str_matches=AGB)
    namens_ref: str = verwijzing("Organisatie namens wie is uitgevoerd", "namens_sleutel")
    rol_stelsel: str = kolom("Codestelsel van de functie")
    rol_code: str = kolom("Code van de functie")


class FhirAanvraag(PatientGebonden):
    """ServiceRequest x coding of what is asked."""

    class Config:
        description = "Aanvragen (ServiceRequest), één rij per versie en codering."

    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    intentie: str = kolom("Intentie (order, plan ...)")
    prioriteit: str = kolom("Prioriteit (routine, urgent, asap, stat)")
    code_stelsel: str = kolom("Codestelsel van wat gevraagd wordt")
    code: str = kolom("Code van wat gevraagd wordt")
    zorgaanbieder_id: str = kolom("AGB-code van de aanvrager", str_matches=AGB)
    code_afwezig: str = kolom("Reden waarom de code ontbreekt (data-absent-reason)")
    niet_uitvoeren: bool = kolom("Of het gevraagde juist niet uitgevoerd mag worden")
    categorie_stelsel: str = kolom("Codestelsel van de categorie")
    categorie_code: str = kolom("Code van de categorie")
    plaats_stelsel: str = kolom("Codestelsel van de plaats op het lichaam")
    plaats_code: str = kolom("Code van de plaats op het lichaam")
    begin: str = kolom("Gewenst begin (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Gewenst einde (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    gevraagd_waarde: str = kolom(
        "Waarde van de gevraagde hoeveelheid", bewerking="getal", str_matches=GETAL
    )
    gevraagd_stelsel: str = kolom("Eenhedenstelsel van de gevraagde hoeveelheid")
    gevraagd_eenheid: str = kolom("Eenheid van de gevraagde hoeveelheid")
    aanvrager_ref: str = verwijzing("Aanvrager", "aanvrager_sleutel")
    uitvoerder_ref: str = verwijzing("Beoogde uitvoerder", "uitvoerder_sleutel")
    vervangt_ref: str = verwijzing("Aanvraag die hierdoor vervalt", "vervangt_sleutel")


class FhirAanvraagKenmerk(Kenmerk):
    """ServiceRequest x coded element x coding."""

    class Config:
        description = (
            "Gecodeerde kenmerken van aanvragen: eén rij per ServiceRequest, kenmerk "
            "(categorie, reden, plaats, detail) en codering."
        )


class FhirVaccinatie(PatientGebonden):
    """Immunization x coding of the vaccine."""

    class Config:
        description = "Vaccinaties (Immunization), één rij per versie en codering."

    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    code_stelsel: str = kolom("Codestelsel van het vaccin")
    code: str = kolom("Code van het vaccin")
    toegediend_op: str = kolom(
        "Moment van vaccinatie (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    zorgaanbieder_id: str = kolom("AGB-code van wie vaccineerde", str_matches=AGB)
    code_afwezig: str = kolom("Reden waarom de code ontbreekt (data-absent-reason)")
    toegediend_op_afwezig: str = kolom("Reden waarom het moment ontbreekt (data-absent-reason)")
    statusreden_stelsel: str = kolom("Codestelsel van de reden van de status")
    statusreden_code: str = kolom("Code van de reden van de status")
    eigen_waarneming: bool = kolom("Of de bron zelf vaccineerde of erbij was")
    toediening_plaats_stelsel: str = kolom("Codestelsel van de plaats van toediening")
    toediening_plaats_code: str = kolom("Code van de plaats van toediening")
    weg_stelsel: str = kolom("Codestelsel van de toedieningsweg")
    weg_code: str = kolom("Code van de toedieningsweg")
    dosis_waarde: str = kolom("Waarde van de dosis", bewerking="getal", str_matches=GETAL)
    dosis_stelsel: str = kolom("Eenhedenstelsel van de dosis")
    dosis_eenheid: str = kolom("Eenheid van de dosis")
    dosisnummer: int = kolom("Hoeveelste dosis")
    reeks_doses: int = kolom("Aantal doses in de reeks")
    uitvoerder_ref: str = verwijzing("Wie vaccineerde", "uitvoerder_sleutel")
    locatie_ref: str = verwijzing("Locatie van vaccinatie", "locatie_sleutel")


class FhirVaccinatieKenmerk(Kenmerk):
    """Immunization x coded element x coding."""

    class Config:
        description = (
            "Gecodeerde kenmerken van vaccinaties: eén rij per Immunization, kenmerk "
            "(doelziekte, reden, programma, rol) en codering."
        )


class FhirVaccinatieAdvies(PatientGebonden):
    """ImmunizationRecommendation x recommendation x coding of the vaccine."""

    class Config:
        description = (
            "Vaccinatieadviezen (ImmunizationRecommendation), één rij per versie, advies en "
            "codering."
        )

    advies_nr: int = kolom("Volgnummer van het advies, vanaf 0")
    doelziekte_stelsel: str = kolom("Codestelsel van de ziekte waartegen")
    doelziekte_code: str = kolom("Code van de ziekte waartegen")
    advies_stelsel: str = kolom("Codestelsel van de stand van het advies")
    advies_code: str = kolom("Code van de stand van het advies")
    reden_stelsel: str = kolom("Codestelsel van de reden van het advies")
    reden_code: str = kolom("Code van de reden van het advies")
    vroegst_op: str = kolom("Vroegste moment (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    aanbevolen_op: str = kolom(
        "Aanbevolen moment (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    uiterlijk_op: str = kolom("Uiterste moment (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    dosisnummer: int = kolom("Hoeveelste dosis")
    code_stelsel: str = kolom("Codestelsel van het vaccin")
    code: str = kolom("Code van het vaccin")


class FhirHulpmiddel(PatientGebonden):
    """Device x coding; of a UDI only the part that names the model is read."""

    class Config:
        description = "Medische hulpmiddelen (Device), één rij per versie en codering."

    code_stelsel: str = kolom("Codestelsel van het hulpmiddel")
    code: str = kolom("Code van het hulpmiddel")
    code_afwezig: str = kolom("Reden waarom de code ontbreekt (data-absent-reason)")
    udi_uitgever: str = kolom("Uitgever van de UDI (GS1, HIBC ...)")
    udi_model: str = kolom("Modeldeel van de UDI (UDI-DI)")
    statusreden_stelsel: str = kolom("Codestelsel van de reden van de status")
    statusreden_code: str = kolom("Code van de reden van de status")
    gemaakt_op: str = kolom(
        "Moment van fabricage (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    houdbaar_tot: str = kolom("Houdbaar tot (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eigenaar_ref: str = verwijzing("Verantwoordelijke organisatie", "eigenaar_sleutel")


class FhirHulpmiddelGebruik(PatientGebonden):
    """DeviceUseStatement: use of a device."""

    class Config:
        description = "Gebruik van hulpmiddelen (DeviceUseStatement), één rij per versie."
        metadata = {"uniek_op": ("bron_id", "resource_sleutel")}

    hulpmiddel_ref: str = verwijzing("Hulpmiddel", "hulpmiddel_sleutel")
    begin: str = kolom("Begin van het gebruik (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van het gebruik (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    plaats_stelsel: str = kolom("Codestelsel van de plaats op het lichaam")
    plaats_code: str = kolom("Code van de plaats op het lichaam")
    zijde_stelsel: str = kolom("Codestelsel van de zijde van het lichaam")
    zijde_code: str = kolom("Code van de zijde van het lichaam")
    aandoening_ref: str = verwijzing(
        "Aandoening waarvoor het hulpmiddel dient", "aandoening_sleutel"
    )
    informant_ref: str = verwijzing("Wie het gebruik meldde", "informant_sleutel")


class FhirHulpmiddelGebruikKenmerk(Kenmerk):
    """DeviceUseStatement x coded element x coding."""

    class Config:
        description = (
            "Gecodeerde kenmerken van het gebruik van hulpmiddelen: eén rij per "
            "DeviceUseStatement, kenmerk (reden, plaats, zijde) en codering."
        )


TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    "fhir_verrichting": FhirVerrichting,
    "fhir_verrichting_kenmerk": FhirVerrichtingKenmerk,
    "fhir_verrichting_uitvoerder": FhirVerrichtingUitvoerder,
    "fhir_aanvraag": FhirAanvraag,
    "fhir_aanvraag_kenmerk": FhirAanvraagKenmerk,
    "fhir_vaccinatie": FhirVaccinatie,
    "fhir_vaccinatie_kenmerk": FhirVaccinatieKenmerk,
    "fhir_vaccinatie_advies": FhirVaccinatieAdvies,
    "fhir_hulpmiddel": FhirHulpmiddel,
    "fhir_hulpmiddel_gebruik": FhirHulpmiddelGebruik,
    "fhir_hulpmiddel_gebruik_kenmerk": FhirHulpmiddelGebruikKenmerk,
}
