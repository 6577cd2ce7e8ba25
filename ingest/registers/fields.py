"""From a line to its fields: ``reg_veld_<n>`` holds them, as text, for every readable row."""

from __future__ import annotations

import re

import duckdb

from ingest.registers.header import Opmaak


def _fields_sql(delimiter: str) -> str:
    """The fields of ``tekst`` as a list, quotes still around them.

    A line without a quote is split. In one with quotes, a field is either quoted from end to end
    (a quote inside it doubled) or does not begin with a quote; what fits neither is lost, and the
    row is then refused because its length does not add up.
    """
    d = re.escape(delimiter)
    quoted = f'{d}(?: *"(?:[^"]|"")*" *|[^{d}"][^{d}]*|)'
    return f"""
        case
            when position('"' in tekst) = 0 then string_split(tekst, '{delimiter}')
            else list_transform(
                regexp_extract_all('{delimiter}' || tekst, '{quoted}'), lambda x: x[2:]
            )
        end
    """


def _bare_sql(place: int) -> str:
    """One field: without its quotes, trimmed, empty is null."""
    field = f"trim(velden[{place}])"
    return f"""nullif(
        case
            when starts_with({field}, '"') and length({field}) > 1
                then replace({field}[2:-2], '""', '"')
            else {field}
        end, '')"""


def _columns(opmaak: Opmaak) -> dict[str, int]:
    return opmaak.plaats | {f"draai_{i}": p for i, p in enumerate(opmaak.gedraaid.values())}


def split_lines(con: duckdb.DuckDBPyConnection, nr: int, opmaak: Opmaak) -> None:
    """Split the rows of one kind of file; a row that cannot be split goes to ``afkeur``.

    Args:
        con: the connection of this delivery, loaded.
        nr: ``opmaak_nr``.
        opmaak: how the rows are to be read.
    """
    con.execute(
        f"""
        create table reg_rij_{nr} as
        with gesplitst as (
            select record_nr, tekst, {_fields_sql(opmaak.scheiding)} as velden
            from record
            inner join reg_bestand using (bestand)
            where opmaak_nr = {nr} and record_nr not in (select record_nr from dubbel)
        )

        select
            record_nr,
            velden,
            len(velden) as aantal,
            list_sum(list_transform(velden, lambda x: length(x))) + len(velden) - 1
            = length(tekst) as volledig
        from gesplitst
        """
    )
    con.execute(
        f"""
        insert into afkeur
        select
            record_nr,
            'REGEL-ONLEESBAAR',
            null,
            case
                when volledig then aantal || ' velden in plaats van {opmaak.velden}'
                else 'aanhalingstekens openen of sluiten niet goed'
            end
        from reg_rij_{nr}
        where not volledig or aantal <> {opmaak.velden}
        """
    )
    columns = "".join(f", {_bare_sql(p)} as {name}" for name, p in _columns(opmaak).items())
    con.execute(
        f"""
        create table reg_veld_{nr} as
        select record_nr {columns}
        from reg_rij_{nr}
        where volledig and aantal = {opmaak.velden}
        """
    )
    con.execute(f"drop table reg_rij_{nr}")
