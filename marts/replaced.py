"""Records of one delivery that no longer hold, because another one brought what does.

A staging model keeps, of every record, what holds now; its rows say where they were delivered. What
is in ``raw/`` and not there was replaced: by a newer version, a repetition elsewhere, a later
period of a register, or a deletion.
"""

from __future__ import annotations

from collections import Counter

import duckdb

from marts.raw_index import RawIndex

#: What makes two records of a family the same thing, where all its tables share it.
_KEYS = {"fhir_": "bron_id, resource_sleutel", "decl_": "bericht_sleutel"}
_PLACE = ("levering_id", "bestand", "regel")

#: By delivery and raw table: how many, and of how many which other delivery brought what holds.
Replaced = dict[str, dict[str, dict[str, object]]]


def _staged(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Staging relations that say where their rows were delivered, by raw table."""
    rows = con.execute(
        """
        select table_schema, table_name
        from information_schema.columns
        where starts_with(table_name, 'stg_') and column_name in (select unnest($1))
        group by table_schema, table_name
        having count(*) = len($1)
        """,
        [list(_PLACE)],
    ).fetchall()
    return {name.removeprefix("stg_"): f'"{schema}"."{name}"' for schema, name in rows}


def _query(tabel: str, staged: str) -> str:
    key = next((key for start, key in _KEYS.items() if tabel.startswith(start)), None)
    place = ", ".join(_PLACE)
    if key is None:
        by, join = "cast(null as varchar)", ""
    else:
        by = "geldig.levering_id"
        join = f"""
            left join (
                select {key}, min(levering_id) as levering_id from {staged} group by {key}
            ) as geldig using ({key})
        """
    columns = f"{place}, {key}" if key else place
    return f"""
        with vervangen as (
            select distinct {columns}
            from (select {columns} from raw.{tabel} where list_contains($1, levering_id)) as bron
            anti join (
                select {place} from {staged} where list_contains($1, levering_id)
            ) as gebleven using ({place})
        )

        select vervangen.levering_id, {by} as door, count(*) as aantal
        from vervangen {join}
        group by all
        order by all
    """


def _with_fewer(con: duckdb.DuckDBPyConnection, tabel: str, staged: str) -> list[str]:
    """Deliveries with rows of a raw table that are not among the staged ones.

    A staged row is one raw row, so where there are as many nothing is missing, and the places of
    millions of rows need not be held beside each other.
    """
    rows = con.execute(
        f"""
        select levering_id
        from (
            select levering_id, 1 as aantal from raw.{tabel}
            union all
            select levering_id, -1 as aantal from {staged}
        ) as rij
        group by levering_id
        having sum(aantal) > 0
        order by levering_id
        """
    ).fetchall()
    return [row[0] for row in rows]


def find_replaced(con: duckdb.DuckDBPyConnection, index: RawIndex) -> Replaced:
    """Count the records of every delivery that no longer hold.

    Args:
        con: connection to the build database.
        index: what the build read.

    Returns:
        By delivery and raw table, ``aantal`` and ``door``; nothing for a table all records of which
        hold.
    """
    result: Replaced = {}
    for tabel, staged in sorted(_staged(con).items()):
        if not index.bestanden.get(tabel):
            continue
        fewer = _with_fewer(con, tabel, staged)
        if not fewer:
            continue
        totals: Counter[str] = Counter()
        by: dict[str, dict[str, int]] = {}
        for levering_id, door, aantal in con.execute(_query(tabel, staged), [fewer]).fetchall():
            totals[levering_id] += aantal
            if door is not None and door != levering_id:
                by.setdefault(levering_id, {})[door] = aantal
        for levering_id, aantal in sorted(totals.items()):
            found = {"aantal": aantal, "door": by.get(levering_id, {})}
            result.setdefault(levering_id, {})[tabel] = found
    return result
