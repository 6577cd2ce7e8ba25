"""Which family of readers a delivery is for: as told, as registered, or as its bytes say."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Protocol

import duckdb

from ingest.errors import IzaError
from ingest.fhir.door.opening import open_members
from ingest.reading import DeliveredFile, Delivery, Reading, Soort
from ingest.settings import Settings
from ingest.unpacking import Limits, Unpacking

_SOURCES = Path(__file__).parent.parent / "schemas" / "bronnen.csv"
_BY_SUFFIX: dict[str, Soort] = {
    ".asc": "declaratie", ".csv": "register", ".tsv": "register", ".json": "fhir",
    ".ndjson": "fhir", ".jsonl": "fhir", ".xml": "fhir",
}  # fmt: skip
_READERS: dict[Soort, str] = {
    "fhir": "ingest.fhir.intake",
    "declaratie": "ingest.declaraties.intake",
    "register": "ingest.registers.intake",
}

#: So many members of an archive are looked at.
_MEMBERS = 100


class Reader(Protocol):
    """The function every family offers."""

    def __call__(
        self, con: duckdb.DuckDBPyConnection, delivery: Delivery, settings: Settings
    ) -> Reading:
        """Read a delivery into the record tables; see ``ingest.reading``."""
        ...


@dataclass(frozen=True)
class Bron:
    """A registered source; a row of ``schemas/bronnen.csv``."""

    bron_id: str
    naam: str
    soort: str
    zonder_profiel: str
    in_demo: str
    bouw_wacht: str
    doelen: str


@cache
def sources() -> dict[str, Bron]:
    """The registered sources, by ``bron_id``."""
    with _SOURCES.open(encoding="utf-8", newline="") as file:
        return {row["bron_id"]: Bron(**row) for row in csv.DictReader(file)}


def _starts(file: DeliveredFile, limits: Limits | None) -> Iterator[bytes]:
    """The first bytes of a file, or of every member of an archive."""
    try:
        for _, handle in open_members(file.path, file.name, Unpacking(limits)):
            yield handle.read(256).lstrip()
    except IzaError:
        return


def _by_start(start: bytes) -> Soort | None:
    if start[:1] in (b"{", b"[", b"<"):
        return "fhir"
    if re.match(rb"01\d{7}[A-Z]", start):
        return "declaratie"
    return "register" if re.search(rb"[;,\t|]", start.split(b"\n")[0]) else None


def _by_content(file: DeliveredFile, limits: Limits | None) -> Soort | None:
    """What a file looks like; in an archive a note with a comma in it does not decide."""
    found = {_by_start(start) for start in islice(_starts(file, limits), _MEMBERS)}
    return next((soort for soort in _READERS if soort in found), None)


def recognise(
    bron_id: str, files: tuple[DeliveredFile, ...], limits: Limits | None = None
) -> Soort:
    """The family of a delivery nobody named one for.

    Looked at in this order: the register of sources, the first bytes of the files, their names.
    Nothing recognisable counts as FHIR, whose reader refuses what it cannot read by line.
    """
    if bron_id in sources():
        return sources()[bron_id].soort  # type: ignore[return-value]
    for file in files:
        if (soort := _by_content(file, limits)) is not None:
            return soort
    for file in files:
        suffix = Path(re.sub(r"\.(gz|zst)$", "", file.name)).suffix.lower()
        if suffix in _BY_SUFFIX:
            return _BY_SUFFIX[suffix]
    return "fhir"


def reader(soort: Soort) -> Reader:
    """The reading function of a family; imported only when it is needed."""
    return import_module(_READERS[soort]).read
