"""How a column of a raw table is declared: its checks, its label and what intake does with it.

A Pandera model in this room describes a row as it is *projected* from a delivery, identifiers
included. The treatment (``bewerking``) of each column says what is written to ``raw/``; it is the
only place where an identifier can turn into a pseudonym, a birth date into a year.
"""

from __future__ import annotations

from typing import Any, Literal

import pandera.polars as pa

Bewerking = Literal[
    "geen",  # written as it is, in the type of the model
    "tijdstip",  # FHIR dateTime/instant text -> timestamp in UTC (start of a partial date)
    "datum",  # ISO date text -> date (start of a partial date)
    "datum_ei",  # EEJJMMDD text -> date, zeros are empty
    "getal",  # decimal as text -> decimal(18,6)
    "bsn",  # BSN -> pseudo_id ('p...'); an invalid or dummy BSN gives null
    "sleutel",  # any identifier -> keyed key within `domein`
    "geboortejaar",  # ISO birth date -> year
    "geboortejaar_ei",  # EEJJMMDD birth date -> year
    "pc4",  # postal code -> first four digits
    "maand",  # FHIR date or dateTime text -> first day of its month
    "eenheid",  # unit as written -> the same, when it is short enough to be no free text
]

#: DuckDB type a treatment yields; ``geen`` follows the model.
TYPE_NA_BEWERKING: dict[str, str] = {
    "tijdstip": "TIMESTAMP",
    "datum": "DATE",
    "datum_ei": "DATE",
    "getal": "DECIMAL(18,6)",
    "bsn": "VARCHAR",
    "sleutel": "VARCHAR",
    "geboortejaar": "INTEGER",
    "geboortejaar_ei": "INTEGER",
    "pc4": "VARCHAR",
    "maand": "DATE",
    "eenheid": "VARCHAR",
}


def kolom(
    label: str,
    *,
    bewerking: Bewerking = "geen",
    naar: str | None = None,
    domein: str | None = None,
    leeg_mag: bool = True,
    **checks: Any,
) -> Any:
    """Declare one column.

    Args:
        label: what the column holds, in plain Dutch; it reaches the data dictionary.
        bewerking: the treatment at intake, see ``Bewerking``.
        naar: name in ``raw/``; the model's own name when left out.
        domein: name space of a key (``sleutel`` only): equal values in two domains get
            different keys.
        leeg_mag: whether null is allowed; a null where it is not gives reason ``VERPLICHT-LEEG``.
        checks: Pandera field checks (``isin``, ``str_matches``, ``ge`` ...).

    Returns:
        A Pandera field with the treatment in its metadata.

    Raises:
        ValueError: a key without a domain.
    """
    if bewerking == "sleutel" and not domein:
        raise ValueError(f"kolom '{label}': bewerking 'sleutel' needs a domein")
    metadata = {"label": label, "bewerking": bewerking, "naar": naar, "domein": domein}
    return pa.Field(nullable=leeg_mag, title=label, metadata=metadata, **checks)
