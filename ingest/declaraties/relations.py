"""Level 5: do the records of a message agree with each other, and with the rule for a BSN?

A detail record repeats BSN, UZOVI-nummer and verzekerdennummer of the record 02 above it (ZH308
0403 to 0405); a record 06, 16 or 17 repeats what identifies its prestatie. A record whose parent
was refused cannot be used and is refused with it.
"""

from __future__ import annotations

import duckdb

from ingest.declaraties.comparing import who_elements
from ingest.declaraties.kinds import RecordSoort
from ingest.declaraties.rules.between import check_between
from ingest.declaraties.rules.repeated import check_repeated
from ingest.declaraties.rules.unique import check_unique
from ingest.pseudonym import BSN_VALID_SQL

GEEN_BSN = "999999999"


def _check_bsn(con: duckdb.DuckDBPyConnection, verzekerde: RecordSoort) -> None:
    element = verzekerde.met_kolom("bsn")
    assert element is not None, f"{verzekerde.naam} has no BSN"  # noqa: S101
    con.execute(
        f"""
        insert into afkeur
        select record_nr, 'BSN-ONGELDIG', '{element.element}', 'voldoet niet aan de elfproef'
        from ei_bsn
        inner join ei_staand using (bericht_nr)
        where
            soort_nr = {verzekerde.nr}
            and regexp_full_match(bsn, '[0-9]{{9}}')
            and bsn not in ('{GEEN_BSN}', '000000000')
            and not bsn_geldig(bsn)
        """
    )


def _check_who(con: duckdb.DuckDBPyConnection, detail: RecordSoort) -> None:
    """In which elements; that records differ from the 02 above them was found while cutting."""
    elements = who_elements(detail)
    for element in elements:
        first = element.begin - elements[0].begin + 1
        con.execute(
            f"""
            insert into afkeur
            with boven as (
                select record_nr from afkeur where element = '02{element.element[2:]}'
            )

            select
                ander.record_nr,
                'EI-VERZEKERDE-ONGELIJK',
                '{element.element}',
                'niet gelijk aan het verzekerdenrecord erboven'
            from ei_ander as ander
            inner join ei_staand using (bericht_nr)
            inner join {detail.tabel} as detail using (record_nr)
            where
                ander.soort_nr = {detail.nr}
                and substring(wie, {first}, {element.lengte})
                <> substring(wie_erboven, {first}, {element.lengte})
                and ander.record_nr not in (
                    select record_nr from afkeur where element = '{element.element}'
                )
                and detail.verzekerde_nr not in (select record_nr from boven)
            """
        )
        if detail.record.code == "04":
            _blame_insured(con, detail, element.element)


def _blame_insured(con: duckdb.DuckDBPyConnection, detail: RecordSoort, element: str) -> None:
    """When all prestaties of an insured person differ from the record 02, that record is wrong."""
    con.execute(
        f"""
        insert into afkeur
        with anders as (
            select distinct record_nr
            from afkeur
            where reden_code = 'EI-VERZEKERDE-ONGELIJK' and element = '{element}'
        ),

        verzekerden as (
            select verzekerde_nr from {detail.tabel} inner join anders using (record_nr)
        )

        select
            detail.verzekerde_nr,
            'EI-VERZEKERDE-ONGELIJK',
            '02{element[2:]}',
            'alle prestatierecords eronder noemen een andere waarde'
        from {detail.tabel} as detail
        left join anders using (record_nr)
        where detail.verzekerde_nr in (select verzekerde_nr from verzekerden)
        group by detail.verzekerde_nr
        having count(*) = count(anders.record_nr) and count(*) > 1
        """
    )


_COMMENTS = """
insert into afkeur
with fout as (
    select record_nr, '9802' as element, 'niet het nummer van het record ervoor' as tekst
    from ei_commentaar
    inner join ei_staand using (bericht_nr)
    where ander_nummer
    union all
    select record_nr, '9803', 'de regels van een commentaar tellen vanaf 1'
    from ei_commentaar
    inner join ei_staand using (bericht_nr)
    where andere_regel
)

select record_nr, 'EI-HERHALING', element, tekst
from fout
where (record_nr, element) not in (
    select (record_nr, element) from afkeur where element is not null
)
"""
#: When all insured persons name another insurer than the voorlooprecord, that is what is wrong.
_BLAME_HEADER = """
insert into afkeur
with anders as (
    select distinct record_nr
    from afkeur
    where reden_code = 'EI-HERHALING' and element = '0204'
),

berichten as (
    select bericht_nr from {tabel} inner join anders using (record_nr)
)

select
    verzekerde.bericht_nr,
    'EI-HERHALING',
    '0108',
    'alle verzekerdenrecords noemen een ander UZOVI-nummer'
from {tabel} as verzekerde
left join anders using (record_nr)
where verzekerde.bericht_nr in (select bericht_nr from berichten)
group by verzekerde.bericht_nr
having count(*) = count(anders.record_nr) and count(*) > 1
"""


def check_relations(con: duckdb.DuckDBPyConnection, kinds: list[RecordSoort]) -> None:
    """Put records that do not fit the others, or that have a wrong BSN, in ``afkeur``.

    Nine nines mean "no BSN" and are exempt. An unreadable BSN was told of with the fields.

    Args:
        con: the connection of this delivery; fields have been checked.
        kinds: the record kinds that occur, of messages to an insurer.
    """
    con.execute(BSN_VALID_SQL)
    found = con.execute("select distinct soort_nr from ei_ander").fetchall()
    for verzekerde in (k for k in kinds if k.record.code == "02"):
        _check_bsn(con, verzekerde)
        for detail in (k for k in kinds if k.layout is verzekerde.layout):
            if (detail.nr,) in found:
                _check_who(con, detail)
    check_repeated(con, kinds)
    check_between(con, kinds)
    check_unique(con, kinds)
    con.execute(_COMMENTS)
    for verzekerde in (k for k in kinds if k.record.code == "02"):
        con.execute(_BLAME_HEADER.format(tabel=verzekerde.tabel))


def refuse_children(con: duckdb.DuckDBPyConnection) -> None:
    """Refuse what hangs under a refused record 02 or 04.

    Args:
        con: the connection of this delivery; all other checks have been made.
    """
    con.execute(
        """
        insert into afkeur
        select
            record_nr,
            'EI-BOVENLIGGEND',
            null,
            case
                when verzekerde_nr in (select record_nr from afkeur)
                    then 'het verzekerdenrecord (02) erboven is geweigerd'
                else 'het prestatierecord (04) erboven is geweigerd'
            end
        from ei_levend
        where
            record_nr not in (select record_nr from afkeur)
            and (
                verzekerde_nr in (select record_nr from afkeur)
                or prestatie_nr in (select record_nr from afkeur)
            )
        """
    )
