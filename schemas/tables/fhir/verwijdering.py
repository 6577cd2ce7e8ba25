"""Raw table of deletions: what a source says is no longer there. It has no view."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.kolom import kolom
from schemas.tables.patronen import TIJDSTIP

_BRON = "Bundle.entry.request met DELETE, of het bestand 'deleted' van een bulk export"


class FhirVerwijdering(pa.DataFrameModel):
    """One row a deletion; the key is that of the resource it deletes."""

    class Config:
        description = "Verwijderingen die een bron meldt; één rij per verwijdering."
        strict = True
        metadata = {"persoonsgebonden": True}

    resource_ref: str = kolom(
        "Verwijderd bronrecord",
        bewerking="sleutel",
        naar="resource_sleutel",
        domein="resource",
        leeg_mag=False,
        bronelement=f"het adres (Type/id) in {_BRON}",
    )
    versie_id: str = kolom(
        "Versie die de verwijdering van het bronrecord maakte",
        bronelement="Bundle.entry.response.etag",
    )
    verwijderd_op: str = kolom(
        "Moment van verwijderen in de bron (UTC); leeg als de bron dat niet zegt",
        bewerking="tijdstip",
        bronelement=f"het moment van {_BRON}",
        str_matches=TIJDSTIP,
    )
