"""Reading a delivery of registers: recognised by its columns, split, checked, projected."""

from __future__ import annotations

import duckdb

from ingest.reading import Delivery, Reading
from ingest.registers.casting import check_forms
from ingest.registers.fields import split_lines
from ingest.registers.header import Opmaak
from ingest.registers.kenmerken import tell_kenmerken
from ingest.registers.load import load
from ingest.registers.projection import project
from ingest.settings import Settings

#: Rows are told apart by a short mark first; only those that share one are compared as text.
_MARKS = """
create temp table reg_gedeeld as
with gemerkt as (
    select hash(opmaak_nr, tekst) as merk
    from record
    inner join reg_bestand using (bestand)
)

select merk
from gemerkt
group by merk
having count(*) > 1
"""
_DUPLICATES = """
insert into dubbel
with genummerd as (
    select
        record_nr,
        row_number() over (partition by opmaak_nr, tekst order by record_nr) as volgnr
    from record
    inner join reg_bestand using (bestand)
    where hash(opmaak_nr, tekst) in (select merk from reg_gedeeld)
)

select record_nr
from genummerd
where volgnr > 1
"""


def _find_duplicates(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``dubbel``: of rows that are read alike and have the same text, all but the first."""
    con.execute(_MARKS)
    con.execute(_DUPLICATES)
    con.execute("drop table reg_gedeeld")


def _refuse_unreadable(con: duckdb.DuckDBPyConnection, nr: int, opmaak: Opmaak) -> None:
    """Refuse every row of files that lack a mandatory column or have one twice."""
    faults = [
        *(
            ("KOLOM-ONTBREEKT", name, "deze kolom staat niet in de kop")
            for name in opmaak.ontbreekt
        ),
        *(
            ("KOLOM-DUBBEL", name, "deze kolom staat meer dan eens in de kop")
            for name in opmaak.dubbel
        ),
    ]
    for code, name, why in faults:
        con.execute(
            """
            insert into afkeur
            select record_nr, ?, ?, ?
            from record
            inner join reg_bestand using (bestand)
            where opmaak_nr = ? and record_nr not in (select record_nr from dubbel)
            """,
            [code, name, why, nr],
        )


def _warn(con: duckdb.DuckDBPyConnection, nr: int, opmaak: Opmaak) -> None:
    """Tell once a file of columns nobody knows: amounts in them would go unseen."""
    turned = opmaak.register.draaiing
    if turned is None:
        return
    odd = [("KOLOM-ONGELEZEN", name, "deze kolom wordt niet gelezen") for name in opmaak.ongelezen]
    if known := turned.bekend:
        why = f"staat niet in schemas/codes/{turned.codelijst}.csv"
        names = [turned.patroon + n for n in opmaak.gedraaid if n not in known]
        odd += [("KOSTENSOORT-ONBEKEND", name, why) for name in names]
    for code, name, why in odd:
        con.execute(
            """
            insert into waarschuwing
            select min(record.record_nr), ?, ?, ?
            from record
            inner join reg_bestand on record.bestand = reg_bestand.bestand
            where
                reg_bestand.opmaak_nr = ?
                and record.record_nr not in (select record_nr from dubbel)
                and record.record_nr not in (select record_nr from afkeur)
            group by record.bestand
            """,
            [code, name, why, nr],
        )


def read(con: duckdb.DuckDBPyConnection, delivery: Delivery, settings: Settings) -> Reading:
    """Read the files of a delivery into the record tables.

    Args:
        con: connection of this delivery, with the empty record tables of ``ingest.reading``.
        delivery: delimited text files; each may be another register.
        settings: not used; every family has the same signature.

    Returns:
        The raw tables that were projected.
    """
    opmaken = load(con, delivery)
    _find_duplicates(con)
    for nr, opmaak in enumerate(opmaken):
        if opmaak.is_leesbaar:
            split_lines(con, nr, opmaak)
            check_forms(con, nr, opmaak)
            _warn(con, nr, opmaak)
        else:
            _refuse_unreadable(con, nr, opmaak)
    return Reading(project(con, opmaken), kenmerken=lambda: tell_kenmerken(con, opmaken))
