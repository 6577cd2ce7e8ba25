"""Raw tables of tabular deliveries (registers and open data)."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.kolom import kolom
from schemas.tables.patronen import AGB, BSN, DATUM, UZOVI

_BEKEND = ("bekend_periode", "VARCHAR", "Eerste periode waarin een levering precies dit zei")
_GELDT = ("periode", "VARCHAR", "Periode van de levering die geldt")


class RegisterTabel(pa.DataFrameModel):
    """Shared settings of register tables."""

    class Config:
        strict = True


class RegZorgaanbieder(RegisterTabel):
    """Address book of care providers; one row a provider and period of validity."""

    class Config:
        description = "Adresboek van zorgaanbieders."
        metadata = {"uniek_op": ("zorgaanbieder_id", "geldig_van")}

    zorgaanbieder_id: str = kolom("AGB-code", leeg_mag=False, str_matches=AGB)
    naam: str = kolom("Naam van de zorgaanbieder", leeg_mag=False)
    soort: str = kolom(
        "Soort zorgaanbieder",
        leeg_mag=False,
        isin=[
            "umc",
            "stz",
            "algemeen_ziekenhuis",
            "zbc",
            "ggz",
            "ghz",
            "huisartsenpraktijk",
            "vvt",
            "paramedisch",
            "apotheek",
            "mondzorg",
        ],
    )
    gemeente_code: str = kolom("CBS-gemeentecode", leeg_mag=False, str_matches=r"^GM\d{4}$")
    geldig_van: str = kolom("Geldig vanaf", bewerking="datum", leeg_mag=False, str_matches=DATUM)
    geldig_tot: str = kolom("Geldig tot en met", bewerking="datum", str_matches=DATUM)
    opvolger_id: str = kolom(
        "AGB-code van wie de zorgaanbieder na geldig_tot voortzet, bij een fusie of overname",
        str_matches=AGB,
    )


class RegGgzWachttijd(RegisterTabel):
    """One wait of one client: registration to intake, or intake to treatment."""

    class Config:
        description = "Wachtperioden in de geestelijke gezondheidszorg."
        metadata = {
            "persoonsgebonden": True,
            "uniek_op": ("bron_id", "wachtregistratie_sleutel", "fase"),
            "in_staging": (_BEKEND, _GELDT),
        }

    wachtregistratie_id: str = kolom(
        "Wachtregistratie",
        bewerking="sleutel",
        naar="wachtregistratie_sleutel",
        domein="wachtregistratie",
        leeg_mag=False,
    )
    bsn: str = kolom(
        "Burgerservicenummer", bewerking="bsn", naar="pseudo_id", leeg_mag=False, str_matches=BSN
    )
    zorgaanbieder_id: str = kolom("AGB-code", leeg_mag=False, str_matches=AGB)
    echelon: str = kolom(
        "Basis- of specialistische ggz", leeg_mag=False, isin=["basis", "specialistisch"]
    )
    fase: str = kolom("Wachtfase", leeg_mag=False, isin=["aanmelding", "behandeling"])
    diagnosegroep: str = kolom("Diagnosegroep", codelijst="diagnosegroep")
    begin: str = kolom(
        "Begin van het wachten", bewerking="datum", leeg_mag=False, str_matches=DATUM
    )
    eind: str = kolom("Einde van het wachten", bewerking="datum", str_matches=DATUM)


class RegBevolking(RegisterTabel):
    """Inhabitants per PC4, sex and age class."""

    class Config:
        description = "Inwoners en welvaart per postcodegebied."

    jaar: int = kolom("Jaar", leeg_mag=False, ge=1900, le=2100)
    pc4: str = kolom("Postcode, vier cijfers", leeg_mag=False, str_matches=r"^\d{4}$")
    gemeente_code: str = kolom("CBS-gemeentecode", leeg_mag=False, str_matches=r"^GM\d{4}$")
    welvaart_kwintiel: int = kolom(
        "Welvaartskwintiel van de PC4 (1 laagste)", eenheid="kwintiel", ge=1, le=5
    )
    leeftijdsklasse: str = kolom(
        "Leeftijdsklasse in jaren, zoals 18-44 of 85+",
        leeg_mag=False,
        str_matches=r"^\d{1,3}(-\d{1,3}|\+)$",
    )
    geslacht: str = kolom("Geslacht", leeg_mag=False, isin=["man", "vrouw"])
    inwoners: int = kolom("Aantal inwoners", leeg_mag=False, ge=0)


class RegVektisGemeente(RegisterTabel):
    """Vektis open data: costs under the Zvw, one row a source row and kind of cost."""

    class Config:
        description = "Open data van Vektis, kosten per gemeente."
        metadata = {"in_staging": (_BEKEND,)}

    jaar: int = kolom("Jaar", leeg_mag=False, ge=2000, le=2100)
    gemeentenaam: str = kolom(
        "Gemeentenaam zoals gepubliceerd; leeg in de restregel", codelijst="vektis_gemeente_naam"
    )
    geslacht: str = kolom("Geslacht; leeg in de restregel", isin=["M", "V"])
    leeftijdsklasse: str = kolom("Leeftijdsklasse; leeg in de restregel")
    aantal_verzekerden: int = kolom("Aantal verzekerden", leeg_mag=False, ge=0)
    verzekerdejaren: str = kolom("Verzekerdejaren", bewerking="getal", eenheid="verzekerdejaren")
    kostensoort: str = kolom("Kostensoort", leeg_mag=False, codelijst="vektis_kostensoort")
    kosten_cent: int = kolom("Kosten in eurocent", leeg_mag=False)


class RegContract(RegisterTabel):
    """Contracts: whether an insurer has one with a provider, per sector and period of validity.

    A provider, insurer and sector without a row is unknown, not without a contract.
    """

    class Config:
        description = "Contracten van verzekeraars met zorgaanbieders."
        metadata = {"uniek_op": ("zorgaanbieder_id", "uzovi", "coalesce(sector, '')", "geldig_van")}

    zorgaanbieder_id: str = kolom("AGB-code", leeg_mag=False, str_matches=AGB)
    uzovi: str = kolom(
        "UZOVI-nummer; het contract geldt voor het hele concern", leeg_mag=False, str_matches=UZOVI
    )
    sector: str = kolom("Sector; leeg is elke sector", codelijst="declaratie_sector")
    gecontracteerd: str = kolom("Of er een contract is", leeg_mag=False, isin=["ja", "nee"])
    geldig_van: str = kolom("Geldig vanaf", bewerking="datum", leeg_mag=False, str_matches=DATUM)
    geldig_tot: str = kolom("Geldig tot en met", bewerking="datum", str_matches=DATUM)
