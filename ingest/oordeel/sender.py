"""The sender: whether a delivery is of a registered source."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from ingest.family import sources
from ingest.oordeel.rules import rules
from ingest.settings import Settings

BRON_ONBEKEND = "BRON-ONBEKEND"

_REFUSE_ALL = f"""
    insert into afkeur
    select record_nr, '{BRON_ONBEKEND}', 'bron', null
    from record
    where record_nr not in (select record_nr from dubbel)
"""


@dataclass(frozen=True)
class Opmerking:
    """What is odd about a delivery as a whole that is kept.

    Attributes:
        code: of ``schemas/redenen.csv``.
        omschrijving: what is odd, in Dutch.
        wat_te_doen: what to do, in Dutch.
    """

    code: str
    omschrijving: str
    wat_te_doen: str


def check_sender(con: duckdb.DuckDBPyConnection, bron_id: str, settings: Settings) -> None:
    """Refuse every record of an unknown source when the installation wants that.

    Args:
        con: the connection of the delivery; every record is judged.
        bron_id: the source.
        settings: ``unknown_source`` says whether it is refused.
    """
    if settings.unknown_source == "refuse" and bron_id not in sources():
        con.execute(_REFUSE_ALL)


def remarks(bron_id: str, settings: Settings) -> list[Opmerking]:
    """What is odd about the sender of a delivery that is kept.

    Args:
        bron_id: the source.
        settings: ``unknown_source`` says whether an unknown one is refused instead.
    """
    if settings.unknown_source == "refuse" or bron_id in sources():
        return []
    rule = rules()[BRON_ONBEKEND]
    return [Opmerking(rule.code, rule.omschrijving, rule.wat_te_doen)]
