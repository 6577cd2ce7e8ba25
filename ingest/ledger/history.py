"""The history of one delivery as the ledger holds it: steps, files, counts, versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select

from ingest.ledger.tables import LEVERING, LEVERING_BESTAND, LEVERING_STAP

#: Steps in the order in which they come, with what they mean.
STAPPEN = {
    "ontvangen": "taken in; its files are in landing/",
    "geclaimd": "claimed by one worker",
    "overgenomen": "taken over from a worker that was gone",
    "gelezen": "read and judged",
    "geschreven": "rows, refused records and answer written and put in place",
    "vastgelegd": "committed: builds can see it",
    "mislukt": "this attempt failed; nothing of it is visible",
    "vervangen": "replaced by a later load of the same delivery",
    "herspeeld": "read again with the rules of that moment, for its refused records",
    "teruggekoppeld": "the answer to its sender was renewed with the figures of a build",
    "ingetrokken": "withdrawn; builds no longer see it",
}

#: Extensions that may be told; another part of a name might be anything.
_EXTENSIONS = frozenset(
    {".asc", ".csv", ".gz", ".json", ".jsonl", ".ndjson", ".tsv", ".txt", ".xml", ".zip", ".zst"}
)


@dataclass(frozen=True)
class Step:
    """One thing that happened to a delivery.

    Attributes:
        stap: a key of ``STAPPEN``.
        moment: when, in UTC.
        houder: the attempt it was part of: machine, process and a mark of its own.
        bijzonder: what more is known: versions, a count, the class of a fault.
    """

    stap: str
    moment: datetime
    houder: str
    bijzonder: dict[str, Any]


@dataclass(frozen=True)
class FileKept:
    """A file of a delivery, without its name."""

    volgnr: int
    soort: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class History:
    """All the ledger knows of one delivery.

    Attributes:
        levering_id: content identity.
        bron_id: the source.
        soort: fhir, declaratie or register.
        periode: period the sender named.
        status: bezig, geaccepteerd, deels, geweigerd or ingetrokken.
        stappen: what happened, in order of time.
        bestanden: its files, in the order of their names.
        versies: code_versie, code_hash, schema_hash, sleutel_id of the committed rows.
        rapport: the intake report; empty for a delivery that was never committed.
    """

    levering_id: str
    bron_id: str
    soort: str
    periode: str
    status: str
    stappen: tuple[Step, ...]
    bestanden: tuple[FileKept, ...]
    versies: dict[str, str | None]
    rapport: dict[str, Any]


def as_utc(moment: datetime) -> datetime:
    """A moment with its zone; SQLite keeps none."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def file_kind(name: str) -> str:
    """The known extensions of a file name, such as ``.ndjson.gz``; nothing else of it."""
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes[-2:]]
    return "".join(suffix for suffix in suffixes if suffix in _EXTENSIONS)


def note_step(
    connection: Connection,
    levering_id: str,
    houder: str,
    stap: str,
    bijzonder: dict[str, Any] | None = None,
    moment: datetime | None = None,
) -> None:
    """Write a step down; the same step of the same attempt is written once."""
    key = (
        (LEVERING_STAP.c.levering_id == levering_id)
        & (LEVERING_STAP.c.houder == houder)
        & (LEVERING_STAP.c.stap == stap)
    )
    if connection.execute(select(LEVERING_STAP.c.stap).where(key)).first() is None:
        row = {"levering_id": levering_id, "houder": houder, "stap": stap}
        at = moment or datetime.now(UTC)
        connection.execute(
            insert(LEVERING_STAP).values(**row, moment=at, bijzonder=bijzonder or {})
        )


def note_files(connection: Connection, levering_id: str, files: list[FileKept]) -> None:
    """Write the files of a delivery down, once: another set would be another delivery."""
    key = LEVERING_BESTAND.c.levering_id == levering_id
    if files and connection.execute(select(LEVERING_BESTAND.c.volgnr).where(key)).first() is None:
        rows = [{"levering_id": levering_id, **vars(file)} for file in files]
        connection.execute(insert(LEVERING_BESTAND), rows)


def read_history(connection: Connection, levering_id: str) -> History | None:
    """Read the history of one delivery; None when the ledger does not know it."""
    row = connection.execute(
        select(LEVERING).where(LEVERING.c.levering_id == levering_id)
    ).mappings().one_or_none()  # fmt: skip
    if row is None:
        return None
    steps = connection.execute(
        select(LEVERING_STAP).where(LEVERING_STAP.c.levering_id == levering_id)
    ).mappings()
    files = connection.execute(
        select(LEVERING_BESTAND).where(LEVERING_BESTAND.c.levering_id == levering_id)
        .order_by(LEVERING_BESTAND.c.volgnr)
    ).mappings()  # fmt: skip
    return History(
        levering_id=row["levering_id"],
        bron_id=row["bron_id"],
        soort=row["soort"],
        periode=row["periode"],
        status=row["status"],
        stappen=_steps(row, [_step(step) for step in steps]),
        bestanden=tuple(
            FileKept(file["volgnr"], file["soort"], file["sha256"], file["bytes"]) for file in files
        ),
        versies={
            name: row[name] for name in ("code_versie", "code_hash", "schema_hash", "sleutel_id")
        },
        rapport=row["rapport"] or {},
    )


def _step(row: RowMapping) -> Step:
    return Step(row["stap"], as_utc(row["moment"]), row["houder"], row["bijzonder"] or {})


def _steps(row: RowMapping, steps: list[Step]) -> tuple[Step, ...]:
    """The steps in order of time; a delivery of before steps were kept has those of its row."""
    if not steps:
        known = {"geclaimd": row["geclaimd_op"], "vastgelegd": row["afgerond_op"]}
        steps = [Step(stap, as_utc(at), "", {}) for stap, at in known.items() if at is not None]
    order = list(STAPPEN)
    place = {stap: number for number, stap in enumerate(order)}
    return tuple(sorted(steps, key=lambda step: (step.moment, place.get(step.stap, len(order)))))
