"""Raw tables of the long-term care registers (Wet langdurige zorg)."""

from __future__ import annotations

import csv
from pathlib import Path

from schemas.tables.kolom import kolom
from schemas.tables.patronen import AGB, BSN, DATUM
from schemas.tables.register import RegisterTabel

_CODES = Path(__file__).parent.parent / "codes"
_REGIO = r"^ZK\d{2}$"


def _column(lijst: str, naam: str) -> list[str]:
    with (_CODES / f"{lijst}.csv").open(encoding="utf-8", newline="") as file:
        return sorted({row[naam] for row in csv.DictReader(file)})


def _codes(lijst: str) -> list[str]:
    """The codes of one list of ``wlz_codelijst.csv``, in its order."""
    with (_CODES / "wlz_codelijst.csv").open(encoding="utf-8", newline="") as file:
        return [row["code"] for row in csv.DictReader(file) if row["lijst"] == lijst]


SECTOREN = _codes("sector")


class WlzTabel(RegisterTabel):
    """Shared settings: every row is about a person."""

    class Config:
        metadata = {"persoonsgebonden": True}


def _indicatie():
    return kolom(
        "Wlz-indicatie",
        bewerking="sleutel",
        naar="wlz_indicatie_sleutel",
        domein="wlz_indicatie",
        leeg_mag=False,
        omschrijving="In alle registers dezelfde, zodat een wachtende bij zijn besluit hoort",
    )


def _bsn():
    return kolom(
        "Burgerservicenummer", bewerking="bsn", naar="pseudo_id", leeg_mag=False, str_matches=BSN
    )


def _regio():
    return kolom(
        "Zorgkantoorregio",
        leeg_mag=False,
        str_matches=_REGIO,
        codelijst="wlz_zorgkantoor",
        gevoeligheid="indirect_identificerend",
    )


def _sector():
    return kolom("Sector van de Wlz", leeg_mag=False, isin=SECTOREN, codelijst="wlz_codelijst")


def _peildatum():
    return kolom("Peildatum", bewerking="datum", leeg_mag=False, str_matches=DATUM)


class RegWlzIndicatie(WlzTabel):
    """One decision that someone is entitled to long-term care."""

    class Config:
        description = "Indicatiebesluiten voor de Wlz."
        metadata = {"uniek_op": ("wlz_indicatie_sleutel",)}

    wlz_indicatie_id: str = _indicatie()
    bsn: str = _bsn()
    geboortejaar: int = kolom("Geboortejaar", ge=1900, le=2100)
    geslacht: str = kolom("Geslacht", isin=["man", "vrouw", "onbekend"])
    pc4: str = kolom("Postcode, vier cijfers", str_matches=r"^[1-9]\d{3}$")
    sector: str = _sector()
    grondslag: str = kolom(
        "Grondslag: de aandoening of beperking waarop de zorg rust",
        isin=_codes("grondslag"),
        codelijst="wlz_codelijst",
    )
    zorgprofiel: str = kolom(
        "Zorgprofiel",
        leeg_mag=False,
        isin=_column("wlz_zorgprofiel", "zorgprofiel"),
        codelijst="wlz_zorgprofiel",
    )
    afgiftedatum: str = kolom(
        "Dag van het besluit", bewerking="datum", leeg_mag=False, str_matches=DATUM
    )
    ingangsdatum: str = kolom(
        "Eerste dag waarop de indicatie geldt", bewerking="datum", leeg_mag=False, str_matches=DATUM
    )
    einddatum: str = kolom(
        "Laatste dag waarop de indicatie geldt", bewerking="datum", str_matches=DATUM
    )
    zorgkantoorregio_code: str = _regio()


class RegWlzWachtlijst(WlzTabel):
    """One person on the national waiting list on one day."""

    class Config:
        description = "Wachtlijst van de Wlz, stand per peildatum."
        metadata = {"uniek_op": ("wlz_indicatie_sleutel", "peildatum", "dossierhouder_id")}

    wlz_indicatie_id: str = _indicatie()
    bsn: str = _bsn()
    peildatum: str = _peildatum()
    sector: str = _sector()
    wachtstatus: str = kolom(
        "Wachtstatus", leeg_mag=False, isin=_codes("wachtstatus"), codelijst="wlz_codelijst"
    )
    classificatie: str = kolom(
        "Classificatie bij de wachtstatus", isin=_codes("classificatie"), codelijst="wlz_codelijst"
    )
    begin_status: str = kolom(
        "Begin van de huidige wachtstatus", bewerking="datum", leeg_mag=False, str_matches=DATUM
    )
    begin_registratie: str = kolom(
        "Begin van het wachten, in welke status ook",
        bewerking="datum",
        leeg_mag=False,
        str_matches=DATUM,
    )
    voorkeur_aanbieder_id: str = kolom("AGB-code van wie de voorkeur heeft", str_matches=AGB)
    dossierhouder_id: str = kolom(
        "AGB-code van de dossierhouder", leeg_mag=False, str_matches=AGB,
        omschrijving="De zorgaanbieder die de wachtende volgt en de wachtlijst bijhoudt",
    )  # fmt: skip
    zorgkantoorregio_code: str = _regio()
    overbruggingszorg: str = kolom(
        "Of er overbruggingszorg is; leeg is niet vastgelegd", isin=["ja", "nee"]
    )
    reden_wachten: str = kolom(
        "Reden waarom nog wordt gewacht", isin=_codes("reden"), codelijst="wlz_codelijst"
    )
    laatst_contact: str = kolom(
        "Dag van het laatste contact met de wachtende", bewerking="datum", str_matches=DATUM
    )


class RegWlzSchaduwlijst(WlzTabel):
    """One person on the own list of a care provider on one day, beside the national list."""

    class Config:
        description = "Eigen wachtlijsten van zorgaanbieders in de Wlz."
        metadata = {"uniek_op": ("zorgaanbieder_id", "pseudo_id", "peildatum")}

    zorgaanbieder_id: str = kolom("AGB-code", leeg_mag=False, str_matches=AGB)
    bsn: str = _bsn()
    peildatum: str = _peildatum()
    sector: str = _sector()
    schaduw_soort: str = kolom(
        "Of het om opname gaat of om verhuizen",
        leeg_mag=False,
        isin=_codes("schaduw_soort"),
        codelijst="wlz_codelijst",
    )
    begin: str = kolom(
        "Begin van het wachten", bewerking="datum", leeg_mag=False, str_matches=DATUM
    )


class RegWlzRechtmatigheid(RegisterTabel):
    """Costs of a Wlz-uitvoerder in a year, by form of delivery and judgement of lawfulness."""

    class Config:
        description = "Kosten van de Wlz naar oordeel over de rechtmatigheid."
        metadata = {"uniek_op": ("jaar", "uitvoerder_id", "leveringsvorm", "oordeel")}

    jaar: int = kolom("Jaar", leeg_mag=False, ge=2015, le=2100)
    uitvoerder_id: str = kolom(
        "Wlz-uitvoerder",
        leeg_mag=False,
        isin=_column("wlz_zorgkantoor", "uitvoerder_id"),
        codelijst="wlz_zorgkantoor",
    )
    leveringsvorm: str = kolom(
        "Leveringsvorm", leeg_mag=False, isin=_codes("leveringsvorm"), codelijst="wlz_codelijst"
    )
    oordeel: str = kolom(
        "Oordeel over de rechtmatigheid",
        leeg_mag=False,
        isin=_codes("oordeel"),
        codelijst="wlz_codelijst",
    )
    bedrag_cent: int = kolom("Kosten in eurocent", leeg_mag=False, ge=0)
