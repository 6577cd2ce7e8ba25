"""Raw table of the judgements intake passed on source records: what data quality is scored by.

It says that a record was refused or is odd, and under which rule, never what was in it: the record
is known by keyed hashes alone, the same that accepted records have, so that the build can tell
which judgement was overtaken by a better delivery.
"""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.kolom import kolom
from schemas.tables.patronen import AGB


class DqOordeel(pa.DataFrameModel):
    """One row a refused or odd record and rule, of records that were no repetition."""

    class Config:
        strict = True
        description = (
            "Oordelen van de intake: één rij per geweigerd of opvallend record en regel, zonder de "
            "inhoud van het record."
        )
        metadata = {
            "persoonsgebonden": True,
            "in_staging": (
                ("eerste_periode", "VARCHAR", "Eerste periode waarin het record is aangeleverd"),
                ("laatste_periode", "VARCHAR", "Laatste periode waarin het record is aangeleverd"),
            ),
        }

    soort: str = kolom(
        "Of het record is geweigerd of met een waarschuwing is aanvaard",
        leeg_mag=False,
        isin=["geweigerd", "waarschuwing"],
    )
    naam: str = kolom("Soort record, zoals het intakeverslag die telt", leeg_mag=False)
    tabel: str = kolom("Ruwe tabel waar het record hoort; leeg als dat niet te zien is")
    reden_code: str = kolom("Regel, uit schemas/redenen.csv", leeg_mag=False)
    inhoud: str = kolom(
        "Inhoud van het record; gelijke records hebben gelijke sleutels",
        bewerking="sleutel",
        naar="inhoud_sleutel",
        domein="record",
    )
    resource_ref: str = kolom(
        "Bronrecord", bewerking="sleutel", naar="resource_sleutel", domein="resource"
    )
    laatst_gewijzigd: str = kolom(
        "Moment waarop de bron deze versie beschikbaar stelde (UTC)",
        bewerking="tijdstip",
        naar="beschikbaar_op",
    )
    contact_ref: str = kolom(
        "Contact waar het record bij hoort",
        bewerking="sleutel",
        naar="contact_sleutel",
        domein="resource",
    )
    uitvoerder_ref: str = kolom(
        "Uitvoerder die het record noemt",
        bewerking="sleutel",
        naar="uitvoerder_sleutel",
        domein="resource",
    )
    wachtregistratie_id: str = kolom(
        "Wachtregistratie",
        bewerking="sleutel",
        naar="wachtregistratie_sleutel",
        domein="wachtregistratie",
    )
    fase: str = kolom("Wachtfase", isin=["aanmelding", "behandeling"])
    wlz_indicatie_id: str = kolom(
        "Wlz-indicatie",
        bewerking="sleutel",
        naar="wlz_indicatie_sleutel",
        domein="wlz_indicatie",
    )
    peildatum: str = kolom("Peildatum van een wachtlijst", bewerking="datum")
    bericht_sleutel: str = kolom("Declaratiebericht (hash van de inhoud)")
    identificatie: str = kolom("Identificatie detailrecord", str_matches=r"^\d{1,12}$")
    referentie: str = kolom(
        "Het prestatierecord", bewerking="sleutel", naar="referentie_sleutel", domein="referentie"
    )
    factuurnummer: str = kolom(
        "Factuur", bewerking="sleutel", naar="factuur_sleutel", domein="factuur"
    )
    dagtekening: str = kolom("Dagtekening van de factuur", bewerking="datum_ei")
    zorgaanbieder_id: str = kolom(
        "AGB-code van de zorgaanbieder, als die veilig is te lezen", str_matches=AGB
    )
    jaar: int = kolom("Jaar van de zorg, als dat is te lezen", ge=1900, le=2100)
