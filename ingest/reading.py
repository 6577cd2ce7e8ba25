"""What a delivery is, and what a family of readers hands to intake.

Every family (``ingest.fhir``, ``ingest.declaraties``, ``ingest.registers``) offers one function
``read(con, delivery, settings) -> Reading``. It works in the DuckDB connection of this one
delivery, in which intake has made four empty tables:

* ``record(record_nr bigint, bestand varchar, regel bigint, naam varchar, tekst varchar)``:
  one row a source record, whatever becomes of it; ``naam`` is what it is counted under
  (``Patient``, ``ZH308/04``, ``reg_zorgaanbieder``, ``onleesbaar``), ``tekst`` its raw text;
* ``afkeur(record_nr bigint, reden_code varchar, element varchar, toelichting varchar)``:
  why a record is refused; several rows a record are fine, codes come from ``schemas/redenen.csv``;
* ``dubbel(record_nr bigint)``: exact repetitions within the delivery;
* ``waarschuwing``, with the columns of ``afkeur``: what is odd about a record that is kept.

The family fills them and leaves, for every raw table it feeds, a table or view ``proj_<tabel>``
with ``record_nr`` and the columns of the Pandera model, by name and type. Intake validates these,
refuses the records behind failing rows, treats and writes the rest, and counts. A family may put
views in the place of these tables, except ``afkeur``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol

from ingest.unpacking import Limits

Soort = Literal["fhir", "declaratie", "register"]

RECORD_TABLES_SQL = """
create table record (record_nr bigint, bestand varchar, regel bigint, naam varchar, tekst varchar);
create table afkeur (
    record_nr bigint, reden_code varchar, element varchar, toelichting varchar
);
create table dubbel (record_nr bigint);
create table waarschuwing (
    record_nr bigint, reden_code varchar, element varchar, toelichting varchar
);
"""


@dataclass(frozen=True)
class DeliveredFile:
    """One file of a delivery.

    Attributes:
        path: where it lies in ``landing/``.
        name: path relative to the delivery, with forward slashes.
        sha256: hash of its bytes.
        size: bytes.
    """

    path: Path
    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Delivery:
    """A set of files of one source for one period, identified by their content.

    Attributes:
        bron_id: the source.
        soort: family of readers.
        periode: ``2025``, ``2025Q1`` or ``2025-01``; ``onbekend`` when the sender named none.
        levering_id: ``l`` and 32 hex digits of the SHA-256 over source and files.
        files: the files, by name.
        limits: what may come out of packed ones; as ``Limits`` has it when left out.
    """

    bron_id: str
    soort: Soort
    periode: str
    levering_id: str
    files: tuple[DeliveredFile, ...]
    limits: Limits | None = None


@dataclass(frozen=True)
class Plaats:
    """Where in a record an element stands, as its standard says.

    Attributes:
        element: number or path of the element.
        naam: its name in Dutch.
        positie: first and last position, such as ``59-66``, or the only one.
    """

    element: str
    naam: str
    positie: str


class Antwoord(Protocol):
    """What a family adds to the answer for the sender; asked when all is judged."""

    def places(self, found: list[tuple[int, str]]) -> dict[tuple[int, str], Plaats]:
        """Where elements stand, by (``record_nr``, element); what is not known is left out."""
        ...

    def names(self) -> dict[str, str]:
        """What kinds of records are called in Dutch, by the name they are counted under."""
        ...

    def additions(self) -> dict[str, Any]:
        """Further keys of the report, such as amounts; JSON values."""
        ...

    def write_retour(self, folder: Path, dagtekening: date) -> list[str]:
        """Write retour messages into a folder that exists; the names of the files."""
        ...


@dataclass(frozen=True)
class Reading:
    """What a family read.

    Attributes:
        tabellen: raw tables for which ``proj_<tabel>`` exists.
        bijzonder: counts that are no records, such as ``{"bundels": 6}``.
        teksten: called when all is judged; puts the raw text of refused records that are to have
            one in ``record``, for a family that does not keep the text of every record.
        antwoord: what the family adds to the answer for the sender, if anything.
        kenmerken: called after ``teksten``; tells what can be told of refused and odd records in
            the table ``kenmerk`` (``ingest.oordeel.kept``).
        herhalend: projected columns of which many rows have the same value, for a family whose
            projection is cheap to read more than once.
    """

    tabellen: tuple[str, ...]
    bijzonder: dict[str, int] = field(default_factory=dict)
    teksten: Callable[[], None] = lambda: None
    antwoord: Antwoord | None = None
    kenmerken: Callable[[], None] = lambda: None
    herhalend: frozenset[str] = frozenset()
