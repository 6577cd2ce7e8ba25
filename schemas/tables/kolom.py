"""How a column of a raw table is declared: its checks, its label and what intake does with it.

A Pandera model in this room describes a row as it is *projected* from a delivery, identifiers
included. The treatment (``bewerking``) of each column says what is written to ``raw/``; it is the
only place where an identifier can turn into a pseudonym, a birth date into a year.

What else the contract says of a column (unit, code list, sensitivity ...) follows from its name,
type, treatment and source in ``schemas/contract``; here only what does not follow is written.
"""

from __future__ import annotations

from dataclasses import dataclass
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

Gevoeligheid = Literal[
    "direct_identificerend",  # names a person by itself: BSN, birth date, full postal code
    "medisch",  # tells of the health or the care of a person
    "indirect_identificerend",  # a pseudonym, a key, or one of few traits that together tell who
    "financieel",  # an amount that belongs to a declaration
    "gewoon",  # none of these
]

#: Purposes of use that are known here; a source or a table can allow fewer.
DOELEN = ("leren_verbeteren", "zorginkoop", "onderzoek", "spiegelinformatie", "keuze_informatie")


@dataclass(frozen=True)
class Beschrijving:
    """What a model says of a column where it does not follow from the rest.

    Attributes:
        eenheid: unit of a number, in Dutch.
        omschrijving: more than the label says, in plain Dutch.
        codelijst: file of ``schemas/codes`` that holds its values, without ``.csv``.
        gevoeligheid: sensitivity of what ``raw/`` holds.
        doelen: purposes it may be used for, when fewer than those of its table.
        bronelement: where it comes from, in Dutch, when no view, layout or register says so.
        gevormd_uit: columns of an EI layout it is composed of, when not the one of its own name.
    """

    eenheid: str | None = None
    omschrijving: str | None = None
    codelijst: str | None = None
    gevoeligheid: Gevoeligheid | None = None
    doelen: tuple[str, ...] | None = None
    bronelement: str | None = None
    gevormd_uit: tuple[str, ...] = ()


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
    eenheid: str | None = None,
    omschrijving: str | None = None,
    codelijst: str | None = None,
    gevoeligheid: Gevoeligheid | None = None,
    doelen: tuple[str, ...] | None = None,
    bronelement: str | None = None,
    gevormd_uit: tuple[str, ...] = (),
    **checks: Any,
) -> Any:
    """Declare one column.

    Args:
        label: what the column holds, in plain Dutch; it reaches the data dictionary.
        bewerking: the treatment at intake, see ``Bewerking``.
        naar: name in ``raw/``; the model's own name when left out.
        domein: name space of a key (``sleutel`` only): equal values in two domains get
            different keys.
        leeg_mag: whether null is allowed; a null where it is not gives reason ``VERPLICHT-LEEG``
            and asks for a row in ``schemas/registratielast.csv``.
        eenheid: see ``Beschrijving``, as the next six.
        omschrijving: idem.
        codelijst: idem.
        gevoeligheid: idem.
        doelen: idem.
        bronelement: idem.
        gevormd_uit: idem.
        checks: Pandera field checks (``isin``, ``str_matches``, ``ge`` ...).

    Returns:
        A Pandera field with the treatment in its metadata.

    Raises:
        ValueError: a key without a domain; a description that only repeats the label.
    """
    if bewerking == "sleutel" and not domein:
        raise ValueError(f"kolom '{label}': bewerking 'sleutel' needs a domein")
    if omschrijving == label:
        raise ValueError(f"kolom '{label}': omschrijving repeats the label; leave it out")
    metadata = {
        "label": label,
        "bewerking": bewerking,
        "naar": naar,
        "domein": domein,
        "beschrijving": Beschrijving(
            eenheid, omschrijving, codelijst, gevoeligheid, doelen, bronelement, gevormd_uit
        ),
    }
    return pa.Field(nullable=leeg_mag, title=label, metadata=metadata, **checks)


def verwijzing(label: str, naar: str) -> Any:
    """Declare a reference to another record of the same source; ``raw/`` keeps its key.

    Args:
        label: what is referred to, in plain Dutch.
        naar: name in ``raw/``.

    Returns:
        A Pandera field, as ``kolom`` gives.
    """
    return kolom(label, bewerking="sleutel", naar=naar, domein="resource")
