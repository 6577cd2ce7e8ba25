"""Medication: agreement, use, dispense, administration (Medicatieproces 9 too), the product."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandera.polars as pa

from schemas.tables.fhir.basis import FhirTabel, Kenmerk, PatientGebonden
from schemas.tables.kolom import kolom, verwijzing
from schemas.tables.patronen import AGB, GETAL, TIJDSTIP

#: Columns that several of these tables have, each in its own place.
_GEDEELD = {
    "contact_ref": partial(verwijzing, "Contact", "contact_sleutel"),
    "code_stelsel": partial(kolom, "Codestelsel van het geneesmiddel"),
    "code": partial(kolom, "Code van het geneesmiddel"),
    "code_afwezig": partial(kolom, "Reden waarom de code ontbreekt (data-absent-reason)"),
    "geneesmiddel_ref": partial(verwijzing, "Geneesmiddel, als verwijzing", "geneesmiddel_sleutel"),
    "categorie_stelsel": partial(kolom, "Codestelsel van de bouwsteen of categorie"),
    "categorie_code": partial(kolom, "Code van de bouwsteen of categorie"),
    "statusreden_stelsel": partial(kolom, "Codestelsel van de reden van de status"),
    "statusreden_code": partial(kolom, "Code van de reden van de status"),
    "stoptype_stelsel": partial(kolom, "Codestelsel van het stoptype (Medicatieproces 9)"),
    "stoptype_code": partial(kolom, "Code van het stoptype (Medicatieproces 9)"),
    "behandeling_ref": partial(
        kolom,
        "Medicamenteuze behandeling (Medicatieproces 9)",
        bewerking="sleutel",
        naar="behandeling_sleutel",
        domein="behandeling",
    ),
    "begin": partial(
        kolom, "Begin van het gebruik (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    ),
    "eind": partial(
        kolom, "Einde van het gebruik (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    ),
    "duur": partial(kolom, "Duur van het gebruik", bewerking="getal", str_matches=GETAL),
    "duur_eenheid": partial(kolom, "Eenheid van de duur (UCUM)"),
    "verbruiksduur": partial(kolom, "Verbruiksduur", bewerking="getal", str_matches=GETAL),
    "verbruiksduur_eenheid": partial(kolom, "Eenheid van de verbruiksduur (UCUM)"),
}


def _gedeeld(naam: str) -> Any:
    return _GEDEELD[naam]()


class FhirMedicatie(PatientGebonden):
    """MedicationRequest x coding of the medicine."""

    class Config:
        description = "Medicatieafspraken (MedicationRequest), één rij per versie en codering."

    contact_ref: str = _gedeeld("contact_ref")
    intentie: str = kolom("Intentie (order, plan ...)")
    code_stelsel: str = _gedeeld("code_stelsel")
    code: str = _gedeeld("code")
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)
    code_afwezig: str = _gedeeld("code_afwezig")
    geneesmiddel_ref: str = _gedeeld("geneesmiddel_ref")
    categorie_stelsel: str = _gedeeld("categorie_stelsel")
    categorie_code: str = _gedeeld("categorie_code")
    prioriteit: str = kolom("Prioriteit (routine, urgent, asap, stat)")
    niet_gebruiken: bool = kolom("Of het middel juist niet gebruikt mag worden")
    statusreden_stelsel: str = _gedeeld("statusreden_stelsel")
    statusreden_code: str = _gedeeld("statusreden_code")
    stoptype_stelsel: str = _gedeeld("stoptype_stelsel")
    stoptype_code: str = _gedeeld("stoptype_code")
    behandeling_ref: str = _gedeeld("behandeling_ref")
    begin: str = _gedeeld("begin")
    eind: str = _gedeeld("eind")
    duur: str = _gedeeld("duur")
    duur_eenheid: str = _gedeeld("duur_eenheid")
    voorschrijver_ref: str = verwijzing("Voorschrijver", "voorschrijver_sleutel")
    vorige_ref: str = verwijzing("Afspraak die hierdoor vervangen is", "vorige_sleutel")
    te_verstrekken_waarde: str = kolom(
        "Waarde van de te verstrekken hoeveelheid", bewerking="getal", str_matches=GETAL
    )
    te_verstrekken_stelsel: str = kolom("Eenhedenstelsel van de te verstrekken hoeveelheid")
    te_verstrekken_eenheid: str = kolom("Eenheid van de te verstrekken hoeveelheid")
    herhalingen: int = kolom("Aantal herhalingen")
    verbruiksduur: str = _gedeeld("verbruiksduur")
    verbruiksduur_eenheid: str = _gedeeld("verbruiksduur_eenheid")


class FhirMedicatieKenmerk(Kenmerk):
    """MedicationRequest x coded element x coding."""

    class Config:
        description = (
            "Gecodeerde kenmerken van medicatieafspraken: eén rij per MedicationRequest, "
            "kenmerk (categorie, reden, statusreden, stoptype, aanvullende_informatie) en "
            "codering."
        )


class FhirMedicatiegebruik(PatientGebonden):
    """MedicationStatement x coding of the medicine."""

    class Config:
        description = "Medicatiegebruik (MedicationStatement), één rij per versie en codering."

    contact_ref: str = _gedeeld("contact_ref")
    code_stelsel: str = _gedeeld("code_stelsel")
    code: str = _gedeeld("code")
    code_afwezig: str = _gedeeld("code_afwezig")
    geneesmiddel_ref: str = _gedeeld("geneesmiddel_ref")
    categorie_stelsel: str = _gedeeld("categorie_stelsel")
    categorie_code: str = _gedeeld("categorie_code")
    statusreden_stelsel: str = _gedeeld("statusreden_stelsel")
    statusreden_code: str = _gedeeld("statusreden_code")
    stoptype_stelsel: str = _gedeeld("stoptype_stelsel")
    stoptype_code: str = _gedeeld("stoptype_code")
    reden_stelsel: str = kolom("Codestelsel van de reden van gebruik")
    reden_code: str = kolom("Code van de reden van gebruik")
    volgens_afspraak: bool = kolom("Of het middel volgens afspraak gebruikt wordt")
    behandeling_ref: str = _gedeeld("behandeling_ref")
    begin: str = _gedeeld("begin")
    eind: str = _gedeeld("eind")
    duur: str = _gedeeld("duur")
    duur_eenheid: str = _gedeeld("duur_eenheid")
    informant_ref: str = verwijzing("Wie het gebruik meldde", "informant_sleutel")
    afspraak_ref: str = verwijzing("Medicatieafspraak waar het op berust", "afspraak_sleutel")


class FhirVerstrekking(PatientGebonden):
    """MedicationDispense x coding of the medicine: a dispense or an administration agreement."""

    class Config:
        description = (
            "Verstrekkingen en toedieningsafspraken (MedicationDispense), één rij per versie "
            "en codering."
        )

    contact_ref: str = _gedeeld("contact_ref")
    code_stelsel: str = _gedeeld("code_stelsel")
    code: str = _gedeeld("code")
    zorgaanbieder_id: str = kolom("AGB-code van de verstrekker", str_matches=AGB)
    code_afwezig: str = _gedeeld("code_afwezig")
    geneesmiddel_ref: str = _gedeeld("geneesmiddel_ref")
    categorie_stelsel: str = _gedeeld("categorie_stelsel")
    categorie_code: str = _gedeeld("categorie_code")
    soort_stelsel: str = kolom("Codestelsel van het soort verstrekking")
    soort_code: str = kolom("Code van het soort verstrekking")
    statusreden_stelsel: str = _gedeeld("statusreden_stelsel")
    statusreden_code: str = _gedeeld("statusreden_code")
    stoptype_stelsel: str = _gedeeld("stoptype_stelsel")
    stoptype_code: str = _gedeeld("stoptype_code")
    verstrekt_waarde: str = kolom(
        "Waarde van de verstrekte hoeveelheid", bewerking="getal", str_matches=GETAL
    )
    verstrekt_stelsel: str = kolom("Eenhedenstelsel van de verstrekte hoeveelheid")
    verstrekt_eenheid: str = kolom("Eenheid van de verstrekte hoeveelheid")
    verbruiksduur: str = _gedeeld("verbruiksduur")
    verbruiksduur_eenheid: str = _gedeeld("verbruiksduur_eenheid")
    klaargemaakt_op: str = kolom(
        "Moment waarop het middel klaarstond (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    verstrekt_op: str = kolom(
        "Moment van verstrekking (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    behandeling_ref: str = _gedeeld("behandeling_ref")
    begin: str = _gedeeld("begin")
    eind: str = _gedeeld("eind")
    duur: str = _gedeeld("duur")
    duur_eenheid: str = _gedeeld("duur_eenheid")
    verstrekker_ref: str = verwijzing("Verstrekker", "verstrekker_sleutel")
    afspraak_ref: str = verwijzing("Voorschrift waarop is verstrekt", "afspraak_sleutel")


class FhirToediening(PatientGebonden):
    """MedicationAdministration x coding of the medicine."""

    class Config:
        description = "Toedieningen (MedicationAdministration), één rij per versie en codering."

    contact_ref: str = _gedeeld("contact_ref")
    code_stelsel: str = _gedeeld("code_stelsel")
    code: str = _gedeeld("code")
    code_afwezig: str = _gedeeld("code_afwezig")
    geneesmiddel_ref: str = _gedeeld("geneesmiddel_ref")
    categorie_stelsel: str = kolom("Codestelsel van de categorie")
    categorie_code: str = kolom("Code van de categorie")
    statusreden_stelsel: str = _gedeeld("statusreden_stelsel")
    statusreden_code: str = _gedeeld("statusreden_code")
    reden_stelsel: str = kolom("Codestelsel van de reden van toediening")
    reden_code: str = kolom("Code van de reden van toediening")
    begin: str = kolom("Begin van de toediening (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van de toediening (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    dosis_waarde: str = kolom(
        "Waarde van de toegediende dosis", bewerking="getal", str_matches=GETAL
    )
    dosis_stelsel: str = kolom("Eenhedenstelsel van de toegediende dosis")
    dosis_eenheid: str = kolom("Eenheid van de toegediende dosis")
    weg_stelsel: str = kolom("Codestelsel van de toedieningsweg")
    weg_code: str = kolom("Code van de toedieningsweg")
    toediening_plaats_stelsel: str = kolom("Codestelsel van de plaats van toediening")
    toediening_plaats_code: str = kolom("Code van de plaats van toediening")
    snelheid: str = kolom("Toedieningssnelheid", bewerking="getal", str_matches=GETAL)
    snelheid_eenheid: str = kolom("Eenheid van de snelheid")
    behandeling_ref: str = _gedeeld("behandeling_ref")
    toegediend_door_ref: str = verwijzing("Wie het middel toediende", "toegediend_door_sleutel")
    afspraak_ref: str = verwijzing("Voorschrift waarop is toegediend", "afspraak_sleutel")


class FhirGeneesmiddel(FhirTabel):
    """Medication x coding."""

    class Config:
        description = "Geneesmiddelen (Medication), één rij per versie en codering."

    status: str = kolom("Status van het bronrecord")
    code_stelsel: str = _gedeeld("code_stelsel")
    code: str = _gedeeld("code")
    code_afwezig: str = _gedeeld("code_afwezig")
    vorm_stelsel: str = kolom("Codestelsel van de farmaceutische vorm")
    vorm_code: str = kolom("Code van de farmaceutische vorm")
    inhoud: str = kolom("Hoeveelheid in de verpakking", bewerking="getal", str_matches=GETAL)
    inhoud_eenheid: str = kolom("Eenheid van de hoeveelheid")


class FhirGeneesmiddelBestanddeel(FhirTabel):
    """Medication x ingredient x coding."""

    class Config:
        description = (
            "Bestanddelen van geneesmiddelen, één rij per versie, bestanddeel en codering."
        )

    bestanddeel_nr: int = kolom("Volgnummer van het bestanddeel, vanaf 0")
    bestanddeel_ref: str = verwijzing("Bestanddeel, als verwijzing", "bestanddeel_sleutel")
    werkzaam: bool = kolom("Of het bestanddeel werkzaam is")
    sterkte_teller: str = kolom("Sterkte, teller", bewerking="getal", str_matches=GETAL)
    sterkte_teller_eenheid: str = kolom("Eenheid van de teller")
    sterkte_noemer: str = kolom("Sterkte, noemer", bewerking="getal", str_matches=GETAL)
    sterkte_noemer_eenheid: str = kolom("Eenheid van de noemer")
    code_stelsel: str = kolom("Codestelsel van de stof")
    code: str = kolom("Code van de stof")


TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    "fhir_medicatie": FhirMedicatie,
    "fhir_medicatie_kenmerk": FhirMedicatieKenmerk,
    "fhir_medicatiegebruik": FhirMedicatiegebruik,
    "fhir_verstrekking": FhirVerstrekking,
    "fhir_toediening": FhirToediening,
    "fhir_geneesmiddel": FhirGeneesmiddel,
    "fhir_geneesmiddel_bestanddeel": FhirGeneesmiddelBestanddeel,
}
