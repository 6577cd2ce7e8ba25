"""Level 2: is a message built as its standard says? Kenmerk, length, order, one sluitrecord.

The order is that of the EI standards: 01, then per insured person 02 and 03, per prestatie 04, 06,
16 and 17, a 98 behind the record it comments on, and 99 as the last (retour code 8026).
"""

from __future__ import annotations

import duckdb

from ingest.declaraties.refusal import refuse_messages
from ingest.declaraties.resemblance import name_kenmerk, resembles
from schemas.ei import layouts

#: After which record (98 left out) a record may come. That no 02 or 99 comes after a 02 or 03 holds
#: for a message to an insurer alone: a retour message returns what was refused.
MAG_NA = {
    2: (1, 4, 6, 16, 17),
    3: (2, 3),
    4: (2, 3, 4, 6, 16, 17),
    6: (4, 6),
    16: (4, 6, 16),
    17: (4, 6, 16, 17),
    98: (2, 3, 4, 6, 16, 17),
    99: (1, 4, 6, 16, 17),
}

_HEEN = {layout.standaard for layout in layouts().values()}

_RECOGNITION = """
insert into afkeur
select bericht_nr, reden_code, element, toelichting
from ei_bericht
where not is_dubbel and reden_code is not null
union all
select regel.record_nr, bericht.reden_code, bericht.element, bericht.toelichting
from ei_los as regel
inner join ei_bericht as bericht using (bericht_nr)
where
    not bericht.is_dubbel
    and bericht.reden_code = 'EI-STANDAARD-ONBEKEND'
    and regel.record_nr <> regel.bericht_nr
"""

_KENMERK = """
insert into afkeur
select
    record_nr,
    'EI-KENMERK',
    null,
    'kenmerk (positie 1-2) komt niet voor in ' || standaard || ' v' || versie
from ei_los
inner join ei_staand using (bericht_nr)
where soort_nr = 0
"""

_LENGTH = """
insert into afkeur
select
    regel.record_nr,
    'EI-LENGTE',
    null,
    regel.lengte || ' posities in plaats van ' || soort.recordlengte
from ei_los as regel
inner join ei_lengte as soort using (soort_nr)
inner join ei_staand using (bericht_nr)
"""

#: Only the first in a message: one record in a wrong place puts its neighbours in wrong places.
_ORDER = """
insert into afkeur
with misplaatst as (
    select ei_misplaatst.*
    from ei_misplaatst
    inner join ei_staand using (bericht_nr)
    where not (vorige in (2, 3) and kenmerk in (2, 99))
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

_BARE = f"""
insert into afkeur
with erna as (
    select bericht_nr, ei_misplaatst.record_nr
    from ei_misplaatst
    inner join ei_staand using (bericht_nr)
    where
        vorige in (2, 3)
        and kenmerk in (2, 99)
        and standaard in ({", ".join(f"'{name}'" for name in sorted(_HEEN))})
),

verzekerden as (
    select bericht_nr, record_nr
    from ei_regel
    where kenmerk = 2 and bericht_nr in (select bericht_nr from erna)
)

select
    verzekerden.record_nr,
    'EI-VOLGORDE',
    '0201',
    'onder deze verzekerde staat geen prestatierecord (04)'
from erna
asof join verzekerden
    on erna.bericht_nr = verzekerden.bericht_nr and erna.record_nr > verzekerden.record_nr
"""

#: A sluitrecord with records behind it; it may be another record with a wrong kenmerk.
_INNER_CLOSING = """
select slot.bericht_nr, slot.record_nr, ei_tekst.tekst, bericht.standaard, bericht.versie
from ei_misplaatst as erna
inner join ei_staand as bericht using (bericht_nr)
asof join (
    select bericht_nr, record_nr from ei_regel where kenmerk = 99
) as slot
    on erna.bericht_nr = slot.bericht_nr and erna.record_nr > slot.record_nr
inner join ei_tekst on slot.record_nr = ei_tekst.record_nr
where erna.vorige = 99
"""

_CLOSING = """
insert into afkeur
select
    laatste_nr,
    'EI-VOLGORDE',
    '9901',
    'het bericht eindigt niet met een sluitrecord (99)'
from ei_staand
where hoogste < 99
"""


def _name_inner_closing(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse a record 99 inside a message that has the form of another record."""
    if not con.execute("select 1 from ei_misplaatst where vorige = 99 limit 1").fetchall():
        return
    for _, record_nr, tekst, standaard, versie in con.execute(_INNER_CLOSING).fetchall():
        code = resembles(tekst, standaard, versie)
        if code not in (None, "99"):
            con.execute(
                "insert into afkeur values (?, 'EI-KENMERK', ?, ?)",
                [record_nr, f"{code}01", f"het record heeft de vorm van een record {code}"],
            )


def check_structure(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse messages that are not built as their standard says.

    One kind of fault at a time, most basic first: a record of unknown kind would also have a wrong
    length and stand in a wrong place, and that would only confuse the sender.

    Args:
        con: the connection of this delivery, loaded.
    """
    for step in (_RECOGNITION, _KENMERK, _LENGTH, _ORDER, _BARE, _CLOSING):
        con.execute(step)
        if step is _KENMERK:
            name_kenmerk(con)
            _name_inner_closing(con)
        refuse_messages(con)
