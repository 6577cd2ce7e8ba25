"""What may stand in a message once: detail numbers, references, prestaties; and 8062.

Duplicates are found over hashes, all at once; only where there are any is looked further. Whether
a kind has any double reference at all was found while cutting (``references``).
"""

from __future__ import annotations

import duckdb

from ingest.declaraties.kinds import RecordSoort
from ingest.declaraties.rules.asked import (
    column_of,
    identification,
    references,
    repeated_elements,
)
from schemas.ei.regels import nummers_sluiten_aan, prestatie_is_uniek

_DOUBLE = """
insert into afkeur
with vaker as (
    select hash(bron.bericht_nr, {sleutel}) as greep
    from {tabel} as bron
    where {gevuld}
    group by greep
    having count(*) > 1
)

select bron.record_nr, '{reden}', '{element}', '{tekst}'
from {tabel} as bron
where {gevuld} and hash(bron.bericht_nr, {sleutel}) in (select greep from vaker)
"""
#: Numbers ascend through a message, so each is above that of the record it hangs under and that of
#: the record of its kind before it. Which are not was found while cutting.
_NUMBERS = """
insert into afkeur
select distinct record_nr, 'EI-NUMMER-DUBBEL', '{element}', '{tekst}'
from ei_nummer
inner join ei_staand using (bericht_nr)
where soort_nr = {soort_nr}
"""
_BOTH = """
insert into afkeur
with paren as (
    select credit.record_nr as credit_nr, debet.record_nr as debet_nr
    from {tabel} as credit
    inner join {tabel} as debet
        on credit.bericht_nr = debet.bericht_nr and credit.{vorige} = debet.{deze}
    where credit.{vorige} is not null
)

select credit_nr, 'EI-DEBET-EN-CREDIT', '{voorgaande}', '{tekst}' from paren
union
select debet_nr, 'EI-DEBET-EN-CREDIT', '{dit}', '{tekst}' from paren
"""
#: With ascending numbers, a gap shows in the last of them: it is above the number of records.
_GAP = """
insert into afkeur
with nummers as ({nummers}),

laatste as (
    select
        bericht_nr,
        count(*) as aantal,
        max(nummer) as hoogste,
        arg_max(record_nr, nummer) as record_nr,
        arg_max(element, nummer) as element
    from nummers
    group by bericht_nr
)

select
    record_nr,
    'EI-NUMMER-DUBBEL',
    element,
    'de nummers van detailrecords sluiten niet aan'
from laatste
where
    hoogste > aantal
    and record_nr not in (
        select record_nr from afkeur where reden_code = 'EI-NUMMER-DUBBEL' and element like '__02'
    )
"""
_NUMBER_TEXT = "de nummers van detailrecords lopen op en komen een keer voor"


def _check_references(
    con: duckdb.DuckDBPyConnection, kind: RecordSoort, this: str, before: str, *, unique: bool
) -> None:
    """Double references, unless they were found ``unique`` while cutting; and 8062."""
    double = _DOUBLE.format(
        tabel=kind.tabel,
        sleutel=f"bron.{column_of(kind, this)}",
        gevuld=f"bron.{column_of(kind, this)} is not null",
        reden="EI-NUMMER-DUBBEL",
        element=this,
        tekst="het referentienummer komt in dit bericht vaker voor",
    )
    both = _BOTH.format(
        tabel=kind.tabel,
        vorige=column_of(kind, before),
        deze=column_of(kind, this),
        voorgaande=before,
        dit=this,
        tekst="de creditering en haar debetregel staan in een bericht",
    )
    for step in [both] if unique else [double, both]:
        con.execute(step)


def _check_prestaties(con: duckdb.DuckDBPyConnection, kind: RecordSoort) -> None:
    """One prestatie a person, list, code, begin, number and debet or credit."""
    repeated = [e.element for e in repeated_elements(kind.nr)]
    number = next(e for e in kind.record.elementen if e.kolom == "volgnummer")
    key = ["bsn", "uzovi", "verzekerdennummer", *(column_of(kind, e) for e in repeated)]
    con.execute(
        _DOUBLE.format(
            tabel=kind.tabel,
            sleutel=", ".join(f"bron.{kolom}" for kolom in key),
            gevuld="true",
            reden="EI-PRESTATIE-DUBBEL",
            element=number.element,
            tekst="dezelfde prestatie staat vaker in dit bericht",
        )
    )


def _check_gaps(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort]) -> None:
    """Messages whose detail numbers leave numbers out, where the standard does not allow it."""
    numbered = {
        kind.tabel: (identification(kind), kind)
        for kind in kinds
        if nummers_sluiten_aan(kind.layout.standaard, kind.layout.versie)
    }
    selects = [
        f"select bericht_nr, record_nr, '{number}' as element,"
        f" try_cast({column_of(kind, number)} as bigint) as nummer from {tabel}"
        for tabel, (number, kind) in numbered.items()
        if number is not None
    ]
    if selects:
        con.execute(_GAP.format(nummers=" union all ".join(selects)))


def check_unique(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort]) -> None:
    """Put what stands twice in a message in ``afkeur``.

    Args:
        con: the connection of this delivery; fields have been checked.
        kinds: the record kinds that occur, of messages to an insurer.
    """
    doubtful = con.execute("select soort_nr from ei_verwijst_dubbel").fetchall()
    for kind in kinds:
        if (number := identification(kind)) is not None:
            told = _NUMBERS.format(element=number, tekst=_NUMBER_TEXT, soort_nr=kind.nr)
            con.execute(told)
        if (pair := references(kind)) is not None:
            _check_references(con, kind, *pair, unique=(kind.nr,) not in doubtful)
        layout = kind.layout
        if kind.record.code == "04" and prestatie_is_uniek(layout.standaard, layout.versie):
            _check_prestaties(con, kind)
    _check_gaps(con, kinds)
