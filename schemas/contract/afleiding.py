"""What follows from name, type, treatment and source of a column: unit, sensitivity, code lists.

What a model says itself goes before what is derived here. The defaults err on the safe side: a
column of a table about persons is medical unless it is known not to be.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from schemas.contract.ei_element import ei_codelijsten
from schemas.tables import Kolom, Tabel
from schemas.tables.kolom import Gevoeligheid

CODES = Path(__file__).parent.parent / "codes"

NUMBERS = frozenset({"BIGINT", "INTEGER", "DOUBLE", "DECIMAL(18,6)"})

#: Treatments of what names a person, and so of what may be in it: senders put a BSN in any number.
_NAMING = frozenset({"bsn", "sleutel", "geboortejaar", "geboortejaar_ei", "pc4", "maand"})

#: Traits that tell who someone is when put together (AVG, recital 26).
_TRAITS = frozenset(
    {
        "geslacht", "geslacht_code", "geboortejaar", "pc4", "overleden", "overlijdensjaar",
        "burgerlijke_staat_code", "taal_code", "meerling", "uzovi",
    }
)  # fmt: skip

#: Columns that tell of the record and not of the person, whatever the table.
_TECHNICAL = re.compile(
    r"versie|versie_id|profiel|standaard|heen_standaard|ei_code|bericht_sleutel|record|"
    r"(prestatie_)?identificatie|volgnummer|.*_nr|.*_index|volgorde|rang|aantal_regels|"
    r"(.*_)?stelsel|(.*_)?afwezig|(.*_)?eenheid(_code|_tekst)?|tijdseenheid|(.*_)?valuta|"
    r"(.*_)?comparator|.*codelijst|betaling_aan|vragenlijst(_versie|_status)?|"
    r"actief|debet_credit|beschikbaar_op|geregistreerd_op|media_type|formaat.*|grootte"
)
_MONEY = re.compile(r".*_cent|bedrag|prijs|totaal|betaald")

#: Lists that belong to a name wherever it occurs.
_LISTS = {"uzovi": "verzekeraar", "gemeente_code": "regio_gemeente"}

_COUNT = re.compile(r"aantal.*|inwoners|herhalingen|reeks_doses|frequentie(_max)?|serie_beelden")
_ORDER = re.compile(r".*_nr|.*_index|volgorde|rang|dosisnummer")


def gevoeligheid(tabel: Tabel, kolom: Kolom) -> Gevoeligheid:
    """Sensitivity of what ``raw/`` holds in a column."""
    if kolom.beschrijving.gevoeligheid:
        return kolom.beschrijving.gevoeligheid
    if kolom.bewerking in _NAMING or (tabel.persoonsgebonden and kolom.raw_naam in _TRAITS):
        return "indirect_identificerend"
    if _MONEY.fullmatch(kolom.raw_naam):
        return "financieel"
    if tabel.persoonsgebonden and not _TECHNICAL.fullmatch(kolom.raw_naam):
        return "medisch"
    return "gewoon"


def gevoeligheid_aangeleverd(tabel: Tabel, kolom: Kolom) -> Gevoeligheid:
    """Sensitivity of what a source delivers in a column, before its treatment."""
    if kolom.bewerking in _NAMING:
        return "direct_identificerend"
    return gevoeligheid(tabel, kolom)


def eenheid(kolom: Kolom, namen: frozenset[str]) -> str | None:
    """Unit of a column; of a number that has its unit beside it, the name of that column.

    Args:
        kolom: the column.
        namen: all names in its raw table.

    Returns:
        The unit in Dutch; None for what is no number and no moment.
    """
    naam = kolom.raw_naam
    if kolom.beschrijving.eenheid or kolom.raw_type not in NUMBERS:
        return kolom.beschrijving.eenheid or ("UTC" if kolom.raw_type == "TIMESTAMP" else None)
    if naam.endswith("_cent"):
        return "eurocent"
    if naam.endswith("jaar"):
        return "jaar"
    if _ORDER.fullmatch(naam):
        return "volgnummer"
    beside = next((name for name in _units(naam) if name in namen), None)
    if beside:
        return f"zie {beside}"
    return "aantal" if _COUNT.fullmatch(naam) else None


def _units(naam: str) -> list[str]:
    stem = re.sub(r"_(waarde|laag|hoog|max)$", "", naam)
    whole = re.sub(r"_duur$", "", stem)
    names = [
        f"{naam}_eenheid",
        f"{stem}_bereik_eenheid",
        f"{stem}_eenheid",
        f"{stem}_valuta",
        f"{whole}_eenheid",
    ]
    if stem == "waarde":
        names += ["eenheid_code", "eenheid"]
    if stem == "bedrag":
        names.append("valuta")
    return names


def codelijsten(tabel: Tabel, kolom: Kolom) -> tuple[str, ...]:
    """Lists in ``schemas/codes`` that tell what the values of a column mean.

    Returns:
        Names without ``.csv``; a list of Vektis as ``ei_codelijst:COD046``.
    """
    said = kolom.beschrijving
    own = said.codelijst or _by_name(kolom.raw_naam)
    names = [
        name
        for source in said.gevormd_uit or (kolom.naam,)
        for name in _of_records(tabel).get(source, ())
        if name in _held()
    ]
    return (*((own,) if own else ()), *(f"ei_codelijst:{name}" for name in names))


def _by_name(naam: str) -> str | None:
    return "codestelsel" if re.fullmatch(r"(.*_)?stelsel", naam) else _LISTS.get(naam)


@cache
def _of_records(tabel: Tabel) -> dict[str, tuple[str, ...]]:
    return ei_codelijsten(tabel) if tabel.records else {}


@cache
def _held() -> frozenset[str]:
    lines = (CODES / "ei_codelijst.csv").read_text(encoding="utf-8").splitlines()[1:]
    return frozenset(line.split(",")[0] for line in lines)
