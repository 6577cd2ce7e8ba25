"""Where the files of a delivery lie, room by room, and how much is there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.oordeel.profile import profile_file

#: Rooms with files of a delivery; its partition is the same in both.
_PARTITIONED = ("raw", "quarantaine")

#: All that is kept of a delivery outside the ledger. ``terugkoppeling`` includes ``retour``.
ROOMS = ("landing", "quarantaine", "raw", "terugkoppeling", "rapport", "profiel", "werk")


@dataclass(frozen=True)
class Measure:
    """How much lies somewhere: files, bytes, SHA-256 of every file (sorted), records."""

    bestanden: int
    bytes: int
    hashes: tuple[str, ...]
    records: int | None


def places(home: Path, ruimte: str, bron_id: str, levering_id: str) -> list[Path]:
    """The folders and files of a delivery in one room, as far as they are there.

    Args:
        home: of the installation.
        ruimte: one of ``ROOMS``, or ``retour``.
        bron_id: the source.
        levering_id: the delivery.
    """
    if ruimte in _PARTITIONED:
        # What was moved aside when it was replaced has a dot before its name and an end behind it.
        below = f"*/bron={bron_id}/periode=*"
        found = [
            path
            for name in (f"levering={levering_id}", f".levering={levering_id}.*")
            for path in (home / ruimte).glob(f"{below}/{name}")
        ]
        return sorted(found)
    if ruimte == "werk":
        return sorted((home / "werk").glob(f"{levering_id}*"))
    place = {
        "landing": home / "landing" / bron_id / levering_id,
        "terugkoppeling": home / "terugkoppeling" / bron_id / levering_id,
        "retour": home / "terugkoppeling" / bron_id / levering_id / "retour",
        "rapport": home / "rapport" / bron_id / f"{levering_id}.json",
        "profiel": profile_file(home, bron_id, levering_id),
    }[ruimte]
    return [place] if place.exists() else []


def files_of(found: Iterable[Path]) -> list[Path]:
    """All files in folders and files."""
    return sorted(
        file
        for place in found
        for file in ([place] if place.is_file() else place.rglob("*"))
        if file.is_file()
    )


def file_hash(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def measure(files: list[Path], ruimte: str) -> Measure:
    """Measure files before they go.

    Args:
        files: of one room.
        ruimte: says how records are counted: refused records in quarantaine, rows in raw.
    """
    return Measure(
        bestanden=len(files),
        bytes=sum(file.stat().st_size for file in files),
        hashes=tuple(sorted(map(file_hash, files))),
        records=_records(files, ruimte),
    )


def _records(files: list[Path], ruimte: str) -> int | None:
    parquet = [str(file) for file in files if file.suffix == ".parquet"]
    if ruimte not in _PARTITIONED or not parquet:
        return None
    # A record that is refused for two reasons has two rows.
    what = "*" if ruimte == "raw" else "distinct (bestand, regel, naam, tekst)"
    query = f"select count({what}) from read_parquet(?, union_by_name = true)"
    try:
        with duckdb.connect() as con:
            row = con.execute(query, [parquet]).fetchone()
    except duckdb.Error:  # a damaged file has to go all the same
        return None
    return int(row[0]) if row else None
