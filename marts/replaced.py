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
            from raw.{tabel} anti join {staged} using ({place})
        )

        select vervangen.levering_id, {by} as door, count(*) as aantal
        from vervangen {join}
        group by all
        order by all
    """


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
        totals: Counter[str] = Counter()
        by: dict[str, dict[str, int]] = {}
        for levering_id, door, aantal in con.execute(_query(tabel, staged)).fetchall():
            totals[levering_id] += aantal
            if door is not None and door != levering_id:
                by.setdefault(levering_id, {})[door] = aantal
        for levering_id, aantal in sorted(totals.items()):
            found = {"aantal": aantal, "door": by.get(levering_id, {})}
            result.setdefault(levering_id, {})[tabel] = found
    return result
