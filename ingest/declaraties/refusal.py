"""Refusing a message as a whole: one record carries the fault, the others share its fate.

``ei_geweigerd`` holds the messages that are out, ``ei_staand`` those still in: not refused and not
a repetition of an earlier message of the delivery. ``ei_levend`` has the lines of these. A message
is the records from ``bericht_nr`` up to ``laatste_nr``, so most is done without looking at lines.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from ingest.declaraties.kinds import record_kinds
from ingest.reading import Delivery

_TABLES = """
create table ei_geweigerd (bericht_nr bigint);
create view ei_staand as
select *
from ei_bericht
where not is_dubbel and bericht_nr not in (select bericht_nr from ei_geweigerd);
create temp view ei_levend as
select regel.*, bericht.standaard, bericht.versie
from ei_regel as regel
inner join ei_staand as bericht using (bericht_nr)
"""

_DUPLICATES = """
insert into dubbel
select unnest(range(bericht_nr, laatste_nr + 1))
from ei_bericht
where is_dubbel
"""

_REFUSE = """
insert into ei_geweigerd
select distinct bericht.bericht_nr
from afkeur
asof inner join ei_bericht as bericht on afkeur.record_nr >= bericht.bericht_nr
where
    afkeur.record_nr <= bericht.laatste_nr
    and bericht.bericht_nr not in (select bericht_nr from ei_geweigerd)
    and {which}
"""

_REST = """
insert into afkeur
with regels as (
    select unnest(range(bericht_nr, laatste_nr + 1)) as record_nr
    from ei_bericht
    inner join ei_geweigerd using (bericht_nr)
)

select record_nr, 'EI-BERICHT-GEWEIGERD', null, null
from regels
where record_nr not in (select record_nr from afkeur)
"""

_PLACES = """
create or replace temporary table ei_genoemde_plaats as
with genoemd as (
    select distinct record_nr, element from afkeur where element is not null
)

select genoemd.record_nr, genoemd.element, plaats.positie
from genoemd
asof inner join ei_bericht as bericht on genoemd.record_nr >= bericht.bericht_nr
inner join ei_plaats as plaats
    on bericht.standaard = plaats.standaard
    and bericht.versie = plaats.versie
    and genoemd.element = plaats.element;

update afkeur
set toelichting = concat_ws('; ', afkeur.toelichting, plaats.positie)
from ei_genoemde_plaats as plaats
where afkeur.record_nr = plaats.record_nr and afkeur.element = plaats.element
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
        frame_only: only for a fault in record 01 or 99, the first and the last when the order is
            right; a fault in a detail record is its own.
    """
    frame = "afkeur.record_nr in (bericht.bericht_nr, bericht.laatste_nr)"
    con.execute(_REFUSE.format(which=frame if frame_only else "true"))


def refuse_rest(con: duckdb.DuckDBPyConnection) -> int:
    """Give the other records of refused messages their reason.

    Returns:
        The number of refused messages.
    """
    con.execute(_REST)
    row = con.execute("select count(*) from ei_geweigerd").fetchone()
    return int(row[0]) if row else 0


def refuse_empty(con: duckdb.DuckDBPyConnection, delivery: Delivery) -> None:
    """One refused record for every file that holds no line at all (level 1).

    Args:
        con: the connection of this delivery, loaded.
        delivery: its files.
    """
    known = "select bestand from ei_bericht union select bestand from ei_bestandsfout"
    found = {name for (name,) in con.execute(known).fetchall()}
    found |= {name[: at + 1] for name in found for at, c in enumerate(name) if c == "/"}
    numbers = "select laatste_nr from ei_bericht union all select record_nr from ei_bestandsfout"
    last = con.execute(f"select coalesce(max(laatste_nr), 0) from ({numbers})").fetchall()[0][0]
    empty = [f for f in delivery.files if not {f.name, f"{f.name}/"} & found]
    for nr, file in enumerate(empty, last + 1):
        con.execute("insert into ei_bestandsfout values (?, ?, ?)", [nr, nr, file.name])
        con.execute("insert into ei_tekst values (?, '')", [nr])
        con.execute(
            "insert into afkeur values (?, 'EI-BESTAND-LEEG', null, 'geen enkele regel')", [nr]
        )


def add_places(con: duckdb.DuckDBPyConnection) -> None:
    """Say in every refusal that names an element where it stands: ``positie 58-58``.

    Args:
        con: the connection of this delivery; all checks have been made.
    """
    elements = [(kind.layout, e) for kind in record_kinds() for e in kind.record.elementen]
    places = {
        "standaard": [layout.standaard for layout, _ in elements],
        "versie": [layout.versie for layout, _ in elements],
        "element": [e.element for _, e in elements],
        "positie": [f"positie {e.begin}-{e.eind}" for _, e in elements],
    }
    con.register("ei_plaats", pa.table(places))
    con.execute(_PLACES)
    con.unregister("ei_plaats")
