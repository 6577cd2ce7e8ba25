"""Raw tables of images: metadata, never the image."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir.basis import PatientGebonden
from schemas.tables.kolom import kolom, verwijzing
from schemas.tables.patronen import TIJDSTIP


class FhirBeeldonderzoek(PatientGebonden):
    """ImagingStudy x series: metadata only."""

    class Config:
        description = "Beeldonderzoeken (ImagingStudy), één rij per versie en serie."

    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    begonnen_op: str = kolom(
        "Begin van het onderzoek (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    studie_uid: str = kolom(
        "Onderzoek (Study Instance UID)",
        bewerking="sleutel",
        naar="studie_sleutel",
        domein="beeldstudie",
    )
    aantal_series: int = kolom("Aantal series volgens de bron")
    aantal_beelden: int = kolom("Aantal beelden volgens de bron")
    verrichting_stelsel: str = kolom("Codestelsel van de verrichting")
    verrichting_code: str = kolom("De verrichting")
    reden_stelsel: str = kolom("Codestelsel van de reden")
    reden_code: str = kolom("De reden")
    aanvraag_ref: str = verwijzing("Aanvraag", "aanvraag_sleutel")
    locatie_ref: str = verwijzing("Locatie", "locatie_sleutel")
    serie_uid: str = kolom(
        "Serie (Series Instance UID)",
        bewerking="sleutel",
        naar="serie_sleutel",
        domein="beeldserie",
    )
    modaliteit_stelsel: str = kolom("Codestelsel van de modaliteit")
    modaliteit_code: str = kolom("Modaliteit (DICOM: CT, MR, US ...)")
    lichaamsdeel_stelsel: str = kolom("Codestelsel van het lichaamsdeel")
    lichaamsdeel_code: str = kolom("Lichaamsdeel")
    zijde_code: str = kolom("Zijde")
    serie_beelden: int = kolom("Aantal beelden in de serie")
    serie_begonnen_op: str = kolom(
        "Begin van de serie (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    uitvoerder_ref: str = verwijzing(
        "Uitvoerder: organisatie, anders rol, anders zorgverlener", "uitvoerder_sleutel"
    )


class FhirBeeld(PatientGebonden):
    """Media: metadata only."""

    class Config:
        description = "Beelden (Media), één rij per versie."

    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    soort_stelsel: str = kolom("Codestelsel van het soort beeld")
    soort_code: str = kolom("Het soort beeld")
    modaliteit_stelsel: str = kolom("Codestelsel van de modaliteit")
    modaliteit_code: str = kolom("De modaliteit")
    aanzicht_stelsel: str = kolom("Codestelsel van het aanzicht")
    aanzicht_code: str = kolom("Het aanzicht")
    lichaamsdeel_stelsel: str = kolom("Codestelsel van het lichaamsdeel")
    lichaamsdeel_code: str = kolom("Het lichaamsdeel")
    reden_stelsel: str = kolom("Codestelsel van de reden")
    reden_code: str = kolom("De reden")
    gemaakt_op: str = kolom("Moment van opname (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    media_type: str = kolom("Bestandssoort")
    grootte: int = kolom("Grootte in bytes", eenheid="bytes")
    heeft_inhoud: bool = kolom("Of het beeld is meegestuurd of een adres heeft")
    uitvoerder_ref: str = verwijzing(
        "Uitvoerder: organisatie, anders rol, anders zorgverlener", "uitvoerder_sleutel"
    )
    aanvraag_ref: str = verwijzing("Aanvraag", "aanvraag_sleutel")


TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    "fhir_beeldonderzoek": FhirBeeldonderzoek,
    "fhir_beeld": FhirBeeld,
}
