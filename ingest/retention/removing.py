"""Removing files with a proof: first the proof, then the files, then the proof is closed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from ingest.durable import sync
from ingest.ledger import Ledger, Removal
from ingest.retention.places import file_hash, files_of, measure, places


def plan(
    home: Path, ruimte: str, bron_id: str, levering_id: str, *, dagen: int | None, aanleiding: str
) -> Removal | None:
    """What is to be removed of a delivery in one room; None when nothing is there.

    Args:
        home: of the installation.
        ruimte: the room.
        bron_id: the source.
        levering_id: the delivery.
        dagen: the term that is over; None when there is none.
        aanleiding: ``termijn`` or ``intrekking``.
    """
    found = places(home, ruimte, bron_id, levering_id)
    if not found:
        return None
    much = measure(files_of(found), ruimte)
    return Removal(
        ruimte=ruimte,
        bron_id=bron_id,
        levering_id=levering_id,
        aanleiding=aanleiding,
        termijn_dagen=dagen,
        **vars(much),
    )


def remove_paths(found: Iterable[Path]) -> None:
    """Remove files and folders, and bring it to disk: what a proof calls gone does not come back.

    Raises:
        OSError: one cannot be removed.
    """
    for path in found:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        sync(path.parent)


def carry_out(ledger: Ledger, home: Path, removal: Removal) -> Removal:
    """Remove what is left of a removal on record, and close it.

    Returns:
        The closed removal.

    Raises:
        OSError: something cannot be removed; the next run goes on with it.
    """
    if removal.levering_id is None:
        old = set(removal.hashes)
        room = home / removal.ruimte / removal.bron_id
        remove_paths(file for file in files_of([room]) if file_hash(file) in old)
    else:
        remove_paths(places(home, removal.ruimte, removal.bron_id, removal.levering_id))
    return ledger.removals.finish(removal)


def remove(ledger: Ledger, home: Path, removal: Removal) -> Removal:
    """Put a removal on record, carry it out and close it."""
    ledger.removals.begin(removal)
    return carry_out(ledger, home, removal)
