"""Contacts and episodes of care, with their reasons and participants."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir.basis import Kenmerk, PatientGebonden
from schemas.tables.kolom import kolom
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
    aanbieder_ref: str = kolom(
        "Zorgaanbieder, als verwijzing",
        bewerking="sleutel",
        naar="aanbieder_sleutel",
        domein="resource",
    )
    onderdeel_van_ref: str = kolom(
        "Contact waar dit deel van is",
        bewerking="sleutel",
        naar="onderdeel_van_sleutel",
        domein="resource",
    )
    zorgepisode_ref: str = kolom(
        "Zorgepisode", bewerking="sleutel", naar="zorgepisode_sleutel", domein="resource"
    )
    locatie_ref: str = kolom(
        "Eerste locatie", bewerking="sleutel", naar="locatie_sleutel", domein="resource"
    )
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
    aandoening_ref: str = kolom(
        "Aandoening of verrichting",
        bewerking="sleutel",
        naar="aandoening_sleutel",
        domein="resource",
    )
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
    deelnemer_ref: str = kolom(
        "Deelnemer", bewerking="sleutel", naar="deelnemer_sleutel", domein="resource"
    )
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
    aandoening_ref: str = kolom(
        "Aandoening", bewerking="sleutel", naar="aandoening_sleutel", domein="resource"
    )
    rol_stelsel: str = kolom("Codestelsel van de rol van de diagnose")
    rol_code: str = kolom("Code van de rol van de diagnose")
    rang: int = kolom("Volgorde die de bron eraan geeft")
    begin: str = kolom("Begin van de episode (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van de episode (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    aanbieder_ref: str = kolom(
        "Zorgaanbieder, als verwijzing",
        bewerking="sleutel",
        naar="aanbieder_sleutel",
        domein="resource",
    )
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)
    regisseur_ref: str = kolom(
        "Zorgverlener die de regie heeft",
        bewerking="sleutel",
        naar="regisseur_sleutel",
        domein="resource",
    )


TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    "fhir_contact": FhirContact,
    "fhir_contact_kenmerk": FhirContactKenmerk,
    "fhir_contact_diagnose": FhirContactDiagnose,
    "fhir_contact_deelnemer": FhirContactDeelnemer,
    "fhir_zorgepisode": FhirZorgepisode,
}
