"""Refusing a message as a whole: one record carries the fault, the others share its fate.

``ei_geweigerd`` holds the messages that are out, ``ei_levend`` the lines of those still in: not
refused and not a repetition of an earlier message of the delivery.
"""

from __future__ import annotations

import duckdb

_TABLES = """
create table ei_geweigerd (bericht_nr bigint);
create view ei_levend as
select regel.*, bericht.standaard, bericht.versie
from ei_regel as regel
inner join ei_bericht as bericht using (bericht_nr)
where
    not bericht.is_dubbel
    and regel.bericht_nr not in (select bericht_nr from ei_geweigerd)
"""

_DUPLICATES = """
insert into dubbel
select regel.record_nr
from ei_regel as regel
inner join ei_bericht as bericht using (bericht_nr)
where bericht.is_dubbel
"""

_REFUSE = """
insert into ei_geweigerd
select distinct regel.bericht_nr
from afkeur
inner join ei_regel as regel using (record_nr)
where regel.bericht_nr not in (select bericht_nr from ei_geweigerd) and {which}
"""

_REST = """
insert into afkeur
select regel.record_nr, 'EI-BERICHT-GEWEIGERD', null, null
from ei_regel as regel
inner join ei_geweigerd using (bericht_nr)
where regel.record_nr not in (select record_nr from afkeur)
"""


def start(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables; repeated messages go to ``dubbel`` and are looked at no further."""
    con.execute(_TABLES)
    con.execute(_DUPLICATES)


def refuse_messages(con: duckdb.DuckDBPyConnection, *, frame_only: bool = False) -> None:
    """Refuse the messages that have a record in ``afkeur`` by now.

    Called between levels, so that a later level judges sound messages only.

    Args:
        con: the connection of this delivery.
        frame_only: only for a fault in record 01 or 99; a fault in a detail record is its own.
    """
    con.execute(_REFUSE.format(which="regel.kenmerk in (1, 99)" if frame_only else "true"))


def refuse_rest(con: duckdb.DuckDBPyConnection) -> int:
    """Give the other records of refused messages their reason.

    Returns:
        The number of refused messages.
    """
    con.execute(_REST)
    row = con.execute("select count(*) from ei_geweigerd").fetchone()
    return int(row[0]) if row else 0
