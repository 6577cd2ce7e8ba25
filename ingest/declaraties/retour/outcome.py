"""What became of each message of a delivery, and which retour message answers it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb

from ingest.declaraties.retour.amounts import Bedragen
from schemas.ei import retour_layouts
from schemas.ei.retour import Retourvorm, retour_forms

_MESSAGES = """
    select
        bericht.bericht_nr,
        record.bestand,
        record.regel,
        bericht.standaard,
        bericht.versie,
        bericht.ei_code,
        bericht.is_dubbel,
        bericht.bericht_nr in (select bericht_nr from ei_geweigerd) as is_geweigerd,
        bericht.reden_code
    from ei_bericht as bericht
    inner join record on bericht.bericht_nr = record.record_nr
    order by bericht.bericht_nr
"""
_COUNTS = """
    with regels as (
        select
            regel.bericht_nr,
            record.naam,
            regel.record_nr in (select record_nr from afkeur) as is_afkeur,
            regel.record_nr in (select record_nr from dubbel) as is_dubbel
        from ei_regel as regel
        inner join record on regel.record_nr = record.record_nr
    )

    select
        bericht_nr,
        naam,
        count(*) as aangeleverd,
        count(*) filter (not is_afkeur and not is_dubbel) as geaccepteerd,
        count(*) filter (is_afkeur) as quarantaine,
        count(*) filter (is_dubbel and not is_afkeur) as dubbel
    from regels
    group by bericht_nr, naam
    order by bericht_nr, naam
"""
_FIELDS = (
    "nr", "bestand", "regel", "standaard", "versie", "ei_code",
    "is_dubbel", "is_geweigerd", "reden_code",
)  # fmt: skip
_COLUMNS = ("aangeleverd", "geaccepteerd", "quarantaine", "dubbel")

_TEST = "EI-TESTBERICHT"
_ONBEKEND = "De standaard of versie van het bericht is niet bekend."


@dataclass(frozen=True)
class Uitkomst:
    """What became of one message.

    Attributes:
        nr: ``record_nr`` of its first line.
        volgnr: 1 and up within the delivery.
        bestand: file it stands in.
        regel: line of its first record.
        standaard: None when it was not recognised.
        versie: of the standard.
        ei_code: message code as sent.
        is_dubbel: the same message stands earlier in the delivery.
        is_geweigerd: refused as a whole.
        reden_code: why it was not recognised as a declaration for production, or None.
        records: counts by name of record, each a dict with the four counts.
    """

    nr: int
    volgnr: int
    bestand: str
    regel: int
    standaard: str | None
    versie: str | None
    ei_code: str | None
    is_dubbel: bool
    is_geweigerd: bool
    reden_code: str | None
    records: dict[str, dict[str, int]]

    @property
    def status(self) -> str:
        """Geaccepteerd, deels, geweigerd or dubbel."""
        if self.is_dubbel:
            return "dubbel"
        if self.is_geweigerd or not any(c["geaccepteerd"] for c in self.records.values()):
            return "geweigerd"
        return "deels" if any(c["quarantaine"] for c in self.records.values()) else "geaccepteerd"

    @cached_property
    def vorm(self) -> Retourvorm | None:
        """The form of its answer, or None when there is none; ``geen_retour`` says why."""
        return None if self.geen_retour else self._form()

    def _form(self) -> Retourvorm | None:
        return retour_forms().get((str(self.ei_code), str(self.versie)))

    @cached_property
    def geen_retour(self) -> str | None:
        """In Dutch, why no retour message answers it; None when one does."""
        if self.is_dubbel:
            return "Het bericht staat eerder in de levering en is daar beantwoord."
        if self.standaard is None:
            return _ONBEKEND
        if self.reden_code == _TEST:
            return "Een testbericht wordt niet met een retourbericht beantwoord."
        if (str(self.ei_code), str(self.versie)) in retour_layouts():
            return "Een retourbericht wordt niet met een retourbericht beantwoord."
        form = self._form()
        return _ONBEKEND if form is None else form.ontbreekt or None

    @property
    def retourbestand(self) -> str | None:
        """Name of the file of its retour message, or None."""
        return f"{self.volgnr:05d}-{self.vorm.standaard}.asc" if self.vorm else None

    def as_dict(self, bedragen: Bedragen) -> dict[str, Any]:
        """As a JSON object of the report, with its amounts."""
        return {
            "bestand": self.bestand,
            "regel": self.regel,
            "standaard": self.standaard,
            "versie": self.versie,
            "status": self.status,
            "records": self.records,
            "bedragen": bedragen.as_dict(),
            "retour": {
                "standaard": self.vorm.standaard if self.vorm else None,
                "versie": self.vorm.versie if self.vorm else None,
                "bestand": self.retourbestand,
                "ontbreekt": self.geen_retour,
            },
        }


def messages(con: duckdb.DuckDBPyConnection) -> list[Uitkomst]:
    """What became of every message, in the order of the delivery.

    Args:
        con: the connection of this delivery; all is judged.

    Returns:
        One outcome a message.
    """
    counts: dict[int, dict[str, dict[str, int]]] = {}
    for nr, naam, *numbers in con.execute(_COUNTS).fetchall():
        counts.setdefault(nr, {})[naam] = dict(zip(_COLUMNS, numbers, strict=True))
    return [
        Uitkomst(**dict(zip(_FIELDS, row, strict=True)), volgnr=nr, records=counts.get(row[0], {}))
        for nr, row in enumerate(con.execute(_MESSAGES).fetchall(), start=1)
    ]
