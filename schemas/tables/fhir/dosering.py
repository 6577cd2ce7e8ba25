"""Dosages of medication as far as they are coded; instructions in text are not read."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir.basis import PatientGebonden
from schemas.tables.kolom import kolom
from schemas.tables.patronen import GETAL, TIJDSTIP


class Dosering(PatientGebonden):
    """A dosage instruction x dose of one administration."""

    dosering_nr: int = kolom("Volgnummer van de doseerinstructie, vanaf 0")
    volgorde: int = kolom("Volgorde van de doseerinstructie")
    zo_nodig: bool = kolom("Of het middel zo nodig wordt gebruikt")
    zo_nodig_stelsel: str = kolom("Codestelsel van de voorwaarde bij zo nodig")
    zo_nodig_code: str = kolom("Code van de voorwaarde bij zo nodig")
    weg_stelsel: str = kolom("Codestelsel van de toedieningsweg")
    weg_code: str = kolom("Code van de toedieningsweg")
    toediening_plaats_stelsel: str = kolom("Codestelsel van de plaats van toediening")
    toediening_plaats_code: str = kolom("Code van de plaats van toediening")
    frequentie: int = kolom("Aantal keren per periode")
    frequentie_max: int = kolom("Hoogste aantal keren per periode")
    periode_duur: str = kolom("Duur van de periode", bewerking="getal", str_matches=GETAL)
    periode_duur_max: str = kolom(
        "Langste duur van de periode", bewerking="getal", str_matches=GETAL
    )
    periode_eenheid: str = kolom("Eenheid van de periode (UCUM)")
    dagdeel: str = kolom("Dagdelen of maaltijden, als codes met komma's")
    weekdag: str = kolom("Weekdagen, als codes met komma's")
    begin: str = kolom("Begin van de instructie (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van de instructie (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    duur: str = kolom("Duur van de instructie", bewerking="getal", str_matches=GETAL)
    duur_eenheid: str = kolom("Eenheid van de duur (UCUM)")
    maximum: str = kolom("Hoogste dosis per periode", bewerking="getal", str_matches=GETAL)
    maximum_eenheid: str = kolom("Eenheid van de hoogste dosis")
    maximum_periode: str = kolom(
        "Periode van de hoogste dosis", bewerking="getal", str_matches=GETAL
    )
    maximum_periode_eenheid: str = kolom("Eenheid van die periode")
    dosis_nr: int = kolom("Volgnummer van de dosis, vanaf 0")
    dosis_waarde: str = kolom("Waarde van de dosis", bewerking="getal", str_matches=GETAL)
    dosis_stelsel: str = kolom("Eenhedenstelsel van de dosis")
    dosis_eenheid: str = kolom("Eenheid van de dosis")
    dosis_laag: str = kolom("Laagste dosis", bewerking="getal", str_matches=GETAL)
    dosis_hoog: str = kolom("Hoogste dosis", bewerking="getal", str_matches=GETAL)
    dosis_bereik_eenheid: str = kolom("Eenheid van laagste en hoogste dosis")
    snelheid: str = kolom("Toedieningssnelheid", bewerking="getal", str_matches=GETAL)
    snelheid_eenheid: str = kolom("Eenheid van de snelheid")


class FhirMedicatieDosering(Dosering):
    """MedicationRequest x dosage x dose."""

    class Config:
        description = (
            "Doseringen van medicatieafspraken: eén rij per MedicationRequest, "
            "doseerinstructie en dosis; alleen het gecodeerde deel, geen tekst."
        )


class FhirMedicatiegebruikDosering(Dosering):
    """MedicationStatement x dosage x dose."""

    class Config:
        description = (
            "Doseringen van medicatiegebruik: eén rij per MedicationStatement, "
            "doseerinstructie en dosis; alleen het gecodeerde deel, geen tekst."
        )


class FhirVerstrekkingDosering(Dosering):
    """MedicationDispense x dosage x dose."""

    class Config:
        description = (
            "Doseringen bij verstrekkingen: eén rij per MedicationDispense, doseerinstructie "
            "en dosis; alleen het gecodeerde deel, geen tekst."
        )


TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    "fhir_medicatie_dosering": FhirMedicatieDosering,
    "fhir_medicatiegebruik_dosering": FhirMedicatiegebruikDosering,
    "fhir_verstrekking_dosering": FhirVerstrekkingDosering,
}
