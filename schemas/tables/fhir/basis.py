"""What every raw table of the kerngegevens holds: identity, version and the two clocks.

``geregistreerd_op`` is when the source recorded the fact, in the element FHIR has for that
(``recordedDate``, ``issued``, ``authoredOn`` ...); where a resource type has none it is empty.
``beschikbaar_op`` is when the source made it available (``meta.lastUpdated``).
References are normalised to ``Type/id`` before a key is made of them.
"""

from __future__ import annotations

import pandera.polars as pa

from schemas.tables.kolom import kolom, verwijzing
from schemas.tables.patronen import BSN, TIJDSTIP


class FhirTabel(pa.DataFrameModel):
    """Columns every kerngegevens table has."""

    resource_ref: str = kolom(
        "Bronrecord",
        bewerking="sleutel",
        naar="resource_sleutel",
        domein="resource",
        leeg_mag=False,
    )
    versie_id: str = kolom("Versie van het bronrecord")
    laatst_gewijzigd: str = kolom(
        "Moment waarop de bron het gegeven beschikbaar stelde (UTC)",
        bewerking="tijdstip",
        naar="beschikbaar_op",
        str_matches=TIJDSTIP,
    )
    profiel: str = kolom("FHIR-profiel dat de bron opgeeft")
    geregistreerd_op: str = kolom(
        "Moment waarop de bron het gegeven registreerde (UTC); leeg als de bron dat niet zegt",
        bewerking="tijdstip",
        str_matches=TIJDSTIP,
    )

    class Config:
        strict = True
        metadata = {
            "in_staging": (
                (
                    "eerst_beschikbaar_op",
                    "TIMESTAMP",
                    "Eerste moment waarop een versie van het bronrecord beschikbaar was (UTC)",
                ),
            )
        }


class PatientGebonden(FhirTabel):
    """Columns of every resource that belongs to a patient.

    A reference can name the patient by a logical id, by a BSN, or by both; both are read.
    """

    class Config:
        metadata = {"persoonsgebonden": True}

    patient_ref: str = verwijzing("Persoon in de bron", "patient_sleutel")
    patient_bsn: str = kolom(
        "Persoon, als de bron die bij BSN noemt in plaats van of naast een verwijzing",
        bewerking="bsn",
        naar="patient_pseudo_id",
        str_matches=BSN,
    )
    status: str = kolom("Status van het bronrecord")


class Kenmerk(PatientGebonden):
    """Every further coded element of a resource: resource x element x coding, none left out."""

    soort: str = kolom("Soort kenmerk; de view zegt welke er zijn", leeg_mag=False)
    code_stelsel: str = kolom("Codestelsel van het kenmerk")
    code: str = kolom("Code van het kenmerk")
