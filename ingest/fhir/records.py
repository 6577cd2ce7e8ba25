"""Raw texts as source records: one a resource, Bundles taken apart, broken ones kept and named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from ingest.fhir.bundle import entries
from ingest.fhir.files import Unreadable, read_pieces
from ingest.fhir.texts import Lines, Texts
from ingest.reading import DeliveredFile

UNREADABLE = "onleesbaar"
_TYPE_NAME = re.compile(r"[A-Z][A-Za-z]{1,63}")
_MAX_NESTING = 8
_BATCH_RECORDS = 20_000
_BATCH_CHARACTERS = 32 << 20


class Fault(NamedTuple):
    """Why a record is none: its number, a code of ``schemas/redenen.csv``, a place, plain words."""

    record_nr: int
    reden_code: str
    element: str | None
    toelichting: str


@dataclass
class Batch:
    """Records in order, column by column; a record is one resource, or one text that is none.

    Attributes:
        first: number of its first record.
        bestand: file of each record.
        regel: line (NDJSON), entry (Bundle in a JSON file), or 1.
        naam: resource type, or ``onleesbaar``.
        tekst: its text as delivered.
        id: logical id, or None.
        profielen: ``meta.profile``, one canonical a line, in one text.
        te_lezen: number and text of records whose references the Bundle resolved.
        fouten: why a record is no resource.
    """

    first: int
    bestand: list[str] = field(default_factory=list)
    regel: list[int] = field(default_factory=list)
    naam: list[str] = field(default_factory=list)
    tekst: list[str] = field(default_factory=list)
    id: list[str | None] = field(default_factory=list)
    profielen: list[str] = field(default_factory=list)
    te_lezen: list[tuple[int, str]] = field(default_factory=list)
    fouten: list[Fault] = field(default_factory=list)
    characters: int = 0

    @property
    def following(self) -> int:
        """Number of the record after the last."""
        return self.first + len(self.naam)

    @property
    def full(self) -> bool:
        """Whether it is time for another batch."""
        return len(self.naam) >= _BATCH_RECORDS or self.characters >= _BATCH_CHARACTERS

    def add(self, bestand: str, regel: int, tekst: str, naam: str, content: Any) -> None:
        """Add one record."""
        self.bestand.append(bestand)
        self.regel.append(regel)
        self.naam.append(naam)
        self.tekst.append(tekst)
        identity = content.get("id") if content else None
        self.id.append(identity if isinstance(identity, str) else None)
        self.profielen.append(_profiles(content) if content else "")
        self.characters += len(tekst)

    def add_fault(
        self, bestand: str, regel: int, tekst: str, code: str, element: str | None, words: str
    ) -> None:
        """Add a text that is no resource."""
        self.fouten.append(Fault(self.following, code, element, words))
        self.add(bestand, regel, tekst, UNREADABLE, None)


def _profiles(content: dict[str, Any]) -> str:
    meta = content.get("meta")
    profiles = meta.get("profile") if isinstance(meta, dict) else None
    if not isinstance(profiles, list):
        return ""
    return "\n".join(p for p in profiles if isinstance(p, str))


@dataclass
class RecordReader:
    """Reads files into batches of records, and counts what is no record on the way.

    Attributes:
        bundels: Bundles taken apart.
        entries_zonder_resource: entries of Bundles that hold no resource.
    """

    bundels: int = 0
    entries_zonder_resource: int = 0

    def read(self, files: Iterable[DeliveredFile]) -> Iterator[Batch]:
        """The records of files, numbered from 1 in the order of file and line.

        Args:
            files: JSON or NDJSON, plain, gzip or zip.

        Yields:
            Batches of bounded size. What cannot be read of a file is one record.
        """
        batch = Batch(first=1)
        for file in files:
            for piece in read_pieces(file.path, file.name):
                self._add_piece(batch, piece)
                if batch.full:
                    yield batch
                    batch = Batch(first=batch.following)
        yield batch

    @property
    def special(self) -> dict[str, int]:
        """The counts that are no records, by name, when there are any."""
        return {name: number for name, number in vars(self).items() if number}

    def _add_piece(self, batch: Batch, piece: Lines | Texts | Unreadable) -> None:
        if isinstance(piece, Unreadable):
            words = piece.why.nederlands
            batch.add_fault(piece.bestand, 1, "", "BESTAND-ONLEESBAAR", None, words)
        else:
            self._add_texts(batch, piece.texts() if isinstance(piece, Lines) else piece)

    def _add_texts(self, batch: Batch, texts: Texts) -> None:
        for regel, tekst in zip(texts.regels, texts.teksten, strict=True):
            try:
                content = orjson.loads(tekst)
            except orjson.JSONDecodeError as error:
                where = _position(texts, error)
                words = "geen geldige JSON"
                batch.add_fault(texts.bestand, regel, tekst, "REGEL-ONLEESBAAR", where, words)
            else:
                self._add_resource(batch, texts, regel, tekst, content)

    def _add_resource(
        self, batch: Batch, texts: Texts, regel: int, tekst: str, content: Any, depth: int = 0
    ) -> None:
        kind = content.get("resourceType") if isinstance(content, dict) else None
        if kind == "Bundle" and depth < _MAX_NESTING:
            self._add_bundle(batch, texts, regel, tekst, content, depth)
        elif isinstance(kind, str) and _TYPE_NAME.fullmatch(kind):
            batch.add(texts.bestand, regel, tekst, kind, content)
        else:
            words = "JSON zonder resourceType van FHIR"
            batch.add_fault(texts.bestand, regel, tekst, "REGEL-ONLEESBAAR", "resourceType", words)

    def _add_bundle(
        self, batch: Batch, texts: Texts, regel: int, tekst: str, content: Any, depth: int
    ) -> None:
        try:
            found = entries(tekst)
        except RecursionError:
            words = "te diep genest"
            batch.add_fault(texts.bestand, regel, tekst, "REGEL-ONLEESBAAR", "entry", words)
            return
        listed = content.get("entry")
        self.bundels += 1
        self.entries_zonder_resource += len(listed if isinstance(listed, list) else []) - len(found)
        for entry in found:
            if texts.document and depth == 0:
                regel = entry.nummer
            if entry.te_lezen is not None:
                batch.te_lezen.append((batch.following, entry.te_lezen))
            self._add_resource(batch, texts, regel, entry.tekst, entry.inhoud, depth + 1)


def _position(texts: Texts, error: orjson.JSONDecodeError) -> str:
    if texts.document:
        return f"regel {error.lineno}, positie {error.colno}"
    return f"positie {error.colno}"
