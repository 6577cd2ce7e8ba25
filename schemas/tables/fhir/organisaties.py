"""Raw tables of organisations, locations, professionals without names, and provenance."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir.basis import FhirTabel
from schemas.tables.kolom import kolom, verwijzing
from schemas.tables.patronen import AGB, TIJDSTIP


class FhirOrganisatie(FhirTabel):
    """Organization x coding of its type; no names."""

    class Config:
        description = "Organisaties (Organization), één rij per versie en codering."

    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)
    ura: str = kolom("URA-nummer")
    uzovi: str = kolom("UZOVI-nummer van een verzekeraar")
    actief: bool = kolom("Of de organisatie bestaat")
    soort_stelsel: str = kolom("Codestelsel van de soort")
    soort_code: str = kolom("Code van de soort")
    onderdeel_van_ref: str = verwijzing("Organisatie waar zij deel van is", "onderdeel_van_sleutel")


class FhirLocatie(FhirTabel):
    """Location x coding of its type; no names."""

    class Config:
        description = "Locaties (Location), één rij per versie en codering."

    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)
    locatie_status: str = kolom("Status van de locatie")
    wijze: str = kolom("Een bepaalde plek of een soort plek")
    soort_stelsel: str = kolom("Codestelsel van de soort")
    soort_code: str = kolom("Code van de soort")
    vorm_stelsel: str = kolom("Codestelsel van de vorm")
    vorm_code: str = kolom("De vorm")
    postcode: str = kolom("Postcode, vier cijfers", bewerking="pc4", naar="pc4")
    organisatie_ref: str = verwijzing("Organisatie die de locatie beheert", "organisatie_sleutel")
    onderdeel_van_ref: str = verwijzing("Locatie waar zij deel van is", "onderdeel_van_sleutel")


class FhirZorgverlenerRol(FhirTabel):
    """PractitionerRole x coding of its specialty; the person is a key."""

    class Config:
        description = "Rollen van zorgverleners (PractitionerRole), één rij per versie en codering."

    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)
    actief: bool = kolom("Of de rol bestaat")
    specialisme_stelsel: str = kolom("Codestelsel van het specialisme")
    specialisme_code: str = kolom("Code van het specialisme")
    rol_stelsel: str = kolom("Codestelsel van de rol")
    rol_code: str = kolom("De rol")
    zorgverlener_ref: str = verwijzing("Zorgverlener", "zorgverlener_sleutel")
    organisatie_ref: str = verwijzing("Organisatie", "organisatie_sleutel")
    locatie_ref: str = verwijzing("Locatie", "locatie_sleutel")
    begin: str = kolom("Begin van de rol (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van de rol (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)


class FhirZorgverlener(FhirTabel):
    """Practitioner x coding of the qualification; the person is a key."""

    class Config:
        description = "Zorgverleners (Practitioner), één rij per versie en codering, zonder namen."

    agb: str = kolom(
        "Zorgverlener, over bronnen heen (AGB-code als sleutel)",
        bewerking="sleutel",
        naar="zorgverlener_sleutel",
        domein="zorgverlener",
    )
    actief: bool = kolom("Of de zorgverlener werkzaam is")
    bevoegdheid_stelsel: str = kolom("Codestelsel van de bevoegdheid")
    bevoegdheid_code: str = kolom("Code van de bevoegdheid")


class FhirHerkomst(FhirTabel):
    """Provenance x target."""

    class Config:
        description = "Herkomst van records (Provenance), één rij per versie en doel."

    doel_ref: str = verwijzing("Record waar de herkomst over gaat", "doel_sleutel")
    activiteit_stelsel: str = kolom("Codestelsel van de handeling")
    activiteit_code: str = kolom("De handeling")
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)
    uitvoerder_ref: str = verwijzing(
        "Uitvoerder: organisatie, anders rol, anders zorgverlener", "uitvoerder_sleutel"
    )


TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    "fhir_organisatie": FhirOrganisatie,
    "fhir_locatie": FhirLocatie,
    "fhir_zorgverlener_rol": FhirZorgverlenerRol,
    "fhir_zorgverlener": FhirZorgverlener,
    "fhir_herkomst": FhirHerkomst,
}
