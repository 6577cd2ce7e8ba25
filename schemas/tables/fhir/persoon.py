"""The person and who is around: patient, contact person, payer, care team."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir.basis import FhirTabel, PatientGebonden
from schemas.tables.kolom import kolom, verwijzing
from schemas.tables.patronen import AGB, BSN, DATUM, TIJDSTIP, UZOVI


class FhirPatient(FhirTabel):
    """Patient; BSN, birth and death date and postal code leave as pseudonym, year and PC4."""

    class Config:
        description = "Patiënten, één rij per versie."
        metadata = {"persoonsgebonden": True, "uniek_op": ("bron_id", "resource_sleutel")}

    bsn: str = kolom("Burgerservicenummer", bewerking="bsn", naar="pseudo_id", str_matches=BSN)
    geslacht: str = kolom(
        "Geslacht (male, female, other, unknown)", isin=["male", "female", "other", "unknown"]
    )
    geboortedatum: str = kolom(
        "Geboortejaar", bewerking="geboortejaar", naar="geboortejaar", str_matches=DATUM
    )
    postcode: str = kolom("Postcode, vier cijfers", bewerking="pc4", naar="pc4")
    overleden: bool = kolom("Overleden")
    overlijdensdatum: str = kolom(
        "Jaar van overlijden",
        bewerking="geboortejaar",
        naar="overlijdensjaar",
        str_matches=TIJDSTIP,
    )
    geslacht_stelsel: str = kolom("Codestelsel van het geslacht volgens de zib")
    geslacht_code: str = kolom("Code van het geslacht volgens de zib")
    geboortedatum_afwezig: str = kolom(
        "Reden waarom de geboortedatum ontbreekt (data-absent-reason)"
    )
    geslacht_afwezig: str = kolom("Reden waarom het geslacht ontbreekt (data-absent-reason)")
    burgerlijke_staat_stelsel: str = kolom("Codestelsel van de burgerlijke staat")
    burgerlijke_staat_code: str = kolom("Code van de burgerlijke staat")
    taal_stelsel: str = kolom("Codestelsel van de taal van voorkeur")
    taal_code: str = kolom("Code van de taal van voorkeur")
    meerling: bool = kolom("Deel van een meerling")
    actief: bool = kolom("Of het bronrecord in gebruik is")
    vervangen_door_ref: str = verwijzing(
        "Patiënt die dit bronrecord vervangt", "vervangen_door_sleutel"
    )
    huisarts_ref: str = verwijzing("Huisarts of huisartsenpraktijk", "huisarts_sleutel")
    huisarts_id: str = kolom("AGB-code van de huisarts of huisartsenpraktijk", str_matches=AGB)
    beheerder_ref: str = verwijzing("Organisatie die het bronrecord beheert", "beheerder_sleutel")
    zorgaanbieder_id: str = kolom(
        "AGB-code van de organisatie die het bronrecord beheert", str_matches=AGB
    )


class FhirContactpersoon(PatientGebonden):
    """RelatedPerson x coding of the relationship; nothing else of the person is read."""

    class Config:
        description = (
            "Contactpersonen (RelatedPerson), één rij per versie en codering van de relatie."
        )

    actief: bool = kolom("Of het bronrecord in gebruik is")
    code_stelsel: str = kolom("Codestelsel van de relatie of rol")
    code: str = kolom("Code van de relatie of rol")
    begin: str = kolom("Begin van de geldigheid (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van de geldigheid (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)


class FhirBetaler(PatientGebonden):
    """Coverage x payor x coding; the number of the insured is not read."""

    class Config:
        description = "Betalers (Coverage), één rij per versie, betaler en codering."

    betaler_nr: int = kolom("Volgnummer van de betaler, vanaf 0")
    betaler_ref: str = verwijzing(
        "Betaler: organisatie, patiënt of andere persoon", "betaler_sleutel"
    )
    uzovi: str = kolom("UZOVI-nummer van de verzekeraar, vier cijfers", str_matches=UZOVI)
    code_stelsel: str = kolom("Codestelsel van het soort verzekering")
    code: str = kolom("Code van het soort verzekering")
    zelfbetaler: bool = kolom("Of een persoon zelf betaalt")
    relatie_stelsel: str = kolom("Codestelsel van de relatie tot de verzekeringnemer")
    relatie_code: str = kolom("Code van de relatie tot de verzekeringnemer")
    begin: str = kolom("Begin van de verzekering (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van de verzekering (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)


class FhirZorgteam(PatientGebonden):
    """CareTeam x participant x coding of the role."""

    class Config:
        description = "Zorgteams (CareTeam), één rij per versie, deelnemer en codering van de rol."

    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    categorie_stelsel: str = kolom("Codestelsel van de categorie")
    categorie_code: str = kolom("Code van de categorie")
    deelnemer_nr: int = kolom("Volgnummer van de deelnemer, vanaf 0")
    deelnemer_ref: str = verwijzing("Deelnemer", "deelnemer_sleutel")
    deelnemer_type: str = kolom("Soort deelnemer (PractitionerRole, RelatedPerson, Patient ...)")
    deelnemer_id: str = kolom("AGB-code van de deelnemer", str_matches=AGB)
    namens_ref: str = verwijzing("Organisatie namens wie de deelnemer meedoet", "namens_sleutel")
    deelname_begin: str = kolom(
        "Begin van de deelname (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    deelname_eind: str = kolom(
        "Einde van de deelname (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    rol_stelsel: str = kolom("Codestelsel van de rol")
    rol_code: str = kolom("Code van de rol")
    begin: str = kolom("Begin van het team (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van het team (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    beheerder_ref: str = verwijzing("Verantwoordelijke organisatie", "beheerder_sleutel")


class FhirZorgteamReden(PatientGebonden):
    """CareTeam x reason: a condition that is referred to, or a coding."""

    class Config:
        description = "Redenen van zorgteams, één rij per versie en reden."

    aandoening_ref: str = verwijzing("Aandoening waarom het team er is", "aandoening_sleutel")
    code_stelsel: str = kolom("Codestelsel van de reden")
    code: str = kolom("Code van de reden")


TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    "fhir_patient": FhirPatient,
    "fhir_contactpersoon": FhirContactpersoon,
    "fhir_betaler": FhirBetaler,
    "fhir_zorgteam": FhirZorgteam,
    "fhir_zorgteam_reden": FhirZorgteamReden,
}
