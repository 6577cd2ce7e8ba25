"""The texts of a run as a stream of Arrow batches, in the order of files and lines.

There are two ways. The quick way hands stretches of NDJSON on as they are and leaves judging them
to the query that parses them anyway. The careful way reads one text at a time: it takes Bundles
apart, and names file and line of what is no resource. Documents, archives and stretches that hold
anything unusual always go the careful way; a run whose query stumbles goes that way altogether.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson
import pyarrow as pa

from ingest.errors import DataRefusedError
from ingest.fhir.door.bundle import resource_texts
from ingest.fhir.door.files import Unreadable, UnreadableError, read_pieces
from ingest.fhir.door.texts import Lines, Texts
from ingest.fhir.view.stretches import first_byte, stretches, text_lines

SCHEMA = pa.schema({"tekst": pa.string()})

_BATCH_CHARACTERS = 4 << 20
_REPAIR = (
    "Nothing was written. Repair or remove it, or load the file with 'iza ingest', which sets "
    "broken records aside."
)


class Reader:
    """Reads files as batches of texts, one resource each.

    Attributes:
        texts: how many texts were handed on.
        fault: why reading stopped, when it did; it reaches a query as a fault of the stream.
    """

    def __init__(self, files: Iterable[Path], resource: str, *, careful: bool) -> None:
        """Read files for a view.

        Args:
            files: what to read.
            resource: resource type of the view; Bundles are taken apart unless it is Bundle.
            careful: whether to look at every text.
        """
        self._files = files
        self._resource = resource
        self._careful = careful
        self.texts = 0
        self.fault: DataRefusedError | None = None

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The batches; each about a megabyte."""
        try:
            for file in self._files:
                for array in self._arrays(file):
                    self.texts += len(array)
                    yield pa.record_batch([array], schema=SCHEMA)
        except UnreadableError as why:
            self.fault = DataRefusedError(f"{file}: {why}. {_REPAIR}")
            raise self.fault from why
        except DataRefusedError as fault:
            self.fault = fault
            raise

    def _arrays(self, file: Path) -> Iterator[pa.StringArray]:
        begin = None if self._careful else first_byte(file)
        if begin is None:
            yield from self._pieces(file)
            return
        first = 1
        for buffer in stretches(file, begin):
            lines = text_lines(buffer)
            if lines is not None:
                first += len(lines)
                yield lines
                continue
            piece = Lines(str(file), first, buffer.to_pybytes())
            first += piece.raw.count(b"\n")
            yield from self._looked_at(piece.texts())

    def _pieces(self, file: Path) -> Iterator[pa.StringArray]:
        pieces = read_pieces(file, str(file))
        for piece in pieces:
            if isinstance(piece, Unreadable):
                raise _unreadable(piece)
            quick = isinstance(piece, Lines) and not self._careful
            lines = text_lines(piece.raw) if quick and isinstance(piece, Lines) else None
            if lines is not None:
                yield lines
                continue
            try:
                yield from self._looked_at(piece.texts() if isinstance(piece, Lines) else piece)
            except DataRefusedError:
                # What is cut off ends in half a line: that it is cut off is what to tell.
                after = next(pieces, None)
                if isinstance(after, Unreadable) and after.bestand == piece.bestand:
                    raise _unreadable(after) from None
                raise

    def _looked_at(self, texts: Texts) -> Iterator[pa.StringArray]:
        held: list[str] = []
        size = 0
        for regel, tekst in zip(texts.regels, texts.teksten, strict=True):
            for one in self._resources(tekst, texts, regel):
                held.append(one)
                size += len(one)
                if size > _BATCH_CHARACTERS:
                    yield pa.array(held, pa.string())
                    held, size = [], 0
        yield pa.array(held, pa.string())

    def _resources(self, text: str, texts: Texts, regel: int) -> Iterator[str]:
        """The resources in a text: itself, or those in the Bundle it is."""
        kind = _kind(text, texts.bestand, regel)
        if kind != "Bundle" or self._resource == "Bundle":
            yield text
            return
        for one in resource_texts(text):
            yield from self._resources(one, texts, regel)


def _unreadable(piece: Unreadable) -> DataRefusedError:
    return DataRefusedError(f"{piece.bestand}: {piece.why}. {_REPAIR}")


def _kind(text: str, bestand: str, regel: int) -> str:
    """The resource type of a text.

    Raises:
        DataRefusedError: it is no resource.
    """
    try:
        content = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise _refused(bestand, regel, f"not valid JSON: {error}") from error
    kind = content.get("resourceType") if isinstance(content, dict) else None
    if not isinstance(kind, str):
        raise _refused(bestand, regel, "JSON without a resourceType, so no FHIR resource")
    return kind


def _refused(bestand: str, regel: int, what: str) -> DataRefusedError:
    return DataRefusedError(f"{bestand}, line {regel}: {what}. {_REPAIR}")
