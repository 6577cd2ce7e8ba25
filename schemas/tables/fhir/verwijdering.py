"""Raw table of deletions: what a source says is no longer there. It has no view."""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.kolom import kolom
from schemas.tables.patronen import TIJDSTIP


class FhirVerwijdering(pa.DataFrameModel):
    """One row a deletion; the key is that of the resource it deletes."""

    resource_ref: str = kolom(
        "Verwijderd bronrecord",
        bewerking="sleutel",
        naar="resource_sleutel",
        domein="resource",
        leeg_mag=False,
    )
    versie_id: str = kolom("Versie die de verwijdering van het bronrecord maakte")
    verwijderd_op: str = kolom(
        "Moment van verwijderen in de bron (UTC); leeg als de bron dat niet zegt",
        bewerking="tijdstip",
        str_matches=TIJDSTIP,
    )

    class Config:
        strict = True
