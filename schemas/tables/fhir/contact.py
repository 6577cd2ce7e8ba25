"""Contacts and episodes of care, with their reasons and participants."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir.basis import Kenmerk, PatientGebonden
from schemas.tables.kolom import kolom, verwijzing
from schemas.tables.patronen import AGB, TIJDSTIP


class FhirContact(PatientGebonden):
    """Encounter: a contact or an admission."""

    class Config:
        description = "Contacten en opnamen (Encounter), één rij per versie."
        metadata = {"uniek_op": ("bron_id", "resource_sleutel")}

    klasse: str = kolom("Soort contact (v3-ActCode: AMB, EMER, IMP, VR ...)")
    soort_stelsel: str = kolom("Codestelsel van het contacttype")
    soort_code: str = kolom("Code van het contacttype")
    reden_stelsel: str = kolom("Codestelsel van de reden van contact")
    reden_code: str = kolom("Code van de reden van contact")
    prioriteit: str = kolom("Urgentie (v3-ActPriority: EM, UR, R, EL ...)")
    begin: str = kolom("Begin van het contact (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van het contact (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)
    klasse_stelsel: str = kolom("Codestelsel van het soort contact")
    aanbieder_ref: str = verwijzing("Zorgaanbieder, als verwijzing", "aanbieder_sleutel")
    onderdeel_van_ref: str = verwijzing("Contact waar dit deel van is", "onderdeel_van_sleutel")
    zorgepisode_ref: str = verwijzing("Zorgepisode", "zorgepisode_sleutel")
    locatie_ref: str = verwijzing("Eerste locatie", "locatie_sleutel")
    herkomst_stelsel: str = kolom("Codestelsel van de herkomst bij opname")
    herkomst_code: str = kolom("Code van de herkomst bij opname")
    bestemming_stelsel: str = kolom("Codestelsel van de bestemming na ontslag")
    bestemming_code: str = kolom("Code van de bestemming na ontslag")


class FhirContactKenmerk(Kenmerk):
    """Encounter x coded element x coding."""

    class Config:
        description = (
            "Gecodeerde kenmerken van contacten: eén rij per Encounter, kenmerk (type, reden, "
            "dienst, prioriteit, herkomst, bestemming) en codering."
        )


class FhirContactDiagnose(PatientGebonden):
    """Encounter x diagnosis or reason that is referred to."""

    class Config:
        description = "Aandoeningen waarnaar contacten verwijzen."

    soort: str = kolom("Hoe het contact ernaar verwijst (diagnose, reden)")
    aandoening_ref: str = verwijzing("Aandoening of verrichting", "aandoening_sleutel")
    gebruik_stelsel: str = kolom("Codestelsel van de rol van de diagnose")
    gebruik_code: str = kolom("Code van de rol van de diagnose")
    rang: int = kolom("Volgorde die de bron eraan geeft")


class FhirContactDeelnemer(PatientGebonden):
    """Encounter x participant x coding of the role."""

    class Config:
        description = (
            "Deelnemers aan contacten, één rij per versie, deelnemer en codering van de rol."
        )

    deelnemer_nr: int = kolom("Volgnummer van de deelnemer, vanaf 0")
    deelnemer_ref: str = verwijzing("Deelnemer", "deelnemer_sleutel")
    deelnemer_id: str = kolom("AGB-code van de deelnemer", str_matches=AGB)
    begin: str = kolom("Begin van de deelname (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van de deelname (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    rol_stelsel: str = kolom("Codestelsel van de rol")
    rol_code: str = kolom("Code van de rol")


class FhirZorgepisode(PatientGebonden):
    """EpisodeOfCare x diagnosis."""

    class Config:
        description = "Zorgepisoden (EpisodeOfCare), één rij per versie en diagnose."

    soort_stelsel: str = kolom("Codestelsel van het soort episode")
    soort_code: str = kolom("Code van het soort episode")
    aandoening_ref: str = verwijzing("Aandoening", "aandoening_sleutel")
    rol_stelsel: str = kolom("Codestelsel van de rol van de diagnose")
    rol_code: str = kolom("Code van de rol van de diagnose")
    rang: int = kolom("Volgorde die de bron eraan geeft")
    begin: str = kolom("Begin van de episode (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van de episode (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    aanbieder_ref: str = verwijzing("Zorgaanbieder, als verwijzing", "aanbieder_sleutel")
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)
    regisseur_ref: str = verwijzing("Zorgverlener die de regie heeft", "regisseur_sleutel")


TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    "fhir_contact": FhirContact,
    "fhir_contact_kenmerk": FhirContactKenmerk,
    "fhir_contact_diagnose": FhirContactDiagnose,
    "fhir_contact_deelnemer": FhirContactDeelnemer,
    "fhir_zorgepisode": FhirZorgepisode,
}
