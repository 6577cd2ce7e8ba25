"""The fields of the contract: what a model says of a column, completed with what follows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from schemas.contract.afleiding import (
    codelijsten,
    eenheid,
    gevoeligheid,
    gevoeligheid_aangeleverd,
)
from schemas.contract.bronelement import bronelementen
from schemas.contract.woorden import gloss
from schemas.tables import HERKOMST, TABELLEN, Kolom, Tabel, kolommen, tabel
from schemas.tables.kolom import Gevoeligheid

FAMILIES = {
    "fhir": "kerngegevens", "decl": "declaraties", "reg": "registers", "dq": "oordelen"
}  # fmt: skip

#: What intake itself writes before the columns of a table, in plain Dutch.
_HERKOMST_LABEL = {
    "bron_id": "Bron, zoals in schemas/bronnen.csv",
    "periode": "Periode van de levering, zoals 2025, 2025Q1 of 2025-01",
    "levering_id": "Levering (hash van de inhoud)",
    "bestand": "Nummer van het bestand in de levering, op volgorde van naam",
    "regel": "Regel in het bestand, vanaf 1",
}

#: What of a delivered value is kept, in plain Dutch.
_BEWAARD = {
    "bsn": "Bewaard als pseudoniem",
    "sleutel": "Bewaard als sleutel",
    "geboortejaar": "Alleen het jaar wordt bewaard",
    "geboortejaar_ei": "Alleen het jaar wordt bewaard",
    "pc4": "Alleen de vier cijfers worden bewaard",
    "maand": "Alleen de maand wordt bewaard",
    "eenheid": "Alleen een korte tekst wordt bewaard",
}


@dataclass(frozen=True)
class Veld:
    """One field of a raw table, complete.

    Attributes:
        tabel: name of the raw table.
        naam: name in ``raw/``.
        type: DuckDB type in ``raw/``.
        label: what it holds, in plain Dutch.
        engels: an English gloss of the name.
        omschrijving: more than the label says; None when that says all.
        eenheid: unit in Dutch, or ``zie <kolom>``.
        codelijsten: lists that tell what its values mean.
        waarden: the only values it may have, when there are few.
        gevoeligheid: sensitivity of what ``raw/`` holds.
        gevoeligheid_aangeleverd: sensitivity of what was delivered.
        bewerking: treatment at intake.
        doelen: purposes it may be used for.
        verplicht: whether a row without it is refused.
        bronelementen: where it comes from; empty when sources have no element for it.
    """

    tabel: str
    naam: str
    type: str
    label: str
    engels: str
    omschrijving: str | None
    eenheid: str | None
    codelijsten: tuple[str, ...]
    waarden: tuple[str, ...]
    gevoeligheid: Gevoeligheid
    gevoeligheid_aangeleverd: Gevoeligheid
    bewerking: str
    doelen: tuple[str, ...]
    verplicht: bool
    bronelementen: tuple[str, ...]

    @property
    def uitleg(self) -> str:
        """Label, further description and what of a delivered value is kept, in sentences."""
        parts = (self.label, self.omschrijving, _BEWAARD.get(self.bewerking))
        return ". ".join(part.rstrip(".") for part in parts if part)

    @property
    def familie(self) -> str:
        """Family of its table: kerngegevens, declaraties, registers or oordelen."""
        return familie(self.tabel)


def familie(naam: str) -> str:
    """Family of a raw table, by its name."""
    return FAMILIES[naam.split("_")[0]]


@cache
def velden(naam: str) -> tuple[Veld, ...]:
    """The fields of a raw table in the order of ``raw/``, those of intake first.

    Args:
        naam: a name in ``TABELLEN``.

    Returns:
        One field a column.
    """
    table, columns = tabel(naam), kolommen(naam)
    sources = bronelementen(table, columns)
    names = frozenset(k.raw_naam for k in columns)
    own = [_veld(table, k, sources[k.naam], names) for k in columns]
    return (*(_herkomst(table, k, soort) for k, soort in HERKOMST.items()), *own)


def alle_velden() -> tuple[Veld, ...]:
    """The fields of every raw table."""
    return tuple(veld for naam in TABELLEN for veld in velden(naam))


def tabel_doelen(naam: str) -> tuple[str, ...]:
    """Purposes a raw table may be used for as a whole.

    Staging selects whole rows, so purposes are checked a table at a time: a field that allows
    fewer purposes narrows its table. To keep a table wide, such a field gets one of its own.
    """
    allowed = [set(veld.doelen) for veld in velden(naam)]
    return tuple(doel for doel in tabel(naam).doelen if all(doel in one for one in allowed))


def _veld(table: Tabel, k: Kolom, sources: tuple[str, ...], names: frozenset[str]) -> Veld:
    said = k.beschrijving
    return Veld(
        tabel=table.naam,
        naam=k.raw_naam,
        type=k.raw_type,
        label=k.label,
        engels=gloss(k.raw_naam),
        omschrijving=said.omschrijving,
        eenheid=eenheid(k, names),
        codelijsten=codelijsten(table, k),
        waarden=k.waarden,
        gevoeligheid=gevoeligheid(table, k),
        gevoeligheid_aangeleverd=gevoeligheid_aangeleverd(table, k),
        bewerking=k.bewerking,
        doelen=said.doelen or table.doelen,
        verplicht=k.verplicht,
        bronelementen=sources,
    )


def _herkomst(table: Tabel, naam: str, soort: str) -> Veld:
    return Veld(
        tabel=table.naam,
        naam=naam,
        type=soort,
        label=_HERKOMST_LABEL[naam],
        engels=gloss(naam),
        omschrijving=None,
        eenheid="volgnummer" if naam == "regel" else None,
        codelijsten=(),
        waarden=(),
        gevoeligheid="gewoon",
        gevoeligheid_aangeleverd="gewoon",
        bewerking="geen",
        doelen=table.doelen,
        verplicht=False,
        bronelementen=("toegevoegd bij ontvangst",),
    )
