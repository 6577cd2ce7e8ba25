"""What declarations add to the answer for the sender: amounts, messages, positions, retours."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from ingest.declaraties.kinds import RecordSoort, record_kinds
from ingest.declaraties.not_judged import not_judged
from ingest.declaraties.retour.amounts import amounts
from ingest.declaraties.retour.codes import element_of
from ingest.declaraties.retour.outcome import messages
from ingest.declaraties.retour.writing import write_messages
from ingest.reading import Delivery, Plaats


def kinds_at(con: duckdb.DuckDBPyConnection, records: list[int]) -> dict[int, RecordSoort]:
    """The record kind of lines, by ``record_nr``; lines of no known kind are left out."""
    rows = con.execute(
        "select record_nr, soort_nr from ei_regel"
        " where soort_nr > 0 and record_nr in (select unnest(cast(? as bigint[])))",
        [records],
    ).fetchall()
    return {nr: record_kinds()[soort - 1] for nr, soort in rows}


@dataclass(frozen=True)
class DeclaratieAntwoord:
    """The answer to a delivery of declarations.

    Attributes:
        con: the connection of this delivery; all checks have been made.
        delivery: its files.
    """

    con: duckdb.DuckDBPyConnection
    delivery: Delivery

    def places(self, found: list[tuple[int, str]]) -> dict[tuple[int, str], Plaats]:
        """Number, name and positions of elements, as the layout of their record says."""
        kinds = kinds_at(self.con, sorted({nr for nr, _ in found}))
        result = {}
        for nr, name in found:
            element = element_of(kinds[nr], name) if nr in kinds else None
            if element is not None:
                one = element.lengte == 1
                positie = str(element.begin) if one else f"{element.begin}-{element.eind}"
                result[nr, name] = Plaats(element.element, element.naam, positie)
        return result

    def names(self) -> dict[str, str]:
        """The names of the record kinds, such as Prestatierecord for ZH308/04."""
        return {kind.naam: kind.record.naam for kind in record_kinds()}

    def additions(self) -> dict[str, Any]:
        """``bedragen`` of the delivery, ``berichten`` in order, and ``niet_getoetst``.

        That last is by code list that is not held and so was not judged.
        """
        found = amounts(self.con)
        return {
            "bedragen": found.total().as_dict(),
            "berichten": [m.as_dict(found.of(m.nr)) for m in messages(self.con)],
            "niet_getoetst": [asdict(n) for n in not_judged(self.con)],
        }

    def write_retour(self, folder: Path, dagtekening: date) -> list[str]:
        """Write a retour message for every message that has one; ``outcome`` says which."""
        return write_messages(self.con, self.delivery, folder, dagtekening)
