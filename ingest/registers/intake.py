"""Reading a delivery of registers: recognised by its columns, split, checked, projected."""

from __future__ import annotations

import duckdb

from ingest.reading import Delivery, Reading
from ingest.registers.casting import check_forms
from ingest.registers.fields import split_lines
from ingest.registers.header import Opmaak
from ingest.registers.load import load
from ingest.registers.projection import project
from ingest.settings import Settings

_DUPLICATES = """
insert into dubbel
with genummerd as (
    select
        record_nr,
        row_number() over (partition by opmaak_nr, tekst order by record_nr) as volgnr
    from record
    inner join reg_regel using (record_nr)
)

select record_nr
from genummerd
where volgnr > 1
"""


def _refuse_incomplete(con: duckdb.DuckDBPyConnection, nr: int, opmaak: Opmaak) -> None:
    """Refuse every row of files that lack a mandatory column."""
    for name in opmaak.ontbreekt:
        con.execute(
            """
            insert into afkeur
            select record_nr, 'KOLOM-ONTBREEKT', ?, 'deze kolom staat niet in de kop'
            from reg_regel
            where opmaak_nr = ? and record_nr not in (select record_nr from dubbel)
            """,
            [name, nr],
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
    con.execute(_DUPLICATES)
    for nr, opmaak in enumerate(opmaken):
        if opmaak.ontbreekt:
            _refuse_incomplete(con, nr, opmaak)
        else:
            split_lines(con, nr, opmaak)
            check_forms(con, nr, opmaak)
    return Reading(project(con, opmaken))
