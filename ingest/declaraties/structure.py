"""Level 2: is a message built as its standard says? Kenmerk, length, order, one sluitrecord.

The order is that of the EI standards: 01, then per insured person 02 and 03, per prestatie 04, 06,
16 and 17, a 98 behind the record it comments on, and 99 as the last (retour code 8026).
"""

from __future__ import annotations

import duckdb

from ingest.declaraties.refusal import refuse_messages

#: After which record (98 left out) a record may come.
MAG_NA = {
    2: (1, 2, 3, 4, 6, 16, 17),
    3: (2, 3),
    4: (2, 3, 4, 6, 16, 17),
    6: (4, 6),
    16: (4, 6, 16),
    17: (4, 6, 16, 17),
    98: (2, 3, 4, 6, 16, 17),
    99: (1, 2, 3, 4, 6, 16, 17),
}

_RECOGNITION = """
insert into afkeur
select regel.record_nr, bericht.reden_code, bericht.element, bericht.toelichting
from ei_levend as regel
inner join ei_bericht as bericht using (bericht_nr)
where
    bericht.reden_code is not null
    and (
        regel.record_nr = regel.bericht_nr
        or bericht.reden_code = 'EI-STANDAARD-ONBEKEND'
    )
"""

_KENMERK = """
insert into afkeur
select
    record_nr,
    'EI-KENMERK',
    null,
    'kenmerk (positie 1-2) komt niet voor in ' || standaard || ' v' || versie
from ei_levend
where soort_nr = 0
"""

_LENGTH = """
insert into afkeur
select
    regel.record_nr,
    'EI-LENGTE',
    null,
    regel.lengte || ' posities in plaats van ' || soort.recordlengte
from ei_levend as regel
inner join ei_lengte as soort using (soort_nr)
where regel.lengte <> soort.recordlengte
"""

#: Only the first in a message: one record in a wrong place puts its neighbours in wrong places.
_ORDER = """
insert into afkeur
with misplaatst as (
    select regel.*
    from ei_levend as regel
    left join ei_mag_na as mag_na
        on regel.kenmerk = mag_na.kenmerk and regel.vorige = mag_na.vorige
    where regel.record_nr <> regel.bericht_nr and mag_na.kenmerk is null
)

select
    regel.record_nr,
    'EI-VOLGORDE',
    lpad(cast(regel.kenmerk as varchar), 2, '0') || '01',
    case
        when regel.vorige = 99 then 'record na het sluitrecord'
        else 'dit record mag niet na een record '
            || lpad(cast(regel.vorige as varchar), 2, '0') || ' komen'
    end
from misplaatst as regel
where record_nr in (select min(record_nr) from misplaatst group by bericht_nr)
"""

_CLOSING = """
insert into afkeur
select
    max(record_nr),
    'EI-VOLGORDE',
    '9901',
    'het bericht eindigt niet met een sluitrecord (99)'
from ei_levend
group by bericht_nr
having max(kenmerk) < 99
"""


def _make_order(con: duckdb.DuckDBPyConnection) -> None:
    pairs = ", ".join(f"({code}, {before})" for code, row in MAG_NA.items() for before in row)
    con.execute("create table ei_mag_na (kenmerk smallint, vorige smallint)")
    con.execute(f"insert into ei_mag_na values {pairs}")


def check_structure(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse messages that are not built as their standard says.

    One kind of fault at a time, most basic first: a record of unknown kind would also have a wrong
    length and stand in a wrong place, and that would only confuse the sender.

    Args:
        con: the connection of this delivery, loaded.
    """
    _make_order(con)
    for step in (_RECOGNITION, _KENMERK, _LENGTH, _ORDER, _CLOSING):
        con.execute(step)
        refuse_messages(con)
