"""Validation of the resources of a delivery by themselves: every one, whatever the size.

Decision 0009 says how that is both full and fast.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from ingest.fhir.door.batch import Fault
from ingest.fhir.loading import insert_faults
from ingest.fhir.validation.verdict import Chunk, judge_chunks
from ingest.report import reason_texts
from ingest.settings import Settings

_CHUNK = 2_000

#: What nothing was found against so far.
_TO_JUDGE_SQL = """
from record
where record.record_nr not in (select afkeur.record_nr from afkeur)
  and record.record_nr not in (select dubbel.record_nr from dubbel)
"""


def _chunks(con: duckdb.DuckDBPyConnection) -> Iterator[Chunk]:
    """The resources to judge, as a stream on a connection of its own."""
    with con.cursor() as reading:
        reading.execute(f"select record.record_nr, record.naam, record.tekst {_TO_JUDGE_SQL}")
        while rows := reading.fetchmany(_CHUNK):
            yield rows


def check_structure(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Refuse resources that are no FHIR R4, and warn of what their profiles ask in vain.

    Records refused before are left alone.

    Args:
        con: the connection of the delivery, with all records loaded.
        settings: ``threads``, the number of worker processes for a large delivery.
    """
    warns = {code for code, row in reason_texts().items() if row["niveau"] == "waarschuwing"}
    [(number,)] = con.execute(f"select count(*) {_TO_JUDGE_SQL}").fetchall()
    for wrongs in judge_chunks(_chunks(con), number, settings.threads):
        found = [Fault(w.record_nr, w.reden_code, w.element, w.toelichting) for w in wrongs]
        insert_faults(con, [fault for fault in found if fault.reden_code not in warns])
        insert_faults(con, [fault for fault in found if fault.reden_code in warns], "waarschuwing")
