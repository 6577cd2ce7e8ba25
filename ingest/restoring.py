"""Files of a delivery made again from its quarantine, once ``landing/`` has aged out.

When every record of a delivery was refused, quarantine holds the text of every line. Lines at their
places give the file back; that it is the file is not assumed but known: its SHA-256 has to be the
one the ledger kept, and the identity of the whole has to be that of the delivery.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import product
from pathlib import Path, PurePosixPath

import duckdb

from ingest.durable import write_file
from ingest.landing import identify
from ingest.ledger import CommittedDelivery, History
from ingest.reading import DeliveredFile
from ingest.retention.places import files_of, places
from ingest.settings import Settings

_LINE_ENDS = ("\n", "\r\n")
_ENCODINGS = ("utf-8", "latin-1", "cp1252")

_TEXTS = """
    select bestand, regel, any_value(tekst) as tekst, count(distinct tekst) as teksten
    from read_parquet(?, union_by_name = true, hive_partitioning = false)
    group by bestand, regel
    order by bestand, regel
"""


def _contents(lines: list[str]) -> Iterator[bytes]:
    """The ways a file of these lines may have been written."""
    for line_end, last, encoding in product(_LINE_ENDS, (True, False), _ENCODINGS):
        text = line_end.join(lines) + (line_end if last else "")
        try:
            yield text.encode(encoding)
        except UnicodeEncodeError:
            continue


def _files(parquet: list[str]) -> dict[str, list[str]] | None:
    """The lines of every file, by its name; None when a line has no text, or several."""
    with duckdb.connect() as con:
        rows = con.execute(_TEXTS, [parquet]).fetchall()
    files: dict[str, list[str]] = {}
    for bestand, regel, tekst, teksten in rows:
        if teksten != 1 or regel < 1:
            return None
        lines = files.setdefault(bestand, [])
        lines.extend([""] * (regel - 1 - len(lines)))
        lines.append(tekst)
    return files


def restore(
    delivery: CommittedDelivery, history: History, settings: Settings, folder: Path
) -> bool:
    """Write the files of a delivery anew, if its quarantine gives them back to the byte.

    Args:
        delivery: of which all was refused.
        history: has the hashes of its files.
        settings: says where its quarantine is.
        folder: an empty folder, for the service alone.

    Returns:
        Whether the files in ``folder`` are those that were delivered; if not, they mean nothing.
    """
    if delivery.status != "geweigerd":
        return False
    found = places(settings.home, "quarantaine", delivery.bron_id, delivery.levering_id)
    parquet = [str(file) for file in files_of(found)]
    files = _files(parquet) if parquet else None
    expected = {file.sha256 for file in history.bestanden}
    if files is None or len(files) != len(history.bestanden):
        return False
    made = []
    for name, lines in files.items():
        place = folder / name
        if ".." in PurePosixPath(name).parts or not place.is_relative_to(folder):
            return False
        for content in _contents(lines):
            sha256 = hashlib.sha256(content).hexdigest()
            if sha256 in expected:
                place.parent.mkdir(parents=True, exist_ok=True)
                write_file(place, content, mode=0o600)
                made.append(DeliveredFile(place, name, sha256, len(content)))
                break
    return identify(delivery.bron_id, made) == delivery.levering_id
