"""Claims and what insurers granted: Claim and ExplanationOfBenefit, the second door to prestaties.

Amounts stay decimals with their currency; cents are made in the build, where it is known that the
currency is the euro (docs/decisions/0021). Numbers of declarations are keys that mean the same in
every source, so that an insurer's ExplanationOfBenefit meets a provider's Claim.
"""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.fhir.basis import PatientGebonden
from schemas.tables.kolom import kolom, verwijzing
from schemas.tables.patronen import AGB, DATUM, GETAL, TIJDSTIP


class DeclaratieKop(PatientGebonden):
    """What the headers of a Claim and of an ExplanationOfBenefit share."""

    gebruik: str = kolom("Declaratie (claim), voorafmachtiging of raming")
    soort_stelsel: str = kolom("Codestelsel van de soort declaratie")
    soort_code: str = kolom("Soort declaratie")
    begin: str = kolom("Begin van de periode (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van de periode (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    aanbieder_ref: str = verwijzing("Declarant", "aanbieder_sleutel")
    zorgaanbieder_id: str = kolom("AGB-code van de declarant", str_matches=AGB)
    verzekeraar_ref: str = verwijzing("Verzekeraar", "verzekeraar_sleutel")
    uzovi: str = kolom("UZOVI-nummer van de verzekeraar")
    dekking_ref: str = verwijzing("Dekking (Coverage) die is aangesproken", "dekking_sleutel")
    vestiging_ref: str = verwijzing("Plaats van de zorg", "vestiging_sleutel")
    aantal_regels: int = kolom("Aantal regels")


class FhirDeclaratie(DeclaratieKop):
    """Claim: one row."""

    class Config:
        description = "Declaraties (Claim), één rij per versie."
        metadata = {"uniek_op": ("bron_id", "resource_sleutel")}

    nummer: str = kolom(
        "Declaratie, over bronnen heen (nummer als sleutel)",
        bewerking="sleutel",
        naar="nummer_sleutel",
        domein="declaratienummer",
    )
    prioriteit_code: str = kolom("Prioriteit van verwerking")
    verwijzing_ref: str = verwijzing("Verwijzing", "verwijzing_sleutel")
    recept_ref: str = verwijzing("Recept", "recept_sleutel")
    voorganger_ref: str = verwijzing("Declaratie waar deze op volgt", "voorganger_sleutel")
    voorganger_code: str = kolom("Hoe deze declaratie op de andere volgt")
    totaal: str = kolom("Totaal van de declaratie", bewerking="getal", str_matches=GETAL)
    totaal_valuta: str = kolom("Valuta van het totaal")


class FhirToekenning(DeclaratieKop):
    """ExplanationOfBenefit: one row, the payment included."""

    class Config:
        description = "Toekenningen van verzekeraars (ExplanationOfBenefit), één rij per versie."
        metadata = {"uniek_op": ("bron_id", "resource_sleutel")}

    declaratie_ref: str = verwijzing("Declaratie waar dit over gaat", "declaratie_sleutel")
    declaratie_nummer: str = kolom(
        "Declaratie waar dit over gaat, over bronnen heen (nummer als sleutel)",
        bewerking="sleutel",
        naar="nummer_sleutel",
        domein="declaratienummer",
    )
    uitkomst: str = kolom("Uitkomst van de beoordeling")
    betaling_code: str = kolom("Gehele of gedeeltelijke betaling")
    betaald_op: str = kolom("Datum van betaling", bewerking="datum", str_matches=DATUM)
    betaald: str = kolom("Betaald bedrag", bewerking="getal", str_matches=GETAL)
    betaald_valuta: str = kolom("Valuta van het betaalde bedrag")


class Regel(PatientGebonden):
    """Line of a claim x coding of its product or service; the amount is that of the whole line."""

    regel_index: int = kolom("Plaats van de regel in het bericht, vanaf 0", leeg_mag=False)
    regel_nr: int = kolom("Volgnummer van de regel volgens de bron")
    diagnose_nr: int = kolom("Volgnummer van de eerste diagnose bij de regel")
    begin: str = kolom("Begin van de zorg (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    eind: str = kolom("Einde van de zorg (UTC)", bewerking="tijdstip", str_matches=TIJDSTIP)
    aantal: str = kolom("Aantal", bewerking="getal", str_matches=GETAL)
    prijs: str = kolom("Prijs per stuk", bewerking="getal", str_matches=GETAL)
    prijs_valuta: str = kolom("Valuta van de prijs per stuk")
    factor: str = kolom(
        "Factor op de prijs", bewerking="getal", eenheid="verhouding", str_matches=GETAL
    )
    bedrag: str = kolom("Bedrag van de regel", bewerking="getal", str_matches=GETAL)
    valuta: str = kolom("Valuta van het bedrag")
    contact_ref: str = verwijzing("Contact", "contact_sleutel")
    code_stelsel: str = kolom("Codestelsel van de prestatie")
    code: str = kolom("Code van de prestatie")


class FhirDeclaratieRegel(Regel):
    """Claim x item x coding."""

    class Config:
        description = "Regels van declaraties, één rij per versie, regel en codering."


class FhirToekenningRegel(Regel):
    """ExplanationOfBenefit x item or added item x coding."""

    class Config:
        description = "Regels van toekenningen, één rij per versie, regel en codering."

    toegevoegd: bool = kolom("Of de verzekeraar de regel toevoegde", leeg_mag=False)


class Diagnose(PatientGebonden):
    """Diagnosis of a claim x coding, or one row with the Condition it refers to."""

    diagnose_nr: int = kolom("Volgnummer van de diagnose")
    aandoening_ref: str = verwijzing("Aandoening", "aandoening_sleutel")
    rol_code: str = kolom("Rol van de diagnose")
    code_stelsel: str = kolom("Codestelsel van de diagnose")
    code: str = kolom("Diagnosecode")


class FhirDeclaratieDiagnose(Diagnose):
    """Claim x diagnosis x coding."""

    class Config:
        description = "Diagnosen bij declaraties, één rij per versie, diagnose en codering."


class FhirToekenningDiagnose(Diagnose):
    """ExplanationOfBenefit x diagnosis x coding."""

    class Config:
        description = "Diagnosen bij toekenningen, één rij per versie, diagnose en codering."


class FhirToekenningBedrag(PatientGebonden):
    """ExplanationOfBenefit x place x adjudication or total x coding of its category."""

    class Config:
        description = "Bedragen van toekenningen, één rij per versie, plaats, bedrag en codering."

    plaats: str = kolom(
        "Waar het bedrag staat", leeg_mag=False, isin=["regel", "toegevoegd", "kop", "totaal"]
    )
    regel_index: int = kolom("Plaats van de regel in het bericht, vanaf 0")
    regel_nr: int = kolom("Volgnummer van de regel volgens de bron")
    bedrag_nr: int = kolom("Volgnummer van het bedrag op zijn plaats, vanaf 0", leeg_mag=False)
    reden_stelsel: str = kolom("Codestelsel van de reden")
    reden_code: str = kolom("Reden van het bedrag")
    bedrag: str = kolom("Bedrag", bewerking="getal", str_matches=GETAL)
    valuta: str = kolom("Valuta van het bedrag")
    waarde: str = kolom(
        "Waarde die geen bedrag is",
        bewerking="getal",
        eenheid="aantal of percentage, zoals de categorie zegt",
        str_matches=GETAL,
    )
    categorie_stelsel: str = kolom("Codestelsel van de soort bedrag")
    categorie_code: str = kolom("Soort bedrag")


TABELLEN: dict[str, type[pa.DataFrameModel]] = {
    "fhir_declaratie": FhirDeclaratie,
    "fhir_declaratie_regel": FhirDeclaratieRegel,
    "fhir_declaratie_diagnose": FhirDeclaratieDiagnose,
    "fhir_toekenning": FhirToekenning,
    "fhir_toekenning_regel": FhirToekenningRegel,
    "fhir_toekenning_bedrag": FhirToekenningBedrag,
    "fhir_toekenning_diagnose": FhirToekenningDiagnose,
}
