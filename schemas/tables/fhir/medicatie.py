"""Medication: agreement, use, dispense, administration (Medicatieproces 9 too), the product."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir.basis import FhirTabel, Kenmerk, PatientGebonden
from schemas.tables.kolom import kolom
from schemas.tables.patronen import AGB, GETAL, TIJDSTIP


class FhirMedicatie(PatientGebonden):
    """MedicationRequest x coding of the medicine."""

    class Config:
        description = "Medicatieafspraken (MedicationRequest), één rij per versie en codering."

    contact_ref: str = kolom(
        "Contact", bewerking="sleutel", naar="contact_sleutel", domein="resource"
    )
    intentie: str = kolom("Intentie (order, plan ...)")
    code_stelsel: str = kolom("Codestelsel van het geneesmiddel")
    code: str = kolom("Code van het geneesmiddel")
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)
    code_afwezig: str = kolom("Reden waarom de code ontbreekt (data-absent-reason)")
    geneesmiddel_ref: str = kolom(
        "Geneesmiddel, als verwijzing",
        bewerking="sleutel",
        naar="geneesmiddel_sleutel",
        domein="resource",
    )
    categorie_stelsel: str = kolom("Codestelsel van de bouwsteen of categorie")
    categorie_code: str = kolom("Code van de bouwsteen of categorie")
    prioriteit: str = kolom("Prioriteit (routine, urgent, asap, stat)")
    niet_gebruiken: bool = kolom("Of het middel juist niet gebruikt mag worden")
    statusreden_stelsel: str = kolom("Codestelsel van de reden van de status")
    statusreden_code: str = kolom("Code van de reden van de status")
    stoptype_stelsel: str = kolom("Codestelsel van het stoptype (Medicatieproces 9)")
    stoptype_code: str = kolom("Code van het stoptype (Medicatieproces 9)")
    behandeling_ref: str = kolom(
        "Medicamenteuze behandeling (Medicatieproces 9)",
        bewerking="sleutel",
        naar="behandeling_sleutel",
        domein="behandeling",
    )
    begin: str = kolom("Begin van het gebruik (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van het gebruik (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    duur: str = kolom("Duur van het gebruik", bewerking="getal", str_matches=GETAL)
    duur_eenheid: str = kolom("Eenheid van de duur (UCUM)")
    voorschrijver_ref: str = kolom(
        "Voorschrijver", bewerking="sleutel", naar="voorschrijver_sleutel", domein="resource"
    )
    vorige_ref: str = kolom(
        "Afspraak die hierdoor vervangen is",
        bewerking="sleutel",
        naar="vorige_sleutel",
        domein="resource",
    )
    te_verstrekken_waarde: str = kolom(
        "Waarde van de te verstrekken hoeveelheid", bewerking="getal", str_matches=GETAL
    )
    te_verstrekken_stelsel: str = kolom("Eenhedenstelsel van de te verstrekken hoeveelheid")
    te_verstrekken_eenheid: str = kolom("Eenheid van de te verstrekken hoeveelheid")
    herhalingen: int = kolom("Aantal herhalingen")
    verbruiksduur: str = kolom("Verbruiksduur", bewerking="getal", str_matches=GETAL)
    verbruiksduur_eenheid: str = kolom("Eenheid van de verbruiksduur (UCUM)")


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

    contact_ref: str = kolom(
        "Contact", bewerking="sleutel", naar="contact_sleutel", domein="resource"
    )
    code_stelsel: str = kolom("Codestelsel van het geneesmiddel")
    code: str = kolom("Code van het geneesmiddel")
    code_afwezig: str = kolom("Reden waarom de code ontbreekt (data-absent-reason)")
    geneesmiddel_ref: str = kolom(
        "Geneesmiddel, als verwijzing",
        bewerking="sleutel",
        naar="geneesmiddel_sleutel",
        domein="resource",
    )
    categorie_stelsel: str = kolom("Codestelsel van de bouwsteen of categorie")
    categorie_code: str = kolom("Code van de bouwsteen of categorie")
    statusreden_stelsel: str = kolom("Codestelsel van de reden van de status")
    statusreden_code: str = kolom("Code van de reden van de status")
    stoptype_stelsel: str = kolom("Codestelsel van het stoptype (Medicatieproces 9)")
    stoptype_code: str = kolom("Code van het stoptype (Medicatieproces 9)")
    reden_stelsel: str = kolom("Codestelsel van de reden van gebruik")
    reden_code: str = kolom("Code van de reden van gebruik")
    volgens_afspraak: bool = kolom("Of het middel volgens afspraak gebruikt wordt")
    behandeling_ref: str = kolom(
        "Medicamenteuze behandeling (Medicatieproces 9)",
        bewerking="sleutel",
        naar="behandeling_sleutel",
        domein="behandeling",
    )
    begin: str = kolom("Begin van het gebruik (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van het gebruik (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    duur: str = kolom("Duur van het gebruik", bewerking="getal", str_matches=GETAL)
    duur_eenheid: str = kolom("Eenheid van de duur (UCUM)")
    informant_ref: str = kolom(
        "Wie het gebruik meldde", bewerking="sleutel", naar="informant_sleutel", domein="resource"
    )
    afspraak_ref: str = kolom(
        "Medicatieafspraak waar het op berust",
        bewerking="sleutel",
        naar="afspraak_sleutel",
        domein="resource",
    )


class FhirVerstrekking(PatientGebonden):
    """MedicationDispense x coding of the medicine: a dispense or an administration agreement."""

    class Config:
        description = (
            "Verstrekkingen en toedieningsafspraken (MedicationDispense), één rij per versie "
            "en codering."
        )

    contact_ref: str = kolom(
        "Contact", bewerking="sleutel", naar="contact_sleutel", domein="resource"
    )
    code_stelsel: str = kolom("Codestelsel van het geneesmiddel")
    code: str = kolom("Code van het geneesmiddel")
    zorgaanbieder_id: str = kolom("AGB-code van de verstrekker", str_matches=AGB)
    code_afwezig: str = kolom("Reden waarom de code ontbreekt (data-absent-reason)")
    geneesmiddel_ref: str = kolom(
        "Geneesmiddel, als verwijzing",
        bewerking="sleutel",
        naar="geneesmiddel_sleutel",
        domein="resource",
    )
    categorie_stelsel: str = kolom("Codestelsel van de bouwsteen of categorie")
    categorie_code: str = kolom("Code van de bouwsteen of categorie")
    soort_stelsel: str = kolom("Codestelsel van het soort verstrekking")
    soort_code: str = kolom("Code van het soort verstrekking")
    statusreden_stelsel: str = kolom("Codestelsel van de reden van de status")
    statusreden_code: str = kolom("Code van de reden van de status")
    stoptype_stelsel: str = kolom("Codestelsel van het stoptype (Medicatieproces 9)")
    stoptype_code: str = kolom("Code van het stoptype (Medicatieproces 9)")
    verstrekt_waarde: str = kolom(
        "Waarde van de verstrekte hoeveelheid", bewerking="getal", str_matches=GETAL
    )
    verstrekt_stelsel: str = kolom("Eenhedenstelsel van de verstrekte hoeveelheid")
    verstrekt_eenheid: str = kolom("Eenheid van de verstrekte hoeveelheid")
    verbruiksduur: str = kolom("Verbruiksduur", bewerking="getal", str_matches=GETAL)
    verbruiksduur_eenheid: str = kolom("Eenheid van de verbruiksduur (UCUM)")
    klaargemaakt_op: str = kolom(
        "Moment waarop het middel klaarstond (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    verstrekt_op: str = kolom(
        "Moment van verstrekking (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP
    )
    behandeling_ref: str = kolom(
        "Medicamenteuze behandeling (Medicatieproces 9)",
        bewerking="sleutel",
        naar="behandeling_sleutel",
        domein="behandeling",
    )
    begin: str = kolom("Begin van het gebruik (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van het gebruik (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    duur: str = kolom("Duur van het gebruik", bewerking="getal", str_matches=GETAL)
    duur_eenheid: str = kolom("Eenheid van de duur (UCUM)")
    verstrekker_ref: str = kolom(
        "Verstrekker", bewerking="sleutel", naar="verstrekker_sleutel", domein="resource"
    )
    afspraak_ref: str = kolom(
        "Voorschrift waarop is verstrekt",
        bewerking="sleutel",
        naar="afspraak_sleutel",
        domein="resource",
    )


class FhirToediening(PatientGebonden):
    """MedicationAdministration x coding of the medicine."""

    class Config:
        description = "Toedieningen (MedicationAdministration), één rij per versie en codering."

    contact_ref: str = kolom(
        "Contact", bewerking="sleutel", naar="contact_sleutel", domein="resource"
    )
    code_stelsel: str = kolom("Codestelsel van het geneesmiddel")
    code: str = kolom("Code van het geneesmiddel")
    code_afwezig: str = kolom("Reden waarom de code ontbreekt (data-absent-reason)")
    geneesmiddel_ref: str = kolom(
        "Geneesmiddel, als verwijzing",
        bewerking="sleutel",
        naar="geneesmiddel_sleutel",
        domein="resource",
    )
    categorie_stelsel: str = kolom("Codestelsel van de categorie")
    categorie_code: str = kolom("Code van de categorie")
    statusreden_stelsel: str = kolom("Codestelsel van de reden van de status")
    statusreden_code: str = kolom("Code van de reden van de status")
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
    behandeling_ref: str = kolom(
        "Medicamenteuze behandeling (Medicatieproces 9)",
        bewerking="sleutel",
        naar="behandeling_sleutel",
        domein="behandeling",
    )
    toegediend_door_ref: str = kolom(
        "Wie het middel toediende",
        bewerking="sleutel",
        naar="toegediend_door_sleutel",
        domein="resource",
    )
    afspraak_ref: str = kolom(
        "Voorschrift waarop is toegediend",
        bewerking="sleutel",
        naar="afspraak_sleutel",
        domein="resource",
    )


class FhirGeneesmiddel(FhirTabel):
    """Medication x coding."""

    class Config:
        description = "Geneesmiddelen (Medication), één rij per versie en codering."

    status: str = kolom("Status van het bronrecord")
    code_stelsel: str = kolom("Codestelsel van het geneesmiddel")
    code: str = kolom("Code van het geneesmiddel")
    code_afwezig: str = kolom("Reden waarom de code ontbreekt (data-absent-reason)")
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
    bestanddeel_ref: str = kolom(
        "Bestanddeel, als verwijzing",
        bewerking="sleutel",
        naar="bestanddeel_sleutel",
        domein="resource",
    )
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
