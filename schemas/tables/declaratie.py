"""Raw tables of the EI declaration messages, one for all standards of a record kind.

Amounts are eurocents, signed by their own debet/credit indicator. The keys that tie records
together are made at intake: ``bericht_sleutel`` is a hash of the text of the whole message, so the
same message delivered twice has the same key.
"""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.kolom import kolom
from schemas.tables.patronen import AGB, BSN, DATUM_EI, UZOVI

_BERICHTSOORT = "element 0102 (code externe-integratiebericht)"
_DECLARANT = ("instelling", "praktijk", "zorgverlener", "servicebureau")


class DeclaratieTabel(pa.DataFrameModel):
    """Columns every declaration table has."""

    bericht_sleutel: str = kolom(
        "Declaratiebericht (hash van de inhoud)",
        leeg_mag=False,
        bronelement="gemaakt bij ontvangst, uit de tekst van het hele bericht",
    )

    class Config:
        strict = True


class DeclBericht(DeclaratieTabel):
    """One message: voorlooprecord 01 and sluitrecord 99 together."""

    class Config:
        description = "Declaratieberichten, voorlooprecord 01 en sluitrecord 99 samen."
        metadata = {"records": ("01", "99"), "uniek_op": ("bericht_sleutel",)}

    standaard: str = kolom(
        "EI-standaard, bijvoorbeeld ZH308", leeg_mag=False, bronelement=_BERICHTSOORT
    )
    versie: str = kolom(
        "Versie van de EI-standaard",
        leeg_mag=False,
        bronelement="elementen 0103 en 0104 (versie en subversie van de berichtstandaard)",
    )
    ei_code: str = kolom(
        "Code externe-integratiebericht (COD002)",
        leeg_mag=False,
        codelijst="ei_codelijst:COD002",
        bronelement=_BERICHTSOORT,
    )
    uzovi: str = kolom("UZOVI-nummer van de verzekeraar", str_matches=UZOVI)
    declarant_id: str = kolom(
        "AGB-code van de declarant", leeg_mag=False, gevormd_uit=_DECLARANT, str_matches=AGB
    )
    begindatum: str = kolom(
        "Begin van de declaratieperiode", bewerking="datum_ei", str_matches=DATUM_EI
    )
    einddatum: str = kolom(
        "Einde van de declaratieperiode", bewerking="datum_ei", str_matches=DATUM_EI
    )
    factuurnummer: str = kolom(
        "Factuur", bewerking="sleutel", naar="factuur_sleutel", domein="factuur"
    )
    dagtekening: str = kolom(
        "Dagtekening van de factuur", bewerking="datum_ei", str_matches=DATUM_EI
    )
    totaal_cent: int = kolom("Totaal declaratiebedrag in eurocent, met teken")
    praktijk: str = kolom("AGB-code van de praktijk", str_matches=AGB)
    servicebureau: str = kolom("Code van het servicebureau dat het bericht stuurt")
    betaling_aan: str = kolom("Aan wie wordt betaald (COD833); 01 is het servicebureau")


class DetailTabel(DeclaratieTabel):
    """Columns of every detail record."""

    class Config:
        metadata = {"persoonsgebonden": True}

    identificatie: str = kolom("Identificatie detailrecord", leeg_mag=False)


class PrestatieDeel(DetailTabel):
    """Columns of records that belong to a prestatie."""

    prestatie_identificatie: str = kolom(
        "Identificatie van het prestatierecord",
        leeg_mag=False,
        bronelement="element 0402 van het prestatierecord waar dit record op volgt",
    )


class PersoonTabel(DetailTabel):
    """Columns of records that name the insured person."""

    bsn: str = kolom(
        "Burgerservicenummer", bewerking="bsn", naar="pseudo_id", leeg_mag=False, str_matches=BSN
    )
    verzekerde_ref: str = kolom(
        "Verzekerde bij de verzekeraar",
        bewerking="sleutel",
        naar="verzekerde_sleutel",
        domein="verzekerde",
        gevormd_uit=("uzovi", "verzekerdennummer"),
    )
    uzovi: str = kolom("UZOVI-nummer van de verzekeraar", leeg_mag=False, str_matches=UZOVI)


class DeclVerzekerde(PersoonTabel):
    """Record 02."""

    class Config:
        description = "Verzekerdenrecords (02)."
        metadata = {"records": ("02",)}

    geboortedatum: str = kolom(
        "Geboortejaar",
        bewerking="geboortejaar_ei",
        naar="geboortejaar",
        leeg_mag=False,
        str_matches=DATUM_EI,
    )
    geslacht: str = kolom("Geslacht (COD046)", leeg_mag=False, isin=["0", "1", "2"])
    postcode: str = kolom("Postcode, vier cijfers", bewerking="pc4", naar="pc4")


class DeclPrestatie(PersoonTabel):
    """Record 04. Money is null where the standard keeps it in record 06 (ZH308)."""

    class Config:
        description = "Prestatierecords (04)."
        metadata = {"records": ("04",)}

    prestatiecodelijst: str = kolom(
        "Aanduiding prestatiecodelijst (COD367)", leeg_mag=False, codelijst="prestatiecodelijst"
    )
    prestatiecode: str = kolom("Prestatiecode", leeg_mag=False)
    begindatum: str = kolom(
        "Begindatum prestatie", bewerking="datum_ei", leeg_mag=False, str_matches=DATUM_EI
    )
    einddatum: str = kolom("Einddatum prestatie", bewerking="datum_ei", str_matches=DATUM_EI)
    volgnummer: str = kolom("Prestatievolgnummer")
    zorgproductcode: str = kolom("Zorgproductcode (9 posities), in de ggz DBC-prestatiecode (12)")
    subtrajectnummer: str = kolom(
        "Subtraject", bewerking="sleutel", naar="subtraject_sleutel", domein="subtraject"
    )
    specialisme: str = kolom("Specialisme van de uitvoerder (COD016)")
    diagnosecodelijst: str = kolom("Aanduiding diagnosecodelijst (COD392)")
    diagnosecode: str = kolom("Diagnosecode")
    verwijzer_soort: str = kolom("Code (zelf)verwijzer (COD327)")
    zorgtrajectnummer: str = kolom(
        "Zorgtraject", bewerking="sleutel", naar="zorgtraject_sleutel", domein="zorgtraject"
    )
    zorgactiviteitcode: str = kolom("Zorgactiviteitcode van de prestatie zelf (add-on, MSBD)")
    uitvoerend_praktijk: str = kolom("AGB-code van de uitvoerende praktijk", str_matches=AGB)
    zorgzwaartepakket: str = kolom("Zorgzwaartepakketcode (COD163)")
    is_duur_geneesmiddel: bool = kolom(
        "Of de indicatie duur geneesmiddel is gevuld", gevormd_uit=("duur_geneesmiddel",)
    )
    aanspraak_zvw: str = kolom("Indicatie aanspraak Zorgverzekeringswet toegepast (COD994)")
    herdeclaratie: str = kolom("Code herdeclaratie (COD651)")
    aantal: int = kolom("Aantal uitgevoerde prestaties", leeg_mag=False)
    tijdseenheid: str = kolom("Tijdseenheid van het aantal (COD218)")
    berekend_cent: int = kolom("Berekend bedrag in eurocent, met teken")
    bedrag_cent: int = kolom("Declaratiebedrag in eurocent, met teken")
    basis_cent: int = kolom("Deel voor de basisverzekering in eurocent, met teken")
    aanvullend_cent: int = kolom("Deel voor de aanvullende verzekering in eurocent, met teken")
    debet_credit: str = kolom("Debet of credit (COD043)", leeg_mag=False, isin=["D", "C"])
    referentie: str = kolom(
        "Dit prestatierecord",
        bewerking="sleutel",
        naar="referentie_sleutel",
        domein="referentie",
        leeg_mag=False,
    )
    voorgaande_referentie: str = kolom(
        "Voorgaand prestatierecord",
        bewerking="sleutel",
        naar="voorgaande_referentie_sleutel",
        domein="referentie",
    )


class DeclTarief(PrestatieDeel):
    """Record 06: the money of a ZH308 prestatie."""

    class Config:
        description = "Tariefrecords (06) van ZH308, GZ321 en DG301, waarin het bedrag staat."
        metadata = {"records": ("06",)}

    soort_tarief: str = kolom("Soort prestatie/tarief (COD029)")
    poortspecialisme: str = kolom("Poortspecialisme van de DBC (COD016)")
    specialisme: str = kolom("Specialisme van de uitvoerder (COD016)")
    berekend_cent: int = kolom("Berekend bedrag in eurocent, met teken")
    bedrag_cent: int = kolom("Declaratiebedrag in eurocent, met teken", leeg_mag=False)
    debet_credit: str = kolom("Debet of credit (COD043)", leeg_mag=False, isin=["D", "C"])
    referentie: str = kolom(
        "Dit tariefrecord",
        bewerking="sleutel",
        naar="referentie_sleutel",
        domein="referentie",
        leeg_mag=False,
    )
    voorgaande_referentie: str = kolom(
        "Voorgaand tariefrecord",
        bewerking="sleutel",
        naar="voorgaande_referentie_sleutel",
        domein="referentie",
    )


class DeclZorgactiviteit(PrestatieDeel):
    """Record 16: a care activity inside a prestatie; GZ321 counts it in units of time."""

    class Config:
        description = "Zorgactiviteitrecords (16) van ZH308 en GZ321."
        metadata = {"records": ("16",)}

    zorgactiviteitcode: str = kolom("Zorgactiviteitcode (NZa)", leeg_mag=False)
    begindatum: str = kolom(
        "Begindatum zorgactiviteit", bewerking="datum_ei", leeg_mag=False, str_matches=DATUM_EI
    )
    einddatum: str = kolom("Einddatum zorgactiviteit", bewerking="datum_ei", str_matches=DATUM_EI)
    aantal: int = kolom("Aantal uitgevoerde zorgactiviteiten of tijdseenheden", leeg_mag=False)
    tijdseenheid: str = kolom("Tijdseenheid van het aantal (COD218); leeg als het stuks zijn")
    debet_credit: str = kolom("Debet of credit (COD043)", leeg_mag=False, isin=["D", "C"])


class DeclTijdsbesteding(PrestatieDeel):
    """Record 17: time that one kind of practitioner spent on a prestatie (GZ321)."""

    class Config:
        description = "Tijdsbestedingrecords (17) van GZ321."
        metadata = {"records": ("17",)}

    soort_behandelaar: str = kolom("Hoofd- of medebehandelaar (COD879)", leeg_mag=False)
    beroep: str = kolom("Beroep van de medebehandelaar (COD878)")
    begindatum: str = kolom(
        "Begindatum tijdsbesteding", bewerking="datum_ei", leeg_mag=False, str_matches=DATUM_EI
    )
    einddatum: str = kolom("Einddatum tijdsbesteding", bewerking="datum_ei", str_matches=DATUM_EI)
    tijdseenheid: str = kolom("Tijdseenheid van de aantallen (COD218)", leeg_mag=False)
    aantal_direct: int = kolom("Aantal tijdseenheden direct aan de patiënt besteed")
    aantal_indirect: int = kolom("Aantal tijdseenheden indirect besteed")
    debet_credit: str = kolom("Debet of credit (COD043)", leeg_mag=False, isin=["D", "C"])


class DeclRetour(DeclaratieTabel):
    """One retour message: what an insurer grants of a declaration, records 01 and 99 together.

    The declaration is found by declarant and factuur. With retourcode 8001 all of it was granted
    and no record is returned; else ``decl_toekenning`` holds what was not granted as declared.
    """

    class Config:
        description = "Retourberichten van verzekeraars, voorlooprecord 01 en sluitrecord 99 samen."
        metadata = {"records": ("01", "99"), "retour": True, "uniek_op": ("bericht_sleutel",)}

    standaard: str = kolom(
        "EI-standaard van het retourbericht, bijvoorbeeld AP305",
        leeg_mag=False,
        bronelement=_BERICHTSOORT,
    )
    versie: str = kolom(
        "Versie van de EI-standaard",
        leeg_mag=False,
        bronelement="elementen 0103 en 0104 (versie en subversie van de berichtstandaard)",
    )
    ei_code: str = kolom(
        "Code externe-integratiebericht (COD002)",
        leeg_mag=False,
        codelijst="ei_codelijst:COD002",
        bronelement=_BERICHTSOORT,
    )
    heen_standaard: str = kolom(
        "EI-standaard van de declaratie, bijvoorbeeld AP304",
        leeg_mag=False,
        bronelement=_BERICHTSOORT,
    )
    uzovi: str = kolom("UZOVI-nummer van de verzekeraar")
    declarant_id: str = kolom("AGB-code van de declarant", gevormd_uit=_DECLARANT, str_matches=AGB)
    factuurnummer: str = kolom(
        "Factuur", bewerking="sleutel", naar="factuur_sleutel", domein="factuur"
    )
    dagtekening: str = kolom(
        "Dagtekening van het retourbericht",
        bewerking="datum_ei",
        gevormd_uit=("dagtekening_retour",),
        leeg_mag=False,
        str_matches=DATUM_EI,
    )
    retourcode_1: str = kolom("Retourcode bij het bericht (COD954), eerste")
    retourcode_2: str = kolom("Retourcode bij het bericht (COD954), tweede")
    retourcode_3: str = kolom("Retourcode bij het bericht (COD954), derde")
    ingediend_cent: int = kolom(
        "Totaal ingediend declaratiebedrag in eurocent, met teken", gevormd_uit=("totaal_cent",)
    )
    toegekend_cent: int = kolom("Totaal toegekend bedrag in eurocent, met teken", leeg_mag=False)


class DeclToekenning(DeclaratieTabel):
    """One returned record 04 or 06: what an insurer grants of it, and why not more.

    ``prestatie_referentie`` is that of the record 04; of a record 04 it equals ``referentie``.
    """

    class Config:
        description = "Records (04, 06) die een verzekeraar terugstuurde, met wat is toegekend."
        metadata = {"records": ("04", "06"), "retour": True, "persoonsgebonden": True}

    record: str = kolom(
        "Soort record dat terugkwam",
        leeg_mag=False,
        bronelement="de eerste twee posities van het record (kenmerk record)",
        isin=["04", "06"],
    )
    identificatie: str = kolom("Identificatie detailrecord")
    referentie: str = kolom(
        "Het teruggestuurde record",
        bewerking="sleutel",
        naar="referentie_sleutel",
        domein="referentie",
    )
    prestatie_referentie: str = kolom(
        "Het prestatierecord waar het bij hoort",
        bewerking="sleutel",
        naar="prestatie_referentie_sleutel",
        domein="referentie",
        gevormd_uit=("referentie",),
    )
    ingediend_cent: int = kolom(
        "Ingediend declaratiebedrag in eurocent, met teken", gevormd_uit=("bedrag_cent",)
    )
    toegekend_cent: int = kolom("Toegekend bedrag in eurocent, met teken")
    debet_credit: str = kolom("Debet of credit (COD043)", isin=["D", "C"])
    retourcode_1: str = kolom("Retourcode bij het record (COD954), eerste")
    retourcode_2: str = kolom("Retourcode bij het record (COD954), tweede")
    retourcode_3: str = kolom("Retourcode bij het record (COD954), derde")
