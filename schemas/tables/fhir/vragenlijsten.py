"""Raw tables of PROMs and PREMs: questionnaires that were filled in."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir.basis import FhirTabel, PatientGebonden
from schemas.tables.kolom import kolom, verwijzing
from schemas.tables.patronen import AGB, GETAL, TIJD, TIJDSTIP


class FhirVragenlijst(PatientGebonden):
    """QuestionnaireResponse: who filled in which questionnaire, and when."""

    class Config:
        description = "Ingevulde vragenlijsten (QuestionnaireResponse), één rij per versie."

    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    vragenlijst: str = kolom("Vragenlijst (canonical)")
    ingevuld_door_patient: bool = kolom("Of de patiënt zelf antwoordde")
    uitvoerder_ref: str = verwijzing(
        "Opsteller: organisatie, anders rol, anders zorgverlener", "uitvoerder_sleutel"
    )
    zorgaanbieder_id: str = kolom("AGB-code van de zorgaanbieder", str_matches=AGB)
    aanvraag_ref: str = verwijzing(
        "Zorgplan of aanvraag waar de lijst bij hoort", "aanvraag_sleutel"
    )


class FhirVragenlijstAntwoord(PatientGebonden):
    """QuestionnaireResponse x answered item at any depth x answer."""

    class Config:
        description = "Antwoorden in vragenlijsten, één rij per versie, vraag en antwoord."

    vragenlijst: str = kolom("Vragenlijst (canonical)")
    vraag_nr: int = kolom("Volgnummer van de vraag in de lijst, vanaf 0")
    vraag_id: str = kolom("Vraag (linkId)")
    vraag_definitie: str = kolom("Definitie van de vraag")
    antwoord_nr: int = kolom("Volgnummer van het antwoord, vanaf 0")
    antwoord_stelsel: str = kolom("Codestelsel van het antwoord")
    antwoord_code: str = kolom("Gecodeerd antwoord")
    waarde: str = kolom("Antwoord als getal", bewerking="getal", str_matches=GETAL)
    waarde_tekst: str = kolom("Antwoord als getal met alle cijfers van de bron", str_matches=GETAL)
    comparator: str = kolom("Vergelijkingsteken")
    eenheid_stelsel: str = kolom("Codestelsel van de eenheid van het antwoord")
    eenheid_code: str = kolom(
        "Eenheid van het antwoord zoals gecodeerd, van welk stelsel ook", bewerking="eenheid"
    )
    eenheid_tekst: str = kolom("Eenheid van het antwoord zoals geschreven", bewerking="eenheid")
    antwoord_ja_nee: bool = kolom("Antwoord ja of nee")
    antwoord_maand: str = kolom(
        "Antwoord als datum: de eerste van de maand", bewerking="maand", str_matches=TIJDSTIP
    )
    antwoord_tijd: str = kolom("Antwoord als tijd van de dag", str_matches=TIJD)
    antwoord_ref: str = verwijzing("Record waar het antwoord naar verwijst", "antwoord_sleutel")
    niet_gelezen: bool = kolom(
        "Of er een antwoord is dat niet wordt gelezen: tekst, adres, bijlage of een lang getal"
    )


class FhirVragenlijstVraag(FhirTabel):
    """Questionnaire x item at any depth x coding: what a linkId stands for."""

    class Config:
        description = (
            "Vragen van vragenlijsten (Questionnaire), één rij per versie, vraag en codering."
        )

    vragenlijst: str = kolom("Vragenlijst (canonical, zonder versie)")
    vragenlijst_versie: str = kolom("Versie van de vragenlijst")
    vragenlijst_status: str = kolom("Status van de vragenlijst")
    vraag_nr: int = kolom("Volgnummer van de vraag, vanaf 0")
    vraag_id: str = kolom("Vraag (linkId)")
    vraag_soort: str = kolom("Soort antwoord")
    vraag_stelsel: str = kolom("Codestelsel van de vraag")
    vraag_code: str = kolom("Code van de vraag")


TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    "fhir_vragenlijst": FhirVragenlijst,
    "fhir_vragenlijst_antwoord": FhirVragenlijstAntwoord,
    "fhir_vragenlijst_vraag": FhirVragenlijstVraag,
}
