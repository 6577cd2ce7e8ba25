"""Raw texts as source records: one a resource, Bundles taken apart, broken ones kept and named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from json import JSONDecodeError
from typing import Any

import orjson

from ingest.fhir.door.batch import Batch, Place
from ingest.fhir.door.bundle import EmptyEntriesError, Entry, contents
from ingest.fhir.door.contained import with_contained
from ingest.fhir.door.files import Unreadable, read_pieces
from ingest.fhir.door.slices import sequence
from ingest.fhir.door.texts import BLANK, Lines, Texts, crowded, decoded, is_crowded
from ingest.reading import DeliveredFile
from ingest.unpacking import Limits, Unpacking

_TYPE_NAME = re.compile(r"[A-Z][A-Za-z]{1,63}")
_MAX_NESTING = 8
_CONTAINED = b'"contained"'


@dataclass
class RecordReader:
    """Reads files into batches of records, and counts what is no record on the way.

    Attributes:
        bundels: Bundles taken apart.
        entries_zonder_resource: entries of Bundles that are a request or response, hold no
            resource and delete none.
        ingebed: resources with contained resources in them, which are part of their parent.
    """

    bundels: int = 0
    entries_zonder_resource: int = 0
    ingebed: int = 0
    _met: set[str] = field(default_factory=set)

    def read(self, files: Iterable[DeliveredFile], limits: Limits | None = None) -> Iterator[Batch]:
        """The records of files, numbered from 1 in the order of file and line.

        Args:
            files: JSON, NDJSON or XML; plain, gzip, zstd or zip.
            limits: what may come out of packed ones.

        Yields:
            Batches of bounded size. What cannot be read of a file is one record.
        """
        batch, unpacking = Batch(following=1), Unpacking(limits)
        for file in files:
            for piece in read_pieces(file.path, file.name, unpacking):
                self._add_piece(batch, piece)
                if batch.full:
                    yield batch
                    batch = Batch(following=batch.following)
        yield batch

    @property
    def special(self) -> dict[str, int]:
        """The counts that are no records, by name, when there are any."""
        counted = {
            "bundels": self.bundels,
            "entries_zonder_resource": self.entries_zonder_resource,
            "ingebed": self.ingebed,
        }
        return {name: number for name, number in counted.items() if number}

    def _add_piece(self, batch: Batch, piece: Lines | Texts | Unreadable) -> None:
        if isinstance(piece, Unreadable):
            words = piece.why.nederlands
            batch.add_fault(Place(piece.bestand, piece.regel), b"", piece.why.code, None, words)
        elif isinstance(piece, Lines):
            self._add_lines(batch, piece)
        else:
            self._add_texts(batch, piece)

    def _add_lines(self, batch: Batch, lines: Lines) -> None:
        """Add lines: plain resources the short way, whatever else by the long one."""
        regel = lines.first
        for line in lines.raw.split(b"\n"):
            if not (_is_tidy(line) and self._add_plain(batch, lines.bestand, regel, line)):
                text = line.strip(BLANK)
                if text:
                    self._add_text(batch, Place(lines.bestand, regel), text, document=False)
            regel += 1

    def _add_plain(self, batch: Batch, bestand: str, regel: int, line: bytes) -> bool:
        """Add a resource of a type met before; false when there is more to do about it."""
        if is_crowded(line):
            return False
        try:
            content = orjson.loads(line)
        except orjson.JSONDecodeError:
            return False
        kind = content.get("resourceType")
        if not isinstance(kind, str) or kind not in self._met:
            return False
        batch.add_plain(bestand, regel, line, kind, content)
        return True

    def _add_texts(self, batch: Batch, texts: Texts) -> None:
        for regel, text in zip(texts.regels, texts.teksten, strict=True):
            place = Place(texts.bestand, regel)
            self._add_text(batch, place, text.encode(), document=texts.document)

    def _add_text(self, batch: Batch, place: Place, text: bytes, *, document: bool) -> None:
        if is_crowded(text):
            batch.add_fault(place, text, "REGEL-ONLEESBAAR", None, crowded().nederlands)
            return
        try:
            content = orjson.loads(text)
        except orjson.JSONDecodeError:
            # a mark in the middle comes of files that were put one after another
            text_again = decoded(text).removeprefix("\ufeff")
            self._add_no_json(batch, place, text_again, document=document)
        else:
            self._add_resource(batch, place, text, content, numbered=document)

    def _add_no_json(self, batch: Batch, place: Place, text: str, *, document: bool) -> None:
        """Text that is no JSON value: in another encoding, several values, or broken."""
        try:
            content = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            several = _several(text)
            if several:
                for one in several:
                    self._add_text(batch, place, one.encode(), document=False)
                return
            line = f"regel {error.lineno}, " if document else ""
            where = f"{line}positie {error.colno}"
            words = "geen geldige JSON"
            batch.add_fault(place, text.encode(), "REGEL-ONLEESBAAR", where, words)
        else:
            self._add_resource(batch, place, text.encode(), content, numbered=document)

    def _add_resource(
        self, batch: Batch, place: Place, text: bytes, content: Any, *, numbered: bool
    ) -> None:
        kind = content.get("resourceType") if isinstance(content, dict) else None
        if kind == "Bundle":
            self._add_bundle(batch, place, text.decode(), numbered=numbered)
        elif isinstance(kind, str) and _TYPE_NAME.fullmatch(kind):
            self._add_one(batch, place, text, kind, content)
        else:
            words = "JSON zonder resourceType van FHIR"
            batch.add_fault(place, text, "REGEL-ONLEESBAAR", "resourceType", words)

    def _add_one(
        self,
        batch: Batch,
        place: Place,
        text: bytes,
        kind: str,
        content: Any,
        resolved: str | None = None,
    ) -> None:
        if kind != "Bundle":  # one nested too deep to be taken apart says nothing of the next
            self._met.add(kind)
        if _CONTAINED in text and content.get("contained"):
            self.ingebed += 1
            resolved = with_contained(resolved or text.decode()) or resolved
        if resolved is not None:
            batch.te_lezen.append((batch.following, resolved))
        batch.add(place, text, kind, content)

    def _add_bundle(
        self,
        batch: Batch,
        place: Place,
        text: str,
        *,
        numbered: bool,
        around: Mapping[str, str] | None = None,
        depth: int = 0,
    ) -> None:
        try:
            bundle = contents(text, around)
        except (RecursionError, EmptyEntriesError) as error:
            told = isinstance(error, EmptyEntriesError)
            words = str(error) if told else "te diep genest"
            batch.add_fault(place, text.encode(), "REGEL-ONLEESBAAR", "entry", words)
            return
        self.bundels += 1
        self.entries_zonder_resource += bundle.leeg
        for entry in bundle.entries:
            at = Place(place.bestand, entry.nummer) if numbered else place
            self._add_entry(batch, at, entry, bundle.adressen, depth + 1)

    def _add_entry(
        self, batch: Batch, place: Place, entry: Entry, around: Mapping[str, str], depth: int
    ) -> None:
        kind = entry.inhoud.get("resourceType")
        if entry.verwijdering is not None:
            batch.add_deletion(place, entry.tekst, entry.verwijdering)
        elif entry.leeg:
            words = "geen resource, en ook geen request of response"
            batch.add_fault(place, entry.tekst.encode(), "FHIR-ENTRY-LEEG", "entry", words)
        elif kind == "Bundle" and depth >= _MAX_NESTING:
            words = "Bundles te diep in elkaar"
            batch.add_fault(place, entry.tekst.encode(), "REGEL-ONLEESBAAR", "entry", words)
        elif kind == "Bundle":
            self._add_bundle(batch, place, entry.tekst, numbered=False, around=around, depth=depth)
        elif isinstance(kind, str) and _TYPE_NAME.fullmatch(kind):
            text = entry.tekst.encode()
            self._add_one(batch, place, text, kind, entry.inhoud, entry.te_lezen)
        else:
            self._add_resource(batch, place, entry.tekst.encode(), None, numbered=False)


def _is_tidy(line: bytes) -> bool:
    """Whether a line is an object without white space around it and nothing contained in it."""
    return line[:1] == b"{" and line[-1:] == b"}" and _CONTAINED not in line


def _several(text: str) -> list[str]:
    """The objects in a line that holds several; none when it is anything else."""
    if not text.startswith("{"):
        return []
    try:
        found = [text[begin:end] for begin, end in sequence(text)]
    except (JSONDecodeError, RecursionError):
        return []
    return found if len(found) > 1 and all(one.startswith("{") for one in found) else []
