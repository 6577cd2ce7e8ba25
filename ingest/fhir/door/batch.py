"""Records in order, column by column, on their way into the tables of the delivery."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ingest.fhir.door.bundle import Verwijdering

UNREADABLE = "onleesbaar"

_MOST_RECORDS = 20_000
_MOST_BYTES = 32 << 20


class Fault(NamedTuple):
    """Why a record is none: its number, a code of ``schemas/redenen.csv``, a place, plain words."""

    record_nr: int
    reden_code: str
    element: str | None
    toelichting: str


class Place(NamedTuple):
    """Where a text stands: its file, and its line, entry or item."""

    bestand: str
    regel: int


class Deleted(NamedTuple):
    """A deletion as a record: columns of the table ``fhir_verwijderd``."""

    record_nr: int
    bestand: str
    regel: int
    tekst: str
    resource_ref: str | None
    versie_id: str | None
    verwijderd_op: str | None


@dataclass
class Batch:
    """A record is one resource, one deletion, or one text that is neither.

    Attributes:
        following: number of the next record.
        nummer: number of each record but the deletions.
        bestand: file of each record.
        regel: line (NDJSON), entry (Bundle in a JSON file), item (JSON list), or 1.
        naam: resource type, or ``onleesbaar``.
        tekst: its text as delivered, in UTF-8.
        id: logical id, or None.
        profielen: ``meta.profile``, one canonical a line, in one text.
        te_lezen: number and text of records that are read by another text than delivered.
        fouten: why a record is no resource.
        verwijderd: the deletions.
    """

    following: int
    nummer: list[int] = field(default_factory=list)
    bestand: list[str] = field(default_factory=list)
    regel: list[int] = field(default_factory=list)
    naam: list[str] = field(default_factory=list)
    tekst: list[bytes] = field(default_factory=list)
    id: list[str | None] = field(default_factory=list)
    profielen: list[str] = field(default_factory=list)
    te_lezen: list[tuple[int, str]] = field(default_factory=list)
    fouten: list[Fault] = field(default_factory=list)
    verwijderd: list[Deleted] = field(default_factory=list)
    size: int = 0

    @property
    def full(self) -> bool:
        """Whether it is time for another batch."""
        return len(self.naam) + len(self.verwijderd) >= _MOST_RECORDS or self.size >= _MOST_BYTES

    def add(self, place: Place, tekst: bytes, naam: str, content: Any) -> None:
        """Add one resource, or a text that is none."""
        self.add_plain(*place, tekst, naam, content or {})

    def add_plain(self, bestand: str, regel: int, tekst: bytes, naam: str, content: Any) -> None:
        """Add one resource; what runs for every line."""
        self.nummer.append(self.following)
        self.following += 1
        self.bestand.append(bestand)
        self.regel.append(regel)
        self.naam.append(naam)
        self.tekst.append(tekst)
        identity = content.get("id")
        self.id.append(identity if isinstance(identity, str) else None)
        self.profielen.append(_profiles(content))
        self.size += len(tekst)

    def add_fault(
        self, place: Place, tekst: bytes, code: str, element: str | None, words: str
    ) -> None:
        """Add a text that is no resource."""
        self.fouten.append(Fault(self.following, code, element, words))
        self.add(place, tekst, UNREADABLE, None)

    def add_deletion(self, place: Place, tekst: str, deletion: Verwijdering) -> None:
        """Add a deletion."""
        self.verwijderd.append(
            Deleted(
                self.following,
                *place,
                tekst,
                deletion.resource_ref,
                deletion.versie_id,
                deletion.verwijderd_op,
            )
        )
        self.following += 1
        self.size += len(tekst)


def _profiles(content: dict[str, Any]) -> str:
    meta = content.get("meta")
    profiles = meta.get("profile") if isinstance(meta, dict) else None
    if not isinstance(profiles, list):
        return ""
    if len(profiles) == 1 and isinstance(profiles[0], str):
        return profiles[0]
    return "\n".join(p for p in profiles if isinstance(p, str))
